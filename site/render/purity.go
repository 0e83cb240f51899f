package render

import (
	"bytes"
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"rectify/site/page"
	"rectify/site/problem"
)

// CheckPurity renders the pages in other batches, in another order and at
// another time, and compares the bytes. A theme passes when each page is a
// function of its own content; if not, incremental builds and reproducible
// releases are lost, and readers see the wrong page's title.
//
// It reports, for each way that found any, the first page that came out
// otherwise. One way has batches of a single page, at about 10 ms each, so a
// caller with many pages hands over a sample: some of each layout, and enough
// of the commonest to make batches of 7.
func (r *Renderer) CheckPurity(ctx context.Context, pages []page.Page) (problem.List, error) {
	first, list, err := r.renderAll(ctx, pages)
	if err != nil || list.HasErrors() {
		return list, err
	}
	order := problem.Both("页面顺序", "order of pages")
	ways := []struct {
		name   string
		change func(*Renderer)
		order  func([]page.Page)
	}{
		{name: problem.Both("时机", "run")}, // finds random numbers
		{name: problem.Both("批次(每批 1 页)", "batch (of 1)"), change: func(r *Renderer) { r.batch = 1 }},
		{name: problem.Both("批次(每批 7 页)", "batch (of 7)"), change: func(r *Renderer) { r.batch = 7 }},
		{name: problem.Both("批次(全部一批)", "batch (of all)"), change: func(r *Renderer) { r.batch = len(pages) }},
		{name: order, order: slices.Reverse[[]page.Page]},
		{name: order, order: shuffle},
		{name: problem.Both("时钟", "clock"), change: func(r *Renderer) { r.clock = r.clock.Add(elsewhen) }},
	}
	for _, way := range ways {
		other, ordered := *r, slices.Clone(pages)
		if way.change != nil {
			way.change(&other)
		}
		if way.order != nil {
			way.order(ordered)
		}
		again, problems, err := other.renderAll(ctx, ordered)
		if err != nil {
			return list, err
		}
		list = append(list, problems...)
		if p, ok := r.compare(pages, way.name, first, again); ok && !slices.ContainsFunc(list, same(p)) {
			list = append(list, p)
		}
	}
	return list, nil
}

// elsewhen moves the clock so that year, month, day, weekday, hour, minute and
// second are all others.
const elsewhen = (11*365+95)*24*time.Hour + 5*time.Hour + 17*time.Minute + 29*time.Second

// shuffle gives the same order each time, so that a finding can be repeated.
func shuffle(pages []page.Page) {
	random := rand.New(rand.NewPCG(1, 2))
	random.Shuffle(len(pages), func(i, j int) { pages[i], pages[j] = pages[j], pages[i] })
}

// same tells whether a problem was already found by the way of this name.
func same(p problem.Problem) func(problem.Problem) bool {
	return func(q problem.Problem) bool {
		return q.Code == p.Code && slices.Equal(q.Args[:2], p.Args[:2])
	}
}

func (r *Renderer) renderAll(ctx context.Context, pages []page.Page) (map[string][]byte, problem.List, error) {
	files := map[string][]byte{}
	list, err := r.Pages(ctx, slices.Values(pages), func(name string, data []byte) error {
		files[name] = data
		return nil
	})
	return files, list, err
}

func (r *Renderer) compare(pages []page.Page, way string, a, b map[string][]byte) (problem.Problem, bool) {
	for _, p := range pages {
		for _, name := range outputs(p) {
			if !bytes.Equal(a[name], b[name]) {
				was, is := excerpts(a[name], b[name])
				at := problem.Place{File: r.theme.label(layoutFile(p.Layout))}
				return problem.New(problem.NotPure, at, name, way, was, is), true
			}
		}
	}
	return problem.Problem{}, false
}

// excerpts shows where two texts part, with a little before and after it.
func excerpts(a, b []byte) (string, string) {
	const before, after = 24, 48 // bytes
	at := 0
	for at < len(a) && at < len(b) && a[at] == b[at] {
		at++
	}
	cut := func(data []byte) string {
		from, to := max(0, at-before), min(len(data), at+after)
		for from < to && !utf8.RuneStart(data[from]) {
			from++
		}
		for to < len(data) && to > from && !utf8.RuneStart(data[to]) {
			to--
		}
		return strings.Join(strings.Fields(strings.ToValidUTF8(string(data[from:to]), "")), " ")
	}
	return cut(a), cut(b)
}
