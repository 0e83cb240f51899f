package search

import (
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// form is a text in the normal form of doc.go, as UTF-16 units.
type form struct {
	units   []uint16
	offsets []int32  // for each unit, the offset in the text of the character it comes from
	marks   []string // the runs of punctuation that were left out
}

// normal gives the normal form of a text. A text of nothing but punctuation
// keeps it, and has no other.
func normal(text string) form {
	f := form{units: make([]uint16, 0, len(text)/3+8), offsets: make([]int32, 0, len(text)/3+8)}
	var (
		run    []rune // punctuation since the last letter
		from   int32  // where it begins
		bare   = true // no letter so far
		buffer [16]rune
	)
	for at := 0; at < len(text); {
		size, folded := cluster(text[at:], buffer[:0])
		for _, c := range folded {
			switch {
			case ignored(c):
			case punctuation(c):
				if len(run) == 0 {
					from = int32(at)
				}
				run = append(run, c)
			default:
				if len(run) > 0 {
					f.marks = append(f.marks, string(run))
					if digit(c) && !bare && digit(rune(f.units[len(f.units)-1])) {
						f.add(separator(run), from)
					}
					run = run[:0]
				}
				bare = false
				f.add(c, int32(at))
			}
		}
		at += size
	}
	if len(run) > 0 {
		f.marks = append(f.marks, string(run))
		for _, c := range run {
			if bare {
				f.add(c, from)
			}
		}
	}
	return f
}

func (f *form) add(c rune, at int32) {
	if c >= 0x10000 {
		high, low := utf16.EncodeRune(c)
		f.units = append(f.units, uint16(high), uint16(low))
		f.offsets = append(f.offsets, at, at)
		return
	}
	f.units = append(f.units, uint16(c))
	f.offsets = append(f.offsets, at)
}

// String is the form as a text.
func (f form) String() string { return string(utf16.Decode(f.units)) }

// separator is what a run of punctuation between two digits becomes: 4.89 is
// not 489, and 5、6 is not 56. A control character stands in no other place.
func separator(run []rune) rune {
	if len(run) == 1 && run[0] == '.' {
		return '.'
	}
	return 0x1f
}

// cluster folds the first character of a text together with the marks that
// may compose with it, and tells how many bytes they are.
func cluster(text string, into []rune) (size int, folded []rune) {
	c, size := utf8.DecodeRuneInString(text)
	alone := true
	for size < len(text) && text[size] >= 0xcc { // where the first mark begins
		next, n := utf8.DecodeRuneInString(text[size:])
		if !composing(next) {
			break
		}
		size += n
		alone = false
	}
	switch {
	// What texts are made of needs no table.
	case alone && (0x4e00 <= c && c <= 0x9fff || c < 'A' || 'a' <= c && c < 0x80 || 0x3001 <= c && c <= 0x3011):
		return size, append(into, c)
	case alone && 0xff01 <= c && c <= 0xff5e:
		return size, append(into, unicode.ToLower(c-0xfee0))
	case fixed(c):
		for _, c := range text[:size] {
			into = append(into, c)
		}
		return size, into
	}
	for _, c := range norm.NFKC.String(text[:size]) {
		if c == 'İ' { // its lower case is two characters, of which Go gives one
			into = append(into, 'i', 0x307)
			continue
		}
		into = append(into, unicode.ToLower(c))
	}
	return size, into
}

// composing are the marks that NFKC joins with the character before them in
// the scripts that such texts have: Latin, Greek, Cyrillic, kana, Hangul.
func composing(c rune) bool {
	return 0x300 <= c && c <= 0x36f || c == 0x3099 || c == 0x309a || 0x1161 <= c && c <= 0x11ff
}

// fixed are the characters that stand for themselves: what came into Unicode
// after version 11 with a mapping, and the planes above the first but for two
// blocks. Browsers differ in what they know of these; see doc.go.
func fixed(c rune) bool {
	if c >= 0x10000 {
		return c>>10 != 0x1d400>>10 && c>>10 != 0x2f800>>10
	}
	return c == 0x1c89 || c == 0x2c2f || c == 0x32ff || 0xa7ba <= c && c <= 0xa7f7 || c == 0xab69
}

// ignored are white space, controls, and what has no width.
func ignored(c rune) bool {
	switch {
	case c <= 0x20, 0x7f <= c && c <= 0xa0, c == 0xad:
		return true
	case c < 0x1680:
		return false
	case c == 0x1680, 0x2000 <= c && c <= 0x200f, 0x2028 <= c && c <= 0x202f,
		0x205f <= c && c <= 0x206f, c == 0x3000, 0xfe00 <= c && c <= 0xfe0f, c == 0xfeff, 0xe0000 <= c && c <= 0xe03ff:
		return true
	}
	return false
}

// punctuation is what a query may leave out or have otherwise.
func punctuation(c rune) bool {
	if c < 0x80 {
		return strings.ContainsRune("!\"'()*,-./:;?[\\]^_`{|}~", c)
	}
	switch {
	case c == 0xa1, c == 0xa7, c == 0xab, c == 0xb6, c == 0xb7, c == 0xbb, c == 0xbf,
		0x2010 <= c && c <= 0x2027, 0x2032 <= c && c <= 0x205e, c == 0x2212,
		0x2500 <= c && c <= 0x257f, 0x3001 <= c && c <= 0x3003, 0x3008 <= c && c <= 0x301f, c == 0x3030, c == 0x30fb:
		return true
	}
	return false
}

func digit(c rune) bool { return '0' <= c && c <= '9' }
