package site

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"rectify/site/problem"
	"rectify/site/release"
	"rectify/site/release/archive"
	"rectify/site/release/sign"
)

func TestSumsThatFitNoManifestNeverMakeASiteGood(t *testing.T) {
	d := twoReleases(t, "示例结果。", key(t, 1))
	changed := func(d *office) { d.edit("public/issues/200001.html", "示例结果", "另一结果") }
	d.try(t, VerifyOptions{Path: "public"}, []tampered{
		{"an empty list of a release that is not there", func(d *office) {
			changed(d)
			d.write("public/releases/z/sha256sums.txt", "")
		}, "R102 releases/z/manifest.json manifest.json"},
		{"the same, and the page is named", func(d *office) {
			changed(d)
			d.write("public/releases/z/sha256sums.txt", "")
		}, "R104 issues/200001.html"},
		{"an empty list of another release", func(d *office) { d.write("public/releases/a/sha256sums.txt", "") }, "R104 releases/a/sha256sums.txt"},
		{"the sums without their manifest", func(d *office) { d.remove("public/releases/b/manifest.json") }, "R102 releases/b/manifest.json"},
	})
	old := filepath.Join(t.TempDir(), "a")
	if _, err := Restore(context.Background(), d.options(), "a", old, false); err != nil {
		t.Fatal(err)
	}
	d.try(t, VerifyOptions{Path: "public"}, []tampered{{"the good list of an older release", func(d *office) {
		text, err := os.ReadFile(filepath.Join(old, "releases/a/sha256sums.txt"))
		if err != nil {
			t.Fatal(err)
		}
		d.write("public/releases/a/sha256sums.txt", string(text))
	}, "R103 releases/a/sha256sums.txt"}})
}

func TestFilesBesideASiteAreReadOrNamed(t *testing.T) {
	d := twoReleases(t, "示例结果。", key(t, 1))
	for _, kind := range []SnapshotKind{SnapshotZip, SnapshotWACZ} {
		if _, err := Snapshot(context.Background(), d.options(), kind, "a", "", false); err != nil {
			t.Fatal(err)
		}
	}
	d.release("c")
	v := d.verify(VerifyOptions{Path: "public"})
	if !v.OK() || counted(v.Problems)[problem.StateUnread] != 1 {
		t.Errorf("that the tools' state is not looked at is not said: %v", v.Problems)
	}
	d.try(t, VerifyOptions{Path: "public"}, []tampered{
		{"nothing", func(*office) {}, ""},
		{"a page in the tools' folder", func(d *office) { d.write("public/.rectify/page.html", "示例") }, "R103 .rectify/page.html"},
		{"a page in their stage", func(d *office) { d.write("public/.rectify/stage/page.html", "示例") }, "R103 .rectify/stage/page.html"},
		{"a file like a redaction's", func(d *office) { d.write("public/releases/redactions/00/redaction.json.html", "示例") }, "R103 releases/redactions/00/redaction.json.html"},
		{"a file like a signature", func(d *office) { d.write("public/releases/b/manifest.json.html", "示例") }, "R103 releases/b/manifest.json.html"},
		{"a kept zip", func(d *office) { d.write("public/releases/a/a.zip", "示例") }, "R120 releases/a/a.zip"},
		{"a kept zip of another release", func(d *office) { d.write("public/releases/a/a.zip", d.read("b.zip")) }, "R120 releases/a/a.zip"},
		{"a page in a kept zip", func(d *office) { d.zipped("public/releases/a/a.zip", "index.html", "示例") }, "R104 releases/a/a.zip: index.html"},
		{"a kept WACZ", func(d *office) { d.flip("public/releases/a/a.wacz") }, "R120 releases/a/a.wacz"},
		{"the mark of an archived copy", func(d *office) {
			d.unpacked("b.zip", "state.css", "public/state.css")
		}, "R104 state.css"},
	})
	d.secret = nil
	unsigned := twoReleases(t, "示例结果。", nil)
	for _, at := range []string{"public/releases/b/manifest.json.sig", "archive/releases/b/manifest.json.minisig"} {
		unsigned.try(t, VerifyOptions{Path: at[:strings.Index(at, "/")]}, []tampered{
			{"a signature that no manifest speaks of", func(d *office) { d.write(at, "示例") }, "R103 " + at[strings.Index(at, "/")+1:]},
		})
	}
}

// unpacked takes a file out of a zip.
func (d *office) unpacked(archive, name, to string) {
	d.t.Helper()
	d.write(to, parts(d.t, d.read(archive))[name])
}

