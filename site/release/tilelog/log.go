package tilelog

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

const (
	height = 8 // of a tile: 256 hashes
	width  = 1 << height
)

// Log is a release log in memory.
type Log struct {
	entries [][]byte
	hashes  []tlog.Hash
}

// Open reads a log of a size from its files; read is given their paths below
// the log's folder.
func Open(size int64, read func(name string) ([]byte, error)) (*Log, error) {
	l := &Log{}
	for n := int64(0); n*width < size; n++ {
		w := min(size-n*width, width)
		name := bundlePath(n, w)
		data, err := read(name)
		if err != nil {
			return nil, err
		}
		entries, err := splitBundle(data)
		if err != nil || int64(len(entries)) != w {
			return nil, fmt.Errorf("%s does not hold %d entries", name, w)
		}
		for _, e := range entries {
			if err := l.Append(e); err != nil {
				return nil, err
			}
		}
	}
	return l, nil
}

// maxEntry is what the length before an entry can say.
const maxEntry = 1<<16 - 1

// Append adds an entry.
func (l *Log) Append(entry []byte) error {
	if len(entry) > maxEntry {
		return fmt.Errorf("an entry of the log has %d bytes, more than %d", len(entry), maxEntry)
	}
	hashes, err := tlog.StoredHashes(l.Size(), entry, l)
	if err != nil {
		return fmt.Errorf("add to the release log: %w", err)
	}
	l.hashes = append(l.hashes, hashes...)
	l.entries = append(l.entries, entry)
	return nil
}

// Size is the number of entries.
func (l *Log) Size() int64 { return int64(len(l.entries)) }

// Entry gives an entry, counted from 0; nil where there is none.
func (l *Log) Entry(i int64) []byte {
	if i < 0 || i >= l.Size() {
		return nil
	}
	return l.entries[i]
}

// ReadHashes lets package tlog read the tree.
func (l *Log) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index >= int64(len(l.hashes)) {
			return nil, errors.New("the log is too short")
		}
		out[i] = l.hashes[index]
	}
	return out, nil
}

// Root is the root of the tree over the first size entries.
func (l *Log) Root(size int64) (tlog.Hash, error) { return tlog.TreeHash(size, l) }

// NewFiles gives the files that the log has at its present size and did not
// have at an older one, by their paths below the log's folder.
func (l *Log) NewFiles(old int64) (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, tile := range tlog.NewTiles(height, old, l.Size()) {
		data, err := tlog.ReadTileData(tile, l)
		if err != nil {
			return nil, fmt.Errorf("make the tiles of the release log: %w", err)
		}
		files[tilePath(tile)] = data
		if tile.L == 0 {
			files[bundlePath(tile.N, int64(tile.W))] = l.bundle(tile.N, int64(tile.W))
		}
	}
	return files, nil
}

// bundle is a file of w entries.
func (l *Log) bundle(n, w int64) []byte {
	var out []byte
	for _, e := range l.entries[n*width : n*width+w] {
		out = binary.BigEndian.AppendUint16(out, uint16(len(e)))
		out = append(out, e...)
	}
	return out
}

func splitBundle(data []byte) ([][]byte, error) {
	var entries [][]byte
	for len(data) > 0 {
		if len(data) < 2 || len(data)-2 < int(binary.BigEndian.Uint16(data)) {
			return nil, errors.New("an entry is cut off")
		}
		n := int(binary.BigEndian.Uint16(data))
		entries = append(entries, data[2:2+n])
		data = data[2+n:]
	}
	return entries, nil
}

func tilePath(t tlog.Tile) string {
	return fmt.Sprintf("tile/%d/%s", t.L, numberPath(t.N, int64(t.W)))
}

func bundlePath(n, w int64) string { return "tile/entries/" + numberPath(n, w) }

// numberPath writes a number in groups of three digits, so that no folder has
// more than a thousand names.
func numberPath(n, w int64) string {
	path := fmt.Sprintf("%03d", n%1000)
	for n /= 1000; n > 0; n /= 1000 {
		path = fmt.Sprintf("x%03d/%s", n%1000, path)
	}
	if w < width {
		path += ".p/" + strconv.FormatInt(w, 10)
	}
	return path
}

// Verdict is what Audit finds of one file.
type Verdict struct {
	Name   string
	Reason Reason
}

// Reason says what is wrong with a file of a log.
type Reason string

// The reasons.
const (
	Missing Reason = "missing"
	Changed Reason = "changed" // it does not fit the entries
	Unknown Reason = "unknown" // it is no file of a log
	TooNew  Reason = "too new" // of a size that the log does not have: an interrupted release left it
)

// Audit holds the files of a log against its entries. names are all that lie in
// the log's folder but its checkpoint. Files of older sizes may be there, since
// nothing is removed.
func (l *Log) Audit(names []string, read func(name string) ([]byte, error)) ([]Verdict, error) {
	must, err := l.NewFiles(0)
	if err != nil {
		return nil, err
	}
	may := map[string][]byte{}
	known := map[string]bool{} // with what a size beyond this one would have
	for size := int64(1); size <= l.Size(); size++ {
		older := &Log{entries: l.entries[:size], hashes: l.hashes}
		files, err := older.NewFiles(size - 1)
		if err != nil {
			return nil, err
		}
		for name, data := range files {
			may[name] = data
		}
	}
	for _, tile := range tlog.NewTiles(height, l.Size(), l.Size()+1) {
		known[tilePath(tile)] = true
		if tile.L == 0 {
			known[bundlePath(tile.N, int64(tile.W))] = true
		}
	}
	var out []Verdict
	there := map[string]bool{}
	for _, name := range names {
		there[name] = true
		want, ok := may[name]
		switch {
		case !ok && known[name]:
			out = append(out, Verdict{name, TooNew})
		case !ok:
			out = append(out, Verdict{name, Unknown})
		default:
			if data, err := read(name); err != nil || string(data) != string(want) {
				out = append(out, Verdict{name, Changed})
			}
		}
	}
	for name := range must {
		if !there[name] {
			out = append(out, Verdict{name, Missing})
		}
	}
	return out, nil
}

// Checkpoint says how large a log is and what it holds.
type Checkpoint struct {
	Origin string // names the log; without white space at its ends
	Size   int64
	Root   tlog.Hash
}

// Checkpoint is that of the log at its present size, under a name.
func (l *Log) Checkpoint(origin string) (Checkpoint, error) {
	root, err := l.Root(l.Size())
	return Checkpoint{origin, l.Size(), root}, err
}

// String is the text of the checkpoint that is signed.
func (c Checkpoint) String() string {
	return fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, base64.StdEncoding.EncodeToString(c.Root[:]))
}

// ParseCheckpoint reads a checkpoint, with or without the signatures behind it.
// It does not judge the signatures.
func ParseCheckpoint(text []byte) (Checkpoint, error) {
	body, _, _ := strings.Cut(string(text), "\n\n")
	lines := strings.Split(strings.TrimSuffix(body, "\n"), "\n")
	if len(lines) < 3 || lines[0] == "" {
		return Checkpoint{}, errors.New("it is no checkpoint")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return Checkpoint{}, errors.New("the size of the checkpoint is no number")
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return Checkpoint{}, errors.New("the root of the checkpoint is no digest")
	}
	return Checkpoint{lines[0], size, tlog.Hash(root)}, nil
}

// Extends tells whether an older checkpoint is a beginning of the log.
func (l *Log) Extends(old Checkpoint) bool {
	if old.Size > l.Size() {
		return false
	}
	root, err := l.Root(old.Size)
	return err == nil && root == old.Root
}
