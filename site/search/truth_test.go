package search

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/spf13/afero"

	"rectify/site/internal/synth"
	"rectify/site/load"
	"rectify/site/model"
	"rectify/site/page"
)

// world is a portal with its index on the disk and the plain texts beside it,
// which are looked through for the truth.
type world struct {
	dir   string
	docs  []plain
	index *Indexer
}

// plain is a document as its normal forms, block by block.
type plain struct {
	path   string
	id     string // of an issue, found only as a whole
	number uint32
	raw    []string
	blocks string // normal forms with a line break after each
	marks  string // the same for runs of punctuation
}

func portalOf(t testing.TB, fs afero.Fs) *model.Portal {
	t.Helper()
	portal, found := load.Load(context.Background(), fs, "data")
	if found.HasErrors() {
		t.Fatal(found)
	}
	return portal.Public()
}

func realPortal(t testing.TB) *model.Portal {
	return portalOf(t, afero.NewBasePathFs(afero.NewOsFs(), absolute(t, "../..")))
}

func synthetic(t testing.TB, n int) *model.Portal {
	t.Helper()
	fs := afero.NewMemMapFs()
	if err := synth.Write(fs, n, 1); err != nil {
		t.Fatal(err)
	}
	return portalOf(t, fs)
}

func absolute(t testing.TB, path string) string {
	t.Helper()
	abs, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return abs
}

