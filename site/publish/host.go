package publish

import (
	"context"
	"io"
	"time"
)

// Dial connects to a host, as a Disk or as a Store. The context given to it
// ends every call on what it returns. It is called again after a link broke.
type Dial func(ctx context.Context) (Host, error)

// Host is the far end of a target: a Disk or a Store. Its methods may be
// called from several goroutines.
//
// Names are slash separated and relative to the target's root, which is "".
// Errors are told apart by errors.Is: fs.ErrNotExist, fs.ErrExist,
// fs.ErrPermission, ErrFull, and ErrLost for what another try may mend.
type Host interface {
	Close() error
}

// Disk is a host with folders, such as a local folder or an SFTP account.
type Disk interface {
	Host

	// Can says what the host's file system offers.
	Can() Abilities

	// Lstat and List do not follow links.
	Lstat(name string) (Info, error)
	List(dir string) ([]Info, error)

	// Read writes the content of a file, whose size was just listed, to w.
	Read(name string, size int64, w io.Writer) error

	// Create writes a file that must not be there and sees it on the disk. One
	// that could not be completed is removed, or left for the next try.
	// Where back is not nil, what is there by then is read again, into it.
	Create(name string, r io.Reader, back io.Writer) error

	// Touch writes data over the start of a file, in place.
	Touch(name string, data []byte) error

	// Date says that a file was last changed at a time, in whole seconds.
	Date(name string, at time.Time) error

	Mkdir(name string) error
	Link(from, to string) error
	Symlink(target, name string) error
	Readlink(name string) (string, error)

	// Rename moves a file or a folder. Where Abilities.Replace is true a file
	// or link that has the new name is replaced in one step; elsewhere that
	// may fail.
	Rename(from, to string) error

	// Remove takes away a file, a link or an empty folder.
	Remove(name string) error

	// Sync sees the names in a folder on the disk, where the host can do that.
	Sync(dir string) error
}

// Abilities say what a disk offers beyond files and folders.
type Abilities struct {
	Replace bool // Rename replaces in one step
	Link    bool // hard links
	Switch  bool // symbolic links, replaced in one step
	Near    bool // reading costs next to nothing, so contents are read, not inferred
}

// Info is what a disk knows of a name without opening it.
type Info struct {
	Name     string // the last part
	Kind     Kind
	Size     int64
	Modified time.Time // by the host's clock
}

// Kind is what a name stands for.
type Kind int

// The kinds of names.
const (
	KindFile Kind = iota
	KindFolder
	KindLink  // a symbolic link
	KindOther // a device, a socket …
)

// Store is a host that keeps whole files under names, such as an S3 bucket:
// no folders, no links, no renaming, and each file replaced in one step.
type Store interface {
	Host
	Shelf

	// Files lists everything but the shelf.
	Files() ([]Found, error)

	// Put stores a file, all of it or nothing, and makes sure that the host
	// has what was sent. It gives the file's stamp.
	Put(f Stored, open func() (io.ReadCloser, error)) (stamp string, err error)

	// Holds says whether a file that was found has the content of f. open gives
	// that content where it is at hand; where it is nil the host has to be read.
	Holds(found Found, f Stored, open func() (io.ReadCloser, error)) (bool, error)

	// Read writes the stored content of a file to w.
	Read(name string, size int64, w io.Writer) error

	// Delete takes a file away. One that is not there is no error.
	Delete(name string) error
}

// Found is a file on a target.
type Found struct {
	Path string
	Size int64

	// Stamp changes when the content does, as far as the target can tell
	// without reading it: an ETag, or the time of the last change.
	Stamp string

	kind     Kind      // on a disk; a link is never followed
	modified time.Time // on a disk
}

// Stored is a file as a target is to keep it.
type Stored struct {
	File                // Size and SHA256 are those of the stored bytes
	CacheControl string // what an HTTP header says
	Encoding     string // "gzip" where the stored bytes are compressed, else ""
}

// Shelf is the place on a target for the few small files by which a publisher
// knows it again: everything under StateDir.
type Shelf interface {
	// Get fails with a *ForeignError where a file is larger than LargestState.
	Get(name string) ([]byte, error)
	Set(name string, data []byte) error // whole or not at all
	Drop(name string) error             // a file that is not there is no error

	// Create makes a file that must not be there; otherwise fs.ErrExist.
	Create(name string, data []byte) error

	// Swap puts data in the place of old; fs.ErrExist if something else is
	// there by now.
	Swap(name string, old, data []byte) error

	// Touch writes a file of ours again as it is, and Time gives the time of
	// its last writing: both by the host's clock.
	Touch(name string, data []byte) error
	Time(name string) (time.Time, error)
}
