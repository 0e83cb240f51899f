package render

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gohugoio/hugo/common/hugo"
	"github.com/spf13/afero"

	"rectify/site/page"
	"rectify/site/problem"
)

// Put takes one finished file: its path from the portal's root, with forward
// slashes, and its bytes, which it may keep. An error stops the run.
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
		list = r.buildAssets()
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

// Key names the rendered bytes of a page: two pages with one key under one
// Identity come out the same, byte for byte.
func (r *Renderer) Key(p page.Page) (string, error) {
	data, err := contentFile(p)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), nil
}

// Pages renders pages in batches and puts their files, in the order of the
// pages. A batch with an error puts nothing; the others go on, so that the
// list holds the problems of all. The error is for what is no problem of the
// theme: put failed, ctx was cancelled.
func (r *Renderer) Pages(ctx context.Context, pages iter.Seq[page.Page], put Put) (problem.List, error) {
	run := &run{Renderer: r, put: put, taken: map[string]bool{}, said: map[string]bool{}}
	for name := range r.files() {
		run.taken[name] = true
	}
	var err error
	batch := make([]page.Page, 0, r.batch)
	for p := range pages {
		if !run.admit(p) {
			continue
		}
		if batch = append(batch, p); len(batch) < r.batch {
			continue
		}
		if err = run.render(ctx, batch); err != nil {
			break
		}
		batch = batch[:0]
	}
	if err == nil {
		err = run.render(ctx, batch)
	}
	run.list.Sort()
	return run.list, err
}

// run is one call of Pages.
type run struct {
	*Renderer
	put   Put
	taken map[string]bool // paths of this run, so that no two pages want the same
	said  map[string]bool // problems, so that each is said once and not once a batch
	list  problem.List
}

func (r *run) add(list ...problem.Problem) {
	for _, p := range list {
		key := fmt.Sprintf("%s %s %q", p.Code, p.Place, p.Args)
		if p.Code == problem.ThemeFailed && p.Place.Line > 0 {
			// Each batch meets a broken template, on another page.
			key = fmt.Sprintf("%s %s", p.Code, p.Place)
		}
		if !r.said[key] {
			r.said[key] = true
			r.list = append(r.list, p)
		}
	}
}

// outputs are the files that a page makes.
func outputs(p page.Page) []string {
	if qr := frameOf(p).QR; qr != "" {
		return []string{p.Path, qr}
	}
	return []string{p.Path}
}

// admit takes a page into the run if its files are its own and its layout
// exists. Hugo would let the later of two pages win, and take some other
// layout for a missing one.
func (r *run) admit(p page.Page) bool {
	ok := true
	for _, name := range outputs(p) {
		if r.taken[name] {
			at := problem.Place{}
			if static := "static/" + name; r.theme.files[static] != nil {
				at.File = r.theme.label(static)
			}
			r.add(problem.New(problem.DuplicatePath, at, name))
			ok = false
		}
		r.taken[name] = true
	}
	if !r.theme.hasLayout(p.Layout) {
		r.add(problem.New(problem.NoLayout, problem.Place{File: r.theme.label(layoutFile(p.Layout))}, p.Layout))
		ok = false
	}
	return ok
}

func (r *run) render(ctx context.Context, batch []page.Page) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if len(batch) == 0 {
		return nil
	}
	source := afero.NewMemMapFs()
	if err := r.project(source, root, batch, false); err != nil {
		return err
	}
	published, list, err := r.build(source, batch)
	if err != nil {
		return err
	}
	r.add(list...)
	if list.HasErrors() {
		return nil
	}
	for _, p := range batch {
		for _, name := range outputs(p) {
			if err := r.put(name, published[name]); err != nil {
				return err
			}
		}
	}
	return nil
}

// build runs Hugo on a project and compares what came out with what the pages
// declare.
func (r *Renderer) build(source afero.Fs, batch []page.Page) (map[string][]byte, problem.List, error) {
	out, talk, err := build(source, r.clock)
	list := r.theme.problems(talk, err, batch)
	if list.HasErrors() {
		return nil, list, nil // what is missing is missing because of these
	}
	files, err := readAll(out)
	if err != nil {
		return nil, nil, fmt.Errorf("read what Hugo made: %w", err)
	}
	want := map[string]bool{}
	for _, p := range batch {
		for _, name := range outputs(p) {
			want[name] = true
			if _, ok := files[name]; !ok {
				list = append(list, problem.New(problem.PageNotMade,
					problem.Place{File: r.theme.label(layoutFile(p.Layout))}, name))
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if !want[name] {
			list = append(list, problem.New(problem.UnexpectedFile, r.theme.somewhere(), name))
		}
	}
	return files, list, nil
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
