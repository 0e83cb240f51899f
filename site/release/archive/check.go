package archive

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"rectify/site/problem"
)

// Check reads the whole archive and says everything that is wrong with it: what
// is missing, what is there and should not be, what is not what its digest
// says. Signatures and the tree of the log are not judged here.
func (a *Archive) Check(ctx context.Context) (problem.List, error) {
	c := checker{a: a, versions: map[string][]version{}, known: make([]bool, len(a.releases))}
	if err := c.inventory(); err != nil {
		return nil, err
	}
	if err := c.lists(); err != nil {
		return nil, err
	}
	if err := c.contents(ctx); err != nil {
		return nil, err
	}
	c.found.Sort()
	return c.found, nil
}

type checker struct {
	a        *Archive
	found    problem.List
	versions map[string][]version // by part/path, oldest first
	known    []bool               // whether the lists of a release could be read
}

// version is what a file became in a release; sha is empty where it went.
type version struct {
	seq int
	sha string
}

func (c *checker) add(code problem.Code, name string, args ...string) {
	c.found = append(c.found, problem.New(code, problem.Place{File: name}, args...))
}

// fault takes damage into the list; other errors end the check.
func (c *checker) fault(err error) error {
	var d *DamagedError
	if errors.As(err, &d) {
		c.found = append(c.found, d.Problem)
		return nil
	}
	return err
}

// inventory looks for files that are missing and for files that nobody knows.
func (c *checker) inventory() error {
	wanted := map[string]bool{} // true: must be there
	for name := range guides {
		wanted[name] = true
	}
	for _, r := range c.a.releases {
		for _, name := range []string{ManifestName, checkpointName, listsName, filesName} {
			wanted[r.path(name)] = true
		}
		_, err := r.Changes()
		wanted[r.path(changesName)] = !errors.Is(err, ErrRedacted)
		if r.Signer != "" { // a signature that nobody asks for is nobody's
			wanted[r.path(ManifestName+".minisig")], wanted[r.path(ManifestName+".sig")] = true, true
		}
		for _, name := range []string{r.ID + ".zip", r.ID + ".wacz"} {
			wanted[r.path(name)] = false
		}
	}
	for _, t := range c.a.redactions {
		for _, name := range []string{tombstoneName, checkpointName} {
			wanted[path.Join(t.dir, name)] = true
		}
		if t.Signer != "" {
			wanted[path.Join(t.dir, tombstoneName+".minisig")], wanted[path.Join(t.dir, tombstoneName+".sig")] = true, true
		}
	}
	wanted[checkpointPath] = len(c.a.releases) > 0
	if err := c.unchained(wanted); err != nil {
		return err
	}
	there := map[string]bool{}
	err := fs.WalkDir(c.a.root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name == stageDir {
				c.add(problem.ArchiveLeftover, name)
				return fs.SkipDir
			}
			return nil
		}
		there[name] = true
		_, known := wanted[name]
		switch {
		case known && !d.Type().IsRegular():
			c.add(problem.ArchiveUnexpected, name, path.Base(name))
		case name == pendingPath:
			c.add(problem.ArchiveLeftover, name)
		case known || name == lockPath || isHidden(d.Name()) || strings.HasPrefix(name, logDir+"/tile/"):
		case strings.HasSuffix(name, fresh):
			c.add(problem.ArchiveLeftover, name)
		default:
			c.add(problem.ArchiveUnexpected, name, path.Base(name))
		}
		return nil
	})
	if err := c.guides(there); err != nil {
		return err
	}
	for name, must := range wanted {
		if must && !there[name] {
			c.add(problem.ArchiveMissing, name, path.Base(name))
		}
	}
	return err
}

// unchained spares the files of a release whose manifest, or that of one before
// it, is not what it was: that has been named, and whoever moved them away as
// strange would lose what is authentic.
func (c *checker) unchained(wanted map[string]bool) error {
	ids, err := c.a.names(releasesDir)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if _, err := c.a.Release(id); err == nil || !ValidID(id) {
			continue
		}
		for _, name := range []string{
			ManifestName, ManifestName + ".minisig", ManifestName + ".sig", checkpointName, changesName, listsName, filesName, id + ".zip", id + ".wacz",
		} {
			wanted[path.Join(releasesDir, id, name)] = false
		}
	}
	return nil
}

// guides looks whether the explanations are the program's own: somebody is told
// to run one of them.
func (c *checker) guides(there map[string]bool) error {
	for name, own := range guides {
		if !there[name] {
			continue
		}
		text, err := c.a.root.ReadFile(name)
		if err != nil {
			return c.fault(unreadable(name, err))
		}
		if sum := digestOf(text); sum != digestOf(own) && !slices.Contains(olderGuides[name], sum) {
			c.add(problem.GuideChanged, name, name)
		}
	}
	return nil
}

// lists reads what every release says it holds.
func (c *checker) lists() error {
	current := map[string]string{} // part/path → digest, as of the last known release
	for _, r := range c.a.releases {
		now := map[string]string{}
		all := true
		for _, part := range []string{Data, Site} {
			files, err := r.Files(part)
			if err != nil {
				all = false
				if err := c.fault(err); err != nil {
					return err
				}
				continue
			}
			if p := r.Part(part); digestOf(Sums(files)) != p.Sums || len(files) != p.Files || total(files) != p.Bytes {
				c.add(problem.ArchiveChanged, r.path(ManifestName), part)
			}
			for _, f := range files {
				now[part+"/"+f.Path] = f.SHA256
			}
		}
		if !all {
			continue
		}
		if err := c.listPack(r); err != nil {
			return err
		}
		c.known[r.seq] = true
		for key, sha := range now {
			if current[key] != sha {
				c.versions[key] = append(c.versions[key], version{r.seq, sha})
			}
		}
		for key := range current {
			if _, still := now[key]; !still {
				c.versions[key] = append(c.versions[key], version{r.seq, ""})
			}
		}
		current = now
		if err := c.changes(r, now); err != nil {
			return err
		}
	}
	return nil
}

