package load

import (
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"rectify/site/model"
)

// withoutPlaces compares values and leaves the places to tests of their own.
var withoutPlaces = cmp.Options{cmpopts.IgnoreTypes(model.Where{}), cmpopts.EquateEmpty()}

func TestAPortalIsReadWithAllItsKeys(t *testing.T) {
	got := loadWorld(t, "good")
	want := &model.Portal{
		Format:      1,
		Name:        "巡察整改公开",
		Unit:        "某局",
		Description: "关于:整改,公开#一",
		Keywords:    []string{"整改", "null", "~", "yes", "0x10"},
		Language:    model.EnglishInterface,
		BaseURL:     "https://example.cn/a/b",
		Theme:       "my-theme",
		Parent:      &model.Parent{Title: "上级", URL: "http://example.cn"},
		Footer: []model.LinkGroup{
			{Title: "甲"},
			{Title: "乙", Links: []model.Link{{Title: "丙"}}},
		},
	}
	if diff := cmp.Diff(want, got, withoutPlaces, cmpopts.IgnoreFields(model.Portal{}, "Reports", "Prose")); diff != "" {
		t.Error(diff)
	}
}

func TestAScalarIsTheCharactersThatStandInTheFile(t *testing.T) {
	got := loadWorld(t, "good").Reports[0]
	want := &model.Report{
		ID:    "a-2024",
		Title: "2024-1-2",
		TitleLines: []string{
			"1e3", "yes", "0x10", "1_000", "null", "~", "2024-01-02", "  空格  ", "多行 折叠",
		},
		Issuer:      "null",
		Unit:        "折叠 一行",
		Region:      "天津市",
		Source:      "it's",
		PublishedAt: "2024-11-08",
		AsOf:        "2024-10-28",
		Inspection:  model.Inspection{Start: "2023-11-15"},
		Contact:     &model.Contact{Phones: []string{"022-65309718", "0"}},
		Declared:    []model.Declared{{Label: "问题", N: 53, Quote: "五十三", Of: model.CountIssues}},
		Parts: []model.Part{{
			Title:   "一",
			Text:    "第一段 # 不是注释\n  缩进\n第三段: 完",
			Outline: true,
			Parts:   []model.Part{{Title: "二", Source: model.SourceRef{Paragraphs: []int{2}}}},
		}},
		Outline: []model.Section{{
			ID: "1", Title: "方面",
			Sections: []model.Section{{ID: "1-1", Title: "类", Issues: []model.IssueID{100003, 100001}}},
			Issues:   []model.IssueID{100002},
		}},
		Furniture:  []int{1},
		Paragraphs: []string{"第一段", "第二段"},
	}
	if diff := cmp.Diff(want, got, withoutPlaces, cmpopts.IgnoreFields(model.Report{}, "Issues")); diff != "" {
		t.Error(diff)
	}
}

func TestIssuesStandInTheOrderOfTheOutline(t *testing.T) {
	got := loadWorld(t, "good").Reports[0].Issues
	want := []*model.Issue{ // those of a section before those of its sections
		{
			ID: 100002, Title: "乙", Section: "1",
			Measures: []model.Measure{
				{Label: "一是", Text: "甲"},
				{Label: "二是", Title: "乙。", Text: "丙"},
			},
			Status:    model.Status{Code: model.NotStated},
			FollowUps: []model.FollowUp{{Due: "2025", Text: "丙", Measure: 2}},
			Source:    model.SourceRef{Paragraphs: []int{1, 2}},
		},
		{
			ID: 100003, Title: "丙", Section: "1-1",
			Status:    model.Status{Code: model.NotStated},
			Publicity: &model.Publicity{Start: "2025-01-01", End: "2025-01-07"},
			Withdrawn: &model.Withdrawal{On: "2025-01-01", Why: "重复"},
		},
		{
			ID: 100001, Title: "甲", Section: "1-1",
			Status:     model.Status{Code: model.Done, Printed: "已完成", Basis: "已完成"},
			Visibility: model.Internal,
			Deadline:   &model.Deadline{Kind: model.ByDate, Date: "2025-02"},
			Owners:     model.Owners{LeadUnits: []string{"某局", "某室"}},
		},
	}
	if diff := cmp.Diff(want, got, withoutPlaces); diff != "" {
		t.Error(diff)
	}
}

