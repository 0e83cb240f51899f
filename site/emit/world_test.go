package emit

// The small worlds in which the other tests happen: sites that are maps from
// path to text, folders that can be read back as such maps.

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/afero"
	"golang.org/x/sync/errgroup"
)

type site map[string]string

// build puts a site into dir from four workers and commits it.
func build(fsys afero.Fs, dir string, s site, opts Options) (Result, error) {
	tx, err := Begin(fsys, dir, opts)
	if err != nil {
		return Result{}, err
	}
	if err := putAll(tx, s); err != nil {
		return Result{}, errors.Join(err, tx.Abort())
	}
	return tx.Commit(context.Background())
}

func putAll(tx *Tx, s site) error {
	paths := slices.Collect(maps.Keys(s))
	rand.Shuffle(len(paths), func(i, j int) { paths[i], paths[j] = paths[j], paths[i] })
	var g errgroup.Group
	g.SetLimit(4)
	for _, path := range paths {
		keep := rand.IntN(2) == 0
		g.Go(func() error {
			if keep {
				return keepOrPut(tx, path, []byte(s[path]))
			}
			return tx.Put(path, []byte(s[path]))
		})
	}
	return g.Wait()
}

// keepOrPut is how a builder works that remembers digests.
func keepOrPut(tx *Tx, path string, data []byte) error {
	kept, err := tx.Keep(path, int64(len(data)), sha256.Sum256(data))
	if err != nil || kept {
		return err
	}
	return tx.Put(path, data)
}

func mustBuild(t *testing.T, fsys afero.Fs, dir string, s site) Result {
	t.Helper()
	res, err := build(fsys, dir, s, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func mustBegin(t *testing.T, fsys afero.Fs, dir string) *Tx {
	t.Helper()
	tx, err := Begin(fsys, dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tx.Abort() })
	return tx
}

// read returns the public files of a folder, and its folders as "name/": "".
func read(t *testing.T, fsys afero.Fs, dir string) site {
	t.Helper()
	got := site{}
	err := afero.Walk(fsys, dir, func(name string, info fs.FileInfo, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil || rel == "." {
			return err
		}
		rel = filepath.ToSlash(rel)
		switch {
		case rel == StateDir:
			return filepath.SkipDir
		case info.IsDir():
			got[rel+"/"] = ""
		default:
			data, err := afero.ReadFile(fsys, name)
			if err != nil {
				return err
			}
			got[rel] = string(data)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// withDirs adds the folders that a site needs, as read returns them.
func withDirs(s site) site {
	all := maps.Clone(s)
	for path := range s {
		for dir := range parents(path) {
			all[dir+"/"] = ""
		}
	}
	return all
}

func wantSite(t *testing.T, fsys afero.Fs, dir string, want site) {
	t.Helper()
	if diff := cmp.Diff(withDirs(want), read(t, fsys, dir)); diff != "" {
		t.Fatalf("the folder differs from what it should hold (-want +got):\n%s", diff)
	}
}

func wantState(t *testing.T, fsys afero.Fs, dir string, want State) Status {
	t.Helper()
	got, err := Inspect(fsys, dir)
	if err != nil {
		t.Fatal(err)
	}
	if got.State != want {
		t.Fatalf("the folder is %s, want %s", got.State, want)
	}
	return got
}

// wantWhole is what must hold at every moment: each public file has a content
// that some build gave it, and a folder that says finished holds its manifest.
func wantWhole(t *testing.T, dir string, sites ...site) Status {
	t.Helper()
	fsys := afero.NewOsFs()
	status, err := Inspect(fsys, dir)
	if err != nil {
		t.Fatal(err)
	}
	if status.State == Absent {
		return status
	}
	got := read(t, fsys, dir)
	for path, text := range got {
		if strings.HasSuffix(path, "/") {
			continue
		}
		if !slices.ContainsFunc(sites, func(s site) bool { have, ok := s[path]; return ok && have == text }) {
			t.Fatalf("%s is torn or unknown: %q", path, text)
		}
	}
	if status.State != Finished {
		return status
	}
	listed := site{}
	for _, f := range status.Files {
		text, ok := got[f.Path]
		if !ok || digestOf([]byte(text)) != f.SHA256 || int64(len(text)) != f.Size {
			t.Fatalf("the folder says finished, and %s is not what the manifest says", f.Path)
		}
		listed[f.Path] = text
	}
	if !slices.ContainsFunc(sites, func(s site) bool { return maps.Equal(s, listed) }) {
		t.Fatalf("the folder says finished, and is no site that was ever built: %v", slices.Sorted(maps.Keys(listed)))
	}
	return status
}

// age sets the mtime of every public file back, as if the build was long ago.
func age(t *testing.T, fsys afero.Fs, dir string) time.Time {
	t.Helper()
	then := time.Now().Add(-time.Hour).Truncate(time.Second)
	for path := range read(t, fsys, dir) {
		if err := fsys.Chtimes(filepath.Join(dir, path), then, then); err != nil {
			t.Fatal(err)
		}
	}
	return then
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// symlink makes a link. Windows allows that to few users, so a test may end
// there, but never where CI is set.
func symlink(t *testing.T, target, name string) {
	t.Helper()
	err := os.Symlink(target, name)
	if err != nil && runtime.GOOS == "windows" && os.Getenv("CI") == "" {
		t.Skipf("this user may not make symbolic links: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// onEach runs a test on the disk, on a part of the disk, and in memory.
func onEach(t *testing.T, test func(t *testing.T, fsys afero.Fs, dir string)) {
	t.Run("disk", func(t *testing.T) { test(t, afero.NewOsFs(), filepath.Join(t.TempDir(), "public")) })
	t.Run("base path", func(t *testing.T) { test(t, afero.NewBasePathFs(afero.NewOsFs(), t.TempDir()), "public") })
	t.Run("memory", func(t *testing.T) { test(t, afero.NewMemMapFs(), "public") })
}

func text(path string, version int) string {
	return fmt.Sprintf("%s version %d\n", path, version) + strings.Repeat(path, 20+version)
}
