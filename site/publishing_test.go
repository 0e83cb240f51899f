package site

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rectify/site/model"
	"rectify/site/publish"
	"rectify/site/publish/pack"
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

// apply carries a package to a host of the test's own.
func (d *office) apply(name string, keys ...sign.Public) (*Applied, error) {
	return Apply(context.Background(), ApplyOptions{Package: name, Dir: d.hostOf("far"), Keys: keys, Run: publish.Options{Yes: true}})
}

func TestPackageOfAReleaseIsAppliedByWhomTrustsItsKey(t *testing.T) {
	d := newHosts(t, key(t, 1))
	d.release("a")
	pack := func(id, since string, secret *sign.Secret) string {
		o := d.publishing("usb")
		o.Release, o.Since, o.Key = id, since, keyed(secret)
		return d.publish(o).Package.Path
	}
	trusted, stranger := d.secret.Public(), key(t, 2).Public()
	whole := pack("a", "", d.secret)
	var forged *SignatureError
	if _, err := d.apply(whole, stranger); !errors.As(err, &forged) || forged.Why != ForgeryKey {
		t.Errorf("another key: got %v", err)
	}
	if _, err := os.Stat(d.hostOf("far")); err == nil {
		t.Error("something was written")
	}
	var place *PlaceError
	if _, err := Apply(context.Background(), ApplyOptions{Package: whole, Dir: d.dir}); !errors.As(err, &place) {
		t.Errorf("the folder of a portal: got %v, want a PlaceError", err)
	}
	a, err := d.apply(whole, stranger, trusted)
	if err != nil || a.Signed != SignedByKey {
		t.Fatalf("got %+v, %v", a, err)
	}
	root := filepath.Join(d.hostOf("far"), "current")
	if diff := cmp.Diff(d.restored("a"), visible(t, root)); diff != "" {
		t.Error(diff)
	}
	d.write(demoIssue, d.read(demoIssue)+"result: 示例局已全部完成。\n")
	d.release("b")
	changes := pack("b", "a", nil) // only its manifest is signed
	if a, err = d.apply(changes, trusted); err != nil || a.Signed != SignedByKey || a.Package.Base != "a" || a.Package.Here >= a.Package.Files {
		t.Fatalf("got %+v, %v", a, err)
	}
	if !slices.Contains(a.Unproven, "DELETED.txt") {
		t.Errorf("what nobody signed is not told: %+v", a)
	}
	if diff := cmp.Diff(d.restored("b"), visible(t, root)); diff != "" {
		t.Error(diff)
	}
	if a, err = d.apply(changes); err != nil || a.Signed != SignedUnknown {
		t.Errorf("without a key: got %+v, %v", a, err)
	}
	if !strings.HasPrefix(filepath.Base(changes), "rectify-b-since-a") {
		t.Errorf("it is called %s", changes)
	}
}

