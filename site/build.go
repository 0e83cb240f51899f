package site

import (
	"context"
	"crypto/sha256"
	"fmt"
	"path/filepath"

	"github.com/spf13/afero"

	"rectify/site/cache"
	"rectify/site/emit"
	"rectify/site/load"
	"rectify/site/model"
	"rectify/site/problem"
	"rectify/site/release/archive"
)

// DataDir is the folder of a portal that holds its data.
const DataDir = "data"

// Options say what to build, from where and into what.
type Options struct {
	Dir      string         // the portal's folder
	Out      string         // the output folder; relative to Dir unless absolute
	OutFS    afero.Fs       // where Out lies; nil for the disk
	Archive  string         // the folder of the archive; relative to Dir unless absolute, "" for “archive”
	Version  string         // of the program, as releases name it
	BaseURL  string         // instead of the portal's own; "" keeps that
	Now      model.Date     // the clock of the build; "" takes the newest day of the data
	Strict   bool           // warnings stop the build too
	Stage    string         // where to write the Hugo project of the pages too; "" for nowhere
	Progress func(Progress) // told how far the build is; may be nil, may be called from several goroutines

	// Program names the program so exactly that two of one name make the same of
	// the same data. Without it nothing is remembered from build to build: what
	// another program made must not be taken for what this one would make.
	Program string
	Clean   bool // forget what earlier builds made, and read every file of the output folder

	// Set by tests.
	source afero.Fs // of the portal's folder; nil for the disk
	hasty  bool     // the times of files are believed at once
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
	defer b.close()
	b.openCache()
	receipt, sure := b.receiptKey()
	if sure && b.again(ctx, receipt) {
		b.cache.Close(false)
		return b.done(), nil
	}
	err = b.run(ctx)
	if err == nil && sure {
		b.keepReceipt(receipt)
	}
	b.cache.Close(err == nil)
	if err != nil {
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
	defer b.close()
	book, err := b.book(ctx)
	if err != nil {
		return b.done(), err
	}
	_, found := load.Publishing(ctx, b.fs, DataDir)
	if err := b.found(found, false); err != nil || !theme {
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

// openCache makes the build remember.
func (b *build) openCache() {
	if b.Program == "" {
		return
	}
	if b.Clean {
		// What cannot be removed is not read either way: it costs space only.
		_ = b.fs.RemoveAll(cache.Dir)
	}
	b.cache = cache.Open(b.fs, cache.Dir)
}

// run sends the data through all rooms.
func (b *build) run(ctx context.Context) error {
	book, err := b.book(ctx)
	if err != nil {
		return err
	}
	return b.write(ctx, book)
}

// close gives back what the build holds open.
func (b *build) close() {
	if b.archive != nil {
		b.archive.Close()
	}
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
	portal   *model.Portal     // whole, with what is internal
	data     [sha256.Size]byte // digest of what the portal was read from
	cache    *cache.Cache      // nil where nothing is remembered
	watch    *stopwatch
	problems problem.List
	result   Result
	manifest string                               // digest of the manifest of the site, when it is written
	archive  *archive.Archive                     // where there is one
	history  history                              // what was released before
	tell     func(*model.Portal) (history, error) // instead of looking into the archive
	also     sink                                 // gets every file that goes to the output folder; nil for none

	instead   output // takes the files instead of the output folder
	unchecked bool   // the data are those of a release, which had passed the rules of its time

	// settle is called when every file has been looked at, before any of them
	// is public.
	settle func(ctx context.Context, tx *emit.Tx) error
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
