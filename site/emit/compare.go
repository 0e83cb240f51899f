package emit

import (
	"fmt"
	"os"
)

// claim enters path into the book of this build. It returns false if the same
// file is there already.
func (t *Tx) claim(path string, e *entry) (isNew bool, err error) {
	if err := checkPath(path); err != nil {
		return false, err
	}
	t.book.Lock()
	defer t.book.Unlock()
	if before, ok := t.files[path]; ok {
		if before.content != e.content {
			return false, fmt.Errorf("write %s: two pages or files of the build have this path and differ", t.d.full(path))
		}
		return false, nil
	}
	for dir := range parents(path) {
		key := fold(dir)
		switch n, taken := t.names[key]; {
		case !taken:
			t.names[key] = node{path: dir, dir: true}
		case !n.dir:
			return false, &PathError{Path: n.path, Rule: RuleNested, With: path}
		case n.path != dir:
			return false, &PathError{Path: path, Rule: RuleCollision, With: n.path + "/"}
		}
	}
	key := fold(path)
	switch n, taken := t.names[key]; {
	case taken && n.dir:
		return false, &PathError{Path: path, Rule: RuleNested, With: n.path + "/"}
	case taken:
		return false, &PathError{Path: path, Rule: RuleCollision, With: n.path}
	}
	t.names[key] = node{path: path}
	t.files[path] = e
	return true, nil
}

// compare tells whether the public file already is what e says, and if not,
// whether somebody edited it since the last build.
func (t *Tx) compare(path string, e *entry) (right, edited bool, err error) {
	if there, err := t.reach(path); err != nil || !there {
		return false, false, err
	}
	info, err := t.d.lstat(path)
	switch {
	case err != nil:
		if err := ignoreAbsent(err); err != nil {
			return false, false, fmt.Errorf("look at %s: %w", t.d.full(path), err)
		}
		return false, false, nil
	case info.IsDir():
		return false, false, nil // Commit decides whether it may go
	case !info.Mode().IsRegular():
		return false, false, &LinkError{Path: t.d.full(path)}
	}
	if t.isRespelt(path) {
		return false, false, nil
	}

	before, had := t.old[path]
	trusted := had && !t.opts.Reread && info.Size() == before.size && t.isSeen(path, info)
	if trusted && before == e.content {
		e.mtime = info.ModTime().UnixNano()
		return true, false, nil
	}
	if trusted {
		return false, false, nil
	}
	// A file that cannot be read is not right; writing it anew is the repair.
	found, err := t.d.content(path)
	if err == nil && found == e.content {
		e.mtime = info.ModTime().UnixNano()
		return true, false, nil
	}
	// After the death of a commit nobody can tell its files from an edit.
	return false, !t.dead && (err != nil || !had || found != before), nil
}

func (t *Tx) isSeen(path string, info os.FileInfo) bool {
	mtime, ok := t.seen[path]
	return ok && mtime == info.ModTime().UnixNano()
}

// isRespelt tells whether the folder has path in another spelling (Index.html
// for index.html). Where case does not count, the two are one file: it must be
// written again after the other spelling has been removed.
func (t *Tx) isRespelt(path string) bool {
	key := fold(path)
	if other, ok := t.respelt[key]; ok && other != path {
		return true
	}
	return key != path && t.owned[key]
}

// reach tells whether all folders above path are there as real folders. Each
// is looked at once a build: the public folders do not change before Commit,
// which looks again.
func (t *Tx) reach(path string) (bool, error) {
	for dir := range parents(path) {
		w, err := t.way(dir)
		switch {
		case err != nil:
			return false, err
		case w == wayLink:
			return false, &LinkError{Path: t.d.full(dir)}
		case w == wayNone:
			return false, nil
		}
	}
	return true, nil
}

func (t *Tx) way(dir string) (way, error) {
	t.book.Lock()
	w, known := t.ways[dir]
	t.book.Unlock()
	if known {
		return w, nil
	}
	info, err := t.d.lstat(dir)
	switch {
	case err != nil:
		if err := ignoreAbsent(err); err != nil {
			return 0, fmt.Errorf("look at %s: %w", t.d.full(dir), err)
		}
		w = wayNone
	case info.IsDir():
		w = wayOpen
	case info.Mode().IsRegular():
		w = wayNone
	default:
		w = wayLink
	}
	t.book.Lock()
	t.ways[dir] = w
	t.book.Unlock()
	return w, nil
}
