package site

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rectify/site/release/archive"
)

// exampleIssue is an issue of the example that the tests edit.
const exampleIssue = "data/reports/wenhua-xuncha-2025/issues/"

func TestThreeReleasesOfTheExampleComeBackAndAreBuiltAgain(t *testing.T) {
	d := newOffice(t, examplePortal(t), key(t, 1))
	issues, err := filepath.Glob(filepath.Join(d.dir, exampleIssue+"*.yaml"))
	if err != nil || len(issues) < 3 {
		t.Fatal(issues, err)
	}
	sites := map[string]map[string]string{}
	keep := func(id string) {
		d.release(id)
		sites[id] = folder(t, filepath.Join(d.dir, "public"))
	}
	keep("2026-01")
	first := d.firstPublic()
	d.write(first, d.read(first)+"result: 示例局于2026年1月全部完成。\n")
	keep("2026-02")
	d.edit("data/portal.yaml", "name: ", "name: 新")
	d.edit("data/images/biaozhi.svg", "<svg", "<svg id=\"new\"")
	keep("2026-03")

	for id, want := range sites {
		dir := filepath.Join(t.TempDir(), "restored")
		if _, err := Restore(context.Background(), d.options(), id, dir, false); err != nil {
			t.Fatal(err)
		}
		got := folder(t, dir)
		for name, text := range want {
			// The manifests and the log of later releases lie beside older ones.
			if got[name] != text && !strings.HasPrefix(name, "releases/log/") {
				t.Errorf("%s: %s is not as it was", id, name)
			}
		}
		v := d.verify(VerifyOptions{Path: dir})
		if f := found(v.Problems); len(f) > 0 || v.Kind != "site" || !cmp.Equal(v.Releases, []string{id}) {
			t.Errorf("%s: %v %+v", id, f, v)
		}
	}
	v := d.verify(VerifyOptions{Rebuild: []string{"all"}})
	if f := found(v.Problems); len(f) > 0 || v.Signed != 3 {
		t.Errorf("%v, %d signed", f, v.Signed)
	}
	if diff := cmp.Diff([]string{"2026-01", "2026-02", "2026-03"}, v.Rebuilt); diff != "" {
		t.Error(diff)
	}
	for _, kind := range []SnapshotKind{SnapshotZip, SnapshotWACZ} {
		if _, err := Snapshot(context.Background(), d.options(), kind, "2026-03", "", false); err != nil {
			t.Fatal(err)
		}
	}
	d.noTrace()
}

func TestARealReleaseWithRolesInsteadOfNames(t *testing.T) {
	dir := t.TempDir()
	layReal(t, dir)
	d := newOffice(t, dir, key(t, 1))
	r := d.release("2024-11")
	if r.Checkpoint == "" || r.Signer == "" || r.Changes.After.Issues != 30 {
		t.Errorf("got %+v", r)
	}
	restored := filepath.Join(t.TempDir(), "restored")
	if _, err := Restore(context.Background(), d.options(), "2024-11", restored, false); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(folder(t, filepath.Join(dir, "public")), folder(t, restored)); diff != "" {
		t.Error(diff)
	}
	v := d.verify(VerifyOptions{Rebuild: []string{"newest"}})
	if f := found(v.Problems); len(f) > 0 || !slices.Contains(v.Rebuilt, "2024-11") {
		t.Errorf("%v %v", f, v.Rebuilt)
	}
	d.noTrace()
}

