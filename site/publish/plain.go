package publish

import (
	"context"
	"io"
	"path"
	"strings"
)

// plainStore makes a Store of a Disk: the files of one site under their own
// names, in the folder that the server serves.
type plainStore struct {
	ctx context.Context
	x   *disk
	*diskShelf
}

func newPlainStore(ctx context.Context, x *disk) *plainStore {
	return &plainStore{ctx: ctx, x: x, diskShelf: x.shelf}
}

func (s *plainStore) Close() error { return s.x.Close() }

func (s *plainStore) Files() ([]Found, error) {
	return s.list(func(string, int64) bool { return true })
}

// list is Files where only some have to be known by their contents.
func (s *plainStore) list(may expected) ([]Found, error) {
	if there, err := s.x.isFolder(""); err != nil || !there {
		return nil, err
	}
	found, err := s.x.walk(s.ctx, "", may)
	if err != nil {
		return nil, err
	}
	return found.files, nil
}

func (s *plainStore) Put(f Stored, open func() (io.ReadCloser, error)) (stamp string, err error) {
	if err := s.x.folder(dirOf(f.Path)); err != nil {
		return "", err
	}
	if err := s.x.folder(StateDir); err != nil {
		return "", err
	}
	return "", s.x.put(f.Path, &item{Stored: f, open: open}, io.Discard)
}

func (s *plainStore) Holds(found Found, f Stored, _ func() (io.ReadCloser, error)) (bool, error) {
	if found.kind != KindFile || found.Size != f.Size {
		return false, nil
	}
	if sum, ok := strings.CutPrefix(found.Stamp, sumStamp); ok {
		return sum == f.SHA256, nil
	}
	sum, err := s.x.sum(found.Path, found.Size)
	return sum == f.SHA256, err
}

func (s *plainStore) Read(name string, size int64, w io.Writer) error { return s.x.Read(name, size, w) }

// Delete also removes the folders that are empty then.
func (s *plainStore) Delete(name string) error {
	for dir := range parents(name) {
		if there, err := s.x.isFolder(dir); err != nil || !there {
			return err
		}
	}
	if err := s.x.drop(name); err != nil {
		return err
	}
	for dir := dirOf(name); dir != ""; dir = path.Dir(dir) {
		if dir == "." || s.x.Remove(dir) != nil {
			break // not empty
		}
		s.x.forget()
	}
	return nil
}
