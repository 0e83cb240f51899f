package page_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"rectify/site/page"
)

// notOnPages are fields of the data that no page shows, with the reason.
var notOnPages = map[string]string{
	"Portal.theme":  "how pages look",
	"Declared.of":   "says which published total stands beside it",
	"Evidence.file": "its address, where it is escaped",
}

// leaves gives every value that a person wrote, by its field: “Issue.goal”. A
// text of several lines is several values.
func leaves(v reflect.Value, field string, do func(field, text string)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			leaves(v.Elem(), field, do)
		}
	case reflect.Slice:
		for i := range v.Len() {
			leaves(v.Index(i), field, do)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if f.Anonymous || !f.IsExported() {
				continue
			}
			key, _, _ := strings.Cut(f.Tag.Get("data"), ",")
			leaves(v.Field(i), v.Type().Name()+"."+key, do)
		}
	case reflect.String, reflect.Int, reflect.Uint32:
		if v.IsZero() || strings.HasSuffix(field, ".") { // what load adds has no key
			return
		}
		for line := range strings.Lines(fmt.Sprint(v.Interface())) {
			if line = strings.TrimSpace(line); line != "" {
				do(field, line)
			}
		}
	}
}

// TestEveryFieldOfTheDataIsOnAPage looks for every value of the example, which
// fills every field, in what its pages are given. That templates show all of
// that is tested beside the theme.
func TestEveryFieldOfTheDataIsOnAPage(t *testing.T) {
	portal := loadFiles(t, exampleFiles(t)).Public()
	shown := map[string]bool{}
	var all strings.Builder
	book := page.New(portal, page.Options{Data: []page.DataFile{{Path: "data/issues.json"}}})
	keep := func(data any) {
		text, err := json.Marshal(data)
		if err != nil {
			t.Fatal(err)
		}
		var decoded any
		if err := json.Unmarshal(text, &decoded); err != nil {
			t.Fatal(err)
		}
		eachString(decoded, func(s string) {
			if !shown[s] {
				shown[s] = true
				all.WriteString(s + "\x00")
			}
		})
	}
	keep(book.Site())
	for p := range book.Pages() {
		keep(p.Data)
	}
	text := all.String()
	used := map[string]bool{}
	leaves(reflect.ValueOf(portal), "", func(field, value string) {
		if _, left := notOnPages[field]; left {
			used[field] = true
		} else if !shown[value] && !strings.Contains(text, value) {
			t.Errorf("%s is on no page: %s", field, value)
		}
	})
	for _, field := range slices.Sorted(maps.Keys(notOnPages)) {
		if !used[field] {
			t.Errorf("the list names %s, which the example does not have", field)
		}
	}
}

func eachString(value any, do func(string)) {
	switch value := value.(type) {
	case map[string]any:
		for _, v := range value {
			eachString(v, do)
		}
	case []any:
		for _, v := range value {
			eachString(v, do)
		}
	case string:
		do(value)
	}
}
