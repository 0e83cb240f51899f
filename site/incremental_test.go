package site

import (
	"context"
	"crypto/sha256"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/spf13/afero"

	"rectify/site/emit"
	"rectify/site/internal/synth"
	"rectify/site/model"
	"rectify/site/problem"
)

// editsEnv says how many edits a portal gets; “make test-all” asks for more than
// there is time for in “make test”.
const editsEnv = "RECTIFY_EDITS"

func howManyEdits(t *testing.T) int {
	t.Helper()
	text, ok := os.LookupEnv(editsEnv)
	if !ok {
		return 12
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// The heart of it: whatever people change, a build that remembers makes what a
// build makes that knows nothing, byte for byte, and finds the same problems.
func TestBuildThatRemembersMakesWhatACleanBuildMakes(t *testing.T) {
	for name, lay := range map[string]func(*testing.T, string){
		"example": layExample,
		"synthetic": func(t *testing.T, dir string) {
			if err := synth.Write(afero.NewBasePathFs(afero.NewOsFs(), dir), 120, 1); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			lay(t, dir)
			e := &editor{t: t, dir: dir, dice: rand.New(rand.NewPCG(1, uint64(len(name)))), program: "program 0"}
			out := filepath.Join(t.TempDir(), "public")
			e.save()
			good := 0
			for i := range howManyEdits(t) {
				did := ""
				for did == "" {
					did = edits[e.dice.IntN(len(edits))](e)
				}
				did += e.accident(out)
				if sameAsClean(t, e, out, did) {
					good++
				} else {
					e.undo()
				}
				if t.Failed() {
					t.Fatalf("after edit %d: %s", i+1, did)
				}
				e.save()
			}
			if good < howManyEdits(t)/2 {
				t.Errorf("only %d builds were good", good)
			}
		})
	}
}

// outcome is what a build came to, but for what differs from machine to machine.
type outcome struct {
	Files    map[string][32]byte
	Manifest string
	Problems problem.List
	Failed   string
	Pages    int
	LeftOut  []LeftOut
}

// sameAsClean builds with and without a memory and compares. It says whether the
// site could be built.
func sameAsClean(t *testing.T, e *editor, out, did string) bool {
	t.Helper()
	o := Options{Dir: e.dir, BaseURL: e.baseURL, Now: model.Date(e.now)}
	clean := o
	clean.Out, clean.OutFS = "public", afero.NewMemMapFs()
	want := outcomeOf(t, clean)
	o.Out, o.Program, o.hasty = out, e.program, true
	got := outcomeOf(t, o)
	again := outcomeOf(t, o)
	if want.Failed != "" {
		got.Files, got.Manifest, want.Files, want.Manifest = nil, "", nil, "" // the folder holds an earlier site
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmp.AllowUnexported(problem.Problem{})); diff != "" {
		t.Errorf("%s: (-clean +remembering):\n%s", did, diff)
	}
	if want.Failed == "" {
		if diff := cmp.Diff(got, again, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: built twice (-first +second):\n%s", did, diff)
		}
	}
	return want.Failed == ""
}

func outcomeOf(t *testing.T, o Options) outcome {
	t.Helper()
	result, err := Build(context.Background(), o)
	b := outcome{Problems: result.Problems, Pages: result.Pages, LeftOut: result.LeftOut, Files: map[string][32]byte{}}
	var failed *ProblemError
	if errors.As(err, &failed) {
		b.Failed, b.Problems = err.Error(), failed.Problems
	} else if err != nil {
		t.Fatal(err)
	}
	disk := o.OutFS
	if disk == nil {
		disk = afero.NewOsFs()
	}
	err = afero.Walk(disk, o.Out, func(name string, info fs.FileInfo, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || info.IsDir() {
			if err == nil && info.Name() == emit.StateDir {
				return fs.SkipDir
			}
			return err
		}
		data, err := afero.ReadFile(disk, name)
		rel, _ := filepath.Rel(o.Out, name)
		b.Files[filepath.ToSlash(rel)] = sha256.Sum256(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if status, err := emit.Inspect(disk, o.Out); err == nil {
		b.Manifest = status.Digest
	}
	return b
}

// accident is what may happen between two builds beside an edit of the data.
func (e *editor) accident(out string) string {
	switch e.dice.IntN(8) {
	case 0: // somebody works in the output folder
		if name := e.victim(out, "issues"); name != "" {
			if err := os.WriteFile(name, []byte("by hand"), 0o644); err != nil {
				e.t.Fatal(err)
			}
			return "; " + name + " edited by hand"
		}
	case 1:
		if err := os.RemoveAll(filepath.Join(out, "issues")); err != nil {
			e.t.Fatal(err)
		}
		return "; issues removed from the output"
	case 2:
		if err := os.RemoveAll(out); err != nil {
			e.t.Fatal(err)
		}
		return "; output removed"
	case 3:
		if name := e.victim(filepath.Join(e.dir, ".rectify"), "cache"); name != "" {
			info, err := os.Stat(name)
			if err == nil {
				err = os.Truncate(name, info.Size()/2)
			}
			if err != nil {
				e.t.Fatal(err)
			}
			return "; " + name + " torn"
		}
	case 4:
		if err := os.RemoveAll(filepath.Join(e.dir, ".rectify")); err != nil {
			e.t.Fatal(err)
		}
		return "; memory removed"
	case 5: // a build that is ended on its way
		ctx, cancel := context.WithCancel(context.Background())
		at := 1 + e.dice.IntN(60)
		_, _ = Build(ctx, Options{Dir: e.dir, Out: out, Program: e.program, BaseURL: e.baseURL, Now: model.Date(e.now), Progress: func(p Progress) {
			if p.Stage == StageRender && p.Done == at {
				cancel()
			}
		}})
		cancel()
		return "; a build interrupted at page " + strconv.Itoa(at)
	}
	return ""
}

// victim is a file in a folder, "" where there is none.
func (e *editor) victim(dir, sub string) string {
	entries, _ := os.ReadDir(filepath.Join(dir, sub))
	var files []string
	for _, entry := range entries {
		if !entry.IsDir() && !strings.HasPrefix(entry.Name(), ".") {
			files = append(files, filepath.Join(dir, sub, entry.Name()))
		}
	}
	if len(files) == 0 {
		return ""
	}
	return files[e.dice.IntN(len(files))]
}

// save remembers the portal as it is, undo brings back what was saved last: an
// edit that no site can be built of would be in the way of all that follow.
func (e *editor) save() {
	e.t.Helper()
	e.copy(filepath.Join(e.dir, "data"), filepath.Join(e.dir, ".saved", "data"))
	e.copy(filepath.Join(e.dir, "themes"), filepath.Join(e.dir, ".saved", "themes"))
}

func (e *editor) undo() {
	e.t.Helper()
	e.copy(filepath.Join(e.dir, ".saved", "data"), filepath.Join(e.dir, "data"))
	e.copy(filepath.Join(e.dir, ".saved", "themes"), filepath.Join(e.dir, "themes"))
}

func (e *editor) copy(from, to string) {
	e.t.Helper()
	if err := os.RemoveAll(to); err != nil {
		e.t.Fatal(err)
	}
	if _, err := os.Stat(from); err != nil {
		return
	}
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		e.t.Fatal(err)
	}
}
