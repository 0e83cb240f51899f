package site

import (
	"context"
	"encoding/json"
	"fmt"
	"path"
	"strings"
	"time"

	"github.com/spf13/afero"

	"rectify/site/audit"
	"rectify/site/emit"
	"rectify/site/export"
	"rectify/site/load"
	"rectify/site/model"
	"rectify/site/page"
	"rectify/site/problem"
	"rectify/site/release"
	"rectify/site/release/archive"
	"rectify/site/release/diff"
	"rectify/site/release/sign"
	"rectify/site/release/snapshot"
)

// ReleaseOptions say what to release.
type ReleaseOptions struct {
	Options
	ID       string
	Time     time.Time    // of the release; its day is the clock of the build
	Secret   *sign.Secret // nil for none
	Unsigned bool         // although trust.yaml has a key
}

// ReleaseResult says what a release made.
type ReleaseResult struct {
	Result
	ID         string        `json:"id"`
	Time       string        `json:"time"`
	Content    string        `json:"content_digest"`
	Manifest   string        `json:"manifest_sha256"`
	Signer     string        `json:"signer,omitempty"`
	Checkpoint string        `json:"checkpoint"`
	Changes    *diff.Changes `json:"-"`
}

// ArchivedError says that a release is in the archive, and that the output
// folder could not be brought to show it.
type ArchivedError struct {
	ID  string
	Err error
}

func (e *ArchivedError) Error() string {
	return fmt.Sprintf("release %s is in the archive, but the output folder could not be written (run rectify restore %s on it): %v", e.ID, e.ID, e.Err)
}

func (e *ArchivedError) Unwrap() error { return e.Err }

// Release makes a release: it holds the approval against the data, finds what
// changed, builds, audits, archives, signs and logs, all or nothing. It fails
// with a *ProblemError where something stands in its way, and with one of the
// errors of archive where that cannot be written; in both cases the archive is
// as it was. An *ArchivedError says that the release was made and the output
// folder is behind.
func Release(ctx context.Context, o ReleaseOptions) (ReleaseResult, error) {
	r := releasing{ReleaseOptions: o}
	r.Time = o.Time.In(china).Truncate(time.Second)
	r.Now = model.Date(r.Time.Format(time.DateOnly))
	b, err := newBuild(r.Options)
	if err != nil {
		return ReleaseResult{}, err
	}
	r.build = b
	if err := r.ready(); err != nil {
		return ReleaseResult{}, err
	}
	r.Dir = b.dir
	tx, err := archive.Begin(r.archiveDir())
	if err != nil {
		return ReleaseResult{}, err
	}
	defer tx.Abort()
	r.tx = tx
	b.tell, b.settle = r.tell, r.settle
	b.also = &siteSink{tx: tx, approved: func(path string) string { return r.approved[path] }}
	r.ctx = ctx
	book, err := b.book(ctx)
	if err != nil {
		return ReleaseResult{}, err
	}
	if err := b.write(ctx, book); err != nil {
		if r.archived {
			err = &ArchivedError{r.ID, err}
		}
		return ReleaseResult{}, err
	}
	r.result.Result = b.done()
	return r.result, nil
}

// releasing is one release in the making.
type releasing struct {
	ReleaseOptions
	build    *build
	tx       *archive.Tx
	ctx      context.Context
	changes  *diff.Changes
	content  string
	approved map[string]string // digests of what goes out as it is, by path in the site
	archived bool
	result   ReleaseResult
}

// siteSink takes the files of the site into the archive. Images and evidence are
// read once for the digest that was approved and again for the site: between
// the two somebody may have exchanged them.
type siteSink struct {
	tx       *archive.Tx
	approved func(path string) string // "" for what is made
}

func (s *siteSink) Put(path string, data []byte) error {
	if want := s.approved(path); want != "" && want != hexSum(data) {
		return changedMeanwhile(path)
	}
	return s.tx.Put(archive.Site, path, data)
}

func changedMeanwhile(path string) error {
	return &ProblemError{Problems: problem.List{problem.New(problem.ChangedMeanwhile, problem.Place{}, path)}}
}

