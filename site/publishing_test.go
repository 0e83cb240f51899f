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

	"rectify/site/model"
	"rectify/site/publish"
	"rectify/site/publish/sftp"
	"rectify/site/release/sign"
)

// hostOf is a folder of the test's own that a target of publish.yaml names.
func (d *office) hostOf(target string) string {
	return filepath.Join(filepath.Dir(d.dir), "host", target)
}

// newHosts is an office with a portal of two issues and a target of each kind that
// needs no server.
func newHosts(t *testing.T, secret *sign.Secret) *office {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "portal")
	layDemo(t, dir)
	d := newOffice(t, dir, secret)
	d.write("data/publish.yaml", `targets:
  - {name: neiwang, type: local, path: ../host/neiwang, gzip: true}
  - {name: ceshi, type: local, path: ../host/ceshi, staging: true}
  - {name: plain, type: local, path: ../host/plain, layout: plain, archive: [log]}
  - {name: usb, type: package, path: ../host/usb}
  - {name: waiwang, type: sftp, host: 127.0.0.1, port: 1, user: zg, path: zg}
`)
	if err := os.MkdirAll(d.hostOf("usb"), 0o755); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *office) publishing(target string) PublishOptions {
	return PublishOptions{Dir: d.dir, Target: target, Getenv: func(string) string { return "" }, Run: publish.Options{Yes: true}}
}

func keyed(secret *sign.Secret) func() (*sign.Secret, error) {
	return func() (*sign.Secret, error) { return secret, nil }
}

func (d *office) publish(o PublishOptions) *Published {
	d.t.Helper()
	p, err := Publish(context.Background(), o)
	if err != nil {
		d.fatal(err)
	}
	return p
}

// visible is what visitors of a folder see, without what was compressed.
func visible(t *testing.T, root string) map[string]string {
	t.Helper()
	root, err := filepath.EvalSymlinks(root)
	if err != nil {
		t.Fatal(err)
	}
	files := folder(t, root)
	for name := range files {
		if _, twin := files[strings.TrimSuffix(name, ".gz")]; twin && strings.HasSuffix(name, ".gz") {
			delete(files, name)
		}
	}
	return files
}

func (d *office) restored(id string) map[string]string {
	d.t.Helper()
	dir := filepath.Join(d.t.TempDir(), "restored")
	if _, err := Restore(context.Background(), d.options(), id, dir, false); err != nil {
		d.t.Fatal(err)
	}
	return folder(d.t, dir)
}

func TestPublishedReleaseIsTheArchivedOneByteForByte(t *testing.T) {
	d := newHosts(t, key(t, 1))
	d.release("a")
	d.write(demoIssue, d.read(demoIssue)+"result: 示例局已全部完成。\n")
	d.release("b")
	first := d.publishing("neiwang")
	first.Release = "a"
	d.publish(first)
	root := filepath.Join(d.hostOf("neiwang"), "current")
	if diff := cmp.Diff(d.restored("a"), visible(t, root)); diff != "" {
		t.Error(diff)
	}
	p := d.publish(d.publishing("neiwang"))
	if p.Release != "b" || p.Live != "a" || p.Change == 0 || p.Same == 0 || p.Root != root {
		t.Errorf("got %+v", p)
	}
	if diff := cmp.Diff(d.restored("b"), visible(t, root)); diff != "" {
		t.Error(diff)
	}
	v, err := Verify(context.Background(), VerifyOptions{Options: d.options(), Path: root})
	if err != nil || !v.OK() {
		t.Errorf("the published site does not prove itself: %v %v", err, found(v.Problems))
	}

	s, err := Status(context.Background(), d.publishing("neiwang"), false)
	if err != nil || !s.Equal || s.Live != "b" || s.Newest != "b" || s.Compared != "release" || !slices.Equal(s.Releases, []string{"a", "b"}) {
		t.Errorf("got %+v, %v", s, err)
	}
	back, err := Rollback(context.Background(), d.publishing("neiwang"))
	if err != nil || back.Release != "a" || !back.Ready {
		t.Errorf("got %+v, %v", back, err)
	}
	// Whoever runs the host names the folder, and has neither portal nor archive.
	here := PublishOptions{Dir: t.TempDir(), Target: d.hostOf("neiwang"), Getenv: os.Getenv}
	here.DryRun = true
	var none *publish.UnknownReleaseError
	if _, err = Rollback(context.Background(), here); !errors.As(err, &none) || none.Release != "" {
		t.Errorf("before the first there is none: got %v", err)
	}
	here.Release = "b"
	if back, err = Rollback(context.Background(), here); err != nil || back.Release != "b" || back.Live != "a" {
		t.Errorf("got %+v, %v", back, err)
	}
	if s, err = Status(context.Background(), here, false); err != nil || s.Live != "a" || !s.Equal || s.Compared != "record" {
		t.Errorf("got %+v, %v", s, err)
	}
}

