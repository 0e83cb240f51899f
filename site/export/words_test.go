package export

import (
	"reflect"
	"testing"

	"rectify/site/model"
)

func TestEveryWordIsThereInBothLanguages(t *testing.T) {
	var walk func(name string, v reflect.Value)
	walk = func(name string, v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			if v.Len() == 0 {
				t.Errorf("%s is empty", name)
			}
		case reflect.Struct:
			for i := range v.NumField() {
				walk(name+"."+v.Type().Field(i).Name, v.Field(i))
			}
		case reflect.Array:
			for i := range v.Len() {
				walk(name, v.Index(i))
			}
		case reflect.Map:
			if v.Len() != 7 {
				t.Errorf("%s has %d words, want one for each kind of event", name, v.Len())
			}
		}
	}
	for _, language := range model.Languages() {
		walk(string(language), reflect.ValueOf(wordsFor(language)))
	}
	for _, c := range join(issueColumns, measureColumns) {
		if c.key == "" || c.zh == "" || c.en == "" || c.width == 0 {
			t.Errorf("column %q lacks something", c.key)
		}
	}
}

func TestChangeIsSaidInOneLine(t *testing.T) {
	for _, try := range []struct{ from, to, basis, want string }{
		{"", "", "", "状态"},
		{"甲", "乙", "", "状态：甲 → 乙"},
		{"甲", "", "", "状态：原为 甲"},
		{"", "乙", "台账", "状态：乙（依据：台账）"},
	} {
		if got := chinese.change("状态", try.from, try.to, try.basis); got != try.want {
			t.Errorf("got %q, want %q", got, try.want)
		}
	}
}
