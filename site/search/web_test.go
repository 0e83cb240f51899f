//go:build web

package search

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"rectify/site/model"
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
	all := w.sampler().queries(700)
	out := make([]asked, n)
	for i := range out {
		q := all[i*len(all)/n]
		out[i] = asked{Q: q.text, words: q.words}
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
	for _, portal := range []struct {
		name, site string
		portal     func(testing.TB) *model.Portal
	}{{"real", *realSite, realPortal}, {"example", *exampleSite, examplePortal}} {
		if portal.site == "" {
			t.Fatal("run “make test-web”, which builds the sites and names them")
		}
		w := newWorld(t, portal.portal(t))
		for _, way := range []string{"http", "file"} {
			t.Run(portal.name+" "+way, func(t *testing.T) { w.checkPage(t, portal.site, way, w.sample(60)) })
		}
		t.Run(portal.name+" filters", func(t *testing.T) { w.checkPage(t, portal.site, "http", w.filtered("整改", "示例", "的")) })
	}
	t.Run("1000", func(t *testing.T) {
		w := newWorld(t, synthetic(t, 1000))
		site := w.beside(t, *realSite)
		w.checkPage(t, site, "http", w.sample(60))
		w.checkPage(t, site, "http", w.filtered("落实"))
	})
}

// beside lays the index of a world beside the search page of a built site.
func (w *world) beside(t *testing.T, site string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "search"), os.DirFS(filepath.Join(w.dir, "search"))); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(dir, "assets"), os.DirFS(filepath.Join(site, "assets"))); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"index.html", "search.html", "state.css"} {
		data, err := os.ReadFile(filepath.Join(site, name))
		if err != nil {
			t.Fatal(fmt.Errorf("no built site: %w", err))
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
