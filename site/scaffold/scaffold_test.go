package scaffold

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/afero"
)

func TestWriteLaysDownTheListedFilesAndNothingElse(t *testing.T) {
	for _, kind := range []Kind{Blank, Example} {
		disk := afero.NewOsFs()
		dir := filepath.Join(t.TempDir(), "门户 one", "two")
		if err := Write(disk, dir, kind); err != nil {
			t.Fatal(err)
		}
		got := slices.Sorted(maps.Keys(tree(t, disk, dir)))
		if diff := cmp.Diff(Files(kind), got); diff != "" {
			t.Errorf("%s (-listed +written):\n%s", kind, diff)
		}
	}
}

func TestWriteTakesAFolderThatHoldsOnlyTracesOfSystems(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	disk := afero.NewOsFs()
	for _, name := range []string{".git/HEAD", "Thumbs.db", staging + "/data/half.yaml"} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		put(t, disk, name, "x")
	}
	if err := Write(disk, ".", Blank); err != nil {
		t.Fatal(err)
	}
	got := slices.Sorted(maps.Keys(tree(t, disk, dir)))
	want := append([]string{".git/HEAD", "Thumbs.db"}, Files(Blank)...)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWriteRefusesAFolderThatHoldsSomething(t *testing.T) {
	disk := afero.NewMemMapFs()
	put(t, disk, "portal/notes.txt", "precious")
	err := Write(disk, "portal", Blank)
	var full *NotEmptyError
	if !errors.As(err, &full) || full.Dir != "portal" || full.Entry != "notes.txt" {
		t.Errorf("got %v", err)
	}
	if diff := cmp.Diff(map[string]string{"notes.txt": "precious"}, tree(t, disk, "portal")); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
}

func TestWriteRefusesAFileInTheWay(t *testing.T) {
	disk := afero.NewOsFs()
	file := filepath.Join(t.TempDir(), "portal")
	put(t, disk, file, "precious")
	for _, dir := range []string{file, filepath.Join(file, "inside"), filepath.Join(file, "far", "inside")} {
		var blocked *NotFolderError
		if err := Write(disk, dir, Blank); !errors.As(err, &blocked) || blocked.Path != file {
			t.Errorf("%s: got %v", dir, err)
		}
	}
}

func TestWriteSaysThatItHasNoPermission(t *testing.T) {
	disk := afero.NewReadOnlyFs(afero.NewMemMapFs())
	if err := Write(disk, "portal", Blank); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("got %v", err)
	}
}

// breaking fails at one of the operations that write, and works before and
// behind it.
type breaking struct {
	afero.Fs
	left int
}

var errDiskFull = syscall.ENOSPC

func (b *breaking) fails() bool {
	b.left--
	return b.left == -1
}

func (b *breaking) MkdirAll(name string, mode os.FileMode) error {
	if b.fails() {
		return errDiskFull
	}
	return b.Fs.MkdirAll(name, mode)
}

func (b *breaking) OpenFile(name string, flag int, mode os.FileMode) (afero.File, error) {
	if b.fails() {
		return nil, errDiskFull
	}
	return b.Fs.OpenFile(name, flag, mode)
}

func (b *breaking) Rename(from, to string) error {
	if b.fails() {
		return errDiskFull
	}
	return b.Fs.Rename(from, to)
}

func TestWriteThatFailsAnywhereLeavesTheFolderAsItWas(t *testing.T) {
	for name, before := range map[string]string{"missing": "", "empty": "home/portal"} {
		t.Run(name, func(t *testing.T) {
			for n := 0; ; n++ {
				disk := &breaking{Fs: afero.NewMemMapFs(), left: n}
				if err := disk.Fs.MkdirAll(filepath.Join("home", strings.TrimPrefix(before, "home")), 0o755); err != nil {
					t.Fatal(err)
				}
				start := tree(t, disk.Fs, "home")
				err := Write(disk, "home/portal", Blank)
				if err == nil {
					if n < 2*len(Files(Blank)) {
						t.Errorf("only %d operations", n)
					}
					return
				}
				if !errors.Is(err, errDiskFull) {
					t.Fatalf("operation %d: %v", n, err)
				}
				if diff := cmp.Diff(start, tree(t, disk.Fs, "home")); diff != "" {
					t.Fatalf("operation %d (-before +after):\n%s", n, diff)
				}
			}
		})
	}
}