// reseal writes a package again, as somebody on its way would: all its lists fit.
func reseal(t *testing.T, d *office, o PublishOptions, change func(c *pack.Contents)) string {
	t.Helper()
	target, err := o.target(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	tree, done, err := o.tree(target)
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	c := pack.Contents{Tree: tree}
	if c.Signed, err = o.signed(tree.ID); err != nil {
		t.Fatal(err)
	}
	change(&c)
	s, err := c.Write(context.Background(), t.TempDir(), pack.Zip, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s.Path
}

func TestForgedPackagesAreRefused(t *testing.T) {
	d := newHosts(t, key(t, 1))
	d.release("a")
	trusted := d.secret.Public()
	evil := "<script>x</script>"
	add := func(c *pack.Contents, path string, beside bool) {
		open := c.Tree.Open
		c.Tree.Open = func(name string) (io.ReadCloser, error) {
			if name == path {
				return io.NopCloser(strings.NewReader(evil)), nil
			}
			return open(name)
		}
		f := publish.File{Path: path, Size: int64(len(evil)), SHA256: hexSum([]byte(evil)), Beside: beside}
		if i := slices.IndexFunc(c.Tree.Files, func(f publish.File) bool { return f.Path == path }); i >= 0 {
			c.Tree.Files[i] = f
			return
		}
		c.Tree.Files = append(c.Tree.Files, f)
		slices.SortFunc(c.Tree.Files, func(a, b publish.File) int { return strings.Compare(a.Path, b.Path) })
	}
	for _, test := range []struct {
		what   string
		change func(c *pack.Contents)
		want   Forgery
	}{
		{"nothing", func(*pack.Contents) {}, ""},
		{"a page that is another", func(c *pack.Contents) { add(c, "index.html", false) }, ForgeryFiles},
		{"a page more", func(c *pack.Contents) { add(c, "evil.html", false) }, ForgeryFiles},
		{"a page beside the release", func(c *pack.Contents) { add(c, "releases/evil.html", true) }, ForgeryBeside},
		{"a page in place of one", func(c *pack.Contents) { add(c, "index.html", true) }, ForgeryFiles},
		{"a snapshot that nobody signed", func(c *pack.Contents) { add(c, "releases/a/a.zip", true) }, ForgeryBeside},
		{"no signature", func(c *pack.Contents) {
			c.Signed = slices.DeleteFunc(c.Signed, func(s pack.Sheet) bool { return strings.Contains(s.Name, "json.") })
		}, ForgeryUnsigned},
		{"no manifest", func(c *pack.Contents) { c.Signed = nil }, ForgeryUnsigned},
		{"the manifest of another release", func(c *pack.Contents) { c.Tree.ID = "b" }, ForgeryFiles},
		{"a manifest changed after it was signed", func(c *pack.Contents) {
			c.Signed[0].Data = []byte(strings.Replace(string(c.Signed[0].Data), `"log":`, `"log": `, 1))
		}, ForgeryKey},
		{"contents to be taken off the host", func(c *pack.Contents) { c.Tree.Redacted = []string{hexSum([]byte("x"))} }, ForgeryRedacted},
		{"a page that had to go, says nobody", func(c *pack.Contents) {
			i := slices.IndexFunc(c.Tree.Files, func(f publish.File) bool { return f.Path == "index.html" })
			c.Tree.Files[i].Redacted = true
		}, ForgeryRedacted},
		{"a text among the signatures", func(c *pack.Contents) {
			c.Signed = append(c.Signed, pack.Sheet{Name: "READ-ME-FIRST.txt", Data: []byte("rm -rf /srv")})
		}, ForgeryExtra},
		{"other sums than those of the manifest", func(c *pack.Contents) {
			i := slices.IndexFunc(c.Signed, func(s pack.Sheet) bool { return s.Name == "sha256sums.txt" })
			c.Signed[i].Data = []byte(hexSum([]byte(evil)) + "  index.html\n")
		}, ForgeryFiles},
		{"the list signed by somebody else", func(c *pack.Contents) {
			c.Sign = signer(*key(t, 2))
		}, ForgeryKey},
	} {
		t.Run(test.what, func(t *testing.T) {
			name := reseal(t, d, d.publishing("usb"), test.change)
			_, err := d.apply(name, trusted)
			if test.want == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			var forged *SignatureError
			if !errors.As(err, &forged) || forged.Why != test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

// Whoever gives the block of the README a key is told of what the key did not sign.
func TestPackageIsCheckedByHandAgainstTheKey(t *testing.T) {
	d := newHosts(t, key(t, 1))
	d.release("a")
	for what, secret := range map[string]*sign.Secret{"the list is signed": d.secret, "the manifest is": nil} {
		t.Run(what, func(t *testing.T) {
			for name, test := range map[string]struct {
				key    string
				forge  func(box string)
				passes bool
			}{
				"the key of minisign":     {d.secret.Public().Minisign(), nil, true},
				"the key of OpenSSH":      {d.secret.Public().SSH(), nil, true},
				"no key":                  {"", nil, true},
				"another key of minisign": {key(t, 2).Public().Minisign(), nil, false},
				"another key of OpenSSH":  {key(t, 2).Public().SSH(), nil, false},
				"no key at all":           {"示例", nil, false},
				"another page": {d.secret.Public().Minisign(), func(box string) {
					forged(t, box, "index.html", "<script>x</script>")
				}, false},
			} {
				o := d.publishing("usb")
				o.Key = keyed(secret)
				box := t.TempDir()
				unzip(t, d.publish(o).Package.Path, box)
				if test.forge != nil {
					test.forge(box)
				}
				site := filepath.Join(t.TempDir(), "site")
				out, err := sh(t, box, strings.Replace(blockOf(t, box, site), "KEY=''", "KEY='"+test.key+"'", 1))
				if _, there := os.Stat(site); (err == nil) != test.passes || (there == nil) != (err == nil) && test.key != "" && test.forge == nil {
					t.Errorf("%s: %v (%v)\n%s", name, err, there, out)
				}
			}
		})
	}
}

// forged puts another file into an unpacked package, as somebody on its way would:
// all sums fit, only nobody signed them.
func forged(t *testing.T, box, name, text string) {
	t.Helper()
	read := func(name string) string {
		data, err := os.ReadFile(filepath.Join(box, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(box, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	again := func(list, name string, old string) {
		write(list, strings.ReplaceAll(read(list), hexSum([]byte(old)), hexSum([]byte(read(name)))))
	}
	page, site, list := read("files/"+name), read("SITE.sha256"), read("package.json")
	write("files/"+name, text)
	again("SITE.sha256", "files/"+name, page)
	again("package.json", "files/"+name, page)
	again("package.json", "SITE.sha256", site)
	again("SHA256SUMS", "files/"+name, page)
	again("SHA256SUMS", "SITE.sha256", site)
	again("SHA256SUMS", "package.json", list)
}

// blockOf is the block of commands in the README of an unpacked package.
func blockOf(t *testing.T, box, site string) string {
	t.Helper()
	readme, err := os.ReadFile(filepath.Join(box, "README.txt"))
	if err != nil {
		t.Fatal(err)
	}
	begin, end := strings.Index(string(readme), "(set -e\n"), strings.Index(string(readme), "OK\")\n")
	if begin < 0 || end < 0 {
		t.Fatalf("the README has no block of commands:\n%s", readme)
	}
	return strings.Replace(string(readme[begin:end])+"OK\")", "SITE=/srv/site", "SITE='"+site+"'", 1)
}

// The README of a package says how to do it by hand; what it says is done here.
func TestPackageCanBeAppliedByHand(t *testing.T) {
	d := newHosts(t, key(t, 1))
	site := d.hostOf("by hand")
	byHand := func(id, since string) error {
		o := d.publishing("usb")
		o.Release, o.Since = id, since
		box := t.TempDir()
		unzip(t, d.publish(o).Package.Path, box)
		if out, err := sh(t, box, blockOf(t, box, site)); err != nil {
			return fmt.Errorf("%w\n%s", err, out)
		}
		return nil
	}
	for _, step := range []struct{ id, since string }{{"a", ""}, {"b", "a"}} {
		d.release(step.id)
		if step.since != "" {
			site = d.hostOf("nothing")
			if err := byHand(step.id, step.since); err == nil {
				t.Error("changes were applied to nothing")
			}
			site = d.hostOf("by hand")
		}
		if err := byHand(step.id, step.since); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(d.restored(step.id), visible(t, filepath.Join(site, "current"))); diff != "" {
			t.Error(diff)
		}
		d.write(demoIssue, strings.Replace(d.read(demoIssue), "示例问题甲", "示例问题甲甲", 1))
	}
	// Changes do not fit where a file that they leave out was changed by hand.
	const same = "data/schema/issues.schema.json"
	if err := os.WriteFile(filepath.Join(site, "current", same), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(site, "current", "added.html"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	d.release("c")
	if err := byHand("c", "b"); err == nil || !strings.Contains(err.Error(), same) {
		t.Errorf("got %v, want a word about %s", err, same)
	}
	if to, err := os.Readlink(filepath.Join(site, "current")); err != nil || to != "releases/b" {
		t.Errorf("visitors see %s (%v)", to, err)
	}
	if err := byHand("c", ""); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(d.restored("c"), visible(t, filepath.Join(site, "current"))); diff != "" {
		t.Error(diff)
	}
	// And rectify goes on from what was made by hand.
	d.write(demoIssue, strings.Replace(d.read(demoIssue), "示例问题甲", "示例问题甲甲", 1))
	d.release("d")
	o := d.publishing("usb")
	o.Since = "c"
	if _, err := Apply(context.Background(), ApplyOptions{Package: d.publish(o).Package.Path, Dir: site, Run: publish.Options{Yes: true}}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(d.restored("d"), visible(t, filepath.Join(site, "current"))); diff != "" {
		t.Error(diff)
	}
}

func unzip(t *testing.T, name, dir string) {
	t.Helper()
	z, err := zip.OpenReader(name)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	if err := os.CopyFS(dir, z); err != nil {
		t.Fatal(err)
	}
}
