//go:build linux

package conformance

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rectify/site/publish"
)

// outside is a folder that no publication has anything to do with, with a file
// in it. It lies beside the place, where a link can reach it.
func outside(t *testing.T, p *place) (dir string, untouched func()) {
	t.Helper()
	dir = filepath.Join(filepath.Dir(p.dir), "outside-"+filepath.Base(p.dir))
	for _, name := range []string{"index.html", "victim.html", "issues/100020.html"} {
		check(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o777))
		check(t, os.WriteFile(filepath.Join(dir, name), []byte("somebody's"), 0o666))
	}
	check(t, filepath.WalkDir(dir, func(name string, _ os.DirEntry, err error) error {
		return errors.Join(err, os.Chown(name, nobody, nobody))
	}))
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir, func() {
		t.Helper()
		n := 0
		check(t, filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			n++
			data, err := os.ReadFile(name)
			if string(data) != "somebody's" {
				t.Errorf("%s was changed", name)
			}
			return err
		}))
		if n != 3 {
			t.Errorf("%d files are outside, there were 3", n)
		}
	}
}

// link plants a symbolic link in the place that leads outside.
func (p *place) link(t *testing.T, name, dir string) {
	t.Helper()
	full := filepath.Join(p.dir, name)
	check(t, os.RemoveAll(full))
	check(t, os.MkdirAll(filepath.Dir(full), 0o777))
	up := strings.Repeat("../", strings.Count(name, "/")+1)
	check(t, os.Symlink(up+filepath.Base(dir), full))
	check(t, os.Lchown(full, nobody, nobody))
	check(t, os.Chown(filepath.Dir(full), nobody, nobody))
}

func TestPlantedLinksLeadNowhere(t *testing.T) {
	first, second := makeSite(40, 1), makeSite(40, 2)
	for _, k := range []kind{localReleases, sftpReleases, packaged} {
		for _, name := range []string{"releases", ".rectify", ".rectify/records", "releases/r2.part", "releases/r2"} {
			t.Run(string(k)+"/"+name, func(t *testing.T) {
				t.Parallel()
				p := newPlace(t, k)
				dir, untouched := outside(t, p)
				p.mustPublish(t, "r1", first)
				p.base = nil
				p.link(t, name, dir)
				_, err := p.publish(t.Context(), second.tree("r2"), publish.Options{Yes: true})
				untouched()
				if _, ok := as[*publish.LinkError](err); !ok {
					t.Errorf("got %v, want a LinkError", err)
				}
				if name != "releases" {
					p.wantSite(t, first)
				}
			})
		}
		t.Run(string(k)+"/a folder of an unfinished release", func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, k)
			dir, untouched := outside(t, p)
			p.mustPublish(t, "r1", first)
			p.base = nil
			p.link(t, "releases/r2.part/issues", dir)
			p.mustPublish(t, "r2", second)
			untouched()
			p.wantSite(t, second)
		})
		t.Run(string(k)+"/a folder of what visitors see", func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, k)
			dir, untouched := outside(t, p)
			p.mustPublish(t, "r1", first)
			p.link(t, "releases/r1/issues", dir)
			p.base = nil
			p.mustPublish(t, "r2", second)
			untouched()
			p.wantSite(t, second)
		})
		for _, name := range []string{"releases/r1/issues", "releases/r1/reports/xuncha", "releases/r1/issues/100020.html", "releases/r1/new"} {
			t.Run(string(k)+"/in an old release that makes room: "+name, func(t *testing.T) {
				t.Parallel()
				p := newPlace(t, k)
				dir, untouched := outside(t, p)
				p.mustPublish(t, "r1", first)
				p.base = nil
				p.mustPublish(t, "r2", first.with(2, "404.html", "issues/100020.html", "issues/100021.html"))
				p.base = nil
				p.link(t, name, dir)
				third := first.with(3, "404.html", "reports/xuncha/sections/s1.html").without("issues/100022.html")
				third["new/page.html"] = text("new/page.html", 3)
				p.mustPublish(t, "r3", third)
				untouched()
				p.wantSite(t, third)
			})
		}
		t.Run(string(k)+"/the link that visitors follow", func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, k)
			dir, untouched := outside(t, p)
			p.mustPublish(t, "r1", first)
			p.base = nil
			p.link(t, "current", dir)
			_, err := p.publish(t.Context(), second.tree("r2"), publish.Options{Yes: true})
			untouched()
			if _, ok := as[*publish.ForeignError](err); !ok {
				t.Errorf("got %v, want a ForeignError", err)
			}
		})
	}
	for _, k := range []kind{localPlain, sftpPlain} {
		for name, mends := range map[string]bool{".rectify": false, "issues": false, "index.html": true, "404.html": true} {
			t.Run(string(k)+"/"+name, func(t *testing.T) {
				t.Parallel()
				p := newPlace(t, k)
				dir, untouched := outside(t, p)
				p.mustPublish(t, "r1", first)
				p.link(t, name, dir)
				_, err := p.publish(t.Context(), second.tree("r2"), publish.Options{Yes: true})
				untouched()
				if mends {
					check(t, err)
					p.wantSite(t, second)
				} else if _, ok := as[*publish.LinkError](err); !ok {
					t.Errorf("got %v, want a LinkError", err)
				}
			})
		}
	}
}

