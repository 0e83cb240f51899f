//go:build linux

package conformance

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rectify/site/publish"
)

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
