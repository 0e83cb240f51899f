//go:build linux

package conformance

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rectify/site/publish"
	"rectify/site/publish/pack"
)

func TestPackagesThatWereTamperedWithTouchNothing(t *testing.T) {
	p := newPlace(t, packaged)
	dir, untouched := outside(t, p)
	first, second := makeSite(30, 1), makeSite(30, 2)
	p.mustPublish(t, "r1", first)
	made, err := pack.Contents{Tree: second.tree("r2")}.Write(t.Context(), t.TempDir(), pack.Zip, nil)
	check(t, err)
	good, err := zip.OpenReader(made.Path)
	check(t, err)
	defer good.Close()

	// again writes the package anew, with a change to each of its files, and
	// more behind them.
	again := func(t *testing.T, change func(name string, data []byte) (string, []byte), more ...*zip.FileHeader) string {
		t.Helper()
		name := filepath.Join(t.TempDir(), "package.zip")
		f, err := os.Create(name)
		check(t, err)
		defer f.Close()
		w := zip.NewWriter(f)
		for _, file := range good.File {
			r, err := file.Open()
			check(t, err)
			data, err := io.ReadAll(r)
			check(t, err)
			name, data := change(file.Name, data)
			if name == "" {
				continue
			}
			out, err := w.Create(name)
			check(t, err)
			_, err = out.Write(data)
			check(t, err)
		}
		for _, header := range more {
			out, err := w.CreateHeader(header)
			check(t, err)
			_, err = io.WriteString(out, "../"+filepath.Base(dir))
			check(t, err)
		}
		check(t, w.Close())
		return name
	}
	same := func(name string, data []byte) (string, []byte) { return name, data }
	edit := func(which string, do func([]byte) []byte) func(string, []byte) (string, []byte) {
		return func(name string, data []byte) (string, []byte) {
			if name == which {
				return name, do(data)
			}
			return name, data
		}
	}
	replace := func(old, with string) func([]byte) []byte {
		return func(data []byte) []byte { return bytes.ReplaceAll(data, []byte(old), []byte(with)) }
	}
	// swap is another text for people, whose sums fit.
	swap := func(which, text string) func(string, []byte) (string, []byte) {
		data, err := fs.ReadFile(good, which)
		check(t, err)
		return func(name string, all []byte) (string, []byte) {
			switch name {
			case which:
				all = []byte(text)
			case "SHA256SUMS":
				all = replace(sum(string(data)), sum(text))(all)
			}
			return name, all
		}
	}
	lie := swap("DELETED.txt", "index.html\n")
	link := &zip.FileHeader{Name: "files/issues/link.html"}
	link.SetMode(os.ModeSymlink | 0o777)
	for what, name := range map[string]string{
		"a changed byte": again(t, edit("files/404.html", func(d []byte) []byte { d[10] ^= 1; return d })),
		"a missing file": again(t, func(name string, data []byte) (string, []byte) {
			return map[bool]string{false: name}[name == "files/404.html"], data
		}),
		"one file more":         again(t, same, &zip.FileHeader{Name: "files/evil.html"}),
		"a way out":             again(t, same, &zip.FileHeader{Name: "files/../../evil.html"}),
		"an absolute name":      again(t, same, &zip.FileHeader{Name: "/etc/evil.html"}),
		"a link":                again(t, same, link),
		"the same name twice":   again(t, same, &zip.FileHeader{Name: "files/404.html"}),
		"a way out in the list": again(t, edit("package.json", replace(`"404.html"`, `"../404.html"`))),
		"a list without a file": again(t, edit("package.json", replace(sum(second["404.html"]), sum("x")))),
		"no list": again(t, func(name string, data []byte) (string, []byte) {
			return strings.Replace(name, "package.json", "x.json", 1), data
		}),
		"a newer list":     again(t, edit("package.json", replace(`"format": 1`, `"format": 99`))),
		"a changed README": again(t, edit("README.txt", replace("sha256sum", "curl"))),
		"another README":   again(t, swap("README.txt", "rm -rf /srv")),
		"other deletions": again(t, func(name string, data []byte) (string, []byte) {
			if name == "package.json" {
				data = replace(sum(""), sum("index.html\n"))(data)
			}
			return lie(name, data)
		}),
		"sums of something else": again(t, edit("SHA256SUMS", replace(" ", "x"))),
		"a bomb":                 again(t, edit("files/404.html", func([]byte) []byte { return make([]byte, 50<<20) })),
	} {
		t.Run(what, func(t *testing.T) {
			_, err := p.apply(t.Context(), name, publish.Options{Yes: true})
			if _, ok := as[*pack.BadError](err); !ok {
				t.Errorf("got %v, want a BadError", err)
			}
			untouched()
			p.wantSite(t, first)
		})
	}
	cut := filepath.Join(t.TempDir(), "cut.zip")
	data, err := os.ReadFile(made.Path)
	check(t, err)
	check(t, os.WriteFile(cut, data[:len(data)/2], 0o644))
	if _, err := p.apply(t.Context(), cut, publish.Options{}); err == nil {
		t.Error("half a package was taken")
	}
	_, err = p.apply(t.Context(), made.Path, publish.Options{Yes: true})
	check(t, err)
	p.wantSite(t, second)
}

func TestAPackageOfChangesFitsOneReleaseOnly(t *testing.T) {
	first, second, third := makeSite(30, 1), makeSite(30, 1).with(2, "404.html"), makeSite(30, 1).with(3, "404.html")
	made := func(id string, s site, base *publish.Tree) string {
		t.Helper()
		m, err := pack.Contents{Tree: s.tree(id), Base: base}.Write(t.Context(), t.TempDir(), pack.Folder, nil)
		check(t, err)
		return m.Path
	}
	p := newPlace(t, packaged)
	apply := func(name string) error {
		_, err := p.apply(t.Context(), name, publish.Options{Yes: true})
		return err
	}
	unfit := func(name, live string) {
		t.Helper()
		err := apply(name)
		if e, ok := as[*publish.UnfitError](err); !ok || e.Live != live && e.Path == "" {
			t.Errorf("got %v, want an UnfitError", err)
		}
	}
	since1, since2 := made("r2", second, first.tree("r1")), made("r3", third, second.tree("r2"))
	unfit(since1, "") // nothing is there yet
	check(t, apply(made("r1", first, nil)))
	unfit(since2, "r1")
	p.wantSite(t, first)
	// A page that was changed by hand is not in the package.
	p.edit(t, "issues/100020.html", "by hand")
	unfit(since1, "r1")
	p.edit(t, "issues/100020.html", first["issues/100020.html"])
	check(t, apply(since1))
	p.wantSite(t, second)
	check(t, apply(since1)) // again: nothing to do
	check(t, apply(since2))
	p.wantSite(t, third)
	unfit(since1, "r3")
}