// A record that somebody wrote on the target names what is not ours.
func TestPlantedRecordsRemoveNothingElsewhere(t *testing.T) {
	first, second := makeSite(40, 1), makeSite(40, 2)
	onEach(t, func(t *testing.T, p *place) {
		dir, untouched := outside(t, p)
		if p.kind == bucketed {
			untouched = func() {}
		}
		p.mustPublish(t, "r1", first)
		evil := "../" + filepath.Base(dir) + "/victim.html"
		p.rewrite(t, func(record map[string]any) {
			record["files"] = append(record["files"].([]any), map[string]any{"path": evil, "size": 10, "sha256": "", "stamp": ""})
		})
		_, err := p.publish(t.Context(), second.tree("r2"), publish.Options{Yes: true, Adopt: true})
		check(t, err)
		untouched()
		p.wantSite(t, second)
	}, localReleases, localPlain, sftpReleases, sftpPlain)
}

// rewrite changes the record of what visitors see, as somebody on the host could.
func (p *place) rewrite(t *testing.T, change func(record map[string]any)) {
	t.Helper()
	name := map[bool]string{true: "records/r1.json.gz", false: "record.json.gz"}[p.hasReleases()]
	file := filepath.Join(p.dir, publish.StateDir, name)
	packed, err := os.ReadFile(file)
	check(t, err)
	z, err := gzip.NewReader(bytes.NewReader(packed))
	check(t, err)
	var record map[string]any
	check(t, json.NewDecoder(z).Decode(&record))
	change(record)
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	check(t, json.NewEncoder(w).Encode(record))
	check(t, w.Close())
	check(t, os.WriteFile(file, b.Bytes(), 0o644))
}

// A record whose stamps prove nothing, and one that lies about contents, is not
// believed.
func TestPlantedStampsProveNothing(t *testing.T) {
	const edited = "issues/100020.html"
	first := makeSite(40, 1)
	second := first.with(2, "404.html")
	onEach(t, func(t *testing.T, p *place) {
		p.mustPublish(t, "r1", first)
		p.base = nil
		p.edit(t, edited, text(edited, 7))
		p.rewrite(t, func(record map[string]any) {
			for _, f := range record["files"].([]any) {
				f.(map[string]any)["stamp"] = ""
			}
		})
		p.mustStatus(t, map[string]site{"r1": first}, true)
		res := p.mustPublish(t, "r2", second)
		if res.Sent != 2 && p.kind != packaged {
			t.Errorf("one file changed, one was edited: %+v", res)
		}
		p.wantSite(t, second)
	}, kinds...)
}

// Large files that somebody left on the host cost a publication nothing, and a
// status neither: nobody reads a terabyte of zeros to find that it is no page.
func TestLargeFilesOnTheHostAreNotRead(t *testing.T) {
	const huge = 1 << 40
	first := makeSite(40, 1)
	onEach(t, func(t *testing.T, p *place) {
		p.mustPublish(t, "r1", first)
		for _, name := range []string{"film.mp4", "404.html", "issues/100020.html.gz"} {
			full := filepath.Join(p.root(), name)
			check(t, os.WriteFile(full, nil, 0o644))
			check(t, os.Chown(full, nobody, nobody))
			check(t, os.Truncate(full, huge))
		}
		s := p.mustStatus(t, map[string]site{"r1": first}, false)
		if !slices.Equal(s.Edited, []string{"404.html"}) || len(s.Added) != 2 {
			t.Errorf("status: %+v", s.Drift)
		}
		// Nor where a record says that it is the right one.
		p.rewrite(t, func(record map[string]any) {
			record["files"] = append(record["files"].([]any), map[string]any{"path": "film.mp4", "size": huge, "sha256": sum("x"), "stamp": ""})
		})
		p.base = nil
		second := first.with(2, "issues/100021.html")
		p.mustPublish(t, "r2", second)
		if got := p.mustStatus(t, map[string]site{"r2": second}, false); len(got.Edited)+len(got.Missing) > 0 {
			t.Errorf("status: %+v", got.Drift)
		}
	}, localReleases, localPlain, sftpReleases, sftpPlain, packaged)
}

