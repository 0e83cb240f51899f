package load

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rectify/site/model"
)

// The real portal of this repository, made from the text as published.
func loadReal(t *testing.T) (*model.Portal, *model.Report) {
	t.Helper()
	portal, list := Load(context.Background(), onRealDisk(t, "../.."), "data")
	if len(list) > 0 {
		t.Fatalf("problems in the real data:\n%s", report(list))
	}
	if len(portal.Reports) != 1 {
		t.Fatalf("%d reports", len(portal.Reports))
	}
	return portal, portal.Reports[0]
}

func TestTheRealPortalCountsAsItsSource(t *testing.T) {
	_, report := loadReal(t)
	want := model.Totals{
		Sections: []int{4, 11},
		Issues:   30,
		Measures: 61,
		Status:   map[model.StatusCode]int{model.NotStated: 30},
	}
	if diff := cmp.Diff(want, report.Totals()); diff != "" {
		t.Error(diff)
	}
}

func TestTheRealReportIsItsSourceParagraphByParagraph(t *testing.T) {
	_, report := loadReal(t)
	if diff := cmp.Diff(report.Content(), report.Text()); diff != "" {
		t.Errorf("source (-) and data (+):\n%s", diff)
	}
}

func TestEveryRealQuotationIsInItsPlace(t *testing.T) {
	_, report := loadReal(t)
	source := strings.Join(report.Paragraphs, "\n")
	if len(report.Declared) == 0 {
		t.Error("nothing is declared")
	}
	for _, d := range report.Declared {
		if !strings.Contains(source, d.Quote) {
			t.Errorf("%s: the quotation is not in the source", d.At("quote"))
		}
	}
	promises := 0
	for _, issue := range report.Issues {
		for _, f := range issue.FollowUps {
			promises++
			if f.Measure == 0 || !strings.Contains(issue.Measures[f.Measure-1].Text, f.Text) {
				t.Errorf("%s: the text is not in measure %d", f.At("text"), f.Measure)
			}
		}
	}
	if promises == 0 {
		t.Error("no promise was found")
	}
}

// A title that an editor shortened, a unit written in another way: whoever adds
// such a text has to say here why it may differ from the source.
func TestAllRealTextComesFromTheSource(t *testing.T) {
	_, report := loadReal(t)
	source := strings.Join(report.Paragraphs, "\n")
	texts := 0
	var walk func(string, reflect.Value)
	walk = func(key string, v reflect.Value) {
		switch {
		case v.Kind() == reflect.Pointer && !v.IsNil():
			walk(key, v.Elem())
		case v.Kind() == reflect.Slice:
			for i := range v.Len() {
				walk(key, v.Index(i))
			}
		case v.Kind() == reflect.Struct && v.Type() != whereType:
			for _, f := range shapeOf(v.Type()).fields {
				walk(v.Type().Name()+"."+f.key, v.Field(f.index))
			}
		case v.Type() == reflect.TypeFor[string]() && v.String() != "":
			texts++
			if !strings.Contains(source, v.String()) {
				t.Errorf("%s is not in the source: %s", key, v)
			}
		}
	}
	walk("", reflect.ValueOf(*report))
	for _, issue := range report.Issues {
		walk("", reflect.ValueOf(*issue))
	}
	if texts < 300 {
		t.Errorf("only %d texts seen", texts)
	}
}
