//go:build linux

package conformance

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"

	"rectify/site/publish"
	"rectify/site/publish/sftp"
)

func fingerprint(t testing.TB, public string) string {
	t.Helper()
	key, _, _, _, err := ssh.ParseAuthorizedKey([]byte(public))
	check(t, err)
	return ssh.FingerprintSHA256(key)
}

// knownHosts writes a file in which a host stands with a key.
func knownHosts(t testing.TB, port int, keys ...string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "known_hosts")
	var lines strings.Builder
	for _, key := range keys {
		fmt.Fprintf(&lines, "[127.0.0.1]:%d %s\n", port, key)
	}
	check(t, os.WriteFile(file, []byte(lines.String()), 0o600))
	return file
}

func TestAHostIsBelievedByItsKeyAlone(t *testing.T) {
	server := sshd(t, sshKind{rsa: true})
	other, err := os.ReadFile(filepath.Join(server.dir, "stranger.pub"))
	check(t, err)
	stranger := strings.TrimSpace(string(other))
	nobodyHere := filepath.Join(t.TempDir(), "known_hosts")
	hashed := knownHosts(t, server.port, server.hostKey)
	if out, err := exec.Command("ssh-keygen", "-H", "-f", hashed).CombinedOutput(); err != nil {
		t.Fatalf("ssh-keygen -H: %v\n%s", err, out)
	}
	ecdsa := server.keygen(t, "stranger-ecdsa", "ecdsa") // a kind that the host does not have
	revoked := knownHosts(t, server.port, server.hostKey)
	known, err := os.ReadFile(revoked)
	check(t, err)
	check(t, os.WriteFile(revoked, []byte(string(known)+"@revoked * "+server.hostKey+"\n"), 0o600))
	for _, try := range []struct {
		what    string
		hostKey string
		file    string
		ok      bool
		changed bool
	}{
		{what: "pinned as a key", hostKey: server.hostKey, ok: true},
		{what: "pinned as its other key", hostKey: server.rsaKey, ok: true},
		{what: "pinned as a fingerprint", hostKey: fingerprint(t, server.hostKey), ok: true},
		{what: "pinned as the fingerprint of its other key", hostKey: fingerprint(t, server.rsaKey), ok: true},
		{what: "known", file: knownHosts(t, server.port, server.hostKey), ok: true},
		{what: "known by its other key only", file: knownHosts(t, server.port, server.rsaKey), ok: true},
		{what: "known under a hashed name", file: hashed, ok: true},
		{what: "not known", file: knownHosts(t, server.port+1, server.hostKey)},
		{what: "no file of known hosts", file: nobodyHere},
		{what: "changed in the file", file: knownHosts(t, server.port, stranger), changed: true},
		{what: "changed against the pinned key", hostKey: stranger, changed: true},
		{what: "changed to another kind", hostKey: ecdsa, changed: true},
		{what: "changed to another kind in the file", file: knownHosts(t, server.port, ecdsa), changed: true},
		{what: "revoked", file: revoked, changed: true},
		{what: "changed against the pinned fingerprint", hostKey: fingerprint(t, stranger), changed: true},
	} {
		t.Run(try.what, func(t *testing.T) {
			to := newSpec(t, sftpReleases)
			path := to.SFTP.Path
			to.SFTP = server.config(path)
			to.SFTP.HostKey = try.hostKey
			before := ""
			if try.file != "" {
				to.SFTP.KnownHosts = []string{try.file}
				data, _ := os.ReadFile(try.file)
				before = string(data)
			}
			_, err := to.target().Publish(t.Context(), makeSite(10, 1).tree("r1"), publish.Options{Wait: soon})
			if try.ok {
				check(t, err)
				return
			}
			wrong, ok := as[*sftp.HostKeyError](err)
			if !ok || wrong.Changed != try.changed || wrong.Changed == (len(wrong.Known) == 0) {
				t.Fatalf("got %v, want a HostKeyError (changed %v)", err, try.changed)
			}
			if wrong.Shown != fingerprint(t, server.hostKey) && wrong.Shown != fingerprint(t, server.rsaKey) || wrong.Type == "" {
				t.Errorf("the key to compare is not shown: %+v", wrong)
			}
			if left, err := os.ReadDir(to.Dir); err != nil || len(left) > 0 {
				t.Errorf("something was written: %v %v", left, err)
			}
			after, _ := os.ReadFile(try.file)
			if string(after) != before {
				t.Errorf("a key was learned: %q", after)
			}
		})
	}
	if _, err := os.Stat(nobodyHere); err == nil {
		t.Error("a file of known hosts was made")
	}
}

func TestKeyFilesThatOthersCanReadAreRefused(t *testing.T) {
	to := newSpec(t, sftpReleases)
	key, err := os.ReadFile(to.SFTP.KeyFile)
	check(t, err)
	to.SFTP.KeyFile = filepath.Join(t.TempDir(), "key")
	check(t, os.WriteFile(to.SFTP.KeyFile, key, 0o644))
	_, err = to.target().Publish(t.Context(), makeSite(10, 1).tree("r1"), publish.Options{})
	if e, ok := as[*publish.KeyFileError](err); !ok || !e.Open {
		t.Errorf("got %v, want a KeyFileError", err)
	}
	check(t, os.Chmod(to.SFTP.KeyFile, 0o600))
	_, err = to.target().Publish(t.Context(), makeSite(10, 1).tree("r1"), publish.Options{})
	check(t, err)
}

func TestKeysWithAPassphraseAndAgentsWork(t *testing.T) {
	to := newSpec(t, sftpReleases)
	key, err := os.ReadFile(to.SFTP.KeyFile)
	check(t, err)
	agentKey := to.SFTP.KeyFile
	to.SFTP.KeyFile = filepath.Join(t.TempDir(), "key")
	check(t, os.WriteFile(to.SFTP.KeyFile, key, 0o600))
	if out, err := exec.Command("ssh-keygen", "-q", "-p", "-P", "", "-N", "示例口令", "-f", to.SFTP.KeyFile).CombinedOutput(); err != nil {
		t.Fatalf("ssh-keygen -p: %v\n%s", err, out)
	}
	_, err = to.target().Publish(t.Context(), makeSite(10, 1).tree("r1"), publish.Options{})
	if e, ok := as[*publish.KeyFileError](err); !ok || !e.Locked {
		t.Errorf("got %v, want a KeyFileError", err)
	}
	to.SFTP.Passphrase = "示例口令"
	_, err = to.target().Publish(t.Context(), makeSite(10, 1).tree("r1"), publish.Options{})
	check(t, err)

	to.SFTP.KeyFile, to.SFTP.Agent = "", filepath.Join(t.TempDir(), "agent")
	agent := exec.Command(program(t, "ssh-agent", "Debian: openssh-client"), "-D", "-a", to.SFTP.Agent)
	check(t, agent.Start())
	t.Cleanup(func() { _ = agent.Process.Kill(); _ = agent.Wait() })
	for range 100 {
		if conn, err := net.Dial("unix", to.SFTP.Agent); err == nil {
			_ = conn.Close()
			break
		}
	}
	for {
		add := exec.Command(program(t, "ssh-add", "Debian: openssh-client"), "-q", agentKey)
		add.Env = append(os.Environ(), "SSH_AUTH_SOCK="+to.SFTP.Agent)
		if out, err := add.CombinedOutput(); err == nil {
			break
		} else if !strings.Contains(string(out), "connect") {
			t.Fatalf("ssh-add: %v\n%s", err, out)
		}
	}
	_, err = to.target().Publish(t.Context(), makeSite(10, 1).tree("r1"), publish.Options{})
	check(t, err)
}
