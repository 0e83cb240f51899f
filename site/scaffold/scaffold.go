package scaffold

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/afero"
)

// Kind says what sort of portal is laid down.
type Kind string

// The kinds of new portals.
const (
	Blank   Kind = "blank"
	Example Kind = "example"
)

// InternalMarks are the words that stand in every text, heading and file name
// of the example's internal items, and nowhere else.
func InternalMarks() []string { return []string{"内部标记", "neibu"} }

// all: takes files along whose names start with a dot or an underscore.
//
//go:embed all:blank all:example schema
var content embed.FS

// The folder of the portal that holds its data, and within it the schemas to
// which the files' first lines refer.
const (
	dataDir   = "data"
	schemaDir = dataDir + "/schema"
)

// staging is where the files lie until all are written. What a killed run has
// left there is taken away by the next.
const staging = ".rectify-init"

// NotEmptyError says that the folder holds something already.
type NotEmptyError struct{ Dir, Entry string }

func (e *NotEmptyError) Error() string {
	return fmt.Sprintf("the folder %s is not empty: it holds %s", e.Dir, e.Entry)
}

// NotFolderError says that a file stands where a folder is wanted.
type NotFolderError struct{ Path string }

func (e *NotFolderError) Error() string { return e.Path + " is a file, not a folder" }

// Write lays a new portal into the folder dir of fs, which may be missing or
// empty. It fails with a *NotEmptyError or a *NotFolderError before anything
// is written; after any other failure the folder is as it was before.
func Write(fs afero.Fs, dir string, kind Kind) error {
	missing, err := look(fs, dir)
	if err != nil {
		return err
	}
	if err := write(fs, dir, kind); err != nil {
		// What cannot be taken away is no news beside the first error.
		for _, name := range append(topEntries(kind), staging) {
			_ = fs.RemoveAll(filepath.Join(dir, name))
		}
		for _, folder := range missing {
			_ = fs.Remove(folder)
		}
		return fmt.Errorf("make a portal in %s: %w", dir, err)
	}
	return nil
}

func write(fs afero.Fs, dir string, kind Kind) error {
	stage := filepath.Join(dir, staging)
	if err := fs.RemoveAll(stage); err != nil {
		return err
	}
	for name, data := range files(kind) {
		at := filepath.Join(stage, filepath.FromSlash(name))
		if err := fs.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			return err
		}
		if err := afero.WriteFile(fs, at, data, 0o644); err != nil {
			return err
		}
	}
	for _, name := range topEntries(kind) {
		if err := fs.Rename(filepath.Join(stage, name), filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	return fs.Remove(stage)
}

// Files lists what Write makes, by path from the portal's folder with forward
// slashes, in order.
func Files(kind Kind) []string {
	var names []string
	for name := range files(kind) {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// placeholder is the folder of the report that a blank portal shows until it has
// one of its own.
const placeholder = dataDir + "/reports/example-report/"

// Placeholder gives the files of the report that a blank portal brings, by path
// from the portal's folder. It is to be replaced.
func Placeholder() map[string][]byte {
	found := files(Blank)
	for name := range found {
		if !strings.HasPrefix(name, placeholder) {
			delete(found, name)
		}
	}
	return found
}

// BlankPortal is the portal.yaml of a blank portal, whose name and unit are to be
// replaced.
func BlankPortal() []byte { return files(Blank)[dataDir+"/portal.yaml"] }

// files gives the content of every file by its path.
func files(kind Kind) map[string][]byte {
	found := map[string][]byte{}
	add := func(from, to string) {
		err := fs.WalkDir(content, from, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := content.ReadFile(name)
			found[path.Join(to, strings.TrimPrefix(name, from+"/"))] = data
			return err
		})
		if err != nil {
			panic("scaffold: " + err.Error()) // the files are part of the program
		}
	}
	add(string(kind), "")
	add("schema", schemaDir)
	return found
}

// topEntries are the files and folders right in the portal's folder. The data
// come first: a run that is killed between them leaves a whole data folder.
func topEntries(kind Kind) []string {
	top := []string{dataDir}
	for _, name := range Files(kind) {
		if first, _, _ := strings.Cut(name, "/"); !slices.Contains(top, first) {
			top = append(top, first)
		}
	}
	return top
}

// look refuses a folder that holds anything, and tells which folders on the way
// to it, itself included, are missing: from the inside out.
func look(fs afero.Fs, dir string) (missing []string, err error) {
	for at := filepath.Clean(dir); ; at = filepath.Dir(at) {
		info, err := fs.Stat(at)
		switch {
		case err == nil && !info.IsDir():
			return nil, &NotFolderError{at}
		case err == nil || at == filepath.Dir(at):
			if len(missing) > 0 {
				return missing, nil
			}
			return nil, empty(fs, dir)
		case !isMissing(err):
			return nil, fmt.Errorf("look for the folder %s: %w", at, err)
		}
		missing = append(missing, at)
	}
}

func empty(fs afero.Fs, dir string) error {
	entries, err := afero.ReadDir(fs, dir)
	if err != nil {
		return fmt.Errorf("look into the folder %s: %w", dir, err)
	}
	for _, entry := range entries {
		if !trace(entry.Name()) {
			return &NotEmptyError{dir, entry.Name()}
		}
	}
	return nil
}

// isMissing also takes what a system says of a name below a file: that file is
// found further up.
func isMissing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// trace tells what an empty folder may hold: what systems and git lay down
// unasked, and what a killed run has left.
func trace(name string) bool {
	return slices.Contains([]string{".git", ".DS_Store", "Thumbs.db", "desktop.ini", staging}, name)
}
