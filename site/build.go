package site

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/spf13/afero"

	"rectify/site/audit"
	"rectify/site/check"
	"rectify/site/emit"
	"rectify/site/export"
	"rectify/site/load"
	"rectify/site/minify"
	"rectify/site/model"
	"rectify/site/page"
	"rectify/site/problem"
	"rectify/site/render"
)

// DataDir is the folder of a portal that holds its data.
const DataDir = "data"

// Options say what to build, from where and into what.
type Options struct {
	Dir      string         // the portal's folder
	Out      string         // the output folder; relative to Dir unless absolute
	OutFS    afero.Fs       // where Out lies; nil for the disk
	BaseURL  string         // instead of the portal's own; "" keeps that
	Now      model.Date     // the clock of the build; "" takes the newest day of the data
	Strict   bool           // warnings stop the build too
	Stage    string         // where to write the Hugo project of the pages too; "" for nowhere
	Progress func(Progress) // told how far the build is; may be nil, may be called from several goroutines
	source   afero.Fs       // of the portal's folder; nil for the disk, set by tests
}

// Result says what a build made.
type Result struct {
	Out       string       `json:"out"`
	Pages     int          `json:"pages"`
	Files     int          `json:"files"`
	BaseURL   string       `json:"base_url"`
	Clock     model.Date   `json:"clock"`
	Written   int          `json:"written"`
	Unchanged int          `json:"unchanged"`
	Removed   int          `json:"removed"`
	Replaced  []string     `json:"replaced,omitempty"` // files edited by hand in the output folder and put right
	Unknown   []string     `json:"unknown,omitempty"`  // files in the output folder that no build made
	LeftOut   []LeftOut    `json:"left_out,omitempty"` // files that the site would have if its data said more
	Timings   []Timing     `json:"timings,omitempty"`
	Problems  problem.List `json:"-"` // what was found and did not stop the build
}

// LeftOut is a file that was not made. Reason names what the data would have to
// hold: base_url, due (a day of a promise), date (of anything).
type LeftOut struct {
	Path   string `json:"path"`
	Reason string `json:"reason"`
}

// ProblemError is the error of a build that was stopped by problems. Nothing
// was written.
type ProblemError struct {
	Output   bool // the site that was made is wrong, not the data
	Problems problem.List
}

func (e *ProblemError) Error() string {
	return fmt.Sprintf("%d errors, %d warnings", e.Problems.Count(problem.Error), e.Problems.Count(problem.Warning))
}

// Build makes the site of one portal. It fails with a *ProblemError (to be looked
// for with errors.As) where the
// data or the pages have errors, and with one of emit's errors where the output
// folder cannot be written; in both cases the public files are as they were or
// the next build completes them.
func Build(ctx context.Context, o Options) (Result, error) {
	b, err := newBuild(o)
	if err != nil {
		return Result{}, err
	}
	book, err := b.book(ctx)
	if err != nil {
		return Result{}, err
	}
	if err := b.write(ctx, book); err != nil {
		return Result{}, err
	}
	return b.done(), nil
}

// Check looks at the data as Build does and writes nothing. With theme it also
// makes the site, in memory, and holds the theme to its promise that a page is
// a function of its own content. It fails like Build.
func Check(ctx context.Context, o Options, theme bool) (Result, error) {
	o.Out, o.OutFS, o.Stage = "site", afero.NewMemMapFs(), ""
	b, err := newBuild(o)
	if err != nil {
		return Result{}, err
	}
	book, err := b.book(ctx)
	if err != nil || !theme {
		return b.done(), err
	}
	if err := b.purity(ctx, book); err != nil {
		return Result{}, err
	}
	if err := b.write(ctx, book); err != nil {
		return Result{}, err
	}
	return b.done(), nil
}

