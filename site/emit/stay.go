package emit

import (
	"context"
	"fmt"
	"runtime"
	"sync/atomic"

	"github.com/spf13/afero"
	"golang.org/x/sync/errgroup"
)

// Stay is the build of a site that came out as it was: the one whose manifest has
// the digest. It says whether the folder holds exactly that; then the Result is
// that of a build that put every file again. If not, a build has to put them.
func Stay(ctx context.Context, fsys afero.Fs, dir, digest string) (_ Result, holds bool, err error) {
	t, err := Begin(fsys, dir, Options{})
	if err != nil {
		return Result{}, false, err
	}
	defer func() {
		if aborted := t.Abort(); err == nil {
			err = aborted
		}
	}()
	if t.dead || t.digest != digest {
		return Result{}, false, nil
	}
	type file struct {
		path string
		content
	}
	files := make(chan file, 64)
	var differs atomic.Bool
	workers, going := errgroup.WithContext(ctx)
	workers.Go(func() error {
		defer close(files)
		for path, c := range t.old {
			select {
			case files <- file{path, c}:
			case <-going.Done():
				return context.Cause(going)
			}
			if differs.Load() {
				break
			}
		}
		return nil
	})
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() error {
			for f := range files {
				right, err := t.Keep(f.path, f.size, f.sum)
				if err != nil {
					return err
				}
				if !right {
					differs.Store(true)
				}
			}
			return nil
		})
	}
	if err := workers.Wait(); err != nil {
		return Result{}, false, fmt.Errorf("look at %s: %w", t.d.dir, err)
	}
	if differs.Load() {
		return Result{}, false, nil
	}
	res, err := t.Commit(ctx)
	return res, err == nil, err
}
