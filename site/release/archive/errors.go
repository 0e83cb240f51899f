package archive

import (
	"errors"
	"fmt"
	"io/fs"

	"rectify/site/problem"
)

// ErrNewer says that the archive was written by a later version of this
// program, which may keep promises there that this version does not know.
var ErrNewer = errors.New("the archive was written by a newer version of rectify; use that version")

// errEnded meets a Put or Commit on a transaction that is over.
var errEnded = errors.New("the release has already been committed or aborted")

// DamagedError says that the archive is not what it was. “rectify verify” finds
// everything of the kind; this is the first that was met.
type DamagedError struct{ Problem problem.Problem }

func (e *DamagedError) Error() string {
	return "the archive is damaged: " + e.Problem.Place.File + ": " + e.Problem.Error()
}

// damaged makes the error of a file in the archive.
func damaged(code problem.Code, name string, args ...string) error {
	return &DamagedError{problem.New(code, problem.Place{File: name}, args...)}
}

// unreadable is damage for which the system or a format gives the reason.
func unreadable(name string, err error) error {
	return damaged(problem.ArchiveUnreadable, name, problem.Reason(err))
}

// UnknownError says that the archive has no such release.
type UnknownError struct{ ID string }

func (e *UnknownError) Error() string { return fmt.Sprintf("the archive has no release %s", e.ID) }

// NoFileError says that a release has no such file.
type NoFileError struct{ Release, Path string }

func (e *NoFileError) Error() string {
	return fmt.Sprintf("release %s has no file %s", e.Release, e.Path)
}

// Is lets it pass for fs.ErrNotExist.
func (e *NoFileError) Is(target error) bool { return target == fs.ErrNotExist }

// AgainError says that a content that was redacted is to be released again.
type AgainError struct{ Part, Path string }

func (e *AgainError) Error() string {
	return fmt.Sprintf("archive %s/%s: this content was redacted and must not be published again", e.Part, e.Path)
}

// Is lets it pass for ErrRedacted.
func (e *AgainError) Is(target error) bool { return target == ErrRedacted }

// ExistsError says that a release of this id is there already. Nothing that is
// there is ever written again.
type ExistsError struct{ ID string }

func (e *ExistsError) Error() string {
	return fmt.Sprintf("the archive already has a release %s", e.ID)
}

// LockedError says that another process is writing to the archive.
type LockedError struct {
	Dir string
	PID int // 0 if not known
}

func (e *LockedError) Error() string {
	if e.PID == 0 {
		return fmt.Sprintf("lock %s: another release is being written there; wait for it to end", e.Dir)
	}
	return fmt.Sprintf("lock %s: another release is being written there (process %d); wait for it to end", e.Dir, e.PID)
}

// FullError says that the disk, or the user's share of it, is full. The archive
// is as it was.
type FullError struct {
	Path string
	Err  error
}

func (e *FullError) Error() string {
	return fmt.Sprintf("write %s: the disk is full, the archive is as it was: %v", e.Path, e.Err)
}

func (e *FullError) Unwrap() error { return e.Err }

// ForeignError says that a folder holds other things than an archive.
type ForeignError struct{ Dir, Found string }

func (e *ForeignError) Error() string {
	return fmt.Sprintf("%s is not an archive: it holds %s", e.Dir, e.Found)
}
