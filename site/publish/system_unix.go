//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package publish

import (
	"errors"

	"golang.org/x/sys/unix"
)

// alive tells whether a process of this machine is running. One that may not
// be asked is.
func alive(process int) bool {
	return process > 0 && !errors.Is(unix.Kill(process, 0), unix.ESRCH)
}
