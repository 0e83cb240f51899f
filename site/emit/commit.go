package emit

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// Result says what a Commit did.
type Result struct {
	Written, Unchanged, Removed                int
	WrittenBytes, UnchangedBytes, RemovedBytes int64

	// Replaced are paths whose file was neither what the last build had left
	// nor what this one makes: it had been edited, or put there, by hand.
	Replaced []string

	// Unknown are files and links in the folder that no build made. They stay.
	Unknown []string

	// Digest is the SHA-256 of the manifest in hexadecimal.
	Digest string
}

// Commit makes the build public: files move in, stale ones go, the manifest
// closes it. It fails without any change if a Put failed, if somebody's file is
// in the way, or if ctx is done; once it has begun to move files it no longer
// looks at ctx, because going on is shorter than being repaired. An error after
// that leaves the folder Unfinished, each file whole, and the next build
// repairs it. In any case the build is over.
func (t *Tx) Commit(ctx context.Context) (res Result, err error) {
	t.life.Lock()
	defer t.life.Unlock()
	if t.done {
		return Result{}, errEnded
	}
	c := &commit{Tx: t, touched: map[string]bool{"": true}, made: map[string]bool{"": true}}
	err = c.run(ctx)
	// What end fails to remove is in nobody's way: the next Begin removes it.
	_ = t.end()
	if err != nil {
		return Result{}, fmt.Errorf("commit the build into %s: %w", t.d.dir, err)
	}
	return c.res, nil
}

type commit struct {
	*Tx
	plan    *plan
	res     Result
	touched map[string]bool // folders whose list of names has changed
	made    map[string]bool // folders of the build known to be there
}

func (c *commit) run(ctx context.Context) error {
	if c.failed != nil {
		return fmt.Errorf("a file of it could not be put: %w", c.failed)
	}
	p, err := c.Tx.plan()
	if err != nil {
		return err
	}
	c.plan = p
	files := c.list()
	manifest, digest := encodeManifest(files)
	mtimes := c.trustworthy()
	c.res.Digest, c.res.Unknown, c.res.Replaced = digest, p.unknown, slices.Sorted(slices.Values(c.replaced))

	if err := ctx.Err(); err != nil {
		return err
	}
	// Nothing to do but to remember what has been read. (With the manifest of
	// the last build, and no journal, nothing can be stale.)
	quiet := !c.dead && digest == c.digest && len(p.moves) == 0
	if quiet && maps.Equal(mtimes, c.seen) {
		return nil
	}
	if err := c.prepare(seenName, seen{format, digest, mtimes}); err != nil {
		return err
	}
	if quiet {
		return enact(c.d, seenName)
	}
	if err := prepare(c.d, manifestName, manifest); err != nil {
		return err
	}
	// All paths of the build, not just those that move: one that is right
	// already may have been moved by a dead build whose journal this one
	// replaces, and then stands in no manifest.
	paths := slices.Concat(slices.Collect(maps.Keys(c.files)), p.early, p.late)
	slices.Sort(paths)
	if err := c.prepare(journalName, journal{format, paths}); err != nil {
		return err
	}

	c.ours = true
	if err := enact(c.d, journalName); err != nil {
		return err
	}
	if err := c.syncState(); err != nil {
		return err
	}
	if err := c.publish(); err != nil {
		return err
	}
	if err := enact(c.d, seenName); err != nil {
		return err
	}
	if err := enact(c.d, manifestName); err != nil {
		return err
	}
	if err := c.d.sync(StateDir); err != nil {
		return err
	}
	if err := c.d.remove(journalName); err != nil {
		return err
	}
	return c.d.sync(StateDir)
}

// publish changes the public files and sees the changes on the disk.
func (c *commit) publish() error {
	if err := c.removeAll(c.plan.early); err != nil {
		return err
	}
	for _, path := range c.plan.moves {
		if err := c.move(path); err != nil {
			return err
		}
	}
	if err := c.removeAll(c.plan.late); err != nil {
		return err
	}
	for _, dir := range slices.Sorted(maps.Keys(c.touched)) {
		if err := c.d.sync(dir); err != nil {
			return err
		}
	}
	return nil
}

func (c *commit) move(path string) error {
	dir := dirOf(path)
	if !c.made[dir] {
		if err := c.d.fs.MkdirAll(c.d.full(dir), 0o777); err != nil {
			return c.d.wrap(path, err)
		}
		for above := range parents(path) {
			c.made[above] = true
			c.touched[above] = true
		}
	}
	if err := c.d.rename(stageName(c.files[path].stage), path); err != nil {
		return c.d.wrap(path, err)
	}
	c.touched[dir] = true
	return nil
}

// removeAll removes stale files and the folders that they leave empty. What is
// no plain file by now, or lies behind a link, is not ours any more.
func (c *commit) removeAll(stale []string) error {
	emptied := map[string]bool{}
	for _, path := range stale {
		// Also for a file that is gone: the build that removed it may have died
		// before it came to the folder.
		for dir := range parents(path) {
			if !c.isDir(dir) {
				emptied[dir] = true
			}
		}
		info, err := c.d.plainFile(path)
		if err != nil {
			return fmt.Errorf("remove %s: %w", c.d.full(path), err)
		}
		if info == nil {
			continue
		}
		if err := c.d.remove(path); err != nil {
			return fmt.Errorf("remove %s: %w", c.d.full(path), err)
		}
		c.touched[dirOf(path)] = true
		c.res.Removed++
		c.res.RemovedBytes += info.Size()
	}
	dirs := slices.Sorted(maps.Keys(emptied))
	slices.Reverse(dirs) // a/b before a
	for _, dir := range dirs {
		removed, err := c.d.removeEmpty(dir)
		if err != nil {
			return fmt.Errorf("remove the empty folder %s: %w", c.d.full(dir), err)
		}
		if removed {
			delete(c.touched, dir)
			c.touched[dirOf(dir)] = true
		}
	}
	return nil
}

// syncState makes the journal, and the way to it in a new folder, durable.
func (c *commit) syncState() error {
	if err := c.d.sync(StateDir); err != nil {
		return err
	}
	if err := c.d.sync(""); err != nil {
		return err
	}
	if c.madeDir {
		return newDisk(c.d.fs, filepath.Dir(c.d.dir)).sync("")
	}
	return nil
}

// list returns the files of the build in the order of the manifest, and counts
// them.
func (c *commit) list() []File {
	files := make([]File, 0, len(c.files))
	for path, e := range c.files {
		files = append(files, File{Path: path, Size: e.size, SHA256: hex.EncodeToString(e.sum[:])})
		if e.stage != 0 {
			c.res.Written++
			c.res.WrittenBytes += e.size
		} else {
			c.res.Unchanged++
			c.res.UnchangedBytes += e.size
		}
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return files
}

// trustworthy returns the mtimes by which the next build may know files again.
func (c *commit) trustworthy() map[string]int64 {
	limit := c.begun.Add(-racy).UnixNano()
	mtimes := map[string]int64{}
	for path, e := range c.files {
		if e.stage == 0 && e.mtime < limit {
			mtimes[path] = e.mtime
		}
	}
	return mtimes
}

func (c *commit) prepare(name string, record any) error {
	data, err := json.Marshal(record)
	if err != nil {
		return fmt.Errorf("write %s: %w", c.d.full(name), err)
	}
	return prepare(c.d, name, append(data, '\n'))
}
