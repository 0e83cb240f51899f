package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
	"runtime/trace"
	"strings"
)

// The endings of files that hold a profile instead of a trace.
const (
	heapEnding = ".heap.pprof"
	cpuEnding  = ".pprof"
)

// startTrace begins to record where time and memory go, in Go's own formats: a
// file called *.heap.pprof gets the memory in use at the end and all that was
// taken on the way, another *.pprof the time of the processors, and any other
// name an execution trace. “go tool pprof” and “go tool trace” read them. The
// function it returns ends the record; without a name there is none.
func startTrace(name string) (stop func() error, err error) {
	if name == "" {
		return func() error { return nil }, nil
	}
	file, err := os.Create(name)
	if err != nil {
		return nil, fmt.Errorf("write the trace: %w", err)
	}
	done := func(err error) error {
		if err := errors.Join(err, file.Close()); err != nil {
			return fmt.Errorf("write the trace %s: %w", name, err)
		}
		return nil
	}
	switch {
	case strings.HasSuffix(name, heapEnding):
		return func() error {
			runtime.GC() // what is in use is known after a collection only
			return done(pprof.Lookup("allocs").WriteTo(file, 0))
		}, nil
	case strings.HasSuffix(name, cpuEnding):
		if err := pprof.StartCPUProfile(file); err != nil {
			return nil, done(err)
		}
		return func() error { pprof.StopCPUProfile(); return done(nil) }, nil
	}
	if err := trace.Start(file); err != nil {
		return nil, done(err)
	}
	return func() error { trace.Stop(); return done(nil) }, nil
}
