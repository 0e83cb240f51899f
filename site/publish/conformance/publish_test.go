//go:build linux

package conformance

import (
	"fmt"
	"slices"
	"testing"

	"rectify/site/publish"
)

func TestFirstPublicationShowsTheSite(t *testing.T) {
	onEach(t, func(t *testing.T, p *place) {
		s := makeSite(40, 1)
		res := p.mustPublish(t, "r1", s)
		p.wantSite(t, s)
		if res.Add != len(s) || res.Change+res.Delete+res.Same != 0 || res.Sent != len(s) {
			t.Errorf("got %+v, want %d files new and sent", res, len(s))
		}
	}, kinds...)
}

func TestNothingChangedSendsNothing(t *testing.T) {
	onEach(t, func(t *testing.T, p *place) {
		s := makeSite(40, 1)
		p.mustPublish(t, "r1", s)
		res := p.mustPublish(t, "r1", s)
		if res.Send+res.Sent+res.Add+res.Change+res.Delete != 0 || res.Same != len(s) {
			t.Errorf("the same release again: %+v", res)
		}
		res = p.mustPublish(t, "r2", s)
		if res.Sent != 0 || res.Same != len(s) {
			t.Errorf("the same site as another release: %+v", res)
		}
		p.wantSite(t, s)
	}, kinds...)
}

func TestOnlyWhatChangedIsSent(t *testing.T) {
	onEach(t, func(t *testing.T, p *place) {
		before := makeSite(1000, 1)
		p.mustPublish(t, "r1", before)
		var changed []string
		for i := range 10 {
			changed = append(changed, fmt.Sprintf("issues/%06d.html", 100100+i))
		}
		after := before.with(2, changed...)
		res := p.mustPublish(t, "r2", after)
		if res.Change != 10 || res.Sent != 10 || res.Same != len(before)-10 {
			t.Errorf("10 of %d changed: %+v", len(before), res)
		}
		if res.Gap != (p.kind == sftpPlain) {
			t.Errorf("that files may be missing for a moment: %v", res.Gap)
		}
		p.wantSite(t, after)
		// A third time, when there is an old release to make room for it.
		third := after.with(3, changed[:3]...)
		if res := p.mustPublish(t, "r3", third); res.Sent != 3 {
			t.Errorf("3 changed: %+v", res)
		}
		p.wantSite(t, third)
		fourth := third.with(4, changed[2:5]...)
		if res := p.mustPublish(t, "r4", fourth); res.Sent != 3 {
			t.Errorf("3 changed: %+v", res)
		}
		p.wantSite(t, fourth)
	}, kinds...)
}

func TestDeletedPagesAreGone(t *testing.T) {
	onEach(t, func(t *testing.T, p *place) {
		before := makeSite(40, 1)
		p.mustPublish(t, "r1", before)
		after := before.without("issues/100020.html", "reports/xuncha/sections/s1.html")
		res := p.mustPublish(t, "r2", after)
		if want := []string{"issues/100020.html", "reports/xuncha/sections/s1.html"}; res.Delete != 2 || !slices.Equal(res.Deleted, want) {
			t.Errorf("deleted %d: %v", res.Delete, res.Deleted)
		}
		p.wantSite(t, after)
	}, kinds...)
}

func TestRenamedPagesMoveAndFilesBecomeFolders(t *testing.T) {
	onEach(t, func(t *testing.T, p *place) {
		before := makeSite(40, 1)
		before["turn"], before["back/a.html"], before["Case.html"] = "a file", text("back/a.html", 1), text("Case.html", 1)
		p.mustPublish(t, "r1", before)
		after := before.without("turn", "back/a.html", "Case.html", "issues/100020.html")
		after["turn/a.html"], after["back"] = text("turn/a.html", 1), "a file"
		after["case.html"], after["issues/200020.html"] = text("case.html", 1), before["issues/100020.html"]
		p.mustPublish(t, "r2", after)
		p.wantSite(t, after)
		p.mustPublish(t, "r3", before)
		p.wantSite(t, before)
	}, kinds...)
}

func TestLargeAndEmptyFilesArrive(t *testing.T) {
	onEach(t, func(t *testing.T, p *place) {
		s := makeSite(20, 1)
		s["empty.txt"] = ""
		s["releases/r1.wacz"] = string(noise(9<<20 + 123))
		p.mustPublish(t, "r1", s)
		p.wantSite(t, s)
	}, kinds...)
}

// noise is what no compression makes smaller.
func noise(n int) []byte {
	out := make([]byte, 0, n+64)
	for i := 0; len(out) < n; i++ {
		out = append(out, sum(fmt.Sprint(i))...)
	}
	return out[:n]
}

func TestManyDeletionsHaveToBeConfirmed(t *testing.T) {
	onEach(t, func(t *testing.T, p *place) {
		before := makeSite(40, 1)
		p.mustPublish(t, "r1", before)
		after := before.without(before.paths()[20:30]...)
		_, err := p.publish(t.Context(), after.tree("r2"), publish.Options{})
		if e, ok := as[*publish.DeletionsError](err); !ok || e.Delete != 10 {
			t.Fatalf("got %v, want a DeletionsError of 10", err)
		}
		p.wantSite(t, before)
		p.mustPublish(t, "r2", after)
		p.wantSite(t, after)
	}, kinds...)
}
