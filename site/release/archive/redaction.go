package archive

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"slices"
)

// ErrRedacted says that a file was taken out of the archive for good, because
// it should never have been published. Its redaction says when and why.
var ErrRedacted = errors.New("it was redacted")

// tombstoneName is the file of a redaction that is signed.
const tombstoneName = "redaction.json"

// Redaction is the tombstone of one content: the one lawful exception to the
// rule that an archive is never rewritten. It keeps the digest, so that every
// manifest still holds.
type Redaction struct {
	Format int     `json:"format"`
	Time   string  `json:"time"` // RFC 3339, +08:00
	SHA256 string  `json:"sha256"`
	Size   int64   `json:"size"`
	Places []Place `json:"places"` // everywhere the content was
	Reason string  `json:"reason"`
	Signer string  `json:"signer,omitempty"`
	Log    Entry   `json:"log"`

	Digest string `json:"-"` // of the tombstone
	dir    string
}

// Place is a file of a release.
type Place struct {
	Release string `json:"release"`
	Part    string `json:"part"`
	Path    string `json:"path"`
}

// Encode gives the bytes that are signed.
func (t *Redaction) Encode() ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(t)
	return out.Bytes(), err
}

// loadRedactions reads all tombstones.
func (a *Archive) loadRedactions() (damage []error, err error) {
	names, err := a.names(redactionsDir)
	if err != nil {
		return nil, err
	}
	a.redacted = map[string]bool{}
	for _, name := range names {
		if isHidden(name) {
			continue
		}
		t := &Redaction{dir: path.Join(redactionsDir, name)}
		at := path.Join(t.dir, tombstoneName)
		data, err := a.root.ReadFile(at)
		if err == nil {
			err = json.Unmarshal(data, t)
		}
		if err == nil && t.SHA256 != name {
			err = fmt.Errorf("it is that of %s", t.SHA256)
		}
		if err != nil {
			damage = append(damage, unreadable(at, err))
			continue
		}
		if t.Format > Format {
			return nil, ErrNewer
		}
		t.Digest = digestOf(data)
		a.redactions = append(a.redactions, t)
		a.redacted[t.SHA256] = true
	}
	slices.SortFunc(a.redactions, func(x, y *Redaction) int { return cmp.Compare(x.Log.Index, y.Log.Index) })
	return damage, nil
}

// RedactionFile reads a file that lies beside a redaction: the tombstone
// itself, a signature, its checkpoint.
func (a *Archive) RedactionFile(t *Redaction, name string) ([]byte, error) {
	return a.root.ReadFile(path.Join(t.dir, path.Base(name)))
}
