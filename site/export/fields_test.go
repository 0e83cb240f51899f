package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"rectify/site/model"
)

// notInJSON are the fields of the model that no JSON file holds, with the
// reason. A field stands for all that is below it.
var notInJSON = map[string]string{
	"Format":                    "the version of the data files; ours have one of their own",
	"Theme":                     "how pages look",
	"Footer":                    "links of the pages to other sites",
	"Prose.HTML":                "a page; its title and address are there",
	"Approvals":                 "who approved a release is never published",
	"Trust":                     "the keys lie in releases/keys/ in the forms that tools take",
	"Reports.Emptied":           "where a withdrawn issue's text was",
	"Reports.Furniture":         "what the source's page carried beside the text",
	"Reports.Paragraphs":        "the text as published: reports/<report>/text.html",
	"Reports.Issues.Visibility": "what is exported is public",
	"Reports.Issues.Section":    "the outline has it, and the issue names the whole trail",
}

// elsewhere are fields whose value is part of another one.
var elsewhere = map[string]func(string) string{
	"BaseURL":                      func(url string) string { return url + "/" },
	"Prose.Name":                   func(name string) string { return "pages/" + name + ".html" },
	"Reports.Issues.Evidence.File": func(file string) string { return "files/demo/" + file },
}

// TestEveryPublicFieldIsInTheJSON fills every field of the model with a value
// of its own and looks for it.
func TestEveryPublicFieldIsInTheJSON(t *testing.T) {
	f := filler{want: map[string][]string{}}
	portal := new(model.Portal)
	f.fill(reflect.ValueOf(portal).Elem(), "", 0)
	portal.Language = model.EnglishInterface
	report := portal.Reports[0]
	report.ID, f.want["Reports.ID"] = "demo", []string{"demo"}
	whole := report.Issues[0]
	whole.Visibility = model.Public
	withdrawn := *whole
	withdrawn.ID++
	whole.Withdrawn = nil
	report.Issues = append(report.Issues, &withdrawn)

	held := map[string]bool{}
	e := exporter(portal, "")
	for _, write := range []func(io.Writer) error{e.writeIssuesJSON, e.writePortalJSON} {
		var text bytes.Buffer
		if err := write(&text); err != nil {
			t.Fatal(err)
		}
		decoder := json.NewDecoder(&text)
		decoder.UseNumber()
		var doc any
		if err := decoder.Decode(&doc); err != nil {
			t.Fatal(err)
		}
		collect(doc, held)
	}
	used := map[string]bool{}
	for _, field := range slices.Sorted(maps.Keys(f.want)) {
		reason := ""
		for left := range notInJSON {
			if field == left || strings.HasPrefix(field, left+".") {
				reason = left
				used[left] = true
			}
		}
		for _, value := range f.want[field] {
			if other := elsewhere[field]; other != nil {
				value = other(value)
			}
			switch {
			case !held[value] && reason == "":
				t.Errorf("%s is not in the JSON: %s", field, value)
			case held[value] && reason == field && value != "never":
				t.Errorf("%s is in the JSON and in the list of what is not", field)
			}
		}
	}
	for left := range notInJSON {
		if !used[left] {
			t.Errorf("the list names %s, which is no field", left)
		}
	}
}

// collect gathers all texts, numbers and truths of a JSON document.
func collect(doc any, into map[string]bool) {
	switch doc := doc.(type) {
	case map[string]any:
		for _, value := range doc {
			collect(value, into)
		}
	case []any:
		for _, value := range doc {
			collect(value, into)
		}
	default:
		into[fmt.Sprint(doc)] = true
	}
}

// filler gives every field a value that no other has, as far as its type lets
// it, and remembers it under the way to the field.
type filler struct {
	n    int
	want map[string][]string
}

func (f *filler) fill(v reflect.Value, way string, depth int) {
	f.n++
	text := fmt.Sprintf("text-%d", f.n)
	switch v.Interface().(type) {
	case model.Where:
		return
	case model.Date:
		text = time.Date(2001, 1, f.n, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	case model.Period:
		text = fmt.Sprint(3000 + f.n)
	case model.Minute:
		text = fmt.Sprintf("2002-01-01 %02d:%02d", f.n/60, f.n%60)
	case model.StatusCode:
		text = string(model.Reopened)
	case model.DeadlineKind:
		text = string(model.Event)
	case model.Counted:
		text = string(model.CountMeasures)
	case model.Visibility:
		text = "never"
	case model.Language:
		text = string(model.EnglishInterface)
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Int:
		text = fmt.Sprint(700000 + f.n)
		v.SetInt(int64(700000 + f.n))
	case reflect.Uint32:
		text = fmt.Sprint(700000 + f.n)
		v.SetUint(uint64(700000 + f.n))
	case reflect.Bool:
		text = "true"
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem(), way, depth)
		return
	case reflect.Slice:
		if depth < 5 { // parts and sections hold their own kind
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			f.fill(v.Index(0), way, depth+1)
		}
		return
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() && !field.Anonymous {
				f.fill(v.Field(i), strings.TrimPrefix(way+"."+field.Name, "."), depth)
			}
		}
		return
	}
	f.want[way] = append(f.want[way], text)
}