// ready refuses what can be refused before anything is read.
func (r *releasing) ready() error {
	if !archive.ValidID(r.ID) {
		return badID(r.ID)
	}
	status, err := emit.Inspect(r.build.OutFS, r.build.out)
	if err != nil {
		return err
	}
	if status.State == emit.Unfinished {
		return &ProblemError{Problems: problem.List{problem.New(problem.SiteUnfinished, problem.Place{}, r.Out)}}
	}
	return nil
}

// tell decides whether the release may be made, and what its site says of
// releases. It is called when the data have been read and checked.
func (r *releasing) tell(public *model.Portal) (history, error) {
	b, a := r.build, r.tx.Archive()
	now, err := b.side(public)
	if err != nil {
		return history{}, err
	}
	r.content = release.ContentDigest(public, now.Evidence, now.Images)
	r.approved = map[string]string{}
	for name, sum := range now.Evidence {
		r.approved["files/"+name] = sum
	}
	for name, sum := range now.Images {
		r.approved["images/"+name] = sum
	}
	found := r.refuse(a, b.portal)
	before, err := previousSide(r.ctx, a)
	if err != nil {
		return history{}, err
	}
	r.changes = diff.Compare(before, now)
	if newest := a.Newest(); newest != nil {
		r.changes.Previous = newest.ID
		found = append(found, lost(r.changes, newest.ID)...)
	}
	if err := b.found(found, false); err != nil {
		return history{}, err
	}
	r.changes.Release, r.changes.Time = r.ID, r.Time.Format(time.RFC3339)
	h, inputs, err := r.history(a, public)
	if err != nil {
		return history{}, err
	}
	return h, r.data(public, now, inputs)
}

// inputs is what a build was told beside the data, kept so that the same site
// can be built again.
type inputs struct {
	Format    int                        `json:"format"`
	Snapshots map[string][]page.Snapshot `json:"snapshots,omitempty"` // by release
}

// inputsName is the file of the archived data that holds them.
const inputsName = "build.json"

// history is what the site tells: the releases before, and this one.
func (r *releasing) history(a *archive.Archive, public *model.Portal) (history, inputs, error) {
	h, in := history{}, inputs{Format: 1, Snapshots: map[string][]page.Snapshot{}}
	h.addKeys(public.Trust, r.Now)
	for _, one := range a.Releases() {
		snapshots := snapshotsOf(a, one)
		if len(snapshots) > 0 {
			in.Snapshots[one.ID] = snapshots
		}
		if err := h.add(one, public, snapshots, gone(a, one, -1)); err != nil {
			return history{}, in, err
		}
	}
	err := h.addCurrent(r.page(), r.changes, public.Language)
	return h, in, err
}

// page is this release as its site tells of it.
func (r *releasing) page() page.Release {
	one := page.Release{
		ID: r.ID, Time: model.Minute(r.Time.Format("2006-01-02 15:04")), Content: r.content, Code: release.ShortCode(r.content),
	}
	if r.Secret != nil {
		one.Signer = r.Secret.Public().Fingerprint()
	}
	return one
}

// data archives the public part of the data. That nothing else is in it is
// looked at again, as audit looks at the site; and it is read back, since it
// must say what was approved: prose and source texts come from the disk a second
// time, which somebody may be writing to.
func (r *releasing) data(public *model.Portal, now diff.Side, in inputs) error {
	b := r.build
	kept := afero.NewMemMapFs()
	auditor := audit.New(audit.Options{Private: b.portal.WithheldTexts(), Public: b.portal.PublicTexts()})
	var found problem.List
	put := func(name string, data []byte) error {
		for _, p := range auditor.Add(name, data) {
			if p.Code == problem.PrivateText {
				p.Place.File = path.Join(ArchiveDir, name)
				found = append(found, p)
			}
		}
		if err := afero.WriteFile(kept, name, data, 0o644); err != nil {
			return err
		}
		return r.tx.Put(archive.Data, name, data)
	}
	for file, err := range load.Published(b.fs, DataDir, public) {
		if err == nil {
			err = put(path.Join(DataDir, file.Name), file.Data)
		}
		if err != nil {
			return err
		}
	}
	for _, kind := range export.Kinds() {
		schema, err := export.Schema(kind)
		if err == nil {
			err = put(path.Join(DataDir, "schema", string(kind)+".json"), schema)
		}
		if err != nil {
			return err
		}
	}
	text, err := json.MarshalIndent(in, "", "  ")
	if err == nil {
		err = put(inputsName, append(text, '\n'))
	}
	if err != nil {
		return err
	}
	if err := b.found(found, true); err != nil {
		return err
	}
	again, found := load.Load(r.ctx, kept, DataDir)
	if err := r.ctx.Err(); err != nil {
		return err
	}
	if found.HasErrors() || release.ContentDigest(again.Public(), now.Evidence, now.Images) != r.content {
		return changedMeanwhile(DataDir)
	}
	return nil
}

