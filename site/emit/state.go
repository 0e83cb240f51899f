package emit

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/afero"
)

// StateDir is the folder inside the output folder where emit keeps its state.
// It is not part of the site: what copies or serves the site leaves it out.
const StateDir = ".rectify"

const (
	manifestName = StateDir + "/manifest.json"
	seenName     = StateDir + "/seen.json"
	journalName  = StateDir + "/journal"
	lockName     = StateDir + "/lock"
	stageDir     = StateDir + "/stage"

	// fresh marks a file of the state that is complete but not in force yet.
	fresh = ".new"
)

// State is what a folder is to this room.
type State int

// The states of a folder; doc.go has the way from one to another.
const (
	Absent     State = iota // there is no such folder
	Empty                   // it holds nothing
	Foreign                 // it holds files, and no state of ours
	Unfinished              // a build began to change it and did not end, or its state is damaged
	Finished                // it holds what the manifest says
)

func (s State) String() string {
	switch s {
	case Absent:
		return "absent"
	case Empty:
		return "empty"
	case Foreign:
		return "foreign"
	case Unfinished:
		return "unfinished"
	case Finished:
		return "finished"
	}
	return fmt.Sprintf("State(%d)", int(s))
}

// Status is the answer of Inspect.
type Status struct {
	State State

	// Found is one name in the folder that is not ours, for Foreign.
	Found string

	// For Finished: the files of the site, sorted by path, the sum of their
	// sizes, and the SHA-256 of the manifest in hexadecimal, which two folders
	// share exactly if they hold the same site.
	Files  []File
	Bytes  int64
	Digest string
}

// Inspect tells the state of a folder from its records. It takes no lock,
// changes nothing and does not read the public files; while a build commits
// it says Unfinished.
func Inspect(fsys afero.Fs, dir string) (Status, error) {
	s, err := inspect(newDisk(fsys, dir))
	if err != nil {
		return Status{}, fmt.Errorf("inspect %s: %w", dir, err)
	}
	return s, nil
}

func inspect(d disk) (Status, error) {
	s, err := survey(d)
	if err != nil || s.State != Finished {
		return s, err
	}
	m, err := readManifest(d)
	if err != nil {
		return Status{}, err
	}
	if m == nil {
		return Status{State: Unfinished}, nil
	}
	s.Files, s.Digest = m.files, m.digest
	for _, f := range m.files {
		s.Bytes += f.Size
	}
	return s, nil
}

// survey tells the state without reading the manifest. It holds no lock, so a
// build that comes to nothing may take its folders away under our eyes: then
// what was seen is out of date and worth another look.
func survey(d disk) (s Status, err error) {
	for range 100 {
		if s, err = look(d); !errors.Is(err, fs.ErrNotExist) {
			break
		}
	}
	return s, err
}

func look(d disk) (Status, error) {
	info, err := d.fs.Stat(d.dir) // the folder itself may be a link
	if errors.Is(err, fs.ErrNotExist) {
		return Status{State: Absent}, nil
	}
	if err != nil {
		return Status{}, err
	}
	if !info.IsDir() {
		return Status{}, fmt.Errorf("%s is a file, not a folder", d.dir)
	}

	var found string
	f, err := d.fs.Open(d.dir)
	if err != nil {
		return Status{}, err
	}
	names, err := f.Readdirnames(-1)
	f.Close()
	if err != nil {
		return Status{}, err
	}
	ours := false
	for _, name := range names {
		if name == StateDir {
			ours = true
		} else if found == "" || name < found {
			found = name
		}
	}
	if !ours {
		if found != "" {
			return Status{State: Foreign, Found: found}, nil
		}
		return Status{State: Empty}, nil
	}

	// Behind a link, or under a file of that name, is nothing that we made.
	if info, err := d.lstat(StateDir); err != nil {
		return Status{}, err
	} else if !info.IsDir() {
		return Status{State: Foreign, Found: StateDir}, nil
	}
	has := map[string]bool{}
	records, err := d.list(StateDir)
	if err != nil {
		return Status{}, err
	}
	for _, r := range records {
		has[StateDir+"/"+r.Name()] = true
	}
	switch {
	case has[journalName]:
		return Status{State: Unfinished}, nil
	case has[manifestName]:
		return Status{State: Finished}, nil
	case found != "":
		// A folder of this name alone proves nothing; other programs and other
		// rooms may use it. Public files of ours appear only after the journal.
		return Status{State: Foreign, Found: found}, nil
	case len(has) > 1 || len(has) == 1 && !has[lockName]:
		return Status{State: Unfinished}, nil
	}
	return Status{State: Empty}, nil
}
