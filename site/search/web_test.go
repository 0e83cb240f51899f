//go:build web

package search

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// The built sites of the real portal and of the example, see “make test-web”.
var (
	realSite    = flag.String("real", "", "the built site of the real portal")
	exampleSite = flag.String("example", "", "the built site of the example")
)

// asked is a query to the search page, and what it answered.
type asked struct {
	Q       string            `json:"q"`
	Filters map[string]string `json:"filters,omitempty"`
	words   []string
}

type told struct {
	First  string // what it says of the number before it counted on
	Count  int
	Paths  []string
	Values map[string][][2]any // by filter: value, number
}

// most is how many results ask.js looks at.
const most = 40

func askPage(t *testing.T, site, way string, queries []asked) []told {
	t.Helper()
	var answers []told
	node(t, &answers, queries, "../../themes/civic/test/ask.js", site, way)
	return answers
}

// sample is n queries, of all kinds.
func (w *world) sample(n int) []asked {
	var out []asked
	for _, q := range evenly(w.sampler().queries(700), n) {
		out = append(out, asked{Q: q.text, words: q.words})
	}
	return out
}

func (w *world) checkPage(t *testing.T, site, way string, queries []asked) {
	t.Helper()
	for i, a := range askPage(t, site, way, queries) {
		q := queries[i]
		want := w.pass(w.truth(query{words: q.words}), q.Filters, "")
		if a.Count != len(want) || len(a.Paths) < min(most, len(want)) {
			t.Errorf("%s %v: the page tells %d and shows %d of %d", q.Q, q.Filters, a.Count, len(a.Paths), len(want))
		}
		for _, path := range a.Paths {
			if !slices.ContainsFunc(want, func(n uint32) bool { return w.numbered(n).path == path }) {
				t.Errorf("%s %v: shows %s", q.Q, q.Filters, path)
			}
		}
		for name, told := range a.Values {
			expected := map[string]int{}
			for _, n := range w.pass(w.truth(query{words: q.words}), q.Filters, name) {
				for _, value := range w.valuesOf(n)[name] {
					expected[value]++
				}
			}
			got := map[string]int{}
			for _, v := range told {
				if n := int(v[1].(float64)); n > 0 {
					got[v[0].(string)] = n
				}
			}
			if !maps.Equal(expected, got) {
				t.Errorf("%s %v: the filter %s says %v, and %v is right", q.Q, q.Filters, name, got, expected)
			}
		}
	}
}

// valuesOf are the values of a document by filter.
func (w *world) valuesOf(number uint32) map[string][]string {
	d := w.index.docs[w.at[number]]
	values := map[string][]string{}
	add := func(name, value string) {
		if value != "" && !slices.Contains(values[name], value) {
			values[name] = append(values[name], value)
		}
	}
	add("status", d.status.key)
	for _, o := range d.owners {
		add("owner", o)
	}
	if r := w.index.reports[d.report]; r != nil && d.report != "" && !d.withdrawn() {
		add("report", r.id)
		add("unit", r.unit)
		add("year", r.day[:4])
		for _, s := range d.under {
			add("section", s.key)
		}
	}
	return values
}

// pass are the documents that pass all filters but one.
func (w *world) pass(docs []uint32, filters map[string]string, but string) []uint32 {
	return slices.DeleteFunc(slices.Clone(docs), func(n uint32) bool {
		values := w.valuesOf(n)
		for name, value := range filters {
			if name != but && value != "" && !slices.Contains(values[name], value) {
				return true
			}
		}
		return false
	})
}

// filtered are queries with filters: none at first, then each value that occurs
// among what is found, and pairs of them.
func (w *world) filtered(words ...string) []asked {
	var out []asked
	for _, word := range words {
		ask := func(filters map[string]string) {
			if len(w.pass(w.truth(query{words: []string{word}}), filters, "")) > 0 {
				out = append(out, asked{Q: word, Filters: filters, words: []string{word}})
			}
		}
		one := map[string]map[string]bool{}
		for _, n := range w.truth(query{words: []string{word}}) {
			for name, values := range w.valuesOf(n) {
				for _, v := range values {
					if one[name] == nil {
						one[name] = map[string]bool{}
					}
					one[name][v] = true
				}
			}
		}
		ask(map[string]string{"status": ""})
		names := slices.Sorted(maps.Keys(one))
		for i, name := range names {
			values := slices.Sorted(maps.Keys(one[name]))
			value := values[len(values)/2]
			if name != "section" {
				ask(map[string]string{name: value})
			}
			for _, other := range names[:i] {
				if name != "section" && other != "section" {
					ask(map[string]string{name: value, other: slices.Sorted(maps.Keys(one[other]))[0]})
				}
			}
		}
	}
	return out
}

func TestTheSearchPageAnswersTheTruth(t *testing.T) {
	if *realSite == "" || *exampleSite == "" {
		t.Fatal("run “make test-web”, which builds the sites and names them")
	}
	t.Run("real", func(t *testing.T) {
		w := newWorld(t, realPortal(t))
		w.checkPage(t, *realSite, "http", w.sample(some(30, 200)))
	})
	t.Run("example", func(t *testing.T) {
		w := newWorld(t, examplePortal(t))
		w.checkPage(t, *exampleSite, "file", w.sample(some(30, 200)))
		filtered := w.filtered("整改")
		w.checkPage(t, *exampleSite, "http", evenly(filtered, some(8, len(filtered))))
	})
	if !all() {
		return
	}
	t.Run("1000", func(t *testing.T) {
		w := newWorld(t, synthetic(t, 1000))
		site := w.beside(t, *realSite)
		w.checkPage(t, site, "http", w.sample(200))
		w.checkPage(t, site, "http", w.filtered("落实"))
	})
}

// all tells that time matters less than certainty, as in “make test-all”.
func all() bool { return os.Getenv("RECTIFY_ALL") != "" }

func some(few, many int) int {
	if all() {
		return many
	}
	return few
}

// evenly takes n of a list, from all of it.
func evenly[T any](list []T, n int) []T {
	n = min(n, len(list))
	out := make([]T, n)
	for i := range out {
		out[i] = list[i*len(list)/n]
	}
	return out
}

func TestANumberThatIsNotCertainIsSaidToBeAtLeast(t *testing.T) {
	const n = 3000
	x := New()
	x.reports["r"] = &report{id: "r"}
	holds := 0
	for i := range n {
		// All have all pairs, most of them often, and every other one the phrase.
		text := strings.Repeat("甲乙，丁甲。丙丁；", 20) + "乙丙"
		if i%2 == 0 {
			text += "丙甲乙丙丁"
			holds++
		} else {
			text += "乙甲乙丁丙丁"
		}
		x.add(&document{path: fmt.Sprint(i), title: "示例", report: "r", issue: true, blocks: []block{{"示例", true}, {text, true}}})
	}
	w := &world{dir: t.TempDir()}
	write(t, w.dir, x)
	a := askPage(t, w.beside(t, *realSite), "http", []asked{{Q: "甲乙丙丁"}})[0]
	if !strings.HasPrefix(a.First, "至少 ") || a.Count != holds {
		t.Errorf("it says %s, then %d, and %d is right", a.First, a.Count, holds)
	}
}
