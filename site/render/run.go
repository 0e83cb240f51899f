package render

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/spf13/afero"

	"rectify/site/problem"
)

// Run is the rendering of one portal's pages. Whoever keeps rendered pages
// admits all of them and renders those that are new. A Run serves one goroutine.
type Run struct {
	*Renderer
	taken map[string]bool // paths of this run, so that no two pages want the same
	said  map[string]bool // problems, so that each is said once and not once a batch
	list  problem.List
}

// NewRun begins a run. The paths of assets and static files are taken already.
func (r *Renderer) NewRun() *Run {
	run := &Run{Renderer: r, taken: map[string]bool{}, said: map[string]bool{}}
	for name := range r.files() {
		run.taken[name] = true
	}
	return run
}

// Full says whether Render should get what there is before there is more: for
// fewer pages at once it takes more time a page, for more of them more memory.
func (r *Renderer) Full(batch []Content) bool {
	size := 0
	for i := range batch {
		size += len(batch[i].data)
	}
	return len(batch) >= r.batch || size >= batchBytes
}

// Problems gives what was found, sorted.
func (r *Run) Problems() problem.List {
	r.list.Sort()
	return r.list
}

func (r *Run) add(list ...problem.Problem) {
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

// Admit takes a page into the run if its files are its own and its layout
// exists. Hugo would let the later of two pages win, and take some other
// layout for a missing one.
func (r *Run) Admit(c Content) bool {
	ok := true
	for _, name := range c.Files {
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
	if !r.theme.hasLayout(c.Layout) {
		r.add(problem.New(problem.NoLayout, problem.Place{File: r.theme.label(layoutFile(c.Layout))}, c.Layout))
		ok = false
	}
	return ok
}

// Render makes the files of pages that were admitted and hands them over page
// by page. Where one of them fails none is handed over, and Problems tells why.
// silent says that nothing was said against the batch: only then do the same
// pages lead to the same problems, none, when they are not rendered again.
func (r *Run) Render(ctx context.Context, batch []Content, put func(c Content, files []File, silent bool) error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if len(batch) == 0 {
		return nil
	}
	source := afero.NewMemMapFs()
	if err := r.project(source, root, slices.Values(batch), false); err != nil {
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
	for _, c := range batch {
		files := make([]File, len(c.Files))
		for i, name := range c.Files {
			files[i] = File{name, published[name]}
		}
		if err := put(c, files, len(list) == 0); err != nil {
			return err
		}
	}
	return nil
}

// build runs Hugo on a project and compares what came out with what the pages
// declare.
func (r *Renderer) build(source afero.Fs, batch []Content) (map[string][]byte, problem.List, error) {
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
	for _, c := range batch {
		for _, name := range c.Files {
			want[name] = true
			if _, ok := files[name]; !ok {
				list = append(list, problem.New(problem.PageNotMade,
					problem.Place{File: r.theme.label(layoutFile(c.Layout))}, name))
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
