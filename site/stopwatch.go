package site

import (
	"sync"
	"time"
)

// Stage is a step of the build as the user hears of it.
type Stage string

// The stages in their order.
const (
	StageLoad   Stage = "load"
	StageCheck  Stage = "check"
	StagePage   Stage = "page"
	StageRender Stage = "render"
	StageExport Stage = "export"
	StageSearch Stage = "search"
	StageMinify Stage = "minify"
	StageAudit  Stage = "audit"
	StageEmit   Stage = "emit"

	StageArchive Stage = "archive" // of a release only
)

// Progress says how far the build is: Done things of the stage. Of Of issues, a
// measure of how much there is to do, the pages of Issues have gone by; both are 0
// where nobody knows.
type Progress struct {
	Stage  Stage
	Done   int
	Issues int
	Of     int
}

// Timing is the time that a stage took, summed over its workers: the stages
// behind render run beside it and beside each other.
type Timing struct {
	Stage   Stage   `json:"stage"`
	Seconds float64 `json:"seconds"`
}

// stopwatch adds up the time of each stage and passes progress on.
type stopwatch struct {
	mu     sync.Mutex
	spent  map[Stage]time.Duration
	report func(Progress)
}

func newStopwatch(report func(Progress)) *stopwatch {
	if report == nil {
		report = func(Progress) {}
	}
	return &stopwatch{spent: map[Stage]time.Duration{}, report: report}
}

// start begins to measure a stage; the function it returns ends it.
func (w *stopwatch) start(stage Stage) (stop func()) {
	begun := time.Now()
	return func() {
		spent := time.Since(begun)
		w.mu.Lock()
		w.spent[stage] += spent
		w.mu.Unlock()
	}
}

func (w *stopwatch) progress(p Progress) { w.report(p) }

func (w *stopwatch) timings() []Timing {
	w.mu.Lock()
	defer w.mu.Unlock()
	var out []Timing
	for _, stage := range []Stage{StageLoad, StageCheck, StagePage, StageRender, StageExport, StageSearch, StageMinify, StageAudit, StageEmit} {
		out = append(out, Timing{stage, w.spent[stage].Seconds()})
	}
	return out
}