// listPack reads the lists of a release to the end, which Files does not.
func (c *checker) listPack(r *Release) error {
	p, err := openPack(c.a.root, r.path(listsName))
	if err != nil {
		return c.fault(err)
	}
	defer p.close()
	for !p.end {
		if p.at.key != listKey(Data) && p.at.key != listKey(Site) {
			c.add(problem.ArchiveUnexpected, p.name, p.at.key)
		}
		if err := p.next(); err != nil {
			return c.fault(err)
		}
	}
	return nil
}

func total(files []File) (n int64) {
	for _, f := range files {
		n += f.Size
	}
	return n
}

// changes holds the copy of what changed against the file of the site.
func (c *checker) changes(r *Release, files map[string]string) error {
	data, err := r.Changes()
	if errors.Is(err, ErrRedacted) {
		return nil
	}
	if err != nil {
		return c.fault(err)
	}
	if want, ok := files[Site+"/"+ChangesPath(r.ID)]; !ok || digestOf(data) != want {
		c.add(problem.ArchiveChanged, r.path(changesName), path.Base(ChangesPath(r.ID)))
	}
	return nil
}

// ChangesPath is the file of the site that says what changed in a release.
func ChangesPath(id string) string { return companionsRoot + id + ".changes.json" }

// contents goes through all packs once and holds every version of every file
// against its digest.
func (c *checker) contents(ctx context.Context) error {
	var packs []*packReader
	defer func() { closeAll(packs) }()
	broken := map[int]bool{} // by seq: the pack could not be read to its end
	seqs := map[*packReader]int{}
	for _, r := range c.a.releases {
		p, err := openPack(c.a.root, r.path(filesName))
		if err != nil {
			broken[r.seq] = true
			if err := c.fault(err); err != nil {
				return err
			}
			continue
		}
		packs, seqs[p] = append(packs, p), r.seq
	}
	lost := map[int]int{} // by seq: files that went with the broken end of its pack
	seen := map[string]bool{}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		key := ""
		for _, p := range packs {
			if !p.end && (key == "" || p.at.key < key) {
				key = p.at.key
			}
		}
		if key == "" {
			break
		}
		seen[key] = true
		var steps []step
		for _, p := range packs {
			if !p.end && p.at.key == key {
				steps = append(steps, step{p, seqs[p], p.at.full})
			}
		}
		if err := c.file(key, steps, broken, lost); err != nil {
			return err
		}
		for _, s := range steps {
			if s.pack.end {
				continue
			}
			if err := s.pack.next(); err != nil {
				broken[s.seq] = true
				if err := c.fault(err); err != nil {
					return err
				}
			}
		}
	}
	for key := range c.versions {
		if !seen[key] {
			if err := c.file(key, nil, broken, lost); err != nil {
				return err
			}
		}
	}
	for seq, n := range lost {
		c.add(problem.ArchiveLost, c.a.releases[seq].path(filesName), strconv.Itoa(n))
	}
	return nil
}

// file checks all versions of one file.
func (c *checker) file(key string, steps []step, broken map[int]bool, lost map[int]int) error {
	var data []byte
	whole := false // data is the version before
	next := 0
	for _, v := range c.versions[key] {
		for next < len(steps) && steps[next].seq < v.seq {
			c.unexpected(key, steps[next])
			next++
		}
		if next == len(steps) || steps[next].seq > v.seq {
			whole = false
			switch {
			case v.sha == "" || c.a.redacted[v.sha]:
			case broken[v.seq]:
				lost[v.seq]++
			default:
				c.add(problem.ArchiveMissing, c.a.releases[v.seq].path(filesName), key)
			}
			continue
		}
		s := steps[next]
		next++
		if v.sha == "" || c.a.redacted[v.sha] {
			c.unexpected(key, s) // it should be gone
		}
		if v.sha == "" {
			whole = false
			continue
		}
		if !s.full && !whole {
			// What it differs from is lost, and has been reported.
			lost[v.seq]++
			continue
		}
		made, err := s.apply(key, data)
		if s.pack.end {
			broken[v.seq] = true
		}
		if err != nil {
			whole = false
			if err := c.fault(err); err != nil {
				return err
			}
			continue
		}
		data, whole = made, true
		if digestOf(data) != v.sha {
			c.add(problem.ArchiveChanged, s.pack.name, key)
		}
	}
	for ; next < len(steps); next++ {
		c.unexpected(key, steps[next])
	}
	return nil
}

// unexpected reports a file in a pack that its release does not list. Of a
// release whose lists cannot be read nothing is expected.
func (c *checker) unexpected(key string, s step) {
	if c.known[s.seq] {
		c.add(problem.ArchiveUnexpected, s.pack.name, key)
	}
}

// LogNames lists the files of the log but for its checkpoint, by their paths
// below log/.
func (a *Archive) LogNames() ([]string, error) {
	var names []string
	err := fs.WalkDir(a.root.FS(), logDir, func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil && !d.IsDir() && name != checkpointPath && !strings.HasSuffix(name, fresh) && !isHidden(d.Name()) {
			names = append(names, strings.TrimPrefix(name, logDir+"/"))
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the archive: %w", err)
	}
	slices.Sort(names)
	return names, nil
}
