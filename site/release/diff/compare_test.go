package diff

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rectify/site/model"
	"rectify/site/problem"
)

// demo is an invented portal of two issues.
func demo() *model.Portal {
	return &model.Portal{Name: "示例公开", Unit: "示例局", Reports: []*model.Report{{
		ID: "demo", Title: "示例通报", Unit: "示例局", AsOf: "2025-03-01",
		Outline: []model.Section{{ID: "a", Label: "(一)", Title: "甲", Issues: []model.IssueID{200001, 200002}}},
		Issues: []*model.Issue{
			{
				ID: 200001, Label: "1.", Title: "示例问题一", Section: "a", Status: model.Status{Code: model.InProgress, Printed: "正在整改"},
				Measures: []model.Measure{{Label: "一是", Text: "建立台账。"}, {Label: "二是", Text: "加强检查。"}},
				Deadline: &model.Deadline{Kind: model.ByDate, Date: "2025-06-30"},
				Evidence: []model.Evidence{{File: "a.pdf", Title: "台账"}},
			},
			{ID: 200002, Label: "2.", Title: "示例问题二", Section: "a", Status: model.Status{Code: model.NotStated}},
		},
		Paragraphs: []string{"示例通报"},
	}}}
}

// items compares demo with what edit makes of it.
func items(t *testing.T, edit func(p *model.Portal)) *Changes {
	t.Helper()
	now := demo()
	edit(now)
	return Compare(&Side{Portal: demo().Public()}, Side{Portal: now.Public()})
}

