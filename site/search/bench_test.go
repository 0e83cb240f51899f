//go:build bench

package search

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"html"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/spf13/afero"

	"rectify/site/internal/synth"
	"rectify/site/load"
	"rectify/site/page"
)

// What “make bench-search” says.
var (
	sizes    = flag.String("sizes", "30,1000,10000,100000", "numbers of issues; 30 is the real portal")
	site     = flag.String("site", "", "a built site, whose search page is asked")
	pagefind = flag.String("pagefind", "", "the program pagefind, which is asked beside up to 10,000 issues")
	asks     = flag.Int("asks", 60, "queries in Chromium")
	queries  = flag.Int("queries", 700, "queries in Node")
)

const mostForPagefind = 10_000

// childPortal and childOut tell a process of its own to go through the pages of
// a portal and, with the second, to write the index of them.
const childPortal, childOut = "RECTIFY_BENCH_PORTAL", "RECTIFY_BENCH_OUT"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childPortal); dir != "" {
		child(dir, os.Getenv(childOut))
		return
	}
	os.Exit(m.Run())
}

func child(dir, out string) {
	portal, found := load.Load(context.Background(), afero.NewBasePathFs(afero.NewOsFs(), dir), synth.Dir)
	if found.HasErrors() {
		panic(found)
	}
	pages := page.New(portal.Public(), page.Options{}).Pages()
	if out == "" {
		for range pages {
		}
		return
	}
	x := New()
	for range x.Watch(pages) {
	}
	for f := range x.Files() {
		name := filepath.Join(out, filepath.FromSlash(f.Path))
		if err := cmp.Or(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, f.Data, 0o644)); err != nil {
			panic(err)
		}
	}
}

// cost is what a process took.
type cost struct {
	cpu    time.Duration
	memory int // its peak, bytes
}

func run(t *testing.T, cmd *exec.Cmd) cost {
	t.Helper()
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	s := cmd.ProcessState
	return cost{s.UserTime() + s.SystemTime(), int(s.SysUsage().(*syscall.Rusage).Maxrss) << 10}
}

// heard is what the browser says of one query, see bench-search.js.
type heard struct {
	Paths    []string // what is found; of rectify only the first page
	Count    int
	Bytes    int // gzip, without scripts and wasm
	Requests int
	Later    int     // bytes after another query
	Millis   float64 // until ten results stand there, at 50 ms and 10 Mbit/s
	Work     float64 // milliseconds of decoding and intersecting, until the number is exact
}

// measured is a column of the table.
type measured struct {
	n                   int
	files, bytes        int
	pages, index, rival cost
	rivalFiles          int
	rivalBytes          int
	wrong               int // queries of Node with a wrong answer
	node                []answer
	ours, theirs        []heard
	queries             []query
}

func TestMeasure(t *testing.T) {
	if *site == "" {
		t.Fatal("run “make bench-search”")
	}
	var columns []*measured
	for _, text := range strings.Split(*sizes, ",") {
		n, err := strconv.Atoi(text)
		if err != nil {
			t.Fatal(err)
		}
		columns = append(columns, measure(t, n))
		fmt.Println(columnsOf(columns)) // a long run that is cut short has said something
	}
}

