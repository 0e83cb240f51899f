package site

import (
	"context"
	"fmt"
	"slices"

	"rectify/site/importer"
	"rectify/site/ledger"
	"rectify/site/model"
	"rectify/site/problem"
)

// LedgerError says what is wrong in a clerk's workbook. Nothing was written.
// Marked is her own workbook with red cells.
type LedgerError struct {
	Name     string
	Problems problem.List
	Marked   []byte
}

func (e *LedgerError) Error() string {
	return fmt.Sprintf("mistakes in %s: %d", e.Name, e.Problems.Count(problem.Error))
}

// Ledger gives the portal's workbook for its clerk. It fails with a
// *ProblemError, a *NoPortalError or a *ledger.TooLongError.
func Ledger(ctx context.Context, dir string) ([]byte, *model.Portal, error) {
	d, err := openDesk(ctx, dir, nil, false)
	if err != nil {
		return nil, nil, err
	}
	if d.portal == nil {
		return nil, nil, &NoPortalError{dir}
	}
	data, err := ledger.Write(d.portal)
	return data, d.portal, err
}

// IsLedger tells a workbook that Ledger made.
func IsLedger(data []byte) bool { return ledger.Is(data) }

// ApplyLedger plans what a clerk has changed in a workbook that Ledger made, and
// with o.Write changes the data. It fails like Import, with a *LedgerError, and
// with an *UnsafeError.
func ApplyLedger(ctx context.Context, o ImportOptions) (*Imported, error) {
	d, err := openDesk(ctx, o.Dir, o.source, o.Write)
	if err != nil {
		return nil, err
	}
	if d.portal == nil {
		return nil, &NoPortalError{o.Dir}
	}
	paper := o.Papers[0]
	reading, err := ledger.Read(paper.Name, paper.Data, d.portal, &ledger.Words{
		Status: importer.StatusOf, Deadline: importer.DeadlineOf, Measure: importer.MeasureOf, Names: importer.NamesOf,
	}, o.On)
	if err != nil {
		return nil, &PaperError{problem.List{problem.New(problem.BrokenArchive, problem.Place{File: paper.Name})}}
	}
	if reading.Problems.HasErrors() {
		marked, err := ledger.Mark(paper.Data, reading.Problems)
		if err != nil {
			return nil, err
		}
		return nil, &LedgerError{paper.Name, reading.Problems, marked}
	}
	out := &Imported{Reading: reading, Problems: reading.Problems}
	for _, report := range d.portal.Reports {
		now := withReading(report, reading, d.ids())
		if now == nil {
			continue
		}
		if err := d.revise(report, now); err != nil {
			return nil, err
		}
		if err := d.same(ctx, now); err != nil {
			return nil, err
		}
	}
	out.Files = d.planned()
	if !o.Write {
		return out, nil
	}
	record, err := d.write(ctx, o.Now, "ledger")
	out.Written, out.Undo = err == nil && record.ID != "", record.ID
	return out, err
}

// withReading gives a report with what a workbook says of it, nil where it says
// nothing.
func withReading(report *model.Report, reading *ledger.Reading, taken map[model.IssueID]bool) *model.Report {
	now := *report
	now.Issues = slices.Clone(report.Issues)
	changed := false
	for _, c := range reading.Changed {
		at := slices.IndexFunc(now.Issues, func(i *model.Issue) bool { return i.ID == c.Old.ID })
		if c.Report != report.ID || at < 0 {
			continue
		}
		importer.AddHistory(c.Now, c.Old, c.Day, "整改台账")
		now.Issues[at] = c.Now
		changed = true
	}
	for _, n := range reading.New {
		if n.Report != report.ID {
			continue
		}
		n.Issue.ID = importer.NewID(func(id model.IssueID) bool { return taken[id] }, string(report.ID), string(n.Section), n.Issue.Title)
		taken[n.Issue.ID] = true
		now.Issues = append(now.Issues, n.Issue)
		now.Outline = withIssue(now.Outline, n.Section, n.Issue.ID)
		changed = true
	}
	if !changed {
		return nil
	}
	now.Issues = inOrder(&now)
	return &now
}

// withIssue gives an outline with an issue at the end of a section.
func withIssue(list []model.Section, section model.Slug, id model.IssueID) []model.Section {
	out := slices.Clone(list)
	for i := range out {
		if out[i].ID == section {
			out[i].Issues = append(slices.Clone(out[i].Issues), id)
		}
		out[i].Sections = withIssue(out[i].Sections, section, id)
	}
	return out
}

// inOrder gives the issues of a report in the order of its outline, as load
// does.
func inOrder(r *model.Report) []*model.Issue {
	byID := map[model.IssueID]*model.Issue{}
	for _, issue := range r.Issues {
		byID[issue.ID] = issue
	}
	var out []*model.Issue
	var walk func(list []model.Section)
	walk = func(list []model.Section) {
		for _, s := range list {
			for _, id := range s.Issues {
				if issue := byID[id]; issue != nil {
					out = append(out, issue)
				}
			}
			walk(s.Sections)
		}
	}
	walk(r.Outline)
	return out
}
