package undo

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/afero"

	"rectify/site/internal/osdisk"
)

const lockName = Dir + ".lock"

// BusyError says that another process is changing the folder.
type BusyError struct{}

func (e *BusyError) Error() string { return "another process is changing the folder" }

// hold keeps other changes out until release is called. The system drops the
// lock with the process, so a crash leaves none. A file system in memory has one
// process only and needs no lock.
func hold(fsys afero.Fs) (release func(), err error) {
	if err := fsys.MkdirAll(filepath.Dir(filepath.FromSlash(lockName)), 0o755); err != nil {
		return nil, err
	}
	if info, err := lstat(fsys, lockName); err == nil && !info.Mode().IsRegular() {
		return nil, &LinkError{lockName}
	}
	f, err := fsys.OpenFile(filepath.FromSlash(lockName), os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	if base, ok := f.(*afero.BasePathFile); ok {
		if on, ok := base.File.(interface{ Fd() uintptr }); ok {
			err = osdisk.TryLock(on.Fd())
		}
	} else if on, ok := f.(interface{ Fd() uintptr }); ok {
		err = osdisk.TryLock(on.Fd())
	}
	if err != nil {
		_ = f.Close()
		if errors.Is(err, osdisk.ErrHeld) {
			return nil, &BusyError{}
		}
		return nil, fmt.Errorf("lock %s: %w", lockName, err)
	}
	return func() { _ = f.Close() }, nil
}

// Busy tells whether another process is changing the folder right now.
func Busy(fsys afero.Fs) bool {
	if _, err := fsys.Stat(filepath.FromSlash(lockName)); err != nil {
		return false
	}
	release, err := hold(fsys)
	if err == nil {
		release()
	}
	var busy *BusyError
	return errors.As(err, &busy)
}
