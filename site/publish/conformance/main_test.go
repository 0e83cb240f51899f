//go:build linux

package conformance

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

const (
	// insideEnv marks the process that has a mount namespace of its own.
	insideEnv = "RECTIFY_CONFORMANCE_INSIDE"

	// mnt is where that process mounts what it needs. Nobody else sees it.
	mnt = "/mnt"
)

// long says whether the long versions are asked for.
var long = os.Getenv("RECTIFY_TEST_ALL") != ""

// pick gives the first number, or the second for the long version.
func pick(short, all int) int {
	if long {
		return all
	}
	return short
}

func TestMain(m *testing.M) {
	if order := os.Getenv(childEnv); order != "" {
		fmt.Fprintln(os.Stderr, child(order))
		os.Exit(1)
	}
	if os.Getenv(insideEnv) == "" {
		os.Exit(enter())
	}
	if err := setUp(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	flag.Parse()
	if err := flag.Set("test.parallel", strconv.Itoa(len(kinds))); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	stopServers()
	os.Exit(code)
}

// enter runs this binary again in a mount namespace of its own. What is
// mounted there, and what is started there, is gone when it ends.
func enter() int {
	inner := exec.Command("/proc/self/exe", os.Args[1:]...)
	inner.Env = append(os.Environ(), insideEnv+"=1")
	inner.Stdin, inner.Stdout, inner.Stderr = os.Stdin, os.Stdout, os.Stderr
	inner.SysProcAttr = &syscall.SysProcAttr{Unshareflags: unix.CLONE_NEWNS, Pdeathsig: unix.SIGKILL}
	err := inner.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return max(1, exit.ExitCode())
	}
	fmt.Fprintf(os.Stderr, "The publishing tests need root and a mount namespace of their own (unshare), for an SFTP jail and a disk that runs full: %v\n", err)
	return 1
}

// setUp lays a file system of its own over mnt: the jail of sshd must lie in
// folders that are root's alone.
func setUp() error {
	if err := unix.Mount("none", mnt, "tmpfs", 0, "mode=755"); err != nil {
		return fmt.Errorf("mount a tmpfs on %s for the publishing tests (they need root): %w", mnt, err)
	}
	for _, dir := range []string{jail, store, mnt + "/local"} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	return nil
}
