package check

import (
	"strings"
	"unicode/utf8"

	"rectify/site/problem"
)

// class is what a character means to the one pass over all texts. Most
// characters mean nothing, and the pass is fast because of them.
type class uint8

const (
	plain class = iota
	digit
	atSign
	schemeStart // h, with which an address of the web may begin
	lineEnd
	opening
	closing
	narrowMark // , ; : ! ? .
	wideMark   // the same in full width
	lost       // U+FFFD
	private
	invisible
	garbleGBK
	garbleLatin
)

// classes holds the class of every character of the first plane.
var classes = func() *[1 << 16]class {
	var table [1 << 16]class
	set := func(c class, runes string) {
		for _, r := range runes {
			table[r] = c
		}
	}
	set(digit, "0123456789\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19")
	set(atSign, "@\uff20")
	set(schemeStart, "hH")
	set(lineEnd, "\n")
	set(narrowMark, narrowMarks)
	set(wideMark, wideMarks)
	set(lost, "\ufffd")
	set(garbleGBK, signalsGBK())
	for r := rune(0xc2); r <= 0xf4; r++ {
		table[r] = garbleLatin
	}
	for r, pair := range pairs {
		table[r] = opening
		table[pair.closed] = closing
	}
	for r := rune(0xe000); r <= 0xf8ff; r++ {
		table[r] = private
	}
	set(invisible, "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")
	return &table
}()

func classOf(r rune) class {
	switch {
	case r < 1<<16:
		return classes[r]
	case r >= 0xf0000:
		return private
	}
	return plain
}

// hit is something found in a text. raw is the passage itself, which never
// goes into a message unless a detector puts it there.
type hit struct {
	code   problem.Code
	in     value
	offset int // of raw, in bytes
	raw    string
	args   []string
}

// scanner looks through texts, one after another. A passage may run over
// several values: the title and the text of a measure are printed as one.
type scanner struct {
	known   map[string]bool // numbers and addresses of contacts, folded
	masking bool            // every hit is wanted
	hits    []hit

	current  value
	personal bool // whether to look for personal data
	style    bool // whether to look at punctuation
	counts   [garbleLatin + 1]int
	first    [garbleLatin + 1]int // offset of the first one counted
	marks    marks
}

// scan looks through one value. runsOn says that it goes on where the one
// before ended.
func (s *scanner) scan(v value, personal, style, runsOn bool) {
	if !runsOn {
		s.finish()
	}
	s.current, s.personal, s.style = v, personal, style
	text := v.text
	before := rune(0) // the character before
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		next := i + size
		switch c := classOf(r); c {
		case plain:
		case digit:
			if end := s.number(i, before); end > next {
				next = end
				r, _ = utf8.DecodeLastRuneInString(text[:end])
			}
		case atSign:
			s.address(i, next)
		case schemeStart:
			if end := webAddress(text[i:]); end > 0 {
				next, r = i+end, 'x'
			}
		case lineEnd:
			s.marks.line()
		case opening, closing, narrowMark, wideMark:
			if style {
				s.marks.mark(s, c, r, before, spot{v, i, next})
			}
		case lost, private, invisible:
			if s.counts[c]++; s.counts[c] == 1 {
				s.first[c] = i
			}
		case garbleGBK, garbleLatin:
			if end := s.garbled(c, i); end > next {
				next = end
			}
		}
		before = r
		i = next
	}
	s.characters()
}

// finish ends a passage.
func (s *scanner) finish() {
	s.marks.finish(s)
}

func (s *scanner) hit(code problem.Code, from, to int, args ...string) {
	s.add(hit{code, s.current, from, s.current.text[from:to], args})
}

// most is how many problems of one value are reported: a list of telephone
// numbers that was pasted by mistake holds hundreds.
const most = 20

func (s *scanner) add(h hit) {
	if n := len(s.hits); s.masking || n < most || s.hits[n-most].in != h.in {
		s.hits = append(s.hits, h)
	}
}

// webAddress gives the length of the address that a text starts with, or 0.
// What looks like a telephone number within one is part of a file's name.
func webAddress(text string) int {
	if !strings.HasPrefix(text, "http://") && !strings.HasPrefix(text, "https://") {
		return 0
	}
	for i := range len(text) {
		if text[i] <= ' ' || text[i] >= utf8.RuneSelf {
			return i
		}
	}
	return len(text)
}
