package audit

import (
	"compress/gzip"
	"io"
	"math"
	"path"
	"strconv"
	"strings"
	"sync"

	"rectify/site/problem"
)

// group is a set of files with one budget in common.
type group struct {
	bytes    int
	heaviest *node // the place of the problem: the first file to look at
	most     int
}

// scriptGroup names the budget of a script. Scripts below search/ are the
// index, which is data and loaded in pieces: it has no budget here.
func scriptGroup(file string) string {
	switch {
	case strings.HasPrefix(file, "search/"):
		return ""
	case strings.HasPrefix(path.Base(file), "search"):
		return "JS (search)"
	}
	return "JS"
}

// weigh notes the size of a file that shares a budget with others.
func (s *scan) weigh(group string) {
	if len(s.data) > 0 { // state.css of a live site is empty and no load
		s.group, s.weight = group, gzipSize(s.data, gzip.DefaultCompression)
	}
}

// weighPage compares one page with the budget of an issue page. Compressing
// every page would cost more than everything else here together, so a
// page that is light by a cheaper measure is not compressed at all.
func (s *scan) weighPage(limit int) {
	if len(s.data) <= limit || entropySize(s.data) <= limit {
		return
	}
	if gzipSize(s.data, gzip.BestSpeed) <= limit {
		return
	}
	if n := gzipSize(s.data, gzip.DefaultCompression); n > limit {
		s.report(problem.OverBudget, nowhere, "HTML", strconv.Itoa(n), strconv.Itoa(limit))
	}
}

func (a *Auditor) addWeight(self *node, f Facts) {
	if f.group == "" {
		return
	}
	g := a.weights[f.group]
	if g == nil {
		g = new(group)
		a.weights[f.group] = g
	}
	g.bytes += f.weight
	if f.weight > g.most || f.weight == g.most && self.path < g.heaviest.path {
		g.most, g.heaviest = f.weight, self
	}
}

func (a *Auditor) tooHeavy() (out problem.List) {
	limits := map[string]int{"CSS": a.budgets.CSS, "JS": a.budgets.JS, "JS (search)": a.budgets.SearchJS}
	for name, g := range a.weights {
		if limit := limits[name]; g.bytes > limit {
			out = append(out, problem.New(problem.OverBudget, problem.Place{File: g.heaviest.path},
				name, strconv.Itoa(g.bytes), strconv.Itoa(limit)))
		}
	}
	return out
}

// entropySize is the size that Huffman coding alone would reach, with a margin
// for its tables and rounding; gzip, which also finds repetitions, stays below.
func entropySize(data []byte) int {
	var count [256]int
	for _, b := range data {
		count[b]++
	}
	bits, n := 0.0, float64(len(data))
	for _, c := range count {
		if c > 0 {
			bits += float64(c) * math.Log2(n/float64(c))
		}
	}
	return int(bits/8*1.05) + 200
}

// counter counts what is written to it.
type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// writers are pooled for each level: a new one allocates several 100 KB.
var writers = map[int]*sync.Pool{
	gzip.BestSpeed:          writerPool(gzip.BestSpeed),
	gzip.DefaultCompression: writerPool(gzip.DefaultCompression),
}

func writerPool(level int) *sync.Pool {
	return &sync.Pool{New: func() any {
		w, err := gzip.NewWriterLevel(io.Discard, level)
		if err != nil {
			panic(err) // only a wrong constant in the map above
		}
		return w
	}}
}

func gzipSize(data []byte, level int) int {
	w := writers[level].Get().(*gzip.Writer)
	defer writers[level].Put(w)
	var n counter
	w.Reset(&n)
	// A counter does not fail, so neither does the writer.
	_, _ = w.Write(data)
	_ = w.Close()
	return int(n)
}
