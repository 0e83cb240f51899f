//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package local

import (
	"errors"

	"golang.org/x/sys/unix"
)

const (
	canLink     = true
	canSyncDirs = true
)

// isUnsupported tells a file system that has no fsync for folders; some network
// and FUSE file systems have none.
func isUnsupported(err error) bool {
	return errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOTSUP)
}

func patiently(do func() error) error { return do() }
