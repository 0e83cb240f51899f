package site

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/afero"

	"rectify/site/emit"
	"rectify/site/model"
	"rectify/site/publish"
	"rectify/site/release/archive"
)

// archivedTree is a release of the archive as publish takes it. An archive is
// read from front to back, so what is to be sent is taken out of it in one go,
// into a file on this machine.
type archivedTree struct {
	*publish.Tree
	release    *archive.Release
	companions map[string]archive.Companion

	mu    sync.Mutex
	file  *os.File
	end   int64
	taken map[string]section
}

// section is where a file lies in the file on this machine.
type section struct{ at, size int64 }

// openArchived gives a release with what lies beside it, as far as parts say.
// It fails with fs.ErrNotExist where the archive has none of the id.
func openArchived(a *archive.Archive, id string, parts []model.ArchivePart) (*archivedTree, error) {
	r, err := a.Release(id)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", fs.ErrNotExist, err)
	}
	t := &archivedTree{release: r, companions: map[string]archive.Companion{}, taken: map[string]section{}}
	t.Tree = &publish.Tree{ID: r.ID, Open: t.open, Fetch: t.fetch}
	files, err := r.Files(archive.Site)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		t.Files = append(t.Files, publish.File{Path: f.Path, Size: f.Size, SHA256: f.SHA256, MediaType: f.Type, Redacted: f.Redacted})
	}
	beside, err := a.Companions(r)
	if err != nil {
		return nil, err
	}
	for _, c := range beside {
		if slices.Contains(parts, partOf(c)) {
			t.companions[c.Path] = c
			t.Files = append(t.Files, publish.File{Path: c.Path, Size: c.Size, SHA256: c.SHA256, MediaType: c.Type, Beside: true})
		}
	}
	slices.SortFunc(t.Files, func(a, b publish.File) int { return strings.Compare(a.Path, b.Path) })
	for _, redaction := range a.Redactions() {
		t.Redacted = append(t.Redacted, redaction.SHA256)
	}
	return t, nil
}

// partOf says with which part of the archive a companion goes. What was redacted
// is told with the manifests, which would not be true without it.
func partOf(c archive.Companion) model.ArchivePart {
	switch c.Kind() {
	case archive.KindLog:
		return model.ArchiveLog
	case archive.KindSnapshot:
		return model.ArchiveSnapshots
	}
	if strings.HasSuffix(c.Path, ".minisig") || strings.HasSuffix(c.Path, ".sig") {
		return model.ArchiveSignatures
	}
	return model.ArchiveManifests
}

// fetch takes files of the release out of the archive.
func (t *archivedTree) fetch(ctx context.Context, paths []string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	want := map[string]bool{}
	for _, p := range paths {
		_, beside := t.companions[p]
		_, taken := t.taken[p]
		want[p] = !beside && !taken
	}
	if !slices.ContainsFunc(paths, func(p string) bool { return want[p] }) {
		return nil
	}
	if t.file == nil {
		file, err := os.CreateTemp("", "rectify-archive-*")
		if err != nil {
			return publish.Spool(err)
		}
		t.file = file
	}
	return t.release.Each(ctx, archive.Site, func(f archive.File) bool { return want[f.Path] && !f.Redacted },
		func(f archive.File, data []byte) error {
			if _, err := t.file.WriteAt(data, t.end); err != nil {
				return publish.Spool(err)
			}
			t.taken[f.Path] = section{t.end, int64(len(data))}
			t.end += int64(len(data))
			return nil
		})
}

func (t *archivedTree) open(name string) (io.ReadCloser, error) {
	if c, ok := t.companions[name]; ok {
		return c.Open()
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	s, ok := t.taken[name]
	if !ok {
		return nil, fmt.Errorf("take %s out of the archive: it was not asked for", name)
	}
	return io.NopCloser(io.NewSectionReader(t.file, s.at, s.size)), nil
}

func (t *archivedTree) close() {
	if t.file != nil {
		_ = errors.Join(t.file.Close(), os.Remove(t.file.Name())) // it is of no use any more
	}
}

// openArchive opens the archive of the portal. It fails with ErrNoArchive where
// there is none.
func (o PublishOptions) openArchive() (*archive.Archive, error) {
	return openArchive(Options{Dir: o.Dir, Archive: o.Archive})
}

// find gives the releases of the archive. A portal without one has none, and a
// folder that is named in place of a target belongs to no portal.
func (o PublishOptions) find(t model.Target) (find publish.Find, done func(), err error) {
	var a *archive.Archive
	if !IsFolder(o.Target) || o.Archive != "" {
		a, err = o.openArchive()
	} else {
		err = ErrNoArchive
	}
	if errors.Is(err, ErrNoArchive) {
		return func(string) (*publish.Tree, error) { return nil, fs.ErrNotExist }, func() {}, nil
	}
	if err != nil {
		return nil, nil, err
	}
	var opened []*archivedTree
	find = func(id string) (*publish.Tree, error) {
		tree, err := openArchived(a, id, partsOf(t))
		if err != nil {
			return nil, err
		}
		opened = append(opened, tree)
		return tree.Tree, nil
	}
	return find, func() {
		for _, tree := range opened {
			tree.close()
		}
		_ = a.Close() // it was only read
	}, nil
}

// newest is the id of the newest release of the archive.
func (o PublishOptions) newest() (string, error) {
	a, err := o.openArchive()
	if err != nil {
		return "", err
	}
	defer a.Close()
	r := a.Newest()
	if r == nil {
		return "", ErrNoArchive
	}
	return r.ID, nil
}

// partsOf says what of the archive goes along with a release. Pages link to all
// of it, so all of it does unless the target says otherwise.
func partsOf(t model.Target) []model.ArchivePart {
	if len(t.Archive) > 0 {
		return t.Archive
	}
	return model.ArchiveParts()
}

// tree gives what is to be published to a target.
func (o PublishOptions) tree(t model.Target) (tree *publish.Tree, done func(), err error) {
	if o.Draft {
		if !t.Staging {
			return nil, nil, &NotStagingError{Target: string(t.Name)}
		}
		tree, err = draft(o.full(o.out()))
		return tree, func() {}, err
	}
	id := o.Release
	if id == "" {
		if id, err = o.newest(); err != nil {
			return nil, nil, err
		}
	}
	find, done, err := o.find(t)
	if err != nil {
		return nil, nil, err
	}
	if tree, err = find(id); err != nil {
		done()
		return nil, nil, err
	}
	return tree, done, nil
}

// UnbuiltError says that the output folder holds no finished site.
type UnbuiltError struct{ Dir string }

func (e *UnbuiltError) Error() string { return fmt.Sprintf("%s holds no finished site", e.Dir) }

// draft makes a tree of an output folder, by the manifest that its build left.
// What was edited there since does not pass: publish reads what it sends.
func draft(dir string) (*publish.Tree, error) {
	status, err := emit.Inspect(afero.NewOsFs(), dir)
	if err != nil {
		return nil, err
	}
	if status.State != emit.Finished {
		return nil, &UnbuiltError{Dir: dir}
	}
	t := &publish.Tree{Open: func(name string) (io.ReadCloser, error) {
		return os.Open(filepath.Join(dir, filepath.FromSlash(name)))
	}}
	for _, f := range status.Files {
		t.Files = append(t.Files, publish.File{Path: f.Path, Size: f.Size, SHA256: f.SHA256, MediaType: archive.TypeOf(f.Path)})
	}
	t.ID = publish.Draft(t.Files)
	return t, nil
}
