//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package emit

import (
	"errors"

	"golang.org/x/sys/unix"
)

const canSyncDirs = true

func isFull(err error) bool {
	return errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT)
}

// isUnsupported tells a file system that has no fsync for folders; some network
// and FUSE file systems have none.
func isUnsupported(err error) bool {
	return errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOTSUP)
}

func isBusy(error) bool { return false }
