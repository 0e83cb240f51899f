package site

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path"
	"runtime"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/afero"

	"rectify/site/emit"
	"rectify/site/scaffold"
)

// patience is how long a build may take that has nobody to wait for.
const patience = 60 * time.Second

// queued is how many files the line lets wait at most.
const queued = 64

// outOf is the output folder in tripwire's file system.
const outOf = "public"

// tripwire is a file system in memory that asks before each write what is to
// become of it. Only one write asks at a time.
type tripwire struct {
	afero.Fs
	mu     sync.Mutex
	writes int
	ask    func(n int, data []byte) error // n counts from 1; may be nil
}

type tripwireFile struct {
	afero.File
	fs *tripwire
}

func (w *tripwire) OpenFile(name string, flag int, perm os.FileMode) (afero.File, error) {
	file, err := w.Fs.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err
	}
	return &tripwireFile{file, w}, nil
}

func (f *tripwireFile) Write(data []byte) (int, error) {
	if err := f.fs.allow(data); err != nil {
		return 0, err
	}
	return f.File.Write(data)
}

func (w *tripwire) allow(data []byte) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.writes++
	if w.ask == nil {
		return nil
	}
	return w.ask(w.writes, data)
}

// public lists the files that a visitor of the folder would see.
func (w *tripwire) public(t *testing.T) map[string]bool {
	t.Helper()
	files := map[string]bool{}
	err := afero.Walk(w.Fs, outOf, func(name string, info os.FileInfo, err error) error {
		switch {
		case errors.Is(err, os.ErrNotExist):
			return nil
		case err != nil:
			return err
		case info.IsDir() && info.Name() == emit.StateDir:
			return os.ErrInvalid // a build that came to nothing leaves no state either
		case !info.IsDir():
			files[name] = true
		}
		return nil
	})
	if errors.Is(err, os.ErrInvalid) {
		files[emit.StateDir] = true
	} else if err != nil {
		t.Fatal(err)
	}
	return files
}

// buildBefore builds the portal into the file system and fails the test when
// the build does not end by itself.
func buildBefore(t *testing.T, ctx context.Context, portal string, fs *tripwire) error {
	t.Helper()
	ended := make(chan error, 1)
	go func() {
		_, err := Build(ctx, Options{Dir: portal, Out: outOf, OutFS: fs})
		ended <- err
	}()
	select {
	case err := <-ended:
		return err
	case <-time.After(patience):
		stacks := make([]byte, 1<<20)
		t.Fatalf("the build hangs:\n%s", stacks[:runtime.Stack(stacks, true)])
		return nil
	}
}

// wantNothingAndThenAll checks that a failed build has left no trace and that
// the next one is in nobody's way.
func wantNothingAndThenAll(t *testing.T, portal string, fs *tripwire) {
	t.Helper()
	if left := fs.public(t); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	fs.ask = nil
	if err := buildBefore(t, context.Background(), portal, fs); err != nil {
		t.Errorf("the next build: %v", err)
	}
}

// writesOf counts the writes of a build that goes well.
func writesOf(t *testing.T, portal string) int {
	t.Helper()
	fs := &tripwire{Fs: afero.NewMemMapFs()}
	if err := buildBefore(t, context.Background(), portal, fs); err != nil {
		t.Fatal(err)
	}
	// Otherwise the queue would take all files and nobody would wait for a worker.
	if least := 2 * (queued + runtime.GOMAXPROCS(0)); fs.writes < least {
		t.Fatalf("%d writes do not fill the queue, which takes %d", fs.writes, least)
	}
	return fs.writes
}

