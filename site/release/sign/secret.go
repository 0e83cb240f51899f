package sign

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"strings"

	"aead.dev/minisign"
	"github.com/hiddeco/sshsig"
	"golang.org/x/crypto/ssh"
	"golang.org/x/mod/sumdb/note"
)

// namespace keeps signatures of releases apart from others made with ssh keys.
const namespace = "rectify-release"

// ErrPassphrase says that a secret key is encrypted and the passphrase is
// missing or wrong.
var ErrPassphrase = errors.New("the secret key is encrypted and its passphrase is missing or wrong")

// Secret is the key that signs.
type Secret struct{ key ed25519.PrivateKey }

// New makes a key; random is crypto/rand.Reader but in tests.
func New(random io.Reader) (Secret, error) {
	seed := make([]byte, ed25519.SeedSize)
	if _, err := io.ReadFull(random, seed); err != nil {
		return Secret{}, fmt.Errorf("make a key: %w", err)
	}
	return Secret{ed25519.NewKeyFromSeed(seed)}, nil
}

// ParseSecret reads a secret key in the format of OpenSSH. It fails with
// ErrPassphrase where that is what is missing.
func ParseSecret(data, passphrase []byte) (Secret, error) {
	parsed, err := ssh.ParseRawPrivateKey(data)
	var missing *ssh.PassphraseMissingError
	if errors.As(err, &missing) {
		if parsed, err = ssh.ParseRawPrivateKeyWithPassphrase(data, passphrase); err != nil {
			return Secret{}, ErrPassphrase
		}
	}
	if err != nil {
		return Secret{}, fmt.Errorf("read the secret key: %w", err)
	}
	key, ok := parsed.(*ed25519.PrivateKey)
	if !ok {
		return Secret{}, errors.New("read the secret key: it is no Ed25519 key; make one with rectify key new")
	}
	return Secret{*key}, nil
}

// PEM writes the key in the format of OpenSSH, encrypted if there is a
// passphrase.
func (s Secret) PEM(comment string, passphrase []byte) ([]byte, error) {
	var block *pem.Block
	var err error
	if len(passphrase) > 0 {
		block, err = ssh.MarshalPrivateKeyWithPassphrase(s.key, comment, passphrase)
	} else {
		block, err = ssh.MarshalPrivateKey(s.key, comment)
	}
	if err != nil {
		return nil, fmt.Errorf("write the secret key: %w", err)
	}
	return pem.EncodeToMemory(block), nil
}

// Public is the key that checks what this one signs.
func (s Secret) Public() Public {
	return Public{[ed25519.PublicKeySize]byte(s.key.Public().(ed25519.PublicKey))}
}

// The endings of the files of signatures.
const (
	Minisig = ".minisig"
	SSHSig  = ".sig"
)

// Endings lists the endings of the signatures that Sign makes.
func Endings() []string { return []string{Minisig, SSHSig} }

// Sign signs a message in both forms that people check by hand; the result has
// a file for each of Endings. The comment stands in the minisign signature and
// is signed too; it has one line.
func (s Secret) Sign(message []byte, comment string) (map[string][]byte, error) {
	key, err := s.minisign()
	if err != nil {
		return nil, err
	}
	hashed := minisign.NewReader(bytes.NewReader(message))
	if _, err := io.Copy(io.Discard, hashed); err != nil {
		return nil, err
	}
	untrusted := "minisign " + s.Public().Minisign()
	signer, err := ssh.NewSignerFromSigner(s.key)
	if err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	signature, err := sshsig.Sign(bytes.NewReader(message), signer, sshsig.HashSHA512, namespace)
	if err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	return map[string][]byte{
		Minisig: hashed.SignWithComments(key, comment, untrusted),
		SSHSig:  sshsig.Armor(signature),
	}, nil
}

// minisign is the key in the form of that library, which takes keys as text
// only: algorithms, an empty salt, the number of the key, the key, no checksum.
func (s Secret) minisign() (minisign.PrivateKey, error) {
	data := make([]byte, 158)
	copy(data, "Ed\x00\x00B2")
	binary.LittleEndian.PutUint64(data[54:], s.Public().number())
	copy(data[62:], s.key)
	var key minisign.PrivateKey
	err := key.UnmarshalText([]byte(base64.StdEncoding.EncodeToString(data)))
	return key, err
}

// Note signs the text of a checkpoint under the name of its log.
func (s Secret) Note(origin, text string) ([]byte, error) {
	signer, err := note.NewSigner(s.noteKey(origin))
	if err != nil {
		return nil, fmt.Errorf("sign the checkpoint: %w", err)
	}
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	if err != nil {
		return nil, fmt.Errorf("sign the checkpoint: %w", err)
	}
	return signed, nil
}

// noteKey is the secret key as package note takes it.
func (s Secret) noteKey(origin string) string {
	_, rest, _ := strings.Cut(s.Public().NoteKey(origin), "+")
	hash, _, _ := strings.Cut(rest, "+")
	key := append([]byte{1}, s.key.Seed()...) // 1 is Ed25519
	return "PRIVATE+KEY+" + origin + "+" + hash + "+" + base64.StdEncoding.EncodeToString(key)
}

// NewOrigin makes the name of a log from the address of a portal, or from
// something else that is its own: no scheme, no white space, no plus sign.
func NewOrigin(address string) string {
	if _, rest, ok := strings.Cut(address, "://"); ok {
		address = rest
	}
	name := strings.Map(func(r rune) rune {
		if r <= ' ' || r == '+' || r >= 0x7f {
			return '-'
		}
		return r
	}, strings.TrimRight(address, "/"))
	if strings.HasPrefix(name, "SSHSIG") || name == "" {
		name = "log-" + name
	}
	return name
}
