package publish

import (
	"sync"
)

// Phase is a step of a publication.
type Phase string

// The phases in their order.
const (
	PhaseConnect Phase = "connect"
	PhasePlan    Phase = "plan"
	PhaseSend    Phase = "send"
	PhaseVerify  Phase = "verify"
	PhaseSwitch  Phase = "switch"
	PhaseClean   Phase = "clean"
	PhaseCheck   Phase = "check" // of Status: what is on the target is read
)

// Progress says how far a publication is. Files and Bytes are those that
// arrived; a file that is sent twice counts twice.
type Progress struct {
	Phase      Phase
	Files, Of  int
	Bytes      int64
	BytesOf    int64
	Retry      int   // which try this is, counted from 0
	RetryCause error // why the one before ended
}

// meter adds up progress and passes it on.
type meter struct {
	mu   sync.Mutex
	p    Progress
	tell func(Progress)
}

func newMeter(tell func(Progress)) *meter {
	if tell == nil {
		tell = func(Progress) {}
	}
	return &meter{tell: tell}
}

func (m *meter) change(do func(*Progress)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	do(&m.p)
	m.tell(m.p)
}

func (m *meter) phase(phase Phase) { m.change(func(p *Progress) { p.Phase = phase }) }
func (m *meter) file()             { m.change(func(p *Progress) { p.Files++ }) }

// Write counts bytes on their way.
func (m *meter) Write(b []byte) (int, error) {
	m.change(func(p *Progress) { p.Bytes += int64(len(b)) })
	return len(b), nil
}

func (m *meter) now() Progress {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.p
}
