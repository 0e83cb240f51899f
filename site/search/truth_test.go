package search

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestEveryTrueSubstringIsFoundAndNothingElse(t *testing.T) {
	t.Run("real", func(t *testing.T) { newWorld(t, realPortal(t)).check(t, 700) })
	t.Run("example", func(t *testing.T) { newWorld(t, examplePortal(t)).check(t, 700) })
	t.Run("1000", func(t *testing.T) { newWorld(t, synthetic(t, 1000)).check(t, 700) })
}

// TestPunctuationIsAWordBesideOthers asks for words that are certain only after
// a look at the texts, in whose normal form no punctuation stands.
func TestPunctuationIsAWordBesideOthers(t *testing.T) {
	w := &world{dir: t.TempDir(), at: map[uint32]int{}, index: New()}
	for i, text := range []string{"示例局核对浪费问题》，后来", "示例局核对浪费问题。后来", "示例局核对浪费的问题》，后来", "示例》，，、"} {
		d := &document{path: string(rune('a'+i)) + ".html", title: "示例", blocks: []block{{"示例", true}, {text, true}}}
		w.docs = append(w.docs, *plainOf(d))
		w.index.add(d)
	}
	numbers, _ := w.index.order()
	for i := range w.docs {
		w.docs[i].number = numbers[i]
		w.at[numbers[i]] = i
	}
	write(t, w.dir, w.index)
	var queries []query
	for _, words := range [][]string{
		{"核对浪费问题", "》,"}, {"》,", "核对浪费问题"}, {"示例局核对浪费", "》,", "。"}, {"示例局核对浪费", "》"}, {"》,,、"}, {"》,、"}, {"核对浪费问题", "》。"},
	} {
		queries = append(queries, query{"marks", strings.Join(words, " "), words})
	}
	for i, a := range ask(t, w.dir, queries) {
		w.hold(t, queries[i], a)
	}
}

func (w *world) sampler() *sampler {
	return &sampler{w, rand.New(rand.NewPCG(1, uint64(len(w.docs))))}
}

// check asks some n queries and holds the answers against the truth.
func (w *world) check(t *testing.T, n int) {
	t.Helper()
	queries := w.sampler().queries(n)
	if len(queries) < 500 {
		t.Fatalf("%d queries are too few", len(queries))
	}
	answers := ask(t, w.dir, queries)
	empty := 0
	for i, q := range queries {
		if len(w.truth(q)) == 0 {
			empty++
		}
		w.hold(t, q, answers[i])
	}
	t.Logf("%d queries, %d of them find nothing", len(queries), empty)
	for _, line := range summary(queries, answers) {
		t.Log(line)
	}
}

// hold holds an answer against the truth.
func (w *world) hold(t *testing.T, q query, a answer) {
	t.Helper()
	want, got := w.truth(q), slices.Sorted(slices.Values(a.Docs))
	if !slices.Equal(want, got) {
		t.Errorf("%s %s: %d found, %d hold it; missing %v, wrong %v", q.kind, q.text, len(got), len(want), missing(want, got), missing(got, want))
		return
	}
	if a.Differs != "" {
		t.Errorf("%s %s: other %s in another order", q.kind, q.text, a.Differs)
	}
	if len(a.Shown) != min(10, len(want)) {
		t.Errorf("%s %s: %d of %d are shown", q.kind, q.text, len(a.Shown), len(want))
	}
	for _, x := range a.Shown {
		p := w.numbered(x.Doc)
		if p == nil || p.path != x.Path || !slices.Contains(want, x.Doc) {
			t.Errorf("%s %s: shows %s", q.kind, q.text, x.Path)
			continue
		}
		said := normal(x.Title).String() + "\n" + normal(x.Status).String()
		for _, text := range x.Texts {
			said += "\n" + normal(text).String()
		}
		if !slices.ContainsFunc(q.words, func(word string) bool {
			f := normal(word)
			return strings.Contains(said, f.String()) || onlyMarks(f) || f.String() == p.id || len(f.units) > longest
		}) {
			t.Errorf("%s %s: what is shown of %s does not say it", q.kind, q.text, x.Path)
		}
	}
}

func (w *world) numbered(n uint32) *plain {
	i, ok := w.at[n]
	if !ok {
		return nil
	}
	return &w.docs[i]
}

func missing(from, in []uint32) []uint32 {
	var out []uint32
	for _, doc := range from {
		if !slices.Contains(in, doc) {
			out = append(out, doc)
		}
	}
	return out[:min(len(out), 5)]
}

// measures are what is counted of an answer.
var measures = []struct {
	name string
	of   func(answer) int
}{
	{"ready", func(a answer) int { return a.Bytes }},
	{"index", func(a answer) int { return a.Index }},
	{"requests", func(a answer) int { return a.Requests }},
	{"rounds", func(a answer) int { return a.Rounds }},
	{"exact", func(a answer) int { return a.All }},
}

// summary is a line for each kind of query: the median of each measure and what
// 95 of 100 queries stay below.
func summary(queries []query, answers []answer) []string {
	const all = "all"
	kinds := map[string][]answer{all: answers}
	var order, lines []string
	for i, q := range queries {
		if kinds[q.kind] == nil {
			order = append(order, q.kind)
		}
		kinds[q.kind] = append(kinds[q.kind], answers[i])
	}
	for _, kind := range append(order, all) {
		line := fmt.Sprintf("%-12s", kind)
		for _, m := range measures {
			median, most := percentiles(kinds[kind], m.of)
			line += fmt.Sprintf("  %s %d/%d", m.name, median, most)
		}
		lines = append(lines, line)
	}
	return lines
}

func percentiles(answers []answer, of func(answer) int) (median, most int) {
	var values []int
	for _, a := range answers {
		values = append(values, of(a))
	}
	slices.Sort(values)
	return values[len(values)/2], values[len(values)*95/100]
}
