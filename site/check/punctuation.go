package check

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rectify/site/problem"
)

// pair is two marks that belong together. Brackets of both widths are of one
// kind: that they are mixed is another matter.
type pair struct {
	open, closed rune
	kind         rune
	quotation    bool
}

// pairs and closers hold the pairs by their opening and their closing mark.
var pairs, closers = func() (byOpen, byClosed map[rune]pair) {
	byOpen, byClosed = map[rune]pair{}, map[rune]pair{}
	for _, p := range []pair{
		{'“', '”', '“', true},
		{'‘', '’', '‘', true},
		{'《', '》', '《', true},
		{'〈', '〉', '〈', true},
		{'「', '」', '「', true},
		{'『', '』', '『', true},
		{'【', '】', '【', false},
		{'〔', '〕', '〔', false},
		{'(', ')', '(', false},
		{'\uff08', '\uff09', '(', false},
	} {
		byOpen[p.open], byClosed[p.closed] = p, p
	}
	return byOpen, byClosed
}()

// The marks that come in two widths, in the same order. A full stop is also a
// decimal point and the end of a label, so it counts between characters only.
const (
	narrowMarks = ",;:!?."
	wideMarks   = "\uff0c\uff1b\uff1a\uff01\uff1f\u3002"
	widths      = "(" + narrowMarks
)

var wide = []rune("\uff08" + wideMarks)

// marks follows the punctuation of one passage.
type marks struct {
	open []opened
	seen [2][len(widths)]bool // what stands in the present line, narrow and wide
	both string               // marks of this passage that stand in both widths
	at   spot                 // where that first shows
}

// spot is a place in a value.
type spot struct {
	in       value
	from, to int
}

// opened is an opening mark that still waits for its partner.
type opened struct {
	pair
	spot spot
}

// deepest is how many marks may wait for their partners. More is no text.
const deepest = 100

// mark takes the mark r at here; before is the character before it.
func (m *marks) mark(s *scanner, c class, r, before rune, here spot) {
	switch c {
	case opening:
		m.width(r, before, here)
		if len(m.open) < deepest && !m.repeats(r, before, here) {
			m.open = append(m.open, opened{pairs[r], here})
		}
	case closing:
		m.closing(s, r, before, here)
	default:
		m.width(r, before, here)
	}
}

// repeats tells a quotation mark that a paragraph within a quotation begins
// with: Chinese typesetting opens each paragraph and closes the last.
func (m *marks) repeats(r, before rune, here spot) bool {
	return (before == '\n' || here.from == 0) && len(m.open) > 0 &&
		pairs[r].quotation && m.open[len(m.open)-1].open == r
}

func (m *marks) closing(s *scanner, r, before rune, here spot) {
	closed := closers[r]
	for i := len(m.open) - 1; i >= 0; i-- {
		if m.open[i].kind != closed.kind {
			continue
		}
		for _, lonely := range m.open[i+1:] {
			m.lonely(s, lonely.spot, lonely.open, lonely.closed)
		}
		if partner := m.open[i]; partner.closed != r {
			m.mixed(partner.open, r, here)
		}
		m.open = m.open[:i]
		return
	}
	switch {
	case r == '’' && before < utf8.RuneSelf && unicode.IsLetter(before):
		return // an apostrophe
	case closed.kind == '(' && enumerates(here.in.text[:here.from]):
		return // 1) 2) 3)
	}
	m.lonely(s, here, r, closed.open)
}

func (m *marks) lonely(s *scanner, at spot, mark, missing rune) {
	s.add(hit{problem.UnpairedMark, at.in, at.from, string(mark), []string{string(mark), string(missing)}})
}

// enumerates tells whether a text ends with what counts items before a closing
// bracket: a number, or one letter, that begins the text or a clause.
func enumerates(text string) bool {
	rest := strings.TrimRightFunc(text, func(r rune) bool {
		return unicode.IsDigit(r) || strings.ContainsRune(chineseNumerals, r)
	})
	if rest == text {
		r, size := utf8.DecodeLastRuneInString(text)
		if r >= utf8.RuneSelf || !unicode.IsLetter(r) {
			return false
		}
		rest = text[:len(text)-size]
	}
	r, size := utf8.DecodeLastRuneInString(rest)
	return size == 0 || unicode.IsSpace(r) || unicode.IsPunct(r)
}

// width notes that a mark stands in one of its two widths. Within quotation
// marks it is somebody else's, and between letters and digits (14:43, 1,000) it
// is not a mark of Chinese.
func (m *marks) width(r, before rune, here spot) {
	i, isWide := strings.IndexRune(widths, r), 0
	if i < 0 {
		if isWide, i = 1, slices.Index(wide, r); i < 0 {
			return
		}
	} else if !chineseAround(r, before, here) {
		return
	}
	if m.seen[isWide][i] || slices.ContainsFunc(m.open, func(o opened) bool { return o.quotation }) {
		return
	}
	m.seen[isWide][i] = true
	if m.seen[1-isWide][i] {
		m.mixed(rune(widths[i]), wide[i], here)
	}
}

// mixed notes two marks of one meaning in one passage.
func (m *marks) mixed(a, b rune, here spot) {
	if m.both == "" {
		m.at = here
	}
	if both := string(a) + " " + string(b); !strings.Contains(m.both, both) {
		m.both = strings.TrimSpace(m.both + "  " + both)
	}
}

func chineseAround(r, before rune, here spot) bool {
	after, _ := utf8.DecodeRuneInString(here.in.text[here.to:])
	if r == '.' {
		return isChinese(before) && (here.to == len(here.in.text) || after == '\n' || isChinese(after))
	}
	return isChinese(before) || isChinese(after)
}

// isChinese tells characters, and the marks that only stand in Chinese text.
func isChinese(r rune) bool {
	return unicode.Is(unicode.Han, r) || strings.ContainsRune("“”‘’《》、。", r)
}

// line ends a line: what is mixed is looked at paragraph by paragraph.
func (m *marks) line() {
	m.seen = [2][len(widths)]bool{}
}

// finish ends the passage.
func (m *marks) finish(s *scanner) {
	for _, o := range m.open {
		m.lonely(s, o.spot, o.open, o.closed)
	}
	if m.both != "" {
		at := m.at
		s.add(hit{problem.MixedWidth, at.in, at.from, at.in.text[at.from:at.to], []string{m.both}})
	}
	*m = marks{open: m.open[:0]}
}
