//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package osdisk

import (
	"errors"

	"golang.org/x/sys/unix"
)

// CanSyncFolders says whether the system can open a folder to sync it.
const CanSyncFolders = true

// IsFull tells that the disk, or the share of it that one may use, is full.
func IsFull(err error) bool {
	return errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT)
}

// isUnsupported tells a file system that has no fsync for folders; some network
// and FUSE file systems have none.
func isUnsupported(err error) bool {
	return errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOTSUP)
}

func isBusy(error) bool { return false }
