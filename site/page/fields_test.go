package page_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"rectify/site/internal/synth"
	"rectify/site/model"
	"rectify/site/page"
)

// notOnPages are fields of the model that no page shows, with the reason. A
// field stands for all that is below it.
var notOnPages = map[string]string{
	"Approvals":                         "for the unit alone",
	"Format":                            "the version of the data files",
	"Language":                          "the words of all pages",
	"Theme":                             "how pages look",
	"Images":                            "those that a page shows are named with their size",
	"Trust.Keys.Public":                 "its fingerprint and its file are shown",
	"Reports.Declared.Of":               "says which published total stands beside it",
	"Reports.Emptied":                   "where a withdrawn issue's text was",
	"Reports.Furniture":                 "says which paragraphs are no content; they are folded",
	"Reports.Issues.Lead":               "the heading is shown as printed",
	"Reports.Issues.Deadline.Kind":      "its word is shown",
	"Reports.Issues.Visibility":         "what is shown is public",
	"Reports.Issues.Section":            "its title is shown",
	"Reports.Issues.Evidence.Size":      "in thousands of bytes",
	"Reports.Issues.Source.Paragraphs":  "the paragraphs themselves are shown",
	"Reports.Outline.Issues":            "they are listed",
	"Reports.Outline.Lead":              "the heading is shown as printed",
	"Reports.Outline.Source.Paragraphs": "the full text is",
	"Reports.Parts.Source.Paragraphs":   "the full text is",
	"Reports.Parts.Outline":             "says where the issues stand",
}

// TestEveryFieldOfTheDataIsOnAPage looks for a value of each field in what
// pages are given. That templates show all of that is tested beside the theme.
func TestEveryFieldOfTheDataIsOnAPage(t *testing.T) {
	portal, filled := synth.Filled()
	portal.Language, filled["Language"] = model.SimplifiedChinese, nil
	report := portal.Reports[0]
	report.ID, filled["Reports.ID"] = "demo", nil
	report.Furniture = nil
	// What refers to something refers to what is there.
	issue := report.Issues[0]
	issue.Visibility, issue.Section = model.Public, report.Outline[0].ID
	issue.Source.Paragraphs, report.Outline[0].Issues = []int{1}, []model.IssueID{issue.ID}
	portal.Reports[0].Parts = portal.Reports[0].Parts[:1]
	report.Outline[0].Sections, report.Parts[0].Parts = nil, nil
	report.Outline[0].Source.Paragraphs, report.Parts[0].Source.Paragraphs = nil, nil
	o := portal.Official
	for _, name := range []string{portal.Look.Logo, portal.Parent.Logo, o.PartyMark, o.ErrorMark, o.PoliceMark} {
		portal.Images = append(portal.Images, model.Image{Name: name, Width: 1, Height: 1})
	}
	withdrawn := *issue
	withdrawn.ID++
	issue.Withdrawn = nil
	report.Issues = append(report.Issues, &withdrawn)

	shown := map[string]bool{}
	keep := func(data any) {
		text, err := json.Marshal(data)
		if err != nil {
			t.Fatal(err)
		}
		var decoded any
		if err := json.Unmarshal(text, &decoded); err != nil {
			t.Fatal(err)
		}
		eachWord(decoded, func(word string) { shown[word] = true })
	}
	// The keys are handed over with their fingerprints.
	var keys []page.Key
	for _, k := range portal.Trust.Keys {
		keys = append(keys, page.Key{Name: k.Name, Note: k.Note, From: k.From, Until: k.Until})
	}
	book := page.New(portal.Public(), page.Options{Data: []page.DataFile{{Path: "data/issues.json"}}, Keys: page.Keys{List: keys}})
	keep(book.Site())
	for p := range book.Pages() {
		keep(p.Data)
	}
	left := map[string]bool{}
	for _, field := range slices.Sorted(maps.Keys(filled)) {
		reason := ""
		for name := range notOnPages {
			if field == name || strings.HasPrefix(field, name+".") {
				reason, left[name] = name, true
			}
		}
		if strings.Contains(field, ".Sections.") || strings.Contains(field, ".Parts.Parts") {
			continue // of their own kind
		}
		for _, value := range filled[field] {
			if found := shown[value]; !found && reason == "" {
				t.Errorf("%s is on no page: %s", field, value)
			} else if found && reason == field {
				t.Errorf("%s is on a page, and in the list of what is not", field)
			}
		}
	}
	for name := range notOnPages {
		if !left[name] {
			t.Errorf("the list names %s, which is no field", name)
		}
	}
}

// eachWord gives every text of a JSON document, and what it is put together
// from: headings, addresses and sentences hold several values.
func eachWord(value any, do func(string)) {
	switch value := value.(type) {
	case map[string]any:
		for _, v := range value {
			eachWord(v, do)
		}
	case []any:
		for _, v := range value {
			eachWord(v, do)
		}
	case string:
		do(value)
		// text-12text-13 holds two values, and so does files/demo/text-14.
		for _, part := range strings.Split(value, "text-")[1:] {
			n := strings.IndexFunc(part, func(r rune) bool { return r < '0' || r > '9' })
			if n < 0 {
				n = len(part)
			}
			do("text-" + part[:n])
		}
	}
}
