package site

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/afero"
)

// hasty is a disk on which somebody exchanges a file while it is being read: it
// has another content from its n-th reading on.
type hasty struct {
	afero.Fs
	name, text string
	n          int
}

func (h *hasty) Open(name string) (afero.File, error) {
	if filepath.ToSlash(name) == h.name {
		if h.n--; h.n == 0 {
			if err := afero.WriteFile(h.Fs, name, []byte(h.text), 0o644); err != nil {
				return nil, err
			}
		}
	}
	return h.Fs.Open(name)
}

func TestWhatIsChangedWhileAReleaseIsMadeIsNotReleased(t *testing.T) {
	for name, text := range map[string]string{
		"data/pages/about.md":           "# 关于\n\n未批准。\n",
		"data/reports/demo/source.txt":  "示例通报\n未批准\n",
		"data/reports/demo/files/a.txt": "未批准",
		"data/images/a.svg":             "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>未批准</title></svg>",
	} {
		t.Run(name, func(t *testing.T) {
			refused := map[string]int{}
			for n := 1; ; n++ {
				dir := t.TempDir()
				layDemo(t, dir)
				d := newOffice(t, dir, nil)
				d.write("data/pages/about.md", "# 关于\n\n示例。\n")
				d.write("data/reports/demo/source.txt", "示例通报\n示例\n")
				d.write("data/reports/demo/files/a.txt", "示例")
				d.write("data/images/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>示例</title></svg>")
				d.write(demoIssue, d.read(demoIssue)+"evidence:\n  - {file: a.txt, title: 示例, date: 2026-01-01}\n")
				d.approve("a")
				o := d.options()
				o.source = &hasty{Fs: afero.NewBasePathFs(afero.NewOsFs(), dir), name: name, text: text, n: n}
				_, err := Release(context.Background(), ReleaseOptions{Options: o, ID: "a", Time: d.day})
				if err == nil {
					// The file was not read so often.
					if places, err := Find(context.Background(), d.options(), "未批准"); err != nil || len(places) > 0 {
						t.Errorf("at reading %d: %v (%v)", n, places, err)
					}
					break
				}
				var p *ProblemError
				if !errors.As(err, &p) {
					t.Fatalf("at reading %d: %v", n, err)
				}
				for _, f := range found(p.Problems) {
					refused[f[:4]]++
				}
				if diff := cmp.Diff([]string{"data"}, namesOf(t, dir)); diff != "" {
					t.Errorf("at reading %d:\n%s", n, diff)
				}
			}
			if refused["R002"] == 0 || refused["R015"] == 0 {
				t.Errorf("%v", refused)
			}
		})
	}
}

// namesOf lists what lies in a folder.
func namesOf(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
