//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package publish

import (
	"bytes"
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// alive tells whether a process of this machine is running. One that may not
// be asked is. One that has ended is not, also while nobody has asked how: a
// signal finds it still, and in a container nobody may ever ask.
func alive(process int) bool {
	return process > 0 && !errors.Is(unix.Kill(process, 0), unix.ESRCH) && !ended(process)
}

// ended tells of a zombie where the system has /proc (proc_pid_stat(5)): the
// state follows the name, which is in parentheses and may hold some itself.
func ended(process int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", process))
	if err != nil {
		return false
	}
	state := bytes.TrimSpace(stat[bytes.LastIndexByte(stat, ')')+1:])
	return bytes.HasPrefix(state, []byte("Z")) || bytes.HasPrefix(state, []byte("X"))
}
