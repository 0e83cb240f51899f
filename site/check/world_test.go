package check

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/spf13/afero"

	"rectify/site/load"
	"rectify/site/model"
	"rectify/site/problem"
)

var update = flag.Bool("update", false, "write what the worlds give into their want sections")

// A world is a portal in a txtar file, laid over that of good.txtar (whose
// comment lists the orders that a comment may hold), with the problems that it
// gives in its section want.
type world struct {
	archive *txtar.Archive
	want    string
	clock   model.Date
	fs      afero.Fs
}

func openWorld(t testing.TB, name string) *world {
	t.Helper()
	w := &world{fs: afero.NewMemMapFs()}
	if name != "good" {
		w.lay(t, parse(t, "good"))
	}
	w.archive = parse(t, name)
	w.lay(t, w.archive)
	for _, f := range w.archive.Files {
		if f.Name == "want" {
			w.want = string(f.Data)
		}
	}
	return w
}

func parse(t testing.TB, name string) *txtar.Archive {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", name+".txtar"))
	must(t, err)
	return archive
}

func (w *world) lay(t testing.TB, archive *txtar.Archive) {
	t.Helper()
	escaped := map[string]bool{}
	for line := range strings.Lines(string(archive.Comment)) {
		order, ok := strings.CutPrefix(line, "! ")
		if !ok {
			continue
		}
		words := strings.Fields(order)
		switch words[0] {
		case "clock":
			w.clock = model.Date(words[1])
		case "escape":
			escaped[words[1]] = true
		case "remove":
			must(t, w.fs.Remove(words[1]))
		case "office":
			w.write(t, words[1], office(t, words[2], words[3]))
		case "photo":
			w.write(t, words[1], photo(words[2]))
		case "pdf":
			w.write(t, words[1], pdf(t, words[2]))
		default:
			t.Fatalf("unknown order %q", words)
		}
	}
	for _, f := range archive.Files {
		if f.Name == "want" {
			continue
		}
		data := f.Data
		if escaped[f.Name] {
			text, err := strconv.Unquote("`" + string(data) + "`")
			must(t, err)
			text, err = strconv.Unquote(`"` + strings.NewReplacer("\n", `\n`, `"`, `\"`).Replace(text) + `"`)
			must(t, err)
			data = []byte(text)
		}
		w.write(t, f.Name, data)
	}
}

func (w *world) write(t testing.TB, name string, data []byte) {
	t.Helper()
	must(t, w.fs.MkdirAll(path.Dir(name), 0o755))
	must(t, afero.WriteFile(w.fs, name, data, 0o644))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// run loads and checks the world, as the conductor does.
func (w *world) run(t testing.TB) problem.List {
	t.Helper()
	portal, found := load.Load(context.Background(), w.fs, "data")
	if found.HasErrors() {
		t.Fatalf("load found errors:\n%s", report(found))
	}
	found = Run(portal, Options{Clock: w.clock, FS: w.fs, Dir: "data"})
	found.AddFrames(w.fs)
	return found
}

// report writes problems as a want section holds them.
func report(list problem.List) string {
	var b strings.Builder
	for _, p := range list {
		fmt.Fprintf(&b, "%s %s %s\n", p.Severity, p.Code, p.Place)
		if p.Frame != nil {
			fmt.Fprintf(&b, "  | %s\n  | %s\n", p.Frame.Text, p.Frame.Mark)
		}
		for _, lang := range []problem.Lang{problem.Chinese, problem.English} {
			fmt.Fprintf(&b, "  %s\n    → %s\n", p.Text(lang), p.Hint(lang))
		}
	}
	return b.String()
}

func worlds(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txtar")
	must(t, err)
	var names []string
	for _, file := range files {
		names = append(names, strings.TrimSuffix(filepath.Base(file), ".txtar"))
	}
	return names
}

func TestEveryWorldGivesItsProblems(t *testing.T) {
	for _, name := range worlds(t) {
		t.Run(name, func(t *testing.T) {
			w := openWorld(t, name)
			list := w.run(t)
			got := report(list)
			if code, _, isCode := strings.Cut(name, "-"); isCode {
				for _, p := range list {
					if string(p.Code) != code {
						t.Errorf("gives %s too, at %s", p.Code, p.Place)
					}
				}
				if len(list) == 0 {
					t.Errorf("does not give %s", code)
				}
			}
			if *update {
				w.save(t, name, got)
				return
			}
			if diff := cmp.Diff(w.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func (w *world) save(t *testing.T, name, want string) {
	for i := range w.archive.Files {
		if w.archive.Files[i].Name == "want" {
			w.archive.Files[i].Data = []byte(want)
			must(t, os.WriteFile(filepath.Join("testdata", name+".txtar"), txtar.Format(w.archive), 0o644))
			return
		}
	}
	t.Fatal("the world has no section want")
}

// office makes what is of interest of a docx file.
func office(t testing.TB, creator, modifier string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	part, err := z.Create("docProps/core.xml")
	must(t, err)
	fmt.Fprintf(part, `<?xml version="1.0"?><cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title>示例</dc:title><dc:creator>%s</dc:creator><cp:lastModifiedBy>%s</cp:lastModifiedBy></cp:coreProperties>`, creator, modifier)
	must(t, z.Close())
	return b.Bytes()
}

// photo makes the beginning of a JPEG file with EXIF.
func photo(artist string) []byte {
	order := binary.BigEndian
	tiff := []byte("MM\x00\x2a\x00\x00\x00\x08")
	tiff = order.AppendUint16(tiff, 2)
	entry := func(tag, kind uint16, count, value uint32) {
		tiff = order.AppendUint16(tiff, tag)
		tiff = order.AppendUint16(tiff, kind)
		tiff = order.AppendUint32(tiff, count)
		tiff = order.AppendUint32(tiff, value)
	}
	const gps = 8 + 2 + 2*12 + 4
	const text = gps + 2 + 12 + 4
	entry(tagArtist, 2, uint32(len(artist)+1), text)
	entry(tagGPS, 4, 1, gps)
	tiff = order.AppendUint32(tiff, 0)
	tiff = order.AppendUint16(tiff, 1)
	entry(2, 1, 1, 0)
	tiff = order.AppendUint32(tiff, 0)
	tiff = append(append(tiff, artist...), 0)
	segment := append([]byte("Exif\x00\x00"), tiff...)
	data := []byte{0xff, 0xd8, 0xff, 0xe1}
	data = order.AppendUint16(data, uint16(len(segment)+2))
	return append(append(data, segment...), 0xff, 0xda)
}

// pdf makes what is of interest of a PDF file of version 1.5.
func pdf(t testing.TB, author string) []byte {
	t.Helper()
	var objects bytes.Buffer
	z := zlib.NewWriter(&objects)
	fmt.Fprint(z, "7 0 <</Author <FEFF")
	for _, r := range author {
		fmt.Fprintf(z, "%04X", r)
	}
	fmt.Fprint(z, "> /Producer (x)>>")
	must(t, z.Close())
	return fmt.Appendf(nil, "%%PDF-1.5\n5 0 obj\n<</Type /ObjStm /Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream\nendobj\n", objects.Len(), objects.Bytes())
}
