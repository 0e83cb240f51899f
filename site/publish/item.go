package publish

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"time"
)

// item is a file as the target is to have it: a file of the tree, one made of
// it by compression, or an old asset that stays for a while.
type item struct {
	Stored
	of      string // the path of the file of the tree that it is, or is made of
	source  string // the SHA-256 of that file
	twin    bool   // it stands beside that file: a.html.gz beside a.html
	spooled bool   // it has been compressed
	kept    int64  // see entry.Kept; there is nothing to open then

	// raw gives the file of the tree, open what is to be stored; open is nil
	// as long as that has not been compressed.
	raw, open func() (io.ReadCloser, error)
}

// header is what the record remembers of the headers that were stored.
func (i *item) header() string {
	return i.MediaType + "; " + i.CacheControl + "; " + i.Encoding
}

func (i *item) entry(stamp string) entry {
	e := entry{Path: i.Path, Size: i.Size, SHA256: i.SHA256, Stamp: stamp, Kept: i.kept, Beside: i.Beside}
	if i.twin || i.Encoding != "" {
		e.Source = i.source
	}
	return e
}

// packing says what a target does with files that compress well.
type packing int

const (
	packNot     packing = iota
	packTwins           // a server picks a.html.gz for who can read it
	packEncoded         // the stored bytes are compressed and say so
)

// items prepares the files of a tree. intact are the files that the target has
// already, unharmed: what was compressed from the same source need not be
// compressed again.
func items(ctx context.Context, t *Tree, p packing, intact map[string]entry, s *spool) ([]*item, error) {
	list := make([]*item, 0, len(t.Files))
	names := t.byPath()
	var pack []*item
	for _, f := range t.Files {
		if f.Redacted {
			continue
		}
		open := func() (io.ReadCloser, error) {
			r, err := t.Open(f.Path)
			if err != nil {
				return nil, fmt.Errorf("open %s: %w", f.Path, err)
			}
			return guard(r, f), nil
		}
		stored := Stored{File: f, CacheControl: f.cacheControl()}
		stored.MediaType = f.mediaType()
		plain := &item{Stored: stored, of: f.Path, source: f.SHA256, raw: open, open: open}
		list = append(list, plain)
		if p == packNot || !f.isText() {
			continue
		}
		packed := plain
		if p == packTwins {
			if _, taken := names[f.Path+".gz"]; taken {
				continue
			}
			twin := *plain
			twin.Path, twin.twin, packed = f.Path+".gz", true, &twin
			list = append(list, packed)
		} else {
			packed.Encoding = "gzip"
		}
		if e, ok := intact[packed.Path]; ok && e.Source == f.SHA256 {
			packed.Size, packed.SHA256, packed.open = e.Size, e.SHA256, nil
		} else {
			pack = append(pack, packed)
		}
	}
	if err := t.fetch(ctx, pack); err != nil {
		return nil, err
	}
	if err := each(ctx, pack, s.pack); err != nil {
		return nil, err
	}
	slices.SortFunc(list, func(a, b *item) int { return strings.Compare(a.Path, b.Path) })
	return list, nil
}

// spool is a file on this machine that holds what was compressed, so that it
// is compressed once: to know its size, to plan, and to send it.
type spool struct {
	mu   sync.Mutex
	file *os.File
	end  int64
}

func (s *spool) close() {
	if s.file != nil {
		_ = s.file.Close()
		_ = os.Remove(s.file.Name())
	}
}

// pack compresses the content of an item. The best level is used because the
// server sends what is made once many times.
func (s *spool) pack(i *item) error {
	r, err := i.raw()
	if err != nil {
		return err
	}
	defer r.Close()
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := io.Copy(z, r); err != nil {
		return fmt.Errorf("compress %s: %w", i.Path, err)
	}
	if err := z.Close(); err != nil {
		return err
	}
	at, err := s.add(b.Bytes())
	if err != nil {
		return fmt.Errorf("compress %s: %w", i.Path, err)
	}
	sum := sha256.Sum256(b.Bytes())
	i.Size, i.SHA256 = int64(b.Len()), hex.EncodeToString(sum[:])
	file := i.File
	i.spooled = true
	i.open = func() (io.ReadCloser, error) {
		return guard(io.NopCloser(io.NewSectionReader(s.file, at, file.Size)), file), nil
	}
	return nil
}

func (s *spool) add(data []byte) (at int64, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.file == nil {
		if s.file, err = os.CreateTemp("", "rectify-publish-*"); err != nil {
			return 0, Spool(err)
		}
	}
	at = s.end
	if _, err := s.file.WriteAt(data, at); err != nil {
		return 0, Spool(err)
	}
	s.end += int64(len(data))
	return at, nil
}

// grace is how long a hashed asset stays after the last page that names it is
// gone: a reader who holds such a page still loads it.
const grace = time.Hour

// keepers are the hashed assets of the live release that the next one does not
// have and that stay for a while.
func keepers(live *record, next []*item, has func(path string) bool, now time.Time) []*item {
	if live == nil {
		return nil
	}
	names := make(map[string]bool, len(next))
	for _, i := range next {
		names[i.Path] = true
	}
	var kept []*item
	for _, e := range live.Files {
		since := e.Kept
		if since == 0 {
			since = now.Unix()
		}
		old := rankOf(e.Path) == rankAsset && !names[e.Path] && has(e.Path)
		if !old || now.Sub(time.Unix(since, 0)) > grace {
			continue
		}
		kept = append(kept, &item{
			Stored: Stored{File: File{Path: e.Path, Size: e.Size, SHA256: e.SHA256}},
			source: e.Source, twin: e.Source != "", kept: since,
		})
	}
	return kept
}
