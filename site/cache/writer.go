package cache

import (
	"bufio"
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash/crc32"
	"math"
	"os"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/klauspost/compress/s2"
	"github.com/spf13/afero"
)

// smallest is the size from which a value is worth the trouble of shrinking it.
const smallest = 512

// longestKin is how much of a first value a dictionary can use.
const longestKin = s2.MaxDictSize

// writer is a pack on its way. Any number of goroutines may put.
type writer struct {
	fs   afero.Fs
	name string // with unfinished behind it until it is sealed

	mu      sync.Mutex
	file    afero.File
	out     *bufio.Writer
	offset  int64
	entries []entry
	kins    []*kin
	byName  map[string]uint16
}

func create(fsys afero.Fs, dir string) (*writer, error) {
	if err := mark(fsys, dir); err != nil {
		return nil, err
	}
	var name [8]byte
	if _, err := rand.Read(name[:]); err != nil {
		return nil, err
	}
	w := &writer{fs: fsys, name: path.Join(dir, hex.EncodeToString(name[:])+ending), byName: map[string]uint16{}}
	var err error
	if w.file, err = fsys.OpenFile(w.name+unfinished, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644); err != nil {
		return nil, err
	}
	w.out = bufio.NewWriterSize(w.file, 256<<10)
	return w, nil
}

var errLarge = errors.New("a value too large for a pack")

func (w *writer) put(key Key, kinName string, value []byte) error {
	if len(value) > math.MaxInt32 {
		return errLarge
	}
	number, dict, err := w.kin(kinName, value)
	if err != nil {
		return err
	}
	e := entry{key: key, size: uint32(len(value)), kin: number}
	stored := value
	if len(value) >= smallest {
		buffer := buffers.Get().(*[]byte)
		defer buffers.Put(buffer)
		*buffer = shrink(slices.Grow((*buffer)[:0], s2.MaxEncodedLen(len(value))), value, dict)
		if len(*buffer) < len(value) {
			stored = *buffer
			e.kin |= shrunk
		}
	}
	e.stored, e.sum = uint32(len(stored)), crc32.Checksum(stored, table)
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.add(e, stored)
}

// buffers are used again: a site's pages would leave as much to be collected.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

func shrink(to, value []byte, dict *s2.Dict) []byte {
	to = to[:cap(to)]
	if dict == nil {
		return s2.Encode(to, value)
	}
	return dict.Encode(to, value)
}

// kin gives the number and the dictionary of a kin; the first value that asks
// for it becomes its dictionary.
func (w *writer) kin(name string, first []byte) (uint16, *s2.Dict, error) {
	if name == "" || len(first) < smallest {
		return 0, nil, nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if number, ok := w.byName[name]; ok {
		return number, w.kins[number-1].dict, nil
	}
	if len(w.kins) == kinMask {
		return 0, nil, nil
	}
	first = first[:min(len(first), longestKin)]
	k := &kin{name: name, dict: s2.MakeDict(first, nil)}
	number, err := w.addKin(k, first)
	w.byName[name] = number
	return number, k.dict, err
}

// addKin writes a first value down. The caller holds the lock.
func (w *writer) addKin(k *kin, first []byte) (number uint16, err error) {
	k.offset, k.stored, k.sum = w.offset, uint32(len(first)), crc32.Checksum(first, table)
	w.kins = append(w.kins, k)
	return uint16(len(w.kins)), w.write(first)
}

// add writes a value as it is to stand there. The caller holds the lock.
func (w *writer) add(e entry, stored []byte) error {
	e.offset = w.offset
	w.entries = append(w.entries, e)
	return w.write(stored)
}

func (w *writer) write(data []byte) error {
	w.offset += int64(len(data))
	_, err := w.out.Write(data)
	return err
}

// seal writes the index and gives the pack its name.
func (w *writer) seal() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	begin := w.offset
	w.entries = sortIndex(w.entries)
	index := make([]byte, 0, len(w.entries)*entrySize)
	for i := range w.entries {
		index = w.entries[i].append(index)
	}
	for _, k := range w.kins {
		index = binary.LittleEndian.AppendUint64(index, uint64(k.offset))
		index = binary.LittleEndian.AppendUint32(index, k.stored)
		index = binary.LittleEndian.AppendUint32(index, k.sum)
		index = binary.LittleEndian.AppendUint16(index, uint16(len(k.name)))
		index = append(index, k.name...)
	}
	footer := binary.LittleEndian.AppendUint64(nil, uint64(begin))
	footer = binary.LittleEndian.AppendUint32(footer, uint32(len(w.entries)))
	footer = binary.LittleEndian.AppendUint32(footer, uint32(len(w.kins)))
	footer = binary.LittleEndian.AppendUint32(footer, crc32.Checksum(index, table))
	footer = append(footer, magic...)
	for _, part := range [][]byte{index, footer} {
		if err := w.write(part); err != nil {
			return err
		}
	}
	if err := w.out.Flush(); err != nil {
		return err
	}
	if err := w.file.Close(); err != nil {
		return err
	}
	return w.fs.Rename(w.name+unfinished, w.name)
}

// abandon removes a pack that came to nothing.
func (w *writer) abandon() {
	w.mu.Lock()
	defer w.mu.Unlock()
	_ = w.file.Close()
	_ = w.fs.Remove(w.name + unfinished)
}

// isUnfinished tells the name of a pack that has no name yet.
func isUnfinished(name string) bool { return strings.HasSuffix(name, ending+unfinished) }
