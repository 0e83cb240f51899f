package search

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// value is one value of a filter with the documents that have it.
type value struct {
	key, text string
	docs      []uint32 // their numbers
}

// filter collects the values of one kind in the order in which they turn up.
type filter struct {
	byKey  map[string]*value
	values []*value
}

func (f *filter) add(key, text string, doc uint32) {
	if key == "" {
		return
	}
	v := f.byKey[key]
	if v == nil {
		v = &value{key: key, text: text}
		if f.byKey == nil {
			f.byKey = map[string]*value{}
		}
		f.byKey[key] = v
		f.values = append(f.values, v)
	}
	v.docs = append(v.docs, doc)
}

// member is the file of a filter: a list of [key, text, documents].
func (f *filter) member(name string) member {
	list := make([][3]string, len(f.values))
	for i, v := range f.values {
		slices.Sort(v.docs)
		list[i] = [3]string{v.key, v.text, string(runs(slices.Compact(v.docs)))}
	}
	return member{"f", 0, file("f/"+name, object(list))}
}

// runs writes documents, in rising order, as runs: how many, and for each the
// distance from the one before and the length less one, all in gamma from 1.
// What a report has in common is one run.
func runs(docs []uint32) []byte {
	var spans [][2]uint64 // distance, length
	next := uint32(0)
	for _, doc := range docs {
		if n := len(spans); n > 0 && doc == next {
			spans[n-1][1]++
		} else {
			spans = append(spans, [2]uint64{uint64(doc - next), 1})
		}
		next = doc + 1
	}
	var w bitWriter
	w.gamma(uint64(len(spans)))
	for _, s := range spans {
		w.gamma(s[0] + 1)
		w.gamma(s[1])
	}
	return w.base64()
}

// values makes family f: a file for each filter, that of the sections for each
// report by itself.
func (w *writer) values(yield func(member) bool) {
	var status, year, unit, owner, report filter
	sections := map[string]*filter{}
	for doc, d := range w.docs {
		n := w.numbers[doc]
		status.add(d.status.key, d.status.word, n)
		for _, o := range d.owners {
			owner.add(o, o, n)
		}
		r := w.reports[d.report]
		if d.report == "" || r == nil || d.withdrawn() {
			continue
		}
		year.add(r.day[:min(len(r.day), 4)], r.day[:min(len(r.day), 4)], n)
		unit.add(r.unit, r.unit, n)
		report.add(r.id, r.title, n)
		f := sections[r.id]
		if f == nil {
			f = &filter{}
			sections[r.id] = f
		}
		for _, s := range d.under {
			f.add(s.key, s.text, n)
		}
	}
	slices.SortFunc(year.values, func(a, b *value) int { return strings.Compare(b.key, a.key) })
	for _, f := range []*filter{&owner, &unit} {
		slices.SortStableFunc(f.values, func(a, b *value) int {
			return cmp.Or(cmp.Compare(len(b.docs), len(a.docs)), cmp.Compare(a.text, b.text))
		})
	}
	w.meta.Filters = []string{}
	if len(report.values) == 1 {
		w.meta.Report = report.values[0].key
		w.meta.Filters = append(w.meta.Filters, "section")
	}
	for _, f := range []struct {
		name string
		*filter
	}{{"status", &status}, {"year", &year}, {"unit", &unit}, {"owner", &owner}, {"report", &report}} {
		if len(f.values) > 1 {
			w.meta.Filters = append(w.meta.Filters, f.name)
		}
		if !yield(f.member(f.name)) {
			return
		}
	}
	for _, name := range slices.Sorted(maps.Keys(sections)) {
		if !yield(sections[name].member("section/" + name)) {
			return
		}
	}
}

// statuses are the codes that occur.
func (w *writer) statuses() []code {
	found := map[code]bool{}
	for _, d := range w.docs {
		if d.status.key != "" {
			found[d.status] = true
		}
	}
	return slices.SortedFunc(maps.Keys(found), func(a, b code) int { return cmp.Compare(a.key, b.key) })
}

// units are the units whose reports the portal holds.
func (w *writer) units() map[string]bool {
	units := map[string]bool{}
	for _, r := range w.reports {
		if r.unit != "" {
			units[r.unit] = true
		}
	}
	return units
}
