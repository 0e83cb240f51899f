package model

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// demo is an invented portal with one internal issue alone in its section.
func demo() *Portal {
	return &Portal{Name: "示例公开", Reports: []*Report{{
		ID: "demo", Title: "示例通报",
		Outline: []Section{
			{ID: "a", Title: "甲", Issues: []IssueID{200001, 200002}},
			{ID: "b", Title: "乙", Sections: []Section{{ID: "b-1", Title: "丙", Issues: []IssueID{200003}}}},
		},
		Issues: []*Issue{
			{ID: 200001, Title: "示例问题一", Measures: []Measure{{Label: "一是", Title: "示例。", Text: "正文。"}}},
			{ID: 200002, Title: "示例问题二", Visibility: Internal, Finding: "不公开的示例情况"},
			{ID: 200003, Title: "示例问题三", Visibility: Internal},
		},
		Paragraphs: []string{"示例通报"},
	}}}
}

func TestPublicDropsInternalIssuesAndSectionsThatHeldNothingElse(t *testing.T) {
	portal := demo()
	public := portal.Public().Reports[0]
	if len(public.Issues) != 1 || public.Issues[0].ID != 200001 {
		t.Errorf("public issues: %v", public.Issues)
	}
	if diff := cmp.Diff([]IssueID{200001}, public.Outline[0].Issues); diff != "" || len(public.Outline) != 1 {
		t.Errorf("public outline: %+v", public.Outline)
	}
	if len(portal.Reports[0].Issues) != 3 || len(portal.Reports[0].Outline) != 2 {
		t.Error("Public changed the portal it was asked about")
	}
}

func TestInternalAndPublicTextsDoNotMix(t *testing.T) {
	portal := demo()
	internal, public := slices.Collect(portal.InternalTexts()), slices.Collect(portal.PublicTexts())
	if !slices.Contains(internal, "不公开的示例情况") || slices.Contains(internal, "示例问题一") {
		t.Errorf("internal: %v", internal)
	}
	if slices.Contains(public, "不公开的示例情况") || !slices.Contains(public, "一是") {
		t.Errorf("public: %v", public)
	}
	// A heading over nothing but internal issues is not public either.
	for _, heading := range []string{"乙", "丙"} {
		if !slices.Contains(internal, heading) || slices.Contains(public, heading) {
			t.Errorf("the heading %s passes for public", heading)
		}
	}
	if !portal.HasInternal() || portal.Public().HasInternal() {
		t.Error("HasInternal is wrong")
	}
}

func TestOfAWithdrawnIssueNumberDayAndReasonAreLeft(t *testing.T) {
	portal := demo()
	report := portal.Reports[0]
	report.Paragraphs = []string{"示例通报", "示例问题一", "示例问题一的措施", "共同的说明"}
	report.Issues[0].Source.Paragraphs, report.Issues[0].Withdrawn = []int{2, 3, 4}, &Withdrawal{On: "2025-01-01", Why: "重复"}
	report.Issues[1].Visibility, report.Issues[1].Source.Paragraphs = Public, []int{4}
	once := portal.Public()
	for name, public := range map[string]*Portal{"once": once, "twice": once.Public()} {
		issue := public.Reports[0].Issues[0]
		want := &Issue{ID: 200001, Status: Status{Code: NotStated}, Withdrawn: &Withdrawal{On: "2025-01-01", Why: "重复"}}
		if diff := cmp.Diff(want, issue, cmp.AllowUnexported(Where{}, spot{})); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if diff := cmp.Diff([]string{"示例通报", "", "", "共同的说明"}, public.Reports[0].Paragraphs); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if diff := cmp.Diff(map[int]IssueID{2: 200001, 3: 200001}, public.Reports[0].Emptied); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if got := public.Reports[0].Content(); len(got) != 2 {
			t.Errorf("%s: content %q", name, got)
		}
	}
	withheld := slices.Collect(portal.WithheldTexts())
	if !slices.Contains(withheld, "示例问题一") || !slices.Contains(withheld, "乙") || slices.Contains(slices.Collect(portal.PublicTexts()), "示例问题一") {
		t.Errorf("withheld: %q", withheld)
	}
	if t1 := once.Reports[0].Totals(); t1.Issues != 1 || t1.Withdrawn != 1 {
		t.Errorf("totals: %+v", t1)
	}
}

