//go:build linux

package conformance

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"rectify/site/publish"
)

// childEnv makes this test binary publish to a place, over and over, until it
// is killed.
const childEnv = "RECTIFY_CONFORMANCE_CHILD"

// order is what a child does.
type order struct {
	To    spec
	Files int
	Once  bool
}

// versions is the number of different sites that a child publishes in turn.
const versions = 3

// versioned is a site in which, from version to version, a third of the pages
// changes.
func versioned(files, v int) site {
	s := makeSite(files, 0)
	for i, path := range s.paths() {
		if i%3 == 0 && path != "index.html" {
			s[path] = text(path, v)
		}
	}
	s.dress(v)
	return s
}

func child(text string) error {
	var o order
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		return err
	}
	ctx := context.Background()
	fmt.Println("begun")
	for v := 0; ; v = (v + 1) % versions {
		tree := versioned(o.Files, v).tree(fmt.Sprintf("v%d", v))
		_, err := o.To.target().Publish(ctx, tree, publish.Options{Yes: true})
		if err != nil || o.Once {
			return err
		}
		fmt.Println("done")
	}
}

// startChild starts a child; done is sent a line for each of its publications.
func startChild(t *testing.T, o order, as *syscall.Credential) (cmd *exec.Cmd, done <-chan string) {
	t.Helper()
	text, err := json.Marshal(o)
	check(t, err)
	cmd = exec.Command("/proc/self/exe")
	cmd.Env = append(os.Environ(), childEnv+"="+string(text))
	cmd.Stderr = &strings.Builder{}
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Credential: as}
	out, err := cmd.StdoutPipe()
	check(t, err)
	check(t, cmd.Start())
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	lines := make(chan string)
	go func() {
		defer close(lines)
		for scan := bufio.NewScanner(out); scan.Scan(); {
			lines <- scan.Text()
		}
		_, _ = io.Copy(io.Discard, out)
	}()
	if line := <-lines; line != "begun" {
		t.Fatalf("the child said %q", line)
	}
	return cmd, lines
}