func TestFullDiskIsWhatTheBuildSaysWhereverItIsMet(t *testing.T) {
	portal := examplePortal(t)
	total := writesOf(t, portal)
	evidence, err := os.ReadFile(path.Join(portal, DataDir, "reports/shuiwu-ducha-2025/files/paiwukou.png"))
	if err != nil {
		t.Fatal(err)
	}
	at := func(want int) func(int, []byte) bool {
		return func(n int, _ []byte) bool { return n == want }
	}
	for name, full := range map[string]func(n int, data []byte) bool{
		"at the first file":             at(1),
		"at the second file":            at(2),
		"at the tenth file":             at(10),
		"in the middle":                 at(total / 2),
		"at the last record":            at(total),
		"at the record before the last": at(total - 1),
		"from the middle on":            func(n int, _ []byte) bool { return n >= total/2 },
		"at every write":                func(int, []byte) bool { return true },
		"at a file that goes as it is":  func(_ int, data []byte) bool { return bytes.Equal(data, evidence) },
	} {
		t.Run(name, func(t *testing.T) {
			fs := &tripwire{Fs: afero.NewMemMapFs()}
			fs.ask = func(n int, data []byte) error {
				if full(n, data) {
					return syscall.ENOSPC
				}
				return nil
			}
			err := buildBefore(t, context.Background(), portal, fs)
			var disk *emit.FullError
			if !errors.As(err, &disk) || errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
			wantNothingAndThenAll(t, portal, fs)
		})
	}
}

func TestFirstErrorOfAWorkerIsTheErrorOfTheBuild(t *testing.T) {
	portal := examplePortal(t)
	total := writesOf(t, portal)
	first := errors.New("the cable is out")
	for _, at := range []int{1, 7, total / 2} {
		fs := &tripwire{Fs: afero.NewMemMapFs()}
		fs.ask = func(n int, _ []byte) error {
			if n == at {
				return first
			}
			return nil
		}
		err := buildBefore(t, context.Background(), portal, fs)
		if !errors.Is(err, first) || errors.Is(err, context.Canceled) {
			t.Errorf("write %d of %d fails: got %v", at, total, err)
		}
		wantNothingAndThenAll(t, portal, fs)
	}
}

func TestBuildCancelledWhileFilesAreOnTheLineEndsAndWritesNothing(t *testing.T) {
	portal := examplePortal(t)
	total := writesOf(t, portal)
	for _, at := range []int{1, 10, total / 2} {
		ctx, cancel := context.WithCancel(context.Background())
		fs := &tripwire{Fs: afero.NewMemMapFs()}
		fs.ask = func(n int, _ []byte) error {
			if n == at {
				cancel()
			}
			return nil
		}
		err := buildBefore(t, ctx, portal, fs)
		cancel()
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled at write %d of %d: got %v", at, total, err)
		}
		wantNothingAndThenAll(t, portal, fs)
	}
}

func TestBuildThatFailedLeavesTheEarlierSiteAsItWas(t *testing.T) {
	portal := examplePortal(t)
	fs := &tripwire{Fs: afero.NewMemMapFs()}
	if err := buildBefore(t, context.Background(), portal, fs); err != nil {
		t.Fatal(err)
	}
	before := contents(t, fs)
	name := path.Join(portal, DataDir, "portal.yaml")
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	// Every page carries the unit's name, so every page is another.
	if err := os.WriteFile(name, bytes.Replace(data, []byte("\nunit: "), []byte("\nunit: 新"), 1), 0o644); err != nil {
		t.Fatal(err)
	}
	done := fs.writes
	fs.ask = func(n int, _ []byte) error {
		if n == done+40 {
			return syscall.ENOSPC
		}
		return nil
	}
	var disk *emit.FullError
	if err := buildBefore(t, context.Background(), portal, fs); !errors.As(err, &disk) {
		t.Errorf("got %v", err)
	}
	if diff := cmp.Diff(before, contents(t, fs)); diff != "" {
		t.Errorf("the site changed:\n%s", diff)
	}
}

// contents gives path → content of all files, those of the state too.
func contents(t *testing.T, fs *tripwire) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := afero.Walk(fs.Fs, outOf, func(name string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		data, err := afero.ReadFile(fs.Fs, name)
		files[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < len(scaffold.Files(scaffold.Example)) {
		t.Fatalf("only %d files", len(files))
	}
	return files
}