func measure(t *testing.T, n int) *measured {
	m := &measured{n: n}
	dir, out := t.TempDir(), t.TempDir()
	if n == 30 {
		dir, _ = filepath.Abs("../..")
	} else if err := synth.Write(afero.NewBasePathFs(afero.NewOsFs(), dir), n, 1); err != nil {
		t.Fatal(err)
	}
	again := func(env ...string) cost {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), env...)
		return run(t, cmd)
	}
	m.pages = again(childPortal + "=" + dir)
	m.index = again(childPortal+"="+dir, childOut+"="+out)
	m.files, m.bytes = weigh(t, out)
	t.Logf("%d: pages %v, with index %v; %d files, %d bytes", n, m.pages, m.index, m.files, m.bytes)

	w := newWorld(t, portalIn(t, dir))
	m.nodeAnswers(t, w)
	sample := w.plainSample(*asks)
	texts := make([]string, len(sample))
	for i, q := range sample {
		texts[i] = q.text
	}
	m.queries = sample
	const script = "../../themes/civic/test/bench-search.js"
	node(t, &m.ours, texts, script, "rectify", w.beside(t, *site))
	if *pagefind != "" && n <= mostForPagefind {
		pages := w.html(t)
		m.rival = run(t, exec.Command(*pagefind, "--site", pages, "--quiet"))
		t.Logf("%d: Pagefind %v", n, m.rival)
		m.rivalFiles, m.rivalBytes = weigh(t, filepath.Join(pages, "pagefind"))
		node(t, &m.theirs, texts, script, "pagefind", pages)
	}
	m.judge(t, w)
	return m
}

// nodeAnswers are the answers of Node, all of which are held against the truth.
func (m *measured) nodeAnswers(t *testing.T, w *world) {
	all := w.sampler().queries(*queries)
	m.node = ask(t, w.dir, all)
	for i, q := range all {
		got := slices.Sorted(slices.Values(m.node[i].Docs))
		if !slices.Equal(got, w.truth(q)) {
			t.Errorf("%d: %s is wrong", m.n, q.text)
			m.wrong++
		}
	}
	for _, line := range summary(all, m.node) {
		t.Logf("%d: %s", m.n, line)
	}
}

// judge holds what the search page says in Chromium against the truth.
func (m *measured) judge(t *testing.T, w *world) {
	for i, q := range m.queries {
		if want := len(w.truth(q)); m.ours[i].Count != want {
			t.Errorf("%d: %s: the page tells %d, and %d is right", m.n, q.text, m.ours[i].Count, want)
		}
	}
	recall, precision := 0.0, 0.0
	for i, q := range m.queries {
		if len(m.theirs) == 0 {
			return
		}
		r, p := w.rate(q, m.theirs[i].Paths)
		recall, precision = recall+r, precision+p
	}
	n := float64(len(m.queries)) / 100
	fmt.Printf("%d: Pagefind recall %.1f precision %.1f\n", m.n, recall/n, precision/n)
}

// rate is recall and precision of one answer.
func (w *world) rate(q query, paths []string) (recall, precision float64) {
	want := map[string]bool{}
	for _, n := range w.truth(q) {
		want[w.numbered(n).path] = true
	}
	right := 0
	for _, path := range paths {
		if want[path] {
			right++
		}
	}
	share := func(of int) float64 {
		if of == 0 {
			return 1
		}
		return float64(right) / float64(of)
	}
	return share(len(want)), share(len(paths))
}

// plainSample are queries as people type them: without quotes.
func (w *world) plainSample(n int) []query {
	seen := map[string]bool{}
	all := slices.DeleteFunc(w.sampler().queries(700), func(q query) bool {
		text := strings.Join(q.words, " ")
		again := seen[text]
		seen[text] = true
		return again || slices.ContainsFunc(q.words, func(word string) bool { return strings.ContainsAny(word, " \"\t\n") })
	})
	out := make([]query, n)
	for i := range out {
		q := all[i*len(all)/n]
		out[i] = query{q.kind, strings.Join(q.words, " "), q.words}
	}
	return out
}

