package publish

import (
	"context"
	"errors"
	"io/fs"
)

// Rollback makes an earlier release the one that visitors see: at once where it
// is still on the target, otherwise by sending it. An empty release is the one
// before. It fails with an *UnknownReleaseError where neither the target nor
// find has it.
func (t Target) Rollback(ctx context.Context, release string, find Find, o Options) (*Result, error) {
	return t.locked(ctx, o, func(ctx context.Context, r *run) error {
		r.back = true
		return r.rollback(ctx, release, find)
	})
}

func (r *run) rollback(ctx context.Context, release string, find Find) error {
	at, err := r.e.inspect(ctx)
	if err != nil {
		return err
	}
	if release == "" {
		h, err := r.e.history()
		if err != nil {
			return err
		}
		if release = h.before(at.live); release == "" {
			return &UnknownReleaseError{}
		}
	}
	tree, err := find(release)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	var redacted []string
	if tree != nil {
		redacted = tree.Redacted
	}
	j, err := r.e.back(ctx, release, redacted)
	if err != nil {
		return err
	}
	// The archive has the last word on what a release is.
	if j != nil && (tree == nil || j.tree.isOf(tree)) {
		return r.carryOut(ctx, j)
	}
	if tree == nil {
		return &UnknownReleaseError{Release: release, Have: at.releases}
	}
	if err := tree.Check(); err != nil {
		return err
	}
	return r.publish(ctx, tree)
}

// isOf says that what lies on the target is a release as the archive has it by
// now: since it was published, some of it may have had to go. What lies beside
// it, such as a log, may be of that day.
func (t *Tree) isOf(archived *Tree) bool {
	if t.Digest() != archived.Digest() {
		return false
	}
	there := t.byPath()
	for _, f := range archived.Files {
		if f.Redacted && !there[f.Path].Redacted {
			return false
		}
	}
	return true
}
