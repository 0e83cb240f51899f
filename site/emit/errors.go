package emit

import (
	"errors"
	"fmt"
)

// ErrChanged says that someone else changed the folder between Put and Commit.
// Nothing was published; building again is the way out.
var ErrChanged = errors.New("changed by someone else while the build was running; build again")

// ErrNewer says that the state was written by a later version of this program,
// which may keep promises there that this version does not know.
var ErrNewer = errors.New("the folder was written by a newer version of rectify; use that version, or another folder")

// errEnded meets a Put or Commit on a build that is over.
var errEnded = errors.New("the build has already been committed or aborted")

// LockedError says that another build is under way in the same folder.
type LockedError struct {
	Dir string // the folder, as given to Begin
	PID int    // the process that holds the lock; 0 if not known
}

func (e *LockedError) Error() string {
	if e.PID == 0 {
		return fmt.Sprintf("lock %s: another build is running in this folder; wait for it to end", e.Dir)
	}
	return fmt.Sprintf("lock %s: another build is running in this folder (process %d); wait for it to end", e.Dir, e.PID)
}

// ForeignError says that the folder holds files and no state of ours, so it is
// somebody's and is left alone.
type ForeignError struct {
	Dir   string // the folder, as given to Begin
	Found string // one name found in it, as an example
}

func (e *ForeignError) Error() string {
	return fmt.Sprintf("build into %s: the folder holds files that rectify did not make (%s); choose an empty or new folder with --out, or move these files elsewhere", e.Dir, e.Found)
}

// PathError refuses a path that could not live, or not alone, on every host.
type PathError struct {
	Path string // the path at fault
	Rule Rule   // which rule it breaks
	With string // for RuleCollision and RuleNested: the other path
}

func (e *PathError) Error() string {
	if e.With != "" {
		return fmt.Sprintf("path %q %s %q", e.Path, e.Rule, e.With)
	}
	return fmt.Sprintf("path %q %s", e.Path, e.Rule)
}

// Rule is a rule of paths; its text completes a sentence that begins with a path.
type Rule string

// The rules of paths. A command that speaks other languages switches on them.
const (
	RuleRelative  Rule = "is not relative, slash separated and clean"                             // "", "/a", "a//b", "../a", "a/./b", "a/"
	RuleCharacter Rule = `has a character that not every system allows in a file name (<>:"|?*\)` // also control characters, and what is not UTF-8
	RuleDevice    Rule = "has the name of a Windows device"                                       // con, nul.html, com1, …
	RuleEnding    Rule = "has a part that ends in a dot or a space"                               // Windows drops them
	RuleLong      Rule = "has a part longer than 255 bytes"
	RuleState     Rule = "lies in .rectify, which holds the state of the folder"
	RuleCollision Rule = "is the same, on Windows and macOS, as"   // differs in case or Unicode form only
	RuleNested    Rule = "is a file where a folder is needed, for" // a and a/b
)

// LinkError says that a path of the build leads over something in the folder
// that is neither a plain file nor a plain folder: a symbolic link, a junction,
// a device. To follow it could write outside the folder.
type LinkError struct {
	Path string // the link, with the folder in front
}

func (e *LinkError) Error() string {
	return fmt.Sprintf("%s is a symbolic link or a special file, and the build writes there; remove it and build again", e.Path)
}

// ConflictError says that a file or folder made by hand stands where the build
// needs a folder or a file. It is not ours to remove.
type ConflictError struct {
	Path  string // what the build needs, with the folder in front
	Found string // what is in its way, with the folder in front
}

func (e *ConflictError) Error() string {
	return fmt.Sprintf("write %s: %s was added by hand and is in the way; move it elsewhere and build again", e.Path, e.Found)
}

// FullError says that the disk, or the user's share of it, is full.
type FullError struct {
	Path string // what was being written, with the folder in front
	Err  error
}

func (e *FullError) Error() string {
	return fmt.Sprintf("write %s: the disk is full; free some space and build again: %v", e.Path, e.Err)
}

func (e *FullError) Unwrap() error { return e.Err }
