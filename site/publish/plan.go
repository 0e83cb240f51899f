package publish

import (
	"context"
	"io"
	"slices"
	"time"
)

// Layout is how a target keeps a site.
type Layout string

const (
	// LayoutReleases has a folder for each release, and a link “current” to
	// the one that visitors see: they see all of a new release at once.
	LayoutReleases Layout = "releases"

	// LayoutPlain has the files of one site under their own names: each is
	// replaced whole, one after the other.
	LayoutPlain Layout = "plain"
)

// Plan says what a publication would do to what visitors see.
type Plan struct {
	Release string `json:"release"`
	Live    string `json:"live"` // what visitors see now; "" for nothing
	Layout  Layout `json:"layout"`

	// Files of the site, without what is compressed from them.
	Add    int `json:"add"`
	Change int `json:"change"`
	Delete int `json:"delete"`
	Same   int `json:"same"`

	// What has to travel, with what is compressed.
	Send  int   `json:"send"`
	Bytes int64 `json:"bytes"`

	// Resumed counts files that an interrupted publication left on the target
	// and that need not travel again.
	Resumed int `json:"resumed"`

	// Ready says that the whole release is on the target, behind a switch.
	Ready bool `json:"ready"`

	// Gap says that the host may not replace a file in one step: one that
	// changes can be missing for a moment.
	Gap bool `json:"gap,omitempty"`

	// Drift is what was changed by hand in what visitors see.
	Drift Drift `json:"drift"`

	Deleted []string `json:"deleted,omitempty"` // the files that Delete counts

	// Redacted are files of the release that are not published, because their
	// contents had to go.
	Redacted []string `json:"redacted,omitempty"`

	// Purge are other releases on the target that will be removed there,
	// because they hold what had to go.
	Purge []string `json:"purge,omitempty"`
}

// Drift is what differs on a target from what was published there. Paths are
// sorted.
type Drift struct {
	Edited  []string `json:"edited,omitempty"`
	Missing []string `json:"missing,omitempty"`
	Added   []string `json:"added,omitempty"`
}

// Any says whether there is any.
func (d Drift) Any() bool { return len(d.Edited)+len(d.Missing)+len(d.Added) > 0 }

// job is a publication under way.
type job struct {
	tree  *Tree
	plan  *Plan
	items []*item // all that the target is to hold, kept assets among them
	spool *spool
	meter *meter

	// barrier fails where the target is no longer ours to change. It is asked
	// before each step after which visitors see something else; held is the cheap
	// question before each file. Both are nil while there is only a plan.
	barrier, held func() error

	back   bool              // somebody goes back to an earlier release
	live   *record           // of what visitors see; nil if there is none to rely on
	shown  *room             // what they see
	found  map[string]string // path → digest of what they see, as far as known
	ahead  *room             // what an interrupted publication left, or the release itself
	under  bool              // an interrupted publication changed what visitors see
	gone   []string          // files that go last, where they are removed one by one
	early  []string          // files that go first, because they stand in the way of a new one
	record *record           // of what is on the target once it is done
	still  map[string]Found  // path → how a file was found that is to stay as it is
}

// stays notes which items are not sent, but are there, in a room that was looked
// at or in its record.
func (j *job) stays(in *room, is func(*item) bool) {
	if in == nil {
		return
	}
	if j.still == nil {
		j.still = map[string]Found{}
	}
	found := in.byPath()
	for _, i := range j.items {
		if f, ok := found[i.Path]; ok && is(i) {
			j.still[i.Path] = f
		}
	}
}

// untouched says whether a file is as it was before.
func (f Found) untouched(before Found) bool {
	if before.modified.IsZero() { // it was not looked at, but its record is
		return f.Stamp == before.Stamp
	}
	return f.modified.Equal(before.modified)
}

// nothing says that the target is already as it should be.
func (j *job) nothing() bool {
	return j.plan.Live == j.tree.ID && j.plan.Send == 0 && len(j.gone)+len(j.early)+len(j.plan.Purge) == 0 && !j.under
}

// has says what the target has under a path beyond what visitors see.
func (j *job) has(path string) string {
	if j.ahead == nil {
		return ""
	}
	return j.ahead.sums[path]
}

// needed says whether an item has to travel.
func (j *job) needed(i *item) bool {
	return !j.plan.Ready && i.kept == 0 && j.found[i.Path] != i.SHA256 && j.has(i.Path) != i.SHA256
}

