package undo

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/spf13/afero"
)

var noon = time.Date(2025, 1, 31, 12, 0, 0, 0, time.UTC)

func folder(t *testing.T, files map[string]string) afero.Fs {
	t.Helper()
	fsys := afero.NewBasePathFs(afero.NewOsFs(), t.TempDir())
	for name, text := range files {
		if err := fsys.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := afero.WriteFile(fsys, name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return fsys
}

func holds(t *testing.T, fsys afero.Fs, name, want string) {
	t.Helper()
	data, err := afero.ReadFile(fsys, name)
	if want == "" {
		if !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s is there: %q", name, data)
		}
		return
	}
	if err != nil || string(data) != want {
		t.Errorf("%s holds %q (%v), want %q", name, data, err, want)
	}
}

func three() []File {
	return []File{
		{Path: "data/a.yaml", Data: []byte("new a"), Seen: []byte("old a")},
		{Path: "data/new/b.yaml", Data: []byte("new b")},
		{Path: "data/gone/c.yaml", Seen: []byte("old c")},
	}
}

func TestAChangeIsMadeAndTakenBack(t *testing.T) {
	fsys := folder(t, map[string]string{"data/a.yaml": "old a", "data/gone/c.yaml": "old c"})
	r, err := Write(fsys, noon, "import", three())
	if err != nil || r.ID != "20250131-120000" || r.State != Done {
		t.Fatalf("%+v %v", r, err)
	}
	holds(t, fsys, "data/a.yaml", "new a")
	holds(t, fsys, "data/new/b.yaml", "new b")
	holds(t, fsys, "data/gone", "")
	if _, _, err := Back(fsys, r.ID); err != nil {
		t.Fatal(err)
	}
	holds(t, fsys, "data/a.yaml", "old a")
	holds(t, fsys, "data/new", "")
	holds(t, fsys, "data/gone/c.yaml", "old c")
	all, err := List(fsys)
	if err != nil || len(all) != 1 || all[0].State != Undone {
		t.Errorf("%+v %v", all, err)
	}
}

func TestNothingIsTouchedWhereAFileIsNotAsItWasSeen(t *testing.T) {
	fsys := folder(t, map[string]string{"data/a.yaml": "edited", "data/gone/c.yaml": "old c"})
	_, err := Write(fsys, noon, "import", three())
	var changed *ChangedError
	if !errors.As(err, &changed) || len(changed.Paths) != 1 || changed.Paths[0] != "data/a.yaml" {
		t.Fatal(err)
	}
	holds(t, fsys, "data/a.yaml", "edited")
	holds(t, fsys, "data/new/b.yaml", "")
	holds(t, fsys, Dir, "")
}

func TestWhatWasEditedSinceIsNotTakenBack(t *testing.T) {
	fsys := folder(t, map[string]string{"data/a.yaml": "old a", "data/gone/c.yaml": "old c"})
	r, err := Write(fsys, noon, "import", three())
	if err != nil {
		t.Fatal(err)
	}
	if err := afero.WriteFile(fsys, "data/new/b.yaml", []byte("by hand"), 0o644); err != nil {
		t.Fatal(err)
	}
	var changed *ChangedError
	if _, _, err := Back(fsys, r.ID); !errors.As(err, &changed) || changed.Paths[0] != "data/new/b.yaml" {
		t.Fatal(err)
	}
	holds(t, fsys, "data/a.yaml", "new a")
	holds(t, fsys, "data/new/b.yaml", "by hand")
}

// stopper fails the renames from a number on, as a process that dies does.
type stopper struct {
	afero.Fs
	left int
}

func (s *stopper) Rename(from, to string) error {
	if s.left--; s.left < 0 {
		return errors.New("the power is gone")
	}
	return s.Fs.Rename(from, to)
}

func TestAChangeThatWasCutShortIsNamedAndTakenBack(t *testing.T) {
	for steps := range 5 {
		fsys := folder(t, map[string]string{"data/a.yaml": "old a", "data/gone/c.yaml": "old c"})
		_, err := Write(&stopper{fsys, steps}, noon, "import", three())
		if err == nil {
			if steps < 4 {
				t.Errorf("%d steps were enough", steps)
			}
			continue
		}
		r, found := Unfinished(fsys)
		if steps == 0 {
			if found {
				t.Error("a change that touched nothing is named")
			}
		} else if !found {
			t.Fatalf("%d steps: nothing is said", steps)
		} else if _, _, err := Back(fsys, r.ID); err != nil {
			t.Fatal(err)
		}
		holds(t, fsys, "data/a.yaml", "old a")
		holds(t, fsys, "data/new/b.yaml", "")
		holds(t, fsys, "data/gone/c.yaml", "old c")
		if _, found := Unfinished(fsys); found {
			t.Errorf("%d steps: still unfinished", steps)
		}
	}
}

func TestLinksAndPathsOutsideAreRefused(t *testing.T) {
	dir := t.TempDir()
	fsys := afero.NewBasePathFs(afero.NewOsFs(), dir)
	if err := os.WriteFile(filepath.Join(dir, "real"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("real", filepath.Join(dir, "link")); err == nil {
		var link *LinkError
		if _, err := Write(fsys, noon, "import", []File{{Path: "link", Data: []byte("y"), Seen: []byte("x")}}); !errors.As(err, &link) {
			t.Errorf("a link: %v", err)
		}
	}
	for _, name := range []string{"../a", "/a", "a/../b", ""} {
		if _, err := Write(fsys, noon, "import", []File{{Path: name, Data: []byte("y")}}); err == nil {
			t.Errorf("%q was written", name)
		}
		var none *NoRecordError
		if _, _, err := Back(fsys, name); !errors.As(err, &none) {
			t.Errorf("%q: %v", name, err)
		}
	}
	holds(t, fsys, "real", "x")
}

func TestTheLastChangeIsTakenBackOnceAndThenTheOneBefore(t *testing.T) {
	fsys := folder(t, map[string]string{"a": "0"})
	for i, text := range []string{"1", "2"} {
		if _, err := Write(fsys, noon.Add(time.Duration(i)*time.Minute), "import", []File{{Path: "a", Data: []byte(text), Seen: []byte{byte('0' + i)}}}); err != nil {
			t.Fatal(err)
		}
	}
	var changed *ChangedError
	if _, _, err := Back(fsys, "20250131-120000"); !errors.As(err, &changed) {
		t.Errorf("a change under another one was taken back: %v", err)
	}
	for _, want := range []string{"1", "0"} {
		_, restored, err := Back(fsys, Last)
		if err != nil || len(restored) != 1 {
			t.Fatal(restored, err)
		}
		holds(t, fsys, "a", want)
	}
	var none *NoRecordError
	if _, _, err := Back(fsys, Last); !errors.As(err, &none) {
		t.Errorf("there was one more: %v", err)
	}
	if _, restored, err := Back(fsys, "20250131-120000"); err != nil || len(restored) > 0 {
		t.Errorf("taken back twice: %v %v", restored, err)
	}
}

func TestTwoChangesOfOneSecondHaveTwoRecords(t *testing.T) {
	fsys := folder(t, nil)
	for _, want := range []string{"20250131-120000", "20250131-120000-2"} {
		r, err := Write(fsys, noon, "import", []File{{Path: want, Data: []byte("x")}})
		if err != nil || r.ID != want {
			t.Errorf("%+v %v", r, err)
		}
	}
}
