//go:build linux

package conformance

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"rectify/site/publish/sftp"
)

// jail is the root of the SFTP account. It owns folders in the jail and
// nothing else anywhere.
var jail = filepath.Join(mnt, "jail")

// The SFTP account.
const (
	account = "nobody"
	nobody  = 65534
)

// sshServer is an sshd that lets the account in with one key.
type sshServer struct {
	port    int
	dir     string
	hostKey string // as in known_hosts, without the name
	rsaKey  string // the same; empty if it has none
}

// sshKind says which sshd.
type sshKind struct {
	denied string // requests that its sftp-server does not know
	rsa    bool   // it has an RSA key as well
}

var sshServers struct {
	sync.Mutex
	running map[sshKind]*sshServer
}

// sshd gives a server, which is started when it is first asked for.
func sshd(t testing.TB, kind sshKind) *sshServer {
	t.Helper()
	sshServers.Lock()
	defer sshServers.Unlock()
	if s := sshServers.running[kind]; s != nil {
		return s
	}
	dir := filepath.Join(mnt, fmt.Sprintf("sshd-%d", len(sshServers.running)))
	check(t, os.MkdirAll(dir, 0o755))
	s := &sshServer{port: freePort(t), dir: dir}
	s.hostKey = s.keygen(t, "host", "ed25519")
	user := s.keygen(t, "user", "ed25519")
	s.keygen(t, "stranger", "ed25519")
	more := ""
	if kind.rsa {
		s.rsaKey = s.keygen(t, "host-rsa", "rsa")
		more = "HostKey " + dir + "/host-rsa\n"
	}
	check(t, os.WriteFile(filepath.Join(dir, "authorized"), []byte(user+"\n"), 0o644))
	force := "internal-sftp"
	if kind.denied != "" {
		force += " -P " + kind.denied
	}
	check(t, os.MkdirAll("/run/sshd", 0o755))
	config := fmt.Sprintf(`Port %d
ListenAddress 127.0.0.1
HostKey %s/host
PidFile none
AuthorizedKeysFile %s/authorized
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
Subsystem sftp internal-sftp
ForceCommand %s
ChrootDirectory %s
MaxStartups 100
%s`, s.port, dir, dir, force, jail, more)
	check(t, os.WriteFile(filepath.Join(dir, "config"), []byte(config), 0o644))
	start(t, s.port, program(t, "sshd", "Debian: openssh-server"), "-D", "-e", "-f", filepath.Join(dir, "config"))
	if sshServers.running == nil {
		sshServers.running = map[sshKind]*sshServer{}
	}
	sshServers.running[kind] = s
	return s
}

// keygen makes a key and gives its public half.
func (s *sshServer) keygen(t testing.TB, name, kind string) string {
	t.Helper()
	file := filepath.Join(s.dir, name)
	out, err := exec.Command(program(t, "ssh-keygen", "Debian: openssh-client"), "-q", "-t", kind, "-N", "", "-C", "", "-f", file).CombinedOutput()
	if err != nil {
		t.Fatalf("ssh-keygen: %v\n%s", err, out)
	}
	public, err := os.ReadFile(file + ".pub")
	check(t, err)
	return string(public[:len(public)-1])
}

// config reaches a folder of the account.
func (s *sshServer) config(path string) sftp.Config {
	return sftp.Config{
		Host: "127.0.0.1", Port: s.port, User: account, Path: path,
		HostKey: s.hostKey, KeyFile: filepath.Join(s.dir, "user"),
	}
}
