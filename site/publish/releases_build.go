package publish

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"time"
)

// build makes the folder of the release, beside the one that visitors see. If
// what was there already turns out not to be as its record said, it is made once
// more from what is found there.
func (r *releases) build(ctx context.Context, j *job) error {
	if err := r.open(ctx, j); err != nil {
		return err
	}
	part := partDir(j.tree.ID)
	if j.ahead != nil && j.ahead.unseen {
		err := r.fill(ctx, j, part)
		var source *SourceError
		if err == nil || errors.Is(err, ErrLost) || errors.Is(err, ErrFull) || errors.Is(err, ErrSpool) || errors.As(err, &source) || ctx.Err() != nil {
			return err
		}
		if j.ahead, err = r.look(ctx, part, j.tree.ID+partEnding, j.tree); err != nil {
			return err
		}
		if err := r.fathom(ctx, j, part); err != nil {
			return err
		}
	}
	return r.fill(ctx, j, part)
}

// fill puts into the unfinished folder what it does not have.
func (r *releases) fill(ctx context.Context, j *job, part string) error {
	if err := r.strip(ctx, j, part); err != nil {
		return err
	}
	if err := r.claim(j); err != nil {
		return err
	}
	if err := r.x.mkdirs(ctx, part, foldersOf(paths(j.items))); err != nil {
		return err
	}
	j.still = nil
	j.stays(j.ahead, func(i *item) bool { return j.has(i.Path) == i.SHA256 })
	if err := r.link(ctx, j, part); err != nil {
		return err
	}
	missing := slices.DeleteFunc(slices.Clone(j.items), func(i *item) bool { return j.has(i.Path) == i.SHA256 })
	if err := j.tree.fetch(ctx, missing); err != nil {
		return err
	}
	err := each(ctx, missing, func(i *item) error {
		if err := j.prepare(i); err != nil {
			return err
		}
		defer j.meter.file()
		return r.x.put(path.Join(part, i.Path), i, j.meter)
	})
	if err != nil {
		return err
	}
	return r.verify(ctx, j, part)
}

// open finds the folder to work in: what an interrupted publication left, a
// release that was spoilt by hand, or an old one that nobody needs. To take an
// old one saves thousands of links where each is a question over the network.
func (r *releases) open(ctx context.Context, j *job) error {
	id := j.tree.ID
	whole, err := r.x.isFolder(releaseDir(id))
	if err != nil {
		return err
	}
	if whole {
		return r.reopen(ctx, id, id)
	}
	if j.ahead != nil {
		return nil
	}
	if j.plan.Live == "" {
		// Better to hear of a host without links before all is sent.
		if err := r.tryLink(); err != nil {
			return err
		}
	}
	if !r.x.Can().Near {
		old, err := r.surplus(j.plan.Live, id)
		if err != nil {
			return err
		}
		if len(old) > 0 {
			return r.takeOver(ctx, j, old[0])
		}
	}
	fresh := &record{Format: format, For: j.tree.Digest()}
	if fresh.Date, err = r.date(j.live); err != nil {
		return err
	}
	return save(r.x.shelf, recordName(id+partEnding), fresh)
}

// takeOver makes an old release the unfinished folder of the next. What is in it
// is taken from its record for now: verify looks at all of it in the end, so to
// list thousands of files here would be to do it twice.
func (r *releases) takeOver(ctx context.Context, j *job, old string) error {
	if err := r.reopen(ctx, old, j.tree.ID); err != nil {
		return err
	}
	known, err := loadRecord(r.x.shelf, recordName(j.tree.ID+partEnding))
	if err != nil {
		return err
	}
	part := partDir(j.tree.ID)
	if known != nil {
		ahead := known.room()
		// No step may go through a folder that is a link by now.
		var link *LinkError
		switch err := r.x.mkdirs(ctx, part, ahead.folders); {
		case err == nil:
			j.ahead = ahead
			return nil
		case !errors.As(err, &link):
			return err
		}
	}
	// What its record does not vouch for is taken away and sent, or linked: that
	// is no slower than to read it.
	j.ahead, err = r.look(ctx, part, j.tree.ID+partEnding, j.tree)
	return err
}

