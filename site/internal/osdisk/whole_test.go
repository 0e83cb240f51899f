package osdisk

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// put writes a text.
func put(text string, fail error) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return errors.Join(err, fail)
	}
}

func TestFileIsWrittenWholeOrLeftAsItWas(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.txt")
	want := func(text string) {
		t.Helper()
		got, err := os.ReadFile(name)
		if err != nil || string(got) != text {
			t.Errorf("%q (%v), want %q", got, err, text)
		}
		if entries, _ := os.ReadDir(dir); len(entries) != 1 {
			t.Errorf("%v", entries)
		}
	}
	if err := WriteWhole(name, 0o644, put("first", nil)); err != nil {
		t.Fatal(err)
	}
	want("first")
	stopped := errors.New("stopped")
	if err := WriteWhole(name, 0o644, put("sec", stopped)); !errors.Is(err, stopped) {
		t.Error(err)
	}
	want("first")
	if err := WriteNew(name, 0o644, put("second", nil)); !errors.Is(err, fs.ErrExist) {
		t.Error(err)
	}
	want("first")
	if err := WriteWhole(name, 0o600, put("second", nil)); err != nil {
		t.Fatal(err)
	}
	want("second")
	if info, err := os.Stat(name); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
}

func TestErrorDoesNotShowTheFileInBetween(t *testing.T) {
	err := WriteNew(filepath.Join(t.TempDir(), "absent", "a.txt"), 0o644, put("", nil))
	var at *fs.PathError
	if !errors.Is(err, fs.ErrNotExist) || errors.As(err, &at) {
		t.Errorf("got %v", err)
	}
}

func TestNewFileIsThereOnce(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "key")
	done := make(chan error)
	for range 8 {
		go func() { done <- WriteNew(name, 0o600, put("key", nil)) }()
	}
	won := 0
	for range 8 {
		if err := <-done; err == nil {
			won++
		} else if !errors.Is(err, fs.ErrExist) {
			t.Error(err)
		}
	}
	if entries, _ := os.ReadDir(dir); won != 1 || len(entries) != 1 {
		t.Errorf("%d were written, %v", won, entries)
	}
}
