package search

import (
	"slices"
	"strings"
	"unicode/utf16"
)

// Where the blocks of a document stand: one behind the other, with at least one
// free position between them, over which no pair reaches. A block that may grow
// begins at a multiple of align, so that a few more characters in the one before
// mostly do not move it.
const align = 64

// A result is shown from pieces of its document: the text that stands in one
// window of positions, with some more around it within the same block, so that
// an excerpt has words on both sides and a phrase of up to longest units that
// begins in a window is whole in its piece.
const (
	windowBits = 9
	before     = 24
	behind     = 64
	longest    = behind - 4
)

// placed is a block with its normal form and the position where it begins.
type placed struct {
	text string
	form
	at int
}

func (p *placed) end() int { return p.at + len(p.units) }

// layOut gives the blocks of a document their places. What stands in another
// block already gets none. Behind the blocks stand the runs of punctuation,
// each once, so that punctuation alone can be looked for too.
func layOut(blocks []block) []placed {
	var (
		out   []placed
		whole strings.Builder // all blocks so far, as bytes that can be searched
		marks []string
		next  int // the first free position
	)
	for i, b := range blocks {
		p := placed{text: b.text, form: normal(b.text)}
		for _, m := range p.marks {
			if !slices.Contains(marks, m) {
				marks = append(marks, m)
			}
		}
		text := p.String()
		if text == "" || i > 0 && strings.Contains(whole.String(), text) {
			continue
		}
		whole.WriteString(text)
		whole.WriteByte('\n') // no normal form holds one
		if p.at = next; b.loose && len(out) > 0 {
			p.at = (next + align - 1) / align * align
		}
		next = p.end() + 1
		out = append(out, p)
	}
	slices.Sort(marks)
	for _, m := range marks {
		p := placed{form: form{units: utf16.Encode([]rune(m))}, at: next}
		next = p.end() + 1
		out = append(out, p)
	}
	return out
}

// pieces cuts the texts of a document into windows: for each the texts of its
// piece. Marks have no text of their own, and the title stands in every piece.
func pieces(blocks []placed) [][]string {
	var out [][]string
	for i, b := range blocks {
		for w := b.at >> windowBits; w<<windowBits < b.end(); w++ {
			for len(out) <= w {
				out = append(out, []string{})
			}
			if i == 0 || b.text == "" {
				continue
			}
			if text := b.cut(w<<windowBits-before, (w+1)<<windowBits+behind); text != "" {
				out[w] = append(out[w], text)
			}
		}
	}
	return out
}

// cut is the text of a block between two positions.
func (p *placed) cut(from, to int) string {
	first, last := 0, len(p.text)
	if from > p.at {
		first = int(p.offsets[from-p.at])
	}
	if to < p.end() {
		last = int(p.offsets[to-p.at])
	}
	return strings.TrimSpace(p.text[first:last])
}
