package site

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"rectify/site/internal/osdisk"
	"rectify/site/model"
	"rectify/site/problem"
	"rectify/site/release"
	"rectify/site/release/archive"
	"rectify/site/release/diff"
	"rectify/site/release/sheet"
	"rectify/site/release/sign"
)

// ApproveOptions say what is to be approved.
type ApproveOptions struct {
	Options
	ID   string    // of the release to come
	Time time.Time // on which the sheet is made
	Lang problem.Lang
}

// ApproveResult is what there is to sign.
type ApproveResult struct {
	ID       string       `json:"id"`
	Content  string       `json:"content_digest"`
	Code     string       `json:"short_code"`
	Record   string       `json:"record"` // the file of the approval
	Written  bool         `json:"record_written"`
	Stale    bool         `json:"record_stale"` // the record is there and names another digest
	Sheet    sheet.Sheet  `json:"-"`
	Problems problem.List `json:"-"`
}

// Approve prepares a release: it reads and checks the data, compares them with
// the newest release, and writes the draft of the approval with the digest of
// the content. A record that is there is never changed.
func Approve(ctx context.Context, o ApproveOptions) (ApproveResult, error) {
	b, err := newBuild(o.Options)
	if err != nil {
		return ApproveResult{}, err
	}
	if !archive.ValidID(o.ID) {
		return ApproveResult{}, badID(o.ID)
	}
	defer b.close()
	now, err := b.working(ctx)
	if err != nil {
		return ApproveResult{}, err
	}
	public := now.Portal
	content := release.ContentDigest(public, now.Evidence, now.Images)
	s := sheet.Sheet{
		Lang: o.Lang, ID: o.ID, Portal: public.Name, Unit: public.Unit, Day: o.Time.In(china).Format(time.DateOnly),
		Content: content, Code: release.ShortCode(content), Keys: sheetKeys(public.Trust),
	}
	before, err := b.fillSheet(ctx, &s, o.ID)
	if err != nil {
		return ApproveResult{}, err
	}
	s.Changes = diff.Compare(before, now)
	s.Changes.Previous = s.Previous
	if err := b.found(lost(s.Changes, s.Previous), false); err != nil {
		return ApproveResult{}, err
	}
	s.Full = allOf(public, s.Changes)
	r := ApproveResult{ID: o.ID, Content: content, Code: s.Code, Record: filepath.Join(DataDir, "releases", o.ID+".yaml"), Sheet: s}
	for _, a := range b.portal.Approvals {
		if string(a.ID) == o.ID {
			r.Stale = string(a.ContentDigest) != content
			b.problems.Sort()
			r.Problems = b.problems
			return r, nil
		}
	}
	if err := writeRecord(filepath.Join(b.dir, r.Record), o.ID, content); err != nil {
		return ApproveResult{}, err
	}
	r.Written = true
	b.problems.Sort()
	r.Problems = b.problems
	return r, nil
}

func badID(id string) error {
	return &ProblemError{Problems: problem.List{problem.New(problem.BadID, problem.Place{}, id,
		problem.Both("期号:小写字母、数字、连字符,至多 64 个,不能是 index、log、keys 等", "a release's id: lower-case letters, digits and hyphens, not index, log, keys …"))}}
}

// working reads and checks the working data and gives what is public of them.
func (b *build) working(ctx context.Context) (diff.Side, error) {
	b.tell = func(*model.Portal) (history, error) { return history{}, nil }
	if _, err := b.book(ctx); err != nil {
		return diff.Side{}, err
	}
	return b.side(b.portal.Public())
}

// fillSheet takes from the archive what stands on a sheet, and gives the newest
// release to compare with; nil where there is none.
func (b *build) fillSheet(ctx context.Context, s *sheet.Sheet, id string) (*diff.Side, error) {
	a, err := openArchive(b.Options)
	if errors.Is(err, ErrNoArchive) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer a.Close()
	if _, err := a.Release(id); err == nil {
		return nil, &ProblemError{Problems: problem.List{problem.New(problem.ReleaseExists, problem.Place{}, id)}}
	}
	if newest := a.Newest(); newest != nil {
		s.Previous = newest.ID
	}
	checkpoint, err := a.Checkpoint()
	if err != nil {
		return nil, err
	}
	s.Checkpoint, _, _ = strings.Cut(string(checkpoint), "\n\n")
	return previousSide(ctx, a)
}