// Neither is a record that is none.
func TestLargeRecordsAreNotRead(t *testing.T) {
	first := makeSite(40, 1)
	second := first.with(2, "404.html")
	onEach(t, func(t *testing.T, p *place) {
		p.mustPublish(t, "r1", first)
		for _, name := range []string{"records/r1.json.gz", "record.json.gz", "history.json.gz"} {
			if name = filepath.Join(p.dir, publish.StateDir, name); exists(name) {
				check(t, os.Truncate(name, 1<<40))
			}
		}
		_, err := p.publish(t.Context(), second.tree("r2"), publish.Options{Yes: true, Adopt: true})
		check(t, err)
		p.wantSite(t, second)
	}, localReleases, localPlain, sftpReleases, sftpPlain, bucketed)
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// Somebody's folder under the name of a page is not removed, and nothing is lost.
func TestAFolderInThePlaceOfAPageIsSomebodys(t *testing.T) {
	first := makeSite(40, 1)
	onEach(t, func(t *testing.T, p *place) {
		p.mustPublish(t, "r1", first)
		check(t, os.Remove(filepath.Join(p.dir, "404.html")))
		p.edit(t, "404.html/own.txt", "somebody's")
		check(t, os.Chown(filepath.Join(p.dir, "404.html"), nobody, nobody))
		_, err := p.publish(t.Context(), first.with(2, "404.html").tree("r2"), publish.Options{Yes: true})
		if e, ok := as[*publish.ForeignError](err); !ok || !strings.HasPrefix(e.Path, "404.html") {
			t.Errorf("got %v, want a ForeignError", err)
		}
		if data, err := os.ReadFile(filepath.Join(p.dir, "404.html/own.txt")); err != nil || string(data) != "somebody's" {
			t.Errorf("it is %q, %v", data, err)
		}
	}, localPlain, sftpPlain)
}

// The name of a release in a record is shown to people and becomes that of a
// folder; one that is none is not believed.
func TestPlantedNamesAreNotBelieved(t *testing.T) {
	first := makeSite(40, 1)
	onEach(t, func(t *testing.T, p *place) {
		p.mustPublish(t, "r1", first)
		p.rewrite(t, func(record map[string]any) { record["release"] = "../\x1b[2J" })
		s := p.mustStatus(t, nil, true)
		if s.Live != "" && s.Live != "r1" {
			t.Errorf("status: %+v", s)
		}
		second := first.with(2, "404.html")
		p.base = nil
		_, err := p.publish(t.Context(), second.tree("r2"), publish.Options{Yes: true, Adopt: true})
		check(t, err)
		p.wantSite(t, second)
	}, kinds...)
}

func TestPathsThatLeadOutAreRefusedBeforeAnything(t *testing.T) {
	onEach(t, func(t *testing.T, p *place) {
		for _, path := range []string{
			"../out.html", "a/../../out.html", "/etc/out.html", `C:\out.html`, `a\..\out.html`, "a//b.html", "./a.html",
			"nul.html", "com1", "a/CON.txt", ".rectify/lock", ".Rectify/lock", "a\x00b", "a\nb", "dot.", "space ", "",
		} {
			s := site{path: "x"}
			_, err := p.to.Publish(t.Context(), s.tree("r1"), publish.Options{})
			if err == nil {
				t.Errorf("%q was taken", path)
			}
		}
		for _, id := range []string{"", "..", "a/b", "A", "con", "r1.part", "-a", "a_b", strings.Repeat("a", 65)} {
			if _, err := p.to.Publish(t.Context(), makeSite(5, 1).tree(id), publish.Options{}); err == nil {
				t.Errorf("the id %q was taken", id)
			}
		}
		if left, err := os.ReadDir(p.dir); err == nil && len(left) > 0 {
			t.Errorf("something was written: %v", left)
		}
	}, localReleases, localPlain, sftpReleases, bucketed)
}
