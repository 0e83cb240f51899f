//go:build linux

package conformance

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// insideEnv marks the process that runs the tests, and names its folder.
const insideEnv = "RECTIFY_CONFORMANCE_INSIDE"

// ownMount is that folder where the process has a mount namespace of its own:
// what it mounts there nobody else sees.
const ownMount = "/mnt"

// mnt is the folder of the tests.
var mnt = os.Getenv(insideEnv)

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
	if mnt == "" {
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
// mounted there, and what is started there, is gone when it ends. Root of a
// container that may not have one gets a plain folder, and no full disks.
func enter() int {
	code, err := again(ownMount, unix.CLONE_NEWNS)
	if errors.Is(err, fs.ErrPermission) && os.Getuid() == 0 {
		var dir string
		if dir, err = os.MkdirTemp(ownMount, "rectify-"); err == nil {
			defer os.RemoveAll(dir)
			if err = os.Chmod(dir, 0o755); err == nil {
				code, err = again(dir, 0)
			}
		}
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "The publishing tests need root, for an SFTP account in a jail, and should have a mount namespace of their own (unshare), for a disk that runs full: %v\n", err)
		return 1
	}
	return code
}

// again runs this binary with a folder for the tests, and gives its exit code.
func again(dir string, unshare uintptr) (int, error) {
	inner := exec.Command("/proc/self/exe", os.Args[1:]...)
	inner.Env = append(os.Environ(), insideEnv+"="+dir)
	inner.Stdin, inner.Stdout, inner.Stderr = os.Stdin, os.Stdout, os.Stderr
	inner.SysProcAttr = &syscall.SysProcAttr{Unshareflags: unshare, Pdeathsig: unix.SIGKILL}
	err := inner.Run()
	if exit, ok := as[*exec.ExitError](err); ok {
		return max(1, exit.ExitCode()), nil
	}
	return 0, err
}

// setUp lays out the folder: the jail of sshd must lie in folders that are
// root's alone.
func setUp() error {
	if mnt == ownMount {
		if err := unix.Mount("none", mnt, "tmpfs", 0, "mode=755"); err != nil {
			return fmt.Errorf("mount a tmpfs on %s for the publishing tests: %w", mnt, err)
		}
	}
	for _, dir := range []string{jail, store, filepath.Join(mnt, "local")} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	return nil
}

// tiny mounts a disk of 4 MB.
func tiny(t *testing.T, dir string) {
	t.Helper()
	if mnt != ownMount {
		const why = "a disk that runs full needs a mount namespace (unshare), which this container does not allow"
		if os.Getenv("CI") != "" {
			t.Fatal(why)
		}
		t.Skip(why)
	}
	check(t, os.MkdirAll(dir, 0o755))
	check(t, unix.Mount("none", dir, "tmpfs", 0, "size=4m,mode=755"))
	t.Cleanup(func() { _ = unix.Unmount(dir, unix.MNT_DETACH) })
}
