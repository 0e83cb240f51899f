package emit

// What people do to the folder between two builds.

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/afero"
)

func TestAFolderOfSomebodyElseIsRefusedAndUntouched(t *testing.T) {
	for name, files := range map[string]site{
		"documents":                          {"thesis.docx": "years of work"},
		"a portal with a folder of our name": {"portal.yaml": "format: 1", StateDir + "/cache/1": "cached"},
		"a file of our name":                 {StateDir: "a file"},
		"only a lock of ours":                {"thesis.docx": "years of work", lockName: ""},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for path, text := range files {
				write(t, filepath.Join(dir, path), text)
			}
			status := wantState(t, afero.NewOsFs(), dir, Foreign)
			_, err := Begin(afero.NewOsFs(), dir, Options{})
			var foreign *ForeignError
			if !errors.As(err, &foreign) || foreign.Dir != dir || foreign.Found != status.Found || foreign.Found == "" {
				t.Fatalf("got %v, want a ForeignError that names the folder and a file", err)
			}
			if !strings.Contains(err.Error(), "--out") {
				t.Errorf("the error does not say what to do: %v", err)
			}
			got := map[string]string{}
			_ = filepath.Walk(dir, func(name string, info os.FileInfo, err error) error {
				if err == nil && !info.IsDir() {
					data, _ := os.ReadFile(name)
					rel, _ := filepath.Rel(dir, name)
					got[filepath.ToSlash(rel)] = string(data)
				}
				return err
			})
			if diff := cmp.Diff(map[string]string(files), got); diff != "" {
				t.Fatal(diff)
			}
		})
	}
}

func TestAFileInThePlaceOfTheFolderIsRefused(t *testing.T) {
	name := filepath.Join(t.TempDir(), "public")
	write(t, name, "a file")
	if _, err := Inspect(afero.NewOsFs(), name); err == nil {
		t.Error("Inspect took a file for a folder")
	}
	if _, err := Begin(afero.NewOsFs(), name, Options{}); err == nil {
		t.Error("Begin took a file for a folder")
	}
}

