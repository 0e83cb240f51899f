package main

import (
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/mattn/go-isatty"

	"rectify/site"
	"rectify/site/problem"
)

// patience is how long a command may take before it shows its progress.
const patience = time.Second

// meter shows progress in one line of a terminal; elsewhere it is silent.
type meter struct {
	s        *session
	terminal bool
	mu       sync.Mutex
	started  time.Time
	shown    time.Time
	stage    site.Stage
	since    time.Time // the stage is on
}

func newMeter(s *session) *meter {
	file, ok := s.stderr.(*os.File)
	return &meter{s: s, started: time.Now(), terminal: ok && !s.quiet && !s.json && isatty.IsTerminal(file.Fd())}
}

func (m *meter) show(p site.Progress) {
	m.mu.Lock()
	if m.stage != p.Stage {
		m.stage, m.since = p.Stage, time.Now()
	}
	spent := time.Since(m.since)
	m.mu.Unlock()
	m.line(func() string { return progressText(m.s.lang, p, spent) })
}

// progressText says how far a stage is that is on for so long: how many, how many
// a second, and how much longer at this rate.
func progressText(lang problem.Lang, p site.Progress, spent time.Duration) string {
	text := stageWords[p.Stage][lang]
	if p.Done == 0 {
		return text
	}
	text += fmt.Sprintf(" %d", p.Done)
	if spent < patience {
		return text
	}
	text += fmt.Sprintf(words{",每秒 %.0f", ", %.0f a second"}[lang], float64(p.Done)/spent.Seconds())
	if p.Issues > 0 && p.Issues <= p.Of {
		left := spent * time.Duration(p.Of-p.Issues) / time.Duration(p.Issues)
		text += fmt.Sprintf(words{",约需 %s", ", about %s left"}[lang], left.Round(time.Second))
	}
	return text
}

// line shows what text says, unless it is too early or has just been done.
func (m *meter) line(text func() string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	if !m.terminal || now.Sub(m.started) < patience || now.Sub(m.shown) < 100*time.Millisecond {
		return
	}
	m.shown = now
	fmt.Fprint(m.s.stderr, "\r\x1b[K"+text())
}

// say tells something that stays, above the line.
func (m *meter) say(text string) {
	m.clear()
	m.s.say(words{text, text})
}

// clear takes the line away again.
func (m *meter) clear() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.shown.IsZero() {
		fmt.Fprint(m.s.stderr, "\r\x1b[K")
	}
}

var stageWords = map[site.Stage]words{
	site.StageLoad:   {"读取数据", "reading the data"},
	site.StageCheck:  {"校验", "checking"},
	site.StageRender: {"生成网页", "making pages"},
	site.StageAudit:  {"检查网页", "looking at the pages"},
	site.StageEmit:   {"写出文件", "writing files"},

	site.StageArchive: {"存档", "archiving"},
}
