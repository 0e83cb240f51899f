//go:build linux

package conformance

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"
)

// servers are those that run, to be stopped at the end.
var servers struct {
	sync.Mutex
	running []*exec.Cmd
}

func stopServers() {
	servers.Lock()
	defer servers.Unlock()
	for _, s := range servers.running {
		_ = s.Process.Kill()
	}
}

// freePort gives a port that nobody listens on. Another process may take it
// before the server does; then the server does not come up, and start says so.
func freePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// start runs a server until the end of all tests, and waits until it listens.
func start(t testing.TB, port int, name string, args ...string) *exec.Cmd {
	t.Helper()
	log := &bytes.Buffer{}
	cmd := exec.Command(name, args...)
	cmd.Stdout, cmd.Stderr = log, log
	// The server goes with this process, however that ends.
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	check(t, cmd.Start())
	servers.Lock()
	servers.running = append(servers.running, cmd)
	servers.Unlock()
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait()
		close(ended)
	}()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); {
		conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil {
			_ = conn.Close()
			return cmd
		}
		select {
		case <-ended:
			t.Fatalf("%s ended at once:\n%s", name, log)
		case <-time.After(10 * time.Millisecond):
		}
	}
	t.Fatalf("%s does not listen on port %d:\n%s", name, port, log)
	return nil
}

// program finds a program that a test needs, or says which package has it.
func program(t testing.TB, name, from string) string {
	t.Helper()
	for _, dir := range append(filepath.SplitList(os.Getenv("PATH")), "/usr/sbin", "/usr/local/sbin") {
		full := filepath.Join(dir, name)
		if info, err := os.Stat(full); err == nil && info.Mode()&0o111 != 0 && !info.IsDir() {
			return full
		}
	}
	t.Fatalf("%s is missing: install it (%s) to run the publishing tests, or run “make test”, which does", name, from)
	return ""
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
