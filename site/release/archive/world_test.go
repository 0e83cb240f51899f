package archive

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A tree is a release as a test writes it: part/path → content.
type tree map[string]string

// page is a page of an invented portal; n is what changes in it.
func page(id int, n string) string {
	return strings.Repeat(fmt.Sprintf("<p>示例问题 %d 的措施,示例局逐项整改。</p>\n", id), 40) + "<footer>数据截至 " + n + "</footer>\n"
}

// portal is a small release in which every page shows the day.
func portal(day string) tree {
	t := tree{"site/index.html": page(0, day), "site/state.css": "", "data/data/portal.yaml": "format: 1\n"}
	for id := range 5 {
		t[fmt.Sprintf("site/issues/%d.html", 100000+id)] = page(id, day)
	}
	return t
}

// release writes a tree into the archive as an unsigned release.
func release(dir, id string, t tree) error {
	tx, err := Begin(dir)
	if err != nil {
		return err
	}
	defer tx.Abort()
	changes := `{"release":"` + id + `"}`
	if err := tx.Put(Site, ChangesPath(id), []byte(changes)); err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(t)) {
		part, name, _ := strings.Cut(key, "/")
		if err := tx.Put(part, name, []byte(t[key])); err != nil {
			return err
		}
	}
	site, data, err := tx.Seal(context.Background())
	if err != nil {
		return err
	}
	m := Manifest{Format: Format, ID: id, Time: "2025-03-05T09:30:00+08:00", Site: site, Data: data, Log: Entry{"example.org/log", int64(len(tx.Archive().Releases()))}}
	if newest := tx.Archive().Newest(); newest != nil {
		m.Previous = &Previous{newest.ID, newest.Digest}
	}
	manifest, err := m.Encode()
	if err != nil {
		return err
	}
	size := m.Log.Index + 1
	return tx.Commit(Final{
		Manifest: manifest, Changes: []byte(changes),
		Log:        map[string][]byte{fmt.Sprintf("tile/0/000.p/%d", size): []byte(id)},
		Checkpoint: fmt.Appendf(nil, "example.org/log\n%d\nroot\n", size),
	})
}

func mustRelease(t *testing.T, dir, id string, files tree) {
	t.Helper()
	if err := release(dir, id, files); err != nil {
		t.Fatal(err)
	}
}

func open(t *testing.T, dir string) *Archive {
	t.Helper()
	a, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

// restored reads a whole release.
func restored(t *testing.T, a *Archive, id string) tree {
	t.Helper()
	r, err := a.Release(id)
	if err != nil {
		t.Fatal(err)
	}
	got := tree{}
	for _, part := range []string{Site, Data} {
		err := r.Each(context.Background(), part, nil, func(f File, data []byte) error {
			got[part+"/"+f.Path] = string(data)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	delete(got, "site/"+ChangesPath(id))
	return got
}

// disk gives path → content of everything in a folder.
func disk(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		files[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// faults are the codes and places that Check finds.
func faults(t *testing.T, dir string) []string {
	t.Helper()
	a, damage, err := OpenAnyway(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	var out []string
	for _, d := range damage {
		p := d.(*DamagedError).Problem
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s %s", p.Code, p.Place.File, strings.Join(p.Args, " "))))
	}
	list, err := a.Check(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range list {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s %s", p.Code, p.Place.File, strings.Join(p.Args, " "))))
	}
	return out
}

// flip changes one byte of a file of the archive.
func flip(t *testing.T, name string, at int) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	data = bytes.Clone(data)
	data[at] ^= 0x20
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}
