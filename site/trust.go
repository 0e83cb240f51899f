package site

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/spf13/afero"

	"rectify/site/internal/osdisk"
	"rectify/site/load"
	"rectify/site/model"
)

// trustHead begins a trust.yaml that the program makes.
const trustHead = "# 签名用的公钥,公开。换过的、遗失的也留着,写上 until 和 note,以便核对过去的各期。\nkeys:\n"

// KeyEntry is a key as an entry of trust.yaml.
func KeyEntry(k model.TrustedKey) string { return keyEntry("  ", k) }

func keyEntry(indent string, k model.TrustedKey) string {
	return fmt.Sprintf("%[1]s- name: %[2]q\n%[1]s  public: %[3]s\n%[1]s  from: %[4]s\n", indent, k.Name, k.Public, k.From)
}

// TrustedKeys reads the keys of a portal; there are none where it has no
// trust.yaml.
func TrustedKeys(dir string) ([]model.TrustedKey, error) {
	text, err := os.ReadFile(filepath.Join(dir, DataDir, TrustName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return keysIn(text)
}

func keysIn(text []byte) ([]model.TrustedKey, error) {
	disk := afero.NewMemMapFs()
	if err := afero.WriteFile(disk, DataDir+"/"+TrustName, text, 0o644); err != nil {
		return nil, err
	}
	trust, found := load.Trust(disk, DataDir)
	if found.HasErrors() {
		found.AddFrames(disk)
		return nil, &ProblemError{Problems: found}
	}
	return trust.Keys, nil
}

// ErrByHand says that trust.yaml is written in a way that the program does not
// change, so that somebody has to.
var ErrByHand = errors.New("trust.yaml has to be changed by hand")

// EnterKey adds a key to the trust.yaml of a portal, behind the others. With
// replace those that are in force sign until the day on which the new one
// begins. What else stands in the file, comments too, stays as it is: where that
// cannot be, it fails with ErrByHand and changes nothing.
func EnterKey(dir string, k model.TrustedKey, replace bool) error {
	name := filepath.Join(dir, DataDir, TrustName)
	text, err := os.ReadFile(name)
	put := osdisk.WriteWhole
	if errors.Is(err, fs.ErrNotExist) {
		text, put, err = []byte(trustHead+KeyEntry(k)), osdisk.WriteNew, nil
	} else if err == nil {
		text, err = withKey(text, k, replace)
	}
	if err != nil {
		return err
	}
	err = put(name, 0o644, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

var (
	// publicLine is where an entry has its key, each key of it on its own line.
	publicLine = regexp.MustCompile(`^( *)(- )?public: *["']?(ssh-ed25519 [A-Za-z0-9+/=]+)`)

	// entryLine begins an entry.
	entryLine = regexp.MustCompile(`(?m)^( *)- `)
)

// withKey is the text of trust.yaml with one key more. The result is read again:
// it must say what was meant, whatever the form of the file.
func withKey(text []byte, k model.TrustedKey, replace bool) ([]byte, error) {
	was, err := keysIn(text)
	if err != nil {
		return nil, err
	}
	var want []model.TrustedKey
	ended := map[model.PublicKey]bool{}
	for _, old := range was {
		if replace && old.In(k.From) && old.Until == "" {
			old.Until, ended[old.Public] = k.From, true
		}
		want = append(want, old)
	}
	want = append(want, k)
	var out strings.Builder
	for line := range strings.Lines(string(text)) {
		out.WriteString(line)
		if !strings.HasSuffix(line, "\n") {
			out.WriteString("\n")
		}
		m := publicLine.FindStringSubmatch(line)
		if m != nil && ended[model.PublicKey(m[3])] {
			fmt.Fprintf(&out, "%s%suntil: %s\n", m[1], strings.Repeat(" ", len(m[2])), k.From)
		}
	}
	indent := "  "
	if m := entryLine.FindSubmatch(text); m != nil {
		indent = string(m[1])
	}
	out.WriteString(keyEntry(indent, k))
	made := []byte(out.String())
	is, err := keysIn(made)
	if err != nil || len(is) != len(want) {
		return nil, ErrByHand
	}
	for i := range is {
		a, b := is[i], want[i]
		if a.Name != b.Name || a.Public != b.Public || a.From != b.From || a.Until != b.Until || a.Note != b.Note {
			return nil, ErrByHand
		}
	}
	return made, nil
}
