package search

import (
	"bytes"
	"context"
	"encoding/json"
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
	docs  []plain // as the index has them
	index *Indexer
	at    map[uint32]int // their places in docs, by number
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

// portalIn reads the portal in a folder.
func portalIn(t testing.TB, folder string) *model.Portal {
	t.Helper()
	abs, err := filepath.Abs(folder)
	if err != nil {
		t.Fatal(err)
	}
	return portalOf(t, afero.NewBasePathFs(afero.NewOsFs(), abs))
}

func realPortal(t testing.TB) *model.Portal    { return portalIn(t, "../..") }
func examplePortal(t testing.TB) *model.Portal { return portalIn(t, "../scaffold/example") }

func synthetic(t testing.TB, n int) *model.Portal {
	t.Helper()
	fs := afero.NewMemMapFs()
	if err := synth.Write(fs, n, 1); err != nil {
		t.Fatal(err)
	}
	return portalOf(t, fs)
}

// indexed is the complete index of a portal.
func indexed(portal *model.Portal, look func(page.Page)) *Indexer {
	x := New()
	for p := range x.Watch(page.New(portal, page.Options{}).Pages()) {
		look(p)
	}
	return x
}

// write writes the files of an index into a folder.
func write(t testing.TB, dir string, x *Indexer) {
	t.Helper()
	for f := range x.Files() {
		name := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func newWorld(t testing.TB, portal *model.Portal) *world {
	t.Helper()
	w := &world{dir: t.TempDir(), at: map[uint32]int{}}
	byPath := map[string]*plain{}
	w.index = indexed(portal, func(p page.Page) {
		if d := documentOf(p); d != nil {
			byPath[p.Path] = plainOf(d)
		}
	})
	write(t, w.dir, w.index)
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
		w.at[p.number] = doc
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
	text := f.String()
	if onlyMarks(f) {
		return strings.Contains(p.marks, text)
	}
	return strings.Contains(p.blocks, text) || p.id != "" && text == p.id
}

// onlyMarks tells of a word of nothing but punctuation.
func onlyMarks(f form) bool { return len(f.marks) == 1 && f.marks[0] == f.String() }

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

// answer is what the theme's script answers; sizes are bytes after gzip.
type answer struct {
	Bytes    int // until ten results can be shown
	Index    int // of these, the index; the rest are texts of results
	Requests int // for the index
	Rounds   int // of requests that had to wait for each other
	Texts    int // requests for texts
	All      int // bytes until the number is exact

	Docs    []uint32
	Differs string // what was different when the same was asked later
	Shown   []struct {
		Doc    uint32
		Path   string
		Title  string
		Status string
		Texts  []string
	}
}

// node runs a script of testdata with a value as its input and reads what it
// prints.
func node(t testing.TB, out, in any, args ...string) {
	t.Helper()
	input, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "node", args...)
	cmd.Stdin = bytes.NewReader(input)
	cmd.Stderr = os.Stderr
	data, err := cmd.Output()
	if err != nil {
		t.Fatalf("node (version 20 or newer is needed): %v", err)
	}
	if err := json.Unmarshal(data, out); err != nil {
		t.Fatal(err)
	}
}

// ask answers queries with the theme's script over the files in a folder.
func ask(t testing.TB, dir string, queries []query) []answer {
	t.Helper()
	texts := make([]string, len(queries))
	for i, q := range queries {
		texts[i] = q.text
	}
	var answers []answer
	node(t, &answers, texts, "testdata/answer.js", dir)
	return answers
}
