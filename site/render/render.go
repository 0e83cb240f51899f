package render

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"iter"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/gohugoio/hugo/common/hugo"
	"github.com/spf13/afero"

	"rectify/site/page"
	"rectify/site/problem"
)

// File is a finished file: its path from the portal's root, with forward
// slashes, and its bytes, which whoever gets it may keep.
type File struct {
	Path string
	Data []byte
}

// Put takes one finished file. An error stops the run.
type Put func(path string, data []byte) error

// Options say what is the same for all pages.
type Options struct {
	Site      page.Site
	BatchSize int // pages that Hugo gets at once; 0 means DefaultBatchSize
}

// DefaultBatchSize was measured: with pages of 12 KB, 10,000 of them peak at
// 311 MB and 30,000 at 327 MB. Batches of 200 need 121 MB and a quarter more
// time, batches of 4,000 need 960 MB and save nothing.
const DefaultBatchSize = 1000

// batchBytes is the size of a thousand issues as Hugo reads them. In its memory
// a byte becomes some eighteen, and a list of fifty issues is as large as ten of
// them: a thousand lists made the peak of 10,000 issues, and more than twice of what
// all other batches needed.
const batchBytes = 5 << 20

// Renderer renders pages of one portal with one theme. It does not change
// after New and may be used by several goroutines, who will take turns.
type Renderer struct {
	theme  *Theme
	batch  int
	clock  time.Time
	config []byte            // hugo.json of the page batches
	assets map[string]string // what layouts/assets.html printed
	built  map[string][]byte // the files that it made
}

// New builds the theme's assets, whose names every page needs. The Renderer is
// nil if a problem is an error.
func New(theme *Theme, o Options) (*Renderer, problem.List) {
	r := &Renderer{theme: theme, batch: o.BatchSize, clock: someDay}
	if r.batch <= 0 {
		r.batch = DefaultBatchSize
	}
	if name, ok := theme.words(o.Site.Lang); !ok {
		return nil, problem.List{problem.New(problem.NoLanguage, problem.Place{File: theme.label(name)}, o.Site.Lang)}
	}
	mounts := theme.mounts(o.Site.Lang)
	list := r.configure(o.Site, mounts)
	if list == nil {
		list = append(theme.unused(), r.buildAssets()...)
	}
	if !list.HasErrors() {
		list = append(list, r.configure(o.Site, mounts)...)
	}
	if list.HasErrors() {
		return nil, list
	}
	return r, list
}

func (r *Renderer) configure(site page.Site, mounts []object) problem.List {
	var err error
	if r.config, err = config(site, r.assets, mounts); err != nil {
		return problem.List{problem.New(problem.ThemeFailed, problem.Place{}, err.Error())}
	}
	return nil
}

// someDay is the time that a template sees which asks for the time although it
// must not: its pages are still reproducible.
var someDay = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// Identity names all that a page's bytes depend on beside the page itself:
// theme, portal, language, assets and the version of Hugo. Whoever keeps
// rendered pages adds the version of the program.
func (r *Renderer) Identity() string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%s\n", hugo.CurrentVersion, r.theme.digest)
	h.Write(r.config)
	return hex.EncodeToString(h.Sum(nil))
}

// Pages renders pages in batches and puts their files, in the order of the
// pages. A batch with an error puts nothing; the others go on, so that the
// list holds the problems of all. The error is for what is no problem of the
// theme: put failed, ctx was cancelled.
func (r *Renderer) Pages(ctx context.Context, pages iter.Seq[page.Page], put Put) (problem.List, error) {
	run := r.NewRun()
	each := func(_ Content, files []File, _ bool) error {
		for _, f := range files {
			if err := put(f.Path, f.Data); err != nil {
				return err
			}
		}
		return nil
	}
	var batch []Content
	for p := range pages {
		c, err := NewContent(p, nil)
		if err != nil {
			return run.Problems(), err
		}
		if !run.Admit(c) {
			continue
		}
		if batch = append(batch, c); !run.Full(batch) {
			continue
		}
		if err := run.Render(ctx, batch, each); err != nil {
			return run.Problems(), err
		}
		batch = batch[:0]
	}
	err := run.Render(ctx, batch, each)
	return run.Problems(), err
}

func readAll(source afero.Fs) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := afero.Walk(source, "", func(name string, info fs.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		data, err := afero.ReadFile(source, name)
		files[strings.TrimPrefix(path.Clean(filepath.ToSlash(name)), "/")] = data
		return err
	})
	return files, err
}
