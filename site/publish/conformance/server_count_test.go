//go:build linux

package conformance

import (
	"encoding/binary"
	"io"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"

	"golang.org/x/crypto/ssh"

	"rectify/site/publish/sftp"
)

// requests counts what an SFTP client asks of its server, by kind.
type requests map[string]int

func (r requests) all() (n int) {
	for _, count := range r {
		n += count
	}
	return n
}

// kindsOfRequests are the packets of a client in SFTP version 3
// (draft-ietf-secsh-filexfer-02, section 3).
var kindsOfRequests = map[byte]string{
	1: "init", 3: "open", 4: "close", 5: "read", 6: "write", 7: "lstat", 8: "fstat", 9: "setstat", 10: "fsetstat",
	11: "opendir", 12: "readdir", 13: "remove", 14: "mkdir", 15: "rmdir", 16: "realpath", 17: "stat", 18: "rename",
	19: "readlink", 20: "symlink", 200: "extended",
}

// clerk is an SSH server of ours in front of OpenSSH's sftp-server, whose
// requests it counts.
type clerk struct {
	sftp.Config
	t  testing.TB
	mu sync.Mutex
	n  requests
}

// newClerk serves what lies in dir.
func newClerk(t testing.TB, dir string) *clerk {
	t.Helper()
	keys := &sshServer{dir: t.TempDir()}
	host := keys.keygen(t, "host", "ed25519")
	keys.keygen(t, "user", "ed25519")
	private, err := os.ReadFile(filepath.Join(keys.dir, "host"))
	check(t, err)
	signer, err := ssh.ParsePrivateKey(private)
	check(t, err)
	// Who comes in is no matter here.
	let := func(ssh.ConnMetadata, ssh.PublicKey) (*ssh.Permissions, error) { return &ssh.Permissions{}, nil }
	server := &ssh.ServerConfig{PublicKeyCallback: let}
	server.AddHostKey(signer)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	t.Cleanup(func() { _ = l.Close() })
	c := &clerk{t: t, n: requests{}, Config: sftp.Config{
		Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, User: account, Path: dir,
		HostKey: host, KeyFile: filepath.Join(keys.dir, "user"),
	}}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go c.serve(conn, server)
		}
	}()
	return c
}

func (c *clerk) serve(conn net.Conn, config *ssh.ServerConfig) {
	defer conn.Close()
	_, channels, global, err := ssh.NewServerConn(conn, config)
	if err != nil {
		return
	}
	go ssh.DiscardRequests(global)
	for asked := range channels {
		if channel, in, err := asked.Accept(); err == nil {
			go c.session(channel, in)
		}
	}
}

func (c *clerk) session(channel ssh.Channel, in <-chan *ssh.Request) {
	for r := range in {
		isSFTP := r.Type == "subsystem" && string(r.Payload[4:]) == "sftp"
		_ = r.Reply(isSFTP, nil)
		if isSFTP {
			go func() {
				defer channel.Close()
				c.run(channel)
			}()
		}
	}
}

func (c *clerk) run(channel ssh.Channel) {
	cmd := exec.Command("/usr/lib/openssh/sftp-server")
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	cmd.Dir, cmd.Stdout, cmd.Stderr = "/", channel, channel.Stderr()
	to, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		c.t.Errorf("sftp-server (Debian: openssh-sftp-server): %v", err)
		return
	}
	for c.pass(channel, to) == nil { //nolint:revive // until one of them ends
	}
	_ = to.Close()
	_ = cmd.Wait()
}

// pass hands one packet on.
func (c *clerk) pass(from io.Reader, to io.Writer) error {
	var head [5]byte // its length, and its kind, which that counts
	if _, err := io.ReadFull(from, head[:]); err != nil {
		return err
	}
	c.mu.Lock()
	c.n[kindsOfRequests[head[4]]]++
	c.mu.Unlock()
	if _, err := to.Write(head[:]); err != nil {
		return err
	}
	_, err := io.CopyN(to, from, int64(binary.BigEndian.Uint32(head[:]))-1)
	return err
}

// count gives the requests that something makes.
func (c *clerk) count(do func()) requests {
	c.mu.Lock()
	before := maps.Clone(c.n)
	c.mu.Unlock()
	do()
	c.mu.Lock()
	defer c.mu.Unlock()
	made := requests{}
	for kind, n := range c.n {
		if n -= before[kind]; n > 0 {
			made[kind] = n
		}
	}
	return made
}
