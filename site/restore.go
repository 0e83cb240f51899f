package site

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/spf13/afero"

	"rectify/site/emit"
	"rectify/site/internal/osdisk"
	"rectify/site/release/archive"
)

// RestoreResult says what was taken out of the archive.
type RestoreResult struct {
	ID       string   `json:"id"`
	Dir      string   `json:"dir"`
	Files    int      `json:"files"`
	Redacted []string `json:"redacted,omitempty"` // what is not there any more
}

// Restore writes a release back, byte for byte, with what lies beside its site:
// into a folder that is absent or empty, or into the output folder of a build,
// which is brought to that state as a build would bring it. With data it is the
// archived data that are written, and no site.
func Restore(ctx context.Context, o Options, id, dir string, data bool) (RestoreResult, error) {
	a, err := openArchive(o)
	if err != nil {
		return RestoreResult{}, err
	}
	defer a.Close()
	r, err := a.Release(id)
	if err != nil {
		return RestoreResult{}, err
	}
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(o.Dir, dir)
	}
	part := archive.Site
	if data {
		part = archive.Data
	}
	result := RestoreResult{ID: id, Dir: dir}
	fill := func(put func(name string, data []byte) error) error {
		err := r.Each(ctx, part, nil, func(f archive.File, data []byte) error {
			if f.Redacted {
				result.Redacted = append(result.Redacted, f.Path)
				return nil
			}
			result.Files++
			return put(f.Path, data)
		})
		if err != nil || data {
			return err
		}
		companions, err := a.Companions(r)
		if err != nil {
			return err
		}
		for _, c := range companions {
			content, err := c.Bytes()
			if err == nil {
				err = put(c.Path, content)
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	site, err := vacant(dir)
	switch {
	case err != nil:
	case !site:
		err = restoreAnew(dir, fill)
	case data:
		err = &FilledError{Dir: dir, Found: "index.html"}
	default:
		err = restoreInto(ctx, dir, fill)
	}
	return result, err
}

// NotFolderError says that something is to be written into a file.
type NotFolderError struct{ Dir string }

func (e *NotFolderError) Error() string { return e.Dir + " is a file, not a folder" }

// FilledError says that a folder that is to be written holds something already.
type FilledError struct{ Dir, Found string }

func (e *FilledError) Error() string {
	return fmt.Sprintf("%s holds files that rectify did not make (%s); they are left alone", e.Dir, e.Found)
}

// vacant refuses a folder that holds something else than a site of ours, and
// tells whether it holds one.
func vacant(dir string) (site bool, err error) {
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return false, &NotFolderError{Dir: dir}
	}
	state, err := emit.Inspect(afero.NewOsFs(), dir)
	if err == nil && state.State == emit.Foreign {
		err = &FilledError{Dir: dir, Found: state.Found}
	}
	return state.State == emit.Finished || state.State == emit.Unfinished, err
}

// restoreInto brings an output folder to the state of a release.
func restoreInto(ctx context.Context, dir string, fill func(func(string, []byte) error) error) error {
	tx, err := emit.Begin(afero.NewOsFs(), dir, emit.Options{})
	if err != nil {
		return err
	}
	if err := fill(tx.Put); err != nil {
		return errors.Join(err, tx.Abort())
	}
	_, err = tx.Commit(ctx)
	return err
}

// restoreAnew writes a folder under another name first, so that a half written
// one is not taken for a release, also not after a power cut.
func restoreAnew(dir string, fill func(func(string, []byte) error) error) (err error) {
	dir = filepath.Clean(dir)
	attempted := func(err error) error {
		if err == nil {
			return nil
		}
		return fmt.Errorf("restore into %s: %w", dir, err)
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o777); err != nil {
		return attempted(err)
	}
	part, err := os.MkdirTemp(filepath.Dir(dir), "."+filepath.Base(dir)+"-*")
	if err != nil {
		return attempted(err)
	}
	defer func() {
		if err != nil {
			_ = os.RemoveAll(part)
		}
	}()
	if err := os.Chmod(part, 0o755); err != nil {
		return attempted(err)
	}
	root, err := os.OpenRoot(part)
	if err != nil {
		return attempted(err)
	}
	folders := map[string]bool{".": true}
	err = fill(func(name string, data []byte) error {
		for at := path.Dir(name); !folders[at]; at = path.Dir(at) {
			folders[at] = true
		}
		if err := writeSynced(root, name, data); err != nil {
			return fmt.Errorf("restore %s: %w", name, err)
		}
		return nil
	})
	for name := range folders {
		if err == nil {
			err = attempted(osdisk.SyncDir(filepath.Join(part, filepath.FromSlash(name))))
		}
	}
	if err = errors.Join(err, root.Close()); err != nil {
		return err
	}
	if err := os.Remove(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return attempted(err)
	}
	if err := osdisk.Patiently(func() error { return os.Rename(part, dir) }); err != nil {
		return attempted(err)
	}
	return attempted(osdisk.SyncDir(filepath.Dir(dir)))
}

// writeSynced writes a new file with the folders above it and sees it on the
// disk.
func writeSynced(root *os.Root, name string, data []byte) error {
	if err := root.MkdirAll(path.Dir(name), 0o777); err != nil {
		return err
	}
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}
