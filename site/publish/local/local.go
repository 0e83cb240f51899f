package local

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"syscall"
	"time"

	"rectify/site/internal/osdisk"
	"rectify/site/publish"
)

// Dial opens a folder. It need not be there, but the one above it has to be:
// whoever mistypes a path should not find a new tree of folders in its place.
func Dial(dir string) publish.Dial {
	return func(context.Context) (publish.Host, error) {
		dir, err := filepath.Abs(dir)
		if err != nil {
			return nil, &publish.UnreachableError{Address: dir, Err: err}
		}
		d := &disk{dir: dir}
		switch err := d.open(); {
		case errors.Is(err, fs.ErrNotExist):
			if _, err := os.Stat(filepath.Dir(dir)); err != nil {
				return nil, &publish.UnreachableError{Address: dir, Err: err}
			}
		case err != nil:
			if info, statErr := os.Stat(dir); statErr == nil && !info.IsDir() {
				err = &fs.PathError{Op: "open", Path: dir, Err: syscall.ENOTDIR} // os.Root says it in words only
			}
			return nil, &publish.UnreachableError{Address: dir, Err: err}
		}
		return d, nil
	}
}

// disk is the folder. root is nil until the folder is there.
type disk struct {
	dir  string
	mu   sync.Mutex
	root *os.Root
}

func (d *disk) open() error {
	root, err := os.OpenRoot(d.dir)
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.root = root
	return nil
}

func (d *disk) at() (*os.Root, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.root == nil {
		return nil, &fs.PathError{Op: "open", Path: d.dir, Err: fs.ErrNotExist}
	}
	return d.root, nil
}

func (d *disk) Close() error {
	root, err := d.at()
	if err != nil {
		return nil
	}
	return root.Close()
}

func (d *disk) Can() publish.Abilities {
	// Windows lets few users make symbolic links.
	return publish.Abilities{Replace: true, Link: true, Switch: runtime.GOOS != "windows", Near: true}
}

// named is a name as os.Root takes it.
func named(name string) string {
	if name == "" {
		return "."
	}
	return filepath.FromSlash(name)
}

// with calls do with the folder, again where only somebody's look at a file is
// in the way, and turns the system's errors into those that publish knows.
func (d *disk) with(do func(root *os.Root) error) error {
	root, err := d.at()
	if err != nil {
		return err
	}
	return publish.Full(osdisk.Patiently(func() error { return do(root) }))
}

func (d *disk) Lstat(name string) (info publish.Info, err error) {
	err = d.with(func(root *os.Root) error {
		i, err := root.Lstat(named(name))
		if err == nil {
			info = infoOf(i)
		}
		return err
	})
	return info, err
}

func infoOf(i fs.FileInfo) publish.Info {
	kind := publish.KindOther
	switch i.Mode().Type() {
	case 0:
		kind = publish.KindFile
	case fs.ModeDir:
		kind = publish.KindFolder
	case fs.ModeSymlink:
		kind = publish.KindLink
	}
	return publish.Info{Name: i.Name(), Kind: kind, Size: i.Size(), Modified: i.ModTime()}
}

func (d *disk) List(dir string) (infos []publish.Info, err error) {
	err = d.with(func(root *os.Root) error {
		f, err := root.Open(named(dir))
		if err != nil {
			return err
		}
		defer f.Close()
		list, err := f.Readdir(-1)
		infos = infos[:0]
		for _, i := range list {
			infos = append(infos, infoOf(i))
		}
		return err
	})
	return infos, err
}

func (d *disk) Read(name string, _ int64, w io.Writer) error {
	var f *os.File
	err := d.with(func(root *os.Root) (err error) {
		f, err = root.Open(named(name))
		return err
	})
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}

func (d *disk) Create(name string, r io.Reader, back io.Writer) error {
	var f *os.File
	err := d.with(func(root *os.Root) (err error) {
		f, err = root.OpenFile(named(name), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
		return err
	})
	if err != nil {
		return err
	}
	_, err = io.Copy(f, r)
	if err == nil {
		err = f.Sync()
	}
	if err == nil && back != nil {
		if _, err = f.Seek(0, io.SeekStart); err == nil {
			_, err = io.Copy(back, f)
		}
	}
	err = errors.Join(err, f.Close())
	if err != nil {
		_ = d.Remove(name)
	}
	return publish.Full(err)
}

func (d *disk) Touch(name string, data []byte) error {
	return d.with(func(root *os.Root) error {
		f, err := root.OpenFile(named(name), os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		_, err = f.WriteAt(data, 0)
		return errors.Join(err, f.Close())
	})
}

func (d *disk) Date(name string, at time.Time) error {
	return d.with(func(root *os.Root) error { return root.Chtimes(named(name), at, at) })
}

// Mkdir also makes the target's folder itself.
func (d *disk) Mkdir(name string) error {
	if name == "" {
		if err := os.Mkdir(d.dir, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
		return d.open()
	}
	return d.with(func(root *os.Root) error { return root.Mkdir(named(name), 0o777) })
}

func (d *disk) Link(from, to string) error {
	return d.with(func(root *os.Root) error { return root.Link(named(from), named(to)) })
}

func (d *disk) Symlink(target, name string) error {
	return d.with(func(root *os.Root) error { return root.Symlink(filepath.FromSlash(target), named(name)) })
}

func (d *disk) Readlink(name string) (to string, err error) {
	err = d.with(func(root *os.Root) (err error) {
		to, err = root.Readlink(named(name))
		return err
	})
	return filepath.ToSlash(to), err
}

func (d *disk) Rename(from, to string) error {
	return d.with(func(root *os.Root) error { return root.Rename(named(from), named(to)) })
}

func (d *disk) Remove(name string) error {
	return d.with(func(root *os.Root) error { return root.Remove(named(name)) })
}

func (d *disk) Sync(dir string) error {
	if !osdisk.CanSyncFolders {
		return nil // nor can it be opened
	}
	return d.with(func(root *os.Root) error {
		f, err := root.Open(named(dir))
		if err != nil {
			return err
		}
		defer f.Close()
		return osdisk.SyncFolder(f)
	})
}
