package search

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

type query struct {
	kind  string
	text  string
	words []string
}

type sampler struct {
	*world
	random *rand.Rand
}

func (s *sampler) doc() *plain { return &s.docs[s.random.IntN(len(s.docs))] }

// cut is n characters of a block, from anywhere in it or from its end.
func (s *sampler) cut(text string, n int) string {
	var runes []rune
	for _, c := range text {
		if !ignored(c) {
			runes = append(runes, c)
		}
	}
	if len(runes) <= n {
		return string(runes)
	}
	at := s.random.IntN(len(runes) - n + 1)
	return string(runes[at : at+n])
}

func (s *sampler) block(d *plain) string { return d.raw[s.random.IntN(len(d.raw))] }

func one(kind, text string) query { return query{kind, `"` + text + `"`, []string{text}} }

// queries makes some n queries of all kinds.
func (s *sampler) queries(n int) []query {
	var out []query
	each := n / 15
	for _, length := range []int{1, 2, 3, 4, 6, 10, 20} {
		for range each {
			out = append(out, one(fmt.Sprintf("length %d", length), s.cut(s.block(s.doc()), length)))
		}
	}
	for i := range each {
		d := s.doc()
		out = append(out, one("title", d.raw[0]))
		a, b := s.cut(s.block(d), 2+s.random.IntN(3)), s.cut(s.block(d), 2+s.random.IntN(3))
		out = append(out, query{"two words", a + " " + b, []string{a, b}})
		// Hardly anybody types punctuation as a word of its own.
		if other := s.doc(); i%4 == 0 && len(other.runs()) > 0 {
			a, marks := s.cut(s.block(d), 2+s.random.IntN(8)), other.runs()
			m := marks[s.random.IntN(len(marks))]
			out = append(out, query{"marks", a + " " + m, []string{a, m}})
		}
		out = append(out, s.with("numbers", "0123456789"), s.with("mixed", "ABCDEFGHIJKLMNOPQRSTUVWXYZ.%+"), s.with("punctuation", ",。、《》“”"))
		out = append(out, one("spliced", s.spliced()))
		if i := s.random.IntN(len(d.raw)); i > 0 {
			first, second := []rune(d.raw[i-1]), []rune(d.raw[i])
			out = append(out, one("border", string(first[max(0, len(first)-3):])+string(second[:min(3, len(second))])))
		}
	}
	return slices.DeleteFunc(out, func(q query) bool {
		return len(q.words) == 0 || slices.ContainsFunc(q.words, func(word string) bool { return len(normal(word).units) == 0 || strings.ContainsAny(word, "\"") })
	})
}

// runs are the runs of punctuation of a document that make a query without
// quotes.
func (p *plain) runs() []string {
	return slices.DeleteFunc(strings.Fields(p.marks), func(m string) bool { return strings.ContainsAny(m, `"“”`) })
}

// with cuts out of a text what has one of some characters in it.
func (s *sampler) with(kind, characters string) query {
	for range 2000 {
		if text := s.cut(s.block(s.doc()), 3+s.random.IntN(7)); strings.ContainsAny(text, characters) {
			return one(kind, text)
		}
	}
	return query{}
}

// spliced puts halves of two texts together at a character that both have:
// every pair of it stands somewhere.
func (s *sampler) spliced() string {
	for range 1000 {
		a, b := []rune(s.cut(s.block(s.doc()), 8)), []rune(s.cut(s.block(s.doc()), 8))
		for i, c := range a {
			if j := slices.Index(b, c); i > 1 && j >= 0 && j+2 < len(b) {
				return string(a[:i]) + string(b[j:])
			}
		}
	}
	return ""
}
