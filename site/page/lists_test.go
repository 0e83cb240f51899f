package page_test

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"rectify/site/model"
	"rectify/site/page"
)

// owned is a portal with an issue for each list of owners.
func owned(owners ...[]string) *model.Portal {
	report := &model.Report{ID: "demo", Unit: "示例局", AsOf: "2025-01-01"}
	for i, units := range owners {
		report.Issues = append(report.Issues, &model.Issue{
			ID: model.IssueID(200001 + i), Title: "示例问题", Status: model.Status{Code: model.NotStated}, Owners: model.Owners{LeadUnits: units},
		})
	}
	return &model.Portal{Language: model.SimplifiedChinese, Reports: []*model.Report{report}}
}

// ownerPages gives title → path of the lists of owners.
func ownerPages(portal *model.Portal) map[string]string {
	paths := map[string]string{}
	for p := range page.New(portal, page.Options{}).Pages() {
		if f, ok := p.Data.(page.Filter); ok && strings.HasPrefix(p.Path, "owners/") {
			paths[f.Title] = p.Path
		}
	}
	return paths
}

func TestAddressOfAFilterStaysWhenOthersCome(t *testing.T) {
	before := ownerPages(owned([]string{"示例局"}, []string{"音乐学院"}))
	after := ownerPages(owned([]string{"安全科"}, []string{"音乐学院", "办公室"}, []string{"示例局"}))
	if len(before) != 2 || len(after) != 4 {
		t.Fatalf("before %v, after %v", before, after)
	}
	for title, path := range before {
		if after[title] != path {
			t.Errorf("%s moved from %s to %s", title, path, after[title])
		}
	}
}

// cardsOf are the issues that an outline shows.
func cardsOf(outline []page.OutlineItem) (ids []string) {
	for _, item := range outline {
		for _, card := range item.Issues {
			ids = append(ids, card.ID)
		}
	}
	return ids
}

func TestFiltersLeadToEveryIssueOfTheirCountAndToNoEmptyPage(t *testing.T) {
	counted, shown := map[string]string{}, map[string]int{}
	filters := 0
	for p := range page.New(synthetic(t, 170), page.Options{}).Pages() {
		switch data := p.Data.(type) {
		case page.Filter:
			if len(data.Items) == 0 || len(data.Items) > 50 {
				t.Errorf("%s has %d issues", p.Path, len(data.Items))
			}
			first, _, further := strings.Cut(strings.TrimSuffix(p.Path, ".html"), "-")
			shown[first+".html"] += len(data.Items)
			if !further {
				filters++
			}
		case page.Section:
			shown[p.Path] += len(cardsOf(data.Outline))
		case page.Search:
			for _, group := range data.Filters {
				for _, link := range group.Links {
					counted[link.Href] = link.N
				}
			}
		}
	}
	if filters == 0 || len(counted) < filters {
		t.Fatalf("%d links, %d lists", len(counted), filters)
	}
	for path, n := range counted {
		if got := strconv.Itoa(shown[path]); n != got {
			t.Errorf("%s shows %s issues, its link says %s", path, got, n)
		}
	}
}

// many is a portal of n reports of as many units, with an issue each.
func many(n int) *model.Portal {
	portal := &model.Portal{Language: model.SimplifiedChinese, Name: "示例公开"}
	for i := range n {
		id := model.IssueID(200001 + i)
		portal.Reports = append(portal.Reports, &model.Report{
			ID: model.Slug("demo-" + strconv.Itoa(i)), Title: "示例通报" + strconv.Itoa(i), Unit: "示例局" + strconv.Itoa(i),
			Inspection: model.Inspection{Round: "第" + strconv.Itoa(i%2) + "轮示例巡察", Kind: "常规"},
			Outline:    []model.Section{{ID: "a", Title: "示例方面", Issues: []model.IssueID{id}}},
			Issues:     []*model.Issue{{ID: id, Title: "示例问题", Section: "a", Status: model.Status{Code: model.Done}}},
			Contact:    &model.Contact{Unit: "示例局办公室"},
		})
	}
	return portal
}

func TestManyReportsUnitsAndRoundsStandOnPagesOfTheirOwn(t *testing.T) {
	const n = 120
	listed := map[string]map[string]bool{}
	rounds := map[string]int{}
	contacts := 0
	for p := range page.New(many(n), page.Options{}).Pages() {
		switch data := p.Data.(type) {
		case page.Groups:
			dir, _, _ := strings.Cut(p.Path, "/")
			if listed[dir] == nil {
				listed[dir] = map[string]bool{}
			}
			lines := 0
			for _, g := range data.Items {
				listed[dir][g.Link.Text] = true
				lines += max(1, len(g.Reports))
				if dir == "rounds" {
					rounds[g.Link.Text] += len(g.Reports)
					if g.Link.N != "60" {
						t.Errorf("the round %s has %s issues", g.Link.Text, g.Link.N)
					}
				}
			}
			if lines > 50 {
				t.Errorf("%s has %d lines", p.Path, lines)
			}
		case page.Home:
			if len(data.Reports) != 10 || data.All == nil || data.All.Href != "reports/index.html" {
				t.Errorf("home shows %d reports and leads to %v", len(data.Reports), data.All)
			}
			for _, group := range data.Filters {
				if len(group.Links) > 12 || group.Title == "单位" && group.All == nil {
					t.Errorf("home lists %d of %s, all: %v", len(group.Links), group.Title, group.All)
				}
			}
		case page.ContactPage:
			contacts += len(data.Reports)
		}
	}
	if len(listed["reports"]) != n || len(listed["units"]) != n || len(listed["rounds"]) != 2 || len(listed) != 3 {
		t.Errorf("listed: %d reports, %d units, %d rounds", len(listed["reports"]), len(listed["units"]), len(listed["rounds"]))
	}
	for round, reports := range rounds {
		if reports != n/2 {
			t.Errorf("the round %s has %d reports", round, reports)
		}
	}
	if contacts != n {
		t.Errorf("%d contacts", contacts)
	}
}

