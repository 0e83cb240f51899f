package site

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rectify/site/problem"
	"rectify/site/release/archive"
)

// counted lists the codes of all problems, notes too.
func counted(list problem.List) map[problem.Code]int {
	n := map[problem.Code]int{}
	for _, p := range list {
		n[p.Code]++
	}
	return n
}

// wantAbsent looks for a text in every byte of the archive, unpacked.
func (d *office) wantAbsent(word string) {
	d.t.Helper()
	for name, text := range folder(d.t, filepath.Join(d.dir, "archive")) {
		if strings.HasSuffix(name, ".gz") {
			text = gunzipped(d.t, text)
		}
		if strings.Contains(text, word) {
			d.t.Errorf("%s holds %q", name, word)
		}
	}
	if places, err := Find(context.Background(), d.options(), word); err != nil || len(places) > 0 {
		d.t.Errorf("%q stands in %v (%v)", word, places, err)
	}
}

func TestWhatIsRedactedIsGoneFromEveryReleaseAndAllElseStays(t *testing.T) {
	const secret = "110101190001011234"
	dir := t.TempDir()
	layDemo(t, dir)
	d := newOffice(t, dir, key(t, 1))
	d.release("a")
	d.write(demoIssue, d.read(demoIssue)+"result: 示例人员的号码是"+secret+"。\n")
	d.release("b")
	d.edit("data/portal.yaml", "示例公开", "示例公开二") // every page is another one
	d.release("c")
	if _, err := Snapshot(context.Background(), d.options(), SnapshotZip, "b", "", false); err != nil {
		t.Fatal(err)
	}
	places, err := Find(context.Background(), d.options(), secret)
	if err != nil || len(places) < 8 {
		t.Fatalf("it stands in %v (%v)", places, err)
	}
	for _, p := range places {
		r, err := Redact(context.Background(), RedactOptions{Options: d.options(), ID: p.Release, Path: p.Path, Reason: "误公开个人信息", Time: d.day, Secret: d.secret})
		if err != nil {
			t.Fatalf("%v: %v", p, err)
		}
		if r.Reason != "误公开个人信息" || len(r.Places) == 0 || r.Signer == "" {
			t.Errorf("%+v", r)
		}
	}
	d.wantAbsent(secret)
	_, err = Redact(context.Background(), RedactOptions{Options: d.options(), ID: places[0].Release, Path: places[0].Path, Reason: "示例", Time: d.day, Secret: d.secret})
	if !errors.Is(err, archive.ErrRedacted) {
		t.Errorf("redacted twice: %v", err)
	}

	v := d.verify(VerifyOptions{Rebuild: []string{"all"}})
	codes := counted(v.Problems)
	if !v.OK() || v.Redacted != len(places) || codes[problem.WasRedacted] < len(places) || codes[problem.RebuildRedacted] != 2 || !cmp.Equal(v.Rebuilt, []string{"a"}) {
		t.Errorf("%v, %d redacted, built again %v, %v", found(v.Problems), v.Redacted, v.Rebuilt, codes)
	}
	for _, id := range []string{"b", "c"} {
		dir := filepath.Join(t.TempDir(), "restored")
		r, err := Restore(context.Background(), d.options(), id, dir, false)
		if err != nil || len(r.Redacted) == 0 {
			t.Fatalf("%+v, %v", r, err)
		}
		if v := d.verify(VerifyOptions{Path: dir}); !v.OK() || v.Redacted == 0 {
			t.Errorf("%s: %v", id, found(v.Problems))
		}
		for _, kind := range []SnapshotKind{SnapshotZip, SnapshotWACZ, SnapshotBag} {
			file := id + "." + string(kind)
			if _, err := Snapshot(context.Background(), d.options(), kind, id, file, false); err != nil {
				t.Fatal(err)
			}
			if v := d.verify(VerifyOptions{Path: file}); !v.OK() || v.Redacted == 0 {
				t.Errorf("%s: %v", file, found(v.Problems))
			}
		}
	}

	// The data are put right, and the next release says so without saying what.
	d.edit(demoIssue, "示例人员的号码是"+secret+"。", "示例人员已经核对。")
	d.release("d")
	d.wantAbsent(secret)
	if text := d.read("public/releases/d.changes.json"); !strings.Contains(text, `"kind": "redacted"`) {
		t.Errorf("what changed: %s", text)
	}
	if v := d.verify(VerifyOptions{Rebuild: []string{"d"}}); !v.OK() || !cmp.Equal(v.Rebuilt, []string{"d"}) {
		t.Errorf("%v %v", found(v.Problems), v.Rebuilt)
	}
}
