package page_test

import (
	"math"
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
	if progress == nil || len(progress.Rows) != 2 {
		t.Fatalf("got %+v", progress)
	}
	for i, want := range []struct {
		total, counts string
		end           float64
	}{
		{"30", "10 done, 20 not_stated", 100}, {"1", "1 overdue", 3.3},
	} {
		row := progress.Rows[i]
		end := 0.0
		for _, part := range row.Bar {
			x, width := percent(t, part.X), percent(t, part.Width)
			if math.Abs(x-end) > 0.01 {
				t.Errorf("row %d: a part starts at %v behind %v", i, x, end)
			}
			end = x + width
		}
		var counts []string
		for _, c := range row.Counts {
			counts = append(counts, c.N+" "+c.Status.Code)
		}
		if got := strings.Join(counts, ", "); got != want.counts || row.Total != want.total || math.Abs(end-want.end) > 0.01 {
			t.Errorf("row %d: %s in all, by status %s, bar to %v", i, row.Total, got, end)
		}
	}
}

func percent(t *testing.T, text string) float64 {
	t.Helper()
	n, err := strconv.ParseFloat(strings.TrimSuffix(text, "%"), 64)
	if err != nil || !strings.HasSuffix(text, "%") {
		t.Fatalf("not a percentage: %q", text)
	}
	return n
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

// relatedOf gives what the pages of a portal of one measure an issue relate.
func relatedOf(texts ...string) map[string][]page.Related {
	portal := owned(make([][]string, len(texts))...)
	for i, text := range texts {
		portal.Reports[0].Issues[i].Measures = []model.Measure{{Text: text}}
	}
	related := map[string][]page.Related{}
	for p := range page.New(portal, page.Options{}).Pages() {
		if issue, ok := p.Data.(page.Issue); ok {
			related[issue.Issue.ID] = issue.Related
		}
	}
	return related
}

func TestIssuesOfAUnitThatShareARarePhraseAreRelated(t *testing.T) {
	related := relatedOf(
		"对示例老剧院东侧临街商铺违规转租问题进行整改。", "收回示例老剧院东侧临街商铺共3间,定期开展监督检查工作。", "‘海风示例 集市’按期举办。", "停办‘海风示例 集市’。",
		"定期开展监督检查工作。", "定期开展监督检查工作,不留死角。", "定期开展监督检查工作,公开结果。", "示例老剧院已经关闭。", "完善制度。", "加强培训。",
	)
	for id, want := range map[string]page.Related{
		"200001": {Issue: page.Link{Href: "200002.html"}, Text: "示例老剧院东侧临街商铺"},
		"200002": {Issue: page.Link{Href: "200001.html"}, Text: "示例老剧院东侧临街商铺"},
		"200003": {Issue: page.Link{Href: "200004.html"}, Text: "海风示例 集市"},
		"200004": {Issue: page.Link{Href: "200003.html"}, Text: "海风示例 集市"},
	} {
		got := related[id]
		if len(got) != 1 || got[0].Issue.Href != want.Issue.Href || got[0].By != "words" || got[0].Text != want.Text {
			t.Errorf("%s is related to %+v", id, got)
		}
	}
	for _, id := range []string{"200005", "200008", "200009"} {
		if len(related[id]) != 0 {
			t.Errorf("%s, which shares common or short words only, is related to %+v", id, related[id])
		}
	}
}

func TestSharedPhraseDoesNotBeginWithTheMeasureWordOfANumber(t *testing.T) {
	texts := []string{"14个示例村的老剧院旧址已经收回。", "这14个示例村的老剧院旧址已经登记。"}
	for range 10 {
		texts = append(texts, "定期检查。")
	}
	for _, id := range []string{"200001", "200002"} {
		if got := relatedOf(texts...)[id]; len(got) != 1 || got[0].Text != "示例村的老剧院旧址已经" {
			t.Errorf("%s is related to %+v", id, got)
		}
	}
}

func TestPhraseThatIsSaidToBeSharedIsShared(t *testing.T) {
	texts := []string{"东丽湖畔旧仓库甲乙丙丁戊己", "东丽湖畔旧仓库甲乙丙、丽湖畔旧仓库甲乙丙丁、湖畔旧仓库甲乙丙丁戊"}
	for range 10 {
		texts = append(texts, "定期检查。")
	}
	for id, list := range relatedOf(texts...) {
		for _, r := range list {
			for _, text := range texts[:2] {
				if !strings.Contains(text, r.Text) {
					t.Errorf("%s: “%s” does not stand in “%s”", id, r.Text, text)
				}
			}
		}
	}
}

func TestSmallUnitHasNoRarePhrases(t *testing.T) {
	for id, list := range relatedOf("定期开展监督检查工作制度。", "定期开展监督检查工作制度。", "其他") {
		if len(list) > 0 {
			t.Errorf("%s is related to %+v", id, list)
		}
	}
}

func sum(counts []page.StatusCount) (all int) {
	for _, c := range counts {
		n, _ := strconv.Atoi(c.N)
		all += n
	}
	return all
}

func TestWithdrawnIssuesAreCountedApartEverywhere(t *testing.T) {
	portal, _ := large(30)
	issues := portal.Reports[0].Issues
	issues[0].Withdrawn = &model.Withdrawal{On: "2025-01-01", Why: "示例"}
	for p := range page.New(portal.Public(), page.Options{}).Pages() {
		switch data := p.Data.(type) {
		case page.Issues:
			if data.Total != "31" || data.Withdrawn != "1" || len(data.Items) != 32 {
				t.Errorf("%d issues, %s and %s withdrawn", len(data.Items), data.Total, data.Withdrawn)
			}
		case page.Report:
			totals := data.Report.Totals
			if n := len(totals.Published); totals.Published[n-3].N != "31" || totals.Published[n-1].N != "1" || sum(totals.Status) != 31 {
				t.Errorf("totals: %+v", totals)
			}
			if got := data.Report.Outline[0].Section.Issues; got != "30" {
				t.Errorf("the section counts %s issues", got)
			}
		case page.Home:
			for _, g := range data.Filters {
				if g.Title == "方面" && g.Links[0].N != "30" {
					t.Errorf("home counts %+v", g)
				}
			}
		}
	}
	for _, issue := range issues {
		issue.Withdrawn = &model.Withdrawal{On: "2025-01-01", Why: "示例"}
	}
	if err := makeAll(portal, page.Options{}); err != nil {
		t.Error(err)
	}
}

func TestSizesAreToldAsPeopleReadThem(t *testing.T) {
	for size, want := range map[int]string{0: "", 7: "7 B", 999: "999 B", 1000: "1 KB", 999_499: "999 KB", 999_500: "1.0 MB", 12_345_678: "12.3 MB"} {
		portal := owned(nil)
		portal.Reports[0].Issues[0].Evidence = []model.Evidence{{File: "示例.tar.pdf", Title: "示例", Size: size}}
		for p := range page.New(portal, page.Options{}).Pages() {
			if issue, ok := p.Data.(page.Issue); ok {
				if e := issue.Issue.Evidence[0]; e.Size != want || e.Type != "PDF" {
					t.Errorf("%d bytes are %s %q", size, e.Type, e.Size)
				}
			}
		}
	}
}

func TestEvidenceOfAWithdrawnIssueDoesNotGoOut(t *testing.T) {
	portal := owned(nil, nil)
	for _, issue := range portal.Reports[0].Issues {
		issue.Evidence = []model.Evidence{{File: issue.ID.String() + ".pdf", Title: "示例"}}
	}
	portal.Reports[0].Issues[0].Withdrawn = &model.Withdrawal{On: "2025-01-01", Why: "示例"}
	files := page.New(portal.Public(), page.Options{}).Files()
	if len(files) != 1 || files[0].Path != "files/demo/200002.pdf" {
		t.Errorf("got %+v", files)
	}
}
