package sign

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// key is a key of the tests: the same for the same n.
func key(t *testing.T, n byte) Secret {
	t.Helper()
	s, err := New(bytes.NewReader(bytes.Repeat([]byte{n}, 32)))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var message = []byte(`{"id": "2025-03"}` + "\n")

func signatures(t *testing.T, s Secret) map[string][]byte {
	t.Helper()
	out, err := s.Sign(message, "rectify release 2025-03")
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestSignaturesFitTheirKeyAndMessageOnly(t *testing.T) {
	mine, other := key(t, 1), key(t, 2)
	for ending, signature := range signatures(t, mine) {
		if !mine.Public().Verify(ending, message, signature) {
			t.Errorf("%s: its own signature was refused", ending)
		}
		if other.Public().Verify(ending, message, signature) {
			t.Errorf("%s: another key took it", ending)
		}
		if mine.Public().Verify(ending, append(bytes.Clone(message), ' '), signature) {
			t.Errorf("%s: it fits another message", ending)
		}
		if again := signatures(t, mine)[ending]; !bytes.Equal(again, signature) {
			t.Errorf("%s: signing twice gives other bytes", ending)
		}
	}
}

// outside writes files into a folder and runs a tool there.
func outside(t *testing.T, files map[string][]byte, stdin []byte, name string, args ...string) (string, error) {
	t.Helper()
	dir := t.TempDir()
	for file, data := range files {
		if err := os.WriteFile(filepath.Join(dir, file), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run := exec.Command(name, args...)
	run.Dir, run.Stdin = dir, bytes.NewReader(stdin)
	out, err := run.CombinedOutput()
	return string(out), err
}

func TestMinisignTakesTheSignature(t *testing.T) {
	s := key(t, 1)
	for _, changed := range []bool{false, true} {
		text := message
		if changed {
			text = bytes.ToUpper(message)
		}
		out, err := outside(t, map[string][]byte{
			"manifest.json": text, "manifest.json.minisig": signatures(t, s)[Minisig], "key.pub": s.Public().MinisignFile(),
		}, nil, "minisign", "-V", "-p", "key.pub", "-m", "manifest.json")
		if (err != nil) != changed || !changed && !strings.Contains(out, "Trusted comment: rectify release 2025-03") {
			t.Errorf("changed %v: %v\n%s", changed, err, out)
		}
	}
}

func TestSSHKeygenTakesTheSignature(t *testing.T) {
	s := key(t, 1)
	for _, changed := range []bool{false, true} {
		text := message
		if changed {
			text = bytes.ToUpper(message)
		}
		out, err := outside(t, map[string][]byte{
			"allowed_signers": AllowedSigners([]Public{key(t, 2).Public(), s.Public()}), "manifest.json.sig": signatures(t, s)[SSHSig],
		}, text, "ssh-keygen", "-Y", "verify", "-f", "allowed_signers", "-I", "release", "-n", "rectify-release", "-s", "manifest.json.sig")
		if (err != nil) != changed {
			t.Errorf("changed %v: %v\n%s", changed, err, out)
		}
	}
}

func TestSecretKeyIsAKeyOfOpenSSH(t *testing.T) {
	s := key(t, 1)
	for _, passphrase := range []string{"", "示例口令"} {
		data, err := s.PEM("示例局", []byte(passphrase))
		if err != nil {
			t.Fatal(err)
		}
		out, err := outside(t, map[string][]byte{"key": data}, nil, "ssh-keygen", "-y", "-P", passphrase, "-f", "key")
		if err != nil || !strings.HasPrefix(out, s.Public().SSH()) {
			t.Errorf("%v\n%s", err, out)
		}
		back, err := ParseSecret(data, []byte(passphrase))
		if err != nil || back.Public() != s.Public() {
			t.Errorf("read back: %v", err)
		}
		if passphrase != "" {
			if _, err := ParseSecret(data, []byte("wrong")); !errors.Is(err, ErrPassphrase) {
				t.Errorf("a wrong passphrase: %v", err)
			}
		}
	}
	out, err := outside(t, map[string][]byte{"key.pub": []byte(s.Public().SSH() + "\n")}, nil, "ssh-keygen", "-l", "-f", "key.pub")
	if err != nil || !strings.Contains(out, s.Public().Fingerprint()) {
		t.Errorf("%v: %s has no %s", err, out, s.Public().Fingerprint())
	}
}

func TestPublicKeyIsReadInBothForms(t *testing.T) {
	want := key(t, 1).Public()
	for _, text := range []string{want.SSH(), want.SSH() + " 示例局\n", want.Minisign(), string(want.MinisignFile())} {
		if got, err := ParsePublic(text); err != nil || got != want {
			t.Errorf("%q: %v", text, err)
		}
	}
	for _, text := range []string{"", "RWQ", "ssh-ed25519 AAAA", "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7", "hello"} {
		if _, err := ParsePublic(text); err == nil {
			t.Errorf("%q was taken", text)
		}
	}
}

func TestCheckpointIsSignedUnderTheNameOfItsLog(t *testing.T) {
	const origin = "www.example.org/zg"
	text := origin + "\n3\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
	mine, other := key(t, 1), key(t, 2)
	signed, err := mine.Note(origin, text)
	if err != nil {
		t.Fatal(err)
	}
	if by, err := VerifyNote(signed, origin, []Public{other.Public(), mine.Public()}); err != nil || by != mine.Public() {
		t.Errorf("%v %v", by, err)
	}
	for name, test := range map[string]struct {
		note   []byte
		origin string
		keys   []Public
	}{
		"another key":   {signed, origin, []Public{other.Public()}},
		"another log":   {signed, "example.org", []Public{mine.Public()}},
		"another size":  {bytes.Replace(signed, []byte("\n3\n"), []byte("\n4\n"), 1), origin, []Public{mine.Public()}},
		"no signature":  {[]byte(text), origin, []Public{mine.Public()}},
		"nobody's keys": {signed, origin, nil},
	} {
		if _, err := VerifyNote(test.note, test.origin, test.keys); err == nil {
			t.Errorf("%s: it was taken", name)
		}
	}
}

func TestNameOfALogFitsANote(t *testing.T) {
	for address, want := range map[string]string{
		"https://www.example.org/zg/": "www.example.org/zg",
		"https://示例.example.org/a b+": "--.example.org/a-b-",
		"SSHSIG":                      "log-SSHSIG",
		"":                            "log-",
	} {
		got := NewOrigin(address)
		if got != want {
			t.Errorf("%q: %q, want %q", address, got, want)
		}
		if _, err := key(t, 1).Note(got, got+"\n0\n\n"); err != nil {
			t.Error(err)
		}
	}
}
