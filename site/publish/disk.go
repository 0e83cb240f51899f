package publish

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// disk is a Disk with what every layout on it needs.
type disk struct {
	Disk
	shelf *diskShelf

	mu   sync.Mutex
	made map[string]bool // folders known to be there, and to be folders

	// date is the time that a file bears that is put here; zero for the true one.
	date time.Time
}

func newDisk(d Disk) *disk {
	x := &disk{Disk: d, made: map[string]bool{}}
	x.shelf = &diskShelf{x}
	return x
}

// kindOf tells what stands under a name; there is false where nothing does.
func (x *disk) kindOf(name string) (kind Kind, there bool, err error) {
	info, err := x.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return 0, false, nil
	case err != nil:
		return 0, false, fmt.Errorf("look at %s: %w", shown(name), err)
	}
	return info.Kind, true, nil
}

// isFolder is kindOf where only a folder will do: a link there could lead out
// of the target.
func (x *disk) isFolder(name string) (there bool, err error) {
	kind, there, err := x.kindOf(name)
	if there && err == nil && kind != KindFolder && name != "" {
		return true, &LinkError{Path: name}
	}
	return there, err
}

// folder makes a folder and those above it, and makes sure that each is one.
func (x *disk) folder(name string) error {
	x.mu.Lock()
	known := x.made[name]
	x.mu.Unlock()
	if known {
		return nil
	}
	there, err := x.isFolder(name)
	if err != nil {
		return err
	}
	if !there {
		if name != "" {
			if err := x.folder(dirOf(name)); err != nil {
				return err
			}
		}
		// Another worker may have been faster.
		if err := x.Mkdir(name); err != nil && !errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("make the folder %s: %w", shown(name), err)
		} else if err != nil {
			if _, err := x.isFolder(name); err != nil {
				return err
			}
		}
	}
	x.mu.Lock()
	x.made[name] = true
	x.mu.Unlock()
	return nil
}

// forget makes folder look again, after folders were moved.
func (x *disk) forget() {
	x.mu.Lock()
	defer x.mu.Unlock()
	clear(x.made)
}

// place gives a file its name. Where a host does not replace in one step, the file
// that has the name steps aside for a moment, and comes back if the other one
// cannot take its place. It does so only where it is what is in the way: a host
// that refuses for another reason keeps what visitors see.
func (x *disk) place(from, to string) error {
	err := x.Rename(from, to)
	for _, other := range []error{ErrLost, ErrFull, fs.ErrPermission, fs.ErrNotExist} {
		if err == nil || errors.Is(err, other) {
			return wrap(err, "rename "+from+" to "+to)
		}
	}
	kind, there, look := x.kindOf(to)
	switch {
	case look != nil:
		return look
	case there && kind == KindFolder:
		if x.Remove(to) != nil { // somebody has something in it
			return &ForeignError{Path: to}
		}
		return wrap(x.Rename(from, to), "rename "+from+" to "+to)
	case !there, x.Can().Replace:
		return wrap(err, "rename "+from+" to "+to)
	}
	aside := onShelf("old-" + newToken())
	if err := x.Rename(to, aside); err != nil {
		return wrap(err, "rename "+to)
	}
	if err := x.Rename(from, to); err != nil {
		return errors.Join(wrap(err, "rename "+from+" to "+to), wrap(x.Rename(aside, to), "put back "+to))
	}
	return x.drop(aside)
}

// drop removes what may not be there.
func (x *disk) drop(name string) error {
	if err := x.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove %s: %w", name, err)
	}
	return nil
}

// mkdirs makes folders below dir, a level at a time, and makes sure that each is
// one.
func (x *disk) mkdirs(ctx context.Context, dir string, folders []string) error {
	levels := map[int][]string{}
	for _, name := range folders {
		depth := strings.Count(name, "/")
		levels[depth] = append(levels[depth], name)
	}
	if err := x.folder(dir); err != nil {
		return err
	}
	for depth := 0; levels[depth] != nil; depth++ {
		err := ask(ctx, levels[depth], func(name string) error { return x.folder(path.Join(dir, name)) })
		if err != nil {
			return err
		}
	}
	return nil
}