func TestAFileAddedByHandIsKeptAndReported(t *testing.T) {
	onEach(t, func(t *testing.T, fsys afero.Fs, dir string) {
		mustBuild(t, fsys, dir, before)
		hand := site{"notes.txt": "mine", "old/mine.txt": "mine too", "mine/deep/x.html": "and this"}
		for path, text := range hand {
			name := filepath.Join(dir, path)
			if err := fsys.MkdirAll(filepath.Dir(name), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := afero.WriteFile(fsys, name, []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		for range 2 {
			res := mustBuild(t, fsys, dir, after)
			if diff := cmp.Diff([]string{"mine/deep/x.html", "notes.txt", "old/mine.txt"}, res.Unknown); diff != "" {
				t.Fatal(diff)
			}
			want := maps.Clone(after)
			maps.Copy(want, hand)
			wantSite(t, fsys, dir, want)
			for _, f := range wantState(t, fsys, dir, Finished).Files {
				if _, ok := hand[f.Path]; ok {
					t.Errorf("%s is in the manifest", f.Path)
				}
			}
		}
	})
}

func TestAFileAddedByHandSurvivesADeadBuild(t *testing.T) {
	withNotes := func(s site) site { s = maps.Clone(s); s["notes.txt"] = "mine"; return s }
	last := steps(t, startFinished, after)
	for n := 1; n <= last; n += 3 {
		dir := startFinished(t)
		write(t, filepath.Join(dir, "notes.txt"), "mine")
		disk := &faulty{at: n}
		_, _ = build(disk, dir, after, Options{})
		disk.bury()
		mustBuild(t, afero.NewOsFs(), dir, third)
		wantSite(t, afero.NewOsFs(), dir, withNotes(third))
	}
}

func TestAFileEditedByHandIsPutRightAndReported(t *testing.T) {
	edits := map[string]func(t *testing.T, name string){
		"other size": func(t *testing.T, name string) { write(t, name, "short") },
		"same size":  func(t *testing.T, name string) { write(t, name, strings.ToUpper(before["index.html"])) },
		"same size and mtime, right after the build": func(t *testing.T, name string) {
			info, err := os.Stat(name)
			if err != nil {
				t.Fatal(err)
			}
			write(t, name, strings.ToUpper(before["index.html"]))
			if err := os.Chtimes(name, info.ModTime(), info.ModTime()); err != nil {
				t.Fatal(err)
			}
		},
	}
	for name, edit := range edits {
		t.Run(name, func(t *testing.T) {
			dir := startFinished(t)
			mustBuild(t, afero.NewOsFs(), dir, before) // which reads what the first has written
			edit(t, filepath.Join(dir, "index.html"))
			res := mustBuild(t, afero.NewOsFs(), dir, before)
			wantSite(t, afero.NewOsFs(), dir, before)
			if diff := cmp.Diff([]string{"index.html"}, res.Replaced); diff != "" {
				t.Error(diff)
			}
		})
	}
	t.Run("removed", func(t *testing.T) {
		dir := startFinished(t)
		if err := os.RemoveAll(filepath.Join(dir, "issues")); err != nil {
			t.Fatal(err)
		}
		mustBuild(t, afero.NewOsFs(), dir, before)
		wantSite(t, afero.NewOsFs(), dir, before)
	})
}

func TestAnEditOfAKnownFileIsFoundByItsMtimeAndADisguisedOneByReread(t *testing.T) {
	dir := startFinished(t)
	age(t, afero.NewOsFs(), dir)
	mustBuild(t, afero.NewOsFs(), dir, before) // now the mtimes are known
	name := filepath.Join(dir, "index.html")

	write(t, name, strings.ToUpper(before["index.html"]))
	mustBuild(t, afero.NewOsFs(), dir, before)
	wantSite(t, afero.NewOsFs(), dir, before)

	age(t, afero.NewOsFs(), dir)
	mustBuild(t, afero.NewOsFs(), dir, before)
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	then := info.ModTime()
	write(t, name, strings.ToUpper(before["index.html"]))
	if err := os.Chtimes(name, then, then); err != nil {
		t.Fatal(err)
	}
	if res, err := build(afero.NewOsFs(), dir, before, Options{Reread: true}); err != nil || res.Written != 1 {
		t.Fatalf("got %+v, %v", res, err)
	}
	wantSite(t, afero.NewOsFs(), dir, before)
}

func TestMtimesAreNotTrustedBesideAnotherManifest(t *testing.T) {
	dir := startFinished(t)
	manifest := filepath.Join(dir, manifestName)
	backup, err := os.ReadFile(manifest)
	if err != nil {
		t.Fatal(err)
	}
	loud := maps.Clone(before)
	loud["index.html"] = strings.ToUpper(before["index.html"]) // of the same size
	mustBuild(t, afero.NewOsFs(), dir, loud)
	age(t, afero.NewOsFs(), dir)
	mustBuild(t, afero.NewOsFs(), dir, loud)

	write(t, manifest, string(backup))
	mustBuild(t, afero.NewOsFs(), dir, before)
	wantSite(t, afero.NewOsFs(), dir, before)
}

func TestAnEditDuringTheBuildIsNotCovered(t *testing.T) {
	dir := startFinished(t)
	tx := mustBegin(t, afero.NewOsFs(), dir)
	if err := putAll(tx, before); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "index.html"), "meanwhile")
	if _, err := tx.Commit(t.Context()); !errors.Is(err, ErrChanged) || !strings.Contains(err.Error(), "index.html") {
		t.Fatalf("got %v, want ErrChanged and the file", err)
	}
	mustBuild(t, afero.NewOsFs(), dir, before)
	wantSite(t, afero.NewOsFs(), dir, before)
}

func TestWhatWasAddedByHandIsNotRemovedToMakeWay(t *testing.T) {
	for name, c := range map[string]struct{ hand, put string }{
		"file where a folder is needed":        {"late", "late/index.html"},
		"folder where a file is needed":        {"late/mine.txt", "late"},
		"file in our folder that becomes file": {"issues/mine.txt", "issues"},
		"empty folder where a file is needed":  {"late/", "late"},
		"folder in our folder, likewise":       {"issues/mine/", "issues"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := startFinished(t)
			want := maps.Clone(before)
			want[c.hand] = ""
			if strings.HasSuffix(c.hand, "/") {
				if err := os.Mkdir(filepath.Join(dir, c.hand), 0o777); err != nil {
					t.Fatal(err)
				}
			} else {
				write(t, filepath.Join(dir, c.hand), "")
			}
			_, err := build(afero.NewOsFs(), dir, site{c.put: "ours"}, Options{})
			var conflict *ConflictError
			if !errors.As(err, &conflict) || conflict.Path != filepath.Join(dir, filepath.FromSlash(strings.TrimSuffix(c.put, "/index.html"))) {
				t.Fatalf("got %v, want a ConflictError", err)
			}
			wantSite(t, afero.NewOsFs(), dir, want)
			wantState(t, afero.NewOsFs(), dir, Finished)
		})
	}
}

