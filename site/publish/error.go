package publish

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"rectify/site/internal/osdisk"
)

var (
	// ErrFull says that the target has no room left.
	ErrFull = errors.New("the target is full")

	// ErrSpool says that this machine has no room left for what is prepared here.
	// It is no fault of the target.
	ErrSpool = errors.New("this computer's folder for temporary files is full")

	// ErrLost says that the link to the target broke, or that it answered with
	// a fault of its own that may pass. Publish tries again by itself.
	ErrLost = errors.New("the link to the target was lost")

	// ErrNewer says that a later version of this program wrote the state of
	// the target, and may keep promises there that this one does not know.
	ErrNewer = errors.New("the target was written by a newer version of rectify")

	// ErrLockLost says that another publisher took the target over.
	ErrLockLost = errors.New("another publisher has taken over the lock of the target")
)

// Full makes an ErrFull of what the operating system says of a full disk, or of
// one's share of it; other errors stay as they are.
func Full(err error) error {
	if osdisk.IsFull(err) && !errors.Is(err, ErrSpool) {
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	return err
}

// Spool is Full for what is written into the folder for temporary files.
func Spool(err error) error {
	if osdisk.IsFull(err) {
		return fmt.Errorf("%w (%s): %w", ErrSpool, os.TempDir(), err)
	}
	return err
}

// LockedError says that a publisher is at work on the target, or was when it
// died. It is found stale when it is known to be dead, was silent for ten
// minutes, or left half a lock a minute ago; then its lock is taken over.
type LockedError struct {
	Since   time.Time     // by its own clock; zero if not known
	Silent  time.Duration // since its last sign of life, by the target's clock
	Process int           // its number, 0 if not known
	Here    bool          // it runs, or ran, on this machine under this account
	Dead    bool          // it runs no more, for certain
	Torn    bool          // its lock cannot be read: it is writing it, or died then
	Stale   bool          // it may be taken over, see above

	token string
}

func (e *LockedError) Error() string {
	if e.Torn {
		return fmt.Sprintf("the target is locked by a publisher that wrote half a lock %s ago", e.Silent)
	}
	where := "another computer"
	if e.Here {
		where = "this computer"
	}
	return fmt.Sprintf("the target is locked by process %d on %s since %s; its last sign of life was %s ago",
		e.Process, where, e.Since.UTC().Format(time.RFC3339), e.Silent)
}

// ForeignError says that the target holds something that rectify did not put
// there, where it would have to write.
type ForeignError struct {
	Path  string // what is there
	Adopt bool   // whether Options.Adopt would let the publication go on
}

func (e *ForeignError) Error() string {
	return fmt.Sprintf("the target holds %s, which rectify did not put there", e.Path)
}

// LinkError says that a symbolic link, or something stranger, stands on the
// target where a plain folder or file has to be. To follow it could write
// somewhere else.
type LinkError struct{ Path string }

func (e *LinkError) Error() string {
	return fmt.Sprintf("%s on the target is a link or a special file", e.Path)
}

// TakenError says that the target has another content under the same release.
type TakenError struct{ Release string }

func (e *TakenError) Error() string {
	return fmt.Sprintf("the target has a release %s with another content", e.Release)
}

// LayoutError says that the target cannot have the layout that is asked for.
type LayoutError struct {
	Want, Have Layout
	Why        string // what the host lacks; empty where it simply has the other layout
}

func (e *LayoutError) Error() string {
	if e.Why == "" {
		return fmt.Sprintf("the target has the layout %s, not %s", e.Have, e.Want)
	}
	return fmt.Sprintf("the target cannot have the layout %s: %s", e.Want, e.Why)
}

// UnfitError says that only some files of a release are at hand, and that the
// target does not have the others.
type UnfitError struct {
	Base string // the release that the target has to have
	Live string // the one it has, "" for none
	Path string // if it has the right one: a file of it that is missing or was changed
}

func (e *UnfitError) Error() string {
	if e.Path != "" {
		return fmt.Sprintf("%s on the target is not what the release %s has there", e.Path, e.Base)
	}
	return fmt.Sprintf("only the changes since %s are at hand, but the target has %q", e.Base, e.Live)
}

// DeletionsError says that more of what visitors see would go than is likely
// to be meant. Options.Yes lets it go.
type DeletionsError struct{ Delete, Of int }

func (e *DeletionsError) Error() string {
	return fmt.Sprintf("%d of %d files would be deleted", e.Delete, e.Of)
}

// RedactedError says that a release would be shown again, or at last, of which
// some contents had to go: pages that name these files lead nowhere then.
// Options.Yes shows the rest of it.
type RedactedError struct {
	Release string
	Paths   []string // of the files that are not published
}

func (e *RedactedError) Error() string {
	return fmt.Sprintf("of the release %s the contents of %d files were redacted: %s", e.Release, len(e.Paths), strings.Join(e.Paths, ", "))
}

// ReturnError says that a release would be shown that was shown before, and
// replaced: an old package, perhaps, that somebody brings once more.
type ReturnError struct{ Release, Live string }

func (e *ReturnError) Error() string {
	return fmt.Sprintf("the release %s was live before and has been replaced; live is %s", e.Release, e.Live)
}

// SourceError says that a file of ours is not what its tree says.
type SourceError struct{ Path string }

func (e *SourceError) Error() string {
	return fmt.Sprintf("%s has been changed since the site was built", e.Path)
}

// DamageError says that a file on the target is not what was sent.
type DamageError struct{ Path string }

func (e *DamageError) Error() string {
	return fmt.Sprintf("%s arrived on the target with another content", e.Path)
}

// UnknownReleaseError says that there is no such release to go back to.
type UnknownReleaseError struct {
	Release string   // empty: there is none before the one that is live
	Have    []string // the releases on the target
}

func (e *UnknownReleaseError) Error() string {
	if e.Release == "" {
		return "the target remembers no earlier release"
	}
	return fmt.Sprintf("the release %s is not on the target, which has: %s", e.Release, strings.Join(e.Have, ", "))
}

// UnreachableError says that no link to the target came about.
type UnreachableError struct {
	Address string
	Err     error
}

func (e *UnreachableError) Error() string { return fmt.Sprintf("reach %s: %v", e.Address, e.Err) }
func (e *UnreachableError) Unwrap() error { return e.Err }

// StoppedError says how far a publication came that did not end.
type StoppedError struct {
	Phase Phase
	Live  string // the release that visitors see, "" if none
	Mixed bool   // some files of the new release are out already, each of them whole
	Err   error
}

func (e *StoppedError) Error() string { return fmt.Sprintf("%s: %v", e.Phase, e.Err) }
func (e *StoppedError) Unwrap() error { return e.Err }
