package importer

import (
	"context"
	"strings"
	"testing"

	"github.com/spf13/afero"

	"rectify/site/load"
	"rectify/site/model"
)

// The invented reports of the example portal were made into data by hand, by
// another author. Owners, evidence and the like stand there from other papers;
// what the text itself says has to be found.
func TestTheReportsOfTheExampleAreRecognised(t *testing.T) {
	fs := afero.NewReadOnlyFs(afero.NewBasePathFs(afero.NewOsFs(), "../scaffold/example"))
	portal, list := load.Load(context.Background(), fs, "data")
	if list.HasErrors() {
		t.Fatal(list)
	}
	for _, want := range portal.Public().Reports {
		got := importFile(t, "../scaffold/example/data/reports/"+string(want.ID)+"/source.txt", Options{ID: want.ID})
		sound(t, got)
		if totals := got.Totals(); totals.Kept != totals.Characters {
			t.Errorf("%s: %+v", want.ID, totals)
		}
		have := map[string]*model.Issue{}
		for _, issue := range got.Report.Issues {
			have[issue.Title] = issue
		}
		issues, parents, measures, all, left := 0, 0, 0, 0, 0
		for _, issue := range want.Issues {
			if issue.Withdrawn != nil || !strings.Contains(got.Document.Text, issue.Title) {
				left++ // it has no title any more, or an editor named it otherwise
				continue
			}
			found := have[issue.Title]
			all += len(issue.Measures)
			if found == nil {
				t.Logf("%s: no issue %q", want.ID, issue.Title)
				continue
			}
			issues++
			if parentLabel(want, issue) == parentLabel(got.Report, found) {
				parents++
			}
			for i := range issue.Measures {
				if i < len(found.Measures) && squeeze(found.Measures[i].Printed()) == squeeze(issue.Measures[i].Printed()) {
					measures++
				} else {
					t.Logf("%s: measure %d of %q is not as by hand", want.ID, i+1, issue.Title)
				}
			}
		}
		t.Logf("%s: issues %d of %d (%d found), parents %d, measures %d of %d", want.ID, issues, len(want.Issues), len(got.Report.Issues), parents, measures, all)
		if issues*100 < (len(want.Issues)-left)*98 || len(got.Report.Issues)*98 > len(want.Issues)*100 || parents*100 < issues*98 || measures*100 < all*97 {
			t.Errorf("%s: too little is recognised", want.ID)
		}
	}
}

// parentLabel is the label of the section that holds an issue.
func parentLabel(r *model.Report, issue *model.Issue) string {
	var find func(list []model.Section) string
	find = func(list []model.Section) string {
		for _, s := range list {
			for _, id := range s.Issues {
				if id == issue.ID {
					return s.Label
				}
			}
			if label := find(s.Sections); label != "" {
				return label
			}
		}
		return ""
	}
	return find(r.Outline)
}
