//go:build linux

package conformance

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"sync/atomic"
	"testing"
	"time"

	"rectify/site/publish"
)

var errDead = errors.New("dead")

// mortal is a host whose link dies at an operation, for good. It counts what
// arrived before.
type mortal struct {
	at      int64 // 0: never
	steps   atomic.Int64
	arrived atomic.Int64
}

func (m *mortal) step() error {
	if n := m.steps.Add(1); m.at > 0 && n >= m.at {
		return errDead
	}
	return nil
}

// dial wraps what a target dials.
func (m *mortal) dial(to publish.Dial) publish.Dial {
	return func(ctx context.Context) (publish.Host, error) {
		h, err := to(ctx)
		if err != nil {
			return nil, err
		}
		switch h := h.(type) {
		case publish.Disk:
			return &mortalDisk{Disk: h, m: m}, nil
		case publish.Store:
			return &mortalStore{Store: h, m: m}, nil
		}
		return nil, fmt.Errorf("a %T", h)
	}
}

type mortalDisk struct {
	publish.Disk
	m *mortal
}

// half lets half of a file through.
func half(r io.Reader) io.Reader { return io.LimitReader(r, 500) }

func (d *mortalDisk) Create(name string, r io.Reader, back io.Writer) error {
	if err := d.m.step(); err != nil {
		_ = d.Disk.Create(name, half(r), nil) // torn, as a kill leaves it
		return err
	}
	err := d.Disk.Create(name, r, back)
	if err == nil {
		d.m.arrived.Add(1)
	}
	return err
}

func (d *mortalDisk) Mkdir(name string) error {
	return d.do(func() error { return d.Disk.Mkdir(name) })
}

func (d *mortalDisk) Link(from, to string) error {
	return d.do(func() error { return d.Disk.Link(from, to) })
}

func (d *mortalDisk) Symlink(target, at string) error {
	return d.do(func() error { return d.Disk.Symlink(target, at) })
}

func (d *mortalDisk) Rename(from, to string) error {
	return d.do(func() error { return d.Disk.Rename(from, to) })
}

func (d *mortalDisk) Remove(name string) error {
	return d.do(func() error { return d.Disk.Remove(name) })
}

func (d *mortalDisk) Touch(name string, b []byte) error {
	return d.do(func() error { return d.Disk.Touch(name, b) })
}

func (d *mortalDisk) do(f func() error) error {
	if err := d.m.step(); err != nil {
		return err
	}
	return f()
}

type mortalStore struct {
	publish.Store
	m *mortal
}

func (s *mortalStore) Put(f publish.Stored, open func() (io.ReadCloser, error)) (string, error) {
	if err := s.m.step(); err != nil {
		return "", err
	}
	stamp, err := s.Store.Put(f, open)
	if err == nil {
		s.m.arrived.Add(1)
	}
	return stamp, err
}

func (s *mortalStore) Set(name string, b []byte) error {
	return s.do(func() error { return s.Store.Set(name, b) })
}

func (s *mortalStore) Create(name string, b []byte) error {
	return s.do(func() error { return s.Store.Create(name, b) })
}

func (s *mortalStore) Delete(name string) error {
	return s.do(func() error { return s.Store.Delete(name) })
}

func (s *mortalStore) Drop(name string) error {
	return s.do(func() error { return s.Store.Drop(name) })
}

func (s *mortalStore) do(f func() error) error {
	if err := s.m.step(); err != nil {
		return err
	}
	return f()
}

// difference is two sites with every kind of change between them.
func difference() (before, after site) {
	before = makeSite(160, 1)
	before["old/deep/gone.html"], before["turn"] = text("old/deep/gone.html", 1), "a file"
	after = before.without("old/deep/gone.html", "turn", "issues/100030.html")
	for i := range 80 {
		path := fmt.Sprintf("issues/%06d.html", 100040+i)
		after[path] = text(path, 2)
	}
	after["new/page.html"], after["turn/a.html"] = text("new/page.html", 2), text("turn/a.html", 2)
	after.dress(2)
	return before, after
}

