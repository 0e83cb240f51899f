package site

import (
	"context"
	"crypto/sha256"
	"errors"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"

	"rectify/site/audit"
	"rectify/site/minify"
	"rectify/site/problem"
	"rectify/site/render"
)

// line takes files and sends them through minify, audit and emit, one worker per
// core. What waits stands in a short queue, so what is in memory is bounded by
// the batch that render works on.
type line struct {
	ctx      context.Context
	minifier *minify.Minifier
	auditor  *audit.Auditor
	to       output
	memory   *memory
	watch    *stopwatch

	queue   chan func() error
	workers *errgroup.Group

	mu       sync.Mutex
	problems problem.List
}

// sink takes finished files.
type sink interface {
	Put(path string, data []byte) error
}

// output is where the files of a site go. Keep spares it from the bytes of a file
// that it has, Read gives those of one that it was given; both are as emit.Tx has
// them.
type output interface {
	sink
	Keep(path string, size int64, sum [sha256.Size]byte) (bool, error)
	Read(path string) ([]byte, error)
}

// copied is an output of which another sink gets every file too.
type copied struct {
	output
	also sink
}

func (c copied) Put(path string, data []byte) error {
	if err := c.output.Put(path, data); err != nil {
		return err
	}
	return c.also.Put(path, data)
}

// Keep always asks for the bytes: the other sink has to have them.
func (c copied) Keep(string, int64, [sha256.Size]byte) (bool, error) { return false, nil }

func newLine(ctx context.Context, minifier *minify.Minifier, auditor *audit.Auditor, to output, memory *memory, watch *stopwatch) *line {
	workers, ctx := errgroup.WithContext(ctx)
	l := &line{
		ctx: ctx, minifier: minifier, auditor: auditor, to: to, memory: memory, watch: watch,
		queue: make(chan func() error, 64), workers: workers,
	}
	for range runtime.GOMAXPROCS(0) {
		workers.Go(l.work)
	}
	return l
}

func (l *line) work() error {
	for job := range l.queue {
		if err := l.ctx.Err(); err != nil {
			return context.Cause(l.ctx)
		}
		if err := job(); err != nil {
			return err
		}
	}
	return nil
}

// do hands a job to the workers. It fails when a worker has failed.
func (l *line) do(job func() error) error {
	select {
	case l.queue <- job:
		return nil
	case <-l.ctx.Done():
		return context.Cause(l.ctx)
	}
}

// close waits for the workers and returns the first error of any of them.
func (l *line) close() error {
	close(l.queue)
	return l.workers.Wait()
}

func (l *line) found(list ...problem.Problem) {
	if len(list) == 0 {
		return
	}
	l.mu.Lock()
	l.problems = append(l.problems, list...)
	l.mu.Unlock()
}

// put takes a file that the theme brings.
func (l *line) put(path string, data []byte) error {
	return l.do(func() error {
		small, _, err := l.minify(path, data)
		if err != nil {
			return err
		}
		return l.putAsIs(path, small)
	})
}

// putAsIs audits and stages a file that nobody may change.
func (l *line) putAsIs(path string, data []byte) error {
	_, err := l.finish(path, data)
	return err
}

// page takes a page fresh from Hugo. What becomes of it is remembered unless
// something was said against the batch it came in: the next build has to say that
// again.
func (l *line) page(c render.Content, files []render.File, remember bool) error {
	return l.do(func() error {
		made := make([]finished, len(files))
		for i, f := range files {
			small, clean, err := l.minify(f.Path, f.Data)
			if err != nil {
				return err
			}
			remember = remember && clean
			if made[i], err = l.finish(f.Path, small); err != nil {
				return err
			}
		}
		if remember {
			l.memory.keep(&c, made)
		}
		return nil
	})
}

// again takes a page that an earlier build made.
func (l *line) again(c render.Content, files []finished) error {
	return l.do(func() error {
		looked := false
		for i, f := range files {
			if f.facts == nil {
				looked = true
				var err error
				if files[i], err = l.finish(f.path, f.data); err != nil {
					return err
				}
				continue
			}
			l.take(&f)
			if f.data == nil {
				continue
			}
			if err := l.to.Put(f.path, f.data); err != nil {
				return err
			}
		}
		if looked {
			l.memory.keepFacts(&c, files)
		}
		return nil
	})
}

// take tells audit of a file that it has seen in an earlier build.
func (l *line) take(f *finished) {
	l.auditor.Take(*f.facts)
	l.found(f.facts.Problems()...)
}

// minify makes a file smaller. One that is not well formed stays as it is, and is
// not clean.
func (l *line) minify(path string, data []byte) (small []byte, clean bool, err error) {
	defer l.watch.start(StageMinify)()
	small, err = l.minifier.File(path, data)
	var broken *minify.Error
	if errors.As(err, &broken) {
		l.found(problem.New(problem.NotWellFormed, problem.Place{File: broken.Path, Line: broken.Line, Column: broken.Column}, broken.Text))
		return data, false, nil
	}
	return small, err == nil, err
}

// finish audits and stages a file.
func (l *line) finish(path string, data []byte) (finished, error) {
	stop := l.watch.start(StageAudit)
	facts := l.auditor.Look(path, data)
	l.auditor.Take(facts)
	stop()
	l.found(facts.Problems()...)
	defer l.watch.start(StageEmit)()
	return finished{path, int64(len(data)), sha256.Sum256(data), &facts, data}, l.to.Put(path, data)
}
