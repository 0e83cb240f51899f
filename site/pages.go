package site

import (
	"context"
	"crypto/sha256"
	"iter"
	"runtime"
	"runtime/debug"
	"sync"

	"rectify/site/page"
	"rectify/site/problem"
	"rectify/site/render"
)

// lookahead is how many pages are written down before it is their turn.
const lookahead = 256

// several is the number of batches behind which the memory that Hugo had is given
// back at once: tables of all issues, which come next, want large pieces, and the
// peak of a build would be the sum of both.
const several = 3

// written is a page written down, with what is remembered of it.
type written struct {
	render.Content
	files []finished // nil where it has to be made
	err   error
}

// buffers are those of pages that were written down and found to be known.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

// pages sends all pages down the line: those that are remembered at once, the
// others by way of Hugo, in batches.
func (b *build) pages(all iter.Seq[page.Page], renderer *render.Renderer, line *line) (problem.List, error) {
	run := renderer.NewRun()
	var batch []render.Content
	batches := 0
	flush := func() error {
		defer b.watch.start(StageRender)()
		batches++
		err := run.Render(line.ctx, batch, line.page)
		batch = batch[:0]
		return err
	}
	write := func(p page.Page) written {
		defer b.watch.start(StagePage)()
		buffer := buffers.Get().(*[]byte)
		c, err := render.NewContent(p, *buffer)
		if err != nil {
			return written{err: err}
		}
		files, err := line.memory.recall(&c, line.to)
		if files != nil {
			*buffer = c.Release()
			buffers.Put(buffer)
		}
		return written{c, files, err}
	}
	digest := sha256.New()
	progress := Progress{Stage: StageRender}
	for _, report := range b.portal.Reports {
		progress.Of += len(report.Issues)
	}
	for s := range eachInOrder(line.ctx, all, write) {
		if s.err != nil {
			return run.Problems(), s.err
		}
		digest.Write(s.Key[:])
		b.result.Pages++
		if s.Layout == page.LayoutIssue {
			progress.Issues++
		}
		progress.Done = b.result.Pages
		b.watch.progress(progress)
		if !run.Admit(s.Content) {
			continue
		}
		if s.files != nil {
			if err := line.again(s.Content, s.files); err != nil {
				return run.Problems(), err
			}
			continue
		}
		if batch = append(batch, s.Content); run.Full(batch) {
			if err := flush(); err != nil {
				return run.Problems(), err
			}
		}
	}
	line.memory.pages = digest.Sum(nil)
	err := flush()
	if batches > several {
		debug.FreeOSMemory()
	}
	return run.Problems(), err
}

// eachInOrder does something with each value, as many at once as there are
// processors, and gives the results in the order of the values.
func eachInOrder[T, R any](ctx context.Context, values iter.Seq[T], do func(T) R) iter.Seq[R] {
	return func(yield func(R) bool) {
		type job struct {
			value  T
			result chan R
		}
		ctx, cancel := context.WithCancel(ctx)
		jobs, results := make(chan job), make(chan chan R, lookahead)
		var workers sync.WaitGroup
		defer workers.Wait()
		defer cancel()
		for range runtime.GOMAXPROCS(0) {
			workers.Go(func() {
				for j := range jobs {
					j.result <- do(j.value)
				}
			})
		}
		workers.Go(func() {
			defer close(results)
			defer close(jobs)
			for v := range values {
				j := job{v, make(chan R, 1)}
				select {
				case results <- j.result:
				case <-ctx.Done():
					return
				}
				jobs <- j
			}
		})
		for result := range results {
			if !yield(<-result) {
				return
			}
		}
	}
}
