package emit

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/spf13/afero"
)

// format is the version of all records below. A reader refuses a higher one.
const format = 1

// File is one file of the site as the manifest lists it.
type File struct {
	Path   string `json:"path"`   // slash separated, relative to the folder
	Size   int64  `json:"size"`   // in bytes
	SHA256 string `json:"sha256"` // in lower case hexadecimal
}

// content is what makes two files the same.
type content struct {
	size int64
	sum  [sha256.Size]byte
}

// manifest is what the last finished build put into the folder.
type manifest struct {
	files  []File
	byPath map[string]content
	digest string
}

// encodeManifest writes one file a line, so that two releases can be compared
// with any diff. Nothing in it depends on the machine or the time.
func encodeManifest(files []File) (data []byte, digest string) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "{\"format\":%d,\"files\":[", format)
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for i, f := range files {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
		_ = enc.Encode(f) // strings and a number into memory: cannot fail
		b.Truncate(b.Len() - 1)
	}
	b.WriteString("\n]}\n")
	return b.Bytes(), digestOf(b.Bytes())
}

func digestOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// readManifest returns nil without an error if there is none or if it is
// damaged: either way it proves nothing, and a build writes it anew.
func readManifest(d disk) (*manifest, error) {
	var doc struct {
		Format int    `json:"format"`
		Files  []File `json:"files"`
	}
	data, err := readRecord(d, manifestName, &doc)
	if err != nil || data == nil {
		return nil, err
	}
	if doc.Format > format {
		return nil, ErrNewer
	}
	m := &manifest{files: doc.Files, byPath: make(map[string]content, len(doc.Files)), digest: digestOf(data)}
	for _, f := range doc.Files {
		c := content{size: f.Size}
		n, err := hex.Decode(c.sum[:], []byte(f.SHA256[:min(len(f.SHA256), 2*sha256.Size)]))
		if err != nil || n != sha256.Size || len(f.SHA256) != 2*sha256.Size || checkPath(f.Path) != nil {
			return nil, nil
		}
		m.byPath[f.Path] = c
	}
	sorted := slices.IsSortedFunc(doc.Files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	if doc.Format < 1 || !sorted || len(m.byPath) != len(doc.Files) {
		return nil, nil
	}
	return m, nil
}

// journal lists the paths that a commit makes and those that it removes. What
// stands there is ours even if no manifest says so.
type journal struct {
	Format int      `json:"format"`
	Paths  []string `json:"paths"`
}

// readJournal returns the paths, and whether there is a journal at all. A
// damaged one owns nothing, but it still tells that a build did not end.
func readJournal(d disk) (paths []string, there bool, err error) {
	if _, err := d.lstat(journalName); err != nil {
		return nil, false, ignoreAbsent(err)
	}
	var j journal
	data, err := readRecord(d, journalName, &j)
	if err != nil {
		return nil, true, err
	}
	if j.Format > format {
		return nil, true, ErrNewer
	}
	if data == nil || slices.ContainsFunc(j.Paths, func(p string) bool { return checkPath(p) != nil }) {
		return nil, true, nil
	}
	return j.Paths, true, nil
}

// seen holds the mtimes, in nanoseconds, by which files are known again
// without reading them. See doc.go for what makes an mtime trustworthy.
type seen struct {
	Format   int              `json:"format"`
	Manifest string           `json:"manifest"` // digest of the manifest it goes with
	Mtimes   map[string]int64 `json:"mtimes"`
}

func readSeen(d disk, manifestDigest string) (map[string]int64, error) {
	var s seen
	data, err := readRecord(d, seenName, &s)
	if err != nil || data == nil || s.Format != format || s.Manifest != manifestDigest {
		return nil, err
	}
	return s.Mtimes, nil
}

// readRecord returns nil data if the record is absent, is no plain file or is
// not JSON of the shape of v.
func readRecord(d disk, name string, v any) ([]byte, error) {
	info, err := d.lstat(name)
	if err != nil || !info.Mode().IsRegular() {
		return nil, ignoreAbsent(err)
	}
	data, err := afero.ReadFile(d.fs, d.full(name))
	if err != nil {
		return nil, ignoreAbsent(err)
	}
	// A newer format may have another shape: what counts then is its number.
	if isNewer(data) {
		return nil, ErrNewer
	}
	if json.Unmarshal(data, v) != nil {
		return nil, nil
	}
	return data, nil
}

// isNewer looks for the format of a record, which mostly is its first key: a
// manifest of 100,000 files is not read twice.
func isNewer(data []byte) bool {
	d := json.NewDecoder(bytes.NewReader(data))
	_, _ = d.Token()
	if key, err := d.Token(); err == nil && key == "format" {
		var n int
		if d.Decode(&n) == nil {
			return n > format
		}
	}
	var versioned struct {
		Format int `json:"format"`
	}
	_ = json.Unmarshal(data, &versioned) // of another shape it may be, and still say its number
	return versioned.Format > format
}

// prepare writes a record completely under its fresh name.
func prepare(d disk, name string, data []byte) error {
	if err := ignoreAbsent(d.remove(name + fresh)); err != nil {
		return d.wrap(name, err)
	}
	return d.wrap(name, d.create(name+fresh, data))
}

// enact gives a prepared record its name.
func enact(d disk, name string) error {
	return d.wrap(name, d.rename(name+fresh, name))
}

// discard removes what was prepared and not enacted.
func discard(d disk) error {
	var failed error
	for _, name := range []string{manifestName, seenName, journalName} {
		if err := d.remove(name + fresh); err != nil && !errors.Is(err, fs.ErrNotExist) {
			failed = errors.Join(failed, err)
		}
	}
	return failed
}