func TestOfTheArchiveGoesAlongWhatTheTargetSays(t *testing.T) {
	d := newHosts(t, key(t, 1))
	d.release("a")
	d.publish(d.publishing("plain"))
	got := folder(t, d.hostOf("plain"))
	for name, want := range map[string]bool{
		"index.html": true, "releases/a.html": true, "releases/log/checkpoint": true,
		"releases/a/manifest.json": false, "releases/a/manifest.json.minisig": false, "releases/a/sha256sums.txt": false,
	} {
		if _, has := got[name]; has != want {
			t.Errorf("%s is there: %v", name, has)
		}
	}
}

func TestDraftsGoToStagingTargetsOnly(t *testing.T) {
	d := newHosts(t, nil)
	draft := func(target string) (*Published, error) {
		o := d.publishing(target)
		o.Draft = true
		return Publish(context.Background(), o)
	}
	var unbuilt *UnbuiltError
	if _, err := draft("ceshi"); !errors.As(err, &unbuilt) {
		t.Errorf("got %v, want an UnbuiltError", err)
	}
	if _, err := Publish(context.Background(), d.publishing("ceshi")); !errors.Is(err, ErrNoArchive) {
		t.Errorf("got %v, want ErrNoArchive", err)
	}
	if _, err := Build(context.Background(), d.options()); err != nil {
		d.fatal(err)
	}
	var refused *NotStagingError
	if _, err := draft("neiwang"); !errors.As(err, &refused) {
		t.Errorf("got %v, want a NotStagingError", err)
	}
	p, err := draft("ceshi")
	if err != nil || !strings.HasPrefix(p.Release, "draft-") {
		t.Fatalf("got %+v, %v", p, err)
	}
	if diff := cmp.Diff(folder(t, filepath.Join(d.dir, "public")), visible(t, filepath.Join(d.hostOf("ceshi"), "current"))); diff != "" {
		t.Error(diff)
	}
	// What somebody edited in the output folder is no build.
	d.edit("public/404.html", "<html", "<!--x--><html")
	if err := os.RemoveAll(d.hostOf("ceshi")); err != nil {
		t.Fatal(err)
	}
	var changed *publish.SourceError
	if _, err := draft("ceshi"); !errors.As(err, &changed) || changed.Path != "404.html" {
		t.Errorf("got %v, want a SourceError", err)
	}
}

