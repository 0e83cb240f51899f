package archive

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What was done to an archive, and what Check must say of it: code, file, what.
func TestDamageIsFoundAndNamed(t *testing.T) {
	remove := func(name string) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) {
			if err := os.Remove(filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	write := func(name, text string) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	edit := func(name, old, new string) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) {
			data, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil || !bytes.Contains(data, []byte(old)) {
				t.Fatalf("%s has no %q (%v)", name, old, err)
			}
			write(name, strings.Replace(string(data), old, new, 1))(t, dir)
		}
	}
	// another exchanges a pack of release b for one that holds other files.
	another := func(name string, change func(tree)) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) {
			other := filepath.Join(t.TempDir(), "archive")
			mustRelease(t, other, "a", portal("2025-03-01"))
			forged := portal("2025-04-01")
			delete(forged, "site/issues/100003.html")
			change(forged)
			mustRelease(t, other, "b", forged)
			data, err := os.ReadFile(filepath.Join(other, name))
			if err != nil {
				t.Fatal(err)
			}
			write(name, string(data))(t, dir)
		}
	}
	tests := []struct {
		what string
		do   func(t *testing.T, dir string)
		want []string // in any order; a prefix of each
	}{
		{"nothing", func(*testing.T, string) {}, nil},
		{"a pack removed", remove("releases/b/files.tar.gz"), []string{
			"R102 releases/b/files.tar.gz files.tar.gz", "R101 releases/b/files.tar.gz", "R107 releases/b/files.tar.gz 6", "R107 releases/c/files.tar.gz",
		}},
		{"lists removed", remove("releases/b/lists.tar.gz"), []string{
			"R102 releases/b/lists.tar.gz", "R101 releases/b/lists.tar.gz", "R101 releases/b/lists.tar.gz",
		}},
		{"a manifest removed", remove("releases/b/manifest.json"), []string{"R101 releases/b/manifest.json", "R106 releases/c/manifest.json c b"}},
		{"the first manifest removed", remove("releases/a/manifest.json"), []string{"R101 releases/a/manifest.json", "R106 releases/b/manifest.json b a", "R106 releases/c/manifest.json c b"}},
		{"a file added", write("releases/b/note.txt", "示例"), []string{"R103 releases/b/note.txt note.txt"}},
		{"a file added to a release that the chain does not reach", func(t *testing.T, dir string) {
			remove("releases/b/manifest.json")(t, dir)
			write("releases/c/note.txt", "示例")(t, dir)
		}, []string{"R101 releases/b/manifest.json", "R106 releases/c/manifest.json c b", "R103 releases/c/note.txt note.txt"}},
		{"a file added at the top", write("note.txt", "示例"), []string{"R103 note.txt note.txt"}},
		{"a manifest changed", edit("releases/b/manifest.json", "2025-03-05", "2025-03-06"), []string{"R106 releases/c/manifest.json c b"}},
		{"the newest manifest changed", edit("releases/c/manifest.json", `"files": 9`, `"files": 8`), []string{"R104 releases/c/manifest.json site"}},
		{"a manifest exchanged for another's", func(t *testing.T, dir string) {
			data, err := os.ReadFile(filepath.Join(dir, "releases/a/manifest.json"))
			if err != nil {
				t.Fatal(err)
			}
			write("releases/b/manifest.json", string(data))(t, dir)
		}, []string{"R101 releases/b/manifest.json", "R106 releases/c/manifest.json c b"}},
		{"changes exchanged", func(t *testing.T, dir string) {
			var z bytes.Buffer
			w := gzip.NewWriter(&z)
			_, _ = w.Write([]byte("{}"))
			_ = w.Close()
			write("releases/b/changes.json.gz", z.String())(t, dir)
		}, []string{"R104 releases/b/changes.json.gz b.changes.json"}},
		{"one page changed", another("releases/b/files.tar.gz", func(f tree) { f["site/issues/100001.html"] = page(1, "2025-04-02") }), []string{
			"R104 releases/b/files.tar.gz site/issues/100001.html",
		}},
		{"one page added", another("releases/b/files.tar.gz", func(f tree) { f["site/issues/200001.html"] = "示例" }), []string{
			"R103 releases/b/files.tar.gz site/issues/200001.html",
		}},
		{"one page left out", another("releases/b/files.tar.gz", func(f tree) { f["site/issues/100001.html"] = page(1, "2025-03-01") }), []string{
			"R102 releases/b/files.tar.gz site/issues/100001.html",
		}},
		{"something behind the end of a pack", func(t *testing.T, dir string) {
			data, err := os.ReadFile(filepath.Join(dir, "releases/b/files.tar.gz"))
			if err != nil {
				t.Fatal(err)
			}
			var z bytes.Buffer
			w := gzip.NewWriter(&z)
			_, _ = w.Write([]byte("示例"))
			_ = w.Close()
			write("releases/b/files.tar.gz", string(data)+z.String())(t, dir)
		}, []string{"R103 releases/b/files.tar.gz"}},
		{"lists exchanged", another("releases/b/lists.tar.gz", func(f tree) { delete(f, "site/issues/100001.html") }), []string{
			"R104 releases/b/lists.tar.gz site.jsonl",
		}},
		{"what a killed release left", write("log/checkpoint.new", "示例"), []string{"R108 log/checkpoint.new"}},
		{"a guide removed", remove("README.txt"), []string{"R102 README.txt README.txt"}},
		{"a checkpoint removed", remove("releases/b/checkpoint"), []string{"R102 releases/b/checkpoint checkpoint"}},
	}
	for _, test := range tests {
		t.Run(test.what, func(t *testing.T) {
			dir, _ := threeReleases(t)
			test.do(t, dir)
			got := faults(t, dir)
			for _, want := range test.want {
				i := slices.IndexFunc(got, func(g string) bool { return strings.HasPrefix(g, want) })
				if i < 0 {
					t.Errorf("no %q in %q", want, faults(t, dir))
					continue
				}
				got = slices.Delete(got, i, i+1)
			}
			got = slices.DeleteFunc(got, func(g string) bool {
				// What differs from a version that is gone goes with it, and is counted.
				return strings.HasPrefix(g, "R107")
			})
			if len(got) > 0 {
				t.Errorf("more than expected: %q", got)
			}
		})
	}
}

func TestEveryFlippedByteIsNoticed(t *testing.T) {
	dir, _ := threeReleases(t)
	for _, name := range []string{
		"releases/a/files.tar.gz", "releases/b/files.tar.gz", "releases/b/lists.tar.gz", "releases/c/changes.json.gz",
	} {
		path := filepath.Join(dir, name)
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		// The header of a gzip file has bytes that mean nothing to a reader.
		for at := 10; at < int(info.Size()); at += 7 {
			flip(t, path, at)
			if len(faults(t, dir)) == 0 {
				t.Errorf("byte %d of %s", at, name)
			}
			flip(t, path, at)
		}
	}
	if found := faults(t, dir); len(found) > 0 {
		t.Fatal(found)
	}
}
