package minify

import "bytes"

// mark is a character that cannot stand in a text: Unicode reserves U+FDD0 as
// a noncharacter, and HTML forbids it. The library takes it for a letter.
var mark = []byte("\uFDD0")

// A shield hides a piece of a file from the library by putting the mark into
// it, so that the library does not recognise what it would spoil. When the
// library is done, all marks are taken out again. What a shield hides is
// restored wherever it stood, so it does no harm in texts and scripts.
type shield struct {
	text   string // as it is written
	hidden string // the same with the mark in it
}

// hide returns data with the shields up, and whether it had to put any. It
// never changes data itself.
func hide(data []byte, shields []shield) ([]byte, bool) {
	hidden := false
	for _, s := range shields {
		if bytes.Contains(data, []byte(s.text)) {
			data = bytes.ReplaceAll(data, []byte(s.text), []byte(s.hidden))
			hidden = true
		}
	}
	return data, hidden
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
