package importer

import (
	"context"
	"os"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/spf13/afero"

	"rectify/site/load"
	"rectify/site/model"
)

const realReport = "../../data/reports/binhai-wl-2024"

// sameData compares models without the places of their values.
var sameData = cmp.Options{
	cmp.FilterPath(func(path cmp.Path) bool {
		return path.Last().Type() == reflect.TypeFor[model.Where]()
	}, cmp.Ignore()),
	cmpopts.EquateEmpty(),
}

func realData(t testing.TB) (*model.Portal, *model.Report) {
	t.Helper()
	fs := afero.NewReadOnlyFs(afero.NewBasePathFs(afero.NewOsFs(), "../.."))
	portal, list := load.Load(context.Background(), fs, "data")
	if list.HasErrors() || len(portal.Reports) != 1 {
		t.Fatalf("the real data do not load: %v", list)
	}
	return portal, portal.Reports[0]
}

func importFile(t testing.TB, name string, o Options) *Result {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	doc, list := Read(name, data)
	if doc == nil || list.HasErrors() {
		t.Fatalf("%s: %v", name, list)
	}
	return Import(doc, o)
}

func TestTheRealReportImportsToTheDataMadeByHand(t *testing.T) {
	portal, want := realData(t)
	result := importFile(t, realReport+"/source.txt", Options{ID: want.ID, Contact: portal.Contact})
	if diff := cmp.Diff(want, result.Report, sameData); diff != "" {
		t.Errorf("data (-) and import (+):\n%s", diff)
	}
	totals := result.Totals()
	if totals.Characters != totals.Kept || totals.Unclaimed+totals.Partly > 0 {
		t.Errorf("not all content is in the data: %+v", totals)
	}
	if got := result.Report.Totals(); !cmp.Equal(got.Sections, []int{4, 11}) || got.Issues != 30 || got.Measures != 61 {
		t.Errorf("counted %+v", got)
	}
	if diff := cmp.Diff(result.Report.Content(), result.Report.Text()); diff != "" {
		t.Errorf("source (-) and rebuilt text (+):\n%s", diff)
	}
}

func TestTheRealContactIsTheOneOfThePortal(t *testing.T) {
	portal, want := realData(t)
	result := importFile(t, realReport+"/source.txt", Options{ID: want.ID})
	if diff := cmp.Diff(portal.Contact, result.Report.Contact, sameData); diff != "" {
		t.Errorf("portal (-) and import (+):\n%s", diff)
	}
}
