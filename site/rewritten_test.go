package site

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/afero"

	"rectify/site/internal/synth"
)

// rewritten builds and lists the files of the output folder that are others on
// the disk than before, and those whose content is another.
func rewritten(t *testing.T, o Options, edit func()) (others, changed []string) {
	t.Helper()
	before, was := infos(t, o.Out), digests(t, o.Out)
	edit()
	result, err := Build(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	after, is := infos(t, o.Out), digests(t, o.Out)
	for name := range after {
		if before[name] == nil || !os.SameFile(before[name], after[name]) || before[name].ModTime() != after[name].ModTime() {
			others = append(others, name)
		}
		if was[name] != is[name] {
			changed = append(changed, name)
		}
	}
	slices.Sort(others)
	slices.Sort(changed)
	if result.Written != len(others) {
		t.Errorf("the build says that it wrote %d files, and %d are others", result.Written, len(others))
	}
	return others, changed
}

func infos(t *testing.T, dir string) map[string]fs.FileInfo {
	t.Helper()
	all := map[string]fs.FileInfo{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case d.IsDir():
			return nil
		}
		rel, err := filepath.Rel(dir, name)
		if err == nil {
			all[filepath.ToSlash(rel)], err = d.Info()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestOneEditRewritesTheFilesThatTellOfItAndNoOther(t *testing.T) {
	dir := t.TempDir()
	if err := synth.WriteProvince(afero.NewBasePathFs(afero.NewOsFs(), dir), 120, 1); err != nil {
		t.Fatal(err)
	}
	o := Options{Dir: dir, Out: filepath.Join(t.TempDir(), "public"), Program: "program"}
	if _, err := Build(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	others, _ := rewritten(t, o, func() {})
	if len(others) > 0 {
		t.Errorf("nothing changed, and these were written: %v", others)
	}
	issue := filepath.Join(dir, "data/reports/demo-001/issues/100007.yaml")
	others, changed := rewritten(t, o, func() {
		text, err := os.ReadFile(issue)
		if err == nil {
			text = regexp.MustCompile(`(?m)^status: .*`).ReplaceAll(text, []byte("status: {code: long_term, as_of: 2025-02-02, basis: 示例的说明。}"))
			err = os.WriteFile(issue, text, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	})
	if diff := cmp.Diff(changed, others); diff != "" {
		t.Errorf("(-content changed +written):\n%s", diff)
	}
	others = slices.DeleteFunc(others, func(name string) bool { return strings.HasPrefix(name, "search/") })
	if diff := cmp.Diff(tellOfTheStatus, others); diff != "" {
		t.Errorf("(-want +written):\n%s", diff)
	}
}

// tellOfTheStatus are the files that tell that issue 100007 was in progress and is
// a matter of the long term.
var tellOfTheStatus = []string{
	"data/issues.csv",
	"data/issues.json",
	"data/issues.xlsx",
	"data/measures.csv",
	"data/portal.json",
	"index.html",
	"issues/100007.html",
	"issues/index-2.html",
	"issues/index.html",
	"owners/18o9nl1274.html",
	"reports/demo-001/index.html",
	"reports/demo-001/issues.html",
	"reports/demo-001/sections/s1.html",
	"reports/index.html",
	"rounds/index.html",
	"rounds/vc3cq4jsbv.html",
	"search.html",
	"status/in_progress.html",
	"status/long_term.html",
	"timeline.html",
	"units/index.html",
	"units/t6tmrgjh4k-2.html",
	"years/2025-2.html",
}
