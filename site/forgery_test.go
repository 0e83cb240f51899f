package site

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rectify/site/release/sign"
)

// forge copies a portal, changes a word in its data and releases that without a
// key, as everybody can who has the program.
func (d *office) forge(t *testing.T, id string) *office {
	t.Helper()
	forged := &office{t: t, dir: t.TempDir(), day: d.day}
	if err := os.CopyFS(filepath.Join(forged.dir, DataDir), os.DirFS(filepath.Join(d.dir, DataDir))); err != nil {
		t.Fatal(err)
	}
	forged.remove("data/releases")
	forged.edit(demoIssue, "示例结果", "另一结果")
	forged.approve(id)
	_, err := Release(context.Background(), ReleaseOptions{Options: forged.options(), ID: id, Time: forged.day, Unsigned: true})
	if err != nil {
		forged.fatal(err)
	}
	return forged
}

func TestUnsignedForgeryIsNeverVerified(t *testing.T) {
	d := twoReleases(t, "示例结果。", key(t, 1))
	forged := d.forge(t, "b")
	site := filepath.Join(forged.dir, "public")
	zip := filepath.Join(forged.dir, "b.zip")
	if _, err := Snapshot(context.Background(), forged.options(), SnapshotZip, "b", zip, false); err != nil {
		t.Fatal(err)
	}
	stranger := &office{t: t, dir: t.TempDir()}
	for _, test := range []struct {
		what string
		who  *office
		o    VerifyOptions
		want []string
	}{
		{"in the portal", d, VerifyOptions{Path: site}, []string{"R126", "R127"}},
		{"in the portal, a snapshot", d, VerifyOptions{Path: zip}, []string{"R126", "R127"}},
		{"in the portal, an archive", d, VerifyOptions{Path: filepath.Join(forged.dir, "archive")}, []string{"R126", "R127"}},
		{"with a key", stranger, VerifyOptions{Path: site, Keys: []sign.Public{d.secret.Public()}}, []string{"R126"}},
		{"with trust.yaml", stranger, VerifyOptions{Path: site, Trust: filepath.Join(d.dir, "data")}, []string{"R126"}},
	} {
		t.Run(test.what, func(t *testing.T) {
			test.who.t = t
			v := test.who.verify(test.o)
			got := found(v.Problems)
			if v.OK() || v.Signed != 0 {
				t.Errorf("it passes: %q", got)
			}
			for _, code := range test.want {
				if !slices.ContainsFunc(got, func(one string) bool { return strings.HasPrefix(one, code+" releases/b/manifest.json b") }) {
					t.Errorf("no %s in %q", code, got)
				}
			}
		})
	}
}

func TestReleaseThatThePortalNeverMadeIsNamed(t *testing.T) {
	d := twoReleases(t, "示例结果。", nil)
	forged := d.forge(t, "c")
	v := d.verify(VerifyOptions{Path: filepath.Join(forged.dir, "public")})
	if got := found(v.Problems); !slices.Contains(got, "R128 releases/c/manifest.json c") {
		t.Errorf("found %q", got)
	}
}

func TestKeyThatCameLaterLeavesEarlierUnsignedReleasesAlone(t *testing.T) {
	dir := t.TempDir()
	layDemo(t, dir)
	d := newOffice(t, dir, nil)
	d.release("a")
	d.secret = key(t, 1)
	d.write("data/trust.yaml", "keys:\n  - name: 示例公布密钥\n    public: "+d.secret.Public().SSH()+"\n    from: 2026-02-01\n")
	d.release("b")
	v := d.verify(VerifyOptions{})
	if got := found(v.Problems); !v.OK() || v.Signed != 1 || !slices.Contains(got, "R112 releases/a/manifest.json a") {
		t.Errorf("%d signed, found %q", v.Signed, got)
	}
}
