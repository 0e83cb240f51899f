package search

import "encoding/binary"

// postings are the places of one key in the order in which documents came,
// packed: for a single character a document is its distance from the one
// before, shifted by two, with the bits titled and several; for a pair every
// place is a distance, shifted by one, from the place before it or, with the
// bit fresh, from the document before it, and then the place follows.
type postings struct {
	full  [][]byte // blocks that are full
	data  []byte   // the block that is being filled
	doc   uint32   // the last document
	last  uint32   // the last place in it
	flags int      // where the entry of the last document begins in data
	docs  int
}

const (
	titled  = 1 // stands in the title
	several = 2 // stands there more than once

	fresh = 1 // begins a document
)

// table finds the postings of a key. It and the pool below take the place of a
// map and of growing slices, which cost twice the time: there are some 50
// million places at 100,000 issues.
type table struct {
	pool  pool
	lists []postings // by the order in which their keys came
	keys  []uint32
	slots []int32 // by hash, the place in lists counted from 1
}

func (t *table) list(key uint32) *postings {
	if 2*len(t.lists) >= len(t.slots) {
		t.grow()
	}
	mask := uint32(len(t.slots) - 1)
	for i := spread(key) & mask; ; i = (i + 1) & mask {
		switch n := t.slots[i]; {
		case n == 0:
			t.lists = append(t.lists, postings{})
			t.keys = append(t.keys, key)
			t.slots[i] = int32(len(t.lists))
			return &t.lists[len(t.lists)-1]
		case t.keys[n-1] == key:
			return &t.lists[n-1]
		}
	}
}

func (t *table) grow() {
	t.slots = make([]int32, max(1024, 2*len(t.slots)))
	mask := uint32(len(t.slots) - 1)
	for n, key := range t.keys {
		i := spread(key) & mask
		for t.slots[i] != 0 {
			i = (i + 1) & mask
		}
		t.slots[i] = int32(n + 1)
	}
}

// pool hands out memory that is never given back one by one.
type pool []byte

const (
	poolBytes  = 1 << 20
	firstBlock = 16
	lastBlock  = 4 << 10
)

func (p *pool) take(n int) []byte {
	if len(*p) < n {
		*p = make([]byte, poolBytes)
	}
	block := (*p)[:0:n]
	*p = (*p)[n:]
	return block
}

// room makes sure that the next entry, of two numbers, fits into the block.
func (t *table) room(p *postings) {
	if cap(p.data)-len(p.data) >= 2*binary.MaxVarintLen32 {
		return
	}
	next := firstBlock
	if p.data != nil {
		p.full = append(p.full, p.data)
		next = min(2*cap(p.data), lastBlock)
	}
	p.data = t.pool.take(next)
}

// single adds a place of a character.
func (t *table) single(key, doc uint32, inTitle bool) {
	p := t.list(key)
	if p.doc == doc {
		p.data[p.flags] |= several
		return
	}
	t.room(p)
	v := uint64(doc-p.doc) << 2
	if inTitle { // the title comes first
		v |= titled
	}
	p.flags = len(p.data)
	p.data = binary.AppendUvarint(p.data, v)
	p.doc = doc
	p.docs++
}

// place adds a place of a pair.
func (t *table) place(key, doc, at uint32) {
	p := t.list(key)
	t.room(p)
	if p.doc == doc {
		p.data = binary.AppendUvarint(p.data, uint64(at-p.last)<<1)
	} else {
		p.data = binary.AppendUvarint(p.data, uint64(doc-p.doc)<<1|fresh)
		p.data = binary.AppendUvarint(p.data, uint64(at))
		p.doc = doc
		p.docs++
	}
	p.last = at
}

// whole puts the blocks of a list together.
func (p *postings) whole(into []byte) []byte {
	for _, block := range p.full {
		into = append(into, block...)
	}
	return append(into, p.data...)
}
