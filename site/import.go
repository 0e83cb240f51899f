package site

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/afero"

	"rectify/site/importer"
	"rectify/site/ledger"
	"rectify/site/load"
	"rectify/site/model"
	"rectify/site/problem"
	"rectify/site/undo"
)

// Paper is a document that somebody hands in.
type Paper struct {
	Name string // for messages
	Data []byte
}

// ImportOptions say what to import, into which portal.
type ImportOptions struct {
	Dir    string // the portal's folder
	Papers []Paper
	ID     model.Slug // of the new report; "" makes one
	Update model.Slug // the report that Update brings the paper into
	On     model.Date // the day of changes in history; "" takes the paper's own
	Write  bool       // otherwise only the plan is made
	Now    time.Time
	// Placeholder are the files, by path, of the report that a new portal brings
	// to be replaced: an import takes them away where nobody has touched them.
	Placeholder map[string][]byte
	source      afero.Fs // of the portal's folder; nil for the disk, set by tests
}

// Action says what becomes of a file.
type Action string

// What a plan does to files.
const (
	Create  Action = "create"
	Replace Action = "replace"
	Remove  Action = "remove"
)

// PlannedFile is a data file that an import writes.
type PlannedFile struct {
	Path   string `json:"path"`
	Action Action `json:"action"`
}

// Imported is what an import found and did.
type Imported struct {
	Documents []*importer.Result
	Revision  *importer.Revision // of an update; else nil
	Reading   *ledger.Reading    // of a workbook that Ledger made; else nil
	Files     []PlannedFile
	Written   bool
	Undo      string       // the record by which it is taken back
	NoPortal  bool         // the folder is no portal: this can only be a plan
	Problems  problem.List // of the papers, worth knowing
}

// PaperError says that papers cannot be read. Nothing was written.
type PaperError struct{ Problems problem.List }

func (e *PaperError) Error() string {
	return fmt.Sprintf("papers that cannot be read: %d", e.Problems.Count(problem.Error))
}

// ReportExistsError says that the portal has a report of this id.
type ReportExistsError struct {
	ID   model.Slug
	Same bool // it was made of the same text: another id would make it a second time
}

func (e *ReportExistsError) Error() string { return "there is a report " + string(e.ID) + " already" }

// NoPortalError says that the folder is no portal.
type NoPortalError struct{ Dir string }

func (e *NoPortalError) Error() string { return e.Dir + " is no portal: it has no data/portal.yaml" }

// UnfinishedError says that an earlier change was cut short.
type UnfinishedError struct{ ID string }

func (e *UnfinishedError) Error() string { return "the change " + e.ID + " was cut short" }

// Import recognises the reports in papers and plans their data files; with
// Write it puts them in place. It fails with a *PaperError, a *ProblemError
// (the portal's own data are broken), a *ReportExistsError, a *NoPortalError or
// an *UnfinishedError, and with an *undo.BusyError.
func Import(ctx context.Context, o ImportOptions) (*Imported, error) {
	d, err := openDesk(ctx, o.Dir, o.source, o.Write)
	if err != nil {
		return nil, err
	}
	out := &Imported{}
	taken := d.ids()
	var bad problem.List
	for _, paper := range o.Papers {
		doc, list := importer.Read(paper.Name, paper.Data)
		if doc == nil {
			bad = append(bad, list...)
			continue
		}
		if at, copied := copyOfLedger(doc); copied {
			bad = append(bad, problem.New(problem.LedgerNoBase, at))
			continue
		}
		out.Problems = append(out.Problems, list...)
		result := importer.Import(doc, importer.Options{
			ID: o.ID, Contact: d.contact(), Unit: d.unit(), On: o.On,
			Taken: func(id model.IssueID) bool { return taken[id] },
		})
		if o.ID == "" {
			result.Report.ID = d.freeID(result.Report.ID)
		}
		if again := d.sameText(result.Report); again != "" {
			return nil, &ReportExistsError{again, true}
		}
		if d.has(result.Report.ID) {
			return nil, &ReportExistsError{ID: result.Report.ID}
		}
		if d.portal != nil {
			for _, have := range d.portal.Reports {
				result.NoteLike(have)
			}
		}
		d.reports = append(d.reports, result.Report.ID)
		for _, issue := range result.Report.Issues {
			taken[issue.ID] = true
		}
		out.Problems = append(out.Problems, result.Notes...)
		out.Documents = append(out.Documents, result)
	}
	if bad.HasErrors() {
		return nil, &PaperError{bad}
	}
	return out, d.finish(ctx, o, out)
}

// copyOfLedger finds the names of a ledger's columns in a paper: a workbook that
// lost its base, or was saved as another kind of file.
func copyOfLedger(doc *importer.Document) (at problem.Place, ok bool) {
	for _, b := range doc.Blocks {
		if b.Row != nil && ledger.AreHeads(b.Row.Cells) {
			return problem.Place{File: doc.Name, Sheet: b.Row.Sheet}, true
		}
	}
	return at, false
}

// finish plans the files of the documents, and writes them if that was asked.
func (d *desk) finish(ctx context.Context, o ImportOptions, out *Imported) error {
	for _, r := range out.Documents {
		for _, f := range r.Files() {
			d.put(path.Join(DataDir, "reports", string(r.Report.ID), f.Name), f.Data)
		}
	}
	out.NoPortal = d.portal == nil
	if d.portal != nil {
		d.clear(o.Placeholder)
	}
	out.Files = d.planned()
	out.Problems.Sort()
	if !o.Write {
		return nil
	}
	record, err := d.write(ctx, o.Now, "import")
	out.Written, out.Undo = err == nil, record.ID
	return err
}