// makeRecord writes down what is on the target, from a list of it that was made
// after all was sent: a file that is missing there, or has another size, was
// lost on the way. host is the time of that list by the clock of the host.
func (j *job) makeRecord(files []Found, now, host time.Time) error {
	there := make(map[string]Found, len(files))
	for _, f := range files {
		there[f.Path] = f
	}
	j.record = &record{
		Format: format, Release: j.tree.ID, Digest: j.tree.Digest(),
		At: now.UTC().Format(time.RFC3339), Files: make([]entry, 0, len(j.items)),
	}
	for _, f := range j.tree.Files {
		if f.Redacted {
			j.record.Redacted = append(j.record.Redacted, f)
		}
	}
	for _, i := range j.items {
		f, ok := there[i.Path]
		before, stays := j.still[i.Path]
		if !ok || f.kind != KindFile || f.Size != i.Size || stays && !f.untouched(before) {
			return &DamageError{Path: i.Path}
		}
		j.record.Files = append(j.record.Files, i.entry(f.stampAt(host)))
	}
	return nil
}

func (j *job) close() { j.spool.close() }

// prepare makes sure that there is something to send of an item, and that it may
// still be sent.
func (j *job) prepare(i *item) error {
	if j.held != nil {
		if err := j.held(); err != nil {
			return err
		}
	}
	if i.open != nil {
		return nil
	}
	return j.spool.pack(i)
}

// engine is what a layout does. Each step can be repeated, also by another
// process, whatever became of the one before.
type engine interface {
	layout() Layout
	state() Shelf // where the lock lies
	begin() error // makes the state folder, so that the lock has a place
	tidy() error  // removes, under the lock, what a publisher was writing when it died
	plan(ctx context.Context, t *Tree) (*job, error)
	send(ctx context.Context, j *job) error
	turn(ctx context.Context, j *job) error // makes the release the one that visitors see
	clean(ctx context.Context, j *job) error
	// back plans to show a release again that lies whole on the target; nil
	// if none does. redacted is as in Tree.
	back(ctx context.Context, release string, redacted []string) (*job, error)
	inspect(ctx context.Context) (*scene, error)
	history() (*history, error)
}

// scene is what Status looks at.
type scene struct {
	live       string
	since      time.Time
	unfinished string   // the release of a publication that was interrupted
	releases   []string // on the target, sorted
	record     *record
	files      []Found
	read       func(path string, size int64, w io.Writer) error

	// holding gives the other releases on the target that hold one of some
	// contents; nil where there are no others.
	holding func(sums []string) ([]string, error)
}

// count fills in what the plan says of files. before are the files that
// visitors see, wanted those of the tree with all that goes with them.
func (j *job) count(before map[string]string, packed func(path string) bool) {
	p := j.plan
	p.Redacted = j.tree.redacted()
	wanted := make(map[string]bool, len(j.items))
	for _, i := range j.items {
		wanted[i.Path] = true
		if i.twin || i.kept != 0 {
			continue
		}
		sum, there := before[i.Path]
		switch {
		case !there:
			p.Add++
		case sum != i.SHA256:
			p.Change++
		default:
			p.Same++
		}
	}
	for path := range before {
		if !wanted[path] && !packed(path) {
			p.Deleted = append(p.Deleted, path)
		}
	}
	slices.Sort(p.Deleted)
	p.Delete = len(p.Deleted)
}

// tooMany is the part of a site whose deletion somebody has to confirm: the
// wrong folder, or half a build, looks like that.
func (p *Plan) tooMany() bool {
	of := p.Change + p.Delete + p.Same
	return p.Delete*5 > of
}

// drift compares what was published with what was found.
func drift(published *record, found []Found, sums map[string]string) Drift {
	var d Drift
	if published == nil {
		return d
	}
	there := make(map[string]bool, len(found))
	for _, f := range found {
		there[f.Path] = true
	}
	for _, e := range published.Files {
		switch {
		case !there[e.Path]:
			d.Missing = append(d.Missing, e.Path)
		case sums[e.Path] != e.SHA256:
			d.Edited = append(d.Edited, e.Path)
		}
	}
	ours := published.byPath()
	for _, f := range found {
		if _, ok := ours[f.Path]; !ok {
			d.Added = append(d.Added, f.Path)
		}
	}
	slices.Sort(d.Edited)
	slices.Sort(d.Missing)
	return d
}

// intact are the entries of a record whose files are on the target unharmed.
func intact(r *record, sums map[string]string) map[string]entry {
	good := map[string]entry{}
	for path, e := range r.byPath() {
		if sums[path] == e.SHA256 {
			good[path] = e
		}
	}
	return good
}