// html writes every document as a plain page.
func (w *world) html(t *testing.T) string {
	dir := t.TempDir()
	for _, p := range w.docs {
		var b strings.Builder
		fmt.Fprintf(&b, "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>%s</title><main data-pagefind-body><h1>%[1]s</h1>", html.EscapeString(p.raw[0]))
		for _, text := range p.raw[1:] {
			fmt.Fprintf(&b, "<p>%s</p>", html.EscapeString(text))
		}
		name := filepath.Join(dir, filepath.FromSlash(p.path))
		if err := cmp.Or(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(b.String()), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func weigh(t *testing.T, dir string) (files, bytes int) {
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		files, bytes = files+1, bytes+int(info.Size())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files, bytes
}

func halves[T any](list []T, of func(T) float64) [2]float64 {
	var values []float64
	for _, v := range list {
		values = append(values, of(v))
	}
	slices.Sort(values)
	return [2]float64{values[len(values)/2], values[len(values)*95/100]}
}

func columnsOf(columns []*measured) string {
	out := "| " + time.Now().Format(time.DateOnly) + ", " + runtime.GOARCH + " |"
	for _, m := range columns {
		out += fmt.Sprintf(" %d |", m.n)
	}
	out += "\n| --- |" + strings.Repeat(" --- |", len(columns)) + "\n"
	row := func(name string, cell func(m *measured) string) {
		out += "| " + name + " |"
		for _, m := range columns {
			out += " " + cell(m) + " |"
		}
		out += "\n"
	}
	pair := func(unit float64, digits int, list func(*measured) []heard, of func(heard) float64) func(*measured) string {
		return func(m *measured) string {
			if len(list(m)) == 0 {
				return "–"
			}
			p := halves(list(m), of)
			return fmt.Sprintf("%.*f / %.*f", digits, p[0]/unit, digits, p[1]/unit)
		}
	}
	inNode := func(unit float64, digits int, of func(answer) int) func(*measured) string {
		return func(m *measured) string {
			p := halves(m.node, func(a answer) float64 { return float64(of(a)) })
			return fmt.Sprintf("%.*f / %.*f", digits, p[0]/unit, digits, p[1]/unit)
		}
	}
	ours, theirs := func(m *measured) []heard { return m.ours }, func(m *measured) []heard { return m.theirs }
	row("wrong answers, of queries", func(m *measured) string { return fmt.Sprintf("%d of %d", m.wrong, len(m.node)) })
	row("ten results, KB gzip", inNode(1000, 1, func(a answer) int { return a.Bytes }))
	row("exact number too, KB gzip", inNode(1000, 1, func(a answer) int { return a.All }))
	row("requests for the index", inNode(1, 0, func(a answer) int { return a.Requests }))
	row("rounds of them", inNode(1, 0, func(a answer) int { return a.Rounds }))
	row("Chromium: first answer, KB gzip", pair(1000, 1, ours, func(h heard) float64 { return float64(h.Bytes) }))
	row("the same, Pagefind", pair(1000, 1, theirs, func(h heard) float64 { return float64(h.Bytes) }))
	row("Chromium: later answer, KB gzip", pair(1000, 1, ours, func(h heard) float64 { return float64(h.Later) }))
	row("the same, Pagefind", pair(1000, 1, theirs, func(h heard) float64 { return float64(h.Later) }))
	row("requests for a first answer", pair(1, 0, ours, func(h heard) float64 { return float64(h.Requests) }))
	row("the same, Pagefind", pair(1, 0, theirs, func(h heard) float64 { return float64(h.Requests) }))
	row("first answer at 50 ms and 10 Mbit/s, ms", pair(1, 0, ours, func(h heard) float64 { return h.Millis }))
	row("the same, Pagefind", pair(1, 0, theirs, func(h heard) float64 { return h.Millis }))
	row("decoding and intersecting, ms", pair(1, 1, ours, func(h heard) float64 { return h.Work }))
	row("index, files and MB", func(m *measured) string { return fmt.Sprintf("%d, %.1f", m.files, float64(m.bytes)/1e6) })
	row("the same, Pagefind", func(m *measured) string { return fmt.Sprintf("%d, %.1f", m.rivalFiles, float64(m.rivalBytes)/1e6) })
	took := func(c cost) string { return fmt.Sprintf("%.1f, %.0f", c.cpu.Seconds(), float64(c.memory)/1e6) }
	row("reading the portal and making its pages, CPU s and peak MB", func(m *measured) string { return took(m.pages) })
	row("the same and making the index", func(m *measured) string { return took(m.index) })
	row("index of Pagefind", func(m *measured) string { return took(m.rival) })
	return out
}
