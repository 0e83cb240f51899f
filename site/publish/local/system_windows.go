package local

import (
	"errors"
	"time"

	"golang.org/x/sys/windows"
)

// Windows opens no folder for flushing; NTFS keeps its own journal of names.
const (
	canLink     = false
	canSyncDirs = false
)

func isUnsupported(error) bool { return false }

func isBusy(err error) bool {
	return errors.Is(err, windows.ERROR_ACCESS_DENIED) ||
		errors.Is(err, windows.ERROR_SHARING_VIOLATION) ||
		errors.Is(err, windows.ERROR_LOCK_VIOLATION)
}

// patiently repeats what fails because somebody looks at the file just now.
func patiently(do func() error) error {
	const patience = 2 * time.Second
	for start, wait := time.Now(), time.Millisecond; ; wait *= 2 {
		err := do()
		if err == nil || !isBusy(err) || time.Since(start)+wait > patience {
			return err
		}
		time.Sleep(wait)
	}
}
