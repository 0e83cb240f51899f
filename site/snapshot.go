package site

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"rectify/site/internal/osdisk"
	"rectify/site/release"
	"rectify/site/release/archive"
	"rectify/site/release/snapshot"
)

// SnapshotKind is a kind of snapshot.
type SnapshotKind string

// The kinds of snapshots.
const (
	SnapshotZip  SnapshotKind = "zip"
	SnapshotWACZ SnapshotKind = "wacz"
	SnapshotBag  SnapshotKind = "bag"
)

// SnapshotResult says what was made.
type SnapshotResult struct {
	ID    string       `json:"id"`
	Kind  SnapshotKind `json:"kind"`
	File  string       `json:"file"`
	Bytes int64        `json:"bytes"` // of a file
	Kept  bool         `json:"kept"`  // in the archive
}

// Snapshot takes a release out of the archive into a file. A bag becomes a
// folder unless the name ends in .zip. Where file is "" a zip or WACZ is kept
// in the archive, from where it is offered for download. Another file that has
// the name already is a *FileTakenError, unless replace says that it may go.
func Snapshot(ctx context.Context, o Options, kind SnapshotKind, id, file string, replace bool) (SnapshotResult, error) {
	a, err := openArchive(o)
	if err != nil {
		return SnapshotResult{}, err
	}
	defer a.Close()
	r, err := a.Release(id)
	if err != nil {
		return SnapshotResult{}, err
	}
	source, err := snapshotOf(ctx, a, r, o.Version)
	if err != nil {
		return SnapshotResult{}, err
	}
	result := SnapshotResult{ID: id, Kind: kind, File: file}
	if file == "" {
		result.Kept = true
		result.File, result.Bytes, err = archive.Keep(a.Dir(), id, string(kind), func(out io.Writer) error {
			return fillSnapshot(ctx, kind, out, source)
		})
		return result, err
	}
	if !filepath.IsAbs(file) {
		file = filepath.Join(o.Dir, file)
	}
	if kind == SnapshotBag && !strings.HasSuffix(file, ".zip") {
		site, err := vacant(file)
		if err == nil && site {
			err = &FilledError{Dir: file, Found: "index.html"}
		}
		if err == nil {
			err = restoreAnew(file, func(put func(string, []byte) error) error { return snapshot.Bag(ctx, put, source) })
		}
		return result, err
	}
	result.Bytes, err = writeSnapshot(ctx, kind, file, source, replace)
	return result, err
}

// FileTakenError says that there is a file of that name, which is not what was
// to be written. It was left as it is.
type FileTakenError struct{ File string }

func (e *FileTakenError) Error() string {
	return fmt.Sprintf("there is another file %s, which was left alone", e.File)
}

// writeSnapshot writes a file whole or not at all.
func writeSnapshot(ctx context.Context, kind SnapshotKind, file string, source snapshot.Release, replace bool) (size int64, err error) {
	taken := &FileTakenError{File: file}
	err = osdisk.WriteWhole(file, 0o644, func(out io.Writer) error {
		made := counter{to: out, digest: sha256.New()}
		if err := fillSnapshot(ctx, kind, &made, source); err != nil {
			return err
		}
		size = made.n
		if replace {
			return nil
		}
		old, err := digestOfFile(file)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case !bytes.Equal(old, made.digest.Sum(nil)):
			return taken
		}
		return nil
	})
	if errors.Is(err, taken) {
		return 0, taken
	}
	if err != nil {
		return 0, fmt.Errorf("write %s: %w", file, err)
	}
	return size, nil
}

// counter knows what went through it.
type counter struct {
	to     io.Writer
	digest hash.Hash
	n      int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.to.Write(p)
	_, _ = c.digest.Write(p[:n]) // never fails
	c.n += int64(n)
	return n, err
}

// digestOfFile is the SHA-256 of a file; nil for a folder or a link, which is
// never what was made.
func digestOfFile(name string) ([]byte, error) {
	info, err := os.Lstat(name)
	if err != nil || !info.Mode().IsRegular() {
		return nil, err
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	h := sha256.New()
	_, err = io.Copy(h, f)
	return h.Sum(nil), errors.Join(err, f.Close())
}

func fillSnapshot(ctx context.Context, kind SnapshotKind, out io.Writer, source snapshot.Release) error {
	switch kind {
	case SnapshotBag:
		put, done := snapshot.ZipSink(out, source.Time)
		return errors.Join(snapshot.Bag(ctx, put, source), done())
	case SnapshotWACZ:
		spool, err := os.CreateTemp("", "rectify-*")
		if err != nil {
			return err
		}
		return errors.Join(snapshot.WACZ(ctx, out, spool, source), spool.Close(), os.Remove(spool.Name()))
	}
	return snapshot.Zip(ctx, out, source)
}

// snapshotOf makes a release ready to be written as a snapshot: with what lay
// beside its site when it was made, so that a snapshot made years later is the
// same.
func snapshotOf(ctx context.Context, a *archive.Archive, r *archive.Release, version string) (snapshot.Release, error) {
	at, err := time.Parse(time.RFC3339, r.Time)
	if err != nil {
		return snapshot.Release{}, fmt.Errorf("read the time of release %s: %w", r.ID, err)
	}
	companions, err := release.CompanionsThen(a, r)
	if err != nil {
		return snapshot.Release{}, err
	}
	return snapshot.Release{
		ID: r.ID, Name: r.Portal.Name, Unit: r.Portal.Unit, BaseURL: r.Portal.BaseURL, Lang: r.Portal.Language,
		Time: at.In(china), Content: r.Content, Version: version,
		Files: merged(ctx, r, companions),
		Data:  each(ctx, r, archive.Data),
	}, nil
}

// each gives the files of a part; redacted ones are left out.
func each(ctx context.Context, r *archive.Release, part string) iter.Seq2[snapshot.File, error] {
	return func(yield func(snapshot.File, error) bool) {
		enough := errors.New("enough")
		err := r.Each(ctx, part, nil, func(f archive.File, data []byte) error {
			if !f.Redacted && !yield(snapshot.File{Path: f.Path, Type: f.Type, Data: data}, nil) {
				return enough
			}
			return nil
		})
		if err != nil && !errors.Is(err, enough) {
			yield(snapshot.File{}, err)
		}
	}
}

// merged gives the site and its companions in the order of their paths.
func merged(ctx context.Context, r *archive.Release, companions []archive.Companion) iter.Seq2[snapshot.File, error] {
	return func(yield func(snapshot.File, error) bool) {
		rest := slices.Clone(companions)
		upTo := func(name string) bool {
			for len(rest) > 0 && (name == "" || rest[0].Path < name) {
				data, err := rest[0].Bytes()
				if !yield(snapshot.File{Path: rest[0].Path, Type: rest[0].Type, Data: data}, err) || err != nil {
					return false
				}
				rest = rest[1:]
			}
			return true
		}
		for f, err := range each(ctx, r, archive.Site) {
			if err != nil {
				yield(snapshot.File{}, err)
				return
			}
			if !upTo(f.Path) || !yield(f, nil) {
				return
			}
		}
		upTo("")
	}
}
