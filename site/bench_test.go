package site

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/spf13/afero"

	"rectify/site/audit"
	"rectify/site/emit"
	"rectify/site/internal/synth"
	"rectify/site/load"
	"rectify/site/minify"
	"rectify/site/model"
	"rectify/site/page"
	"rectify/site/render"
)

// BenchmarkStage measures every room by itself, each on what the room before
// it really hands over, for invented portals of three sizes. Run it with
// “make bench-rooms”; what counts are the ratios within one run.
func BenchmarkStage(b *testing.B) {
	for _, n := range []int{30, 1000, 10000} {
		b.Run(fmt.Sprintf("items=%d", n), func(b *testing.B) { benchStages(b, n) })
	}
}

func benchStages(b *testing.B, n int) {
	ctx := context.Background()
	fs := afero.NewBasePathFs(afero.NewOsFs(), b.TempDir())
	must(b, synth.Write(fs, n, 1))

	var portal *model.Portal
	b.Run("load", func(b *testing.B) {
		for b.Loop() {
			p, found := load.Load(ctx, fs, synth.Dir)
			if found.HasErrors() {
				b.Fatal(found)
			}
			portal = p
		}
	})
	book := page.New(portal.Public(), page.Options{})
	var pages []page.Page
	b.Run("page", func(b *testing.B) {
		for b.Loop() {
			pages = slices.Collect(book.Pages())
		}
	})
	theme, err := openTheme(fs, portal.Theme)
	must(b, err)
	renderer, found := render.New(theme, render.Options{Site: book.Site()})
	if found.HasErrors() {
		b.Fatal(found)
	}
	type file struct {
		path string
		data []byte
	}
	var files []file
	keep := func(path string, data []byte) error {
		files = append(files, file{path, slices.Clone(data)})
		return nil
	}
	b.Run("render", func(b *testing.B) {
		for b.Loop() {
			files = files[:0]
			must(b, renderer.Assets(keep))
			found, err := renderer.Pages(ctx, slices.Values(pages), keep)
			must(b, err)
			if found.HasErrors() {
				b.Fatal(found)
			}
		}
		size := 0
		for _, f := range files {
			size += len(f.data)
		}
		b.ReportMetric(float64(len(files)), "files")
		b.ReportMetric(float64(size)/1e6, "MB")
	})
	small := slices.Clone(files)
	b.Run("minify", func(b *testing.B) {
		m := minify.New()
		for b.Loop() {
			for i, f := range files {
				data, err := m.File(f.path, f.data)
				must(b, err)
				small[i].data = data
			}
		}
	})
	b.Run("audit", func(b *testing.B) {
		for b.Loop() {
			a := audit.New(audit.Options{Lang: book.Site().Lang})
			for _, f := range small {
				a.Add(f.path, f.data)
			}
			found, err := a.Finish(nil)
			must(b, err)
			if found.HasErrors() {
				b.Fatal(found)
			}
		}
	})
	emitAll := func(b *testing.B, dir string) {
		tx, err := emit.Begin(afero.NewOsFs(), dir, emit.Options{})
		must(b, err)
		for _, f := range small {
			must(b, tx.Put(f.path, f.data))
		}
		_, err = tx.Commit(ctx)
		must(b, err)
	}
	b.Run("emit", func(b *testing.B) {
		for b.Loop() {
			emitAll(b, b.TempDir())
		}
	})
	b.Run("emit-unchanged", func(b *testing.B) {
		dir := b.TempDir()
		emitAll(b, dir)
		for b.Loop() {
			emitAll(b, dir)
		}
	})
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
