package publish

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
)

func TestAPlanThatFailsLeavesNoFileOnThisMachine(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	m := newMemory()
	m.files["index.html"] = "somebody's"
	to := m.target()
	to.Gzip = true
	tree := treeOf("r1", map[string]string{"index.html": strings.Repeat("示例区示例局。", 200)})
	var foreign *ForeignError
	if _, err := to.Publish(t.Context(), tree, Options{}); !errors.As(err, &foreign) {
		t.Fatalf("got %v, want a ForeignError", err)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// That an interrupted run left files is said only where there was one.
func TestNoInterruptionIsToldWhereThereWasNone(t *testing.T) {
	m := newMemory()
	files := map[string]string{"index.html": "home", "a.html": "a", "b.html": "b"}
	if _, err := m.target().Publish(t.Context(), treeOf("r1", files), Options{}); err != nil {
		t.Fatal(err)
	}
	// A record whose stamps say nothing: the files are asked for.
	rec, err := loadRecord(m, recordFile)
	if err != nil {
		t.Fatal(err)
	}
	for i := range rec.Files {
		rec.Files[i].Stamp = "changed"
	}
	if err := save(m, recordFile, rec); err != nil {
		t.Fatal(err)
	}
	files["b.html"] = "b2"
	res, err := m.target().Publish(t.Context(), treeOf("r2", files), Options{})
	if err != nil || res.Resumed != 0 || res.Sent != 1 {
		t.Errorf("got %+v, %v", res, err)
	}
	// And where there was one it is.
	broken := errors.New("cut")
	m.before = func(path string) error {
		if path == "index.html" {
			return broken
		}
		return nil
	}
	files["index.html"], files["a.html"] = "home3", "a3"
	if _, err := m.target().Publish(t.Context(), treeOf("r3", files), Options{}); !errors.Is(err, broken) {
		t.Fatalf("got %v", err)
	}
	m.before = nil
	res, err = m.target().Publish(t.Context(), treeOf("r3", files), Options{})
	if err != nil || res.Resumed != 1 || res.Sent != 1 {
		t.Errorf("got %+v, %v", res, err)
	}
}
