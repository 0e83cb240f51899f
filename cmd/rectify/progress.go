package main

import (
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/mattn/go-isatty"

	"rectify/site"
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
}

func newMeter(s *session) *meter {
	file, ok := s.stderr.(*os.File)
	return &meter{s: s, started: time.Now(), terminal: ok && !s.quiet && !s.json && isatty.IsTerminal(file.Fd())}
}

func (m *meter) show(p site.Progress) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	if !m.terminal || now.Sub(m.started) < patience || now.Sub(m.shown) < 100*time.Millisecond {
		return
	}
	m.shown = now
	text := stageWords[p.Stage][m.s.lang]
	if p.Done > 0 {
		text += fmt.Sprintf(" %d", p.Done)
	}
	fmt.Fprint(m.s.stderr, "\r\x1b[K"+text)
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
