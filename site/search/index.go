package search

import (
	"encoding/binary"
	"math/bits"
	"strconv"
)

// index collects, for every key, where it stands. A document is added once and
// is not kept: at 100,000 issues there are some 50 million places.
type index struct {
	singles map[uint32]*postings
	pairs   map[uint32]*postings
	titles  []uint32 // by document, where its title ends
	length  int      // the positions of all documents
}

// postings are the places of one key in the order in which documents came,
// packed: for a single character a document is its distance from the one
// before, shifted by two, with the bits titled and several; for a pair every
// place is a distance, shifted by one, from the place before it or, with the
// bit fresh, from the document before it, and then the place follows.
type postings struct {
	data  []byte
	doc   uint32 // the last document
	last  uint32 // the last place in it
	flags int    // where the entry of the last document begins in data
	docs  int
}

const (
	titled  = 1 // stands in the title
	several = 2 // stands there more than once

	fresh = 1 // begins a document
)

func newIndex() *index {
	return &index{singles: map[uint32]*postings{}, pairs: map[uint32]*postings{}}
}

func list(of map[uint32]*postings, key uint32) *postings {
	p := of[key]
	if p == nil {
		p = &postings{}
		of[key] = p
	}
	return p
}

// open begins a document, whose title takes so many positions, and returns its
// number, from 1 in the order of coming.
func (x *index) open(title int) uint32 {
	x.titles = append(x.titles, uint32(title))
	return uint32(len(x.titles))
}

func (x *index) add(doc uint32, at int, units []uint16) {
	inTitle := at < int(x.titles[doc-1])
	for i, u := range units {
		if u < 0xd800 || u > 0xdfff { // half a character is none
			list(x.singles, uint32(u)).single(doc, inTitle)
		}
		if i > 0 {
			list(x.pairs, pairKey(units[i-1], u)).place(doc, uint32(at+i-1))
		}
		if i > 1 && digit(rune(units[i-2])) && digit(rune(units[i-1])) && digit(rune(u)) {
			list(x.pairs, tripleKey(units[i-2], units[i-1], u)).place(doc, uint32(at+i-2))
		}
	}
}

func (p *postings) single(doc uint32, inTitle bool) {
	if p.doc == doc {
		p.data[p.flags] |= several
		return
	}
	v := uint64(doc-p.doc) << 2
	if inTitle { // the title comes first
		v |= titled
	}
	p.flags = len(p.data)
	p.data = binary.AppendUvarint(p.data, v)
	p.doc = doc
	p.docs++
}

func (p *postings) place(doc, at uint32) {
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

// entry is a document in a list. Places is a part of those of the whole list.
type entry struct {
	doc    uint32 // its number in the files
	flags  uint8
	places []uint32
}

// readSingle unpacks a list of family a.
func (p *postings) readSingle(numbers []uint32, into []entry) []entry {
	doc := uint32(0)
	for data := p.data; len(data) > 0; {
		v, n := binary.Uvarint(data)
		data = data[n:]
		doc += uint32(v >> 2)
		into = append(into, entry{doc: numbers[doc-1], flags: uint8(v & 3)})
	}
	return into
}

// readPairs unpacks a list of family b. Places grows to hold all places.
func (p *postings) readPairs(numbers, titles []uint32, into []entry, places []uint32) ([]entry, []uint32) {
	doc, from := uint32(0), 0
	for data := p.data; len(data) > 0; {
		v, n := binary.Uvarint(data)
		data = data[n:]
		if v&fresh == 0 {
			e := &into[len(into)-1]
			e.flags |= several
			places = append(places, places[len(places)-1]+uint32(v>>1))
			e.places = places[from:]
			continue
		}
		doc += uint32(v >> 1)
		at, n := binary.Uvarint(data)
		data = data[n:]
		from = len(places)
		places = append(places, uint32(at))
		e := entry{doc: numbers[doc-1], places: places[from:]}
		if uint32(at) < titles[doc-1] {
			e.flags = titled
		}
		into = append(into, e)
	}
	return into, places
}

// number makes an issue findable by its number.
func (x *index) number(doc uint32, number string) {
	if n, err := strconv.ParseUint(number, 10, 20); err == nil {
		list(x.singles, numbers+uint32(n)).single(doc, true)
	}
}

// spot is the k with which places in a document are written: half the mean
// length of a document.
func (x *index) spot() uint {
	mean := x.length / max(1, len(x.titles))
	return uint(max(1, bits.Len(uint(mean))-2))
}
