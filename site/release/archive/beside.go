package archive

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// SumsName is the file beside a release that sha256sum reads.
const SumsName = "sha256sums.txt"

// Companion is a file that lies beside the site of a release, on its host and
// in its snapshots, under a path that never changes: manifests, signatures, the
// release log, redactions, snapshots. Being made after the site it is in no
// list of it; Path is from the root of the site.
type Companion struct {
	File
	a    *Archive
	name string // in the archive, "" if data is the content
	data []byte
}

// Open reads the file.
func (c Companion) Open() (io.ReadCloser, error) {
	if c.name == "" {
		return io.NopCloser(bytes.NewReader(c.data)), nil
	}
	return c.a.root.Open(c.name)
}

// Bytes gives the whole file.
func (c Companion) Bytes() ([]byte, error) {
	if c.name == "" {
		return c.data, nil
	}
	return c.a.root.ReadFile(c.name)
}

// Kind says what a companion is.
type Kind string

// The kinds of companions.
const (
	KindManifest  Kind = "manifest"  // with its signatures and, for the release itself, its sha256sums.txt
	KindLog       Kind = "log"       // of all releases
	KindRedaction Kind = "redaction" // what was taken out of the archive, and why
	KindSnapshot  Kind = "snapshot"  // .zip and .wacz that the archive keeps
)

// companionsRoot is the folder of the site in which companions lie.
const companionsRoot = "releases/"

// Kind tells what the file is, by its path.
func (c Companion) Kind() Kind {
	rest := strings.TrimPrefix(c.Path, companionsRoot)
	switch {
	case strings.HasPrefix(rest, "log/"):
		return KindLog
	case strings.HasPrefix(rest, "redactions/"):
		return KindRedaction
	case isSnapshot(rest):
		return KindSnapshot
	}
	return KindManifest
}

func isSnapshot(name string) bool {
	ext := path.Ext(name)
	return ext == ".zip" || ext == ".wacz"
}

// Companions lists what lies beside the site of release r, sorted by path: the
// manifests of all releases, the sums of r, and the whole log, also when r is
// not the newest release. Nothing of it is large but the snapshots.
func (a *Archive) Companions(r *Release) ([]Companion, error) {
	b := besides{a: a}
	for _, one := range a.releases {
		b.folder(one.path(""), companionsRoot+one.ID, func(name string) bool {
			return name == ManifestName || strings.HasPrefix(name, ManifestName+".") || isSnapshot(name)
		})
	}
	files, err := r.Files(Site)
	if err != nil {
		return nil, err
	}
	b.add(companionsRoot+r.ID+"/"+SumsName, "", Sums(files))
	for _, t := range a.redactions {
		b.folder(t.dir, companionsRoot+t.dir, func(name string) bool { return name != checkpointName })
	}
	b.tree(logDir)
	checkpoint, err := a.Checkpoint()
	if err != nil {
		return nil, err
	}
	if checkpoint != nil {
		b.add(companionsRoot+checkpointPath, "", checkpoint)
	}
	slices.SortFunc(b.out, func(x, y Companion) int { return strings.Compare(x.Path, y.Path) })
	return b.out, b.err
}

// besides collects companions; err is the first thing that went wrong.
type besides struct {
	a   *Archive
	out []Companion
	err error
}

func (b *besides) folder(dir, to string, want func(name string) bool) {
	names, err := b.a.names(dir)
	if err != nil {
		b.err = errors.Join(b.err, err)
	}
	for _, name := range names {
		if want(name) {
			b.add(to+"/"+name, path.Join(dir, name), nil)
		}
	}
}

// tree takes the tiles of the log. Its checkpoint is known from elsewhere, and
// tiles that a dead process left beyond it do no harm.
func (b *besides) tree(dir string) {
	err := fs.WalkDir(b.a.root.FS(), dir, func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || d.IsDir() {
			return err
		}
		if name != checkpointPath && !strings.HasSuffix(name, fresh) && !isHidden(d.Name()) {
			b.add(companionsRoot+name, name, nil)
		}
		return nil
	})
	b.err = errors.Join(b.err, err)
}

func (b *besides) add(to, name string, data []byte) {
	c := Companion{File: File{Path: to, Type: TypeOf(to)}, a: b.a, name: name, data: data}
	in, err := c.Open()
	if err == nil {
		h := sha256.New()
		c.Size, err = io.Copy(h, in)
		err = errors.Join(err, in.Close())
		c.SHA256 = hex.EncodeToString(h.Sum(nil))
	}
	if err != nil {
		b.err = errors.Join(b.err, fmt.Errorf("read the archive: %w", err))
	}
	b.out = append(b.out, c)
}

// Snapshots lists the snapshots of a release that the archive keeps, with their
// paths in the site. Only Path, Size and Type are filled.
func (a *Archive) Snapshots(r *Release) []File {
	var out []File
	for _, name := range []string{r.ID + ".wacz", r.ID + ".zip"} {
		if info, err := a.root.Lstat(r.path(name)); err == nil && info.Mode().IsRegular() {
			out = append(out, File{Path: companionsRoot + r.ID + "/" + name, Size: info.Size(), Type: TypeOf(name)})
		}
	}
	return out
}

// With is the same file with another content.
func (c Companion) With(data []byte) Companion {
	c.name, c.data = "", data
	c.Size, c.SHA256 = int64(len(data)), digestOf(data)
	return c
}