// A publication dies at the n-th step, for random n: visitors see whole files,
// and the next one sends only what is missing.
func TestInterruptedAnywhereItGoesOn(t *testing.T) {
	before, after := difference()
	onEach(t, func(t *testing.T, p *place) {
		whole := p.to.Dial
		counter := &mortal{}
		p.mustPublish(t, "r1", before)
		p.to.Dial = counter.dial(whole)
		total := p.mustPublish(t, "r2", after).Sent
		last := counter.steps.Load()
		if last < 20 {
			t.Fatalf("a publication took only %d steps", last)
		}
		for round := range pick(6, 40) {
			p := newPlace(t, p.kind)
			whole := p.to.Dial
			p.mustPublish(t, "r1", before)
			m := &mortal{at: 1 + rand.Int64N(last)}
			p.to.Dial = m.dial(whole)
			_, err := p.publish(t.Context(), after.tree("r2"), publish.Options{Yes: true})
			if err != nil && !errors.Is(err, errDead) {
				t.Fatalf("round %d, step %d of %d: %v", round, m.at, last, err)
			}
			p.wantWhole(t, before, after)
			arrived := int(m.arrived.Load())

			p.to.Dial = whole
			// The process that died is ours, and lives: it has to be told.
			res, err := p.publish(t.Context(), after.tree("r2"), publish.Options{Yes: true, Force: true})
			if err != nil {
				t.Fatalf("round %d, after step %d of %d: %v", round, m.at, last, err)
			}
			p.wantSite(t, after)
			// Records are files, too, and some files were on their way.
			const records, onTheWay = 6, 16
			if res.Sent > total-max(0, arrived-records-onTheWay) {
				t.Errorf("round %d: %d of %d arrived before step %d, and %d were sent again", round, arrived, total, m.at, res.Sent)
			}
			if s := p.mustStatus(t, map[string]site{"r2": after}, false); !s.Equal || s.Unfinished != "" {
				t.Errorf("round %d: %+v", round, s)
			}
		}
	}, localReleases, localPlain, sftpReleases, sftpPlain, bucketed)
}

// While a package is made, or applied, the same holds.
func TestPackageInterruptedAnywhere(t *testing.T) {
	before, after := difference()
	for range pick(6, 40) {
		p := newPlace(t, packaged)
		whole := p.to.Dial
		p.mustPublish(t, "r1", before)
		m := &mortal{at: 1 + rand.Int64N(60)}
		p.to.Dial = m.dial(whole)
		_, err := p.publish(t.Context(), after.tree("r2"), publish.Options{Yes: true})
		if err != nil && !errors.Is(err, errDead) {
			t.Fatal(err)
		}
		p.wantWhole(t, before, after)
		p.to.Dial = whole
		_, err = p.publish(t.Context(), after.tree("r2"), publish.Options{Yes: true, Force: true})
		check(t, err)
		p.wantSite(t, after)
	}
}

// Another release instead of the interrupted one: nothing of that stays.
func TestAnInterruptedReleaseLeavesNothingInTheNext(t *testing.T) {
	before, after := difference()
	third := makeSite(50, 3)
	onEach(t, func(t *testing.T, p *place) {
		whole := p.to.Dial
		p.mustPublish(t, "r1", before)
		for _, at := range []int64{12, 22, 30} {
			m := &mortal{at: at}
			p.to.Dial = m.dial(whole)
			_, _ = p.publish(t.Context(), after.tree("r2"), publish.Options{Yes: true, Force: true})
			p.to.Dial = whole
			_, err := p.publish(t.Context(), third.tree("r3"), publish.Options{Yes: true, Force: true})
			check(t, err)
			p.wantSite(t, third)
			_, err = p.publish(t.Context(), before.tree("r1"), publish.Options{Yes: true})
			check(t, err)
			p.wantSite(t, before)
		}
	}, localReleases, localPlain, sftpReleases, sftpPlain, bucketed)
}

// kill -9 of a process that publishes, at random moments.
func TestAKilledPublisherTearsNothingAndTheNextGoesOn(t *testing.T) {
	const files = 60
	var sites []site
	for v := range versions {
		sites = append(sites, versioned(files, v))
	}
	for _, k := range []kind{localReleases, localPlain, sftpReleases, sftpPlain, bucketed} {
		t.Run(string(k), func(t *testing.T) {
			t.Parallel()
			to := newSpec(t, k)
			p := &place{kind: k, dir: to.Dir, to: to.target()}
			killed := map[int]bool{}
			for round := range pick(4, 30) {
				victim, done := startChild(t, order{To: to, Files: files}, nil)
				go func() {
					for range done { //nolint:revive // it says what it did until it dies
					}
				}()
				time.Sleep(time.Duration(300+rand.IntN(1200)) * time.Millisecond)
				check(t, victim.Process.Kill())
				_ = victim.Wait()
				killed[victim.Process.Pid] = true
				p.wantWhole(t, sites...)
				if round%2 == 1 {
					continue // the next child begins in what this one has left
				}
				var taken *publish.LockedError
				v := round % versions
				o := publish.Options{Yes: true, TakenOver: func(e *publish.LockedError) { taken = e }}
				_, err := p.publish(t.Context(), sites[v].tree(fmt.Sprintf("v%d", v)), o)
				if half, ok := as[*publish.LockedError](err); ok && half.Torn {
					// It died over its lock; another test waits for the minute.
					_, err = p.publish(t.Context(), sites[v].tree(fmt.Sprintf("v%d", v)), publish.Options{Yes: true, Force: true})
				}
				if err != nil {
					t.Fatalf("round %d: %v", round, err)
				}
				// This child may have died before it took the lock of the one before.
				if taken != nil && (!taken.Dead || !taken.Here || !killed[taken.Process]) {
					t.Errorf("the lock of the dead was not explained: %+v", taken)
				}
				p.wantSite(t, sites[v])
			}
		})
	}
}
