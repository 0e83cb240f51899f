package page_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"rectify/site/model"
	"rectify/site/page"
)

// large is a report with a section “1” of n issues of its own and a section
// “1-2” beside it. Every third issue is done.
func large(n int) (portal *model.Portal, ids []string) {
	report := &model.Report{ID: "demo", Title: "示例通报", Unit: "示例局", Outline: []model.Section{
		{ID: "1", Title: "甲", Sections: []model.Section{{ID: "1-1", Title: "甲之一"}}}, {ID: "1-2", Title: "乙"},
	}}
	add := func(section *model.Section, code model.StatusCode) {
		id := model.IssueID(200001 + len(report.Issues))
		section.Issues = append(section.Issues, id)
		report.Issues = append(report.Issues, &model.Issue{ID: id, Title: "示例问题", Section: section.ID, Status: model.Status{Code: code}})
		ids = append(ids, id.String())
	}
	for i := range n {
		code := model.NotStated
		if i%3 == 0 {
			code = model.Done
		}
		add(&report.Outline[0], code)
	}
	add(&report.Outline[0].Sections[0], model.Done)
	add(&report.Outline[1], model.Overdue)
	return &model.Portal{Language: model.SimplifiedChinese, Reports: []*model.Report{report}}, ids
}

func TestLargeSectionIsDividedIntoPagesThatShowEachIssueOnce(t *testing.T) {
	portal, ids := large(120)
	var got []string
	paths := map[string]bool{}
	for p := range page.New(portal, page.Options{}).Pages() {
		if paths[p.Path] {
			t.Errorf("two pages at %s", p.Path)
		}
		paths[p.Path] = true
		if s, ok := p.Data.(page.Section); ok && s.Title != "乙" && s.Title != "甲之一" {
			cards := cardsOf(s.Outline)
			if len(cards) > 50 {
				t.Errorf("%s shows %d issues", p.Path, len(cards))
			}
			got = append(got, cards...)
		}
		if r, ok := p.Data.(page.Report); ok {
			if len(r.Report.Outline) != 3 || len(cardsOf(r.Report.Outline)) != 0 {
				t.Errorf("the overview lists %d issues under %d headings", len(cardsOf(r.Report.Outline)), len(r.Report.Outline))
			}
		}
	}
	if !slices.Equal(got, ids[:121]) {
		t.Errorf("got %d issues: %v", len(got), got)
	}
	for _, path := range []string{"1.html", "1/2.html", "1/3.html", "1-2.html"} {
		if !paths["reports/demo/sections/"+path] {
			t.Errorf("no page sections/%s", path)
		}
	}
}

func TestHeadingsGoWithTheirIssuesThroughThePagesOfASection(t *testing.T) {
	portal, _ := large(49)
	for p := range page.New(portal, page.Options{}).Pages() {
		if s, ok := p.Data.(page.Section); ok && p.Path == "reports/demo/sections/1.html" {
			if n := len(s.Outline); n != 2 || s.Outline[1].Section == nil || len(s.Outline[1].Issues) != 1 {
				t.Errorf("%d items: %+v", n, s.Outline)
			}
		}
	}
	portal, _ = large(50)
	for p := range page.New(portal, page.Options{}).Pages() {
		if s, ok := p.Data.(page.Section); ok && p.Path == "reports/demo/sections/1/2.html" {
			if n := len(s.Outline); n != 1 || s.Outline[0].Section == nil || len(s.Outline[0].Issues) != 1 {
				t.Errorf("page 2 has %d items: %+v", n, s.Outline)
			}
		}
	}
}

