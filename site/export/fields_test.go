package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"rectify/site/internal/synth"
	"rectify/site/model"
)

// notInJSON are the fields of the model that no JSON file holds, with the
// reason. A field stands for all that is below it.
var notInJSON = map[string]string{
	"Format":                    "the version of the data files; ours have one of their own",
	"Theme":                     "how pages look",
	"Look":                      "how pages look",
	"Parent.Logo":               "how pages look",
	"Official.PartyMark":        "how pages look",
	"Official.ErrorMark":        "how pages look",
	"Official.PoliceMark":       "how pages look",
	"Images":                    "how pages look",
	"StaleAfter":                "what a page tells its reader about the day it is read",
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
	portal, filled := synth.Filled()
	report := portal.Reports[0]
	report.ID, filled["Reports.ID"] = "demo", []string{"demo"}
	portal.Language = model.EnglishInterface
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
	for _, field := range slices.Sorted(maps.Keys(filled)) {
		reason := ""
		for left := range notInJSON {
			if field == left || strings.HasPrefix(field, left+".") {
				reason = left
				used[left] = true
			}
		}
		for _, value := range filled[field] {
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
