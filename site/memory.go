package site

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strings"
	"sync"

	"rectify/site/audit"
	"rectify/site/cache"
	"rectify/site/render"
)

// memory is what earlier builds made of pages, so that a page which is the same
// goes neither to Hugo nor through minify nor before audit again.
//
// The files of a page follow from the identity of the program and portal and from
// the page itself; what audit says of them follows from the files and from what it
// was told (a text that must not stand anywhere may be new). So there are two
// values for each page: the bytes of its files, and for each file its size, its
// digest and its facts. A build in which little changed reads the second, which
// is small: emit knows by size and digest that the file in the output folder is
// right. Of the files that machines read the second alone is kept.
type memory struct {
	cache    *cache.Cache
	identity []byte // of what is the same for all pages
	audit    []byte // of what audit was told
	data     []byte // digest of the data and of what the build was told beside them
	pages    []byte // digest of all pages, known when they have gone by

	mu    sync.Mutex
	index []finished // files of the search that this build made
}

// finished is a file of a page as it goes out.
type finished struct {
	path  string
	size  int64
	sum   [sha256.Size]byte
	facts *audit.Facts // nil where audit has not seen it under its present orders
	data  []byte       // nil where the output folder has it
}

func (m *memory) bytesKey(c *render.Content) cache.Key {
	return cache.KeyOf("page", m.identity, c.Key[:])
}

// exportKey takes a file that machines read to depend on all data, on every page
// and on what was released: that is more than it does, and all that it can.
func (m *memory) exportKey(path string) cache.Key {
	return cache.KeyOf("export", m.identity, m.audit, m.data, m.pages, []byte(path))
}

func (m *memory) factsKey(c *render.Content) cache.Key {
	return cache.KeyOf("facts", m.identity, c.Key[:], m.audit)
}

// keep remembers the files of a page.
func (m *memory) keep(c *render.Content, files []finished) {
	if m.cache == nil {
		return
	}
	var all []byte
	for _, f := range files {
		all = binary.AppendUvarint(all, uint64(len(f.data)))
	}
	for _, f := range files {
		all = append(all, f.data...)
	}
	m.cache.Put(m.bytesKey(c), c.Layout, all)
	m.keepFacts(c, files)
}

// keepFacts remembers what is to be known of the files of a page.
func (m *memory) keepFacts(c *render.Content, files []finished) { m.keepAt(m.factsKey(c), files) }

// keepExport remembers what is to be known of a file that machines read.
func (m *memory) keepExport(path string, file finished) {
	m.keepAt(m.exportKey(path), []finished{file})
}

func (m *memory) keepAt(key cache.Key, files []finished) {
	if m.cache == nil {
		return
	}
	var all []byte
	for _, f := range files {
		facts := f.facts.AppendTo(nil)
		all = binary.AppendUvarint(all, uint64(f.size))
		all = append(all, f.sum[:]...)
		all = binary.AppendUvarint(all, uint64(len(facts)))
		all = append(all, facts...)
	}
	m.cache.Put(key, "", all)
}

// recall gives the files of a page, or nil where they have to be made. Those that
// stand in the output folder come without their bytes.
func (m *memory) recall(c *render.Content, out output) ([]finished, error) {
	files := m.recallAt(m.factsKey(c), c.Files)
	if files == nil {
		return m.recallBytes(c), nil
	}
	kept := true
	for _, f := range files {
		ok, err := out.Keep(f.path, f.size, f.sum)
		if err != nil {
			return nil, err
		}
		kept = kept && ok
	}
	if kept && m.cache.Has(m.bytesKey(c)) {
		return files, nil
	}
	whole := m.recallBytes(c)
	if whole == nil {
		return nil, nil
	}
	for i := range files {
		files[i].data = whole[i].data
	}
	return files, nil
}

// recallExport gives what is known of a file that machines read if the output
// folder has it, else nil. Its bytes are not remembered: the tables of 100,000
// issues have hundreds of megabytes and are made in seconds.
func (m *memory) recallExport(path string, out output) (*finished, error) {
	files := m.recallAt(m.exportKey(path), []string{path})
	if files == nil {
		return nil, nil
	}
	kept, err := out.Keep(path, files[0].size, files[0].sum)
	if err != nil || !kept {
		return nil, err
	}
	return &files[0], nil
}

// indexKey takes the files of the search to depend on all data, known before the
// first page goes by: where they are remembered no page is read for its words.
func (m *memory) indexKey(what string) cache.Key {
	return cache.KeyOf("search "+what, m.identity, m.audit, m.data)
}

// noteIndex takes a file of the search; keepIndex remembers them when all are made.
func (m *memory) noteIndex(file finished) {
	file.data = nil
	m.mu.Lock()
	defer m.mu.Unlock()
	m.index = append(m.index, file)
}

func (m *memory) keepIndex() {
	if m.cache == nil || len(m.index) == 0 {
		return
	}
	slices.SortFunc(m.index, func(a, b finished) int { return strings.Compare(a.path, b.path) })
	paths := make([]string, len(m.index))
	for i, f := range m.index {
		paths[i] = f.path
	}
	m.cache.Put(m.indexKey("paths"), "", []byte(strings.Join(paths, "\n")))
	m.keepAt(m.indexKey("files"), m.index)
}

// recallIndex gives what is known of the files of the search if the output folder
// has all of them, else nil.
func (m *memory) recallIndex(out output) ([]finished, error) {
	paths, ok := m.cache.Get(m.indexKey("paths"))
	if !ok {
		return nil, nil
	}
	files := m.recallAt(m.indexKey("files"), strings.Split(string(paths), "\n"))
	for _, f := range files {
		if kept, err := out.Keep(f.path, f.size, f.sum); err != nil || !kept {
			return nil, err
		}
	}
	return files, nil
}

func (m *memory) recallAt(key cache.Key, paths []string) []finished {
	all, ok := m.cache.Get(key)
	if !ok {
		return nil
	}
	files := make([]finished, len(paths))
	for i, path := range paths {
		f := &files[i]
		f.path = path
		size, n := binary.Uvarint(all)
		if n <= 0 || len(all) < n+len(f.sum) {
			return nil
		}
		f.size = int64(size)
		all = all[n+copy(f.sum[:], all[n:]):]
		size, n = binary.Uvarint(all)
		if n <= 0 || size > uint64(len(all)-n) {
			return nil
		}
		facts, err := audit.ReadFacts(path, all[n:n+int(size)])
		if err != nil {
			return nil
		}
		f.facts = &facts
		all = all[n+int(size):]
	}
	return files
}

func (m *memory) recallBytes(c *render.Content) []finished {
	all, ok := m.cache.Get(m.bytesKey(c))
	if !ok {
		return nil
	}
	files := make([]finished, len(c.Files))
	for i, path := range c.Files {
		size, n := binary.Uvarint(all)
		if n <= 0 {
			return nil
		}
		files[i] = finished{path: path, size: int64(size)}
		all = all[n:]
	}
	for i := range files {
		f := &files[i]
		if f.size > int64(len(all)) {
			return nil
		}
		f.data = slices.Clip(all[:f.size])
		f.sum = sha256.Sum256(f.data)
		all = all[f.size:]
	}
	return files
}

// parsed is the memory of load.
type parsed struct {
	cache   *cache.Cache
	program []byte
}

func (p parsed) Recall(key []byte) ([]byte, bool) {
	return p.cache.Get(cache.KeyOf("parsed", p.program, key))
}

func (p parsed) Keep(key, value []byte) {
	p.cache.Put(cache.KeyOf("parsed", p.program, key), "", value)
}