func newWorld(t testing.TB, portal *model.Portal) *world {
	t.Helper()
	w := &world{dir: t.TempDir(), index: New()}
	byPath := map[string]*plain{}
	for p := range w.index.Watch(page.New(portal, page.Options{}).Pages()) {
		if d := documentOf(p); d != nil {
			byPath[p.Path] = plainOf(d)
		}
	}
	for f := range w.index.Files() {
		name := filepath.Join(w.dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	numbers, _ := w.index.order()
	for doc, d := range w.index.docs {
		p := byPath[d.path]
		if p == nil { // a full text: what no other page shows
			p = &plain{path: d.path}
			for _, texts := range d.pieces {
				for _, text := range texts {
					p.add(text)
				}
			}
			p.add(d.title)
		}
		p.number = numbers[doc]
		w.docs = append(w.docs, *p)
	}
	return w
}

func plainOf(d *document) *plain {
	p := &plain{path: d.path}
	for _, b := range d.blocks {
		p.add(b.text)
	}
	if d.status.word != "" {
		p.add(d.status.word)
	}
	p.id = d.number
	return p
}

func (p *plain) add(text string) {
	f := normal(text)
	p.raw = append(p.raw, text)
	p.blocks += string(utf16.Decode(f.units)) + "\n"
	p.marks += strings.Join(f.marks, "\n") + "\n"
}

// holds says whether a document holds a word.
func (p *plain) holds(word string) bool {
	f := normal(word)
	text := string(utf16.Decode(f.units))
	if len(f.marks) == 1 && f.marks[0] == text {
		return strings.Contains(p.marks, text)
	}
	return strings.Contains(p.blocks, text) || p.id != "" && text == p.id
}

type query struct {
	kind  string
	text  string
	words []string
}

func (w *world) truth(q query) []uint32 {
	var docs []uint32
	for i := range w.docs {
		if !slices.ContainsFunc(q.words, func(word string) bool { return !w.docs[i].holds(word) }) {
			docs = append(docs, w.docs[i].number)
		}
	}
	slices.Sort(docs)
	return docs
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
	each := n / 14
	for _, length := range []int{1, 2, 3, 4, 6, 10, 20} {
		for range each {
			out = append(out, one(fmt.Sprintf("length %d", length), s.cut(s.block(s.doc()), length)))
		}
	}
	for range each {
		d := s.doc()
		out = append(out, one("title", d.raw[0]))
		a, b := s.cut(s.block(d), 2+s.random.IntN(3)), s.cut(s.block(d), 2+s.random.IntN(3))
		out = append(out, query{"two words", a + " " + b, []string{a, b}})
		for range 1000 {
			if text := s.cut(s.block(s.doc()), 3+s.random.IntN(5)); strings.ContainsAny(text, "0123456789") {
				out = append(out, one("numbers", text))
				break
			}
		}
		for range 1000 {
			if text := s.cut(s.block(s.doc()), 3+s.random.IntN(7)); strings.ContainsAny(text, ",。、《》“”") {
				out = append(out, one("punctuation", text))
				break
			}
		}
		out = append(out, one("spliced", s.spliced()))
		if i := s.random.IntN(len(d.raw)); i > 0 {
			first, second := []rune(d.raw[i-1]), []rune(d.raw[i])
			out = append(out, one("border", string(first[max(0, len(first)-3):])+string(second[:min(3, len(second))])))
		}
	}
	return slices.DeleteFunc(out, func(q query) bool {
		return slices.ContainsFunc(q.words, func(word string) bool { return len(normal(word).units) == 0 || strings.ContainsAny(word, "\"") })
	})
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

type answer struct {
	Bytes, Index, Requests, Texts, Rounds, All int

	Docs    []uint32
	Differs string
	Shown   []struct {
		Doc    uint32
		Path   string
		Title  string
		Status string
		Texts  []string
	}
}

// ask answers queries with the theme's script.
func (w *world) ask(t testing.TB, queries []query) []answer {
	t.Helper()
	texts := make([]string, len(queries))
	for i, q := range queries {
		texts[i] = q.text
	}
	input, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "node", "testdata/answer.js", w.dir)
	cmd.Stdin = bytes.NewReader(input)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("node (version 20 or newer is needed): %v", err)
	}
	var answers []answer
	if err := json.Unmarshal(out, &answers); err != nil {
		t.Fatal(err)
	}
	return answers
}

func (w *world) check(t *testing.T, n int) {
	t.Helper()
	s := &sampler{w, rand.New(rand.NewPCG(1, uint64(len(w.docs))))}
	queries := s.queries(n)
	answers := w.ask(t, queries)
	paths := map[uint32]string{}
	for _, d := range w.docs {
		paths[d.number] = d.path
	}
	empty := 0
	for i, q := range queries {
		a := answers[i]
		want := w.truth(q)
		if len(want) == 0 {
			empty++
		}
		slices.Sort(a.Docs)
		if !slices.Equal(want, a.Docs) {
			t.Errorf("%s %s: %d found, %d hold it; missing %v, wrong %v", q.kind, q.text, len(a.Docs), len(want), missing(want, a.Docs), missing(a.Docs, want))
			continue
		}
		if len(a.Shown) != min(10, len(want)) {
			t.Errorf("%s %s: %d of %d are shown", q.kind, q.text, len(a.Shown), len(want))
		}
		for _, x := range a.Shown {
			if paths[x.Doc] != x.Path || !slices.Contains(want, x.Doc) {
				t.Errorf("%s %s: shows %s", q.kind, q.text, x.Path)
			}
		}
		if a.Differs != "" {
			t.Errorf("%s %s: other %s in another order", q.kind, q.text, a.Differs)
		}
	}
	t.Logf("%d queries, %d of them find nothing", len(queries), empty)
	summary(t, queries, answers)
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

func summary(t *testing.T, queries []query, answers []answer) {
	kinds := map[string][]answer{}
	var order []string
	for i, q := range queries {
		if kinds[q.kind] == nil {
			order = append(order, q.kind)
		}
		kinds[q.kind] = append(kinds[q.kind], answers[i])
	}
	kinds["all"] = answers
	for _, kind := range append(order, "all") {
		line := fmt.Sprintf("%-12s", kind)
		for _, c := range []struct {
			name string
			of   func(answer) int
		}{
			{"ready", func(a answer) int { return a.Bytes }},
			{"index", func(a answer) int { return a.Index }},
			{"requests", func(a answer) int { return a.Requests }},
			{"rounds", func(a answer) int { return a.Rounds }},
			{"exact", func(a answer) int { return a.All }},
		} {
			var all []int
			for _, a := range kinds[kind] {
				all = append(all, c.of(a))
			}
			slices.Sort(all)
			line += fmt.Sprintf("  %s %d/%d", c.name, all[len(all)/2], all[len(all)*95/100])
		}
		t.Log(line)
	}
}

func TestEveryTrueSubstringIsFoundAndNothingElse(t *testing.T) {
	t.Run("real", func(t *testing.T) { newWorld(t, realPortal(t)).check(t, 700) })
	t.Run("1000", func(t *testing.T) { newWorld(t, synthetic(t, 1000)).check(t, 700) })
}
