//go:build linux

package conformance

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rectify/site/publish"
)

// find gives the archive of a test.
func find(sites map[string]site) publish.Find {
	return func(id string) (*publish.Tree, error) {
		if s, ok := sites[id]; ok {
			return s.tree(id), nil
		}
		return nil, os.ErrNotExist
	}
}

func (p *place) mustStatus(t testing.TB, sites map[string]site, quick bool) *publish.Status {
	t.Helper()
	s, err := p.to.Status(t.Context(), find(sites), quick, publish.Options{Wait: soon})
	check(t, err)
	return s
}

func TestStatusSaysThatTheTargetEqualsTheArchive(t *testing.T) {
	onEach(t, func(t *testing.T, p *place) {
		if s := p.mustStatus(t, nil, false); s.Live != "" || s.Equal {
			t.Errorf("an empty target: %+v", s)
		}
		sites := map[string]site{"r1": makeSite(40, 1), "r2": makeSite(40, 2)}
		p.mustPublish(t, "r1", sites["r1"])
		p.mustPublish(t, "r2", sites["r2"])
		for _, quick := range []bool{false, true} {
			s := p.mustStatus(t, sites, quick)
			if !s.Equal || s.Live != "r2" || s.Compared != "release" || s.Since.IsZero() || s.Read == quick || s.Locked != nil {
				t.Errorf("quick %v: %+v", quick, s)
			}
			if len(s.Kept) != 1 {
				t.Errorf("the old asset is not told apart: %v", s.Kept)
			}
			if s := p.mustStatus(t, nil, quick); !s.Equal || s.Compared != "record" {
				t.Errorf("without the archive, quick %v: %+v", quick, s)
			}
		}
	}, kinds...)
}

func TestWhatWasChangedByHandIsNamedAndPutRight(t *testing.T) {
	const edited, missing, added = "issues/100020.html", "issues/100021.html", "issues/extra.html"
	onEach(t, func(t *testing.T, p *place) {
		before := makeSite(40, 1)
		sites := map[string]site{"r1": before}
		p.mustPublish(t, "r1", before)
		// The edit has the length of what it replaces.
		p.edit(t, edited, text(edited, 7))
		p.edit(t, missing, "")
		p.edit(t, added, "x")
		for _, quick := range []bool{false, true} {
			s := p.mustStatus(t, sites, quick)
			if s.Equal || !slices.Equal(s.Edited, []string{edited}) || !slices.Equal(s.Missing, []string{missing}) || !slices.Equal(s.Added, []string{added}) {
				t.Errorf("quick %v: %+v", quick, s)
			}
		}

		// A new release holds what it should, not what somebody made of it.
		after := before.with(2, "issues/100022.html")
		if p.kind == packaged {
			p.base = nil // changes alone would be refused, as another test shows
		}
		res := p.mustPublish(t, "r2", after)
		if !slices.Equal(res.Drift.Edited, []string{edited}) || !slices.Equal(res.Drift.Missing, []string{missing}) || !slices.Equal(res.Drift.Added, []string{added}) {
			t.Errorf("the plan does not tell of it: %+v", res.Drift)
		}
		want := after
		if !p.hasReleases() {
			want = after.clone()
			want[added] = "x" // somebody's own file stays
		}
		p.wantSite(t, want)

		// The same release again mends it in place.
		if p.kind == packaged {
			p.base = nil
		}
		p.edit(t, edited, text(edited, 8))
		p.edit(t, missing, "")
		res = p.mustPublish(t, "r2", after)
		if res.Sent != 2 {
			t.Errorf("2 files to be mended: %+v", res)
		}
		p.wantSite(t, want)
	}, kinds...)
}

func TestLostRecordsAreMadeAgain(t *testing.T) {
	onEach(t, func(t *testing.T, p *place) {
		before := makeSite(40, 1)
		p.mustPublish(t, "r1", before)
		state := filepath.Join(p.dir, publish.StateDir)
		check(t, os.RemoveAll(state))
		if p.kind == bucketed {
			// Nobody knows any more whose files these are.
			_, err := p.publish(t.Context(), before.with(2, "404.html").tree("r2"), publish.Options{})
			if _, ok := as[*publish.ForeignError](err); !ok {
				t.Fatalf("got %v, want a ForeignError", err)
			}
		}
		after := before.with(2, "issues/100020.html")
		res, err := p.publish(t.Context(), after.tree("r2"), publish.Options{Adopt: true})
		check(t, err)
		if res.Sent != 1 {
			t.Errorf("one file changed: %+v", res)
		}
		p.wantSite(t, after)
		// Torn records are as good as none.
		check(t, os.MkdirAll(filepath.Join(state, "records"), 0o755))
		for _, name := range []string{"record.json.gz", "records/r2.json.gz", "history.json.gz"} {
			if _, err := os.Stat(filepath.Join(state, name)); err == nil {
				check(t, os.WriteFile(filepath.Join(state, name), []byte("torn"), 0o644))
			}
		}
		third := after.with(3, "issues/100021.html")
		_, err = p.publish(t.Context(), third.tree("r3"), publish.Options{Adopt: true})
		check(t, err)
		p.wantSite(t, third)
	}, kinds...)
}

