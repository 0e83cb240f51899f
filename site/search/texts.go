package search

import "fmt"

// texts makes family d: the pieces of the documents, from which results are
// shown. A piece is
//
//	[pieces of the document, path, title, status, day, unit, [text, …]]
//
// with empty texts for what is not known; the unit is told where the portal has
// several.
func (w *writer) texts(yield func(member) bool) {
	for _, s := range w.statuses() {
		f := normal(s.word)
		w.meta.Status += f.String() + "\n"
	}
	severalUnits := len(w.units()) > 1
	byNumber := make([]int, w.meta.Places)
	for doc, n := range w.numbers {
		byNumber[n] = doc + 1
	}
	for n, doc := range byNumber {
		if doc == 0 {
			continue
		}
		d := w.docs[doc-1]
		r := w.reports[d.report]
		day, unit := d.date, ""
		if r != nil && day == "" {
			day = r.day
		}
		if r != nil && severalUnits {
			unit = r.unit
		}
		for i, texts := range d.pieces {
			value := object([]any{len(d.pieces), d.path, d.title, d.status.word, day, unit, texts})
			name := fmt.Sprintf("%s-%x", numbered("d", n), i)
			if !yield(member{"d", groupOf(n, w.meta.Places), file(name, value)}) {
				return
			}
		}
	}
}
