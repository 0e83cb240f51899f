package undo

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"time"

	"github.com/spf13/afero"
)

// Names here have forward slashes; the file system gets its own.

// read gives a file, nil where there is none.
func read(fsys afero.Fs, name string) ([]byte, error) {
	info, err := lstat(fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &LinkError{name}
	}
	data, err := afero.ReadFile(fsys, filepath.FromSlash(name))
	if data == nil && err == nil {
		data = []byte{}
	}
	return data, err
}

func lstat(fsys afero.Fs, name string) (fs.FileInfo, error) {
	if l, ok := fsys.(afero.Lstater); ok {
		info, _, err := l.LstatIfPossible(filepath.FromSlash(name))
		return info, err
	}
	return fsys.Stat(filepath.FromSlash(name))
}

// put writes a file and sees it on the disk.
func put(fsys afero.Fs, name string, data []byte) error {
	if err := fsys.MkdirAll(filepath.FromSlash(path.Dir(name)), 0o755); err != nil {
		return err
	}
	f, err := fsys.OpenFile(filepath.FromSlash(name), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// move renames, and sees the names on the disk. On Windows an editor or a virus
// scanner may hold the target for a moment.
func move(fsys afero.Fs, from, to string) error {
	if err := fsys.MkdirAll(filepath.FromSlash(path.Dir(to)), 0o755); err != nil {
		return err
	}
	const patience = 2 * time.Second
	for start, wait := time.Now(), time.Millisecond; ; wait *= 2 {
		err := fsys.Rename(filepath.FromSlash(from), filepath.FromSlash(to))
		if err == nil {
			break
		}
		if runtime.GOOS != "windows" || time.Since(start)+wait > patience {
			return err
		}
		time.Sleep(wait)
	}
	return syncDir(fsys, path.Dir(to))
}

// remove takes a file away, and the folders that it leaves empty.
func remove(fsys afero.Fs, name string) error {
	if err := fsys.Remove(filepath.FromSlash(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		entries, err := afero.ReadDir(fsys, filepath.FromSlash(dir))
		if err != nil || len(entries) > 0 {
			return syncDir(fsys, dir)
		}
		if err := fsys.Remove(filepath.FromSlash(dir)); err != nil {
			return err
		}
	}
	return nil
}

func syncDir(fsys afero.Fs, dir string) error {
	if runtime.GOOS == "windows" {
		return nil // folders cannot be opened for it there
	}
	f, err := fsys.Open(filepath.FromSlash(dir))
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, os.ErrInvalid) {
		return err
	}
	return nil
}