func TestSomebodysFilesAreNotWrittenOver(t *testing.T) {
	onEach(t, func(t *testing.T, p *place) {
		s := makeSite(20, 1)
		if p.hasReleases() {
			check(t, os.MkdirAll(filepath.Join(p.dir, "current"), 0o755))
		} else {
			p.edit(t, "index.html", "somebody's")
			p.edit(t, "own.html", "somebody's")
		}
		_, err := p.publish(t.Context(), s.tree("r1"), publish.Options{Yes: true})
		if _, ok := as[*publish.ForeignError](err); !ok {
			t.Fatalf("got %v, want a ForeignError", err)
		}
		if p.hasReleases() {
			return
		}
		if got := p.seen(t, nil); len(got) != 2 || got["index.html"] != "somebody's" {
			t.Errorf("something was changed: %v", got)
		}
		_, err = p.publish(t.Context(), s.tree("r1"), publish.Options{Yes: true, Adopt: true})
		check(t, err)
		want := s.clone()
		want["own.html"] = "somebody's"
		p.wantSite(t, want)
	}, kinds...)
}

func TestOneReleaseIsOneContent(t *testing.T) {
	onEach(t, func(t *testing.T, p *place) {
		first := makeSite(20, 1)
		p.mustPublish(t, "r1", first)
		_, err := p.publish(t.Context(), first.with(2, "404.html").tree("r1"), publish.Options{Yes: true})
		if _, ok := as[*publish.TakenError](err); !ok {
			t.Errorf("got %v, want a TakenError", err)
		}
		p.wantSite(t, first)
	}, kinds...)
}

func TestRollbackShowsTheReleaseBefore(t *testing.T) {
	onEach(t, func(t *testing.T, p *place) {
		sites := map[string]site{"r1": makeSite(40, 1), "r2": makeSite(30, 2), "r3": makeSite(40, 3), "r4": makeSite(40, 4)}
		for _, id := range []string{"r1", "r2", "r3", "r4"} {
			p.mustPublish(t, id, sites[id])
		}
		back := func(id string, archive map[string]site) *publish.Result {
			t.Helper()
			res, err := p.to.Rollback(t.Context(), id, find(archive), publish.Options{Wait: soon})
			check(t, err)
			return res
		}
		// To the one before: where it is still there nothing is sent.
		archive := sites
		if p.hasReleases() {
			archive = nil
		}
		res := back("", archive)
		p.wantSite(t, sites["r3"])
		if p.hasReleases() && (res.Sent != 0 || !res.Ready) {
			t.Errorf("sent something: %+v", res)
		}
		if res.Resumed != 0 {
			t.Errorf("nothing was interrupted: %+v", res)
		}
		// Once more is one further back.
		back("", sites)
		p.wantSite(t, sites["r2"])
		// And to one that is only in the archive.
		if res = back("r1", sites); res.Sent == 0 {
			t.Errorf("nothing was sent: %+v", res)
		}
		p.wantSite(t, sites["r1"])
		_, err := p.to.Rollback(t.Context(), "never", find(sites), publish.Options{Wait: soon})
		if _, ok := as[*publish.UnknownReleaseError](err); !ok {
			t.Errorf("got %v, want an UnknownReleaseError", err)
		}
	}, kinds...)
}

