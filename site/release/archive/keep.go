package archive

import (
	"bufio"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
)

// Keep adds a snapshot to a release of the archive in the folder dir, as write
// makes it; kind is its ending, zip or wacz. One that is kept already is left
// as it is. It gives the file and its size.
func Keep(dir, id, kind string, write func(io.Writer) error) (file string, size int64, err error) {
	tx, err := Begin(dir)
	if err != nil {
		return "", 0, err
	}
	defer tx.Abort()
	r, err := tx.a.Release(id)
	if err != nil {
		return "", 0, err
	}
	name := r.path(id + "." + kind)
	file = filepath.Join(dir, filepath.FromSlash(name))
	if info, err := tx.a.root.Lstat(name); err == nil {
		return file, info.Size(), nil
	}
	const staged = stageDir + "/snapshot"
	f, err := tx.a.root.OpenFile(staged, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return "", 0, tx.wrap(staged, err)
	}
	out := bufio.NewWriterSize(f, 1<<18)
	err = errors.Join(write(out), out.Flush(), f.Sync())
	if err == nil {
		size, err = f.Seek(0, io.SeekEnd)
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return "", 0, tx.wrap(staged, err)
	}
	if err := tx.a.rename(staged, name); err != nil {
		return "", 0, err
	}
	return file, size, tx.a.syncUp(path.Dir(name))
}
