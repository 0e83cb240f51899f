package site

import (
	"context"
	"errors"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"

	"rectify/site/audit"
	"rectify/site/minify"
	"rectify/site/problem"
)

// line takes rendered files and sends them through minify, audit and emit, one
// worker per core. Files wait in a short queue, so what is in memory is bounded
// by the batch that render works on.
type line struct {
	ctx      context.Context
	minifier *minify.Minifier
	auditor  *audit.Auditor
	to       sink
	watch    *stopwatch

	queue   chan file
	workers *errgroup.Group

	mu       sync.Mutex
	problems problem.List
}

// sink takes finished files.
type sink interface {
	Put(path string, data []byte) error
}

// sinks hands a file to each of them.
type sinks []sink

func (all sinks) Put(path string, data []byte) error {
	for _, s := range all {
		if err := s.Put(path, data); err != nil {
			return err
		}
	}
	return nil
}

type file struct {
	path string
	data []byte
}

func newLine(ctx context.Context, minifier *minify.Minifier, auditor *audit.Auditor, to sink, watch *stopwatch) *line {
	workers, ctx := errgroup.WithContext(ctx)
	l := &line{
		ctx: ctx, minifier: minifier, auditor: auditor, to: to, watch: watch,
		queue: make(chan file, 64), workers: workers,
	}
	for range runtime.GOMAXPROCS(0) {
		workers.Go(l.work)
	}
	return l
}

// put hands a rendered file to the workers. It fails when a worker has failed.
func (l *line) put(path string, data []byte) error {
	select {
	case l.queue <- file{path, data}:
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

func (l *line) work() error {
	for f := range l.queue {
		if err := l.ctx.Err(); err != nil {
			return context.Cause(l.ctx)
		}
		stop := l.watch.start(StageMinify)
		data, err := l.minifier.File(f.path, f.data)
		stop()
		var broken *minify.Error
		if errors.As(err, &broken) {
			l.found(problem.New(problem.NotWellFormed, problem.Place{File: broken.Path, Line: broken.Line, Column: broken.Column}, broken.Text))
			data, err = f.data, nil
		}
		if err != nil {
			return err
		}
		if err := l.putAsIs(f.path, data); err != nil {
			return err
		}
	}
	return nil
}

func (l *line) found(list ...problem.Problem) {
	l.mu.Lock()
	l.problems = append(l.problems, list...)
	l.mu.Unlock()
}

// putAsIs audits and stages a file that nobody may change.
func (l *line) putAsIs(path string, data []byte) error {
	stop := l.watch.start(StageAudit)
	found := l.auditor.Add(path, data)
	stop()
	l.found(found...)
	defer l.watch.start(StageEmit)()
	return l.to.Put(path, data)
}
