package search

import (
	"encoding/binary"
	"math/bits"
	"strconv"
)

// index collects, for every key, where it stands. A document is added once and
// is not kept.
type index struct {
	singles table
	pairs   table
	titles  []uint32 // by document, where its title ends
	length  int      // the positions of all documents
}

// open begins a document, whose title takes so many positions, and returns its
// number, from 1 in the order of coming.
func (x *index) open(title int) uint32 {
	x.titles = append(x.titles, uint32(title))
	return uint32(len(x.titles))
}

// add adds a block that begins at a position.
func (x *index) add(doc uint32, at int, units []uint16) {
	inTitle := at < int(x.titles[doc-1])
	for i, u := range units {
		if u < 0xd800 || u > 0xdfff { // half a character is none
			x.singles.single(uint32(u), doc, inTitle)
		}
		if i > 0 {
			x.pairs.place(pairKey(units[i-1], u), doc, uint32(at+i-1))
		}
		if i > 1 && digit(rune(units[i-2])) && digit(rune(units[i-1])) && digit(rune(u)) {
			x.pairs.place(tripleKey(units[i-2], units[i-1], u), doc, uint32(at+i-2))
		}
	}
}

// number makes an issue findable by its number.
func (x *index) number(doc uint32, number string) {
	if n, err := strconv.ParseUint(number, 10, 20); err == nil {
		x.singles.single(numbers+uint32(n), doc, true)
	}
}

// spot is the k with which places in a document are written: half the mean
// length of a document.
func (x *index) spot() uint {
	mean := x.length / max(1, len(x.titles))
	return uint(max(1, bits.Len(uint(mean))-2))
}

// entry is a document in a list.
type entry struct {
	doc    uint32 // its number in the files
	flags  uint8
	places []uint32
}

// readSingle unpacks a list of characters.
func readSingle(data []byte, numbers []uint32, into []entry) []entry {
	doc := uint32(0)
	for len(data) > 0 {
		v, n := binary.Uvarint(data)
		data = data[n:]
		doc += uint32(v >> 2)
		into = append(into, entry{doc: numbers[doc-1], flags: uint8(v & 3)})
	}
	return into
}

// readPair unpacks a list of pairs. The entries' places are parts of places.
func readPair(data []byte, numbers, titles []uint32, into []entry, places []uint32) ([]entry, []uint32) {
	doc, from := uint32(0), 0
	for len(data) > 0 {
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
