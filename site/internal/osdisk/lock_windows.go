package osdisk

import (
	"errors"

	"golang.org/x/sys/windows"
)

// TryLock locks one byte far behind the end of the file. Locks on Windows also
// forbid reading, and the process number at the start is to be read by others.
func TryLock(fd uintptr) error {
	at := windows.Overlapped{OffsetHigh: 1 << 30}
	err := windows.LockFileEx(windows.Handle(fd), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &at)
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) || errors.Is(err, windows.ERROR_IO_PENDING) {
		return ErrHeld
	}
	return err
}