// An old release may become the folder of the next one. What somebody did to it
// by hand does not get there, nor if the making is interrupted.
func TestAnOldReleaseThatWasSpoiltIsNotBuiltUpon(t *testing.T) {
	const spoilt = "issues/100020.html"
	first := makeSite(40, 1)
	second, third := first.with(2, "404.html"), first.with(3, "404.html")
	spoil := func(t *testing.T, p *place, release string) {
		t.Helper()
		name := filepath.Join(p.dir, "releases", release, spoilt)
		check(t, os.Remove(name)) // it is linked with that of the live one
		check(t, os.WriteFile(name, []byte(text(spoilt, 7)), 0o644))
		check(t, os.Chown(name, nobody, nobody))
		then := time.Now().Add(5 * time.Second)
		check(t, os.Chtimes(name, then, then))
	}
	onEach(t, func(t *testing.T, p *place) {
		for _, next := range []string{"r3", "r1"} { // another one, and the same again
			for at := range int64(pick(3, 30)) {
				p := newPlace(t, p.kind)
				p.mustPublish(t, "r1", first)
				p.mustPublish(t, "r2", second)
				spoil(t, p, "r1")
				s := map[string]site{"r3": third, "r1": first}[next]
				whole := p.to.Dial
				p.to.Dial = (&mortal{at: 4 * at}).dial(whole)
				_, err := p.publish(t.Context(), s.tree(next), publish.Options{Yes: true})
				if err != nil && !errors.Is(err, errDead) {
					t.Fatalf("step %d: %v", 4*at, err)
				}
				p.wantWhole(t, second, s)
				p.to.Dial = whole
				_, err = p.publish(t.Context(), s.tree(next), publish.Options{Yes: true, Force: true})
				check(t, err)
				p.wantSite(t, s)
			}
		}
	}, localReleases, sftpReleases)
}

func TestAReleaseThatWasSpoiltIsNotShownAgainAsItIs(t *testing.T) {
	onEach(t, func(t *testing.T, p *place) {
		sites := map[string]site{"r1": makeSite(40, 1), "r2": makeSite(40, 2)}
		p.mustPublish(t, "r1", sites["r1"])
		p.edit(t, "issues/100020.html", text("issues/100020.html", 7))
		p.mustPublish(t, "r2", sites["r2"])
		res, err := p.to.Rollback(t.Context(), "r1", find(sites), publish.Options{Wait: soon})
		check(t, err)
		if res.Ready || res.Sent != 1 {
			t.Errorf("one file of it was spoilt: %+v", res)
		}
		p.wantSite(t, sites["r1"])
	}, localReleases, sftpReleases)
}

// Who edits a file while a release is made of it gets it neither shown as that
// release nor written down as its content.
func TestWhatIsEditedWhileItIsTakenOverIsNotShown(t *testing.T) {
	const edited = "issues/100020.html"
	first := makeSite(40, 1)
	second := first.with(2, edited)
	onEach(t, func(t *testing.T, p *place) {
		p.mustPublish(t, "r1", first)
		for n, next := range []site{second, second.with(3, "404.html")} { // anew, and upon an old release
			if n == 1 {
				p.edit(t, edited, text(edited, 2))
				p.mustPublish(t, "r2", second)
			}
			was := p.seen(t, nil)
			_, err := p.publish(t.Context(), next.tree(fmt.Sprintf("r%d", n+2)), publish.Options{Yes: true, Planned: func(*publish.Plan) error {
				p.edit(t, "issues/100021.html", text("issues/100021.html", 7))
				p.edit(t, edited, text(edited, 7))
				return nil
			}})
			if _, ok := as[*publish.DamageError](err); !ok {
				t.Fatalf("got %v, want a DamageError", err)
			}
			was["issues/100021.html"], was[edited] = text("issues/100021.html", 7), text(edited, 7)
			if diff := cmp.Diff(was, p.seen(t, nil)); diff != "" {
				t.Fatalf("visitors see something else (-want +got):\n%s", diff)
			}
			p.mustPublish(t, fmt.Sprintf("r%d", n+2), next)
			p.wantSite(t, next)
		}
	}, localReleases, sftpReleases)
}

// An edit that comes right after a publication is noticed, too.
func TestAnEditInTheSameSecondIsNoticed(t *testing.T) {
	const edited = "issues/100020.html"
	onEach(t, func(t *testing.T, p *place) {
		s := makeSite(40, 1)
		p.mustPublish(t, "r1", s)
		s = s.with(2, edited)
		p.mustPublish(t, "r2", s)
		check(t, os.WriteFile(filepath.Join(p.root(), edited), []byte(text(edited, 7)), 0o644))
		if got := p.mustStatus(t, map[string]site{"r2": s}, false); got.Equal || !slices.Equal(got.Edited, []string{edited}) {
			t.Errorf("status: %+v", got)
		}
		s = s.with(3, "404.html")
		res := p.mustPublish(t, "r3", s)
		if !slices.Equal(res.Drift.Edited, []string{edited}) {
			t.Errorf("drift: %+v", res.Drift)
		}
		p.wantSite(t, s)
	}, localReleases, localPlain, sftpReleases, sftpPlain)
}
