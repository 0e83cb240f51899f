package emit

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/spf13/afero"
)

// childEnv makes this test binary build into the folder it names, over and
// over, until it is killed.
const childEnv = "RECTIFY_EMIT_TEST_CHILD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childEnv); dir != "" {
		fmt.Fprintln(os.Stderr, buildForEver(dir))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// versions is the number of different sites that the child builds in turn.
const versions = 3

// versioned is a site in which, from version to version, some files change,
// some stay, some come and go.
func versioned(v int) site {
	s := site{}
	for i := range 20 {
		for path, version := range map[string]int{
			fmt.Sprintf("issues/%d.html", i):            v,
			fmt.Sprintf("assets/%d.css", i):             0,
			fmt.Sprintf("years/%d/%d/index.html", v, i): v,
		} {
			s[path] = text(path, version)
		}
	}
	return s
}

func buildForEver(dir string) error {
	for v := 0; ; v = (v + 1) % versions {
		tx, err := Begin(afero.NewOsFs(), dir, Options{})
		if err != nil {
			return err
		}
		fmt.Println("begun") // the parent waits for the first
		if err := putAll(tx, versioned(v)); err != nil {
			return err
		}
		if _, err := tx.Commit(context.Background()); err != nil {
			return err
		}
	}
}

func startChild(t *testing.T, dir string) *exec.Cmd {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childEnv+"="+dir)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = child.Process.Kill() })
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatalf("the child did not begin: %v", err)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	return child
}

func kill(t *testing.T, child *exec.Cmd) {
	t.Helper()
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := child.Wait(); !errors.As(err, &exit) || exit.ExitCode() == 1 {
		t.Fatalf("the child ended by itself: %v", err)
	}
}

func await(t *testing.T, name string) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); {
		if _, err := os.Lstat(name); err == nil {
			return
		}
	}
	t.Fatalf("%s did not appear", name)
}

func TestAKilledProcessTearsNothingAndTheNextBuildRepairs(t *testing.T) {
	sites := []site{before}
	for v := range versions {
		sites = append(sites, versioned(v))
	}
	dir := filepath.Join(t.TempDir(), "public")
	for round := range 10 {
		child := startChild(t, dir)
		if round%2 == 0 { // in the middle of a commit, which is short, or anywhere
			await(t, filepath.Join(dir, journalName))
			time.Sleep(time.Duration(rand.IntN(3_000)) * time.Microsecond)
		} else {
			time.Sleep(time.Duration(rand.IntN(60_000)) * time.Microsecond)
		}
		kill(t, child)
		t.Logf("round %d: the folder is %s", round, wantWhole(t, dir, sites...).State)
		if round%3 == 1 {
			continue // the next child begins in what this one has left
		}
		next := sites[round%len(sites)]
		mustBuild(t, afero.NewOsFs(), dir, next)
		wantSite(t, afero.NewOsFs(), dir, next)
		wantState(t, afero.NewOsFs(), dir, Finished)
	}
}

func TestTheLockOfAnotherProcessBlocksUntilThatProcessIsDead(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	child := startChild(t, dir)
	// Between two builds of the child the lock is free for a moment: the child
	// then ends with our lock in its way. So ask until it is in.
	var locked *LockedError
	for range 20 {
		tx, err := Begin(afero.NewOsFs(), dir, Options{})
		if errors.As(err, &locked) && locked.PID == child.Process.Pid {
			break
		}
		if err == nil {
			_ = tx.Abort()
			child = startChild(t, dir)
		}
	}
	if locked == nil || locked.PID != child.Process.Pid {
		t.Fatalf("never locked by process %d: %v", child.Process.Pid, locked)
	}
	kill(t, child)
	mustBuild(t, afero.NewOsFs(), dir, after)
	wantSite(t, afero.NewOsFs(), dir, after)
}
