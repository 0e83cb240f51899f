package search

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"rectify/site/internal/synth"
	"rectify/site/model"
	"rectify/site/page"
)

// notFound are fields of the model that no query finds, with the reason. A field
// stands for all that is below it.
var notFound = map[string]string{
	"Name": "stands on every page", "Unit": "stands on every page", "Description": "stands on every page",
	"Parent": "stands on every page", "Official": "stands on every page", "Footer": "stands on every page",
	"Look": "colours and a picture", "Images": "pictures", "StaleAfter": "no text",
	"Keywords": "no reader sees them", "BaseURL": "no text", "Format": "no text", "Theme": "no text", "Licence": "of the data",
	"Trust": "of the archive", "Approvals": "of the releases", "Prose.Name": "an address",
	"Reports.ID": "an address", "Reports.Emptied": "where a withdrawn issue's text was", "Reports.Furniture": "numbers of paragraphs",
	"Reports.Declared.Of": "a code", "Reports.Issues.Visibility": "what is there is public",
	"Reports.Issues.Lead": "the heading is there as printed", "Reports.Outline.Lead": "the heading is there as printed",
	"Reports.Issues.Label": "the heading is there as printed", "Reports.Issues.Section": "its title is there",
	"Reports.Issues.Status.Code": "its word is there", "Reports.Issues.Deadline.Kind": "its word is there",
	"Reports.Outline.ID": "an address", "Reports.Outline.Issues": "they are there", "Reports.Parts.Outline": "no text",
	"Reports.Issues.Evidence.File": "its title is there", "Reports.Issues.Evidence.Size": "no text", "Reports.Issues.FollowUps.Measure": "no text",
}

// Days are not searched for but filtered and ordered by. Numbers of paragraphs are
// no text.
var day = regexp.MustCompile(`(\.|^)(On|AsOf|Date|Due|Start|End|FindingsOn|PublishedAt|SignedOn|Paragraphs)$`)

func TestEveryFieldThatIsTextCanBeFound(t *testing.T) {
	portal, filled := synth.Filled()
	portal.Language = model.SimplifiedChinese
	report := portal.Reports[0]
	report.ID, report.Furniture = "demo", nil
	// What refers to something refers to what is there.
	issue := report.Issues[0]
	issue.Visibility, issue.Section = model.Public, report.Outline[0].ID
	issue.Source.Paragraphs, report.Outline[0].Issues = []int{1}, []model.IssueID{issue.ID}
	report.Parts = report.Parts[:1]
	report.Outline[0].Sections, report.Parts[0].Parts = nil, nil
	report.Outline[0].Source.Paragraphs, report.Parts[0].Source.Paragraphs = nil, nil
	withdrawn := *issue
	withdrawn.ID++
	issue.Withdrawn = nil
	report.Issues = append(report.Issues, &withdrawn)

	w := newWorld(t, portal.Public())
	says := func(value string) bool {
		whole := regexp.MustCompile(regexp.QuoteMeta(normal(value).String()) + `(\D|$)`) // text-2 is not text-20
		return slices.ContainsFunc(w.docs, func(p plain) bool { return whole.MatchString(p.blocks) || p.id == value })
	}
	left := maps.Clone(notFound)
	for _, field := range slices.Sorted(maps.Keys(filled)) {
		if field == "Language" || strings.Contains(field, ".Sections.") || strings.Contains(field, ".Parts.Parts") {
			continue // of their own kind
		}
		name := field
		for notFound[name] == "" && strings.Contains(name, ".") {
			name = name[:strings.LastIndex(name, ".")]
		}
		delete(left, name)
		for _, value := range filled[field] {
			if notFound[name] == "" && !day.MatchString(field) && !says(value) {
				t.Errorf("%s is in no document: %s", field, value)
			}
		}
	}
	for name := range left {
		t.Errorf("the list names %s, which is no field", name)
	}
}

// texts are the blocks of the document of a page.
func texts(t *testing.T, portal *model.Portal, path string) []string {
	t.Helper()
	for p := range page.New(portal, page.Options{}).Pages() {
		if p.Path == path {
			var out []string
			for _, b := range documentOf(p).blocks {
				out = append(out, b.text)
			}
			return out
		}
	}
	t.Fatalf("there is no %s", path)
	return nil
}

func TestAWithdrawnIssueIsItsNumberDayAndReason(t *testing.T) {
	portal := examplePortal(t)
	for _, report := range portal.Reports {
		for _, issue := range report.Issues {
			if issue.Withdrawn == nil {
				continue
			}
			got := texts(t, portal, "issues/"+issue.ID.String()+".html")
			if len(got) != 2 || !strings.Contains(got[0], issue.ID.String()) || got[1] != issue.Withdrawn.Why {
				t.Errorf("it says %q", got)
			}
			return
		}
	}
	t.Error("the example has no withdrawn issue")
}

func TestProseIsCutAtItsBlocksAndNotInThem(t *testing.T) {
	got := htmlBlocks("<h2>示例</h2><p>一<strong>二</strong>三<br>四<a href=\"x\">五</a></p><ul><li>六<li>七&amp;</ul><table><tr><td>八</td><td>九</td></tr></table>")
	if want := []string{"示例", "一二三四五", "六", "七&", "八", "九"}; !slices.Equal(got, want) {
		t.Errorf("blocks are %q", got)
	}
}