func TestTargetsThatCannotBe(t *testing.T) {
	d := newHosts(t, nil)
	d.release("a")
	var none *TargetError
	if _, err := Publish(context.Background(), d.publishing("nowhere")); !errors.As(err, &none) || len(none.Have) != 5 {
		t.Errorf("got %v", err)
	}
	var host *sftp.HostKeyError
	var gone *publish.UnreachableError
	if _, err := Publish(context.Background(), d.publishing("waiwang")); !errors.As(err, &gone) || errors.As(err, &host) {
		t.Errorf("got %v, want an UnreachableError", err)
	}
	since := d.publishing("neiwang")
	since.Since = "a"
	if _, err := Publish(context.Background(), since); !errors.Is(err, ErrNotAPackage) {
		t.Errorf("got %v, want ErrNotAPackage", err)
	}
	if _, err := Status(context.Background(), d.publishing("usb"), false); !errors.Is(err, ErrCarried) {
		t.Errorf("got %v, want ErrCarried", err)
	}
	for _, inside := range []string{"public", "public/zg", "data", "archive/zg", "themes"} {
		d.write("data/publish.yaml", "targets: [{name: x, type: local, path: "+inside+"}]\n")
		var place *PlaceError
		if _, err := Publish(context.Background(), d.publishing("x")); !errors.As(err, &place) {
			t.Errorf("%s: got %v, want a PlaceError", inside, err)
		}
	}
	// Nor may the site take the place of the portal, or lie above it, whatever the
	// way there is called.
	for name, to := range map[string]string{"here": d.dir, "above": filepath.Dir(d.dir), "output": filepath.Join(d.dir, "public")} {
		if err := os.Symlink(to, filepath.Join(filepath.Dir(d.dir), name)); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range []string{".", "./", d.dir, "..", "../..", "/", "../here", "../above", "../above/portal", "../above/portal/data", "../output", "../output/zg", "../here/archive"} {
		for _, layout := range []string{"plain", "releases"} {
			d.write("data/publish.yaml", "targets: [{name: x, type: local, path: \""+path+"\", layout: "+layout+"}]\n")
			var place *PlaceError
			if _, err := Publish(context.Background(), d.publishing("x")); !errors.As(err, &place) || place.What != "path" {
				t.Errorf("%s, %s: got %v, want a PlaceError", path, layout, err)
			}
		}
	}
	var here *PlaceError
	if _, err := Rollback(context.Background(), d.publishing(d.dir)); !errors.As(err, &here) {
		t.Errorf("the folder of the portal: got %v", err)
	}
	d.write("data/publish.yaml", "targets: [{name: x, type: local, path: ../portal-site, layout: plain}, {name: usb, type: package, path: .}]\n")
	if _, err := Publish(context.Background(), d.publishing("x")); err != nil {
		t.Errorf("a folder beside the portal: %v", err)
	}
	if _, err := Publish(context.Background(), d.publishing("usb")); err != nil {
		t.Errorf("a package in the folder of the portal: %v", err)
	}
	d.write("data/publish.yaml", "targets: [{name: x, type: sftp, host: h, user: u, path: p, key_file: data/key}]\n")
	var place *PlaceError
	if _, err := Publish(context.Background(), d.publishing("x")); !errors.As(err, &place) || place.What != "key_file" {
		t.Errorf("a key among the data: got %v", err)
	}
	d.write("data/publish.yaml", "targets: [{name: x, type: ftp}]\n")
	var wrong *ProblemError
	if _, err := Publish(context.Background(), d.publishing("x")); !errors.As(err, &wrong) {
		t.Errorf("got %v, want a ProblemError", err)
	}
	if _, err := Check(context.Background(), d.options(), false); !errors.As(err, &wrong) {
		t.Errorf("check says %v", err)
	}
	d.write("data/publish.yaml", "targets: []\n")
	if err := os.Remove(filepath.Join(d.dir, "data/publish.yaml")); err != nil {
		t.Fatal(err)
	}
	if _, err := Publish(context.Background(), d.publishing("x")); !errors.As(err, &none) || len(none.Have) != 0 {
		t.Errorf("got %v", err)
	}
}

func TestSecretsComeFromVariablesOfTheirTarget(t *testing.T) {
	for name, want := range map[string]string{"yun": "RECTIFY_YUN_SECRET_KEY", "wai-wang": "RECTIFY_WAI_WANG_SECRET_KEY"} {
		if got := SecretVariable(model.Slug(name), "SECRET_KEY"); got != want {
			t.Errorf("%s: got %s", name, got)
		}
	}
}

func TestWhatWasRedactedIsTakenOffTheHost(t *testing.T) {
	d := newHosts(t, key(t, 1))
	d.write("data/reports/demo/files/x.txt", "密语附件")
	d.write(demoIssue, d.read(demoIssue)+"evidence: [{file: x.txt, title: 示例附件, date: 2025-03-01}]\n")
	d.release("a")
	d.edit("data/portal.yaml", "name: ", "name: 新")
	d.release("b")
	for _, id := range []string{"a", "b"} {
		o := d.publishing("neiwang")
		o.Release = id
		d.publish(o)
	}
	_, err := Redact(context.Background(), RedactOptions{Options: d.options(), ID: "a", Path: "files/demo/x.txt", Reason: "示例原因", Time: d.day, Secret: d.secret})
	if err != nil {
		t.Fatal(err)
	}
	if s, err := Status(context.Background(), d.publishing("neiwang"), false); err != nil || s.Equal {
		t.Errorf("that it is still there is not told: %+v %v", s, err)
	}
	p := d.publish(d.publishing("neiwang"))
	if p.Delete != 1 || !slices.Equal(p.Purge, []string{"a"}) {
		t.Errorf("got %+v", p.Plan)
	}
	for name, text := range folder(t, filepath.Join(d.hostOf("neiwang"), "releases")) {
		if strings.Contains(text, "密语") {
			t.Errorf("%s still holds it", name)
		}
	}
	if s, err := Status(context.Background(), d.publishing("neiwang"), false); err != nil || !s.Equal {
		t.Errorf("got %+v %v", s, err)
	}
}
