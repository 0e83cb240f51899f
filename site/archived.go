package site

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"

	"rectify/site/model"
	"rectify/site/publish"
	"rectify/site/release/archive"
)

// archiveDir is the folder of a portal that holds its releases.
const archiveDir = "archive"

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
			return err
		}
		t.file = file
	}
	return t.release.Each(ctx, archive.Site, func(f archive.File) bool { return want[f.Path] && !f.Redacted },
		func(f archive.File, data []byte) error {
			if _, err := t.file.WriteAt(data, t.end); err != nil {
				return publish.Full(err)
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