func TestSnapshotIsOnlyWhatThisProgramWrites(t *testing.T) {
	d := twoReleases(t, "示例结果。", key(t, 1))
	d.try(t, VerifyOptions{Path: "b.zip"}, []tampered{
		{"zip: a name twice", func(d *office) {
			d.rezip("b.zip", func(z *zip.Writer, old *zip.File) error {
				if old != nil {
					return z.Copy(old)
				}
				_, err := z.Create("index.html")
				return err
			})
		}, "R120 b.zip"},
		{"zip: the explanation and its sum", func(d *office) {
			text := parts(d.t, d.read("b.zip"))
			forged := strings.Replace(text["README.txt"], "以纸质审签单上的为准", "以本文件为准", 1)
			sums := strings.Replace(text["SHA256SUMS.txt"], hexSum([]byte(text["README.txt"])), hexSum([]byte(forged)), 1)
			d.zipped("b.zip", "README.txt", forged)
			d.zipped("b.zip", "SHA256SUMS.txt", sums)
		}, "R129 README.txt"},
		{"zip: the explanation and its line removed", func(d *office) {
			sums := parts(d.t, d.read("b.zip"))["SHA256SUMS.txt"]
			at := strings.LastIndex(strings.TrimSuffix(sums, "\n"), "\n") + 1
			d.unzipped("b.zip", "README.txt")
			d.zipped("b.zip", "SHA256SUMS.txt", sums[:at])
		}, "R102 README.txt"},
		{"zip: the list of sums removed", func(d *office) { d.unzipped("b.zip", "SHA256SUMS.txt") }, "R102 SHA256SUMS.txt"},
		{"zip: the mark", func(d *office) { d.zipped("b.zip", "state.css", "body { display: none }") }, "R104 state.css"},
	})
	d.try(t, VerifyOptions{Path: "b.wacz"}, []tampered{
		{"wacz: a part that its description lists", func(d *office) { d.repackage("b.wacz", "archive/more.warc.gz", "示例") }, "R120 b.wacz archive/more.warc.gz is there"},
		{"wacz: the explanation", func(d *office) { d.repackage("b.wacz", "README.txt", "示例") }, "R129 README.txt"},
		{"wacz: the list of pages", func(d *office) {
			pages := parts(d.t, d.read("b.wacz"))["pages/pages.jsonl"]
			d.repackage("b.wacz", "pages/pages.jsonl", strings.Replace(pages, "www.example.org", "www.example.com", 1))
		}, "R120 b.wacz line 2 of pages/pages.jsonl"},
		{"wacz: the index of the index", func(d *office) {
			idx := parts(d.t, d.read("b.wacz"))["indexes/index.idx"]
			d.repackage("b.wacz", "indexes/index.idx", strings.Replace(idx, `"offset":0`, `"offset":1`, 1))
		}, "R120 b.wacz line 2 of indexes/index.idx"},
	})
}

// repackage puts a part into a WACZ and describes it there, as one who knows
// the format does.
func (d *office) repackage(name, part, text string) {
	d.t.Helper()
	var description map[string]any
	if err := json.Unmarshal([]byte(parts(d.t, d.read(name))["datapackage.json"]), &description); err != nil {
		d.t.Fatal(err)
	}
	resources := slices.DeleteFunc(description["resources"].([]any), func(r any) bool { return r.(map[string]any)["path"] == part })
	description["resources"] = append(resources, map[string]any{"name": "x", "path": part, "hash": "sha256:" + hexSum([]byte(text)), "bytes": len(text)})
	described, err := json.Marshal(description)
	if err != nil {
		d.t.Fatal(err)
	}
	d.zipped(name, part, text)
	d.zipped(name, "datapackage.json", string(described))
	d.zipped(name, "datapackage-digest.json", `{"path":"datapackage.json","hash":"sha256:`+hexSum(described)+`"}`)
}