// sum reads a file to its digest.
func (x *disk) sum(name string, size int64) (string, error) {
	h := sha256.New()
	if err := x.Read(name, size, h); err != nil {
		return "", fmt.Errorf("read %s: %w", name, err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// put gives a file its name once it is whole: written under another name, seen
// on the disk, and read back.
func (x *disk) put(name string, i *item, sent io.Writer) error {
	r, err := i.open()
	if err != nil {
		return err
	}
	fresh, h := onShelf("new-"+newToken()), sha256.New()
	err = x.Create(fresh, io.TeeReader(r, sent), h)
	if err := errors.Join(wrap(err, "write "+name), r.Close()); err != nil {
		return err
	}
	if hex.EncodeToString(h.Sum(nil)) != i.SHA256 {
		return errors.Join(&DamageError{Path: name}, x.drop(fresh))
	}
	if !x.date.IsZero() {
		// A host that refuses has its files read once more the next time.
		if err := x.Date(fresh, x.date); errors.Is(err, ErrLost) {
			return wrap(err, "date "+name)
		}
	}
	return x.place(fresh, name)
}

// survey is what lies in a folder and below.
type survey struct {
	files   []Found  // sorted; links and devices too
	folders []string // sorted, without the folder itself
}

func (s *survey) byPath() map[string]Found {
	index := make(map[string]Found, len(s.files))
	for _, f := range s.files {
		index[f.Path] = f
	}
	return index
}

// walk lists a folder and what is below it, and reads the files where that is
// cheap, so that their stamps cannot lie. It reads only those that may be what
// somebody expects there: a file of somebody else, or of another size, can be
// large.
func (x *disk) walk(ctx context.Context, dir string, may expected) (*survey, error) {
	s, err := x.list(ctx, dir)
	if err != nil || !x.Can().Near {
		return s, err
	}
	return s, x.stamp(ctx, dir, s.files, may)
}

// expected says that a file of a path and a size may be one that is looked for.
type expected func(path string, size int64) bool

// expecting are the files of some records and of a tree, which may be nil. Where
// there is one, a record alone is no reason to read a large file: it may be planted,
// as the file may.
func expecting(t *Tree, records ...*record) expected {
	sizes := map[string][]int64{}
	for _, r := range records {
		for p, e := range r.byPath() {
			if t == nil || e.Size <= LargestState {
				sizes[p] = append(sizes[p], e.Size)
			}
		}
	}
	var files map[string]File
	if t != nil {
		files = t.byPath()
	}
	return func(path string, size int64) bool {
		if slices.Contains(sizes[path], size) {
			return true
		}
		if f, ok := files[path]; ok {
			return size == f.Size
		}
		f, ok := files[strings.TrimSuffix(path, ".gz")]
		return ok && size <= f.Size+gzipExtra
	}
}

// gzipExtra is more than gzip adds to a file that it cannot make smaller.
const gzipExtra = 4 << 10

// list lists a folder and what is below it, without following links. Paths are
// relative to it. The state of the target is left out.
func (x *disk) list(ctx context.Context, dir string) (*survey, error) {
	s := &survey{}
	var mu sync.Mutex
	for level := []string{""}; len(level) > 0; {
		var below []string
		err := ask(ctx, level, func(rel string) error {
			infos, err := x.List(path.Join(dir, rel))
			if err != nil {
				return fmt.Errorf("list %s: %w", shown(path.Join(dir, rel)), err)
			}
			mu.Lock()
			defer mu.Unlock()
			for _, info := range infos {
				name := path.Join(rel, info.Name)
				switch {
				case name == StateDir && dir == "":
				case info.Kind == KindFolder:
					below = append(below, name)
				default:
					s.files = append(s.files, Found{
						Path: name, Size: info.Size, kind: info.Kind, modified: info.Modified,
						Stamp: stampOf(info.Modified),
					})
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		s.folders = append(s.folders, below...)
		level = below
	}
	slices.Sort(s.folders)
	slices.SortFunc(s.files, func(a, b Found) int { return strings.Compare(a.Path, b.Path) })
	return s, nil
}

// stampOf is a stamp that tells the time of the last change, as SFTP counts it.
func stampOf(modified time.Time) string { return strconv.FormatInt(modified.Unix(), 10) }

// sumStamp begins a stamp that is the content's digest.
const sumStamp = "sha256:"

func (x *disk) stamp(ctx context.Context, dir string, files []Found, may expected) error {
	return each(ctx, pointers(files), func(f *Found) error {
		switch {
		case f.kind != KindFile:
			return nil
		case !may(f.Path, f.Size):
			f.Stamp = "unlike" // what we look for
			return nil
		}
		sum, err := x.sum(path.Join(dir, f.Path), f.Size)
		switch {
		case errors.Is(err, fs.ErrPermission):
			f.Stamp = "unreadable" // not as we left it
		case err != nil:
			return err
		default:
			f.Stamp = sumStamp + sum
		}
		return nil
	})
}

// contents says what is in the files that were found, as far as that is known
// without reading them: from their stamps, or from a record whose stamps they
// still have.
func contents(files []Found, records ...*record) map[string]string {
	sums := make(map[string]string, len(files))
	var known []map[string]entry
	for _, r := range records {
		known = append(known, r.byPath())
	}
	for _, f := range files {
		if f.kind != KindFile {
			continue
		}
		if sum, ok := strings.CutPrefix(f.Stamp, sumStamp); ok {
			sums[f.Path] = sum
			continue
		}
		for _, k := range known {
			if e, ok := k[f.Path]; ok && e.Size == f.Size && e.Stamp == f.Stamp && e.Stamp != "" {
				sums[f.Path] = e.SHA256
				break
			}
		}
	}
	return sums
}

func pointers[T any](list []T) []*T {
	out := make([]*T, len(list))
	for i := range list {
		out[i] = &list[i]
	}
	return out
}

// dirOf is path.Dir with "" for the target's root.
func dirOf(name string) string {
	if dir := path.Dir(name); dir != "." {
		return dir
	}
	return ""
}

// shown is a name as it can stand in a message.
func shown(name string) string {
	if name == "" {
		return "the target's folder"
	}
	return name
}