func newBuild(o Options) (*build, error) {
	// afero's BasePathFs finds nothing under a relative base such as ".".
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return nil, err
	}
	b := &build{Options: o, dir: dir, fs: o.source, out: o.Out, watch: newStopwatch(o.Progress)}
	if b.fs == nil {
		b.fs = afero.NewBasePathFs(afero.NewOsFs(), dir)
	}
	if b.OutFS == nil {
		b.OutFS = afero.NewOsFs()
		if !filepath.IsAbs(b.out) {
			b.out = filepath.Join(dir, b.out)
		}
		for _, own := range []string{DataDir, "themes"} {
			if rel, err := filepath.Rel(filepath.Join(dir, own), b.out); err == nil && filepath.IsLocal(rel) {
				return nil, fmt.Errorf("the output folder %s lies in %s, which is read and not written; name another", o.Out, own)
			}
		}
	}
	return b, nil
}

// done closes the books of a build that went well.
func (b *build) done() Result {
	b.problems.Sort()
	b.result.Problems = b.problems
	b.result.Timings = b.watch.timings()
	return b.result
}

// build is one run.
type build struct {
	Options
	dir      string   // the portal's folder
	fs       afero.Fs // the same, and nothing above it
	out      string
	portal   *model.Portal // whole, with what is internal
	watch    *stopwatch
	problems problem.List
	result   Result
}

// found keeps problems and returns the error that stops the build, if they do.
// Problems of the output name files that are not in the portal's folder, so
// they get no frames.
func (b *build) found(list problem.List, output bool) error {
	if !output {
		list.AddFrames(b.fs)
	}
	if b.Strict {
		list = list.Strict()
	}
	b.problems = append(b.problems, list...)
	if !list.HasErrors() {
		return nil
	}
	b.problems.Sort()
	return &ProblemError{Output: output, Problems: b.problems}
}

// book reads and checks the data and prepares their pages.
func (b *build) book(ctx context.Context) (*page.Book, error) {
	stop := b.watch.start(StageLoad)
	portal, found := load.Load(ctx, b.fs, DataDir)
	stop()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := b.found(found, false); err != nil {
		return nil, err
	}
	stop = b.watch.start(StageCheck)
	found = check.Run(portal, check.Options{BaseURL: b.BaseURL, Clock: b.Now, FS: b.fs, Dir: DataDir})
	stop()
	if err := b.found(found, false); err != nil {
		return nil, err
	}
	defer b.watch.start(StagePage)()
	b.portal = portal
	return bookOf(portal.Public(), b.Options), nil
}

// bookOf prepares the pages of a public portal. They tell of the files that
// export will make, so they are given the list of them.
func bookOf(portal *model.Portal, o Options) *page.Book {
	var data []page.DataFile
	for _, e := range export.Catalogue(portal, cmp.Or(o.BaseURL, string(portal.BaseURL))) {
		file := page.DataFile{Path: e.Path, Title: e.Title, Type: e.Type, About: e.About, Schema: e.Schema, Report: e.Report}
		for _, f := range e.Fields {
			file.Fields = append(file.Fields, page.DataField{Key: f.Key, Word: f.Word})
		}
		data = append(data, file)
	}
	return page.New(portal, page.Options{BaseURL: o.BaseURL, Now: o.Now, Data: data})
}

// theme opens the theme that the portal names.
func (b *build) theme() (*render.Theme, error) {
	theme, err := openTheme(b.fs, b.portal.Theme)
	var missing problem.Problem
	if errors.As(err, &missing) {
		missing.Place = b.portal.At("theme")
		return nil, b.found(problem.List{missing}, false)
	}
	return theme, err
}

// write renders the pages and sends each file through the rooms behind render.
func (b *build) write(ctx context.Context, book *page.Book) error {
	theme, err := b.theme()
	if err != nil {
		return err
	}
	renderer, found := render.New(theme, render.Options{Site: book.Site()})
	if err := b.found(found, true); err != nil {
		return err
	}
	if b.Stage != "" {
		if err := b.stage(book, renderer); err != nil {
			return fmt.Errorf("write the Hugo project into %s: %w", b.Stage, err)
		}
	}
	tx, err := emit.Begin(b.OutFS, b.out, emit.Options{})
	if err != nil {
		return err
	}
	err = b.fill(ctx, book, renderer, tx)
	if err != nil {
		return errors.Join(err, tx.Abort())
	}
	defer b.watch.start(StageEmit)()
	done, err := tx.Commit(ctx)
	if err != nil {
		return err
	}
	b.result = Result{
		Out: b.Out, Pages: b.result.Pages, Files: done.Written + done.Unchanged,
		BaseURL: book.BaseURL(), Clock: book.Clock(),
		Written: done.Written, Unchanged: done.Unchanged, Removed: done.Removed,
		Replaced: done.Replaced, Unknown: done.Unknown, LeftOut: b.result.LeftOut,
	}
	return nil
}

