package publish

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"slices"
	"strings"
)

// File is one file of a tree.
type File struct {
	Path   string `json:"path"`   // slash separated, relative, clean; see checkPath
	Size   int64  `json:"size"`   // in bytes
	SHA256 string `json:"sha256"` // in lower case hexadecimal

	// MediaType is what an HTTP header says, for example "text/html;
	// charset=utf-8". Empty means that nothing is known of it.
	MediaType string `json:"media_type,omitempty"`

	// Beside says that the file is not of the release itself: it lies beside it
	// (a log, later manifests) and may change while the release stays what it
	// is.
	Beside bool `json:"beside,omitempty"`

	// Redacted says that the content had to go. It is of the release still,
	// but it is not published, and taken away where it lies.
	Redacted bool `json:"redacted,omitempty"`
}

// Tree is what is to be published: the files of one release, or of a draft.
type Tree struct {
	ID    string // ^[a-z0-9][a-z0-9-]{0,63}$
	Files []File // sorted by path, no path twice

	// Open gives the content of a file of the tree; it may be called from
	// several goroutines. Whatever it gives is held against SHA256.
	Open func(path string) (io.ReadCloser, error)

	// Fetch is told which files will be opened, before they are; it may be nil.
	// An archive that is read from front to back brings them all in one go.
	Fetch func(ctx context.Context, paths []string) error

	// Redacted are the digests of contents that had to go, of whatever release:
	// other releases on the target that hold one are removed there.
	Redacted []string

	// Base names the release that the target has to have where Open cannot give
	// every file; "" where it can.
	Base string
	// Lacks says that Open cannot give a file. nil: it gives all.
	Lacks func(path string) bool
}

// Draft names a tree that is no release after its content, so that two drafts
// that differ never have the same name.
func Draft(files []File) string { return "draft-" + digest(files)[:12] }

// Digest is the SHA-256 of the list of files (path, size and SHA-256, one a
// line) without those beside it: two trees share it exactly if they are of the
// same release.
func (t *Tree) Digest() string { return digest(t.Files) }

func digest(files []File) string {
	h := sha256.New()
	for _, f := range files {
		if f.Beside {
			continue
		}
		fmt.Fprintf(h, "%s  %d  %s\n", f.SHA256, f.Size, f.Path)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Check holds a tree to what its fields promise. Trees also come from packages
// that somebody carried here, so nothing is taken on trust.
func (t *Tree) Check() error {
	if !isID(t.ID) {
		return fmt.Errorf("the release's id %q is not made of lower-case letters, digits and hyphens, 64 at most", t.ID)
	}
	if len(t.Files) == 0 {
		return fmt.Errorf("the release %s has no files", t.ID)
	}
	if !slices.IsSortedFunc(t.Files, func(a, b File) int { return strings.Compare(a.Path, b.Path) }) {
		return fmt.Errorf("the files of %s are not sorted by path", t.ID)
	}
	names := map[string]string{} // folded → path
	for _, f := range t.Files {
		if err := checkPath(f.Path); err != nil {
			return err
		}
		if other, taken := names[fold(f.Path)]; taken {
			return fmt.Errorf("the paths %q and %q are one file on some hosts", other, f.Path)
		}
		names[fold(f.Path)] = f.Path
		if sum, err := hex.DecodeString(f.SHA256); err != nil || len(sum) != sha256.Size || f.SHA256 != strings.ToLower(f.SHA256) || f.Size < 0 {
			return fmt.Errorf("%s has no usable size and digest", f.Path)
		}
	}
	for _, f := range t.Files {
		for dir := range parents(f.Path) {
			if other, taken := names[fold(dir)]; taken {
				return fmt.Errorf("%q is a file, and a folder for %q", other, f.Path)
			}
		}
	}
	return nil
}

// fetch announces the items whose files of the tree will be read.
func (t *Tree) fetch(ctx context.Context, list []*item) error {
	if t.Fetch == nil {
		return nil
	}
	var paths []string
	for _, i := range list {
		if i.of != "" && !i.spooled {
			paths = append(paths, i.of)
		}
	}
	if len(paths) == 0 {
		return nil
	}
	slices.Sort(paths)
	return t.Fetch(ctx, slices.Compact(paths))
}

// redacted are the paths of the files whose contents had to go.
func (t *Tree) redacted() (gone []string) {
	for _, f := range t.Files {
		if f.Redacted {
			gone = append(gone, f.Path)
		}
	}
	return gone
}

// byPath indexes the files.
func (t *Tree) byPath() map[string]File {
	index := make(map[string]File, len(t.Files))
	for _, f := range t.Files {
		index[f.Path] = f
	}
	return index
}

// guarded reads a file of ours and fails at its end unless it was what the tree
// says: a file that was changed since must not reach a host under a record that
// says otherwise.
type guarded struct {
	io.ReadCloser
	file File
	sum  hash.Hash
	n    int64
}

func guard(r io.ReadCloser, f File) io.ReadCloser {
	return &guarded{ReadCloser: r, file: f, sum: sha256.New()}
}

func (g *guarded) Read(p []byte) (int, error) {
	n, err := g.ReadCloser.Read(p)
	g.sum.Write(p[:n])
	g.n += int64(n)
	if g.n > g.file.Size || err == io.EOF && (g.n != g.file.Size || hex.EncodeToString(g.sum.Sum(nil)) != g.file.SHA256) {
		return 0, &SourceError{Path: g.file.Path}
	}
	return n, err
}
