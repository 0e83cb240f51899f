package release

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"rectify/site/model"
)

// unseen are fields that may change without another digest, with the reason.
var unseen = map[string]string{
	"Approvals":                    "they name the digest",
	"Reports.Emptied":              "follows from a withdrawal",
	"Reports.Issues.Section":       "the outline says it",
	"Reports.Issues.Evidence.Size": "the digest of the file is part of it",
	"Images":                       "the digests of the files are part of it",
}

func TestDigestSeesEveryFieldOfThePublicModel(t *testing.T) {
	whole := ContentDigest(filled(), nil, nil)
	fields := 0
	var visit func(v reflect.Value, name string)
	p := filled()
	visit = func(v reflect.Value, name string) {
		if unseen[name] != "" {
			return
		}
		switch v.Kind() {
		case reflect.Pointer:
			visit(v.Elem(), name)
		case reflect.Slice:
			for i := range v.Len() {
				visit(v.Index(i), name)
			}
		case reflect.Struct:
			for i := range v.NumField() {
				if f := v.Type().Field(i); !f.Anonymous && f.IsExported() {
					visit(v.Field(i), strings.TrimPrefix(name+"."+f.Name, "."))
				}
			}
		case reflect.String, reflect.Int, reflect.Uint32, reflect.Bool:
			fields++
			before := reflect.ValueOf(v.Interface())
			v.SetZero()
			if ContentDigest(p, nil, nil) == whole {
				t.Errorf("%s is not part of the digest", name)
			}
			v.Set(before)
		}
	}
	visit(reflect.ValueOf(p).Elem(), "")
	if fields < 80 || ContentDigest(p, nil, nil) != whole {
		t.Errorf("%d fields were tried", fields)
	}
}

func filled() *model.Portal {
	p := new(model.Portal)
	n := 0
	fill(reflect.ValueOf(p).Elem(), &n, 0)
	return p
}

func fill(v reflect.Value, n *int, depth int) {
	if !v.CanSet() {
		return
	}
	*n++
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("示例%d", *n))
	case reflect.Int:
		v.SetInt(int64(*n))
	case reflect.Uint32:
		v.SetUint(uint64(200000 + *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n, depth)
	case reflect.Slice:
		if depth < 8 {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			fill(v.Index(0), n, depth+1)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if name := v.Type().Field(i).Name; name == "Parts" && v.Type().Name() == "Part" || name == "Sections" {
				continue // of their own kind without end
			}
			fill(v.Field(i), n, depth+1)
		}
	}
}

func TestDigestIsOverJSONThatAnybodyCanMake(t *testing.T) {
	p := &model.Portal{
		Format: 1, Name: "示例\"公开\"\n", Unit: "示例局",
		Reports: []*model.Report{{ID: "demo", Title: "示例通报", Paragraphs: []string{"示例"}, Issues: []*model.Issue{{ID: 200001, Title: "<示例>"}}}},
	}
	text := canonical(p, map[string]string{"demo/a.pdf": "00"}, map[string]string{"b.svg": "01"})
	want := `{"evidence":{"demo/a.pdf":"00"},"images":{"b.svg":"01"},"portal":{"format":1,"name":"示例\"公开\"\n","unit":"示例局"},"prose":[],` +
		`"reports":[{"id":"demo","issues":[{"id":200001,"title":"<示例>"}],"paragraphs":["示例"],"title":"示例通报"}]}`
	if string(text) != want {
		t.Errorf("got  %s\nwant %s", text, want)
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, text); err != nil || compact.String() != string(text) {
		t.Error("it is no compact JSON", err)
	}
}

func TestKeysAreOrderedByUTF16(t *testing.T) {
	if compareUTF16("\U0001F600", "\uff01") >= 0 || compareUTF16("a", "b") >= 0 || compareUTF16("ab", "a") <= 0 || compareUTF16("a", "a") != 0 {
		t.Error("the order is another one")
	}
}

func TestShortCodeIsReadableAndFollowsTheDigest(t *testing.T) {
	if got := ShortCode("sha256:" + strings.Repeat("ff", 32)); got != "ZZZZ-ZZZZ-ZZZZ" {
		t.Error(got)
	}
	if got := ShortCode("sha256:0123456789abcdef" + strings.Repeat("00", 24)); got != "04HM-ASW9-NF6Y" {
		t.Error(got)
	}
}
