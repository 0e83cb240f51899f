package archive

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"

	"rectify/site/internal/device"
)

// Format is the newest format of manifests that this program reads.
const Format = 1

// Manifest is what one release says of itself. It is small, names no person,
// and is what is signed: through the digests of the two lists it vouches for
// every file of the release. Digests are SHA-256 in hexadecimal.
type Manifest struct {
	Format   int       `json:"format"`
	ID       string    `json:"id"`
	Time     string    `json:"time"` // RFC 3339, always +08:00; the clock of the build
	Portal   Portal    `json:"portal"`
	Previous *Previous `json:"previous"` // null for the first release
	Content  string    `json:"content_digest"`
	Reports  []Totals  `json:"reports"`
	Site     Part      `json:"site"` // what a host serves
	Data     Part      `json:"data"` // the public part of the data files, and their JSON Schemas
	Mark     string    `json:"archived_state_css"`
	Program  Program   `json:"program"`
	Signer   string    `json:"signer,omitempty"` // fingerprint of the key (SHA256:…); without one the release is unsigned
	Log      Entry     `json:"log"`
}

// Portal names the portal as it was.
type Portal struct {
	Name     string `json:"name"`
	Unit     string `json:"unit"`
	BaseURL  string `json:"base_url,omitempty"`
	Language string `json:"language"`
}

// Previous is the release before, and the digest of its manifest.
type Previous struct {
	ID       string `json:"id"`
	Manifest string `json:"manifest_sha256"`
}

// Totals are those of one report: what its text declares and what was
// published, side by side.
type Totals struct {
	Report    string         `json:"report"`
	Issues    int            `json:"issues"`
	Measures  int            `json:"measures"`
	Withdrawn int            `json:"withdrawn"`
	Status    map[string]int `json:"status"`
	Declared  []Declared     `json:"declared,omitempty"`
}

// Declared is a total that the text of a report states.
type Declared struct {
	Label string `json:"label"`
	N     int    `json:"n"`
	Unit  string `json:"unit,omitempty"`
}

// Part is one of the two trees of files of a release.
type Part struct {
	Files int    `json:"files"`
	Bytes int64  `json:"bytes"`
	List  string `json:"list_sha256"` // of the list with sizes and media types, one JSON object a line
	Sums  string `json:"sums_sha256"` // of the same list in the form of sha256sum
}

// Program is what made the site.
type Program struct {
	Version string `json:"version"`
	Theme   string `json:"theme_sha256"`
	Clock   string `json:"clock"` // the day against which deadlines were held
}

// Entry is the place of the manifest in the release log, counted from 0.
type Entry struct {
	Origin string `json:"origin"`
	Index  int64  `json:"index"`
}

// Encode gives the bytes that are signed.
func (m *Manifest) Encode() ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(m)
	return out.Bytes(), err
}

// ParseManifest reads what Encode wrote. It fails with ErrNewer where a later
// version of this program did.
func ParseManifest(data []byte) (*Manifest, error) {
	m := &Manifest{}
	if err := json.Unmarshal(data, m); err != nil {
		return nil, err
	}
	if m.Format > Format {
		return nil, ErrNewer
	}
	if m.Format < 1 || !ValidID(m.ID) {
		return nil, fmt.Errorf("it is no manifest of a release")
	}
	return m, nil
}

var idForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,63}$`)

// reserved are names that the site has beside its releases.
var reserved = regexp.MustCompile(`^(index(-[0-9]+)?|log|keys|redactions)$`)

// ValidID tells whether a text can name a release: up to 64 lower-case
// letters, digits and hyphens.
func ValidID(id string) bool {
	return idForm.MatchString(id) && !reserved.MatchString(id) && !device.Is(id)
}

// digestOf is the SHA-256 of data in hexadecimal.
func digestOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