func TestEachChangeIsToldByItsKind(t *testing.T) {
	issue := func(do func(i *model.Issue)) func(*model.Portal) {
		return func(p *model.Portal) { do(p.Reports[0].Issues[0]) }
	}
	for name, test := range map[string]struct {
		edit func(*model.Portal)
		want []Change
	}{
		"status moved": {issue(func(i *model.Issue) {
			i.Status = model.Status{Code: model.Done, Printed: "已完成", AsOf: "2025-04-01", Basis: "该问题已完成整改。"}
		}), []Change{{Kind: StatusMoved, FromCode: "in_progress", ToCode: "done", From: "正在整改", To: "已完成", On: "2025-04-01", Basis: "该问题已完成整改。"}}},
		"reopened":            {issue(func(i *model.Issue) { i.Status = model.Status{Code: model.Reopened} }), []Change{{Kind: WasReopened, FromCode: "in_progress", ToCode: "reopened", From: "正在整改"}}},
		"deadline moved":      {issue(func(i *model.Issue) { i.Deadline.Date = "2025-12-31" }), []Change{{Kind: DeadlineMoved, FromCode: "by_date", ToCode: "by_date", From: "2025-06-30", To: "2025-12-31"}}},
		"deadline taken away": {issue(func(i *model.Issue) { i.Deadline = nil }), []Change{{Kind: DeadlineMoved, FromCode: "by_date", From: "2025-06-30"}}},
		"owner":               {issue(func(i *model.Issue) { i.Owners.LeadUnits = []string{"示例科", "示例室"} }), []Change{{Kind: OwnersChanged, Field: "lead_units", To: "示例科、示例室"}}},
		"measure added in between": {issue(func(i *model.Issue) {
			i.Measures = []model.Measure{i.Measures[0], {Label: "二是", Text: "明确专人。"}, i.Measures[1]}
		}), []Change{{Kind: MeasureAdded, N: 2, To: "二是明确专人。"}}},
		"measure edited":  {issue(func(i *model.Issue) { i.Measures[1].Text = "加强抽查。" }), []Change{{Kind: MeasureEdited, N: 2, Runs: Text("二是加强检查。", "二是加强抽查。")}}},
		"measure removed": {issue(func(i *model.Issue) { i.Measures = i.Measures[1:] }), []Change{{Kind: MeasureRemoved, N: 1, From: "一是建立台账。"}}},
		"promise added": {issue(func(i *model.Issue) {
			i.FollowUps = []model.FollowUp{{Due: "2025-09", Text: "9月底前完成", Measure: 2}}
		}), []Change{{Kind: PromiseAdded, N: 2, To: "2025-09 9月底前完成"}}},
		"evidence added": {issue(func(i *model.Issue) {
			i.Evidence = append(i.Evidence, model.Evidence{File: "b.png", Title: "照片", Date: "2025"})
		}), []Change{{Kind: EvidenceAdded, To: "照片 2025"}}},
		"evidence removed":            {issue(func(i *model.Issue) { i.Evidence = nil }), []Change{{Kind: EvidenceGone, From: "台账"}}},
		"evidence under another name": {issue(func(i *model.Issue) { i.Evidence[0].Title = "整改台账" }), []Change{{Kind: EvidenceEdited, From: "台账", To: "整改台账"}}},
		"corrected": {issue(func(i *model.Issue) {
			i.Corrections = []model.Correction{{On: "2025-04-01", What: "数字有误", From: "3", To: "5"}}
		}), []Change{{Kind: Corrected, On: "2025-04-01", What: "数字有误", From: "3", To: "5"}}},
		"noted": {issue(func(i *model.Issue) { i.History = []model.Change{{On: "2025-04-01", What: "补充材料"}} }), []Change{{Kind: Noted, On: "2025-04-01", What: "补充材料"}}},
		"text":  {issue(func(i *model.Issue) { i.Title = "示例问题壹" }), []Change{{Kind: FieldEdited, Field: "title", Runs: Text("示例问题一", "示例问题壹")}}},
		"status and a measure, status first": {issue(func(i *model.Issue) { i.Measures[0].Text = ""; i.Status.Code = model.Done }), []Change{
			{Kind: StatusMoved, FromCode: "in_progress", ToCode: "done", From: "正在整改", To: "正在整改"}, {Kind: MeasureEdited, N: 1, Runs: Text("一是建立台账。", "一是")},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			got := items(t, test.edit)
			if len(got.Items) != 1 || got.Items[0].ID != 200001 || got.Items[0].Kind != Changed {
				t.Fatalf("got %+v", got.Items)
			}
			if diff := cmp.Diff(test.want, got.Items[0].Changes); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNothingChangedIsNothing(t *testing.T) {
	if c := items(t, func(*model.Portal) {}); !c.IsEmpty() {
		t.Errorf("got %+v", c)
	}
}

func TestFirstStateHasTotalsAndNoItems(t *testing.T) {
	c := Compare(nil, Side{Portal: demo().Public()})
	want := Totals{Reports: 1, Issues: 2, Measures: 2, Status: map[string]int{"in_progress": 1, "not_stated": 1}}
	if diff := cmp.Diff(want, c.After); diff != "" || len(c.Items) != 0 || c.Before != nil {
		t.Errorf("%s %+v", diff, c)
	}
}

func TestItemsComeGoAndComeBack(t *testing.T) {
	c := items(t, func(p *model.Portal) {
		r := p.Reports[0]
		r.Issues[1].Withdrawn = &model.Withdrawal{On: "2025-04-01", Why: "示例原因"}
		r.Issues = append(r.Issues, &model.Issue{ID: 200003, Title: "示例问题三", Section: "a"})
		r.Outline[0].Issues = append(r.Outline[0].Issues, 200003)
	})
	want := []Item{
		{ID: 200002, Report: "demo", Kind: Withdrawn, Changes: []Change{{Kind: Withdrawal, On: "2025-04-01", Why: "示例原因"}}},
		{ID: 200003, Report: "demo", Title: "示例问题三", Kind: New},
	}
	if diff := cmp.Diff(want, c.Items); diff != "" {
		t.Error(diff)
	}
	vanished := items(t, func(p *model.Portal) { p.Reports[0].Issues[1].Visibility = model.Internal })
	if diff := cmp.Diff([]Lost{{200002, "demo"}}, vanished.Vanished); diff != "" || len(vanished.Items) > 0 {
		t.Errorf("%s %+v", diff, vanished.Items)
	}
	was := demo()
	was.Reports[0].Issues[0].Withdrawn = &model.Withdrawal{On: "2025-01-01", Why: "示例"}
	back := Compare(&Side{Portal: was.Public()}, Side{Portal: demo().Public()})
	if diff := cmp.Diff([]Lost{{200001, "demo"}}, back.Back); diff != "" {
		t.Error(diff)
	}
}

func TestExchangedEvidenceIsNoticed(t *testing.T) {
	c := Compare(
		&Side{Portal: demo().Public(), Evidence: map[string]string{"demo/a.pdf": "1"}},
		Side{Portal: demo().Public(), Evidence: map[string]string{"demo/a.pdf": "2"}},
	)
	want := []Change{{Kind: EvidenceEdited, Field: "file", From: "台账", To: "台账"}}
	if len(c.Items) != 1 || !cmp.Equal(want, c.Items[0].Changes) {
		t.Errorf("got %+v", c.Items)
	}
}

func TestImagesThatCameWentOrWereExchangedAreTold(t *testing.T) {
	c := Compare(
		&Side{Portal: demo().Public(), Images: map[string]string{"a.svg": "1", "b.svg": "1", "d.svg": "1"}},
		Side{Portal: demo().Public(), Images: map[string]string{"a.svg": "1", "b.svg": "2", "c.svg": "1"}},
	)
	want := []Change{
		{Kind: FieldEdited, Field: "images.b.svg"},
		{Kind: FieldEdited, Field: "images.c.svg", To: "c.svg"},
		{Kind: FieldEdited, Field: "images.d.svg", From: "d.svg"},
	}
	if diff := cmp.Diff(want, c.Portal); diff != "" {
		t.Error(diff)
	}
	w := c.Portal[0].In(problem.English)
	if w.Label != "image b.svg" || w.Note != "the file itself was exchanged" {
		t.Errorf("got %+v", w)
	}
}

func TestOfWhatWasRedactedNothingIsTold(t *testing.T) {
	now := demo()
	now.Reports[0].Issues[0].Title = "示例"
	c := Compare(&Side{Portal: demo().Public(), Redacted: map[model.IssueID]model.Slug{200001: "demo"}}, Side{Portal: now.Public()})
	want := []Item{{ID: 200001, Report: "demo", Title: "示例", Kind: Changed, Changes: []Change{{Kind: WasRedacted}}}}
	if diff := cmp.Diff(want, c.Items); diff != "" {
		t.Error(diff)
	}
}

func TestNothingInternalIsEverTold(t *testing.T) {
	secret := func(p *model.Portal, id model.IssueID, text string) {
		r := p.Reports[0]
		r.Issues = append(r.Issues, &model.Issue{ID: id, Title: text, Finding: text, Visibility: model.Internal, Section: "b"})
		r.Outline = append(r.Outline, model.Section{ID: "b", Title: text, Issues: []model.IssueID{id}})
	}
	before, after := demo(), demo()
	secret(before, 200008, "密语一")
	secret(after, 200009, "密语二")
	after.Reports[0].Issues[0].Status.Code = model.Done
	c := Compare(&Side{Portal: before.Public()}, Side{Portal: after.Public()})
	data, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, trace := range []string{"密语", "200008", "200009"} {
		if strings.Contains(string(data), trace) {
			t.Errorf("%s stands in %s", trace, data)
		}
	}
}

// untold are fields of the model that may differ without a change, with the
// reason.
var untold = map[string]string{
	"Format":                            "the version of the data files",
	"Approvals":                         "never public",
	"Reports.ID":                        "another report",
	"Reports.Emptied":                   "follows from a withdrawal",
	"Reports.Furniture":                 "what the source's page carried beside the text",
	"Reports.Outline.Issues":            "where an issue is stands with the issue, and their order is told as such",
	"Reports.Issues.ID":                 "another issue",
	"Reports.Issues.Visibility":         "what is compared is public",
	"Reports.Issues.Evidence.File":      "a file under another name is another file",
	"Reports.Issues.Evidence.Size":      "the digests of the files are compared",
	"Images":                            "the digests of the files are compared",
	"Reports.Issues.Section":            "its heading is compared",
	"Reports.Issues.Source.Paragraphs":  "places in the source text, which is compared itself",
	"Reports.Parts.Source.Paragraphs":   "places in the source text",
	"Reports.Outline.Source.Paragraphs": "places in the source text",
	"Prose.Name":                        "another page",
}

// TestEveryFieldOfThePublicModelIsCompared fills every field, changes one after
// the other, and wants a change each time.
func TestEveryFieldOfThePublicModelIsCompared(t *testing.T) {
	fields := 0
	var visit func(v reflect.Value, name string, at func(*model.Portal) reflect.Value)
	visit = func(v reflect.Value, name string, at func(*model.Portal) reflect.Value) {
		if untold[name] != "" {
			return
		}
		switch v.Kind() {
		case reflect.Pointer:
			visit(v.Elem(), name, func(p *model.Portal) reflect.Value { return at(p).Elem() })
		case reflect.Slice:
			if v.Len() == 0 {
				return // of the kind that holds it
			}
			visit(v.Index(0), name, func(p *model.Portal) reflect.Value { return at(p).Index(0) })
		case reflect.Struct:
			for i := range v.NumField() {
				f := v.Type().Field(i)
				if f.Anonymous || !f.IsExported() {
					continue
				}
				visit(v.Field(i), strings.TrimPrefix(name+"."+f.Name, "."), func(p *model.Portal) reflect.Value { return at(p).Field(i) })
			}
		case reflect.String, reflect.Int, reflect.Uint32, reflect.Bool:
			fields++
			before, after := filled(), filled()
			change(at(after))
			if name != "Reports.Issues.Withdrawn.On" && name != "Reports.Issues.Withdrawn.Why" {
				before.Reports[0].Issues[0].Withdrawn, after.Reports[0].Issues[0].Withdrawn = nil, nil
			}
			if c := Compare(&Side{Portal: before}, Side{Portal: after}); c.IsEmpty() {
				t.Errorf("%s was changed and nothing is told", name)
			}
		}
	}
	visit(reflect.ValueOf(filled()).Elem(), "", func(p *model.Portal) reflect.Value { return reflect.ValueOf(p).Elem() })
	if fields < 80 {
		t.Errorf("only %d fields were tried", fields)
	}
}

func filled() *model.Portal {
	p := new(model.Portal)
	n := 0
	fill(reflect.ValueOf(p).Elem(), &n, 0)
	return p
}

func fill(v reflect.Value, n *int, depth int) {
	if !v.CanSet() {
		return
	}
	*n++
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("示例%d", *n))
	case reflect.Int:
		v.SetInt(int64(*n))
	case reflect.Uint32:
		v.SetUint(uint64(200000 + *n))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n, depth)
	case reflect.Slice:
		if depth < 8 {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			fill(v.Index(0), n, depth+1)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if name := v.Type().Field(i).Name; name == "Parts" && v.Type().Name() == "Part" || name == "Sections" {
				continue // of their own kind without end
			}
			fill(v.Field(i), n, depth+1)
		}
	}
}

func change(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(v.String() + "改")
	case reflect.Int:
		v.SetInt(v.Int() + 1)
	case reflect.Uint32:
		v.SetUint(v.Uint() + 1)
	case reflect.Bool:
		v.SetBool(!v.Bool())
	}
}
