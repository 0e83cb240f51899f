//go:build linux

package conformance

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

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

func TestTwoPublishersDoNotMeet(t *testing.T) {
	onEach(t, func(t *testing.T, p *place) {
		first, second := makeSite(200, 1), makeSite(200, 2)
		inside, goOn := make(chan struct{}), make(chan struct{})
		var once sync.Once
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			defer wg.Done()
			_, err := p.to.Publish(t.Context(), first.tree("r1"), publish.Options{Planned: func(*publish.Plan) error {
				once.Do(func() { close(inside) })
				<-goOn
				return nil
			}})
			if err != nil {
				t.Errorf("the one who was first: %v", err)
			}
		}()
		<-inside
		_, err := p.to.Publish(t.Context(), second.tree("r2"), publish.Options{})
		if e, ok := as[*publish.LockedError](err); !ok || !e.Here || e.Dead || e.Stale {
			t.Errorf("got %v, want a LockedError of this machine", err)
		}
		if s := p.mustStatus(t, nil, true); s.Locked == nil {
			t.Error("status does not tell of the lock")
		}
		close(goOn)
		wg.Wait()
		p.wantSite(t, first)
		_, err = p.to.Publish(t.Context(), second.tree("r2"), publish.Options{Yes: true})
		check(t, err)
		p.wantSite(t, second)
	}, localReleases, localPlain, sftpReleases, sftpPlain, bucketed)
}

// Whoever lost its lock, because it was silent for too long, changes nothing more
// of what visitors see: not the pages, not what is to be deleted.
func TestALostLockStopsBeforeTheNextStep(t *testing.T) {
	first, second := makeSite(40, 1), makeSite(40, 2).without("issues/100020.html")
	const others = `{"format":1,"token":"somebody","since":"2026-01-01T00:00:00Z","process":1,"machine":"x"}` + "\n"
	for _, at := range []publish.Phase{publish.PhaseSend, publish.PhaseVerify} {
		t.Run(string(at), func(t *testing.T) {
			onEach(t, func(t *testing.T, p *place) {
				p.mustPublish(t, "r1", first)
				var once sync.Once
				_, err := p.publish(t.Context(), second.tree("r2"), publish.Options{Yes: true, Progress: func(now publish.Progress) {
					if now.Phase == at && now.Files > 0 {
						once.Do(func() { p.plantLock(t, others) })
					}
				}})
				if !errors.Is(err, publish.ErrLockLost) {
					t.Fatalf("got %v, want ErrLockLost", err)
				}
				seen := p.seen(t, nil)
				want := bare(first)
				if at == publish.PhaseVerify && !p.hasReleases() {
					want = bare(second)
					want["issues/100020.html"] = first["issues/100020.html"] // it would go last
				}
				if diff := cmp.Diff(want, seen); diff != "" {
					t.Error(diff)
				}
				if lock, err := os.ReadFile(filepath.Join(p.dir, publish.StateDir, "lock")); err != nil || string(lock) != others {
					t.Errorf("the lock of the other one is %q, %v", lock, err)
				}
			}, localReleases, localPlain, sftpReleases, sftpPlain, bucketed)
		})
	}
}

// plantLock puts another lock in the place of the one that is there.
func (p *place) plantLock(t *testing.T, text string) {
	t.Helper()
	name := filepath.Join(publish.StateDir, "lock")
	if p.kind == bucketed {
		p.upload(t, name, text)
		return
	}
	check(t, os.WriteFile(filepath.Join(p.dir, name), []byte(text), 0o644))
}

// Who dies while it writes its lock leaves half of one, which tells nothing of
// its owner. (No object store has half an object.)
func TestHalfALockIsLeftBehindAfterAMinute(t *testing.T) {
	onEach(t, func(t *testing.T, p *place) {
		s := makeSite(10, 1)
		p.mustPublish(t, "r1", s)
		lock := filepath.Join(p.dir, publish.StateDir, "lock")
		for _, half := range []string{"", `{"format":1,"token":"5f`} {
			check(t, os.WriteFile(lock, []byte(half), 0o644))
			check(t, os.Chown(lock, nobody, nobody))
			var taken *publish.LockedError
			o := publish.Options{Yes: true, TakenOver: func(e *publish.LockedError) { taken = e }}
			_, err := p.to.Publish(t.Context(), s.tree("r2"), o)
			if e, ok := as[*publish.LockedError](err); !ok || !e.Torn || e.Stale {
				t.Errorf("just written: got %v, want a LockedError", err)
			}
			then := time.Now().Add(-61 * time.Second)
			check(t, os.Chtimes(lock, then, then))
			_, err = p.to.Publish(t.Context(), s.tree("r2"), o)
			check(t, err)
			if taken == nil || !taken.Torn || !taken.Stale {
				t.Errorf("whose lock it was is not told: %+v", taken)
			}
		}
	}, localReleases, localPlain, sftpReleases, sftpPlain)
}

// Many who begin at the same moment: one is in, the others are told.
func TestOfManyPublishersAtOnceOneIsIn(t *testing.T) {
	onEach(t, func(t *testing.T, p *place) {
		sites := []site{makeSite(30, 1), makeSite(30, 2), makeSite(30, 3), makeSite(30, 4)}
		p.mustPublish(t, "r0", makeSite(30, 0))
		var wg sync.WaitGroup
		var in atomic.Int64
		for v, s := range sites {
			wg.Go(func() {
				_, err := p.to.Publish(t.Context(), s.tree(fmt.Sprintf("r%d", v+1)), publish.Options{Yes: true, Planned: func(*publish.Plan) error {
					if in.Add(1) > 1 {
						t.Error("two publishers are in")
					}
					return nil
				}, Progress: func(now publish.Progress) {
					if now.Phase == publish.PhaseClean {
						in.Store(0)
					}
				}})
				if _, locked := as[*publish.LockedError](err); err != nil && !locked {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		p.wantWhole(t, sites...)
	}, localReleases, localPlain, sftpReleases, sftpPlain, bucketed)
}
