package archive

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"rectify/site/internal/osdisk"
)

// lock keeps a second writer out. It is the operating system's lock on the open
// file, which ends with its process; the file itself stays.
func lock(root *os.Root, dir string) (*os.File, error) {
	f, err := root.OpenFile(lockPath, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, wrapWrite(dir, err)
	}
	if err := osdisk.TryLock(f.Fd()); err != nil {
		defer f.Close()
		if errors.Is(err, osdisk.ErrHeld) {
			return nil, &LockedError{Dir: dir, PID: readPID(f)}
		}
		return nil, fmt.Errorf("lock %s: %w", dir, err)
	}
	// Who aborts the first release of a new archive removes the file, and then
	// this one would lock nobody out.
	mine, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("lock %s: %w", dir, err)
	}
	if named, err := root.Stat(lockPath); err != nil || !os.SameFile(mine, named) {
		f.Close()
		return nil, &LockedError{Dir: dir}
	}
	// The number is a courtesy for messages: a full disk does not matter here.
	_ = f.Truncate(0)
	_, _ = f.WriteAt([]byte(strconv.Itoa(os.Getpid())), 0)
	return f, nil
}

// unlock lets the next one in. With tidy it removes the file too, where the
// system allows that for an open one.
func unlock(root *os.Root, f *os.File, tidy bool) {
	_ = f.Truncate(0)
	if tidy {
		_ = root.Remove(lockPath)
	}
	f.Close()
}

func readPID(f *os.File) int {
	b := make([]byte, 20)
	n, _ := f.ReadAt(b, 0)
	pid, _ := strconv.Atoi(strings.TrimSpace(string(b[:n])))
	return pid
}
