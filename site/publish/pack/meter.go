package pack

import (
	"context"

	"rectify/site/publish"
)

// meter counts what is written or read, tells of it, and stops the work when it
// is no longer wanted.
type meter struct {
	ctx  context.Context
	p    publish.Progress
	tell func(publish.Progress)
}

func newMeter(ctx context.Context, tell func(publish.Progress), phase publish.Phase, s Summary) *meter {
	if tell == nil {
		tell = func(publish.Progress) {}
	}
	return &meter{ctx: ctx, tell: tell, p: publish.Progress{Phase: phase, Of: s.Here, BytesOf: s.Bytes}}
}

func (m *meter) Write(b []byte) (int, error) {
	m.p.Bytes += int64(len(b))
	m.tell(m.p)
	return len(b), m.ctx.Err()
}

func (m *meter) file() {
	m.p.Files++
	m.tell(m.p)
}
