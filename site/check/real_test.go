package check

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/afero"

	"rectify/site/load"
	"rectify/site/problem"
)

// The real portal of this repository. Its owner has not given the marks and
// the address yet, and its text declares more than it publishes.
func TestTheRealPortalGivesOnlyWhatIsTrueOfIt(t *testing.T) {
	root, err := filepath.Abs("../..")
	must(t, err)
	fs := afero.NewBasePathFs(afero.NewOsFs(), root)
	portal, found := load.Load(context.Background(), fs, "data")
	if found.HasErrors() {
		t.Fatal(found)
	}
	var got []string
	for _, p := range Run(portal, Options{FS: fs}) {
		got = append(got, fmt.Sprintf("%s %s %s", p.Severity, p.Code, p.Place))
	}
	want := []string{
		"warning O014 data/portal.yaml",
		"warning O015 data/portal.yaml",
		"info D053 data/reports/binhai-wl-2024/report.yaml:38:8",
		"info D053 data/reports/binhai-wl-2024/report.yaml:43:8",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A number in the data of the real portal that should not be there is found
// wherever it stands, whatever else the files hold.
func TestPersonalDataIsFoundInEveryTextOfTheRealPortal(t *testing.T) {
	root, err := filepath.Abs("../..")
	must(t, err)
	fs := afero.NewCopyOnWriteFs(afero.NewBasePathFs(afero.NewOsFs(), root), afero.NewMemMapFs())
	const report = "data/reports/binhai-wl-2024/"
	for file, behind := range map[string]string{
		report + "report.yaml":       "予以公布",
		report + "issues/2-4-2.yaml": "及时开展跟踪问效",
		report + "source.txt":        "予以公布",
		"data/pages/about.md":        "都照通报列出",
	} {
		good, err := afero.ReadFile(fs, file)
		must(t, err)
		bad := strings.Replace(string(good), behind, behind+"13812345678", 1)
		must(t, afero.WriteFile(fs, file, []byte(bad), 0o644))
		portal, found := load.Load(context.Background(), fs, "data")
		if found.HasErrors() {
			t.Fatal(found)
		}
		var places []string
		for _, p := range Run(portal, Options{FS: fs}) {
			if p.Code == problem.MobileNumber {
				places = append(places, p.Place.File)
			}
		}
		if diff := cmp.Diff([]string{file}, places); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		must(t, afero.WriteFile(fs, file, good, 0o644))
	}
}
