package osdisk

import (
	"errors"
	"time"
)

// ErrHeld is what TryLock returns when another process has the lock.
var ErrHeld = errors.New("lock is held")

// Syncer is an open folder: *os.File or what a file system of ours opens.
type Syncer interface{ Sync() error }

// SyncFolder sees the names in an open folder on the disk, as the sync of a
// file does not. Where the system or the file system cannot, it does nothing.
func SyncFolder(f Syncer) error {
	if !CanSyncFolders {
		return nil
	}
	if err := f.Sync(); err != nil && !isUnsupported(err) {
		return err
	}
	return nil
}

// Patiently repeats what fails because somebody looks at the file just now. On
// Windows a virus scanner or an indexer opens every new file for a moment, and
// a file that is open cannot be replaced.
func Patiently(do func() error) error {
	const patience = 2 * time.Second
	for start, wait := time.Now(), time.Millisecond; ; wait *= 2 {
		err := do()
		if err == nil || !isBusy(err) || time.Since(start)+wait > patience {
			return err
		}
		time.Sleep(wait)
	}
}