func TestTotalsCountSectionsByDepth(t *testing.T) {
	got := demo().Reports[0].Totals()
	if diff := cmp.Diff([]int{2, 1}, got.Sections); diff != "" || got.Issues != 3 || got.Measures != 1 {
		t.Errorf("got %+v", got)
	}
}

func TestPeriodEndsOnItsLastDay(t *testing.T) {
	for period, want := range map[Period]Date{
		"2024": "2024-12-31", "2024-02": "2024-02-29", "2025-02": "2025-02-28",
		"2025-02-01": "2025-02-01", "": "",
	} {
		if got := period.End(); got != want {
			t.Errorf("%q ends on %q, want %q", period, got, want)
		}
	}
}

func TestValuesRefuseWhatPeopleMistype(t *testing.T) {
	refused := func(err error, text string) {
		t.Helper()
		if err == nil {
			t.Errorf("%q was taken", text)
		}
	}
	for _, text := range []string{"2024-1-2", "2024-02-30", "2024/02/20", "24-02-20", ""} {
		refused(new(Date).UnmarshalText([]byte(text)), text)
	}
	for _, text := range []string{"012345", "12345", "1234567", "12345a", "-12345", "+12345", "１２３４５６"} {
		refused(new(IssueID).UnmarshalText([]byte(text)), text)
	}
	for _, text := range []string{"index", "con", "com1", "A", "a_b", "-a", "", "a.b", "中"} {
		refused(new(Slug).UnmarshalText([]byte(text)), text)
	}
	for _, text := range []string{"example.org", "ftp://example.org", "https://", "javascript:alert(1)"} {
		refused(new(WebURL).UnmarshalText([]byte(text)), text)
	}
	for _, text := range []string{"https://example.org/?a=1", "https://example.org/#f", "https://example.org//a", "https://u@example.org/", "example.org", "https://example.org/../a/", "https://example.org/./", "https://example.org:99999/", "https://例子.cn/"} {
		refused(new(BaseURL).UnmarshalText([]byte(text)), text)
	}
	for _, text := range []string{"2024-11-08 24:00", "2024-11-08T14:43", "2024-11-08 9:05"} {
		refused(new(Minute).UnmarshalText([]byte(text)), text)
	}
}

func TestHeadingIsPutTogetherAsPrinted(t *testing.T) {
	issue := Issue{Label: "(2)", Lead: "针对", Title: "懒政怠政凸显"}
	if got := issue.Heading(); got != "(2)针对“懒政怠政凸显”的问题。" {
		t.Errorf("issue: %s", got)
	}
	section := Section{Label: "1.", Lead: "关于", Title: "示例", Summary: "强化示例。"}
	if got := section.Heading() + section.Summary; got != "1.关于“示例”的问题,强化示例。" {
		t.Errorf("section: %s", got)
	}
	plain := Issue{Label: "1.", Title: "示例问题"}
	if got := plain.Heading(); got != "1.示例问题" {
		t.Errorf("plain: %s", got)
	}
}

func TestWhereFallsBackToTheStructItself(t *testing.T) {
	var w Where
	w.Mark("data/a.yaml", "", -1, 3, 5)
	w.Mark("data/a.yaml", "title", -1, 4, 12)
	w.Mark("data/a.yaml", "issues", 1, 6, 20)
	for _, try := range []struct {
		got  string
		want string
	}{
		{w.At("title").String(), "data/a.yaml:4:12"},
		{w.At("lead").String(), "data/a.yaml:3:5"},
		{w.AtEntry("issues", 1).String(), "data/a.yaml:6:20"},
		{w.Self().String(), "data/a.yaml:3:5"},
	} {
		if try.got != try.want {
			t.Errorf("got %s, want %s", try.got, try.want)
		}
	}
}
