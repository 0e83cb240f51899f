package archive

import (
	"compress/gzip"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"

	"rectify/site/internal/osdisk"
)

//go:embed README.txt
var readme []byte

//go:embed restore.py
var restorer []byte

// guides are what tells people without this program how to read an archive.
var guides = map[string][]byte{"README.txt": readme, "restore.py": restorer}

// olderGuides are the digests of what earlier versions of this program wrote,
// which no later one replaces. A change of a guide adds a digest here.
var olderGuides = map[string][]string{
	"README.txt": {
		"440de578e07cde33c4f9db75f50c3ff720d95d13fb6950d40a2dbfb5b4b30ca0",
		"66a893d578754f1172e233e65a8db876c9f7a789d47f67593956f6480f4c51ab",
		"0bce60b9a6d39bce1631800ee52e16854ebf50844dd650785b7d4fb01e2f1b61",
		"21ae23bed5724c5df44ca8bdc52cc6c677b84d97156581c43605d55928778d7e",
	},
	"restore.py": {
		"c16767b8db8331acb4c7a64e3335059ac3fdf0e4f5d87e3f440e17414b5959a7",
		"b40fd7d68dd3b6ec8f942cd64d4c54a0afc19182e20c54cae5d5a6f47fb26fe2",
	},
}

// own refuses a folder that holds something else than an archive.
func (a *Archive) own() error {
	entries, err := fs.ReadDir(a.root.FS(), ".")
	if err != nil {
		return fmt.Errorf("read %s: %w", a.dir, err)
	}
	for _, e := range entries {
		name := e.Name()
		switch name {
		case releasesDir, redactionsDir, logDir, lockPath, stageDir, pendingPath:
			continue
		}
		if guides[name] == nil && !isHidden(name) && strings.TrimSuffix(name, fresh) == name {
			return &ForeignError{Dir: a.dir, Found: name}
		}
	}
	return nil
}

// fresh marks a file that is complete and does not have its name yet.
const fresh = ".new"

// create writes a new file and sees it on the disk.
func (a *Archive) create(name string, data []byte) error {
	f, err := a.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err == nil {
		_, err = f.Write(data)
		if err == nil {
			err = f.Sync()
		}
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		_ = a.root.Remove(name)
	}
	return wrapWrite(path.Join(a.dir, name), err)
}

// place writes a file whole: under another name first.
func (a *Archive) place(name string, data []byte) error {
	if old, err := a.root.ReadFile(name); err == nil && string(old) == string(data) {
		return nil
	}
	if err := a.root.MkdirAll(path.Dir(name), 0o777); err != nil {
		return wrapWrite(path.Join(a.dir, name), err)
	}
	if err := a.create(name+fresh, data); err != nil {
		return err
	}
	if err := a.rename(name+fresh, name); err != nil {
		return err
	}
	return a.syncUp(path.Dir(name))
}

func (a *Archive) rename(from, to string) error {
	return wrapWrite(path.Join(a.dir, to), osdisk.Patiently(func() error { return a.root.Rename(from, to) }))
}

// syncUp sees the names in a folder, and the way to it, on the disk.
func (a *Archive) syncUp(dir string) error {
	for ; ; dir = path.Dir(dir) {
		f, err := a.root.Open(dir)
		if err != nil {
			return wrapWrite(path.Join(a.dir, dir), err)
		}
		err = osdisk.SyncFolder(f)
		f.Close()
		if err != nil {
			return wrapWrite(path.Join(a.dir, dir), err)
		}
		if dir == "." {
			return nil
		}
	}
}

// prepare puts everything in place that an entry into the archive needs, so
// that a full disk is met before anything is part of it: the files of the
// entry into its stage, the guides, the files of the log, and room for the new
// checkpoint.
func (a *Archive) prepare(stage string, files, log map[string][]byte, checkpoint []byte) error {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := a.create(path.Join(stage, name), files[name]); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(guides)) {
		if _, err := a.root.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			if err := a.place(name, guides[name]); err != nil {
				return err
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(log)) {
		if err := a.place(path.Join(logDir, name), log[name]); err != nil {
			return err
		}
	}
	if err := a.root.MkdirAll(logDir, 0o777); err != nil {
		return wrapWrite(path.Join(a.dir, logDir), err)
	}
	if err := a.create(checkpointPath+fresh, checkpoint); err != nil {
		return err
	}
	return a.syncUp(stage)
}

// clear takes away what prepare left in an archive without entries.
func (a *Archive) clear() {
	for name := range guides {
		_ = a.root.Remove(name)
	}
	_ = a.root.RemoveAll(logDir)
	_ = a.root.Remove(releasesDir)
}

// enter gives a prepared folder its name: from this moment on it is there, also
// where the disk then refuses to say that it will be after a power cut.
func (a *Archive) enter(stage, dir, name string) (entered bool, err error) {
	if err := a.root.MkdirAll(dir, 0o777); err != nil {
		return false, wrapWrite(path.Join(a.dir, dir), err)
	}
	if err := a.rename(stage, path.Join(dir, name)); err != nil {
		return false, err
	}
	if a.sync != nil {
		return true, a.sync(dir)
	}
	return true, a.syncUp(dir)
}

// heal makes log/checkpoint that of the newest entry. A process that dies
// between the two leaves an old one, which is true but not the newest.
func (a *Archive) heal() error {
	newest, err := a.Checkpoint()
	if err != nil || newest == nil {
		_ = a.root.Remove(checkpointPath + fresh) // of an entry that never came
		return err
	}
	if prepared, err := a.root.ReadFile(checkpointPath + fresh); err == nil && string(prepared) == string(newest) {
		if err := a.rename(checkpointPath+fresh, checkpointPath); err != nil {
			return err
		}
		return a.syncUp(logDir)
	}
	if err := a.place(checkpointPath, newest); err != nil {
		return err
	}
	_ = a.root.Remove(checkpointPath + fresh)
	return nil
}

// Checkpoint is the newest checkpoint of the release log, nil in an archive
// without releases. It comes from the newest entry, not from log/checkpoint.
func (a *Archive) Checkpoint() ([]byte, error) {
	entries, err := a.entries()
	if err != nil {
		return nil, err
	}
	var newest []byte
	best := -1
	for _, dir := range entries {
		at := path.Join(dir, checkpointName)
		data, err := a.root.ReadFile(at)
		if err != nil {
			return nil, unreadable(at, err)
		}
		if size := sizeOf(data); size > best {
			newest, best = data, size
		}
	}
	return newest, nil
}

// entries are the folders of everything that the log knows.
func (a *Archive) entries() ([]string, error) {
	var dirs []string
	for _, dir := range []string{releasesDir, redactionsDir} {
		names, err := a.names(dir)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if !isHidden(name) {
				dirs = append(dirs, path.Join(dir, name))
			}
		}
	}
	return dirs, nil
}

// sizeOf is the size of the log that a checkpoint names in its second line.
func sizeOf(checkpoint []byte) int {
	lines := strings.SplitN(string(checkpoint), "\n", 3)
	if len(lines) < 3 {
		return -1
	}
	n, err := strconv.Atoi(lines[1])
	if err != nil {
		return -1
	}
	return n
}

// LogFile reads a file of the release log, by its path below log/.
func (a *Archive) LogFile(name string) ([]byte, error) {
	return a.root.ReadFile(path.Join(logDir, name))
}

// gunzip reads a compressed file of the archive.
func (a *Archive) gunzip(name string) ([]byte, error) {
	f, err := a.root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}
