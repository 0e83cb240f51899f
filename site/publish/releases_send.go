package publish

import (
	"context"
	"errors"
	"io"
	"path"
	"slices"
)

func (r *releases) send(ctx context.Context, j *job) error {
	switch {
	case j.plan.Live == j.tree.ID:
		return r.mend(ctx, j)
	case j.plan.Ready:
		return r.carry(ctx, j)
	}
	return r.build(ctx, j)
}

// build makes the folder of the release, beside the one that visitors see.
func (r *releases) build(ctx context.Context, j *job) error {
	part := partDir(j.tree.ID)
	if err := r.open(ctx, j); err != nil {
		return err
	}
	if err := r.strip(ctx, j, part); err != nil {
		return err
	}
	if err := r.claim(j); err != nil {
		return err
	}
	if err := r.x.mkdirs(ctx, part, j.items); err != nil {
		return err
	}
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
	id, part := j.tree.ID, partDir(j.tree.ID)
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
	if err := save(r.x.shelf, recordName(id+partEnding), record{Format: format, For: j.tree.Digest()}); err != nil {
		return err
	}
	if j.plan.Live == "" {
		// Better to hear of a host without links before all is sent.
		if err := r.tryLink(); err != nil {
			return err
		}
	}
	if r.x.Can().Near {
		return nil
	}
	old, err := r.surplus(j.plan.Live, id)
	if err != nil || len(old) == 0 {
		return err
	}
	if err := r.reopen(ctx, old[0], id); err != nil {
		return err
	}
	// What its record does not vouch for is taken away and sent, or linked: that
	// is no slower than to read it.
	j.ahead, err = r.look(ctx, part, id+partEnding)
	return err
}

// reopen makes the folder of a release the unfinished folder of another. Its
// record goes with it: by that its files are known without reading them.
func (r *releases) reopen(ctx context.Context, from, to string) error {
	if err := r.removeTree(ctx, partDir(to)); err != nil {
		return err
	}
	known, err := loadRecord(r.x.shelf, recordName(from))
	if err != nil {
		return err
	}
	if known != nil {
		err = save(r.x.shelf, recordName(to+partEnding), known)
	} else {
		err = r.x.shelf.Drop(recordName(to + partEnding))
	}
	if err != nil {
		return err
	}
	if err := r.x.shelf.Drop(recordName(from)); err != nil {
		return err
	}
	return wrap(r.x.Rename(releaseDir(from), partDir(to)), "rename "+releaseDir(from))
}

// claim says that from now on a file of the unfinished folder that is not as
// its record says was put there for this tree. Before strip it may as well be
// one that somebody edited in the release that the folder was.
func (r *releases) claim(j *job) error {
	if j.ahead == nil {
		return nil
	}
	known := j.ahead.record
	if known == nil {
		known = &record{Format: format}
	}
	if known.For == j.tree.Digest() {
		return nil
	}
	known.For = j.tree.Digest()
	return save(r.x.shelf, recordName(j.tree.ID+partEnding), known)
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
		if sum, ok := wanted[f.Path]; !ok || sum != j.has(f.Path) {
			files = append(files, f.Path)
		}
	}
	for _, dir := range slices.Backward(j.ahead.folders) { // a/b before a
		if !needed[dir] {
			folders = append(folders, dir)
		}
	}
	if err := each(ctx, files, func(p string) error { return r.x.drop(path.Join(part, p)) }); err != nil {
		return err
	}
	for _, dir := range folders {
		if err := r.x.drop(path.Join(part, dir)); err != nil {
			return err
		}
	}
	return nil
}

// link takes over what the live release has unchanged. Where that is refused
// (a file may belong to somebody else, or have too many links) it is sent, or
// copied if we do not have it ourselves.
func (r *releases) link(ctx context.Context, j *job, dir string) error {
	var list []*item
	for _, i := range j.items {
		if j.found[i.Path] == i.SHA256 && j.has(i.Path) != i.SHA256 {
			list = append(list, i)
		}
	}
	linked := make([]bool, len(list))
	err := each(ctx, indexes(list), func(n int) error {
		from, to := path.Join(releaseDir(j.plan.Live), list[n].Path), path.Join(dir, list[n].Path)
		err := r.x.Link(from, to)
		if errors.Is(err, ErrLost) || errors.Is(err, ErrFull) {
			return wrap(err, "link "+to)
		}
		if linked[n] = err == nil; !linked[n] && list[n].isElsewhere(j.tree) {
			list[n].open = func() (io.ReadCloser, error) { return r.x.stream(from, list[n].File), nil }
		}
		return nil
	})
	if j.ahead == nil {
		j.ahead = &room{survey: &survey{}, sums: map[string]string{}}
	}
	for n, i := range list {
		if linked[n] {
			j.ahead.sums[i.Path] = i.SHA256
		}
	}
	return err
}