func TestReportsStandByPublicationThenByID(t *testing.T) {
	var got []model.Slug
	for _, r := range loadWorld(t, "good").Reports {
		got = append(got, r.ID)
	}
	if diff := cmp.Diff([]model.Slug{"a-2024", "b-same-day", "old"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestDefaultsStandInForWhatIsNotWritten(t *testing.T) {
	portal := loadWorld(t, "ignored")
	if portal.Language != model.SimplifiedChinese || portal.Theme != "civic" {
		t.Errorf("language %q, theme %q", portal.Language, portal.Theme)
	}
	if portal.Contact != nil || portal.Reports[0].Contact != nil {
		t.Error("a contact that is not written has to stay nil: the page falls back to the portal's")
	}
}

func TestProseIsRenderedWithoutItsTitle(t *testing.T) {
	got := loadWorld(t, "good").Prose
	want := []model.Prose{
		{Name: "about", Title: "关于 本站 代码 链接", HTML: strings.Join([]string{
			`<p>一二</p>`,
			`<h2 id="s-联系方式-contact">联系方式 / Contact</h2>`,
			`<table>`, `<thead>`, `<tr>`, `<th>甲</th>`, `<th>乙</th>`, `</tr>`, `</thead>`,
			`<tbody>`, `<tr>`, `<td>1</td>`, `<td>2</td>`, `</tr>`, `</tbody>`, `</table>`,
			`<h2 id="s-联系方式-contact-2">联系方式 / contact</h2>`,
			`<p><a href="">script</a> <a href="https://example.cn">https://example.cn</a></p>`, ``,
		}, "\n")},
		{Name: "z", Title: "标题"},
	}
	if diff := cmp.Diff(want, got, withoutPlaces); diff != "" {
		t.Error(diff)
	}
}

func TestEveryValueRemembersItsPlace(t *testing.T) {
	portal := loadWorld(t, "good")
	report := portal.Reports[0]
	issue := report.Issues[0]
	const file, issues = "data/reports/a-2024/report.yaml", "data/reports/a-2024/issues/"
	for _, c := range []struct{ what, got, want string }{
		{"portal", portal.Self().String(), "data/portal.yaml:2:1"},
		{"name", portal.At("name").String(), "data/portal.yaml:3:7"},
		{"entry of a flow list", portal.AtEntry("keywords", 1).String(), "data/portal.yaml:6:16"},
		{"flow struct", portal.Parent.Self().String(), "data/portal.yaml:10:9"},
		{"key of a flow struct", portal.Parent.At("url").String(), "data/portal.yaml:10:26"},
		{"key without a value", portal.At("contact").String(), "data/portal.yaml:2:1"},
		{"struct in a list", portal.Footer[1].Links[0].Self().String(), "data/portal.yaml:18:9"},
		{"prose", portal.Prose[0].Self().String(), "data/pages/about.md:2:1"},
		{"title of prose", portal.Prose[0].At("title").String(), "data/pages/about.md:2:3"},
		{"list", report.At("title_lines").String(), file + ":3:3"},
		{"entry of a list", report.AtEntry("title_lines", 2).String(), file + ":5:5"},
		{"block", report.Parts[0].At("text").String(), file + ":33:11"},
		{"nested list", report.Outline[0].Sections[0].AtEntry("issues", 1).String(), file + ":47:13"},
		{"list of numbers", report.AtEntry("furniture", 0).String(), file + ":49:13"},
		{"issue", issue.Self().String(), issues + "a.yaml:1:1"},
		{"follow-up", issue.FollowUps[0].At("measure").String(), issues + "a.yaml:10:14"},
		{"struct that is not written", issue.Status.At("code").String(), issues + "a.yaml:1:1"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s, want %s", c.what, c.got, c.want)
		}
	}
}

func TestEveryTypeOfTheModelCanBeRead(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var walk func(reflect.Type)
	walk = func(typ reflect.Type) {
		if seen[typ] || isScalar(typ) {
			return
		}
		seen[typ] = true
		switch typ.Kind() {
		case reflect.Pointer, reflect.Slice:
			walk(typ.Elem())
		case reflect.Struct:
			for _, f := range shapeOf(typ).fields {
				walk(typ.Field(f.index).Type)
			}
		default:
			t.Errorf("%s cannot be written in a data file", typ)
		}
	}
	walk(reflect.TypeFor[model.Portal]())
	walk(reflect.TypeFor[model.Report]())
	walk(reflect.TypeFor[model.Issue]())
	walk(reflect.TypeFor[model.Publishing]())
	if len(seen) < 20 {
		t.Errorf("only %d types seen", len(seen))
	}
}

func TestTheNearestKeyIsTheLikelyOne(t *testing.T) {
	s := shapeOf(reflect.TypeFor[model.Issue]())
	for _, c := range []struct {
		written, nearest string
		likely           bool
	}{
		{"titel", "title", true},
		{"Title", "title", true},
		{"measure", "measures", true},
		{"followups", "follow_ups", true},
		{"标题", "id", false},
		{"", "id", false},
	} {
		if known, likely := s.nearest(c.written); known != c.nearest || likely != c.likely {
			t.Errorf("%q: %q %v, want %q %v", c.written, known, likely, c.nearest, c.likely)
		}
	}
}