func TestReleaseIsRefused(t *testing.T) {
	dir := t.TempDir()
	layDemo(t, dir)
	newOffice(t, dir, key(t, 1)).release("a")
	for _, test := range []struct {
		what string
		do   func(d *office)
		id   string
		want string
	}{
		{"no approval", func(*office) {}, "b", "R001 data/releases/b.yaml b"},
		{"a draft of an approval", func(d *office) {
			d.write("data/releases/b.yaml", "drafted_by: {who: 示例, on: 2026-01-01}\n")
		}, "b", "R010 data/releases/b.yaml reviewed_by.who"},
		{"days out of order", func(d *office) {
			d.approve("b")
			d.edit("data/releases/b.yaml", "approved_by: {who: 密语经手人, on: "+d.day.Format(time.DateOnly), "approved_by: {who: 示例, on: 2025-01-01")
		}, "b", "R011 data/releases/b.yaml 2026-02-05 2025-01-01"},
		{"data that changed after the approval", func(d *office) {
			d.approve("b")
			d.edit("data/portal.yaml", "name: ", "name: 新")
		}, "b", "R002 data/releases/b.yaml sha256:"},
		{"an id that is taken", func(d *office) {
			d.write("data/releases/a.yaml", d.read("data/releases/a.yaml"))
		}, "a", "R003"},
		{"an item that vanished", func(d *office) {
			d.write(demoIssue, d.read(demoIssue)+"visibility: internal\n")
		}, "b", "R005 data/reports/demo/report.yaml 200001 a"},
		{"an unfinished output folder", func(d *office) {
			d.approve("b")
			d.write("public/.rectify/journal", "{}")
		}, "b", "R004"},
		{"a key that is not trusted", func(d *office) {
			d.approve("b")
			d.secret = key(t, 2)
		}, "b", "R006 data/trust.yaml SHA256:"},
		{"a key whose time is over", func(d *office) {
			d.edit("data/trust.yaml", "from: 2026-01-01", "from: 2026-01-01\n    until: 2026-01-31")
			d.approve("b")
		}, "b", "R007 data/trust.yaml SHA256:"},
		{"no key although one is trusted", func(d *office) {
			d.approve("b")
			d.secret = nil
		}, "b", "R008 data/trust.yaml 示例公布密钥"},
		{"an id that is no name", func(*office) {}, "log", "D014"},
		{"data with errors", func(d *office) {
			d.approve("b")
			d.edit("data/portal.yaml", "name: ", "nam: ")
		}, "b", "D008"},
	} {
		t.Run(test.what, func(t *testing.T) {
			own := t.TempDir()
			if err := os.CopyFS(own, os.DirFS(dir)); err != nil {
				t.Fatal(err)
			}
			d := newOffice(t, own, key(t, 1))
			d.day = d.day.AddDate(0, 1, 0)
			test.do(d)
			before := folder(t, filepath.Join(own, "archive"))
			public := folder(t, filepath.Join(own, "public"))
			_, err := d.tryRelease(test.id)
			var p *ProblemError
			if !errors.As(err, &p) {
				t.Fatalf("got %v", err)
			}
			if f := found(p.Problems); !slices.ContainsFunc(f, func(one string) bool { return strings.HasPrefix(one, test.want) }) {
				t.Errorf("no %q in %q", test.want, f)
			}
			if diff := cmp.Diff(before, folder(t, filepath.Join(own, "archive"))); diff != "" {
				t.Errorf("the archive changed:\n%s", diff)
			}
			if diff := cmp.Diff(public, folder(t, filepath.Join(own, "public"))); diff != "" {
				t.Errorf("public changed:\n%s", diff)
			}
		})
	}
}

func TestWithdrawnItemIsToldByItsNumberInEveryLaterRelease(t *testing.T) {
	dir := t.TempDir()
	layDemo(t, dir)
	d := newOffice(t, dir, nil)
	const issue = demoIssue
	d.write("data/reports/demo/source.txt", "示例通报\n(1)示例问题甲\n一是密语措施。\n(2)示例问题乙\n")
	d.write(issue, d.read(issue)+"source: {paragraphs: [2, 3]}\n")
	d.edit(issue, "示例措施。", "密语措施。")
	d.release("a")
	d.write(issue, d.read(issue)+"result: 密语结果。\n")
	d.release("b")
	d.write(issue, d.read(issue)+"withdrawn: {on: 2026-02-20, why: 示例原因}\n")
	d.release("c")
	for name, text := range folder(t, filepath.Join(dir, "public")) {
		if strings.Contains(text, "密语") || strings.Contains(text, "示例问题甲") {
			t.Errorf("%s still tells of a withdrawn item", name)
		}
	}
	if text := d.read("public/releases/b.changes.json"); !strings.Contains(text, "200001") {
		t.Error("that the item changed in b is not told any more")
	}
	for name, text := range d.archivedData("c") {
		if strings.Contains(text, "密语") || strings.Contains(text, "示例问题甲") {
			t.Errorf("the archived %s still tells of a withdrawn item", name)
		}
	}
	d.release("d") // nothing changed: the archived data say the same as the working ones
	if text := d.read("public/releases/d.changes.json"); !strings.Contains(text, `"items": []`) || strings.Contains(text, `"reports": [`) {
		t.Errorf("something changed: %s", text)
	}
	d.edit(issue, "withdrawn: {on: 2026-02-20, why: 示例原因}\n", "")
	_, err := Approve(context.Background(), ApproveOptions{Options: d.options(), ID: "e", Time: d.day})
	var p *ProblemError
	if !errors.As(err, &p) || !slices.ContainsFunc(found(p.Problems), func(f string) bool { return strings.HasPrefix(f, "R009") }) {
		t.Errorf("it came back: %v", err)
	}
	if v := d.verify(VerifyOptions{Rebuild: []string{"all"}}); !v.OK() || len(v.Rebuilt) != 4 {
		t.Errorf("%v %v", found(v.Problems), v.Rebuilt)
	}
}