func TestProgressCountsEachIssueOnceAndDrawsWhatItCounts(t *testing.T) {
	portal, _ := large(30)
	withdrawn := portal.Reports[0].Issues[0]
	withdrawn.Withdrawn = &model.Withdrawal{On: "2025-01-01", Why: "示例"}
	var progress *page.Progress
	for p := range page.New(portal.Public(), page.Options{}).Pages() {
		if r, ok := p.Data.(page.Report); ok {
			progress = r.Report.Progress
		}
	}
	if progress == nil || len(progress.Rows) != 2 || len(progress.Statuses) != 3 {
		t.Fatalf("got %+v", progress)
	}
	for i, want := range []struct {
		total, counts string
		end           int
	}{
		{"30", "10 0 20", page.BarLength}, {"1", "0 1 0", page.BarLength / 30},
	} {
		row := progress.Rows[i]
		end := 0
		for _, part := range row.Bar {
			x, _ := strconv.Atoi(part.X)
			width, _ := strconv.Atoi(part.Width)
			if x != end {
				t.Errorf("row %d: a part starts at %d behind %d", i, x, end)
			}
			end = x + width
		}
		if got := strings.Join(row.Counts, " "); got != want.counts || row.Total != want.total || end != want.end {
			t.Errorf("row %d: %s in all, by status %s, bar to %d", i, row.Total, got, end)
		}
	}
}

func TestParagraphsOfAWithdrawnIssueAreGoneFromTheFullText(t *testing.T) {
	report := &model.Report{
		ID: "demo", Title: "示例通报", Unit: "示例局", Paragraphs: []string{"示例通报", "(1)甲", "甲的措施", "(2)乙", "两项共同的说明"},
		Outline: []model.Section{{ID: "a", Title: "示例", Issues: []model.IssueID{200001, 200002}}},
		Issues: []*model.Issue{
			{ID: 200001, Title: "甲", Section: "a", Source: model.SourceRef{Paragraphs: []int{2, 3, 5}}, Withdrawn: &model.Withdrawal{On: "2025-01-01", Why: "示例"}},
			{ID: 200002, Title: "乙", Section: "a", Source: model.SourceRef{Paragraphs: []int{4, 5}}},
		},
	}
	portal := &model.Portal{Language: model.SimplifiedChinese, Reports: []*model.Report{report}}
	var got []string
	for p := range page.New(portal.Public(), page.Options{}).Pages() {
		if text, ok := p.Data.(page.Text); ok {
			for _, paragraph := range text.Paragraphs {
				line := paragraph.N + paragraph.Role + paragraph.Text
				if paragraph.Role == "withdrawn" {
					line += paragraph.Link.Href
				}
				got = append(got, line)
			}
		}
	}
	want := []string{"1title示例通报", "2withdrawn../../issues/200001.html", "3withdrawn../../issues/200001.html", "4issue(2)乙", "5两项共同的说明"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if report.Paragraphs[1] != "(1)甲" {
		t.Error("Public changed the portal it was asked about")
	}
}

func TestIssuesOfAUnitThatShareARarePhraseAreRelated(t *testing.T) {
	texts := []string{
		"对示例老剧院商铺违规转租问题进行整改。", "示例老剧院商铺已经收回,定期检查。", "完善制度,定期检查。", "加强培训,定期检查。", "定期检查。",
	}
	portal := owned(nil, nil, nil, nil, nil)
	for i, text := range texts {
		portal.Reports[0].Issues[i].Measures = []model.Measure{{Text: text}}
	}
	related := map[string][]page.Related{}
	for p := range page.New(portal, page.Options{}).Pages() {
		if issue, ok := p.Data.(page.Issue); ok {
			related[issue.Issue.ID] = issue.Related
		}
	}
	for id, other := range map[string]string{"200001": "200002.html", "200002": "200001.html"} {
		got := related[id]
		if len(got) != 1 || got[0].Issue.Href != other || got[0].By != "words" || got[0].Text != "示例老剧院商铺" {
			t.Errorf("%s is related to %+v", id, got)
		}
	}
	for _, id := range []string{"200003", "200004", "200005"} {
		if len(related[id]) != 0 {
			t.Errorf("%s, which shares common words only, is related to %+v", id, related[id])
		}
	}
}
