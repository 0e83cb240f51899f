//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package osdisk

import (
	"errors"

	"golang.org/x/sys/unix"
)

// TryLock uses flock, not fcntl: an fcntl lock belongs to the process, so a
// second build inside one process (serve and build) would not be kept out.
func TryLock(fd uintptr) error {
	for {
		err := unix.Flock(int(fd), unix.LOCK_EX|unix.LOCK_NB)
		switch {
		case errors.Is(err, unix.EINTR):
		case errors.Is(err, unix.EWOULDBLOCK):
			return ErrHeld
		default:
			return err
		}
	}
}
