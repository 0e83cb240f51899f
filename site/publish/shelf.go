package publish

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"strings"
	"time"
)

// diskShelf keeps the state of a target in a folder of its disk.
type diskShelf struct{ x *disk }

func onShelf(name string) string { return path.Join(StateDir, name) }

func (s *diskShelf) Get(name string) ([]byte, error) {
	if _, err := s.x.isFolder(StateDir); err != nil {
		return nil, err
	}
	info, err := s.x.Lstat(onShelf(name))
	if err != nil {
		return nil, err
	}
	if info.Kind != KindFile {
		return nil, &LinkError{Path: onShelf(name)}
	}
	if info.Size > LargestState {
		return nil, &ForeignError{Path: onShelf(name)}
	}
	var b bytes.Buffer
	err = s.x.Read(onShelf(name), info.Size, &b)
	return b.Bytes(), err
}

func (s *diskShelf) Set(name string, data []byte) error {
	if err := s.x.folder(dirOf(onShelf(name))); err != nil {
		return err
	}
	fresh := onShelf("new-" + newToken())
	if err := s.x.Create(fresh, bytes.NewReader(data), nil); err != nil {
		return errors.Join(err, s.x.drop(fresh))
	}
	return s.x.place(fresh, onShelf(name))
}

func (s *diskShelf) Drop(name string) error { return s.x.drop(onShelf(name)) }

func (s *diskShelf) Create(name string, data []byte) error {
	if err := s.x.folder(dirOf(onShelf(name))); err != nil {
		return err
	}
	return s.x.Create(onShelf(name), bytes.NewReader(data), nil)
}

// Swap takes the old file away under another name, which only one publisher can
// do, and looks whether it took the right one.
func (s *diskShelf) Swap(name string, old, data []byte) error {
	aside := "old-" + newToken()
	if err := s.x.Rename(onShelf(name), onShelf(aside)); err != nil {
		return err
	}
	defer func() { _ = s.Drop(aside) }()
	found, err := s.Get(aside)
	if err != nil {
		return err
	}
	if !bytes.Equal(found, old) {
		// Somebody else's new one: back with it, unless there is yet another.
		if err := s.Create(name, found); err != nil {
			return err
		}
		return fs.ErrExist
	}
	return s.Create(name, data)
}

func (s *diskShelf) Touch(name string, data []byte) error { return s.x.Touch(onShelf(name), data) }

func (s *diskShelf) Time(name string) (time.Time, error) {
	info, err := s.x.Lstat(onShelf(name))
	return info.Modified, err
}

// sweep removes what a publisher was writing when it died.
func (s *diskShelf) sweep() error {
	infos, err := s.x.List(StateDir)
	if err != nil {
		return wrap(err, "list "+StateDir)
	}
	for _, info := range infos {
		for _, passing := range []string{"new-", "old-", "link-", "now-"} {
			if info.Kind != KindFolder && strings.HasPrefix(info.Name, passing) {
				if err := s.Drop(info.Name); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