// stageMark is a file of every staged project; a folder with other files and
// without it is somebody's own.
const stageMark = "hugo.json"

// stage writes the Hugo project of the pages into a folder that is new, empty,
// or holds an earlier one.
func (b *build) stage(book *page.Book, renderer *render.Renderer) error {
	if !filepath.IsAbs(b.Stage) {
		b.Stage = filepath.Join(b.dir, b.Stage)
	}
	entries, err := os.ReadDir(b.Stage)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if len(entries) > 0 {
		if _, err := os.Stat(filepath.Join(b.Stage, stageMark)); err != nil {
			return errors.New("the folder holds other files; name an empty or new one")
		}
		for _, part := range []string{"assets", "content", "i18n", "layouts", "static"} {
			if err := os.RemoveAll(filepath.Join(b.Stage, part)); err != nil {
				return err
			}
		}
	}
	return renderer.Stage(slices.Collect(book.Pages()), afero.NewBasePathFs(afero.NewOsFs(), b.Stage))
}

// fill stages every file of the site. An error, also one that audit finds only
// when all files are there, means that nothing may be committed.
func (b *build) fill(ctx context.Context, book *page.Book, renderer *render.Renderer, tx *emit.Tx) error {
	auditor := audit.New(audit.Options{
		Lang: book.Site().Lang, BaseURL: book.BaseURL(),
		Private: b.portal.WithheldTexts(), Public: b.portal.PublicTexts(),
	})
	line := newLine(ctx, minify.New(), auditor, tx, b.watch)
	found, err := b.feed(book, renderer, line)
	// A worker's error comes first: it is why feed was stopped.
	if closing := line.close(); closing != nil {
		err = closing
	}
	if err != nil {
		return err
	}
	stop := b.watch.start(StageAudit)
	across, err := auditor.Finish(tx.Read)
	stop()
	if err != nil {
		return err
	}
	return b.found(slices.Concat(found, line.problems, across), true)
}

// feed puts everything that the site consists of on the line: built assets,
// pages, evidence files, which go out as they came, and what machines read.
func (b *build) feed(book *page.Book, renderer *render.Renderer, line *line) (problem.List, error) {
	if err := renderer.Assets(line.put); err != nil {
		return nil, err
	}
	stop := b.watch.start(StageRender)
	exporter := export.New(book, b.portal)
	found, err := renderer.Pages(line.ctx, b.counted(exporter.Watch(book.Pages())), line.put)
	stop()
	if err != nil {
		return nil, err
	}
	for _, file := range book.Files() {
		data, err := load.ReadFile(b.fs, DataDir, path.Join("reports", string(file.Report), file.From))
		if err != nil {
			return nil, fmt.Errorf("read the evidence %s: %w", file.From, err)
		}
		if err := line.putAsIs(file.Path, data); err != nil {
			return nil, err
		}
	}
	return found, b.export(exporter, line)
}

// export makes the files that machines read; nobody may change them.
func (b *build) export(exporter *export.Exporter, line *line) error {
	for file := range exporter.Files() {
		stop := b.watch.start(StageExport)
		data, err := file.Bytes()
		stop()
		if err != nil {
			return fmt.Errorf("make %s: %w", file.Path, err)
		}
		if err := line.putAsIs(file.Path, data); err != nil {
			return err
		}
	}
	for _, file := range exporter.LeftOut() {
		b.result.LeftOut = append(b.result.LeftOut, LeftOut{file.Path, string(file.Reason)})
	}
	return nil
}

// counted passes the pages on and tells how many went by.
func (b *build) counted(pages iter.Seq[page.Page]) iter.Seq[page.Page] {
	return func(yield func(page.Page) bool) {
		for p := range pages {
			b.result.Pages++
			b.watch.progress(StageRender, b.result.Pages)
			if !yield(p) {
				return
			}
		}
	}
}
