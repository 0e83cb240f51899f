package emit

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/spf13/afero"
	"golang.org/x/sync/errgroup"
)

func TestASecondBuildInTheSameFolderIsRefused(t *testing.T) {
	onEach(t, func(t *testing.T, fsys afero.Fs, dir string) {
		tx := mustBegin(t, fsys, dir)
		_, err := Begin(fsys, dir, Options{})
		var locked *LockedError
		if !errors.As(err, &locked) || locked.Dir != dir {
			t.Fatalf("got %v, want a LockedError that names the folder", err)
		}
		if err := putAll(tx, before); err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
		wantSite(t, fsys, dir, before)

		// Both ways to end a build let the next one in.
		if err := mustBegin(t, fsys, dir).Abort(); err != nil {
			t.Fatal(err)
		}
		mustBuild(t, fsys, dir, after)
		wantSite(t, fsys, dir, after)
	})
}

func TestTheLockSaysWhoHoldsIt(t *testing.T) {
	dir := startFinished(t)
	mustBegin(t, afero.NewOsFs(), dir)
	_, err := Begin(afero.NewOsFs(), dir, Options{})
	var locked *LockedError
	if !errors.As(err, &locked) || locked.PID != os.Getpid() {
		t.Fatalf("got %v, want a LockedError with process %d", err, os.Getpid())
	}
}

func TestALockFileThatNobodyHoldsDoesNotBlock(t *testing.T) {
	dir := startFinished(t)
	write(t, filepath.Join(dir, lockName), "1")
	mustBuild(t, afero.NewOsFs(), dir, after)
	wantSite(t, afero.NewOsFs(), dir, after)
}

// Builds that begin and abort in an empty folder remove the lock file under
// each other's hands. At no moment may two of them be in.
func TestOfManyBuildsAtOnceOneIsIn(t *testing.T) {
	dir := startAbsent(t)
	inside := make(chan struct{}, 1)
	var g errgroup.Group
	for range 4 {
		g.Go(func() error {
			for range 60 {
				tx, err := Begin(afero.NewOsFs(), dir, Options{})
				var locked *LockedError
				if errors.As(err, &locked) {
					continue
				}
				if err != nil {
					return err
				}
				select {
				case inside <- struct{}{}:
				default:
					return errors.New("two builds are in the folder")
				}
				err = tx.Put("index.html", []byte("x"))
				<-inside
				if err := errors.Join(err, tx.Abort()); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
}

// swapping replaces the lock file once, right after it was opened, as a build
// that ends in an empty folder and one that begins there do together.
type swapping struct {
	afero.OsFs
	once sync.Once
}

func (s *swapping) OpenFile(name string, flag int, perm os.FileMode) (afero.File, error) {
	f, err := s.OsFs.OpenFile(name, flag, perm)
	if filepath.Base(name) == filepath.Base(lockName) {
		s.once.Do(func() {
			_ = os.Remove(name)
			_ = os.WriteFile(name, nil, perm)
		})
	}
	return f, err
}

func TestALockOnAFileThatWasReplacedMeanwhileIsNoLock(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // no file that is open can be removed there
	}
	dir := startFinished(t)
	mustBegin(t, &swapping{}, dir)
	var locked *LockedError
	if _, err := Begin(afero.NewOsFs(), dir, Options{}); !errors.As(err, &locked) {
		t.Fatalf("got %v, want a LockedError", err)
	}
}

func TestErrorsAreOneLineWithoutAFullStop(t *testing.T) {
	for _, err := range []error{
		&LockedError{Dir: "public"}, &LockedError{Dir: "public", PID: 7},
		&ForeignError{Dir: "public", Found: "a"},
		&PathError{Path: "a", Rule: RuleDevice}, &PathError{Path: "a", Rule: RuleCollision, With: "A"},
		&LinkError{Path: "public/a"}, &ConflictError{Path: "public/a", Found: "public/a/b"},
		&FullError{Path: "public/a", Err: os.ErrInvalid}, ErrChanged, ErrNewer,
	} {
		if s := err.Error(); strings.HasSuffix(s, ".") || strings.Contains(s, "\n") || strings.ToLower(s[:1]) != s[:1] {
			t.Errorf("%q", s)
		}
	}
}
