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
	err := ask(ctx, indexes(list), func(n int) error {
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
	there := map[string]bool{}
	for n, i := range list {
		if linked[n] {
			j.ahead.sums[i.Path], there[i.Path] = i.SHA256, true
		}
	}
	j.stays(j.shown, func(i *item) bool { return there[i.Path] })
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
// already; what was not has to be as it was found, or as its record says.
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
	more := len(s.files) != len(j.items) || len(s.folders) != len(foldersOf(paths(j.items)))
	if more && j.plan.Live != j.tree.ID {
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
	if err := r.x.mkdirs(ctx, dir, foldersOf(paths(kept))); err != nil {
		return err
	}
	part := &job{tree: j.tree, plan: j.plan, items: kept, found: j.found, shown: j.shown}
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
	if _, err := r.date(j.live); err != nil {
		return err
	}
	dir := releaseDir(j.tree.ID)
	var spoilt []*item
	for _, i := range j.items {
		if j.found[i.Path] != i.SHA256 {
			spoilt = append(spoilt, i)
		}
	}
	j.stays(j.shown, func(i *item) bool { return j.found[i.Path] == i.SHA256 })
	if err := r.x.mkdirs(ctx, dir, foldersOf(paths(spoilt))); err != nil {
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
	if err := j.barrier(); err != nil {
		return err
	}
	if err := ask(ctx, j.gone, func(p string) error { return r.x.drop(path.Join(dir, p)) }); err != nil {
		return err
	}
	return r.verify(ctx, j, dir)
}

// turn makes the release the one that visitors see.
func (r *releases) turn(ctx context.Context, j *job) error {
	id := j.tree.ID
	if err := j.barrier(); err != nil {
		return err
	}
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
	return r.point(j)
}

// point turns the link that visitors follow, if the target is still ours then.
func (r *releases) point(j *job) error {
	h, err := r.history()
	if err != nil {
		return err
	}
	h.add(j.tree.ID, j.back, r.now())
	if err := save(r.x.shelf, historyName, h); err != nil {
		return err
	}
	fresh := onShelf("link-" + newToken())
	if err := r.x.Symlink(releaseDir(j.tree.ID), fresh); err != nil {
		return wrap(err, "make the link "+currentName)
	}
	if err := j.barrier(); err != nil {
		return errors.Join(err, r.x.drop(fresh))
	}
	if err := r.x.Rename(fresh, currentName); err != nil {
		return errors.Join(wrap(err, "turn the link "+currentName), r.x.drop(fresh))
	}
	return r.x.Sync("")
}

func paths(items []*item) []string {
	list := make([]string, len(items))
	for n, i := range items {
		list[n] = i.Path
	}
	return list
}

func indexes[T any](list []T) []int {
	at := make([]int, len(list))
	for i := range at {
		at[i] = i
	}
	return at
}
