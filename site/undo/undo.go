package undo

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/afero"
)

// Dir holds the records, in the portal's folder.
const Dir = ".rectify/undo"

// File is a file that is to be written, or removed where Data is nil. Path is
// relative to the portal's folder, with forward slashes.
type File struct {
	Path string
	Data []byte
	// Seen is what the caller has read there; nil means that there is no file.
	Seen []byte
}

// Entry is what a record says of one file: hexadecimal SHA-256 before and
// after, "" where there is no file.
type Entry struct {
	Path   string `json:"path"`
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
}

// State says how far a change is.
type State string

// The states of a record.
const (
	Begun  State = "begun" // the change was cut short, or is under way
	Done   State = "done"
	Undone State = "undone"
)

// Record is one change.
type Record struct {
	ID    string  `json:"id"` // 20250131-150405; the name of its folder
	What  string  `json:"what"`
	State State   `json:"state"`
	Files []Entry `json:"files"`
}

// ChangedError says that files are not as they should be. Nothing was touched.
type ChangedError struct{ Paths []string }

func (e *ChangedError) Error() string { return fmt.Sprintf("changed by somebody else: %q", e.Paths) }

// NoRecordError says that there is no such record.
type NoRecordError struct{ ID string }

func (e *NoRecordError) Error() string { return "there is no record " + e.ID }

// LinkError says that a link, or something that is no file, stands where a file
// is to be written.
type LinkError struct{ Path string }

func (e *LinkError) Error() string { return e.Path + " is a link or no ordinary file" }

// Write changes files, all of them or, where it fails before it has begun to
// move them, none. fsys is the portal's folder; what says in a word what was
// done. It fails with a *ChangedError where a file is not as it was seen, with a
// *LinkError, and with a *BusyError.
func Write(fsys afero.Fs, now time.Time, what string, files []File) (Record, error) {
	release, err := hold(fsys)
	if err != nil {
		return Record{}, err
	}
	defer release()
	r := Record{What: what, State: Begun}
	var changed []string
	for _, f := range files {
		if !fs.ValidPath(f.Path) {
			return Record{}, fmt.Errorf("write %s: not a path inside the folder", f.Path)
		}
		is, err := read(fsys, f.Path)
		if err != nil {
			return Record{}, err
		}
		if digest(is) != digest(f.Seen) {
			changed = append(changed, f.Path)
		}
		r.Files = append(r.Files, Entry{f.Path, digest(f.Seen), digest(f.Data)})
	}
	if len(changed) > 0 {
		return Record{}, &ChangedError{changed}
	}
	if err := open(fsys, now, &r); err != nil {
		return Record{}, fmt.Errorf("keep the old files: %w", err)
	}
	if err := stage(fsys, r, files); err != nil {
		_ = fsys.RemoveAll(r.dir())
		return Record{}, fmt.Errorf("keep the old files in %s: %w", r.dir(), err)
	}
	for _, e := range r.Files {
		if err := r.forward(fsys, e); err != nil {
			return r, fmt.Errorf("write %s: %w", e.Path, err)
		}
	}
	r.State = Done
	if err := r.save(fsys); err != nil {
		return r, err
	}
	return r, fsys.RemoveAll(path.Join(r.dir(), "new"))
}

// Last stands for the newest change that was not taken back.
const Last = "last"

// Back takes a change back, the one called id or the Last one. It gives the
// files that it restored: none where that was done before. It fails with a
// *NoRecordError, with a *BusyError, or with a *ChangedError where a file was
// edited since; then nothing was touched.
func Back(fsys afero.Fs, id string) (r Record, restored []string, err error) {
	if _, err := fsys.Stat(filepath.FromSlash(path.Dir(Dir))); err == nil {
		release, err := hold(fsys)
		if err != nil {
			return Record{}, nil, err
		}
		defer release()
	}
	if id == Last {
		all, err := List(fsys)
		if err != nil {
			return Record{}, nil, err
		}
		for _, r := range all {
			if r.State != Undone {
				id = r.ID
			}
		}
	}
	if r, err = load(fsys, id); err != nil {
		return Record{}, nil, err
	}
	var changed []string
	var restore []Entry
	for _, e := range r.Files {
		is, err := read(fsys, e.Path)
		if err != nil {
			return r, nil, err
		}
		switch digest(is) {
		case e.Before:
		case e.After:
			restore = append(restore, e)
		default:
			changed = append(changed, e.Path)
		}
	}
	if len(changed) > 0 {
		return r, nil, &ChangedError{changed}
	}
	for _, e := range restore {
		if err := r.back(fsys, e); err != nil {
			return r, restored, fmt.Errorf("restore %s: %w", e.Path, err)
		}
		restored = append(restored, e.Path)
	}
	r.State = Undone
	return r, restored, r.save(fsys)
}