func sheetKeys(trust *model.Trust) (out []sheet.Key) {
	if trust == nil {
		return nil
	}
	for _, k := range trust.Keys {
		if public, err := sign.ParsePublic(string(k.Public)); err == nil {
			out = append(out, sheet.Key{Name: k.Name, Fingerprint: public.Fingerprint(), From: string(k.From), Until: string(k.Until)})
		}
	}
	return out
}

// allOf lists what nobody has seen published yet, for those who have to read it:
// new reports and new issues, of a first release all.
func allOf(p *model.Portal, changes *diff.Changes) (out []sheet.Paragraph) {
	for _, report := range p.Reports {
		fresh := slices.ContainsFunc(changes.Reports, func(r diff.Report) bool { return r.ID == report.ID && r.Kind == diff.New })
		if changes.Before == nil || fresh {
			out = append(out, sheet.Paragraph{Heading: report.Title, Text: joined(partTexts(report.Parts))})
		}
		for _, issue := range report.Issues {
			fresh := slices.ContainsFunc(changes.Items, func(i diff.Item) bool { return i.ID == issue.ID && i.Kind == diff.New })
			if changes.Before == nil || fresh {
				out = append(out, paragraph(issue))
			}
		}
	}
	return out
}

func partTexts(parts []model.Part) (texts []string) {
	for i := range parts {
		texts = append(texts, parts[i].Label+parts[i].Title, parts[i].Text)
		texts = append(texts, partTexts(parts[i].Parts)...)
	}
	return texts
}

func paragraph(issue *model.Issue) sheet.Paragraph {
	if issue.Withdrawn != nil {
		return sheet.Paragraph{Heading: issue.ID.String(), Text: string(issue.Withdrawn.On) + " " + issue.Withdrawn.Why}
	}
	texts := []string{issue.Finding, issue.Goal}
	for i := range issue.Measures {
		texts = append(texts, issue.Measures[i].Printed())
	}
	texts = append(texts, issue.Result)
	if issue.Status.Code != model.NotStated {
		texts = append(texts, strings.TrimSpace(issue.Status.Code.Word(model.SimplifiedChinese)+" "+issue.Status.Printed+" "+string(issue.Status.AsOf)+" "+issue.Status.Basis))
	}
	if issue.Deadline != nil {
		texts = append(texts, strings.TrimSpace(string(issue.Deadline.Date)+" "+issue.Deadline.Printed))
	}
	o := issue.Owners
	texts = append(texts, slices.Concat([]string{o.Leader}, o.LeadUnits, o.CoUnits, []string{o.Supervisor})...)
	for _, e := range issue.Evidence {
		texts = append(texts, e.Title+" "+e.File)
	}
	return sheet.Paragraph{Heading: issue.ID.String() + " " + issue.Heading(), Text: joined(texts)}
}

func joined(texts []string) string {
	var out []string
	for _, text := range texts {
		if text != "" {
			out = append(out, text)
		}
	}
	return strings.Join(out, "\n")
}

const recordForm = `# %[1]s 期的审批记录。纸质审签单签好以后,填上三处经手人和日期,再运行
#     rectify release %[1]s
# who 可以写职务代替姓名。这个文件留在单位,不会公开。
# content_digest 是批准的内容;数据再改,它就不相符,要重新审签。
#
# The approval of release %[1]s: when the paper sheet has been signed, fill in who
# (a role may stand for a name) and the days. This file is never published.
drafted_by: {who: , on: }
reviewed_by: {who: , on: }
approved_by: {who: , on: }
note:
content_digest: %[2]s
`

// writeRecord writes the draft of an approval, whole or not at all, and where
// there is none.
func writeRecord(name, id, content string) error {
	err := os.MkdirAll(filepath.Dir(name), 0o777)
	if err == nil {
		err = osdisk.WriteNew(name, 0o644, func(w io.Writer) error {
			_, err := fmt.Fprintf(w, recordForm, id, content)
			return err
		})
	}
	if err != nil {
		return fmt.Errorf("write the approval %s: %w", name, err)
	}
	return nil
}

// WriteFile writes a file that somebody asked for, whole or not at all. Its
// errors name no file.
func WriteFile(name string, write func(io.Writer) error) error {
	return osdisk.WriteWhole(name, 0o644, write)
}

// WriteSecret does the same for a file that nobody else may read, where there is
// none of the name; it fails with fs.ErrExist where there is.
func WriteSecret(name string, write func(io.Writer) error) error {
	return osdisk.WriteNew(name, 0o600, write)
}
