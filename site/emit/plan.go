package emit

import (
	"maps"
	"os"
	"path"
	"slices"
)

// plan is what a commit is going to do. Making it changes nothing, and all
// that can be refused is refused here.
type plan struct {
	moves   []string // paths with a staged file
	early   []string // stale paths in the way of a move
	late    []string // the other stale paths
	unknown []string // files that are not ours
}

func (t *Tx) plan() (*plan, error) {
	p := &plan{}
	for path, e := range t.files {
		if e.stage != 0 {
			p.moves = append(p.moves, path)
		}
	}
	for path := range t.owned {
		if _, ok := t.files[path]; ok {
			continue
		}
		if t.isInTheWay(path) {
			p.early = append(p.early, path)
		} else {
			p.late = append(p.late, path)
		}
	}
	s := &survivor{t: t, met: map[string]bool{}}
	if err := s.walk("", ""); err != nil {
		return nil, err
	}
	if err := s.missing(); err != nil {
		return nil, err
	}
	p.unknown = s.unknown
	for _, list := range [][]string{p.moves, p.early, p.late, p.unknown} {
		slices.Sort(list)
	}
	return p, nil
}

// isInTheWay tells whether a stale path, or a folder above it, has the name of
// something in this build that is of another kind, or has it in other letters.
func (t *Tx) isInTheWay(stale string) bool {
	for dir := range parents(stale) {
		if n, ok := t.names[fold(dir)]; ok && (!n.dir || n.path != dir) {
			return true
		}
	}
	_, ok := t.names[fold(stale)]
	return ok
}

// survivor walks the folder as it is before the commit and finds what is there
// beside the build.
type survivor struct {
	t       *Tx
	met     map[string]bool // unstaged files of the build found as they were compared
	above   map[string]bool // folders that hold owned paths
	unknown []string
}

// walk goes through a folder. blocks is the file of the build in whose place
// the folder stands, if any: all in it has to be ours then, to be removed.
func (s *survivor) walk(dir, blocks string) error {
	infos, err := s.t.d.list(dir)
	if err != nil {
		return err
	}
	for _, info := range infos {
		name := path.Join(dir, info.Name())
		if name == StateDir {
			continue
		}
		switch {
		case info.IsDir():
			err = s.meetDir(name, blocks)
		case info.Mode().IsRegular():
			err = s.meetFile(name, blocks, info)
		default:
			err = s.meetLink(name, blocks)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *survivor) meetDir(name, blocks string) error {
	if s.t.files[name] != nil {
		blocks = name
	}
	if blocks != "" && !s.isAbove(name) {
		return s.conflict(blocks, name)
	}
	return s.walk(name, blocks)
}

func (s *survivor) meetFile(name, blocks string, info os.FileInfo) error {
	e, owned := s.t.files[name], s.t.owned[name]
	switch {
	case e != nil:
		if e.stage == 0 && e.isAs(info) {
			s.met[name] = true
		}
		return nil
	case owned:
		return nil
	case blocks != "":
		return s.conflict(blocks, name)
	case s.t.isDir(name):
		return s.conflict(name, name)
	}
	s.unknown = append(s.unknown, name)
	return nil
}

func (s *survivor) meetLink(name, blocks string) error {
	switch {
	case s.t.files[name] != nil || s.t.isDir(name):
		return &LinkError{Path: s.t.d.full(name)}
	case blocks != "":
		return s.conflict(blocks, name)
	}
	s.unknown = append(s.unknown, name) // even under an owned name: we make no links
	return nil
}

func (s *survivor) conflict(needed, found string) error {
	return &ConflictError{Path: s.t.d.full(needed), Found: s.t.d.full(found)}
}

// isAbove tells whether a folder holds owned paths. The set is rarely needed.
func (s *survivor) isAbove(dir string) bool {
	if s.above == nil {
		s.above = map[string]bool{}
		for path := range s.t.owned {
			for above := range parents(path) {
				s.above[above] = true
			}
		}
	}
	return s.above[dir]
}

// missing finds a file that was right when it was Put and is not any more. Its
// data are gone, so the manifest must not claim it. What the walk has not met
// is looked up by name: where case does not count, the folder may list it in
// other letters.
func (s *survivor) missing() error {
	for _, path := range slices.Sorted(maps.Keys(s.t.files)) {
		e := s.t.files[path]
		if e.stage != 0 || s.met[path] {
			continue
		}
		info, err := s.t.d.plainFile(path)
		if err != nil {
			return err
		}
		if info == nil || !e.isAs(info) {
			return &os.PathError{Op: "compare", Path: s.t.d.full(path), Err: ErrChanged}
		}
	}
	return nil
}

func (e *entry) isAs(info os.FileInfo) bool {
	return info.Size() == e.size && info.ModTime().UnixNano() == e.mtime
}

// isDir tells whether path is a folder of this build.
func (t *Tx) isDir(path string) bool {
	n, ok := t.names[fold(path)]
	return ok && n.dir && n.path == path
}
