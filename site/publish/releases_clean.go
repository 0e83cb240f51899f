package publish

import (
	"context"
	"path"
	"slices"
)

// lookForRedacted finds the other releases on the target that hold a content
// that had to go. They are removed as a whole; the archive still has the rest of
// them.
func (r *releases) lookForRedacted(j *job) (err error) {
	j.plan.Purge, err = r.holding(j.tree.Redacted, j.tree.ID)
	return err
}

// holding gives the releases on the target, but for one, that hold one of some
// contents, or may hold it: of those without a record nobody knows.
func (r *releases) holding(sums []string, but string) (ids []string, err error) {
	if len(sums) == 0 {
		return nil, nil
	}
	whole, _, err := r.names()
	if err != nil {
		return nil, err
	}
	for _, id := range whole {
		if id == but {
			continue
		}
		known, err := loadRecord(r.x.shelf, recordName(id))
		if err != nil {
			return nil, err
		}
		if known == nil || slices.ContainsFunc(known.Files, func(e entry) bool { return slices.Contains(sums, e.SHA256) || slices.Contains(sums, e.Source) }) {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// surplus gives the releases that need not stay once a new one is live, the
// oldest first.
func (r *releases) surplus(live, next string) ([]string, error) {
	whole, _, err := r.names()
	if err != nil {
		return nil, err
	}
	h, err := r.history()
	if err != nil {
		return nil, err
	}
	order := h.latest()
	order[live] = len(h.Visits) + 1 // whatever the history says
	whole = slices.DeleteFunc(whole, func(id string) bool { return id == next })
	slices.SortStableFunc(whole, func(a, b string) int { return order[b] - order[a] })
	if len(whole) < r.keep {
		return nil, nil
	}
	old := whole[r.keep-1:]
	old = slices.DeleteFunc(slices.Clone(old), func(id string) bool { return id == live })
	slices.Reverse(old)
	return old, nil
}

// clean removes what nobody needs any more.
func (r *releases) clean(ctx context.Context, j *job) error {
	live, _, err := r.live()
	if err != nil {
		return err
	}
	old, err := r.surplus(live, live)
	if err != nil {
		return err
	}
	_, parts, err := r.names()
	if err != nil {
		return err
	}
	for _, id := range j.plan.Purge {
		if id != live && !slices.Contains(old, id) {
			old = append(old, id)
		}
	}
	for _, id := range old {
		if err := r.removeTree(ctx, releaseDir(id)); err != nil {
			return err
		}
		if err := r.x.shelf.Drop(recordName(id)); err != nil {
			return err
		}
	}
	for _, id := range parts {
		if err := r.removeTree(ctx, partDir(id)); err != nil {
			return err
		}
		if err := r.x.shelf.Drop(recordName(id + partEnding)); err != nil {
			return err
		}
	}
	return nil
}

// removeTree removes a folder with all that is in it. Links are removed, not
// followed.
func (r *releases) removeTree(ctx context.Context, dir string) error {
	if there, err := r.x.isFolder(dir); err != nil || !there {
		return err
	}
	s, err := r.x.list(ctx, dir)
	if err != nil {
		return err
	}
	if err := ask(ctx, s.files, func(f Found) error { return r.x.drop(path.Join(dir, f.Path)) }); err != nil {
		return err
	}
	slices.Reverse(s.folders) // a/b before a
	for _, folder := range append(s.folders, "") {
		if err := r.x.drop(path.Join(dir, folder)); err != nil {
			return err
		}
	}
	r.x.forget()
	return nil
}
