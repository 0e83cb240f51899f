package site

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/spf13/afero"

	"rectify/site/cache"
	"rectify/site/internal/synth"
)

// closed is a portal's folder whose data can be looked at and not read.
type closed struct{ afero.Fs }

func (c closed) Open(name string) (afero.File, error) {
	if strings.HasSuffix(name, ".yaml") {
		return nil, errors.New(name + " was read")
	}
	return c.Fs.Open(name)
}

// LstatIfPossible shows links, without which a walk would take them for files.
func (c closed) LstatIfPossible(name string) (os.FileInfo, bool, error) {
	return c.Fs.(afero.Lstater).LstatIfPossible(name)
}

func TestBuildToWhichNothingNewCameReadsNoData(t *testing.T) {
	dir := t.TempDir()
	layExample(t, dir)
	o := Options{Dir: dir, Out: "public", Program: "p", hasty: true}
	first, err := Build(context.Background(), o)
	must(t, err)
	o.source = closed{afero.NewBasePathFs(afero.NewOsFs(), dir)}
	second, err := Build(context.Background(), o)
	must(t, err)
	if second.Written != 0 || second.Unchanged != first.Files {
		t.Errorf("wrote %d files and left %d of %d", second.Written, second.Unchanged, first.Files)
	}
	if len(first.Problems) == 0 {
		t.Error("the example has no warnings to be told again")
	}
	counts := cmpopts.IgnoreFields(Result{}, "Written", "Unchanged", "Timings")
	if diff := cmp.Diff(first, second, counts); diff != "" {
		t.Errorf("(-first +second):\n%s", diff)
	}
}

func TestReceiptOfABuildIsNotThatOfAnother(t *testing.T) {
	portal := filepath.Join("data", "portal.yaml")
	for name, change := range map[string]func(t *testing.T, dir string, o *Options){
		"data of the same size": func(t *testing.T, dir string, _ *Options) {
			data, err := os.ReadFile(filepath.Join(dir, portal))
			must(t, err)
			put(t, filepath.Join(dir, portal), strings.Replace(string(data), "示例", "例示", 1))
		},
		"one more file of the data": func(t *testing.T, dir string, _ *Options) {
			put(t, filepath.Join(dir, "data", "pages", "more.md"), "# 示例\n\n示例。\n")
		},
		"a file of the theme": func(t *testing.T, dir string, _ *Options) {
			put(t, filepath.Join(dir, "themes", "civic", "assets", "css", "own.css"), "p{}")
		},
		"something in the archive": func(t *testing.T, dir string, _ *Options) {
			put(t, filepath.Join(dir, "archive", "note"), "示例")
		},
		"another program":        func(_ *testing.T, _ string, o *Options) { o.Program = "q" },
		"another day":            func(_ *testing.T, _ string, o *Options) { o.Now = "2030-01-01" },
		"another address":        func(_ *testing.T, _ string, o *Options) { o.BaseURL = "https://www.example.org/a/" },
		"warnings made to count": func(_ *testing.T, _ string, o *Options) { o.Strict = true },
		"everything made anew":   func(_ *testing.T, _ string, o *Options) { o.Clean = true },
		"a file written just now": func(t *testing.T, dir string, o *Options) {
			must(t, os.Chtimes(filepath.Join(dir, portal), time.Now(), time.Now()))
			o.hasty = false
		},
		"data behind a link": func(t *testing.T, dir string, _ *Options) {
			must(t, os.Symlink("about.md", filepath.Join(dir, "data", "pages", "link.md")))
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			must(t, synth.Write(afero.NewBasePathFs(afero.NewOsFs(), dir), 3, 1))
			o := Options{Dir: dir, Out: "public", Program: "p", hasty: true}
			key := func() (cache.Key, bool) {
				b, err := newBuild(o)
				must(t, err)
				b.openCache()
				defer b.cache.Close(false)
				return b.receiptKey()
			}
			before, sure := key()
			if !sure {
				t.Fatal("no receipt for an ordinary portal")
			}
			change(t, dir, &o)
			if after, sure := key(); sure && after == before {
				t.Error("it has the receipt of the build before")
			}
		})
	}
}

func TestReceiptCountsOnlyWhereTheSiteIsThere(t *testing.T) {
	dir := t.TempDir()
	layExample(t, dir)
	o := Options{Dir: dir, Out: "public", Program: "p", hasty: true}
	first, err := Build(context.Background(), o)
	must(t, err)
	home := filepath.Join(dir, "public", "index.html")
	right, err := os.ReadFile(home)
	must(t, err)

	put(t, home, "示例")
	second, err := Build(context.Background(), o)
	must(t, err)
	if !slices.Equal(second.Replaced, []string{"index.html"}) {
		t.Errorf("replaced %q, not the page edited by hand", second.Replaced)
	}
	must(t, os.Remove(home))
	put(t, filepath.Join(dir, "public", "note.txt"), "示例")
	third, err := Build(context.Background(), o)
	must(t, err)
	if third.Written != 1 || !slices.Equal(third.Unknown, []string{"note.txt"}) {
		t.Errorf("wrote %d files, knows not %q", third.Written, third.Unknown)
	}
	if now, err := os.ReadFile(home); err != nil || string(now) != string(right) || third.Files != first.Files {
		t.Errorf("the home page was not put right: %v", err)
	}
}

func put(t *testing.T, name, text string) {
	t.Helper()
	must(t, os.MkdirAll(filepath.Dir(name), 0o755))
	must(t, os.WriteFile(name, []byte(text), 0o644))
}
