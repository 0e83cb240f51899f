package publish

import (
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"
)

// Status says what is on a target.
type Status struct {
	Layout     Layout       `json:"layout"`
	Live       string       `json:"live"`       // what visitors see; "" for nothing
	Since      time.Time    `json:"since"`      // zero if not known
	Unfinished string       `json:"unfinished"` // the release of a publication that was interrupted
	Releases   []string     `json:"releases"`   // on the target, sorted
	Locked     *LockedError `json:"locked,omitempty"`

	Files int `json:"files"` // of the site

	// Compared says with what the files were compared: "release" where the
	// caller had it, else "record", which is what the target itself says of
	// them; "" where nothing is live.
	Compared string `json:"compared"`
	// Read says that every byte was read; otherwise sizes and stamps were
	// compared.
	Read  bool `json:"read"`
	Equal bool `json:"equal"`
	Drift

	// Redacted are files that visitors can get though their contents had to go, and
	// Holding other releases on the target with such contents. They have to leave
	// the host now: publishing again does it.
	Redacted []string `json:"redacted,omitempty"`
	Holding  []string `json:"holding,omitempty"`

	// Kept are assets of an earlier release that stay for readers on the way.
	Kept []string `json:"kept,omitempty"`
}

// Find gives the tree of a release; fs.ErrNotExist where there is none.
type Find func(release string) (*Tree, error)

// Status looks at a target and changes nothing. With quick it trusts sizes and
// stamps, otherwise it reads every file.
func (t Target) Status(ctx context.Context, find Find, quick bool, o Options) (*Status, error) {
	var s *Status
	r := &run{o: o, meter: newMeter(o.Progress)}
	err := t.repeatedly(ctx, r, func(ctx context.Context, r *run) (err error) {
		r.meter.phase(PhaseCheck)
		s, err = r.status(ctx, find, quick)
		return err
	})
	return s, err
}

func (r *run) status(ctx context.Context, find Find, quick bool) (*Status, error) {
	at, err := r.e.inspect(ctx)
	if err != nil {
		return nil, err
	}
	s := &Status{
		Layout: r.e.layout(), Live: at.live, Since: at.since, Unfinished: at.unfinished,
		Releases: at.releases, Read: !quick,
	}
	// Two clocks differ; here that only blurs a message.
	if _, s.Locked, err = holder(r.e.state(), func() (time.Time, error) { return time.Now(), nil }); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if at.live == "" {
		return s, nil
	}
	tree, err := find(at.live)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	c := &comparison{at: at, status: s, want: map[string]string{}, size: map[string]int64{}, meter: r.meter}
	c.expect(tree)
	if err := c.read(ctx, quick); err != nil {
		return nil, err
	}
	if tree != nil && at.holding != nil {
		if s.Holding, err = at.holding(tree.Redacted); err != nil {
			return nil, err
		}
	}
	s.Equal = !s.Drift.Any() && len(s.Redacted)+len(s.Holding) == 0 && (s.Unfinished == "" || s.Layout == LayoutReleases)
	return s, nil
}

// comparison holds the files on a target against those of a release.
type comparison struct {
	at     *scene
	status *Status
	want   map[string]string // path → digest of the file before compression
	size   map[string]int64  // of that file, as far as known
	own    map[string]entry  // what the target says of itself
	meter  *meter
}

// expect fills in what should be there. The record on the target says what was
// compressed, what is kept, and what lies beside the release, but it is believed
// of nothing that the release itself can say.
func (c *comparison) expect(tree *Tree) {
	c.own = c.at.record.byPath()
	s := c.status
	if tree != nil {
		s.Compared = "release"
		for _, f := range tree.Files {
			if !f.Redacted && !f.Beside {
				c.want[f.Path], c.size[f.Path] = f.SHA256, f.Size
			}
		}
	} else if c.at.record != nil {
		s.Compared = "record"
	}
	for path, e := range c.own {
		switch {
		case e.Kept != 0 && rankOf(path) == rankAsset && c.want[path] == "":
			s.Kept = append(s.Kept, path)
		case e.Kept != 0 || tree != nil && !e.Beside:
		case e.Source == "":
			c.want[path], c.size[path] = e.SHA256, e.Size
		case !strings.HasSuffix(path, ".gz"):
			c.want[path] = e.Source // stored compressed, under its own name
		}
	}
	s.Files = len(c.want)
	for path, e := range c.own {
		if sum, ok := c.want[strings.TrimSuffix(path, ".gz")]; ok && e.Source != "" && e.Kept == 0 && c.want[path] == "" {
			c.want[path] = sum
			if size, known := c.size[strings.TrimSuffix(path, ".gz")]; known {
				c.size[path] = size
			}
		}
	}
	slices.Sort(s.Kept)
	gone := map[string]bool{}
	if tree != nil {
		for _, path := range tree.redacted() {
			gone[path], gone[path+".gz"] = true, true
		}
	}
	there := map[string]bool{}
	for _, f := range c.at.files {
		there[f.Path] = true
		if gone[f.Path] && c.want[f.Path] == "" {
			s.Redacted = append(s.Redacted, f.Path)
			continue
		}
		if c.want[f.Path] == "" && !slices.Contains(s.Kept, f.Path) {
			s.Added = append(s.Added, f.Path)
		}
	}
	for path := range c.want {
		if !there[path] {
			s.Missing = append(s.Missing, path)
		}
	}
	slices.Sort(s.Missing)
}

