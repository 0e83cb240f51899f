package emit

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"strconv"
	"strings"

	"github.com/spf13/afero"

	"rectify/site/internal/osdisk"
)

// lock keeps a second build out of the folder. On the operating system's disk
// it is a lock on the open file .rectify/lock, which the system drops with the
// process. Elsewhere it is the folder .rectify/lock: creating a folder is the
// one step that every afero file system does atomically, and a file system in
// memory ends with its process anyway.
type lock struct {
	d    disk
	file afero.File // nil where the lock is a folder
}

// take locks the folder and creates the state folder for it if need be.
func take(d disk) (*lock, error) {
	// A build that ends just now may remove lock and state folder between our
	// steps: what we then hold locks nobody out, so begin again.
	for range 100 {
		l, err := tryTake(d)
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return l, err
		}
	}
	return nil, fmt.Errorf("lock %s: the folder keeps vanishing", d.dir)
}

func tryTake(d disk) (*lock, error) {
	if err := d.fs.MkdirAll(d.full(StateDir), 0o777); err != nil {
		return nil, d.wrap(StateDir, err)
	}
	if onDisk, err := isOS(d); err != nil {
		return nil, fmt.Errorf("lock %s: %w", d.dir, err)
	} else if !onDisk {
		err := d.fs.Mkdir(d.full(lockName), 0o777)
		if errors.Is(err, fs.ErrExist) {
			return nil, &LockedError{Dir: d.dir}
		}
		if err != nil {
			return nil, d.wrap(lockName, err)
		}
		return &lock{d: d}, nil
	}

	// The process number is written into this file, so it must be no link.
	if info, err := d.lstat(lockName); err == nil && !info.Mode().IsRegular() {
		return nil, &LinkError{Path: d.full(lockName)}
	}
	f, err := d.fs.OpenFile(d.full(lockName), os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, d.wrap(lockName, err)
	}
	l := &lock{d: d, file: f}
	if err := l.own(); err != nil {
		f.Close()
		return nil, err
	}
	return l, nil
}

func (l *lock) own() error {
	err := osdisk.TryLock(descriptor(l.file).Fd())
	if errors.Is(err, osdisk.ErrHeld) {
		return &LockedError{Dir: l.d.dir, PID: readPID(l.file)}
	}
	if err != nil {
		return fmt.Errorf("lock %s: %w", l.d.full(lockName), err)
	}
	mine, err := l.file.Stat()
	if err != nil {
		return fmt.Errorf("lock %s: %w", l.d.full(lockName), err)
	}
	named, err := l.d.fs.Stat(l.d.full(lockName))
	if err != nil {
		return fmt.Errorf("lock %s: %w", l.d.full(lockName), err)
	}
	if !os.SameFile(mine, named) {
		return fmt.Errorf("lock %s: replaced meanwhile: %w", l.d.full(lockName), fs.ErrNotExist)
	}
	err = l.file.Truncate(0)
	if err == nil {
		_, err = l.file.WriteAt([]byte(strconv.Itoa(os.Getpid())), 0)
	}
	return l.d.wrap(lockName, err)
}

// release lets the next build in. With tidy it also removes the lock and the
// state folder, as long as there is nothing else in it.
func (l *lock) release(tidy bool) error {
	if l.file == nil {
		err := l.d.remove(lockName)
		if tidy {
			_, _ = l.d.removeEmpty(StateDir)
		}
		return err
	}
	// Elsewhere a file is removed while it is locked, so that nobody can lock it
	// in between; Windows does not remove an open file, which is as safe.
	if tidy && runtime.GOOS != "windows" {
		_ = l.d.remove(lockName)
	} else {
		_ = l.file.Truncate(0)
	}
	err := l.file.Close() // drops the lock
	if tidy {
		if runtime.GOOS == "windows" {
			_ = l.d.fs.Remove(l.d.full(lockName))
		}
		_, _ = l.d.removeEmpty(StateDir)
	}
	return err
}

// readPID is a courtesy for the message: 0 is a good answer.
func readPID(f io.ReaderAt) int {
	b := make([]byte, 20)
	n, _ := f.ReadAt(b, 0)
	pid, _ := strconv.Atoi(strings.TrimSpace(string(b[:n])))
	return pid
}

type fder interface{ Fd() uintptr }

// descriptor looks through afero's wrapper for the file of the operating
// system; nil if there is none.
func descriptor(f afero.File) fder {
	if base, ok := f.(*afero.BasePathFile); ok {
		f = base.File
	}
	fd, _ := f.(fder)
	return fd
}

// isOS tells whether the files of the folder are files of the operating system.
func isOS(d disk) (bool, error) {
	f, err := d.fs.Open(d.full(StateDir))
	if err != nil {
		return false, err
	}
	defer f.Close()
	return descriptor(f) != nil, nil
}