// settle makes the release part of the archive, once its site has passed the
// audit, and puts what lies beside the site into the output folder.
func (r *releasing) settle(ctx context.Context, out *emit.Tx) error {
	b := r.build
	defer b.watch.start(StageArchive)()
	b.watch.progress(Progress{Stage: StageArchive})
	public := b.portal.Public()
	theme, err := b.theme()
	if err != nil {
		return err
	}
	m := &archive.Manifest{
		Format: archive.Format, ID: r.ID, Time: r.changes.Time, Content: r.content, Reports: totalsOf(public),
		Portal:  archive.Portal{Name: public.Name, Unit: public.Unit, BaseURL: b.base(public), Language: string(public.Language)},
		Mark:    hexSum(snapshot.Mark(r.ID, string(public.Language), r.Time)),
		Program: archive.Program{Version: r.Version, Theme: theme.Digest(), Clock: string(r.Now)},
	}
	if newest := r.tx.Archive().Newest(); newest != nil {
		m.Previous = &archive.Previous{ID: newest.ID, Manifest: newest.Digest}
	}
	if m.Site, m.Data, err = r.tx.Seal(ctx); err != nil {
		return err
	}
	address := m.Portal.BaseURL
	if address == "" {
		// A log wants a name of its own; that of its first manifest's content
		// will not occur twice.
		address = "rectify.invalid/" + strings.TrimPrefix(r.content, "sha256:")[:16]
	}
	record, err := release.RecordRelease(r.tx.Archive(), m, address, r.Secret)
	if err != nil {
		return err
	}
	changes, err := encodeChanges(r.changes)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	err = r.tx.Commit(archive.Final{
		Manifest: record.Document, Signatures: record.Signatures, Changes: changes, Log: record.Log, Checkpoint: record.Checkpoint,
	})
	r.archived = r.tx.Entered()
	if err != nil {
		return err
	}
	checkpoint, _, _ := strings.Cut(string(record.Checkpoint), "\n\n")
	r.result = ReleaseResult{
		ID: r.ID, Time: m.Time, Content: r.content, Manifest: hexSum(record.Document), Signer: m.Signer,
		Checkpoint: strings.TrimSuffix(checkpoint, "\n"), Changes: r.changes,
	}
	a, err := archive.Open(r.archiveDir())
	if err != nil {
		return err
	}
	defer a.Close()
	return besides(a, out, nil)
}

// base is the address of the site, "" where it has none.
func (b *build) base(public *model.Portal) string {
	base := b.BaseURL
	if base == "" {
		base = string(public.BaseURL)
	}
	if base != "" && !strings.HasSuffix(base, "/") {
		base += "/"
	}
	return base
}

func totalsOf(p *model.Portal) []archive.Totals {
	out := []archive.Totals{}
	for _, report := range p.Reports {
		counted := report.Totals()
		t := archive.Totals{Report: string(report.ID), Issues: counted.Issues, Measures: counted.Measures, Status: map[string]int{}}
		for _, issue := range report.Issues {
			if issue.Withdrawn != nil {
				t.Withdrawn++
			}
		}
		for code, n := range counted.Status {
			t.Status[string(code)] = n
		}
		for _, d := range report.Declared {
			t.Declared = append(t.Declared, archive.Declared{Label: d.Label, N: d.N, Unit: d.Unit})
		}
		out = append(out, t)
	}
	return out
}
