package render

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"rectify/site/problem"
)

// Each archive of testdata/broken changes the test theme in one place; its
// want is what a reader is told. The code that it stands for begins its name.
func TestBrokenThemeIsNamedWithItsPlace(t *testing.T) {
	eachArchive(t, "testdata/broken", func(t *testing.T, name string, changes files) string {
		r, list := New(theme(t, changes), Options{Site: testSite})
		if r != nil {
			_, more := pagesOf(t, r, portal())
			list = append(list, more...)
		}
		code, _, _ := strings.Cut(name, "-")
		if !slices.ContainsFunc(list, func(p problem.Problem) bool { return string(p.Code) == code }) {
			t.Errorf("no problem has the code %s", code)
		}
		return report(list)
	})
}

func TestImpureThemeIsFound(t *testing.T) {
	eachArchive(t, "testdata/impure", func(t *testing.T, _ string, changes files) string {
		list, err := renderer(t, changes).CheckPurity(context.Background(), issues(20))
		if err != nil {
			t.Fatal(err)
		}
		// Which bytes a cached header or a random number gives depends on the
		// run; that the theme is found does not.
		for i := range list {
			if list[i].Code != problem.NotPure {
				t.Errorf("unexpected: %s", report(list[i:i+1]))
			}
			if name := t.Name(); strings.HasSuffix(name, "cached-header") || strings.HasSuffix(name, "random") {
				list[i].Args = []string{"…", "…", "…", "…"}
			}
		}
		return report(slices.CompactFunc(list, func(a, b problem.Problem) bool { return a.Args[0] == "…" && b.Args[0] == "…" }))
	})
}

func TestPureThemePasses(t *testing.T) {
	list, err := renderer(t, nil).CheckPurity(context.Background(), append(portal(), issues(20)[3:]...))
	if err != nil || len(list) > 0 {
		t.Errorf("%v\n%s", err, report(list))
	}
}

func TestEveryThemeCodeHasAFixture(t *testing.T) {
	names, err := filepath.Glob("testdata/broken/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range problem.Codes() {
		has := slices.ContainsFunc(names, func(name string) bool { return strings.HasPrefix(filepath.Base(name), string(code)) })
		if strings.HasPrefix(string(code), "T") && code != problem.NotPure && !has { // NotPure has testdata/impure
			t.Errorf("testdata/broken has no archive for %s", code)
		}
	}
}

// eachArchive runs do on the changes that an archive makes to the theme, and
// compares what it says with the archive's want.
func eachArchive(t *testing.T, dir string, do func(*testing.T, string, files) string) {
	names, err := filepath.Glob(dir + "/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no archives in %s: %v", dir, err)
	}
	for _, file := range names {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		t.Run(name, func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			changes, want := files{}, ""
			archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool {
				switch f.Name {
				case "want":
					want = string(f.Data)
					return true
				case "gone":
					for _, path := range strings.Fields(string(f.Data)) {
						changes[path] = gone
					}
				default:
					changes[f.Name] = string(f.Data)
				}
				return false
			})
			got := do(t, name, changes)
			if *update {
				archive.Files = append(archive.Files, txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (run with -update, then read the diff):\n%s", file, diff)
			}
		})
	}
}
