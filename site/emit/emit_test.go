package emit

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/afero"
)

func TestABuildMakesTheFolderThatItWasGiven(t *testing.T) {
	onEach(t, func(t *testing.T, fsys afero.Fs, dir string) {
		wantState(t, fsys, dir, Absent)
		res := mustBuild(t, fsys, dir, before)
		wantSite(t, fsys, dir, before)
		status := wantState(t, fsys, dir, Finished)
		if len(status.Files) != len(before) || status.Digest != res.Digest || status.Bytes != res.WrittenBytes {
			t.Fatalf("status %+v does not fit result %+v", status, res)
		}

		mustBuild(t, fsys, dir, after)
		wantSite(t, fsys, dir, after)
		wantState(t, fsys, dir, Finished)
	})
}

func TestTheResultCountsWhatWasDone(t *testing.T) {
	onEach(t, func(t *testing.T, fsys afero.Fs, dir string) {
		mustBuild(t, fsys, dir, site{"same": "1", "change": "22", "go/away": "333"})
		got := mustBuild(t, fsys, dir, site{"same": "1", "change": "2+2", "new": "55555"})
		got.Digest = ""
		want := Result{Written: 2, Unchanged: 1, Removed: 1, WrittenBytes: 8, UnchangedBytes: 1, RemovedBytes: 3}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestAnUnchangedFileIsNotTouched(t *testing.T) {
	onEach(t, func(t *testing.T, fsys afero.Fs, dir string) {
		mustBuild(t, fsys, dir, before)
		then := age(t, fsys, dir)
		for range 3 {
			next := site{"index.html": "again, " + time.Now().String()}
			for path, text := range before {
				if path != "index.html" {
					next[path] = text
				}
			}
			if res := mustBuild(t, fsys, dir, next); res.Written != 1 || res.Unchanged != len(next)-1 {
				t.Fatalf("got %+v", res)
			}
			for path := range next {
				info, err := fsys.Stat(filepath.Join(dir, path))
				if err != nil {
					t.Fatal(err)
				}
				if changed := !info.ModTime().Equal(then); changed != (path == "index.html") {
					t.Errorf("%s: mtime %v, then was %v", path, info.ModTime(), then)
				}
			}
		}
	})
}

func TestABuildWithoutAnyChangeChangesNothingButItsMemory(t *testing.T) {
	dir := startFinished(t)
	age(t, afero.NewOsFs(), dir)
	mustBuild(t, afero.NewOsFs(), dir, before) // remembers the mtimes
	manifest := filepath.Join(dir, manifestName)
	was, err := os.Stat(manifest)
	if err != nil {
		t.Fatal(err)
	}
	disk := &faulty{}
	if res := mustBuild(t, disk, dir, before); res.Written != 0 || res.Removed != 0 {
		t.Fatalf("got %+v", res)
	}
	for path := range before {
		if n := disk.opened[filepath.Join(dir, path)]; n != 0 {
			t.Errorf("%s was read %d times although its mtime is known", path, n)
		}
	}
	if is, err := os.Stat(manifest); err != nil || !os.SameFile(was, is) {
		t.Errorf("the manifest was written anew (%v)", err)
	}
}

func TestTheManifestIsTheSameWhateverTheOrderOfPut(t *testing.T) {
	many := site{}
	for i := range 80 {
		many[fmt.Sprintf("issues/%d.html", i*7919%1000)] = fmt.Sprint(i)
		many[fmt.Sprintf("files/附件 %d & <b>.pdf", i)[:10+i%3]+".x"] = "same"
	}
	for path := range many {
		if checkPath(path) != nil {
			delete(many, path)
		}
	}
	var first []byte
	for i := range 4 {
		dir := filepath.Join(t.TempDir(), "public")
		if i == 3 { // not in one go, either
			mustBuild(t, afero.NewOsFs(), dir, before)
		}
		mustBuild(t, afero.NewOsFs(), dir, many)
		data, err := os.ReadFile(filepath.Join(dir, manifestName))
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = data
		}
		if diff := cmp.Diff(string(first), string(data)); diff != "" {
			t.Fatal(diff)
		}
	}
}

func TestTheManifestIsReadableLineByLine(t *testing.T) {
	dir := t.TempDir()
	mustBuild(t, afero.NewOsFs(), dir, site{"b/一是.html": "hello", "a&b": ""})
	got, err := os.ReadFile(filepath.Join(dir, manifestName))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"format":1,"files":[
{"path":"a&b","size":0,"sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
{"path":"b/一是.html","size":5,"sha256":"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"}
]}
`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Fatal(diff)
	}
}

func TestPutStagesOnlyAndAbortLeavesNoTrace(t *testing.T) {
	onEach(t, func(t *testing.T, fsys afero.Fs, dir string) {
		tx := mustBegin(t, fsys, dir)
		if err := putAll(tx, after); err != nil {
			t.Fatal(err)
		}
		wantSite(t, fsys, dir, site{})
		wantState(t, fsys, dir, Unfinished)
		if err := tx.Abort(); err != nil {
			t.Fatal(err)
		}
		wantState(t, fsys, dir, Absent)

		mustBuild(t, fsys, dir, before)
		then := age(t, fsys, dir)
		tx = mustBegin(t, fsys, dir)
		if err := putAll(tx, after); err != nil {
			t.Fatal(err)
		}
		wantSite(t, fsys, dir, before)
		wantState(t, fsys, dir, Finished)
		if err := tx.Abort(); err != nil {
			t.Fatal(err)
		}
		wantSite(t, fsys, dir, before)
		wantState(t, fsys, dir, Finished)
		if there, _ := afero.Exists(fsys, filepath.Join(dir, stageDir)); there {
			t.Error("the stage outlives the build: it may hold what the audit refused")
		}
		if info, err := fsys.Stat(filepath.Join(dir, "index.html")); err != nil || !info.ModTime().Equal(then) {
			t.Errorf("index.html was touched: %v", err)
		}
	})
}

func TestAbortInAnEmptyFolderKeepsTheFolder(t *testing.T) {
	dir := t.TempDir()
	if err := mustBegin(t, afero.NewOsFs(), dir).Abort(); err != nil {
		t.Fatal(err)
	}
	wantState(t, afero.NewOsFs(), dir, Empty)
	if names, err := os.ReadDir(dir); err != nil || len(names) != 0 {
		t.Fatalf("left %v, %v", names, err)
	}
}

func TestAFolderWithoutANameIsTheCurrentOneAndItsFilesAreForeign(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	write(t, "portal.yaml", "format: 1")
	var foreign *ForeignError
	if _, err := Begin(afero.NewOsFs(), "", Options{}); !errors.As(err, &foreign) {
		t.Fatalf("got %v, want a ForeignError", err)
	}
	wantState(t, afero.NewOsFs(), "", Foreign)
	wantSite(t, afero.NewOsFs(), dir, site{"portal.yaml": "format: 1"})
}

func TestAStoppedBuildIsNotCommitted(t *testing.T) {
	dir := startFinished(t)
	tx := mustBegin(t, afero.NewOsFs(), dir)
	if err := putAll(tx, after); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := tx.Commit(ctx); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	wantSite(t, afero.NewOsFs(), dir, before)
	wantState(t, afero.NewOsFs(), dir, Finished)
}

func TestABuildThatIsOverTakesNothingMore(t *testing.T) {
	dir := startAbsent(t)
	tx := mustBegin(t, afero.NewOsFs(), dir)
	if _, err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := tx.Put("late.html", nil); err == nil {
		t.Error("Put after Commit went well")
	}
	if _, err := tx.Commit(t.Context()); err == nil {
		t.Error("a second Commit went well")
	}
	if err := tx.Abort(); err != nil {
		t.Errorf("Abort after Commit is to do nothing: %v", err)
	}
	wantState(t, afero.NewOsFs(), dir, Finished)
}

func TestTheSamePathTwiceMustBeTheSameContent(t *testing.T) {
	dir := startAbsent(t)
	tx := mustBegin(t, afero.NewOsFs(), dir)
	for range 2 {
		if err := tx.Put("a.css", []byte("same")); err != nil {
			t.Fatal(err)
		}
	}
	err := tx.Put("a.css", []byte("other"))
	if err == nil || !strings.Contains(err.Error(), "a.css") {
		t.Fatalf("got %v, want an error that names a.css", err)
	}
	if _, err := tx.Commit(t.Context()); err == nil {
		t.Fatal("committed in spite of it")
	}
	wantState(t, afero.NewOsFs(), dir, Absent)
}

func TestARecordOfANewerVersionIsLeftAlone(t *testing.T) {
	for name, text := range map[string]string{
		"manifest of another shape": `{"format":2,"files":{"what":"ever"}}`,
		"manifest":                  `{"format":99,"files":[]}`,
	} {
		t.Run(name, func(t *testing.T) {
			dir := startFinished(t)
			write(t, filepath.Join(dir, manifestName), text)
			write(t, filepath.Join(dir, stageDir, "theirs"), "staged by the newer version")
			if _, err := Begin(afero.NewOsFs(), dir, Options{}); !errors.Is(err, ErrNewer) {
				t.Errorf("Begin: got %v", err)
			}
			if _, err := Inspect(afero.NewOsFs(), dir); !errors.Is(err, ErrNewer) {
				t.Errorf("Inspect: got %v", err)
			}
			wantSite(t, afero.NewOsFs(), dir, before)
			if _, err := os.Stat(filepath.Join(dir, stageDir, "theirs")); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestADamagedRecordOwnsNothingAndIsRepaired(t *testing.T) {
	outside := `{"path":"../precious","size":1,"sha256":"` + strings.Repeat("0", 64) + `"}`
	for name, damage := range map[string]struct{ file, text string }{
		"cut manifest":           {manifestName, `{"format":1,"files":[{"path":"ind`},
		"empty manifest":         {manifestName, ``},
		"manifest leading out":   {manifestName, `{"format":1,"files":[` + outside + `]}`},
		"manifest, short digest": {manifestName, `{"format":1,"files":[{"path":"a","size":1,"sha256":"00"}]}`},
		"journal leading out":    {journalName, `{"format":1,"paths":["../precious"]}`},
		"cut journal":            {journalName, `{"form`},
		"seen of nonsense":       {seenName, `[]`},
	} {
		t.Run(name, func(t *testing.T) {
			dir := startFinished(t)
			precious := filepath.Join(filepath.Dir(dir), "precious")
			write(t, precious, "not ours")
			write(t, filepath.Join(dir, damage.file), damage.text)
			if damage.file != seenName {
				wantState(t, afero.NewOsFs(), dir, Unfinished)
			}
			mustBuild(t, afero.NewOsFs(), dir, before)
			wantSite(t, afero.NewOsFs(), dir, before)
			wantState(t, afero.NewOsFs(), dir, Finished)
			if _, err := os.Stat(precious); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestOthersCannotLookIntoTheStage(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // no such permissions there; doc.go tells hosts to leave StateDir out
	}
	dir := startFinished(t)
	mustBegin(t, afero.NewOsFs(), dir)
	info, err := os.Stat(filepath.Join(dir, stageDir))
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got != 0o700 {
		t.Errorf("the stage has mode %o", got)
	}
}

func BenchmarkBuildOf10000Files(b *testing.B) {
	many := site{}
	for i := range 10_000 {
		many[fmt.Sprintf("issues/%d.html", 100_000+i)] = strings.Repeat(fmt.Sprint(i), 3000)
	}
	run := func(b *testing.B, dir string) {
		b.Helper()
		if _, err := build(afero.NewOsFs(), dir, many, Options{}); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("into an empty folder", func(b *testing.B) {
		for b.Loop() {
			run(b, b.TempDir())
		}
	})
	b.Run("unchanged, read", func(b *testing.B) {
		dir := b.TempDir()
		run(b, dir)
		for b.Loop() {
			run(b, dir)
			_ = os.Remove(filepath.Join(dir, seenName))
		}
	})
	b.Run("unchanged, known by mtime", func(b *testing.B) {
		dir := b.TempDir()
		run(b, dir)
		time.Sleep(racy)
		run(b, dir)
		for b.Loop() {
			run(b, dir)
		}
	})
}
