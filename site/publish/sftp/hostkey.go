package sftp

import (
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"
)

// HostKeyError says that the host did not prove to be the one that is known.
type HostKeyError struct {
	Address string
	Type    string   // of the key that it showed, for example "ssh-ed25519"
	Shown   string   // fingerprint of that key (SHA256:…)
	Known   []string // fingerprints that are known, empty if none is
	Changed bool     // it is known with another key
	Revoked bool     // the key that it shows is marked as one that is not to be believed any more
	File    string   // where that key stands; empty for the configuration
}

func (e *HostKeyError) Error() string {
	if e.Revoked {
		return fmt.Sprintf("the key of %s is %s, which is revoked in %s", e.Address, e.Shown, e.File)
	}
	if e.Changed {
		return fmt.Sprintf("the key of %s is %s, not %s: it has changed, or somebody has come between", e.Address, e.Shown, strings.Join(e.Known, ", "))
	}
	return fmt.Sprintf("the key of %s is not known: it shows %s (%s)", e.Address, e.Shown, e.Type)
}

// hostKey is one way to know a host again.
type hostKey struct {
	callback   ssh.HostKeyCallback
	algorithms []string // that the host is asked for; nil leaves it the choice
	known      []string
	file       string
}

// kinds are the kinds of host key, and the algorithms that prove each.
var kinds = [][]string{
	{ssh.KeyAlgoED25519},
	{ssh.KeyAlgoECDSA256, ssh.KeyAlgoECDSA384, ssh.KeyAlgoECDSA521},
	{ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256},
}

// hostKey gives the ways to know the host again, to be tried in order.
func (c Config) hostKey() ([]hostKey, error) {
	if c.HostKey == "" {
		return c.fromFiles()
	}
	if strings.HasPrefix(c.HostKey, "SHA256:") {
		var all []hostKey
		for _, algorithms := range kinds {
			all = append(all, c.pinned(c.HostKey, algorithms))
		}
		return all, nil
	}
	key, _, _, _, err := ssh.ParseAuthorizedKey([]byte(c.HostKey))
	if err != nil {
		return nil, fmt.Errorf("read the host key %q: %w", c.HostKey, err)
	}
	return []hostKey{c.pinned(ssh.FingerprintSHA256(key), algorithmsOf(key))}, nil
}

// stranger takes whatever key the host shows, to tell of it, and goes no further.
func (c Config) stranger(instead hostKey) hostKey {
	return hostKey{callback: func(_ string, _ net.Addr, key ssh.PublicKey) error {
		return &HostKeyError{
			Address: c.address(), Type: key.Type(), Shown: ssh.FingerprintSHA256(key),
			Known: instead.known, Changed: true, File: instead.file,
		}
	}}
}

// pinned accepts the key with one fingerprint only.
func (c Config) pinned(fingerprint string, algorithms []string) hostKey {
	return hostKey{
		algorithms: algorithms,
		known:      []string{fingerprint},
		callback: func(_ string, _ net.Addr, key ssh.PublicKey) error {
			if shown := ssh.FingerprintSHA256(key); shown != fingerprint {
				return &HostKeyError{Address: c.address(), Type: key.Type(), Shown: shown, Known: []string{fingerprint}, Changed: true}
			}
			return nil
		},
	}
}

// fromFiles looks the host up in known_hosts. It is asked for the kinds of key
// that stand there: with another kind, which it may have as well, it would seem
// to have changed.
func (c Config) fromFiles() ([]hostKey, error) {
	var files []string
	for _, file := range c.KnownHosts {
		if _, err := os.Stat(file); err == nil {
			files = append(files, file)
		}
	}
	check, err := knownhosts.New(files...)
	if err != nil {
		return nil, fmt.Errorf("read known_hosts: %w", err)
	}
	h := hostKey{callback: func(host string, remote net.Addr, key ssh.PublicKey) error {
		err := check(host, remote, key)
		if err == nil {
			return nil
		}
		wrong := &HostKeyError{Address: c.address(), Type: key.Type(), Shown: ssh.FingerprintSHA256(key)}
		var unlike *knownhosts.KeyError
		var revoked *knownhosts.RevokedError
		switch {
		case errors.As(err, &unlike):
			wrong.Changed = len(unlike.Want) > 0
			for _, known := range unlike.Want {
				wrong.Known, wrong.File = append(wrong.Known, ssh.FingerprintSHA256(known.Key)), known.Filename
			}
		case errors.As(err, &revoked):
			wrong.Changed, wrong.Revoked, wrong.File = true, true, revoked.Revoked.Filename
			wrong.Known = []string{ssh.FingerprintSHA256(revoked.Revoked.Key)}
		default:
			return err
		}
		return wrong
	}}
	// A key that nobody has brings the list of those that are known.
	stranger, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	key, err := ssh.NewPublicKey(stranger)
	if err != nil {
		return nil, err
	}
	var unlike *knownhosts.KeyError
	if errors.As(check(c.address(), &net.TCPAddr{}, key), &unlike) {
		for _, known := range unlike.Want {
			h.algorithms = append(h.algorithms, algorithmsOf(known.Key)...)
			h.known, h.file = append(h.known, ssh.FingerprintSHA256(known.Key)), known.Filename
		}
	}
	return []hostKey{h}, nil
}

// algorithmsOf gives the algorithms by which a key can be proved. The name of
// an RSA key is also that of an algorithm that nobody should use any more.
func algorithmsOf(key ssh.PublicKey) []string {
	if key.Type() == ssh.KeyAlgoRSA {
		return []string{ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256}
	}
	return []string{key.Type()}
}
