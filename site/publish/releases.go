package publish

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

const (
	currentName = "current"  // the link that visitors follow
	releasesDir = "releases" // a folder for each release
	partEnding  = ".part"    // of a release that is not whole yet
	historyName = "history.json.gz"
	recordsDir  = "records"
)

// releases is the layout in which visitors see all of a release at once.
type releases struct {
	x    *disk
	keep int
	pack packing
	now  func() time.Time
}

func (r *releases) layout() Layout { return LayoutReleases }
func (r *releases) state() Shelf   { return r.x.shelf }

func (r *releases) begin() error {
	for _, dir := range []string{"", StateDir, path.Join(StateDir, recordsDir), releasesDir} {
		if err := r.x.folder(dir); err != nil {
			return err
		}
	}
	return nil
}

func (r *releases) tidy() error { return r.x.shelf.sweep() }

func recordName(release string) string { return recordsDir + "/" + release + ".json.gz" }
func releaseDir(release string) string { return releasesDir + "/" + release }
func partDir(release string) string    { return releasesDir + "/" + release + partEnding }

// live follows the link that visitors follow.
func (r *releases) live() (release string, since time.Time, err error) {
	info, err := r.x.Lstat(currentName)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", time.Time{}, nil
	case err != nil:
		return "", time.Time{}, wrap(err, "look at "+currentName)
	case info.Kind != KindLink:
		return "", time.Time{}, &ForeignError{Path: currentName}
	}
	to, err := r.x.Readlink(currentName)
	if err != nil {
		return "", time.Time{}, wrap(err, "look at "+currentName)
	}
	dir, release := path.Split(path.Clean(to))
	if path.Clean(dir) != releasesDir || !isID(release) {
		return "", time.Time{}, &ForeignError{Path: currentName + " → " + to}
	}
	return release, info.Modified, nil
}

// room is a folder of a release as it was found.
type room struct {
	*survey
	record *record
	sums   map[string]string
	unseen bool // it was not looked at: all this is what its record says
}

// room is the folder of a release as it was left.
func (r *record) room() *room {
	s := &survey{}
	var names []string
	for _, e := range r.Files {
		s.files = append(s.files, Found{Path: e.Path, Size: e.Size, Stamp: e.Stamp})
		names = append(names, e.Path)
	}
	s.folders = foldersOf(names)
	return &room{survey: s, record: r, sums: contents(s.files, r), unseen: true}
}

// look reads a folder of a release, which is to hold a tree or what its record
// says; nil if there is none. The tree may be nil.
func (r *releases) look(ctx context.Context, dir, name string, t *Tree) (*room, error) {
	if _, err := r.x.isFolder(releasesDir); err != nil {
		return nil, err
	}
	if there, err := r.x.isFolder(dir); err != nil || !there {
		return nil, err
	}
	known, err := loadRecord(r.x.shelf, recordName(name))
	if err != nil {
		return nil, err
	}
	s, err := r.x.walk(ctx, dir, expecting(t, known))
	if err != nil {
		return nil, err
	}
	found := &room{survey: s, record: known}
	found.sums = contents(s.files, found.record)
	return found, nil
}

// read finds out by reading what is in those files of a room that have the
// right size and whose content is not known.
func (r *releases) read(ctx context.Context, dir string, found *room, size func(path string) int64) error {
	var unknown []Found
	for _, f := range found.files {
		if _, known := found.sums[f.Path]; !known && f.kind == KindFile && f.Size == size(f.Path) {
			unknown = append(unknown, f)
		}
	}
	sums := make([]string, len(unknown))
	at := make([]int, len(unknown))
	for i := range at {
		at[i] = i
	}
	err := each(ctx, at, func(i int) (err error) {
		sums[i], err = r.x.sum(path.Join(dir, unknown[i].Path), unknown[i].Size)
		return err
	})
	for i, f := range unknown {
		if sums[i] != "" {
			found.sums[f.Path] = sums[i]
		}
	}
	return err
}

func (r *releases) plan(ctx context.Context, t *Tree) (*job, error) {
	spool := &spool{}
	j, err := r.against(ctx, t, func(good map[string]entry) ([]*item, error) { return items(ctx, t, r.pack, good, spool) })
	if err != nil {
		spool.close()
		return nil, err
	}
	j.spool = spool
	return j, nil
}

