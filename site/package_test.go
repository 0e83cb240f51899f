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

	"rectify/site/publish"
	"rectify/site/publish/pack"
	"rectify/site/release/sign"
)

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
	// An old package that somebody brings once more is good, and is not meant.
	again := ApplyOptions{Package: whole, Dir: d.hostOf("far"), Keys: []sign.Public{trusted}}
	var back *publish.ReturnError
	if _, err := Apply(context.Background(), again); !errors.As(err, &back) || back.Release != "a" || back.Live != "b" {
		t.Errorf("got %v, want a ReturnError", err)
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