func TestBuildBetweenReleasesShowsThemAndIsNoRelease(t *testing.T) {
	dir := t.TempDir()
	layDemo(t, dir)
	d := newOffice(t, dir, key(t, 1))
	d.release("a")
	if _, err := Build(context.Background(), d.options()); err != nil {
		d.fatal(err)
	}
	page := d.read("public/releases/index.html")
	if !strings.Contains(page, "releases/log/checkpoint") && !strings.Contains(page, "log/checkpoint") {
		t.Error("the log is not linked")
	}
	for _, name := range []string{"releases/a.html", "releases/a.changes.json", "releases/a/manifest.json", "releases/a/manifest.json.minisig", "releases/log/checkpoint", "releases/keys/minisign.pub"} {
		if _, err := os.Stat(filepath.Join(dir, "public", name)); err != nil {
			t.Error(err)
		}
	}
	if _, err := Verify(context.Background(), VerifyOptions{Options: d.options(), Path: "public"}); err == nil {
		t.Error("a build passes for a release")
	}
}

func TestSameReleaseOnTwoDesksIsTheSameArchive(t *testing.T) {
	var archives []map[string]string
	for range 2 {
		dir := t.TempDir()
		layDemo(t, dir)
		newOffice(t, dir, key(t, 1)).release("a")
		archives = append(archives, folder(t, filepath.Join(dir, "archive")))
	}
	if diff := cmp.Diff(archives[0], archives[1]); diff != "" {
		t.Error(diff)
	}
}

func TestSecondRunIsRefusedWhileTheFirstIsAtWork(t *testing.T) {
	dir := t.TempDir()
	layDemo(t, dir)
	d := newOffice(t, dir, nil)
	d.release("a")
	d.approve("b")
	first, err := archive.Begin(filepath.Join(dir, "archive"))
	if err != nil {
		t.Fatal(err)
	}
	before := folder(t, dir)
	var locked *archive.LockedError
	if _, err := d.tryRelease("b"); !errors.As(err, &locked) {
		t.Errorf("a release: %v", err)
	}
	if _, err := Snapshot(context.Background(), d.options(), SnapshotZip, "a", "", false); !errors.As(err, &locked) {
		t.Errorf("a snapshot to be kept: %v", err)
	}
	o := RedactOptions{Options: d.options(), ID: "a", Path: "index.html", Reason: "示例", Time: d.day}
	if _, err := Redact(context.Background(), o); !errors.As(err, &locked) {
		t.Errorf("a redaction: %v", err)
	}
	if diff := cmp.Diff(before, folder(t, dir)); diff != "" {
		t.Errorf("something was written:\n%s", diff)
	}
	first.Abort()
	if _, err := d.tryRelease("b"); err != nil {
		d.fatal(err)
	}
	if v := d.verify(VerifyOptions{}); !v.OK() || len(v.Releases) != 2 {
		t.Errorf("%v %v", found(v.Problems), v.Releases)
	}
}

func TestUnsignedReleaseSaysSo(t *testing.T) {
	dir := t.TempDir()
	layDemo(t, dir)
	d := newOffice(t, dir, nil)
	d.release("a")
	v := d.verify(VerifyOptions{})
	if f := found(v.Problems); !v.OK() || !cmp.Equal(f, []string{"R112 releases/a/manifest.json a"}) {
		t.Errorf("got %v", f)
	}
	if !strings.Contains(d.read("public/releases/index.html"), "没有签名") {
		t.Error("the page does not say so")
	}
}
