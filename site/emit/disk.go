package emit

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/spf13/afero"

	"rectify/site/internal/osdisk"
)

// disk is the output folder as this room sees it: every name is slash
// separated and relative to the folder; "" is the folder.
type disk struct {
	fs  afero.Fs
	dir string
}

// newDisk cleans dir, above all because "" is no folder to the system: it would
// pass for an absent one, and then be the current one.
func newDisk(fsys afero.Fs, dir string) disk {
	return disk{fs: fsys, dir: filepath.Clean(dir)}
}

// full returns the name that the file system and the user know.
func (d disk) full(rel string) string {
	return filepath.Join(d.dir, filepath.FromSlash(rel))
}

// lstat does not follow a link where the file system knows links.
func (d disk) lstat(rel string) (os.FileInfo, error) {
	if l, ok := d.fs.(afero.Lstater); ok {
		info, _, err := l.LstatIfPossible(d.full(rel))
		return info, err
	}
	return d.fs.Stat(d.full(rel))
}

func (d disk) list(rel string) ([]os.FileInfo, error) {
	return afero.ReadDir(d.fs, d.full(rel))
}

// content reads a file to its digest, a buffer at a time.
func (d disk) content(rel string) (content, error) {
	f, err := d.fs.Open(d.full(rel))
	if err != nil {
		return content{}, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	if err != nil {
		return content{}, err
	}
	return content{size: n, sum: [sha256.Size]byte(h.Sum(nil))}, nil
}

// create writes a file that must not exist and sees it on the disk. A file
// that could not be completed is removed, for the space it takes.
func (d disk) create(rel string, data []byte) (err error) {
	f, err := d.fs.OpenFile(d.full(rel), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = d.fs.Remove(d.full(rel))
		}
	}()
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

func (d disk) rename(from, to string) error {
	return osdisk.Patiently(func() error { return d.fs.Rename(d.full(from), d.full(to)) })
}

func (d disk) remove(rel string) error {
	return osdisk.Patiently(func() error { return d.fs.Remove(d.full(rel)) })
}

// sync sees the names in a folder on the disk, as fsync of a file does not.
func (d disk) sync(rel string) error {
	if !osdisk.CanSyncFolders {
		return nil
	}
	f, err := d.fs.Open(d.full(rel))
	if err != nil {
		return fmt.Errorf("sync folder %s: %w", d.full(rel), err)
	}
	defer f.Close()
	if err := osdisk.SyncFolder(f); err != nil {
		return d.wrap(rel, fmt.Errorf("sync folder: %w", err))
	}
	return nil
}

// plainFile returns the info of rel if it is a regular file reached through
// real folders only, else nil: what lies behind a link is not ours.
func (d disk) plainFile(rel string) (os.FileInfo, error) {
	for dir := range parents(rel) {
		if info, err := d.lstat(dir); err != nil || !info.IsDir() {
			return nil, ignoreAbsent(err)
		}
	}
	info, err := d.lstat(rel)
	if err != nil || !info.Mode().IsRegular() {
		return nil, ignoreAbsent(err)
	}
	return info, nil
}

// removeEmpty removes a folder if it is a real one and holds nothing. The look
// inside comes first because an in-memory file system removes a folder with
// files in it and thereby loses them.
func (d disk) removeEmpty(rel string) (removed bool, err error) {
	for dir := range parents(rel + "/") {
		if info, err := d.lstat(dir); err != nil || !info.IsDir() {
			return false, ignoreAbsent(err)
		}
	}
	f, err := d.fs.Open(d.full(rel))
	if err != nil {
		return false, ignoreAbsent(err)
	}
	names, err := f.Readdirnames(1)
	f.Close()
	if len(names) > 0 {
		return false, nil
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return false, err
	}
	return true, d.remove(rel)
}

// wrap turns an error of writing rel into a FullError where it is one, and
// otherwise says what was attempted.
func (d disk) wrap(rel string, err error) error {
	if err == nil {
		return nil
	}
	if osdisk.IsFull(err) {
		return &FullError{Path: d.full(rel), Err: err}
	}
	return fmt.Errorf("write %s: %w", d.full(rel), err)
}

func ignoreAbsent(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// dirOf is path.Dir with "" for the folder itself.
func dirOf(rel string) string {
	if dir := path.Dir(rel); dir != "." {
		return dir
	}
	return ""
}