// isElsewhere tells an item that only the target has.
func (i *item) isElsewhere(t *Tree) bool {
	return i.kept != 0 || t.Lacks != nil && t.Lacks(i.of)
}

// stream reads a file of the disk.
func (x *disk) stream(name string, f File) io.ReadCloser {
	r, w := io.Pipe()
	go func() { w.CloseWithError(x.Read(name, f.Size, w)) }()
	return guard(r, f)
}

// verify lists what is in the folder by now. What was sent has been read back
// already; what was linked is the file that was looked at before.
func (r *releases) verify(ctx context.Context, j *job, dir string) error {
	j.meter.phase(PhaseVerify)
	s, err := r.x.list(ctx, dir)
	if err != nil {
		return err
	}
	host, err := clock(r.x.shelf)
	if err != nil {
		return err
	}
	if err := j.makeRecord(s.files, r.now(), host); err != nil {
		return err
	}
	if len(s.files) != len(j.items) && j.plan.Live != j.tree.ID {
		return &ForeignError{Path: "in " + dir + " a file that is not of this release"}
	}
	for _, folder := range append(s.folders, "") {
		if err := r.x.Sync(path.Join(dir, folder)); err != nil {
			return err
		}
	}
	return nil
}

// carry brings the assets that readers may still ask for into a release that
// lies on the target already.
func (r *releases) carry(ctx context.Context, j *job) error {
	dir := releaseDir(j.tree.ID)
	own := j.record.byPath()
	var kept []*item
	for _, i := range j.items {
		if _, has := own[i.Path]; i.kept != 0 && !has {
			kept = append(kept, i)
		}
	}
	if len(kept) == 0 {
		return nil
	}
	if err := r.x.mkdirs(ctx, dir, kept); err != nil {
		return err
	}
	part := &job{tree: j.tree, plan: j.plan, items: kept, found: j.found}
	if err := r.link(ctx, part, dir); err != nil {
		return err
	}
	// One that is there already, from a try before, is as good.
	s, err := r.x.list(ctx, dir)
	if err != nil {
		return err
	}
	host, err := clock(r.x.shelf)
	if err != nil {
		return err
	}
	for _, f := range s.files {
		if i := slices.IndexFunc(kept, func(i *item) bool { return i.Path == f.Path }); i >= 0 {
			j.record.Files = append(j.record.Files, kept[i].entry(f.stampAt(host)))
		}
	}
	return save(r.x.shelf, recordName(j.tree.ID), j.record)
}

// mend puts right, file by file, what was changed by hand in the release that
// visitors see.
func (r *releases) mend(ctx context.Context, j *job) error {
	dir := releaseDir(j.tree.ID)
	var spoilt []*item
	for _, i := range j.items {
		if j.found[i.Path] != i.SHA256 {
			spoilt = append(spoilt, i)
		}
	}
	if err := r.x.mkdirs(ctx, dir, spoilt); err != nil {
		return err
	}
	if err := j.tree.fetch(ctx, spoilt); err != nil {
		return err
	}
	err := each(ctx, spoilt, func(i *item) error {
		if err := j.prepare(i); err != nil {
			return err
		}
		defer j.meter.file()
		return r.x.put(path.Join(dir, i.Path), i, j.meter)
	})
	if err != nil {
		return err
	}
	if err := each(ctx, j.gone, func(p string) error { return r.x.drop(path.Join(dir, p)) }); err != nil {
		return err
	}
	return r.verify(ctx, j, dir)
}

// turn makes the release the one that visitors see.
func (r *releases) turn(ctx context.Context, j *job) error {
	id := j.tree.ID
	if !j.plan.Ready {
		if err := save(r.x.shelf, recordName(id), j.record); err != nil {
			return err
		}
	}
	if j.plan.Live == id {
		return nil
	}
	if !j.plan.Ready {
		if err := r.x.Rename(partDir(id), releaseDir(id)); err != nil {
			return wrap(err, "rename "+partDir(id))
		}
		r.x.forget()
		if err := r.x.Sync(releasesDir); err != nil {
			return err
		}
		if err := r.x.shelf.Drop(recordName(id + partEnding)); err != nil {
			return err
		}
	}
	return r.point(id)
}

// point turns the link that visitors follow.
func (r *releases) point(id string) error {
	h, err := r.history()
	if err != nil {
		return err
	}
	h.add(id, r.now())
	if err := save(r.x.shelf, historyName, h); err != nil {
		return err
	}
	fresh := onShelf("link-" + newToken())
	if err := r.x.Symlink(releaseDir(id), fresh); err != nil {
		return wrap(err, "make the link "+currentName)
	}
	if err := r.x.Rename(fresh, currentName); err != nil {
		return errors.Join(wrap(err, "turn the link "+currentName), r.x.drop(fresh))
	}
	return r.x.Sync("")
}

func indexes[T any](list []T) []int {
	at := make([]int, len(list))
	for i := range at {
		at[i] = i
	}
	return at
}
