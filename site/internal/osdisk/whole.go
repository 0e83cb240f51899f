package osdisk

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// WriteWhole writes a file so that whoever looks, also after a power cut, finds
// all of it or what was there before. It is written under another name in the
// same folder; write may fail to leave everything as it was. Errors of the
// system come without the name of a file, which would be that of the one in
// between.
func WriteWhole(name string, mode fs.FileMode, write func(io.Writer) error) error {
	return whole(name, mode, write, func(fresh string) error {
		return Patiently(func() error { return os.Rename(fresh, name) })
	})
}

// WriteNew does the same where no file of the name must be there: it fails with
// fs.ErrExist and leaves that one alone.
func WriteNew(name string, mode fs.FileMode, write func(io.Writer) error) error {
	return whole(name, mode, write, func(fresh string) error {
		if _, err := os.Lstat(name); err == nil {
			return fs.ErrExist
		}
		// A link, unlike a rename, never takes the place of a file that came
		// meanwhile. Not every file system has links.
		err := os.Link(fresh, name)
		if err == nil {
			return os.Remove(fresh)
		}
		if errors.Is(err, fs.ErrExist) {
			return err
		}
		return Patiently(func() error { return os.Rename(fresh, name) })
	})
}

func whole(name string, mode fs.FileMode, write func(io.Writer) error, place func(fresh string) error) (err error) {
	dir := filepath.Dir(name)
	f, err := os.CreateTemp(dir, "."+filepath.Base(name)+"-*")
	if err != nil {
		return nameless(err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	// CreateTemp lets nobody else read the file, which a secret relies on until
	// it has its mode. Some file systems have no modes.
	err = write(f)
	if err == nil {
		if e := f.Chmod(mode); e != nil && !isUnsupported(e) && !errors.Is(e, fs.ErrPermission) {
			err = e
		}
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return nameless(err)
	}
	if err := place(f.Name()); err != nil {
		return nameless(err)
	}
	return SyncDir(dir)
}

// SyncDir sees the names in a folder of the disk on it.
func SyncDir(dir string) error {
	if !CanSyncFolders {
		return nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return nameless(err)
	}
	return errors.Join(SyncFolder(f), f.Close())
}

// nameless takes the name of the file in between, which tells nobody anything,
// out of an error of the system.
func nameless(err error) error {
	var at *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &at):
		return at.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}