// against holds a tree, of which prepare makes items, against what is on the
// target.
func (r *releases) against(ctx context.Context, t *Tree, prepare func(good map[string]entry) ([]*item, error)) (*job, error) {
	j := &job{tree: t, spool: &spool{}, plan: &Plan{Release: t.ID, Layout: LayoutReleases}}
	live, _, err := r.live()
	if err != nil {
		return nil, err
	}
	j.plan.Live = live
	var shown *room
	if live != "" {
		if shown, err = r.look(ctx, releaseDir(live), live, t); err != nil {
			return nil, err
		}
	}
	if shown == nil {
		// Nothing, or a link into the void.
		shown = &room{survey: &survey{}}
	}
	sizes, known, may := t.byPath(), shown.record.byPath(), expecting(t, shown.record)
	err = r.read(ctx, releaseDir(live), shown, func(p string) int64 {
		switch e, ok := known[p]; {
		case ok && e.Stamp == "" && may(p, e.Size):
			return e.Size
		case shown.record != nil:
			return -1 // it was changed; as what does not matter
		}
		return sizes[p].Size
	})
	if err != nil {
		return nil, err
	}
	j.live, j.shown, j.found = shown.record, shown, shown.sums
	if live == t.ID && shown.record != nil && shown.record.Digest != t.Digest() {
		return nil, &TakenError{Release: t.ID}
	}
	good := intact(shown.record, shown.sums)
	if j.items, err = prepare(good); err != nil {
		return nil, err
	}
	j.items = append(j.items, keepers(shown.record, j.items, func(p string) bool { _, ok := good[p]; return ok }, r.now())...)
	j.plan.Drift = drift(shown.record, shown.files, shown.sums)

	before := map[string]string{}
	own := shown.record.byPath()
	for _, f := range shown.files {
		if e, ours := own[f.Path]; shown.record == nil || ours && e.Kept == 0 {
			before[f.Path] = shown.sums[f.Path]
		}
	}
	j.count(before, func(p string) bool {
		e, ok := own[p]
		return ok && e.Source != "" || shown.record == nil && strings.HasSuffix(p, ".gz")
	})
	if live == t.ID {
		j.leftOver(shown)
	}
	if err := r.lookForRedacted(j); err != nil {
		return nil, err
	}
	if err := r.lookAhead(ctx, j); err != nil {
		return nil, err
	}
	for _, i := range j.items {
		if j.needed(i) {
			j.plan.Send++
			j.plan.Bytes += i.Size
		}
	}
	return j, nil
}

// leftOver finds what is to be taken away from the release that visitors see
// when it is published again: files of ours that are no longer wanted. What
// somebody else put there stays.
func (j *job) leftOver(shown *room) {
	wanted := map[string]bool{}
	for _, i := range j.items {
		wanted[i.Path] = true
	}
	there := map[string]bool{}
	for _, f := range shown.files {
		there[f.Path] = true
	}
	for path, e := range shown.record.byPath() {
		if there[path] && !wanted[path] && e.Kept == 0 {
			j.gone = append(j.gone, path)
		}
	}
	slices.Sort(j.gone)
	if shown.record == nil {
		j.plan.Deleted, j.plan.Delete = nil, 0
	}
}

func (r *releases) history() (*history, error) {
	var h history
	_, err := load(r.x.shelf, historyName, &h)
	return &h, err
}

// names lists the folders of releases, and of what was to become one.
func (r *releases) names() (whole, parts []string, err error) {
	if there, err := r.x.isFolder(releasesDir); err != nil || !there {
		return nil, nil, err
	}
	infos, err := r.x.List(releasesDir)
	if err != nil {
		return nil, nil, wrap(err, "list "+releasesDir)
	}
	for _, info := range infos {
		id, isPart := strings.CutSuffix(info.Name, partEnding)
		switch {
		case info.Kind != KindFolder || !isID(id):
		case isPart:
			parts = append(parts, id)
		default:
			whole = append(whole, id)
		}
	}
	return whole, parts, nil
}

func (r *releases) inspect(ctx context.Context) (*scene, error) {
	live, since, err := r.live()
	if err != nil {
		return nil, err
	}
	s := &scene{live: live, since: since}
	var parts []string
	if s.releases, parts, err = r.names(); err != nil {
		return nil, err
	}
	slices.Sort(s.releases)
	if len(parts) > 0 {
		s.unfinished = parts[0]
	}
	dir := releaseDir(live)
	s.read = func(name string, size int64, w io.Writer) error { return r.x.Read(path.Join(dir, name), size, w) }
	if live == "" {
		return s, nil
	}
	s.holding = func(sums []string) ([]string, error) { return r.holding(sums, live) }
	if there, err := r.x.isFolder(dir); err != nil || !there {
		return s, err
	}
	if s.record, err = loadRecord(r.x.shelf, recordName(live)); err != nil {
		return nil, err
	}
	found, err := r.x.list(ctx, dir)
	if err != nil {
		return nil, err
	}
	s.files = found.files
	return s, nil
}
