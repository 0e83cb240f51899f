package site

import (
	"bytes"
	"compress/gzip"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rectify/site/problem"
	"rectify/site/release/sign"
)

// tampered is something that somebody did to a portal, and what verify must say
// of it: the beginning of one of its findings.
type tampered struct {
	what string
	do   func(d *office)
	want string
}

func (d *office) remove(name string) {
	d.t.Helper()
	if err := os.RemoveAll(filepath.Join(d.dir, name)); err != nil {
		d.t.Fatal(err)
	}
}

// flip changes the lowest bit of the byte in the middle of a file.
func (d *office) flip(name string) {
	d.t.Helper()
	data := []byte(d.read(name))
	data[len(data)/2] ^= 1
	d.write(name, string(data))
}

// truncate takes the end of a file away.
func (d *office) truncate(name string) {
	d.t.Helper()
	text := d.read(name)
	d.write(name, text[:len(text)-min(len(text), 1000)])
}

// take copies files of another portal.
func (d *office) take(from *office, names ...string) {
	d.t.Helper()
	for _, name := range names {
		d.remove(name)
		info, err := os.Stat(filepath.Join(from.dir, name))
		if err != nil {
			d.t.Fatal(err)
		}
		if !info.IsDir() {
			d.write(name, from.read(name))
		} else if err := os.CopyFS(filepath.Join(d.dir, name), os.DirFS(filepath.Join(from.dir, name))); err != nil {
			d.t.Fatal(err)
		}
	}
}

// try does something to a copy of a portal and looks what verify says.
func (d *office) try(t *testing.T, o VerifyOptions, cases []tampered) {
	for _, test := range cases {
		t.Run(test.what, func(t *testing.T) {
			copied := &office{t: t, dir: t.TempDir(), secret: d.secret, day: d.day}
			if err := os.CopyFS(copied.dir, os.DirFS(d.dir)); err != nil {
				t.Fatal(err)
			}
			test.do(copied)
			v := copied.verify(o)
			f := found(v.Problems)
			switch {
			case test.want == "":
				if len(f) > 0 {
					t.Errorf("found %q", f)
				}
			case v.OK() || !slices.ContainsFunc(f, func(one string) bool { return strings.HasPrefix(one, test.want) }):
				t.Errorf("no %q in %q", test.want, f)
			}
		})
	}
}

// twoReleases is a portal with two signed releases and snapshots of the second.
func twoReleases(t *testing.T, text string, secret *sign.Secret) *office {
	t.Helper()
	return twoReleasesAt(t, "", text, secret)
}

