package check

import (
	"reflect"
	"strings"
	"testing"

	"rectify/site/model"
)

// fill puts something into every field of a value, so that a walk that leaves
// one out is found. It gives the fields of the kinds that a walk may want.
func fill(v reflect.Value, depth int, found map[string]kind) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		name, ok := dataKey(f)
		if !ok {
			continue
		}
		field := v.Field(i)
		at := v.Type().Name() + "." + name
		for field.Kind() == reflect.Pointer || field.Kind() == reflect.Slice {
			if field.Kind() == reflect.Pointer {
				field.Set(reflect.New(field.Type().Elem()))
				field = field.Elem()
			} else {
				field.Set(reflect.MakeSlice(field.Type(), 1, 1))
				field = field.Index(0)
			}
		}
		switch {
		case field.Kind() == reflect.Struct:
			if depth < 6 {
				fill(field, depth+1, found)
			}
		case field.Kind() == reflect.String:
			field.SetString("2025-01-01")
			if is, ok := dayTypes[field.Type()]; ok {
				found[at] = is
			} else if field.Type() == textType {
				found[at] = anyText
			}
		}
	}
}

func TestWalkMeetsEveryTextAndEveryDateOfTheModel(t *testing.T) {
	for _, root := range []any{&model.Portal{}, &model.Report{}, &model.Issue{}} {
		wanted := map[string]kind{}
		fill(reflect.ValueOf(root).Elem(), 0, wanted)
		for _, want := range []kind{anyText, anyDay, dayOfFact} {
			met := map[string]bool{}
			walk(root, want, func(v value) { met[v.in.Name()+"."+v.key] = true })
			for at, is := range wanted {
				expected := is == want || want == anyDay && is == dayOfFact
				if met[at] != expected {
					t.Errorf("walk for %d: %s met: %v", want, at, met[at])
				}
			}
		}
	}
}

func TestDatesOfAllTypesAreKnown(t *testing.T) {
	for typ := range dayTypes {
		if !strings.HasPrefix(typ.PkgPath(), "rectify/site/model") {
			t.Errorf("%s is not of model", typ)
		}
	}
	if len(dayTypes) != 3 {
		t.Error("model has Date, Minute and Period")
	}
}
