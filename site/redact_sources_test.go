package site

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rectify/site/release/archive"
)

// sourcesOfASite is what a site is made from, and how each is mended when it
// should never have been published.
var sourcesOfASite = []struct {
	path string // to redact in release b
	mend func(d *office)
	told bool // whether the next release says that something was redacted
}{
	{"data:data/portal.yaml", func(d *office) { d.edit("data/portal.yaml", "密语", "改好") }, true},
	{"data:data/reports/demo/report.yaml", func(d *office) { d.edit("data/reports/demo/report.yaml", "密语", "改好") }, true},
	{"data:data/reports/demo/source.txt", func(d *office) { d.edit("data/reports/demo/source.txt", "密语", "改好") }, true},
	{"data:data/reports/demo/issues/200001.yaml", func(d *office) { d.edit(demoIssue, "密语", "改好") }, true},
	{"data:data/pages/about.md", func(d *office) { d.edit("data/pages/about.md", "密语", "改好") }, true},
	{"data:data/trust.yaml", func(d *office) { d.edit("data/trust.yaml", "密语", "改好") }, true},
	{"files/demo/a.txt", func(d *office) { d.write("data/reports/demo/files/a.txt", "改好") }, false},
	{"images/a.svg", func(d *office) {
		d.write("data/images/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>改好</title></svg>")
	}, false},
	{"releases/b.changes.json", func(*office) {}, false},
	{"index.html", func(d *office) { d.edit("data/portal.yaml", "密语", "改好") }, false},
}

func TestEverySourceOfASiteCanBeRedactedAndTheNextReleaseIsMade(t *testing.T) {
	dir := t.TempDir()
	layDemo(t, dir)
	whole := newOffice(t, dir, key(t, 1))
	whole.release("a")
	whole.edit("data/portal.yaml", "示例公开", "密语公开")
	whole.edit("data/reports/demo/report.yaml", "title: 示例方面", "title: 密语方面")
	whole.write("data/reports/demo/source.txt", "示例通报\n密语\n")
	whole.write("data/pages/about.md", "# 关于\n\n密语。\n")
	whole.edit("data/trust.yaml", "示例公布密钥", "密语公布密钥")
	whole.write("data/reports/demo/files/a.txt", "密语")
	whole.write("data/images/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>密语</title></svg>")
	whole.write(demoIssue, whole.read(demoIssue)+"result: 密语。\nevidence:\n  - {file: a.txt, title: 示例, date: 2026-01-01}\n")
	whole.release("b")
	for _, one := range sourcesOfASite {
		t.Run(one.path, func(t *testing.T) {
			d := &office{t: t, dir: t.TempDir(), secret: whole.secret, day: whole.day}
			if err := os.CopyFS(d.dir, os.DirFS(whole.dir)); err != nil {
				t.Fatal(err)
			}
			o := RedactOptions{Options: d.options(), ID: "b", Path: one.path, Reason: "示例", Time: d.day, Secret: d.secret}
			if _, err := Redact(context.Background(), o); err != nil {
				d.fatal(err)
			}
			if v := d.verify(VerifyOptions{Rebuild: []string{"all"}}); !v.OK() || v.Redacted != 1 || len(v.Rebuilt)+len(v.Unbuilt) != 2 {
				t.Errorf("%q, built again %v, not %v", found(v.Problems), v.Rebuilt, v.Unbuilt)
			}
			one.mend(d)
			d.release("c")
			if v := d.verify(VerifyOptions{Rebuild: []string{"newest"}}); !v.OK() || !cmp.Equal(v.Rebuilt, []string{"c"}) {
				t.Errorf("%q, built again %v", found(v.Problems), v.Rebuilt)
			}
			text := d.read("public/releases/c.changes.json")
			if got := strings.Contains(text, `"kind": "redacted"`); got != one.told || strings.Contains(text, `"kind": "new"`) {
				t.Errorf("what changed: %s", text)
			}
			// What lay in the log before a release lies beside its snapshots.
			for _, kind := range []SnapshotKind{SnapshotZip, SnapshotWACZ, SnapshotBag} {
				for _, id := range []string{"b", "c"} {
					file := filepath.Join(t.TempDir(), id+"."+string(kind))
					if _, err := Snapshot(context.Background(), d.options(), kind, id, file, false); err != nil {
						t.Fatal(err)
					}
					if v := d.verify(VerifyOptions{Path: file}); !v.OK() {
						t.Errorf("%s of %s: %q", kind, id, found(v.Problems))
					}
				}
			}
		})
	}
}

func TestIssueWhoseDataWereRedactedCannotVanishEither(t *testing.T) {
	dir := t.TempDir()
	layDemo(t, dir)
	d := newOffice(t, dir, nil)
	d.release("a")
	o := RedactOptions{Options: d.options(), ID: "a", Path: "data:data/reports/demo/report.yaml", Reason: "示例", Time: d.day}
	if _, err := Redact(context.Background(), o); err != nil {
		d.fatal(err)
	}
	d.edit("data/reports/demo/report.yaml", "示例通报", "示例通报二")
	d.write("data/reports/demo/issues/b.yaml", "id: 200002\ntitle: 示例问题乙\nvisibility: internal\n")
	_, err := Approve(context.Background(), ApproveOptions{Options: d.options(), ID: "b", Time: d.day})
	var p *ProblemError
	if !errors.As(err, &p) {
		t.Fatalf("it vanished: %v", err)
	}
	if f := found(p.Problems); !slices.Contains(f, "R005 data/reports/demo/report.yaml 200002 a") {
		t.Errorf("got %q", f)
	}
}

func TestRedactedContentThatIsStillInTheDataIsNamed(t *testing.T) {
	dir := t.TempDir()
	layDemo(t, dir)
	d := newOffice(t, dir, nil)
	d.release("a")
	o := RedactOptions{Options: d.options(), ID: "a", Path: "data:data/portal.yaml", Reason: "示例", Time: d.day}
	if _, err := Redact(context.Background(), o); err != nil {
		d.fatal(err)
	}
	d.approve("b")
	_, err := d.tryRelease("b")
	var again *archive.AgainError
	if !errors.As(err, &again) || again.Path != "data/portal.yaml" || !errors.Is(err, archive.ErrRedacted) {
		t.Errorf("got %v", err)
	}
}

func TestRedactionIsRefusedWithoutTheRightKey(t *testing.T) {
	dir := t.TempDir()
	layDemo(t, dir)
	d := newOffice(t, dir, key(t, 1))
	d.release("a")
	before := folder(t, filepath.Join(dir, "archive"))
	try := func(want string, o RedactOptions) {
		t.Helper()
		o.Options, o.ID, o.Path, o.Reason, o.Time = d.options(), "a", "index.html", "示例", d.day
		_, err := Redact(context.Background(), o)
		var p *ProblemError
		if !errors.As(err, &p) || !strings.HasPrefix(found(p.Problems)[0], want) {
			t.Errorf("no %s: %v", want, err)
		}
		if diff := cmp.Diff(before, folder(t, filepath.Join(dir, "archive"))); diff != "" {
			t.Errorf("%s: the archive changed:\n%s", want, diff)
		}
	}
	try("R008 data/trust.yaml", RedactOptions{})
	try("R014  a", RedactOptions{Unsigned: true})
	try("R006 data/trust.yaml", RedactOptions{Secret: key(t, 2)})
	d.edit("data/trust.yaml", "from: 2026-01-01", "from: 2026-01-01\n    until: 2026-01-31")
	try("R007 data/trust.yaml", RedactOptions{Secret: key(t, 1)})
}
