package scaffold

import (
	"context"
	"strings"
	"testing"

	"github.com/spf13/afero"

	"rectify/site"
	"rectify/site/model"
	"rectify/site/problem"
)

func TestPortalsBuildAndShowNothingInternal(t *testing.T) {
	for _, kind := range []Kind{Blank, Example} {
		t.Run(string(kind), func(t *testing.T) {
			disk, dir := afero.NewOsFs(), t.TempDir()
			if err := Write(disk, dir, kind); err != nil {
				t.Fatal(err)
			}
			result, err := site.Build(context.Background(), site.Options{Dir: dir, Out: "public"})
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range result.Problems {
				if kind == Example && p.Severity == problem.Warning && p.Code != problem.MissingMarks {
					t.Errorf("the example is to be exemplary: %s", p.Format(problem.Chinese))
				}
			}
			_, portal := laid(t, kind)
			for name, text := range tree(t, disk, dir+"/public") {
				if marked(name) || marked(text) {
					t.Errorf("%s holds something internal", name)
				}
				for _, id := range internalIDs(portal) {
					if strings.Contains(name, id) || strings.Contains(text, id) {
						t.Errorf("%s holds the internal id %s", name, id)
					}
				}
			}
		})
	}
}

func internalIDs(portal *model.Portal) []string {
	var ids []string
	for _, report := range portal.Reports {
		for _, issue := range report.Issues {
			if issue.Visibility == model.Internal {
				ids = append(ids, issue.ID.String())
			}
		}
	}
	return ids
}