func TestNoLinkInTheFolderIsFollowed(t *testing.T) {
	for name, c := range map[string]struct {
		link    string
		folder  bool
		refused bool
	}{
		"folder of a new path":   {link: "fresh", folder: true, refused: true},
		"folder of an old path":  {link: "issues", folder: true, refused: true},
		"file of a new path":     {link: "fresh/1.html", refused: true},
		"file of an old path":    {link: "index.html", refused: true},
		"folder of a stale path": {link: "old/deep", folder: true},
		"file of a stale path":   {link: "old/deep/gone.md"},
		"nothing of ours":        {link: "elsewhere", folder: true},
	} {
		t.Run(name, func(t *testing.T) {
			dir := startFinished(t)
			outside := filepath.Join(filepath.Dir(dir), "outside")
			theirs := site{"1.html": "theirs", "2.html": "theirs", "gone.md": "theirs"}
			for path, text := range theirs {
				write(t, filepath.Join(outside, path), text)
			}
			target := outside
			if !c.folder {
				target = filepath.Join(outside, "gone.md")
			}
			link := filepath.Join(dir, c.link)
			if err := os.RemoveAll(link); err != nil {
				t.Fatal(err)
			}
			if err := os.MkdirAll(filepath.Dir(link), 0o777); err != nil {
				t.Fatal(err)
			}
			symlink(t, target, link)

			s := site{"index.html": "new", "issues/1.html": "new", "fresh/1.html": "new"}
			res, err := build(afero.NewOsFs(), dir, s, Options{})
			var refused *LinkError
			switch {
			case c.refused && (!errors.As(err, &refused) || refused.Path != link):
				t.Errorf("got %v, want a LinkError that names %s", err, link)
			case !c.refused && err != nil:
				t.Error(err)
			case !c.refused:
				if diff := cmp.Diff([]string{c.link}, res.Unknown); diff != "" {
					t.Error(diff)
				}
			}
			if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
				t.Errorf("the link itself was changed: %v", err)
			}
			wantSite(t, afero.NewOsFs(), outside, theirs)
		})
	}
}

func TestALinkMadeAfterPutIsNotFollowedEither(t *testing.T) {
	dir := startFinished(t)
	outside := t.TempDir()
	tx := mustBegin(t, afero.NewOsFs(), dir)
	if err := tx.Put("issues/new.html", []byte("ours")); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "issues")); err != nil {
		t.Fatal(err)
	}
	symlink(t, outside, filepath.Join(dir, "issues"))
	var refused *LinkError
	if _, err := tx.Commit(t.Context()); !errors.As(err, &refused) {
		t.Errorf("got %v, want a LinkError", err)
	}
	wantSite(t, afero.NewOsFs(), outside, site{})
}

func TestLinksInTheStateAreNotFollowed(t *testing.T) {
	t.Run("lock", func(t *testing.T) {
		dir := startFinished(t)
		precious := filepath.Join(filepath.Dir(dir), "precious")
		write(t, precious, "not ours")
		if err := os.Remove(filepath.Join(dir, lockName)); err != nil {
			t.Fatal(err)
		}
		symlink(t, precious, filepath.Join(dir, lockName))
		var refused *LinkError
		if _, err := Begin(afero.NewOsFs(), dir, Options{}); !errors.As(err, &refused) {
			t.Errorf("got %v, want a LinkError", err)
		}
		if data, err := os.ReadFile(precious); err != nil || string(data) != "not ours" {
			t.Errorf("%q, %v", data, err)
		}
	})
	t.Run("stage", func(t *testing.T) {
		dir := startFinished(t)
		outside := t.TempDir()
		write(t, filepath.Join(outside, "precious"), "not ours")
		symlink(t, outside, filepath.Join(dir, stageDir))
		mustBuild(t, afero.NewOsFs(), dir, after)
		wantSite(t, afero.NewOsFs(), outside, site{"precious": "not ours"})
		wantSite(t, afero.NewOsFs(), dir, after)
	})
	t.Run("state folder", func(t *testing.T) {
		dir, outside := t.TempDir(), startFinished(t)
		symlink(t, filepath.Join(outside, StateDir), filepath.Join(dir, StateDir))
		var foreign *ForeignError
		if _, err := Begin(afero.NewOsFs(), dir, Options{}); !errors.As(err, &foreign) {
			t.Errorf("got %v, want a ForeignError", err)
		}
	})
}

func TestTheFolderItselfMayBeALink(t *testing.T) {
	real := t.TempDir()
	dir := filepath.Join(t.TempDir(), "current")
	symlink(t, real, dir)
	if err := mustBegin(t, afero.NewOsFs(), dir).Abort(); err != nil {
		t.Fatal(err)
	}
	mustBuild(t, afero.NewOsFs(), dir, before)
	mustBuild(t, afero.NewOsFs(), dir, after)
	wantSite(t, afero.NewOsFs(), real, after)
	wantState(t, afero.NewOsFs(), dir, Finished)
}