func TestForgedTombstoneTakesNothingAway(t *testing.T) {
	d := twoReleases(t, "示例结果。", key(t, 1))
	page := d.read("public/issues/200001.html")
	stone := func(d *office, root string, change func(*archive.Redaction), secret *sign.Secret) {
		one := &archive.Redaction{
			Format: archive.Format, Time: d.day.Format(time.RFC3339), SHA256: hexSum([]byte(page)), Size: int64(len(page)),
			Places: []archive.Place{{Release: "b", Part: archive.Site, Path: "issues/200001.html"}}, Reason: "示例",
			Log: archive.Entry{Origin: "www.example.org/zg/releases/log", Index: 99},
		}
		if secret != nil {
			one.Signer = secret.Public().Fingerprint()
		}
		if change != nil {
			change(one)
		}
		text, err := one.Encode()
		if err != nil {
			t.Fatal(err)
		}
		dir := root + "redactions/" + hexSum([]byte(page)) + "/"
		d.write(dir+"redaction.json", string(text))
		if secret == nil {
			return
		}
		signatures, err := secret.Sign(text, "rectify redaction "+one.SHA256)
		if err != nil {
			t.Fatal(err)
		}
		for ending, signature := range signatures {
			d.write(dir+"redaction.json"+ending, string(signature))
		}
	}
	gone := func(d *office, change func(*archive.Redaction), secret *sign.Secret) {
		d.remove("public/issues/200001.html")
		stone(d, "public/releases/", change, secret)
	}
	d.try(t, VerifyOptions{Path: "public"}, []tampered{
		{"without a signature, beyond the log", func(d *office) { gone(d, nil, nil) }, "R102 issues/200001.html"},
		{"the same, and it is named", func(d *office) { gone(d, nil, nil) }, "R131 releases/redactions/"},
		{"without a signature, in the place of another entry", func(d *office) {
			gone(d, func(r *archive.Redaction) { r.Log.Index = 1 }, nil)
		}, "R115 releases/redactions/"},
		{"signed with another key", func(d *office) { gone(d, nil, key(t, 2)) }, "R102 issues/200001.html"},
		{"of another content", func(d *office) {
			gone(d, func(r *archive.Redaction) { r.SHA256 = strings.Repeat("0", 64) }, nil)
		}, "R101 releases/redactions/"},
		{"of another release", func(d *office) {
			gone(d, func(r *archive.Redaction) { r.Places[0].Release = "a" }, key(t, 1))
		}, "R102 issues/200001.html"},
	})
	// One who has no keys but those of the site sees it too.
	stranger := &office{t: t, dir: t.TempDir()}
	if err := os.CopyFS(filepath.Join(stranger.dir, "public"), os.DirFS(filepath.Join(d.dir, "public"))); err != nil {
		t.Fatal(err)
	}
	gone(&office{t: t, dir: stranger.dir, day: d.day}, nil, nil)
	if v := stranger.verify(VerifyOptions{Path: "public"}); v.OK() || !slices.Contains(found(v.Problems), "R102 issues/200001.html 200001.html") {
		t.Errorf("%q", found(v.Problems))
	}
	d.try(t, VerifyOptions{}, []tampered{
		{"in the archive, without a signature", func(d *office) { stone(d, "archive/", nil, nil) }, "R131 redactions/"},
	})
}

func TestReleaseDoesNotGoBackInTime(t *testing.T) {
	dir := t.TempDir()
	layDemo(t, dir)
	d := newOffice(t, dir, key(t, 1))
	d.release("a")
	refused := func(want string, at time.Time) {
		t.Helper()
		_, err := Release(context.Background(), ReleaseOptions{Options: d.options(), ID: "b", Time: at, Secret: d.secret})
		var p *ProblemError
		if !errors.As(err, &p) || !slices.ContainsFunc(found(p.Problems), func(f string) bool { return strings.HasPrefix(f, want) }) {
			t.Errorf("no %s: %v", want, err)
			if p != nil {
				t.Log(found(p.Problems))
			}
		}
	}
	d.approve("b") // on the day of d.day
	refused("R012 data/releases/b.yaml 2026-02-05 2026-02-04", d.day.AddDate(0, 0, -1))
	first := d.day.AddDate(0, -1, 0)
	refused("R013  2026-01-05T09:59:59+08:00 a 2026-01-05T10:00:00+08:00", first.Add(-time.Second))
	o := RedactOptions{Options: d.options(), ID: "a", Path: "index.html", Reason: "示例", Time: first.Add(-time.Hour), Secret: d.secret}
	_, err := Redact(context.Background(), o)
	var p *ProblemError
	if !errors.As(err, &p) || !strings.HasPrefix(found(p.Problems)[0], "R013") {
		t.Errorf("a redaction: %v", err)
	}
}

