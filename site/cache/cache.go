package cache

import (
	"crypto/sha256"
	"encoding/binary"
	"path"
	"strings"
	"sync"

	"github.com/spf13/afero"
)

// Key names a value by what it depends on.
type Key [16]byte

// KeyOf makes the key of a value from all that it depends on. what says what the
// value is: the same things give other values elsewhere.
func KeyOf(what string, depends ...[]byte) Key {
	h := sha256.New()
	var size [8]byte
	add := func(part []byte) {
		binary.LittleEndian.PutUint64(size[:], uint64(len(part)))
		h.Write(size[:])
		h.Write(part)
	}
	add([]byte(what))
	for _, part := range depends {
		add(part)
	}
	return Key(h.Sum(nil)[:len(Key{})])
}

// Dir is where the cache of a portal lies in the portal's folder.
const Dir = ".rectify/cache"

// Limit is how many bytes the cache may have that this run had no use for.
const Limit = 2 << 30

// ending is that of a pack with its name; unfinished that of one being written.
const (
	ending     = ".pack"
	unfinished = ".tmp"
)

// Cache is a folder of packs as one run sees it. A nil Cache keeps nothing.
type Cache struct {
	fs    afero.Fs
	dir   string
	limit int64
	packs []*pack // those that were there when the run began

	mu  sync.Mutex
	new *writer // what this run made; nil before the first value
	bad bool    // writing failed, and is not tried again
}

// Open looks at the cache in a folder, which may be absent. Close must follow.
func Open(fsys afero.Fs, dir string) *Cache {
	c := &Cache{fs: fsys, dir: dir, limit: Limit}
	infos, err := afero.ReadDir(fsys, dir)
	if err != nil {
		return c // there is none yet, or it cannot be read: all the same
	}
	for _, info := range infos {
		if !strings.HasSuffix(info.Name(), ending) || !info.Mode().IsRegular() {
			continue
		}
		p, err := openPack(fsys, path.Join(dir, info.Name()), info)
		if err != nil {
			// A power cut left a part of it, or another version wrote it.
			_ = fsys.Remove(path.Join(dir, info.Name()))
			continue
		}
		c.packs = append(c.packs, p)
	}
	return c
}

// Get gives a value that an earlier run put. The bytes are the caller's own.
func (c *Cache) Get(k Key) (value []byte, ok bool) {
	if c == nil {
		return nil, false
	}
	for _, p := range c.packs {
		if value, ok := p.get(k); ok {
			return value, true
		}
	}
	return nil, false
}

// Has says whether Get would find a value, and counts it as used.
func (c *Cache) Has(k Key) bool {
	if c == nil {
		return false
	}
	for _, p := range c.packs {
		if at, ok := p.find(k); ok {
			p.use(at)
			return true
		}
	}
	return false
}

// Put keeps a value for later runs; this one will not find it. Kin names values
// that are much alike, "" one that has no kin.
func (c *Cache) Put(k Key, kin string, value []byte) {
	if c == nil {
		return
	}
	w := c.writer()
	if w == nil {
		return
	}
	if err := w.put(k, kin, value); err != nil {
		c.give(w)
	}
}

// writer gives the pack of this run, and makes it for the first value.
func (c *Cache) writer() *writer {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.new == nil && !c.bad {
		w, err := create(c.fs, c.dir)
		if err != nil {
			c.bad = true
			return nil
		}
		c.new = w
	}
	return c.new
}

// give up writing: the disk is full, or cannot be written.
func (c *Cache) give(w *writer) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.new == w {
		c.new, c.bad = nil, true
		w.abandon()
	}
}

// Close ends the run and keeps what it made. done says that the run asked for
// all that it had a use for; then what else there is may go.
func (c *Cache) Close(done bool) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	var waste []*pack
	if done && !c.bad {
		waste = c.tidy()
	}
	if c.new != nil && c.new.seal() != nil {
		c.new.abandon()
		waste = nil
	}
	for _, p := range c.packs {
		p.close()
	}
	for _, p := range waste {
		_ = c.fs.Remove(p.name) // another run may have it open, or have removed it
	}
	c.packs, c.new, c.bad = nil, nil, true
}

// mark makes the folder and says in it what it is, to git and to programs that
// make copies (bford.info/cachedir).
func mark(fsys afero.Fs, dir string) error {
	if _, err := fsys.Stat(path.Join(dir, tagName)); err == nil {
		return nil
	}
	if err := fsys.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := afero.WriteFile(fsys, path.Join(dir, ".gitignore"), []byte("*\n"), 0o644); err != nil {
		return err
	}
	return afero.WriteFile(fsys, path.Join(dir, tagName), []byte(tag), 0o644)
}

const (
	tagName = "CACHEDIR.TAG"
	tag     = "Signature: 8a477f597d28d172789f06886806bc55\n# rectify keeps here what it made once. It may be deleted at any time.\n"
)
