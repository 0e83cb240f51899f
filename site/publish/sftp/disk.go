package sftp

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"time"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"

	"rectify/site/publish"
)

// ErrNoReason says that the server refused something and did not say why. A
// server that cannot be asked for its free space says so of a full disk, every
// server of an exceeded quota.
var ErrNoReason = errors.New("the server gives no reason; often its disk is full or a quota is used up")

// packet is how much travels in one request.
const packet = 32 << 10

// disk is the folder on the host.
type disk struct {
	root    string
	client  *ssh.Client
	session *sftp.Client
	can     publish.Abilities
	fsync   bool
	statvfs bool
}

func newDisk(root string, client *ssh.Client, session *sftp.Client) *disk {
	has := func(extension string) bool {
		_, ok := session.HasExtension(extension)
		return ok
	}
	replace := has("posix-rename@openssh.com")
	return &disk{
		root: root, client: client, session: session,
		can:   publish.Abilities{Replace: replace, Switch: replace, Link: has("hardlink@openssh.com")},
		fsync: has("fsync@openssh.com"), statvfs: has("statvfs@openssh.com"),
	}
}

func (d *disk) Close() error {
	_ = d.session.Close()
	return d.client.Close()
}

func (d *disk) Can() publish.Abilities { return d.can }

func (d *disk) full(name string) string { return path.Join(d.root, name) }

// known turns the library's errors into those that publish knows. What is no
// answer of the host is a broken link.
func known(err error) error {
	var status *sftp.StatusError
	switch {
	case err == nil, errors.As(err, &status), errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission), errors.Is(err, fs.ErrExist):
		return err
	}
	return fmt.Errorf("%w: %w", publish.ErrLost, err)
}

// made is known for a step that makes a name. A failure without a reason is
// looked into; size is what was to be written.
func (d *disk) made(name string, size int64, err error) error {
	err = known(err)
	var status *sftp.StatusError
	if !errors.As(err, &status) {
		return err
	}
	if _, there := d.session.Lstat(d.full(name)); there == nil && size < 0 {
		return fmt.Errorf("%w: %w", fs.ErrExist, err)
	}
	if d.statvfs {
		vfs, asked := d.session.StatVFS(d.full(path.Dir(name)))
		if asked == nil && (vfs.Bavail*vfs.Frsize < uint64(max(size, 0))+packet || vfs.Files > 0 && vfs.Favail == 0) {
			return fmt.Errorf("%w: %w", publish.ErrFull, err)
		}
	}
	return fmt.Errorf("%w (%w)", ErrNoReason, err)
}

func (d *disk) Lstat(name string) (publish.Info, error) {
	info, err := d.session.Lstat(d.full(name))
	if err != nil {
		return publish.Info{}, known(err)
	}
	return infoOf(info), nil
}

func infoOf(i fs.FileInfo) publish.Info {
	kind := publish.KindOther
	switch i.Mode().Type() {
	case 0:
		kind = publish.KindFile
	case fs.ModeDir:
		kind = publish.KindFolder
	case fs.ModeSymlink:
		kind = publish.KindLink
	}
	return publish.Info{Name: i.Name(), Kind: kind, Size: i.Size(), Modified: i.ModTime()}
}

func (d *disk) List(dir string) ([]publish.Info, error) {
	list, err := d.session.ReadDir(d.full(dir))
	if err != nil {
		return nil, known(err)
	}
	infos := make([]publish.Info, len(list))
	for i := range list {
		infos[i] = infoOf(list[i])
	}
	return infos, nil
}

// Read asks for exactly the bytes that were listed: each question more is a way
// to the host and back.
func (d *disk) Read(name string, size int64, w io.Writer) error {
	f, err := d.session.Open(d.full(name))
	if err != nil {
		return known(err)
	}
	defer f.Close()
	return readAll(f, size, w)
}

// readAll reads a file up to a size that is known.
func readAll(f *sftp.File, size int64, w io.Writer) error {
	buffer := make([]byte, min(size, 32*packet))
	for at := int64(0); at < size; {
		n, err := f.ReadAt(buffer[:min(int64(len(buffer)), size-at)], at)
		if n > 0 {
			if _, err := w.Write(buffer[:n]); err != nil {
				return err
			}
			at += int64(n)
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil // shorter than listed: the digest will tell
		case err != nil:
			return known(err)
		}
	}
	return nil
}

// source remembers whether it was itself that failed.
type source struct {
	io.Reader
	n      int64
	failed error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	s.n += int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		s.failed = err
	}
	return n, err
}

// Create reads back through the same handle: to open the file again would be two
// more ways to the host for each.
func (d *disk) Create(name string, r io.Reader, back io.Writer) error {
	f, err := d.session.OpenFile(d.full(name), os.O_RDWR|os.O_CREATE|os.O_EXCL)
	if err != nil {
		return d.made(name, -1, err)
	}
	from := &source{Reader: r}
	_, err = f.ReadFromWithConcurrency(from, 0)
	if err == nil && d.fsync {
		err = f.Sync()
	}
	if err == nil && back != nil {
		err = readAll(f, from.n, back)
	}
	err = errors.Join(err, f.Close())
	switch {
	case from.failed != nil:
		err = from.failed
	case err == nil:
		return nil
	default:
		err = d.made(name, from.n, err)
	}
	if !errors.Is(err, publish.ErrLost) {
		_ = d.session.Remove(d.full(name))
	}
	return err
}

func (d *disk) Touch(name string, data []byte) error {
	f, err := d.session.OpenFile(d.full(name), os.O_WRONLY)
	if err != nil {
		return known(err)
	}
	_, err = f.WriteAt(data, 0)
	return known(errors.Join(err, f.Close()))
}

func (d *disk) Date(name string, at time.Time) error {
	return known(d.session.Chtimes(d.full(name), at, at))
}

func (d *disk) Mkdir(name string) error {
	return d.made(name, -1, d.session.Mkdir(d.full(name)))
}

func (d *disk) Link(from, to string) error {
	return d.made(to, -1, d.session.Link(d.full(from), d.full(to)))
}

func (d *disk) Symlink(target, name string) error {
	return d.made(name, -1, d.session.Symlink(target, d.full(name)))
}

func (d *disk) Readlink(name string) (string, error) {
	to, err := d.session.ReadLink(d.full(name))
	return to, known(err)
}

func (d *disk) Rename(from, to string) error {
	if d.can.Replace {
		return known(d.session.PosixRename(d.full(from), d.full(to)))
	}
	return known(d.session.Rename(d.full(from), d.full(to)))
}

func (d *disk) Remove(name string) error { return known(d.session.Remove(d.full(name))) }

// Sync does nothing: SFTP has no way to see a folder on the disk.
func (d *disk) Sync(string) error { return nil }
