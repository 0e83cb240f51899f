package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"rectify/site/problem"
)

// Names in an archive; doc.go says what is where.
const (
	releasesDir    = "releases"
	redactionsDir  = "redactions"
	logDir         = "log"
	checkpointPath = logDir + "/checkpoint"
	lockPath       = ".lock"
	stageDir       = ".stage"

	ManifestName   = "manifest.json"
	checkpointName = "checkpoint"
	changesName    = "changes.json.gz"
	listsName      = "lists.tar.gz"
	filesName      = "files.tar.gz"
)

// Archive is an archive that is being read. Its methods may be called by many
// goroutines at once. It shows the releases that were there when it was opened.
type Archive struct {
	dir        string
	root       *os.Root
	releases   []*Release // oldest first
	redactions []*Redaction
	redacted   map[string]bool // digests of what was redacted

	sync func(dir string) error // instead of the last sync of an entry; set by tests
}

// Release is one release of an archive.
type Release struct {
	Manifest
	Digest string // of the manifest

	a   *Archive
	seq int // in Archive.releases
}

// Open reads which releases the archive in the folder dir has. It fails with
// fs.ErrNotExist where there is no such folder, and with a *DamagedError where
// the manifests do not form a chain.
func Open(dir string) (*Archive, error) {
	a, damage, err := OpenAnyway(dir)
	if err == nil && len(damage) > 0 {
		err = errors.Join(damage[0], a.Close())
	}
	if err != nil {
		return nil, err
	}
	return a, nil
}

// OpenAnyway opens an archive however damaged it is, for those who look for the
// damage. The releases that it shows are those that can be told to be there.
func OpenAnyway(dir string) (a *Archive, damage []error, err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, nil, fmt.Errorf("open the archive: %w", err)
	}
	a = &Archive{dir: dir, root: root}
	if damage, err = a.load(); err != nil {
		root.Close()
		return nil, nil, err
	}
	return a, damage, nil
}

// Close gives back what the archive holds open.
func (a *Archive) Close() error { return a.root.Close() }

// Dir is the folder of the archive as it was given to Open.
func (a *Archive) Dir() string { return a.dir }

// Releases lists the releases, oldest first.
func (a *Archive) Releases() []*Release { return slices.Clone(a.releases) }

// Release gives the release of an id, or fails with an *UnknownError.
func (a *Archive) Release(id string) (*Release, error) {
	for _, r := range a.releases {
		if r.ID == id {
			return r, nil
		}
	}
	return nil, &UnknownError{ID: id}
}

// Newest is the newest release, nil where there is none.
func (a *Archive) Newest() *Release {
	if len(a.releases) == 0 {
		return nil
	}
	return a.releases[len(a.releases)-1]
}

// Redactions lists what was redacted, in the order in which it was.
func (a *Archive) Redactions() []*Redaction { return slices.Clone(a.redactions) }

// load reads all manifests and puts them in the order of their chain.
func (a *Archive) load() (damage []error, err error) {
	found, damage, err := a.manifests()
	if err != nil {
		return nil, err
	}
	byPrevious := map[string]*Release{}
	for _, r := range found {
		key := ""
		if r.Previous != nil {
			key = r.Previous.Manifest
		}
		if other := byPrevious[key]; other != nil {
			damage = append(damage, damaged(problem.ArchiveChain, r.path(ManifestName), r.ID, other.ID))
			continue
		}
		byPrevious[key] = r
	}
	for at := ""; byPrevious[at] != nil; {
		r := byPrevious[at]
		r.seq = len(a.releases)
		a.releases = append(a.releases, r)
		at = r.Digest
	}
	for _, r := range found {
		if r.seq < 0 && r.Previous != nil {
			damage = append(damage, damaged(problem.ArchiveOrphan, r.path(ManifestName), r.ID, r.Previous.ID))
		}
	}
	more, err := a.loadRedactions()
	return append(damage, more...), err
}

// manifests reads the manifest of every release, in no particular order.
func (a *Archive) manifests() (found []*Release, damage []error, err error) {
	names, err := a.names(releasesDir)
	if err != nil {
		return nil, nil, err
	}
	for _, id := range names {
		if !ValidID(id) {
			continue // Check names it
		}
		r := &Release{a: a, seq: -1}
		r.ID = id
		data, err := a.root.ReadFile(r.path(ManifestName))
		if err != nil {
			damage = append(damage, unreadable(r.path(ManifestName), err))
			continue
		}
		m, err := ParseManifest(data)
		switch {
		case errors.Is(err, ErrNewer):
			return nil, nil, err
		case err == nil && m.ID != id:
			damage = append(damage, damaged(problem.ArchiveUnreadable, r.path(ManifestName), problem.Both("它是第 "+m.ID+" 期的清单", "it is the manifest of release "+m.ID)))
			continue
		case err != nil:
			damage = append(damage, unreadable(r.path(ManifestName), err))
			continue
		}
		r.Manifest, r.Digest = *m, digestOf(data)
		found = append(found, r)
	}
	return found, damage, nil
}

// names lists a folder of the archive by name; it is empty if it is absent.
func (a *Archive) names(dir string) ([]string, error) {
	entries, err := fs.ReadDir(a.root.FS(), dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the archive: %w", err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names, nil
}

// path is the path of a file of the release in the archive.
func (r *Release) path(name string) string { return path.Join(releasesDir, r.ID, name) }

// File reads a file that lies beside the lists and packs of a release: its
// manifest, a signature, its checkpoint. It fails with fs.ErrNotExist where
// the release has none of the name.
func (r *Release) File(name string) ([]byte, error) {
	return r.a.root.ReadFile(r.path(path.Base(name)))
}

// Open opens a file as File reads it.
func (r *Release) Open(name string) (*os.File, error) {
	return r.a.root.Open(r.path(path.Base(name)))
}

// Changes is what changed since the release before, as JSON. It fails with
// ErrRedacted where that had to go.
func (r *Release) Changes() ([]byte, error) {
	data, err := r.a.gunzip(r.path(changesName))
	if errors.Is(err, fs.ErrNotExist) && len(r.a.redactions) > 0 {
		files, err := r.Files(Site)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(files, func(f File) bool { return f.Path == ChangesPath(r.ID) && f.Redacted }) {
			return nil, fmt.Errorf("the changes of release %s: %w", r.ID, ErrRedacted)
		}
	}
	if err != nil {
		return nil, unreadable(r.path(changesName), err)
	}
	return data, nil
}

// Part gives what the manifest says of a part.
func (m *Manifest) Part(part string) Part {
	if part == Data {
		return m.Data
	}
	return m.Site
}

// isHidden tells names that a system or an editor leaves in a folder.
func isHidden(name string) bool {
	return strings.HasPrefix(name, "._") || name == ".DS_Store" || strings.EqualFold(name, "Thumbs.db") || strings.EqualFold(name, "desktop.ini")
}
