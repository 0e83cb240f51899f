package cache

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io/fs"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/klauspost/compress/s2"
	"github.com/spf13/afero"
)

// A pack is, one behind the other,
//
//	values     as they were written, firsts of their kin among them
//	index      an entry for each value, by key
//	kin        for each: where its first value stands, its name
//	footer     where the index begins, how many entries and kin it has, a
//	           checksum of both, and what this is
//
// with all numbers of fixed size and the lowest byte first.

// magic ends a pack of this form; another form gets another number.
const magic = "rectify cache 1\n"

const (
	entrySize  = 16 + 8 + 4 + 4 + 4 + 2 // key, offset, stored, size, checksum, kin
	footerSize = 8 + 4 + 4 + 4 + len(magic)
)

// entry is a value in a pack.
type entry struct {
	key    Key
	offset int64
	stored uint32 // bytes as they stand there
	size   uint32 // bytes of the value
	sum    uint32 // of what stands there
	kin    uint16 // number of its kin from 1, with the flag packed; 0 for none
}

// Bits of entry.kin. A value that does not shrink stands as it is.
const (
	shrunk  = 1 << 15
	kinMask = shrunk - 1
)

func (e *entry) append(to []byte) []byte {
	to = append(to, e.key[:]...)
	to = binary.LittleEndian.AppendUint64(to, uint64(e.offset))
	to = binary.LittleEndian.AppendUint32(to, e.stored)
	to = binary.LittleEndian.AppendUint32(to, e.size)
	to = binary.LittleEndian.AppendUint32(to, e.sum)
	return binary.LittleEndian.AppendUint16(to, e.kin)
}

func readEntry(from []byte) entry {
	return entry{
		key:    Key(from),
		offset: int64(binary.LittleEndian.Uint64(from[16:])),
		stored: binary.LittleEndian.Uint32(from[24:]),
		size:   binary.LittleEndian.Uint32(from[28:]),
		sum:    binary.LittleEndian.Uint32(from[32:]),
		kin:    binary.LittleEndian.Uint16(from[36:]),
	}
}

// table is the polynomial that processors compute by themselves.
var table = crc32.MakeTable(crc32.Castagnoli)

// kin is a first value, of which others tell only the difference.
type kin struct {
	name   string
	offset int64
	stored uint32
	sum    uint32

	once sync.Once
	dict *s2.Dict // nil where the first value cannot be read
}

// pack is a finished pack, open for reading.
type pack struct {
	fs    afero.Fs
	name  string
	size  int64
	when  time.Time // it was used last
	mu    sync.Mutex
	file  afero.File // guarded: one in memory moves its offset to read at a place
	index []byte     // entries in the order of keys
	kins  []*kin     // by number from 1
	used  []atomic.Bool
	hits  atomic.Bool
}

var errTorn = errors.New("not a whole pack")

func openPack(fsys afero.Fs, name string, info fs.FileInfo) (*pack, error) {
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	p := &pack{fs: fsys, name: name, size: info.Size(), when: info.ModTime(), file: file}
	if err := p.readIndex(); err != nil {
		file.Close()
		return nil, err
	}
	return p, nil
}

func (p *pack) readIndex() error {
	if p.size < int64(footerSize) {
		return errTorn
	}
	footer := make([]byte, footerSize)
	if _, err := p.file.ReadAt(footer, p.size-int64(footerSize)); err != nil {
		return err
	}
	begin := int64(binary.LittleEndian.Uint64(footer))
	entries, kins := int64(binary.LittleEndian.Uint32(footer[8:])), int(binary.LittleEndian.Uint32(footer[12:]))
	if string(footer[20:]) != magic || begin < 0 || begin+entries*entrySize > p.size-int64(footerSize) {
		return errTorn
	}
	index := make([]byte, p.size-int64(footerSize)-begin)
	if _, err := p.file.ReadAt(index, begin); err != nil {
		return err
	}
	if crc32.Checksum(index, table) != binary.LittleEndian.Uint32(footer[16:]) {
		return errTorn
	}
	rest := index[entries*entrySize:]
	for range kins {
		if len(rest) < 18 || len(rest) < 18+int(binary.LittleEndian.Uint16(rest[16:])) {
			return errTorn
		}
		end := 18 + int(binary.LittleEndian.Uint16(rest[16:]))
		p.kins = append(p.kins, &kin{
			offset: int64(binary.LittleEndian.Uint64(rest)),
			stored: binary.LittleEndian.Uint32(rest[8:]),
			sum:    binary.LittleEndian.Uint32(rest[12:]),
			name:   string(rest[18:end]),
		})
		rest = rest[end:]
	}
	p.index = index[:entries*entrySize]
	p.used = make([]atomic.Bool, entries)
	return nil
}

func (p *pack) close() { _ = p.file.Close() }

func (p *pack) entry(at int) entry { return readEntry(p.index[at*entrySize:]) }

// find gives the place of a key in the index.
func (p *pack) find(k Key) (at int, ok bool) {
	low, high := 0, len(p.index)/entrySize
	for low < high {
		middle := int(uint(low+high) >> 1)
		switch bytes.Compare(p.index[middle*entrySize:][:len(k)], k[:]) {
		case 0:
			return middle, true
		case -1:
			low = middle + 1
		default:
			high = middle
		}
	}
	return 0, false
}

func (p *pack) use(at int) {
	p.used[at].Store(true)
	p.hits.Store(true)
}

func (p *pack) get(k Key) ([]byte, bool) {
	at, ok := p.find(k)
	if !ok {
		return nil, false
	}
	e := p.entry(at)
	stored, err := p.read(e.offset, e.stored, e.sum)
	if err != nil {
		return nil, false
	}
	value, err := p.expand(&e, stored)
	if err != nil {
		return nil, false
	}
	p.use(at)
	return value, true
}

// read gives the bytes that stand at a place, if they are those that were
// written there.
func (p *pack) read(offset int64, n, sum uint32) ([]byte, error) {
	if offset < 0 || offset+int64(n) > p.size {
		return nil, errTorn
	}
	data := make([]byte, n)
	p.mu.Lock()
	_, err := p.file.ReadAt(data, offset)
	p.mu.Unlock()
	if err != nil {
		return nil, err
	}
	if crc32.Checksum(data, table) != sum {
		return nil, errTorn
	}
	return data, nil
}

func (p *pack) expand(e *entry, stored []byte) ([]byte, error) {
	if e.kin&shrunk == 0 {
		return stored, nil
	}
	number := int(e.kin & kinMask)
	if number == 0 {
		return s2.Decode(nil, stored)
	}
	if number > len(p.kins) {
		return nil, errTorn
	}
	k := p.kins[number-1]
	k.once.Do(func() {
		if first, err := p.read(k.offset, k.stored, k.sum); err == nil {
			k.dict = s2.MakeDict(first, nil)
		}
	})
	if k.dict == nil {
		return nil, errTorn
	}
	return k.dict.Decode(make([]byte, e.size), stored)
}

// sortIndex brings entries into the order of an index; of two values under one
// key the first is left.
func sortIndex(entries []entry) []entry {
	slices.SortStableFunc(entries, func(a, b entry) int { return bytes.Compare(a.key[:], b.key[:]) })
	return slices.CompactFunc(entries, func(a, b entry) bool { return a.key == b.key })
}