// twoReleasesAt is the same for a site at an address.
func twoReleasesAt(t *testing.T, base, text string, secret *sign.Secret) *office {
	t.Helper()
	dir := t.TempDir()
	layDemo(t, dir)
	d := newOffice(t, dir, secret)
	d.base = base
	d.release("a")
	d.write(demoIssue, d.read(demoIssue)+"result: "+text+"\n")
	d.release("b")
	for _, kind := range []SnapshotKind{SnapshotZip, SnapshotWACZ, SnapshotBag} {
		if _, err := Snapshot(context.Background(), d.options(), kind, "b", "b."+string(kind), false); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

func TestTamperingWithTheArchiveIsFoundAndNamed(t *testing.T) {
	d := twoReleases(t, "示例结果。", key(t, 1))
	forged := twoReleases(t, "另一结果。", key(t, 1))  // whoever has the key can do this
	foreign := twoReleases(t, "另一结果。", key(t, 2)) // and this anybody
	kept := []byte(d.read("archive/log/checkpoint"))
	d.try(t, VerifyOptions{Checkpoint: kept}, []tampered{
		{"nothing", func(*office) {}, ""},
		{"a byte of a pack", func(d *office) { d.flip("archive/releases/b/files.tar.gz") }, "R101 releases/b/files.tar.gz"},
		{"a byte of a list", func(d *office) { d.flip("archive/releases/b/lists.tar.gz") }, "R10"}, // what it breaks depends on the byte
		{"a word of a manifest", func(d *office) { d.edit("archive/releases/b/manifest.json", "示例公开", "示例公閧") }, "R109 releases/b/manifest.json .minisig"},
		{"the same", func(d *office) { d.edit("archive/releases/b/manifest.json", "示例公开", "示例公閧") }, "R115 releases/b"},
		{"a minisign signature", func(d *office) { d.flip("archive/releases/b/manifest.json.minisig") }, "R109 releases/b/manifest.json .minisig"},
		{"an ssh signature", func(d *office) { d.flip("archive/releases/b/manifest.json.sig") }, "R109 releases/b/manifest.json .sig"},
		{"a signature removed", func(d *office) { d.remove("archive/releases/b/manifest.json.sig") }, "R110 releases/b/manifest.json .sig"},
		{"a pack removed", func(d *office) { d.remove("archive/releases/a/files.tar.gz") }, "R102 releases/a/files.tar.gz"},
		{"the newest release removed", func(d *office) { d.remove("archive/releases/b") }, "R113 log/"},
		{"the first release removed", func(d *office) { d.remove("archive/releases/a") }, "R106 releases/b/manifest.json b a"},
		{"a file added", func(d *office) { d.write("archive/releases/b/page.html", "示例") }, "R103 releases/b/page.html"},
		{"an entry of the log", func(d *office) { d.edit("archive/log/tile/entries/000.p/2", "release a", "release x") }, "R113 log/"},
		{"a tile of the log", func(d *office) { d.flip("archive/log/tile/0/000.p/2") }, "R113 log/tile/0/000.p/2"},
		{"the log of another archive", func(d *office) { d.take(forged, "archive/log") }, "R113 log/checkpoint"},
		{"a checkpoint without its signature", func(d *office) {
			body, _, _ := strings.Cut(d.read("archive/releases/a/checkpoint"), "\n\n")
			d.write("archive/releases/a/checkpoint", body+"\n")
		}, "R110 releases/a/checkpoint"},
		{"a checkpoint", func(d *office) { d.flip("archive/releases/b/checkpoint") }, "R"},
		{"a manifest of another archive, signed with the same key", func(d *office) {
			for _, ending := range []string{"", ".minisig", ".sig"} {
				d.take(forged, "archive/releases/b/manifest.json"+ending)
			}
		}, "R115 releases/b"},
		{"a release of another archive, signed with the same key", func(d *office) { d.take(forged, "archive/releases/b") }, "R113 "},
		{"all releases and the log, rewritten and signed again", func(d *office) { d.take(forged, "archive") }, "R114 log/checkpoint 2 2"},
		{"the same, signed with another key", func(d *office) { d.take(foreign, "archive") }, "R111 releases/a/manifest.json SHA256:"},
	})
	if v := forged.verify(VerifyOptions{}); !v.OK() {
		t.Errorf("a log that was rewritten and signed again is seen without a checkpoint: %v", found(v.Problems))
	}
}

// Who follows the hints for one damaged manifest must not move what is authentic
// out of the archive, or distrust it.
func TestDamagedManifestCastsNoDoubtOnTheRest(t *testing.T) {
	dir := t.TempDir()
	layDemo(t, dir)
	d := newOffice(t, dir, key(t, 1))
	for _, id := range []string{"a", "b", "c"} {
		d.release(id)
	}
	if _, err := Redact(context.Background(), RedactOptions{Options: d.options(), ID: "a", Path: "contact.html", Reason: "示例", Time: d.day, Secret: d.secret}); err != nil {
		t.Fatal(err)
	}
	d.edit("archive/releases/b/manifest.json", "示例公开", "示例公閧")
	v := d.verify(VerifyOptions{})
	n := counted(v.Problems)
	if v.OK() || n[problem.SignatureWrong] != 2 || n[problem.ArchiveOrphan] != 1 || n[problem.LogLacks] != 1 {
		t.Errorf("what is wrong is not named: %v", found(v.Problems))
	}
	if n[problem.ArchiveUnexpected]+n[problem.RedactionDoubtful]+n[problem.LogChanged] > 0 {
		t.Errorf("more is named: %v", found(v.Problems))
	}
}

func TestSignatureOfAnUnknownKeyIsNeitherMissingNorStrange(t *testing.T) {
	d := twoReleases(t, "示例结果。", key(t, 1))
	stranger := key(t, 2)
	d.write("data/trust.yaml", "keys:\n  - name: 示例公布密钥\n    public: "+stranger.Public().SSH()+"\n    from: 2026-01-01\n")
	for _, path := range []string{"", "public", "b.zip"} {
		list := d.verify(VerifyOptions{Path: path}).Problems
		if n := counted(list); n[problem.SignedByUnknown] != 2 || n[problem.SignatureMissing]+n[problem.ArchiveUnexpected] > 0 {
			t.Errorf("%q: %v", path, found(list))
		}
	}
	d.take(twoReleases(t, "示例结果。", key(t, 1)), "data/trust.yaml")
	d.write("public/releases/a/manifest.json", d.read("public/releases/b/manifest.json"))
	list := d.verify(VerifyOptions{Path: "public"}).Problems
	if n := counted(list); n[problem.ArchiveUnreadable] != 1 || n[problem.ArchiveUnexpected] > 0 {
		t.Errorf("with a manifest in another's place: %v", found(list))
	}
}

func TestOldCheckpointIsABeginningOfTheLog(t *testing.T) {
	dir := t.TempDir()
	layDemo(t, dir)
	d := newOffice(t, dir, key(t, 1))
	var kept [][]byte
	for _, id := range []string{"a", "b", "c"} {
		d.release(id)
		kept = append(kept, []byte(d.read("archive/log/checkpoint")))
	}
	for i, old := range kept {
		// What stands on paper has no signature, and may have other line ends.
		body, _, _ := bytes.Cut(old, []byte("\n\n"))
		for _, form := range [][]byte{old, body, []byte("\ufeff" + strings.ReplaceAll(string(body), "\n", "\r\n") + "\r\n")} {
			if v := d.verify(VerifyOptions{Checkpoint: form}); !v.OK() {
				t.Errorf("checkpoint %d: %q", i, found(v.Problems))
			}
		}
	}
	if v := d.verify(VerifyOptions{Checkpoint: []byte("示例\n")}); v.OK() {
		t.Error("what is no checkpoint is taken for one")
	}
}

func TestTamperingWithASiteIsFoundAndNamed(t *testing.T) {
	d := twoReleases(t, "示例结果。", key(t, 1))
	forged := twoReleases(t, "另一结果。", key(t, 1))
	d.try(t, VerifyOptions{Path: "public"}, []tampered{
		{"nothing", func(*office) {}, ""},
		{"a web server's compressed copies", func(d *office) { d.write("public/index.html.gz", gzipped(d.t, d.read("public/index.html"))) }, ""},
		{"a compressed copy of something else", func(d *office) { d.write("public/index.html.gz", gzipped(d.t, "示例")) }, "R103 index.html.gz"},
		{"a page", func(d *office) { d.edit("public/issues/200001.html", "示例结果", "另一结果") }, "R104 issues/200001.html"},
		{"a page removed", func(d *office) { d.remove("public/issues/200001.html") }, "R102 issues/200001.html"},
		{"a page added", func(d *office) { d.write("public/issues/200009.html", "示例") }, "R103 issues/200009.html"},
		{"the list of sums", func(d *office) { d.flip("public/releases/b/sha256sums.txt") }, "R104 releases/b/sha256sums.txt"},
		{"a manifest of another archive", func(d *office) { d.take(forged, "public/releases/b/manifest.json") }, "R109 releases/b/manifest.json"},
		{"an older manifest removed", func(d *office) { d.remove("public/releases/a") }, "R106 releases/b/manifest.json b a"},
		{"the log removed", func(d *office) { d.remove("public/releases/log") }, "R102 releases/log/checkpoint"},
		{"the log of another archive", func(d *office) { d.take(forged, "public/releases/log") }, "R115 releases/b"},
		{"the whole site of another archive", func(d *office) { d.take(forged, "public") }, "R127 releases/b/manifest.json b"},
	})
	kept := []byte(d.read("archive/log/checkpoint"))
	forged.try(t, VerifyOptions{Path: "public", Checkpoint: kept}, []tampered{
		{"rewritten and signed again", func(*office) {}, "R114 releases/log/checkpoint 2 2"},
	})
}

func gzipped(t testing.TB, text string) string {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, err := z.Write([]byte(text))
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestTamperingWithASnapshotIsFoundAndNamed(t *testing.T) {
	d := twoReleases(t, "示例结果。", key(t, 1))
	for _, kind := range []string{"zip", "wacz", "bag"} {
		file := "b." + kind
		d.try(t, VerifyOptions{Path: file}, []tampered{{kind + ": nothing", func(*office) {}, ""}})
	}
	d.try(t, VerifyOptions{Path: "b.zip"}, []tampered{
		{"zip: a byte", func(d *office) { d.flip("b.zip") }, "R"},
		{"zip: truncated", func(d *office) { d.truncate("b.zip") }, "R120 b.zip"},
		{"zip: a page", func(d *office) { d.zipped("b.zip", "issues/200001.html", "示例") }, "R104 issues/200001.html"},
		{"zip: the explanation", func(d *office) { d.zipped("b.zip", "README.txt", "示例") }, "R104 README.txt"},
		{"zip: a file added", func(d *office) { d.zipped("b.zip", "issues/200009.html", "示例") }, "R103 issues/200009.html"},
		{"zip: a file removed", func(d *office) { d.unzipped("b.zip", "issues/200001.html") }, "R102 issues/200001.html"},
	})
	d.try(t, VerifyOptions{Path: "b.wacz"}, []tampered{
		{"wacz: a byte", func(d *office) { d.flip("b.wacz") }, "R120 b.wacz"},
		{"wacz: truncated", func(d *office) { d.truncate("b.wacz") }, "R120 b.wacz"},
		{"wacz: a file added", func(d *office) { d.zipped("b.wacz", "archive/more.warc.gz", "示例") }, "R120 b.wacz"},
		{"wacz: a part removed", func(d *office) { d.unzipped("b.wacz", "datapackage-digest.json") }, "R120 b.wacz"},
		{"wacz: the list of pages", func(d *office) { d.zipped("b.wacz", "pages/pages.jsonl", "{}\n") }, "R120 b.wacz"},
	})
	d.try(t, VerifyOptions{Path: "b.bag"}, []tampered{
		{"bag: a page", func(d *office) { d.edit("b.bag/data/site/issues/200001.html", "示例结果", "另一结果") }, "R104 issues/200001.html"},
		{"bag: data", func(d *office) { d.edit("b.bag/data/data/data/portal.yaml", "示例公开", "另一公开") }, "R104 data/data/data/portal.yaml"},
		{"bag: what it says of itself", func(d *office) { d.edit("b.bag/bag-info.txt", "示例区示例局", "另一示例局") }, "R104 bag-info.txt"},
		{"bag: a file added", func(d *office) { d.write("b.bag/data/more.txt", "示例") }, "R103 data/more.txt"},
		{"bag: a file removed", func(d *office) { d.remove("b.bag/data/README.txt") }, "R102 data/README.txt"},
	})
}

func TestKeptSnapshotIsVerifiedWithTheArchive(t *testing.T) {
	d := twoReleases(t, "示例结果。", key(t, 1))
	for _, kind := range []SnapshotKind{SnapshotZip, SnapshotWACZ} {
		r, err := Snapshot(context.Background(), d.options(), kind, "a", "", false)
		if err != nil || !r.Kept || r.Bytes == 0 {
			t.Fatalf("%+v, %v", r, err)
		}
		again, err := Snapshot(context.Background(), d.options(), kind, "a", "", false)
		if err != nil || again != r {
			t.Errorf("%+v, %v", again, err)
		}
	}
	d.try(t, VerifyOptions{}, []tampered{
		{"nothing", func(*office) {}, ""},
		{"the zip of another release", func(d *office) { d.write("archive/releases/a/a.zip", d.read("b.zip")) }, "R120 releases/a/a.zip 它不是第 a 期的"},
		{"the program that reads the archive", func(d *office) { d.write("archive/restore.py", d.read("archive/restore.py")+"# 示例\n") }, "R129 restore.py restore.py"},
		{"the explanation of the archive", func(d *office) { d.edit("archive/README.txt", "Python 3", "Python 4") }, "R129 README.txt README.txt"},
		{"a page in the zip", func(d *office) { d.zipped("archive/releases/a/a.zip", "index.html", "示例") }, "R104 releases/a/a.zip: index.html"},
		{"the WACZ truncated", func(d *office) { d.truncate("archive/releases/a/a.wacz") }, "R120 releases/a/a.wacz"},
	})
	d.release("c")
	page := d.read("public/releases/index.html")
	for _, name := range []string{"a/a.zip", "a/a.wacz"} {
		if !strings.Contains(page, `href="`+name+`"`) && !strings.Contains(page, `href=`+name) {
			t.Errorf("%s is not offered for download", name)
		}
		if d.read("public/releases/"+name) != d.read("archive/releases/"+name) {
			t.Errorf("%s does not lie beside the site", name)
		}
	}
	if v := d.verify(VerifyOptions{Rebuild: []string{"all"}}); !v.OK() || len(v.Rebuilt) != 3 {
		t.Errorf("%q %q", found(v.Problems), v.Rebuilt)
	}
}