// believed says that a file need not be read to be compared: the host's stamp
// is that of the record, or is known not to be.
func (c *comparison) believed(f Found) (known, good bool) {
	e := c.own[f.Path]
	if e.Stamp == "" && e.Size == f.Size {
		return false, false
	}
	sum := e.SHA256
	if e.Source != "" && c.want[f.Path] != e.SHA256 {
		sum = e.Source
	}
	want := c.want[f.Path]
	return true, e.Size == f.Size && e.Stamp == f.Stamp && (sum == want || want == "")
}

// read compares the files that should be there, by reading them where stamps
// are not to be trusted.
func (c *comparison) read(ctx context.Context, quick bool) error {
	var list []Found
	for _, f := range c.at.files {
		_, kept := slices.BinarySearch(c.status.Kept, f.Path)
		if c.want[f.Path] == "" && !kept {
			continue
		}
		if quick {
			if known, good := c.believed(f); known {
				if !good {
					c.status.Edited = append(c.status.Edited, f.Path)
				}
				continue
			}
		}
		if c.unlike(f) {
			c.status.Edited = append(c.status.Edited, f.Path)
			continue
		}
		list = append(list, f)
		c.meter.change(func(p *Progress) { p.Of++; p.BytesOf += f.Size })
	}
	bad := make([]bool, len(list))
	err := each(ctx, indexes(list), func(n int) error {
		f := list[n]
		defer c.meter.file()
		if f.kind != KindFile {
			bad[n] = true
			return nil
		}
		stored, plain, err := sums(c.most(f), func(w io.Writer) error { return c.at.read(f.Path, f.Size, io.MultiWriter(w, c.meter)) })
		if err != nil {
			return wrap(err, "read "+f.Path)
		}
		want := c.want[f.Path]
		if want == "" {
			bad[n] = stored != c.own[f.Path].SHA256
			return nil
		}
		packed := c.own[f.Path].Source != "" && plain == want
		bad[n] = stored != want && !packed
		return nil
	})
	for n, f := range list {
		if bad[n] {
			c.status.Edited = append(c.status.Edited, f.Path)
		}
	}
	slices.Sort(c.status.Edited)
	return err
}

// unlike says that a file need not be read to be known for another: its size is
// not that of the one that should be there. Somebody may have left a large one.
func (c *comparison) unlike(f Found) bool {
	e := c.own[f.Path]
	size, known := c.size[f.Path]
	switch {
	case c.want[f.Path] == "":
		return e.Size != f.Size
	case !known:
		return false
	case e.Source == "":
		return size != f.Size
	}
	return f.Size > size+gzipExtra
}

// most is how many bytes a file may unpack to.
func (c *comparison) most(f Found) int64 {
	if size, known := c.size[f.Path]; known {
		return size + 1
	}
	return LargestState
}

// sums reads a file to the digest of its bytes, and of what they are once
// unpacked; "" where they are not compressed, or unpack to too much.
func sums(most int64, read func(io.Writer) error) (stored, plain string, err error) {
	h := sha256.New()
	pipe, into := io.Pipe()
	unpacked := make(chan hash.Hash, 1)
	go func() {
		inner := sha256.New()
		z, err := gzip.NewReader(pipe)
		if err == nil {
			_, err = io.Copy(inner, io.LimitReader(z, most))
		}
		if err != nil {
			inner = nil
		}
		_, _ = io.Copy(io.Discard, pipe) // whatever it is, let it be read to its end
		unpacked <- inner
	}()
	err = read(io.MultiWriter(h, into))
	_ = into.Close()
	if inner := <-unpacked; inner != nil {
		plain = hex.EncodeToString(inner.Sum(nil))
	}
	return hex.EncodeToString(h.Sum(nil)), plain, err
}