// desk is where changes of a portal's data are laid out before they are made.
type desk struct {
	fs      afero.Fs
	portal  *model.Portal // nil where the folder is no portal
	reports []model.Slug
	files   map[string][]byte // by path; nil removes
}

// openDesk reads the portal. Without one a plan can still be made.
func openDesk(ctx context.Context, dir string, source afero.Fs, write bool) (*desk, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	d := &desk{fs: source, files: map[string][]byte{}}
	if d.fs == nil {
		d.fs = afero.NewBasePathFs(afero.NewOsFs(), abs)
	}
	if _, err := d.fs.Stat(filepath.Join(DataDir, "portal.yaml")); err != nil {
		if write || !errors.Is(err, fs.ErrNotExist) {
			return nil, &NoPortalError{dir}
		}
		return d, nil
	}
	if write && undo.Busy(d.fs) {
		return nil, &undo.BusyError{}
	}
	if r, found := undo.Unfinished(d.fs); found && write {
		return nil, &UnfinishedError{r.ID}
	}
	portal, list := load.Load(ctx, d.fs, DataDir)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if list.HasErrors() {
		list.AddFrames(d.fs)
		return nil, &ProblemError{Problems: list}
	}
	d.portal = portal
	for _, r := range portal.Reports {
		d.reports = append(d.reports, r.ID)
	}
	return d, nil
}

func (d *desk) has(id model.Slug) bool { return slices.Contains(d.reports, id) }

// sameText gives the report that was made of the same text, if there is one.
func (d *desk) sameText(r *model.Report) model.Slug {
	if d.portal == nil {
		return ""
	}
	for _, have := range d.portal.Reports {
		if len(have.Paragraphs) > 0 && slices.Equal(have.Paragraphs, r.Paragraphs) {
			return have.ID
		}
	}
	return ""
}

// freeID gives an id that no report has.
func (d *desk) freeID(id model.Slug) model.Slug {
	for n, try := 2, id; ; n++ {
		if !d.has(try) {
			return try
		}
		try = model.Slug(fmt.Sprintf("%s-%d", id, n))
	}
}

func (d *desk) ids() map[model.IssueID]bool {
	taken := map[model.IssueID]bool{}
	if d.portal != nil {
		for _, r := range d.portal.Reports {
			for _, issue := range r.Issues {
				taken[issue.ID] = true
			}
		}
	}
	return taken
}

func (d *desk) contact() *model.Contact {
	if d.portal == nil {
		return nil
	}
	return d.portal.Contact
}

func (d *desk) unit() string {
	if d.portal == nil {
		return ""
	}
	return d.portal.Unit
}

// put lays out a file.
func (d *desk) put(name string, data []byte) { d.files[name] = data }

// clear takes files away, all of them if nobody has touched any.
func (d *desk) clear(files map[string][]byte) {
	for name, data := range files {
		is, err := afero.ReadFile(d.fs, filepath.FromSlash(name))
		if err != nil || !bytes.Equal(is, data) {
			return
		}
		if _, ours := d.files[name]; ours {
			return
		}
	}
	for name := range files {
		d.put(name, nil)
	}
}

// seen reads what stands at a path, nil if nothing does.
func (d *desk) seen(name string) ([]byte, error) {
	data, err := afero.ReadFile(d.fs, filepath.FromSlash(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if data == nil && err == nil {
		data = []byte{}
	}
	return data, err
}

// changes gives the files that differ from what is there, by path.
func (d *desk) changes() ([]undo.File, error) {
	var out []undo.File
	for _, name := range slices.Sorted(maps.Keys(d.files)) {
		is, err := d.seen(name)
		if err != nil {
			return nil, err
		}
		if data := d.files[name]; !bytes.Equal(is, data) || (is == nil) != (data == nil) {
			out = append(out, undo.File{Path: name, Data: data, Seen: is})
		}
	}
	return out, nil
}

func (d *desk) planned() []PlannedFile {
	changes, err := d.changes()
	if err != nil {
		return nil // write meets it again and says so
	}
	out := make([]PlannedFile, len(changes))
	for i, f := range changes {
		action := Replace
		switch {
		case f.Seen == nil:
			action = Create
		case f.Data == nil:
			action = Remove
		}
		out[i] = PlannedFile{f.Path, action}
	}
	return out
}

// write makes the changes, if the data can be loaded with them.
func (d *desk) write(ctx context.Context, now time.Time, what string) (undo.Record, error) {
	changes, err := d.changes()
	if err != nil || len(changes) == 0 {
		return undo.Record{}, err
	}
	if err := d.try(ctx, changes); err != nil {
		return undo.Record{}, err
	}
	return undo.Write(d.fs, now, what, changes)
}

// try loads the data as they will be.
func (d *desk) try(ctx context.Context, changes []undo.File) error {
	over, err := d.over(changes)
	if err != nil {
		return err
	}
	_, list := load.Load(ctx, over, DataDir)
	if err := ctx.Err(); err != nil {
		return err
	}
	if list.HasErrors() {
		list.AddFrames(over)
		return &ProblemError{Problems: list}
	}
	return nil
}

// Undo takes a change of data back, the one called id or the undo.Last one, and
// gives the files that it restored.
func Undo(dir, id string) (r undo.Record, restored []string, err error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return undo.Record{}, nil, err
	}
	return undo.Back(afero.NewBasePathFs(afero.NewOsFs(), abs), id)
}
