package pack

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"rectify/site/publish"
)

const (
	format = 1

	readmeName  = "README.txt"
	sumsName    = "SHA256SUMS"
	siteName    = "SITE.sha256"
	deletedName = "DELETED.txt"
	signedDir   = "signed"
	filesDir    = "files"
)

// ListName is the list of a package: what the site has, what of it is here, and
// what is to go. Whoever signs it signs the package.
const ListName = "package.json"

// Texts are what a package holds for people, in words and in lists. Where the list
// of the package is signed they are, too.
func Texts() []string { return []string{readmeName, siteName, deletedName} }

// Form is what a package is.
type Form string

// The forms of a package.
const (
	Zip    Form = "zip"
	Folder Form = "folder"
)

// Sheet is a small file that goes along as it is: the release's manifest, the sums
// that it names, or a signature.
type Sheet struct {
	Name string
	Data []byte
}

// Contents are what a package is made of.
type Contents struct {
	Tree   *publish.Tree
	Base   *publish.Tree // the release that the host has; nil for a full package
	Signed []Sheet

	// Sign signs the list of the package; nil where nobody does.
	Sign func(list []byte) ([]Sheet, error)
}

// list is package.json.
type list struct {
	Format  int    `json:"format"`
	Release string `json:"release"`
	Base    string `json:"base"` // "" for a full package

	// Sheets are the digests of README.txt, SITE.sha256 and DELETED.txt, by name,
	// so that whoever signs the list signs these too.
	Sheets map[string]string `json:"sheets"`

	Files   []line   `json:"files"`
	Deleted []string `json:"deleted"`

	// Redacted are digests of contents that had to go, of whatever release.
	Redacted []string `json:"redacted,omitempty"`
}

type line struct {
	publish.File
	Here bool `json:"here"`
}

// Name is the name of a package, without folder: rectify-2025-03.zip.
func (c Contents) Name(form Form) string {
	name := "rectify-" + c.Tree.ID
	if c.Base != nil {
		name += "-since-" + c.Base.ID
	}
	if form == Zip {
		name += ".zip"
	}
	return name
}

// list says which files travel, and what is gone.
func (c Contents) list() list {
	l := list{Format: format, Release: c.Tree.ID, Deleted: []string{}, Redacted: c.Tree.Redacted}
	before := map[string]publish.File{}
	if c.Base != nil {
		l.Base = c.Base.ID
		for _, f := range c.Base.Files {
			before[f.Path] = f
		}
	}
	for _, f := range c.Tree.Files {
		old, had := before[f.Path]
		// What lies beside a release grows after it was carried over, so the
		// host need not have what we have beside it by now.
		changed := !had || old.Redacted || old.SHA256 != f.SHA256 || f.Beside
		l.Files = append(l.Files, line{File: f, Here: changed && !f.Redacted})
		if !f.Redacted {
			delete(before, f.Path)
		}
	}
	for gone := range before {
		l.Deleted = append(l.Deleted, gone)
	}
	slices.Sort(l.Deleted)
	return l
}

// Summary says what a package holds.
type Summary struct {
	Path    string `json:"path"`
	Release string `json:"release"`
	Base    string `json:"base"`
	Files   int    `json:"files"` // of the site
	Here    int    `json:"here"`  // of these in the package
	Bytes   int64  `json:"bytes"` // of those
	Deleted int    `json:"deleted"`

	// Redacted counts the files of the release whose contents had to go.
	Redacted int `json:"redacted,omitempty"`
}

func (l list) summary() Summary {
	s := Summary{Release: l.Release, Base: l.Base, Deleted: len(l.Deleted)}
	for _, f := range l.Files {
		if f.Redacted {
			s.Redacted++
		} else {
			s.Files++
		}
		if f.Here {
			s.Here++
			s.Bytes += f.Size
		}
	}
	return s
}

// Plan says what a package of these contents would hold.
func (c Contents) Plan() Summary { return c.list().summary() }

// writer is the package under way.
type writer interface {
	// add writes one file, whose size is known.
	add(name string, size int64, r io.Reader) error
	// close ends the package, reads it back, and gives it its name.
	close(read *meter) error
	// abort removes what is there of it.
	abort()
}

