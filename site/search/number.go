package search

import (
	"cmp"
	"slices"
)

// Numbers of documents are places in a row: newer reports have higher ones, so
// that a list of numbers read from its end goes from new to old. A report owns
// a stretch of the row with some places left free. Its issues stand at the
// upper end, the first at the very top, its other pages at the lower: a new
// issue at its end, or a new section, takes a free place and moves nothing.
const stretch = 16 // stretches are multiples of it

// order gives every document, by the order of its coming, its place; places is
// the length of the row.
func (x *Indexer) order() (numbers []uint32, places int) {
	var reports []*report
	for _, r := range x.reports {
		reports = append(reports, r)
	}
	slices.SortFunc(reports, func(a, b *report) int {
		return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.id, b.id))
	})
	numbers = make([]uint32, len(x.docs))
	for _, r := range reports {
		if len(r.docs) == 0 {
			continue
		}
		low, high := places, places+room(len(r.docs))
		places = high
		for _, doc := range r.docs {
			if x.docs[doc-1].issue {
				high--
				numbers[doc-1] = uint32(high)
			} else {
				numbers[doc-1] = uint32(low)
				low++
			}
		}
	}
	return numbers, rounded(places)
}

// room is the length of the stretch for n documents.
func room(n int) int { return (n + n/16 + stretch) / stretch * stretch }
