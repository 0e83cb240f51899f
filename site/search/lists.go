package search

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"
)

const (
	// A shard is as many lists as come to about this many bytes. Smaller ones
	// cost fewer bytes for a query and more files.
	shardBytes = 1500
	// Places stand in the list itself as long as it has no more bytes.
	inlineBytes = 1024
	// The places of longer lists lie in chunks of about so many bytes.
	chunkBytes = 6000
)

// coded is a list as it will stand in its shard.
type coded struct {
	hash uint32
	docs int
	bits int
	data []byte
}

// coder writes lists. Its buffers are used again and again.
type coder struct {
	places    int      // length of the row of documents
	spot      uint     // k of the places in a document
	numbers   []uint32 // of documents, by the order of their coming
	titles    []uint32 // where their titles end
	data      []byte
	entries   []entry
	spots     []uint32
	out, away bitWriter
}

// flags: nothing 0, several 10, titled 110, both 111.
func (w *bitWriter) flags(f uint8) {
	ones := [...]uint{0: 0, several: 1, titled: 2, titled | several: 3}[f]
	w.bits(1<<ones-1, ones)
	if ones < 3 {
		w.bits(0, 1)
	}
}

// documents writes the documents of a list with their flags.
func (c *coder) documents(w *bitWriter, spots bool) {
	k := parameter(float64(c.places), float64(len(c.entries)))
	next := uint32(0)
	for _, e := range c.entries {
		w.rice(uint64(e.doc-next), k)
		next = e.doc + 1
		w.flags(e.flags)
		if spots {
			c.spotsOf(w, e)
		}
	}
}

// spotsOf writes where a pair stands in one document. How often it stands there
// is said only if the flags say several.
func (c *coder) spotsOf(w *bitWriter, e entry) {
	if e.flags&several != 0 {
		w.gamma(uint64(len(e.places) - 1))
	}
	next := uint32(0)
	for _, p := range e.places {
		w.golomb(uint64(p-next), c.spot)
		next = p + 1
	}
}

// sort puts the entries of a list into the order of the row. The issues of a
// report come from its upper end down, so to turn falling runs around is mostly
// all.
func (c *coder) sort() {
	for from := 0; from < len(c.entries); {
		to := from + 1
		for to < len(c.entries) && c.entries[to].doc < c.entries[to-1].doc {
			to++
		}
		slices.Reverse(c.entries[from:to])
		from = to
	}
	byDoc := func(a, b entry) int { return cmp.Compare(a.doc, b.doc) }
	if !slices.IsSortedFunc(c.entries, byDoc) {
		slices.SortFunc(c.entries, byDoc)
	}
}

func (c *coder) take(h uint32) coded {
	return coded{hash: h, docs: len(c.entries), bits: c.out.total, data: slices.Clone(c.out.finish())}
}

// single codes a list of family a.
func (c *coder) single(h uint32, p *postings) coded {
	c.data = p.whole(c.data[:0])
	c.entries = readSingle(c.data, c.numbers, c.entries[:0])
	c.sort()
	c.out.reset()
	c.documents(&c.out, false)
	return c.take(h)
}

// pair codes a list of family b: a bit 0 and the documents with their places,
// or a bit 1, the width of its chunks and the documents alone. For the latter
// it hands over the chunks.
func (c *coder) pair(h uint32, p *postings, chunk func(member) bool) (list coded, more bool) {
	c.data = p.whole(c.data[:0])
	c.entries, c.spots = readPair(c.data, c.numbers, c.titles, c.entries[:0], c.spots[:0])
	c.sort()
	c.out.reset()
	c.out.bits(0, 1)
	c.documents(&c.out, true)
	if c.out.total <= inlineBytes*8 {
		return c.take(h), true
	}
	c.away.reset()
	for _, e := range c.entries {
		c.spotsOf(&c.away, e)
	}
	// The widest power of two of documents whose places come to no more bits
	// on average.
	width := uint(bits.Len(uint(c.places)))
	for width > 1 && uint64(c.away.total)<<width > chunkBytes*8*uint64(c.places) {
		width--
	}
	c.out.reset()
	c.out.bits(1, 1)
	c.out.bits(uint64(width), 5)
	c.documents(&c.out, false)
	return c.take(h), c.chunks(h, width, chunk)
}

// chunks writes the places of a long list, cut at fixed numbers of documents,
// so that a new document does not move the cuts.
func (c *coder) chunks(h uint32, width uint, put func(member) bool) (more bool) {
	for from := 0; from < len(c.entries); {
		n := c.entries[from].doc >> width
		c.away.reset()
		for ; from < len(c.entries) && c.entries[from].doc>>width == n; from++ {
			c.spotsOf(&c.away, c.entries[from])
		}
		name := fmt.Sprintf("c/%x/%x-%x", h>>24, h&0xffffff, n)
		if !put(member{"c", groupOf(int(h>>16), 1<<16), packed(name, c.away.base64())}) {
			return false
		}
	}
	return true
}
