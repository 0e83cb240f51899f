package load

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/afero"

	"rectify/site/problem"
)

// MaxSize is the most that one file may have. A report of 100 pages is about
// 200 KB.
const MaxSize = 2 << 20

// maxLinks ends the search for the target of a link that leads to itself.
const maxLinks = 40

// folder is the data folder: the part of fs below root. Names are relative to
// fs and have forward slashes.
type folder struct {
	fs   afero.Fs
	root string
}

// entry is one name in a directory, with links followed.
type entry struct {
	name string
	info fs.FileInfo
}

var (
	errOutside = errors.New("link out of the data folder")
	errLoop    = errors.New(problem.Both("链接指向自身", "the link leads to itself"))
	errFolder  = errors.New(problem.Both("这是文件夹,不是文件", "it is a folder, not a file"))
	errNoDir   = errors.New(problem.Both("这是文件,不是文件夹", "it is a file, not a folder"))
	errSpecial = errors.New(problem.Both("这不是普通文件", "it is not an ordinary file"))
)

// entries lists a directory by name. A directory that does not exist has none.
func (f folder) entries(dir string) ([]entry, problem.List) {
	info, err := f.stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err == nil && !info.IsDir():
		err = errNoDir
	}
	var infos []fs.FileInfo
	if err == nil {
		infos, err = afero.ReadDir(f.fs, dir)
	}
	if err != nil {
		return nil, problem.List{asProblem(dir, err)}
	}
	var found []entry
	var list problem.List
	for _, info := range infos {
		name := path.Join(dir, info.Name())
		if ignored(info.Name()) {
			continue
		}
		if info.Mode()&fs.ModeSymlink != 0 {
			if info, err = f.stat(name); err != nil {
				list = append(list, asProblem(name, err))
				continue
			}
		}
		found = append(found, entry{name, info})
	}
	slices.SortFunc(found, func(a, b entry) int { return strings.Compare(a.name, b.name) })
	return found, list
}

// ignored tells the traces of editors and systems, which nobody wrote.
func ignored(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") ||
		strings.HasSuffix(name, ".swp") || strings.EqualFold(name, "Thumbs.db")
}

// read gives the bytes of a file. info is what entries knows of it, or nil.
func (f folder) read(name string, info fs.FileInfo) ([]byte, error) {
	if info == nil {
		var err error
		if info, err = f.stat(name); err != nil {
			return nil, err
		}
	}
	// A named pipe would keep the reader waiting for ever.
	switch {
	case info.IsDir():
		return nil, errFolder
	case !info.Mode().IsRegular():
		return nil, errSpecial
	case info.Size() > MaxSize:
		return nil, tooLarge(name, info.Size())
	}
	file, err := f.fs.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	// The file may have grown since it was looked at.
	data, err := io.ReadAll(io.LimitReader(file, MaxSize+1))
	if err == nil && len(data) > MaxSize {
		err = tooLarge(name, int64(len(data)))
	}
	return data, err
}

// ReadFile reads a file below the data folder dir that goes out as it is, such
// as evidence; name is relative to dir. It follows no link out of the folder.
func ReadFile(fs afero.Fs, dir, name string) ([]byte, error) {
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		return nil, errOutside
	}
	f := folder{fs, dir}
	full := path.Join(dir, name)
	info, err := f.stat(full)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, errFolder
	case !info.Mode().IsRegular():
		return nil, errSpecial
	}
	return afero.ReadFile(fs, full)
}

// stat looks at a file or directory after it has made sure that no link on the
// way to it leads out of the folder.
func (f folder) stat(name string) (fs.FileInfo, error) {
	if err := f.follow(name); err != nil {
		return nil, err
	}
	return f.fs.Stat(name)
}

// follow walks to a name step by step, as the system would, and fails where a
// link leads out of the root. A link with an absolute target is refused
// wherever it leads: it breaks as soon as the folder is moved. A file system
// that cannot show links has none. The root itself may be a link.
func (f folder) follow(name string) error {
	lister, canList := f.fs.(afero.Lstater)
	reader, canRead := f.fs.(afero.LinkReader)
	if !canList || !canRead {
		return nil
	}
	at, links := f.root, 0
	steps := strings.Split(strings.TrimPrefix(name, f.root), "/")
	for len(steps) > 0 {
		step := steps[0]
		steps = steps[1:]
		switch step {
		case "", ".":
			continue
		case "..":
			if at == f.root {
				return errOutside
			}
			at = path.Dir(at)
			continue
		}
		next := path.Join(at, step)
		info, _, err := lister.LstatIfPossible(next)
		if err != nil {
			return err
		}
		if info.Mode()&fs.ModeSymlink == 0 {
			at = next
			continue
		}
		if links++; links > maxLinks {
			return errLoop
		}
		target, err := reader.ReadlinkIfPossible(next)
		if err != nil {
			return err
		}
		if filepath.IsAbs(target) || filepath.VolumeName(target) != "" {
			return errOutside
		}
		target = filepath.ToSlash(target)
		if strings.HasPrefix(target, "/") {
			return errOutside
		}
		steps = append(strings.Split(target, "/"), steps...)
	}
	return nil
}

func tooLarge(name string, size int64) problem.Problem {
	return problem.New(problem.FileTooLarge, problem.Place{File: name},
		strconv.FormatInt(size, 10), strconv.Itoa(MaxSize))
}

// asProblem puts an error of the file system into words. The system's paths
// are left out: they name the machine's folders, which are not ours to show.
func asProblem(name string, err error) problem.Problem {
	var found problem.Problem
	var atPath *fs.PathError
	switch {
	case errors.As(err, &found):
		return found
	case errors.Is(err, errOutside):
		return problem.New(problem.SymlinkOutside, problem.Place{File: name})
	case errors.Is(err, fs.ErrNotExist):
		return problem.New(problem.MissingFile, problem.Place{File: name}, name)
	case errors.As(err, &atPath):
		err = atPath.Err
	}
	return problem.New(problem.Unreadable, problem.Place{File: name}, fmt.Sprint(err))
}
