//go:build web || bench

package search

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// beside lays the index of a world beside the search page of a built site.
func (w *world) beside(t *testing.T, site string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "search"), os.DirFS(filepath.Join(w.dir, "search"))); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(dir, "assets"), os.DirFS(filepath.Join(site, "assets"))); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"index.html", "search.html", "state.css"} {
		data, err := os.ReadFile(filepath.Join(site, name))
		if err != nil {
			t.Fatal(fmt.Errorf("no built site: %w", err))
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