// Write makes a package in a folder, under Contents.Name. It is complete, read
// back and verified before it gets that name; one of the same name, which an
// earlier run made, is replaced.
func (c Contents) Write(ctx context.Context, dir string, form Form, progress func(publish.Progress)) (Summary, error) {
	target := filepath.Join(dir, c.Name(form))
	s, err := c.write(ctx, target, form, progress)
	if err != nil {
		return Summary{}, fmt.Errorf("write the package %s: %w", target, publish.Full(err))
	}
	return s, nil
}

func (c Contents) write(ctx context.Context, target string, form Form, progress func(publish.Progress)) (Summary, error) {
	if err := c.Tree.Check(); err != nil {
		return Summary{}, err
	}
	l := c.list()
	if err := c.fetch(ctx, l); err != nil {
		return Summary{}, err
	}
	w, err := newWriter(target, form)
	if err != nil {
		return Summary{}, err
	}
	s := l.summary()
	s.Path = target
	meter := newMeter(ctx, progress, publish.PhaseSend, s)
	if err := c.fill(w, l, meter); err != nil {
		w.abort()
		return Summary{}, err
	}
	if err := w.close(newMeter(ctx, progress, publish.PhaseVerify, s)); err != nil {
		w.abort()
		return Summary{}, err
	}
	return s, nil
}

// fetch announces the files that will be read.
func (c Contents) fetch(ctx context.Context, l list) error {
	if c.Tree.Fetch == nil {
		return nil
	}
	var paths []string
	for _, f := range l.Files {
		if f.Here {
			paths = append(paths, f.Path)
		}
	}
	return c.Tree.Fetch(ctx, paths)
}

// fill writes the files and adds up the sums of all that is written.
func (c Contents) fill(w writer, l list, sent *meter) error {
	var sums strings.Builder
	add := func(name string, data []byte) error {
		fmt.Fprintf(&sums, "%s  %s\n", digestOf(data), name)
		return w.add(name, int64(len(data)), strings.NewReader(string(data)))
	}
	sheets := []Sheet{{readmeName, []byte(readme(l, c))}, {siteName, l.site()}, {deletedName, l.gone()}}
	l.Sheets = map[string]string{}
	for _, sheet := range sheets {
		l.Sheets[sheet.Name] = digestOf(sheet.Data)
	}
	text, err := json.MarshalIndent(l, "", " ")
	if err != nil {
		return err
	}
	text = append(text, '\n')
	signed := c.Signed
	if c.Sign != nil {
		signatures, err := c.Sign(text)
		if err != nil {
			return err
		}
		signed = append(slices.Clone(signed), signatures...)
	}
	for _, sheet := range append(sheets, Sheet{ListName, text}) {
		if err := add(sheet.Name, sheet.Data); err != nil {
			return err
		}
	}
	for _, sheet := range signed {
		if err := add(path.Join(signedDir, sheet.Name), sheet.Data); err != nil {
			return err
		}
	}
	for _, f := range l.Files {
		if !f.Here {
			continue
		}
		fmt.Fprintf(&sums, "%s  %s\n", f.SHA256, path.Join(filesDir, f.Path))
		if err := c.copy(w, f.File, sent); err != nil {
			return err
		}
		sent.file()
	}
	return w.add(sumsName, int64(sums.Len()), strings.NewReader(sums.String()))
}

// site is SITE.sha256: what the site has once it is put together.
func (l list) site() []byte {
	var b bytes.Buffer
	for _, f := range l.Files {
		if !f.Redacted {
			fmt.Fprintf(&b, "%s  %s\n", f.SHA256, f.Path)
		}
	}
	return b.Bytes()
}

// gone is DELETED.txt.
func (l list) gone() []byte {
	var b bytes.Buffer
	for _, name := range l.Deleted {
		fmt.Fprintln(&b, name)
	}
	return b.Bytes()
}

func digestOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// copy writes one file and makes sure that it is what the list says.
func (c Contents) copy(w writer, f publish.File, sent io.Writer) error {
	r, err := c.Tree.Open(f.Path)
	if err != nil {
		return err
	}
	defer r.Close()
	h := sha256.New()
	if err := w.add(path.Join(filesDir, f.Path), f.Size, io.TeeReader(r, io.MultiWriter(h, sent))); err != nil {
		return err
	}
	if hex.EncodeToString(h.Sum(nil)) != f.SHA256 {
		return &publish.SourceError{Path: f.Path}
	}
	return nil
}
