package osdisk

import (
	"errors"
	"syscall"

	"golang.org/x/sys/windows"
)

// CanSyncFolders is false: Windows opens no folder for flushing, and NTFS keeps
// its own journal of names.
const CanSyncFolders = false

// IsFull tells that the disk, or the share of it that one may use, is full.
func IsFull(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) ||
		errors.Is(err, windows.ERROR_HANDLE_DISK_FULL) ||
		errors.Is(err, windows.ERROR_DISK_QUOTA_EXCEEDED) ||
		errors.Is(err, syscall.ENOSPC) // what a file system of ours may return
}

func isUnsupported(error) bool { return false }

func isBusy(err error) bool {
	return errors.Is(err, windows.ERROR_ACCESS_DENIED) ||
		errors.Is(err, windows.ERROR_SHARING_VIOLATION) ||
		errors.Is(err, windows.ERROR_LOCK_VIOLATION)
}