// List gives all records, the oldest first.
func List(fsys afero.Fs) ([]Record, error) {
	entries, err := afero.ReadDir(fsys, filepath.FromSlash(Dir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []Record
	for _, entry := range entries {
		// A folder without a record was cut short before anything was touched.
		if r, err := load(fsys, entry.Name()); err == nil {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b Record) int { return strings.Compare(a.ID, b.ID) })
	return out, nil
}

// Unfinished gives the change that was cut short, if there is one.
func Unfinished(fsys afero.Fs) (Record, bool) {
	all, err := List(fsys)
	if err != nil {
		return Record{}, false
	}
	for _, r := range all {
		if r.State == Begun {
			return r, true
		}
	}
	return Record{}, false
}

func (r *Record) dir() string { return path.Join(Dir, r.ID) }

// open makes the folder of a record; its name is the time, with a number where
// two changes fall into one second.
func open(fsys afero.Fs, now time.Time, r *Record) error {
	if err := fsys.MkdirAll(filepath.FromSlash(Dir), 0o755); err != nil {
		return err
	}
	name := now.Format("20060102-150405")
	for n := 1; n < 1000; n++ {
		r.ID = name
		if n > 1 {
			r.ID = fmt.Sprintf("%s-%d", name, n)
		}
		err := fsys.Mkdir(filepath.FromSlash(r.dir()), 0o755)
		if !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	return fs.ErrExist
}

// stage puts the old files, the new ones and the record on the disk.
func stage(fsys afero.Fs, r Record, files []File) error {
	for _, f := range files {
		if f.Seen != nil {
			if err := put(fsys, path.Join(r.dir(), "old", f.Path), f.Seen); err != nil {
				return err
			}
		}
		if f.Data != nil {
			if err := put(fsys, path.Join(r.dir(), "new", f.Path), f.Data); err != nil {
				return err
			}
		}
	}
	return r.save(fsys)
}

// save writes the record; a reader finds the old one or the new one.
func (r *Record) save(fsys afero.Fs) error {
	data, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	name := path.Join(r.dir(), "record.json")
	if err := put(fsys, name+".tmp", append(data, '\n')); err != nil {
		return err
	}
	return move(fsys, name+".tmp", name)
}

func load(fsys afero.Fs, id string) (Record, error) {
	data, err := afero.ReadFile(fsys, filepath.FromSlash(path.Join(Dir, id, "record.json")))
	if errors.Is(err, fs.ErrNotExist) || !fs.ValidPath(id) {
		return Record{}, &NoRecordError{id}
	}
	if err != nil {
		return Record{}, err
	}
	var r Record
	if err := json.Unmarshal(data, &r); err != nil {
		return Record{}, fmt.Errorf("read the record %s: %w", id, err)
	}
	for _, e := range r.Files {
		if !fs.ValidPath(e.Path) {
			return Record{}, fmt.Errorf("read the record %s: it names %q", id, e.Path)
		}
	}
	r.ID = id
	return r, nil
}

// forward puts one new file in its place.
func (r *Record) forward(fsys afero.Fs, e Entry) error {
	if e.After == "" {
		return remove(fsys, e.Path)
	}
	return move(fsys, path.Join(r.dir(), "new", e.Path), e.Path)
}

// back puts one old file in its place.
func (r *Record) back(fsys afero.Fs, e Entry) error {
	if e.Before == "" {
		return remove(fsys, e.Path)
	}
	data, err := afero.ReadFile(fsys, filepath.FromSlash(path.Join(r.dir(), "old", e.Path)))
	if err != nil {
		return err
	}
	again := path.Join(r.dir(), "again")
	if err := put(fsys, again, data); err != nil {
		return err
	}
	return move(fsys, again, e.Path)
}

func digest(data []byte) string {
	if data == nil {
		return ""
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
