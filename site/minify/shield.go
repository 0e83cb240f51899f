package minify

import (
	"bytes"
	"slices"
)

// mark is a character that cannot stand in a text: Unicode reserves U+FDD0 as
// a noncharacter, and HTML forbids it. The library takes it for a letter.
var mark = []byte("\uFDD0")

// A shield hides a piece of a file from the library by putting the mark into
// it, so that the library does not recognise what it would spoil. When the
// library is done, all marks are taken out again. What a shield hides is
// restored wherever it stood, so it does no harm in texts and scripts.
type shield struct {
	text string
	at   int // where in text the mark goes
}

// hide returns a copy of data with the marks in it, and how many there are.
// The copy has room for the byte that the library writes behind its input.
func hide(data []byte, shields []shield) ([]byte, int) {
	var places []int
	for _, s := range shields {
		for from := 0; ; {
			i := bytes.Index(data[from:], []byte(s.text))
			if i < 0 {
				break
			}
			places = append(places, from+i+s.at)
			from += i + len(s.text)
		}
	}
	slices.Sort(places)
	out := make([]byte, 0, len(data)+len(places)*len(mark)+1)
	from := 0
	for _, i := range places {
		out = append(append(out, data[from:i]...), mark...)
		from = i
	}
	return append(out, data[from:]...), len(places)
}

// reveal takes the marks out of data, in place.
func reveal(data []byte) []byte {
	out := data[:0]
	for {
		i := bytes.Index(data, mark)
		if i < 0 {
			return append(out, data...)
		}
		out = append(out, data[:i]...)
		data = data[i+len(mark):]
	}
}
