package publish

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"
)

// format is the version of everything under StateDir. A reader refuses a
// higher one: it may keep promises that this version does not know.
const format = 1

// LargestState bounds, in bytes, what is read of a host before it is understood. 100,000
// files take about 20 MB.
const LargestState = 256 << 20

// entry is a file as it lies on a target.
type entry struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"`   // as stored
	SHA256 string `json:"sha256"` // as stored
	Stamp  string `json:"stamp"`  // as the target gave it right after, "" if that proves nothing

	// Source is the digest of the file of the tree from which this one was
	// compressed; empty where it was not.
	Source string `json:"source,omitempty"`

	// Header tells which headers were stored with the content.
	Header string `json:"header,omitempty"`

	// Beside is as in File.
	Beside bool `json:"beside,omitempty"`

	// Kept is the time, in seconds since 1970, at which the release that this
	// hashed asset belongs to was replaced; 0 for a file of this release.
	Kept int64 `json:"kept,omitempty"`
}

// record says what a publisher put on a target under the name of a release.
type record struct {
	Format  int     `json:"format"`
	Release string  `json:"release"`
	Digest  string  `json:"digest"` // of the tree
	At      string  `json:"at"`     // RFC 3339, by the publisher's clock
	Files   []entry `json:"files"`

	// Redacted are the files of the tree that are not here.
	Redacted []File `json:"redacted,omitempty"`

	// For is the digest of the tree that is being made in an unfinished folder.
	// Files are then those of the release that it was before. It is set once
	// nothing is left there that somebody edited in that release.
	For string `json:"for,omitempty"`

	// Date is the stamp of what was sent for that tree, and read back. Nothing
	// else has it.
	Date string `json:"date,omitempty"`
}

func (r *record) byPath() map[string]entry {
	if r == nil {
		return nil
	}
	index := make(map[string]entry, len(r.Files))
	for _, e := range r.Files {
		index[e.Path] = e
	}
	return index
}

// racy is how old the time of a file's last change has to be before it says
// anything: SFTP counts in seconds, so a file may be written twice in one.
const racy = 2 * time.Second

// stampAt gives the stamp of a file that was listed at a time of the host's
// clock, or "" if a later change might leave the same stamp.
func (f Found) stampAt(now time.Time) string {
	if !strings.HasPrefix(f.Stamp, sumStamp) && !f.modified.IsZero() && now.Sub(f.modified) < racy {
		return ""
	}
	return f.Stamp
}

// visit is a line of the history: a release that was made, or was about to be
// made, what visitors see.
type visit struct {
	Release string `json:"release"`
	At      string `json:"at"`

	// Back says that somebody went back to it, so the next step back is one
	// further.
	Back bool `json:"back,omitempty"`
}

// history is what a target remembers of its releases, oldest first.
type history struct {
	Format int     `json:"format"`
	Visits []visit `json:"visits"`
}

// longestHistory bounds a file that is rewritten at every publication.
const longestHistory = 1000

func (h *history) add(release string, back bool, now time.Time) {
	h.Format = format
	h.Visits = append(h.Visits, visit{release, now.UTC().Format(time.RFC3339), back})
	if over := len(h.Visits) - longestHistory; over > 0 {
		h.Visits = h.Visits[over:]
	}
}

// before gives the release to which one step back leads from what visitors see
// now: the one that they saw before it. Who goes back twice comes two releases
// back, and not to where the first step began. A line is written before the switch
// it announces, so the last one may tell of a switch that never came.
func (h *history) before(live string) string {
	visits := h.Visits
	for i, v := range visits {
		if v.Release == live {
			visits = h.Visits[:i+1]
		}
	}
	var way []string // the releases before, and this one
	for _, v := range visits {
		if at := slices.Index(way, v.Release); v.Back && at >= 0 {
			way = way[:at]
		}
		way = append(way, v.Release)
	}
	for _, release := range slices.Backward(way) {
		if release != live {
			return release
		}
	}
	return ""
}

// latest orders releases by their last visit: the larger, the later.
func (h *history) latest() map[string]int {
	order := map[string]int{}
	for i, v := range h.Visits {
		order[v.Release] = i + 1
	}
	return order
}

// encode makes a file of a record. It is compressed because it travels twice at
// every publication.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	if err != nil {
		return nil, err
	}
	if err := json.NewEncoder(z).Encode(v); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// decode reads a file of a record. One that cannot be understood is as good as
// none: what it knew is found out again by reading the host.
func decode(data []byte, v any) (ok bool, err error) {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return false, nil
	}
	plain, err := io.ReadAll(io.LimitReader(z, LargestState))
	if err != nil {
		return false, nil
	}
	var versioned struct {
		Format int `json:"format"`
	}
	if json.Unmarshal(plain, &versioned) == nil && versioned.Format > format {
		return false, ErrNewer
	}
	return json.Unmarshal(plain, v) == nil, nil
}

// load reads a file of the shelf; ok is false where there is none.
func load(s Shelf, name string, v any) (ok bool, err error) {
	data, err := s.Get(name)
	var foreign *ForeignError
	if errors.Is(err, fs.ErrNotExist) || errors.As(err, &foreign) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("read %s/%s: %w", StateDir, name, err)
	}
	if ok, err = decode(data, v); err != nil {
		return false, fmt.Errorf("read %s/%s: %w", StateDir, name, err)
	}
	return ok, nil
}

func save(s Shelf, name string, v any) error {
	data, err := encode(v)
	if err != nil {
		return err
	}
	if err := s.Set(name, data); err != nil {
		return fmt.Errorf("write %s/%s: %w", StateDir, name, err)
	}
	return nil
}

// loadRecord reads a record and refuses one whose paths lead elsewhere: they
// become links and removals, and its release the name of a folder. nil means that there is none to rely on.
func loadRecord(s Shelf, name string) (*record, error) {
	var r record
	ok, err := load(s, name, &r)
	if err != nil || !ok {
		return nil, err
	}
	if r.Release != "" && !isID(r.Release) {
		return nil, nil
	}
	for _, e := range r.Files {
		if checkPath(e.Path) != nil || e.Size < 0 {
			return nil, nil
		}
	}
	return &r, nil
}