// reopen makes the folder of a release the unfinished folder of another. Its
// record goes with it: by that its files are known without reading them.
func (r *releases) reopen(ctx context.Context, from, to string) error {
	if err := r.removeTree(ctx, partDir(to)); err != nil {
		return err
	}
	err := r.x.place(onShelf(recordName(from)), onShelf(recordName(to+partEnding)))
	if errors.Is(err, fs.ErrNotExist) {
		err = r.x.shelf.Drop(recordName(to + partEnding))
	}
	if err != nil {
		return err
	}
	return wrap(r.x.Rename(releaseDir(from), partDir(to)), "rename "+releaseDir(from))
}

// date gives what is sent from now on a time before this run, and that as a
// stamp. A file as young as SFTP's seconds are long could be changed once more and
// look the same; it would have to be read by the next publication to be believed.
// This time nothing has that is changed later, nor what some records know.
func (r *releases) date(known ...*record) (stamp string, err error) {
	if r.x.Can().Near {
		return "", nil
	}
	begun, err := r.x.shelf.Time(lockName) // by the host's clock
	if err != nil {
		return "", wrap(err, "look at the lock of the target")
	}
	taken := map[string]bool{}
	for _, k := range known {
		for _, e := range k.byPath() {
			taken[e.Stamp] = true
		}
	}
	at := begun.Add(-racy)
	for taken[stampOf(at)] {
		at = at.Add(-time.Second)
	}
	r.x.date = at.Truncate(time.Second)
	return stampOf(at), nil
}

// claim says that from now on a file of the unfinished folder that has a certain
// date was put there for this tree. Before strip it may as well be one that
// somebody edited in the release that the folder was; and so it may in a folder
// that was not looked at, until the end.
func (r *releases) claim(j *job) (err error) {
	if j.ahead == nil {
		return nil
	}
	known := j.ahead.record
	if known == nil {
		known = &record{Format: format}
	}
	switch seconds, _ := strconv.ParseInt(known.Date, 10, 64); {
	case r.x.Can().Near && known.For == j.tree.Digest():
		return nil
	case j.ahead.unseen:
		_, err = r.date(known, j.live)
		return err
	case known.For != j.tree.Digest() || seconds == 0:
		if known.Date, err = r.date(known, j.live); err != nil {
			return err
		}
		known.For = j.tree.Digest()
		return save(r.x.shelf, recordName(j.tree.ID+partEnding), known)
	default:
		r.x.date = time.Unix(seconds, 0)
		return nil
	}
}

func (r *releases) tryLink() error {
	name := path.Join(StateDir, "link-"+newToken())
	if err := r.x.Symlink(releasesDir, name); err != nil {
		if errors.Is(err, ErrLost) || errors.Is(err, ErrFull) {
			return err
		}
		return &LayoutError{Want: LayoutReleases, Have: LayoutPlain, Why: err.Error()}
	}
	return r.x.drop(name)
}

// strip takes away from the unfinished folder what does not belong in it.
func (r *releases) strip(ctx context.Context, j *job, part string) error {
	if j.ahead == nil {
		return nil
	}
	wanted := make(map[string]string, len(j.items))
	needed := map[string]bool{}
	for _, i := range j.items {
		wanted[i.Path] = i.SHA256
		for dir := range parents(i.Path) {
			needed[dir] = true
		}
	}
	var files, folders []string
	for _, f := range j.ahead.files {
		sum, ok := wanted[f.Path]
		if j.ahead.unseen && ok && sum != j.found[f.Path] {
			continue // what is sent takes its place
		}
		if !ok || sum != j.has(f.Path) {
			files = append(files, f.Path)
		}
	}
	for _, dir := range slices.Backward(j.ahead.folders) { // a/b before a
		if !needed[dir] {
			folders = append(folders, dir)
		}
	}
	if err := ask(ctx, files, func(p string) error { return r.x.drop(path.Join(part, p)) }); err != nil {
		return err
	}
	for _, dir := range folders {
		if err := r.x.drop(path.Join(part, dir)); err != nil {
			return err
		}
	}
	return nil
}
