package sign

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"aead.dev/minisign"
	"github.com/hiddeco/sshsig"
	"golang.org/x/crypto/ssh"
	"golang.org/x/mod/sumdb/note"
)

// Public is a key that checks signatures. Keys can be compared.
type Public struct{ key [ed25519.PublicKeySize]byte }

// ParsePublic reads a public key in one of its written forms: a line of OpenSSH
// (ssh-ed25519 AAAA…) or a key of minisign (RW…), with or without comments.
func ParsePublic(text string) (Public, error) {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "untrusted comment:") {
			continue
		}
		if strings.HasPrefix(line, "RW") {
			data, err := base64.StdEncoding.DecodeString(line)
			if err != nil || len(data) != 42 {
				return Public{}, errors.New("it is no key of minisign")
			}
			return Public{[ed25519.PublicKeySize]byte(data[10:])}, nil
		}
		return parseSSH(line)
	}
	return Public{}, errors.New("it holds no key")
}

func parseSSH(line string) (Public, error) {
	parsed, _, _, _, err := ssh.ParseAuthorizedKey([]byte(line))
	if err != nil {
		return Public{}, errors.New("it is no public key of OpenSSH (ssh-ed25519 AAAA…)")
	}
	holder, ok := parsed.(ssh.CryptoPublicKey)
	if !ok {
		return Public{}, errors.New("it is no Ed25519 key")
	}
	key, ok := holder.CryptoPublicKey().(ed25519.PublicKey)
	if !ok {
		return Public{}, errors.New("it is no Ed25519 key")
	}
	return Public{[ed25519.PublicKeySize]byte(key)}, nil
}

// number is the number of the key in minisign's form. It follows from the key,
// so that a line of OpenSSH is enough to know both.
func (p Public) number() uint64 {
	sum := sha256.Sum256(p.key[:])
	return binary.LittleEndian.Uint64(sum[:])
}

func (p Public) ssh() ssh.PublicKey {
	key, err := ssh.NewPublicKey(ed25519.PublicKey(p.key[:]))
	if err != nil {
		panic("sign: " + err.Error()) // an Ed25519 key of the right size
	}
	return key
}

// Fingerprint is the short form of the key for people: SHA256:…, as ssh-keygen
// -l shows it.
func (p Public) Fingerprint() string { return ssh.FingerprintSHA256(p.ssh()) }

// SSH is the key as OpenSSH writes it, on one line without a line end.
func (p Public) SSH() string {
	return strings.TrimSuffix(string(ssh.MarshalAuthorizedKey(p.ssh())), "\n")
}

// Minisign is the key as minisign writes it, on one line without a line end.
func (p Public) Minisign() string {
	data := binary.LittleEndian.AppendUint64([]byte("Ed"), p.number())
	return base64.StdEncoding.EncodeToString(append(data, p.key[:]...))
}

// MinisignFile is a public key file for minisign -p.
func (p Public) MinisignFile() []byte {
	return []byte("untrusted comment: " + p.Fingerprint() + "\n" + p.Minisign() + "\n")
}

// NoteKey is the key as verifiers of the log of that name take it.
func (p Public) NoteKey(origin string) string {
	key, err := note.NewEd25519VerifierKey(origin, p.key[:])
	if err != nil {
		panic("sign: " + err.Error()) // a key of the right size
	}
	return key
}

// AllowedSigners is a file for ssh-keygen -Y verify -I release.
func AllowedSigners(keys []Public) []byte {
	var out bytes.Buffer
	for _, key := range keys {
		fmt.Fprintf(&out, "release namespaces=%q %s\n", namespace, key.SSH())
	}
	return out.Bytes()
}

// Verify tells whether a signature with one of Endings is this key's, over this
// message.
func (p Public) Verify(ending string, message, signature []byte) bool {
	switch ending {
	case Minisig:
		var key minisign.PublicKey
		if err := key.UnmarshalText([]byte(p.Minisign())); err != nil {
			return false
		}
		return minisign.Verify(key, message, signature)
	case SSHSig:
		parsed, err := sshsig.Unarmor(signature)
		if err != nil {
			return false
		}
		return sshsig.Verify(bytes.NewReader(message), parsed, p.ssh(), sshsig.HashSHA512, namespace) == nil
	}
	return false
}

// ErrUnsigned says that a note carries no signature of a key that is known.
var ErrUnsigned = errors.New("no signature of a known key")

// VerifyNote tells which of the keys signed a checkpoint under the name of its
// log. It fails with ErrUnsigned where none did, and otherwise where a
// signature of a known key does not fit.
func VerifyNote(signed []byte, origin string, keys []Public) (Public, error) {
	var known []note.Verifier
	byHash := map[uint32]Public{}
	for _, key := range keys {
		verifier, err := note.NewVerifier(key.NoteKey(origin))
		if err != nil {
			return Public{}, fmt.Errorf("check the checkpoint: %w", err)
		}
		if _, twice := byHash[verifier.KeyHash()]; twice {
			continue
		}
		known = append(known, verifier)
		byHash[verifier.KeyHash()] = key
	}
	if !bytes.Contains(signed, []byte("\n\n")) {
		return Public{}, ErrUnsigned
	}
	opened, err := note.Open(signed, note.VerifierList(known...))
	var unverified *note.UnverifiedNoteError
	if errors.As(err, &unverified) {
		return Public{}, ErrUnsigned
	}
	if err != nil {
		return Public{}, fmt.Errorf("check the checkpoint: %w", err)
	}
	return byHash[opened.Sigs[0].Hash], nil
}
