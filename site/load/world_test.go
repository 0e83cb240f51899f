package load

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/spf13/afero"

	"rectify/site/model"
	"rectify/site/problem"
)

var update = flag.Bool("update", false, "write what the worlds give into their want sections")

// A world is a txtar file: the files of a portal and, in its section want, the
// problems that they give. Lines of its comment that start with “!” make what
// a txtar file cannot hold:
//
//	! escape FILE          the text of FILE has Go's escapes: \xff, \r, \u2028
//	! fill FILE BYTES      FILE is so large
//	! folder NAME          an empty folder
//	! link NAME TARGET     a symbolic link
//	! deny NAME            nobody may open NAME
type world struct {
	archive *txtar.Archive
	want    string
	disk    bool // needs a real disk
	denied  map[string]bool
	orders  [][]string
}

func openWorld(t testing.TB, file string) *world {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{archive: archive, denied: map[string]bool{}}
	for _, f := range archive.Files {
		if f.Name == "want" {
			w.want = string(f.Data)
		}
	}
	for line := range strings.Lines(string(archive.Comment)) {
		order, ok := strings.CutPrefix(line, "! ")
		if !ok {
			continue
		}
		words := strings.Fields(order)
		w.orders = append(w.orders, words)
		switch words[0] {
		case "link":
			w.disk = true
		case "deny":
			w.denied[words[1]] = true
		}
	}
	return w
}

// build writes the world into an empty file system. disk is its folder on the
// real disk, if it has one.
func (w *world) build(t testing.TB, into afero.Fs, disk string) {
	t.Helper()
	escaped := map[string]bool{}
	for _, words := range w.orders {
		switch words[0] {
		case "escape":
			escaped[words[1]] = true
		case "fill":
			size, err := strconv.Atoi(words[2])
			check(t, err)
			write(t, into, words[1], strings.Repeat("#", size))
		case "folder":
			check(t, into.MkdirAll(words[1], 0o755))
		case "link":
			check(t, into.MkdirAll(path.Dir(words[1]), 0o755))
			check(t, os.Symlink(words[2], filepath.Join(disk, words[1])))
		case "deny":
		default:
			t.Fatalf("unknown order %q", words)
		}
	}
	for _, f := range w.archive.Files {
		if f.Name == "want" {
			continue
		}
		text := string(f.Data)
		if escaped[f.Name] {
			text = unescape(t, text)
		}
		write(t, into, f.Name, text)
	}
}

// unescape reads the escapes of a text line by line.
func unescape(t testing.TB, text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		plain, err := strconv.Unquote(`"` + strings.ReplaceAll(strings.TrimSuffix(line, "\n"), `"`, `\"`) + `"`)
		check(t, err)
		b.WriteString(plain)
		b.WriteByte('\n')
	}
	return b.String()
}

func write(t testing.TB, into afero.Fs, name, text string) {
	t.Helper()
	check(t, into.MkdirAll(path.Dir(name), 0o755))
	check(t, afero.WriteFile(into, name, []byte(text), 0o644))
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// onDisk builds the world in a folder of the real disk.
func (w *world) onDisk(t testing.TB) afero.Fs {
	t.Helper()
	disk := t.TempDir()
	base := afero.NewBasePathFs(afero.NewOsFs(), disk).(*afero.BasePathFs)
	w.build(t, base, disk)
	return deniedFs{base, w.denied}
}

// inMemory builds the world in memory.
func (w *world) inMemory(t testing.TB) afero.Fs {
	t.Helper()
	mem := afero.NewMemMapFs()
	w.build(t, mem, "")
	return mem
}

// deniedFs refuses to open some files.
type deniedFs struct {
	*afero.BasePathFs
	denied map[string]bool
}

func (d deniedFs) Open(name string) (afero.File, error) {
	if d.denied[name] {
		return nil, &fs.PathError{Op: "open", Path: "/secret/" + name, Err: fs.ErrPermission}
	}
	return d.BasePathFs.Open(name)
}

// report writes problems as a want section holds them.
func report(list problem.List) string {
	var b strings.Builder
	for _, p := range list {
		fmt.Fprintf(&b, "%s %s %s\n", p.Code, p.Place, p.Text(problem.English))
	}
	return b.String()
}

func worlds(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no worlds", err)
	}
	return files
}

func TestEveryWorldGivesItsProblems(t *testing.T) {
	for _, file := range worlds(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			w := openWorld(t, file)
			got := report(loadAll(w.onDisk(t)))
			if *update {
				w.save(t, file, got)
				return
			}
			if diff := cmp.Diff(w.want, got); diff != "" {
				t.Errorf("problems on disk (-want +got):\n%s", diff)
			}
			if w.disk || len(w.denied) > 0 {
				return
			}
			if diff := cmp.Diff(w.want, report(loadAll(w.inMemory(t)))); diff != "" {
				t.Errorf("problems in memory (-want +got):\n%s", diff)
			}
		})
	}
}

// loadAll reads the portal, and where it is published to.
func loadAll(fs afero.Fs) problem.List {
	_, list := Load(context.Background(), fs, "data")
	_, more := Publishing(context.Background(), fs, "data")
	list = append(list, more...)
	list.Sort()
	return list
}

func (w *world) save(t *testing.T, file, want string) {
	for i := range w.archive.Files {
		if w.archive.Files[i].Name == "want" {
			w.archive.Files[i].Data = []byte(want)
			check(t, os.WriteFile(file, txtar.Format(w.archive), 0o644))
			return
		}
	}
	t.Fatal("the world has no section want")
}

// loadWorld loads a world that has no errors.
func loadWorld(t *testing.T, name string) *model.Portal {
	t.Helper()
	w := openWorld(t, "testdata/"+name+".txtar")
	portal, list := Load(context.Background(), w.onDisk(t), "data")
	if list.HasErrors() {
		t.Fatalf("errors in a good world:\n%s", report(list))
	}
	return portal
}
