//go:build linux

package conformance

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rectify/site/publish"
)

// beside is the tree of a release with files that lie beside it.
func beside(id string, s site, paths ...string) *publish.Tree {
	t := s.tree(id)
	for i := range t.Files {
		t.Files[i].Beside = slices.Contains(paths, t.Files[i].Path)
	}
	return t
}

func TestWhatLiesBesideAReleaseMayChange(t *testing.T) {
	const log = "releases/log/checkpoint"
	onEach(t, func(t *testing.T, p *place) {
		first := makeSite(30, 1).with(1, log)
		second := makeSite(30, 2).with(2, log)
		later := first.with(2, log)
		send := func(tree *publish.Tree) *publish.Result {
			t.Helper()
			p.base = nil
			res, err := p.publish(t.Context(), tree, publish.Options{Yes: true})
			check(t, err)
			return res
		}
		send(beside("r1", first, log))
		p.wantSite(t, first)
		if res := send(beside("r1", later, log)); res.Sent != 1 || res.Change != 1 {
			t.Errorf("the log grew: %+v", res)
		}
		p.wantSite(t, later)
		send(beside("r2", second, log))
		p.wantSite(t, second)

		// Back to a release whose log has grown meanwhile.
		archive := func(string) (*publish.Tree, error) { return beside("r1", first.with(3, log), log), nil }
		_, err := p.to.Rollback(t.Context(), "r1", archive, publish.Options{})
		check(t, err)
		got := p.seen(t, first)
		if got["index.html"] != first["index.html"] || got[log] == first[log] {
			t.Error("another release is shown, or its first log")
		}
		s, err := p.to.Status(t.Context(), archive, false, publish.Options{})
		check(t, err)
		if !s.Equal || s.Compared != "release" {
			t.Errorf("a log of another day passes for a change by hand: %+v", s)
		}
	}, kinds...)
}

func TestWhatHadToGoIsTakenAwayEverywhere(t *testing.T) {
	const secret = "issues/100020.html"
	onEach(t, func(t *testing.T, p *place) {
		p.to.Gzip = p.kind != bucketed
		first, second := makeSite(30, 1), makeSite(30, 1).with(2, "404.html")
		redacted := func(id string, s site) *publish.Tree {
			tree := s.tree(id)
			for i := range tree.Files {
				tree.Files[i].Redacted = tree.Files[i].Path == secret
			}
			tree.Redacted = []string{sum(first[secret])}
			return tree
		}
		p.mustPublish(t, "r1", first)
		p.base = nil
		p.mustPublish(t, "r2", second)
		p.base = nil
		archive := func(id string) (*publish.Tree, error) {
			return redacted(id, map[string]site{"r1": first, "r2": second}[id]), nil
		}
		s, err := p.to.Status(t.Context(), archive, false, publish.Options{})
		check(t, err)
		if s.Equal || !slices.Contains(s.Redacted, secret) || p.hasReleases() != slices.Equal(s.Holding, []string{"r1"}) || s.Drift.Any() {
			t.Errorf("that it is still there is not told: %+v", s)
		}
		// To take it away nobody is asked.
		res, err := p.publish(t.Context(), redacted("r2", second), publish.Options{})
		check(t, err)
		if res.Delete != 1 || p.hasReleases() && !slices.Equal(res.Purge, []string{"r1"}) {
			t.Errorf("got %+v", res)
		}
		mark, _, _ := strings.Cut(first[secret], "\n")
		check(t, filepath.WalkDir(p.dir, func(name string, d os.DirEntry, err error) error {
			if err != nil || !d.Type().IsRegular() {
				return err
			}
			data, err := os.ReadFile(name)
			if strings.Contains(string(data), mark) || strings.HasPrefix(d.Name(), "100020.html") {
				t.Errorf("%s still holds it", name)
			}
			return err
		}))
		s, err = p.to.Status(t.Context(), archive, false, publish.Options{})
		check(t, err)
		if !s.Equal {
			t.Errorf("status: %+v", s)
		}
		// But to show a release that is not whole any more somebody has to mean it.
		_, err = p.to.Rollback(t.Context(), "r1", archive, publish.Options{})
		if e, ok := as[*publish.RedactedError](err); !ok || !slices.Equal(e.Paths, []string{secret}) {
			t.Errorf("got %v, want a RedactedError", err)
		}
		p.base = nil
		_, err = p.publish(t.Context(), redacted("r1", first), publish.Options{})
		if _, ok := as[*publish.RedactedError](err); !ok {
			t.Errorf("got %v, want a RedactedError", err)
		}
		if got := p.seen(t, nil); got["404.html"] != second["404.html"] {
			t.Error("it was shown without a word")
		}
		_, err = p.to.Rollback(t.Context(), "r1", archive, publish.Options{Yes: true})
		check(t, err)
		if _, there := p.seen(t, nil)[secret]; there {
			t.Error("going back brought it back")
		}
	}, kinds...)
}
