package site

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"

	"github.com/spf13/afero"

	"rectify/site/importer"
	"rectify/site/load"
	"rectify/site/model"
	"rectify/site/problem"
	"rectify/site/undo"
)

// NoReportError says that the portal has no report of this id.
type NoReportError struct {
	ID   model.Slug
	Have []model.Slug
}

func (e *NoReportError) Error() string { return "there is no report " + string(e.ID) }

// UnsafeError says that files are not written in a way that can be edited: what
// would come of it is not what was meant. Nothing was written.
type UnsafeError struct {
	Path string
	Err  error
}

func (e *UnsafeError) Error() string { return "edit " + e.Path + ": " + e.Err.Error() }
func (e *UnsafeError) Unwrap() error { return e.Err }

var errOtherwise = errors.New("the files would say something else")

// Update brings a later paper of the same inspection, or a ledger of its
// issues, into the report o.Update. It fails like Import, and with a
// *NoReportError or an *UnsafeError.
func Update(ctx context.Context, o ImportOptions) (*Imported, error) {
	d, err := openDesk(ctx, o.Dir, o.source, o.Write)
	if err != nil {
		return nil, err
	}
	if d.portal == nil {
		return nil, &NoPortalError{o.Dir}
	}
	old, err := d.report(o.Update)
	if err != nil {
		return nil, err
	}
	paper := o.Papers[0]
	doc, list := importer.Read(paper.Name, paper.Data)
	if doc == nil {
		return nil, &PaperError{list}
	}
	if at, copied := copyOfLedger(doc); copied {
		return nil, &PaperError{problem.List{problem.New(problem.LedgerNoBase, at)}}
	}
	taken := d.ids()
	options := importer.Options{ID: old.ID, Contact: d.contact(), Unit: d.unit()}
	first := old
	sourceName := d.inReport(old.ID, "source.txt")
	if data, err := d.seen(sourceName); err != nil {
		return nil, err
	} else if source, _ := importer.Read("source.txt", data); source != nil {
		first = importer.Import(source, options).Report
	}
	result := importer.Import(doc, options)
	revision := importer.Update(old, first, result, importer.UpdateOptions{On: o.On, Taken: func(id model.IssueID) bool { return taken[id] }})
	out := &Imported{Documents: []*importer.Result{result}, Revision: revision, Problems: list}
	out.Problems = append(append(out.Problems, result.Notes...), revision.Notes...)
	// What changes has its day from o.On, or a note of its own.
	out.Problems = slices.DeleteFunc(out.Problems, func(p problem.Problem) bool { return p.Code == problem.NoDayOfStatus })
	out.Problems.Sort()
	revision.Report.Issues = inOrder(revision.Report)
	if err := d.revise(old, revision.Report); err != nil {
		return nil, err
	}
	if !doc.IsTable() {
		d.put(sourceName, []byte(doc.Text))
	}
	if err := d.same(ctx, revision.Report); err != nil {
		return nil, err
	}
	out.Files = d.planned()
	if !o.Write {
		return out, nil
	}
	record, err := d.write(ctx, o.Now, "update "+string(old.ID))
	out.Written, out.Undo = err == nil && record.ID != "", record.ID
	return out, err
}

func (d *desk) report(id model.Slug) (*model.Report, error) {
	for _, r := range d.portal.Reports {
		if r.ID == id {
			return r, nil
		}
	}
	return nil, &NoReportError{id, d.reports}
}

func (d *desk) inReport(id model.Slug, name string) string {
	return path.Join(DataDir, "reports", string(id), name)
}

// revise lays out the files of a report with other values, each edited where it
// differs.
func (d *desk) revise(old, now *model.Report) error {
	if err := d.edit(d.inReport(old.ID, "report.yaml"), func(data []byte) ([]byte, error) {
		return importer.EditReport(data, old, now)
	}); err != nil {
		return err
	}
	before := map[model.IssueID]*model.Issue{}
	for _, issue := range old.Issues {
		before[issue.ID] = issue
	}
	for _, issue := range now.Issues {
		was := before[issue.ID]
		if was == nil {
			d.put(d.inReport(old.ID, "issues/"+issue.ID.String()+".yaml"), importer.IssueFile(issue))
			continue
		}
		if err := d.edit(was.Self().File, func(data []byte) ([]byte, error) {
			return importer.EditIssue(data, was, issue)
		}); err != nil {
			return err
		}
	}
	return nil
}

func (d *desk) edit(name string, change func([]byte) ([]byte, error)) error {
	data, err := d.seen(name)
	if err != nil {
		return err
	}
	out, err := change(data)
	if err != nil {
		return &UnsafeError{name, err}
	}
	if !bytes.Equal(out, data) {
		d.put(name, out)
	}
	return nil
}

// same loads the data as they will be and holds them against what was meant:
// files are edited in their text, and a text may have its traps.
func (d *desk) same(ctx context.Context, want *model.Report) error {
	changes, err := d.changes()
	if err != nil || len(changes) == 0 {
		return err
	}
	over, err := d.over(changes)
	if err != nil {
		return err
	}
	portal, list := load.Load(ctx, over, DataDir)
	if err := ctx.Err(); err != nil {
		return err
	}
	if list.HasErrors() {
		list.AddFrames(over)
		return &ProblemError{Problems: list}
	}
	for _, got := range portal.Reports {
		if got.ID == want.ID {
			if a, b := recorded(got), recorded(want); !bytes.Equal(a, b) {
				return &UnsafeError{d.inReport(want.ID, ""), fmt.Errorf("%w: %s", errOtherwise, firstDifference(a, b))}
			}
		}
	}
	return nil
}

// over is the portal's folder with the changes made.
func (d *desk) over(changes []undo.File) (afero.Fs, error) {
	layer := afero.NewMemMapFs()
	for _, f := range changes {
		if f.Data == nil {
			continue
		}
		if err := afero.WriteFile(layer, filepath.FromSlash(f.Path), f.Data, 0o644); err != nil {
			return nil, err
		}
	}
	return afero.NewCopyOnWriteFs(afero.NewReadOnlyFs(d.fs), layer), nil
}

// recorded gives the values of a report, to be compared.
func recorded(r *model.Report) []byte {
	data, err := json.Marshal(importer.RecordOf(r))
	if err != nil {
		return []byte(err.Error())
	}
	return data
}

func firstDifference(a, b []byte) string {
	at := 0
	for at < len(a) && at < len(b) && a[at] == b[at] {
		at++
	}
	const around = 60
	part := func(x []byte) []byte {
		return bytes.ToValidUTF8(x[max(0, min(at-around, len(x))):min(len(x), at+around)], nil)
	}
	return fmt.Sprintf("%q, not %q", part(a), part(b))
}
