package page

import (
	"cmp"
	"slices"
	"strings"

	"rectify/site/model"
)

// Two issues of a unit that share a rare phrase, the name of a place or a
// project, are about the same thing more often than not. What is a word in
// Chinese is not written, so a phrase is a stretch of at least shortest
// characters all of whose grams are rare.
const (
	gramLength = 4
	shortest   = 5
	// rarest is in how many issues a gram may stand: what more of them have is
	// how the unit writes.
	rarest = 3
	// mostCompared is how many issues of one unit are compared; beyond it a page
	// would depend on too many others, and phrases are no longer rare.
	mostCompared = 2000
)

// gram is gramLength characters of the basic plane in a row.
type gram uint64

// grams gives each gram of a text with the index of the character behind it.
// Only Chinese characters in a row make grams.
func grams(text []rune, do func(g gram, end int)) {
	var g gram
	n := 0
	for i, r := range text {
		if r < 0x4e00 || r > 0x9fff {
			n = 0
			continue
		}
		g = g<<16 | gram(r)
		if n++; n >= gramLength {
			do(g, i+1)
		}
	}
}

// phraseTexts are the texts of an issue in which phrases are looked for.
func phraseTexts(issue *model.Issue) []string {
	texts := []string{issue.Title, issue.Finding}
	for _, m := range issue.Measures {
		texts = append(texts, m.Title, m.Text)
	}
	return append(texts, issue.Result)
}

// indexPhrases finds the grams that few issues of their unit share.
func (b *Book) indexPhrases() {
	type at struct {
		gram
		issue int32
	}
	b.grams = map[*value]map[gram][]*model.Issue{}
	for _, unit := range b.filter(byUnit).values {
		if n := len(unit.issues); n < 2 || n > mostCompared {
			continue
		}
		var all []at
		for i, l := range unit.issues {
			for _, text := range phraseTexts(l.issue) {
				grams([]rune(text), func(g gram, _ int) { all = append(all, at{g, int32(i)}) })
			}
		}
		slices.SortFunc(all, func(x, y at) int { return cmp.Or(cmp.Compare(x.gram, y.gram), cmp.Compare(x.issue, y.issue)) })
		all = slices.Compact(all)
		rare := map[gram][]*model.Issue{}
		for from := 0; from < len(all); {
			to := from + 1
			for to < len(all) && all[to].gram == all[from].gram {
				to++
			}
			if n := to - from; n > 1 && n <= rarest {
				for _, one := range all[from:to] {
					rare[one.gram] = append(rare[one.gram], unit.issues[one.issue].issue)
				}
			}
			from = to
		}
		b.grams[unit] = rare
	}
}

// sharing is an issue with the phrase that it shares with another one.
type sharing struct {
	with   *model.Issue
	phrase string
}

// phrases finds the longest rare phrase that an issue shares with each other
// one of its unit: longer ones first, of equal ones the first in the portal.
func (b *Book) phrases(unit string, issue *model.Issue) []sharing {
	v := b.filter(byUnit).byText[unit]
	rare := b.grams[v]
	if len(rare) == 0 {
		return nil
	}
	longest := map[*model.Issue]string{}
	for _, text := range phraseTexts(issue) {
		runes := []rune(text)
		type stretch struct{ from, to int }
		open := map[*model.Issue]stretch{}
		grams(runes, func(g gram, end int) {
			for _, other := range rare[g] {
				if other == issue {
					continue
				}
				s := open[other]
				if s.to != end-1 {
					s.from = end - gramLength
				}
				s.to = end
				open[other] = s
				if phrase := runes[s.from:s.to]; len(phrase) >= shortest && len(string(phrase)) > len(longest[other]) {
					longest[other] = widen(runes, s.from, s.to, phraseTexts(other))
				}
			}
		})
	}
	var all []sharing
	for _, l := range v.issues {
		if phrase := longest[l.issue]; phrase != "" {
			all = append(all, sharing{l.issue, phrase})
		}
	}
	slices.SortStableFunc(all, func(x, y sharing) int { return cmp.Compare(len(y.phrase), len(x.phrase)) })
	return all
}

// widen takes into a phrase what stands around it in both issues. The grams at
// its ends are common ones, and without them 滨海新区 would end as 滨海新.
func widen(text []rune, from, to int, other []string) string {
	stands := func(from, to int) bool {
		for _, r := range text[from:to] {
			if r < 0x4e00 || r > 0x9fff {
				return false
			}
		}
		phrase := string(text[from:to])
		return slices.ContainsFunc(other, func(t string) bool { return strings.Contains(t, phrase) })
	}
	for to < len(text) && stands(from, to+1) {
		to++
	}
	for from > 0 && stands(from-1, to) {
		from--
	}
	return string(text[from:to])
}