func TestThiefOfAKeyWhosePeriodIsOverCannotSignWhatClaimsToBeOld(t *testing.T) {
	dir := t.TempDir()
	layDemo(t, dir)
	d := newOffice(t, dir, key(t, 1))
	d.release("a")
	trust := "keys:\n  - {name: 旧, public: " + key(t, 1).Public().SSH() + ", from: 2026-01-01, until: 2026-01-31}\n" +
		"  - {name: 新, public: " + key(t, 2).Public().SSH() + ", from: 2026-02-01}\n"
	d.write("data/trust.yaml", trust)
	d.secret = key(t, 2)
	d.release("b")
	if v := d.verify(VerifyOptions{}); !v.OK() || v.Signed != 2 {
		t.Fatalf("%q", found(v.Problems))
	}
	thief := &office{t: t, dir: t.TempDir(), secret: key(t, 1), day: d.day}
	if err := os.CopyFS(thief.dir, os.DirFS(d.dir)); err != nil {
		t.Fatal(err)
	}
	thief.write("data/trust.yaml", strings.ReplaceAll(trust, "until: 2026-01-31", "until: 2036-01-31"))
	thief.edit(demoIssue, "示例措施", "另一措施")
	thief.release("c")
	backdated := filepath.Join(t.TempDir(), "archive")
	if err := os.CopyFS(backdated, os.DirFS(filepath.Join(d.dir, "archive"))); err != nil {
		t.Fatal(err)
	}
	thief.backdate("c", backdated, "2026-01-20T10:00:00+08:00")
	for dir, want := range map[string]string{
		filepath.Join(thief.dir, "archive"): "R124 releases/c/manifest.json",
		backdated:                           "R132 releases/c 2026-01-20T10:00:00+08:00 releases/b",
	} {
		site := filepath.Join(t.TempDir(), "site")
		o := d.options()
		o.Archive = dir
		if _, err := Restore(context.Background(), o, "c", site, false); err != nil {
			t.Fatal(err)
		}
		for _, what := range []string{dir, site} {
			v := d.verify(VerifyOptions{Path: what})
			if v.OK() || !slices.ContainsFunc(found(v.Problems), func(f string) bool { return strings.HasPrefix(f, want) }) {
				t.Errorf("no %q in %q", want, found(v.Problems))
			}
		}
	}
}

// backdate enters a release of the office's archive into another one with
// another time, as a program does that refuses nothing.
func (d *office) backdate(id, dir, at string) {
	d.t.Helper()
	from, err := archive.Open(filepath.Join(d.dir, "archive"))
	if err != nil {
		d.t.Fatal(err)
	}
	defer from.Close()
	r, err := from.Release(id)
	if err != nil {
		d.t.Fatal(err)
	}
	tx, err := archive.Begin(dir)
	if err != nil {
		d.t.Fatal(err)
	}
	defer tx.Abort()
	for _, part := range []string{archive.Site, archive.Data} {
		if err := r.Each(context.Background(), part, nil, func(f archive.File, data []byte) error { return tx.Put(part, f.Path, data) }); err != nil {
			d.t.Fatal(err)
		}
	}
	m := r.Manifest
	m.Time = at
	if m.Site, m.Data, err = tx.Seal(context.Background()); err != nil {
		d.t.Fatal(err)
	}
	record, err := release.RecordRelease(tx.Archive(), &m, "", d.secret)
	if err != nil {
		d.t.Fatal(err)
	}
	changes, err := r.Changes()
	if err != nil {
		d.t.Fatal(err)
	}
	err = tx.Commit(archive.Final{Manifest: record.Document, Signatures: record.Signatures, Changes: changes, Log: record.Log, Checkpoint: record.Checkpoint})
	if err != nil {
		d.t.Fatal(err)
	}
}

func TestBagOutsideAPortalBringsItsKeys(t *testing.T) {
	d := twoReleases(t, "示例结果。", key(t, 1))
	if _, err := Snapshot(context.Background(), d.options(), SnapshotBag, "b", "bag.zip", false); err != nil {
		t.Fatal(err)
	}
	stranger := &office{t: t, dir: t.TempDir()}
	for _, name := range []string{"b.bag", "bag.zip", "b.zip", "b.wacz", "public", "archive"} {
		v := stranger.verify(VerifyOptions{Path: filepath.Join(d.dir, name)})
		if f := found(v.Problems); !v.OK() || v.Signed == 0 || !slices.Contains(f, "R122 releases/keys") || len(f) != 1 {
			t.Errorf("%s: %q", name, f)
		}
	}
}

func TestRebuildOfWhatIsNoArchiveIsRefused(t *testing.T) {
	d := twoReleases(t, "示例结果。", key(t, 1))
	for name, kind := range map[string]string{"b.bag": "bag", "b.zip": "zip", "b.wacz": "wacz", "public": "site"} {
		_, err := Verify(context.Background(), VerifyOptions{Options: d.options(), Path: name, Rebuild: []string{"newest"}})
		var r *RebuildError
		if !errors.As(err, &r) || r.Kind != kind {
			t.Errorf("%s: %v", name, err)
		}
	}
}