func TestPortalOfOneReportHasNoListsOfOneEntry(t *testing.T) {
	for p := range page.New(owned([]string{"示例局"}), page.Options{}).Pages() {
		if p.Layout == page.LayoutGroups || strings.HasSuffix(p.Path, "/issues.html") {
			t.Errorf("%s says what another page says", p.Path)
		}
	}
}

func TestWithdrawnIssueIsToldByItsNumberDayAndReasonOnly(t *testing.T) {
	portal := owned([]string{"示例局"}, []string{"秘密单位"})
	*portal.Reports[0].Issues[1] = model.Issue{
		ID: 200002, Label: "(秘密)", Title: "秘密标题", Finding: "秘密情况见《秘密办法》", Goal: "秘密目标", Result: "秘密结果",
		Measures: []model.Measure{{Label: "秘密", Title: "秘密", Text: "秘密"}}, Owners: model.Owners{LeadUnits: []string{"秘密单位"}},
		Status:    model.Status{Code: model.Done, Printed: "秘密", Basis: "秘密"},
		FollowUps: []model.FollowUp{{Due: "2026", Text: "秘密"}}, History: []model.Change{{On: "2025-01-01", What: "秘密"}},
		Corrections: []model.Correction{{On: "2025-01-01", What: "秘密"}}, Withdrawn: &model.Withdrawal{On: "2025-02-03", Why: "重复"},
	}
	told := false
	for p := range page.New(portal, page.Options{BaseURL: "https://www.example.org/"}).Pages() {
		data, err := json.Marshal(p.Data)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(data), "秘密") || strings.Contains(p.Path, "done") {
			t.Errorf("%s tells of it: %s", p.Path, data)
		}
		if issue, ok := p.Data.(page.Issue); ok && issue.Issue.ID == "200002" {
			told = issue.Issue.Withdrawn.On == "2025-02-03" && issue.Issue.Withdrawn.Why == "重复"
		}
	}
	if !told {
		t.Error("its page does not say when and why")
	}
}

func TestTimelineIsNewestFirstAndPromisesStandByTheirLastDay(t *testing.T) {
	portal := owned(nil)
	r := portal.Reports[0]
	r.PublishedAt, r.SignedOn = "2024-11-08 14:43", "2024-10-28"
	r.Inspection = model.Inspection{Start: "2023-11-15", End: "2023-12-29", FindingsOn: "2024-02-20"}
	r.Issues[0].FollowUps = []model.FollowUp{{Due: "2026", Text: "示例"}, {Due: "2025-02-01", Text: "示例"}, {Text: "没有日期"}}
	var got []string
	for p := range page.New(portal, page.Options{}).Pages() {
		if line, ok := p.Data.(page.Timeline); ok {
			for _, year := range line.Years {
				for _, e := range year.Events {
					got = append(got, year.Year+" "+e.On+" "+e.What)
				}
			}
		}
	}
	want := []string{
		"2026 2026 due", "2025 2025-02-01 due", "2024 2024-11-08 14:43 published", "2024 2024-10-28 signed",
		"2024 2024-02-20 findings", "2023 2023-11-15 inspection",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestIssuesThatNameTheSameDocumentAreRelated(t *testing.T) {
	portal := owned([]string{"甲"}, []string{"甲"}, nil, nil)
	issues := portal.Reports[0].Issues
	issues[0].Finding = "按照《关于印发《示例办法》的通知》，没有写完的《书名"
	issues[2].Result = "修订《关于印发《示例办法》的通知》。"
	for p := range page.New(portal, page.Options{}).Pages() {
		switch data := p.Data.(type) {
		case page.Documents:
			if len(data.Items) != 1 || data.Items[0].Title != "《关于印发《示例办法》的通知》" || data.Items[0].N != "2" {
				t.Errorf("documents: %+v", data.Items)
			}
		case page.Issue:
			var related []string
			for _, r := range data.Related {
				related = append(related, r.Issue.Href+" "+r.By)
			}
			want := map[string]string{
				"200001": "200003.html document 200002.html owner", "200002": "200001.html owner", "200003": "200001.html document",
			}[data.Issue.ID]
			if got := strings.Join(related, " "); got != want {
				t.Errorf("%s: %q, want %q", data.Issue.ID, got, want)
			}
		}
	}
}

func TestListsOfAnIssueAloneOrOfAllIssuesAreNoLikeness(t *testing.T) {
	portal := owned([]string{"甲"}, []string{"甲"}, []string{"乙"}, nil)
	want := map[string]string{"200001": "责任单位：甲", "200002": "责任单位：甲"}
	for p := range page.New(portal, page.Options{}).Pages() {
		if data, ok := p.Data.(page.Issue); ok {
			var got []string
			for _, l := range data.Alike {
				got = append(got, l.Text)
			}
			if strings.Join(got, " ") != want[data.Issue.ID] {
				t.Errorf("%s: %q, want %q", data.Issue.ID, got, want[data.Issue.ID])
			}
		}
	}
}

func TestFirstPageIsDividedByWhatDivides(t *testing.T) {
	portal := owned([]string{"甲"}, []string{"乙"}, nil, nil)
	for p := range page.New(portal, page.Options{}).Pages() {
		if home, ok := p.Data.(page.Home); ok {
			var got []string
			for _, group := range home.Filters {
				got = append(got, group.Title)
			}
			if !slices.Equal(got, []string{"责任单位"}) {
				t.Errorf("one report, one status, one year, but the first page is divided by %q", got)
			}
		}
	}
}
