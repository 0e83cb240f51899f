package pack

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"rectify/site/publish"
)

// Why says what is wrong with a package.
type Why string

// What may be wrong with a package.
const (
	NotAPackage Why = "is no package of rectify, or its list cannot be read"
	NewerFormat Why = "was made by a newer version of rectify"
	MissingFile Why = "lacks a file of its list"
	ExtraFile   Why = "has a file that its list does not name"
	WrongFile   Why = "has a file that is not what its list says"
	NotPlain    Why = "has a link or a special file"
)

// BadError says that a package cannot be applied. Nothing was touched.
type BadError struct {
	Package string
	Path    string // of the file in question, in the package; may be empty
	Why     Why
}

func (e *BadError) Error() string {
	if e.Path == "" {
		return fmt.Sprintf("the package %s %s", e.Package, e.Why)
	}
	return fmt.Sprintf("the package %s %s: %s", e.Package, e.Why, e.Path)
}

const (
	// largestList bounds what is read before anything is known of a package,
	// and largestSheet each of the small files.
	largestList  = 256 << 20
	largestSheet = 64 << 20

	// mostSheets is more than all that can belong to the signatures.
	mostSheets = 16
)

// Package is a package that was opened.
type Package struct {
	name  string
	files fs.FS
	close func() error
	text  []byte // of the list
	list  list
}

// Open reads the list of a package, a folder or a zip file. It fails with a
// *BadError.
func Open(name string) (*Package, error) {
	form, err := formOf(name)
	if err != nil {
		return nil, err
	}
	return open(name, form)
}

func open(name string, form Form) (*Package, error) {
	p := &Package{name: name, close: func() error { return nil }}
	switch form {
	case Zip:
		z, err := zip.OpenReader(name)
		if err != nil {
			return nil, &BadError{Package: name, Why: NotAPackage}
		}
		p.files, p.close = z, z.Close
		seen := map[string]bool{}
		for _, f := range z.File {
			// Two files of one name are two truths.
			if seen[f.Name] || !f.Mode().IsRegular() && !f.Mode().IsDir() {
				return nil, errors.Join(&BadError{Package: name, Path: f.Name, Why: NotPlain}, z.Close())
			}
			seen[f.Name] = true
		}
	case Folder:
		root, err := os.OpenRoot(name)
		if err != nil {
			return nil, err
		}
		p.files, p.close = root.FS(), root.Close
	}
	if err := p.readList(); err != nil {
		return nil, errors.Join(err, p.close())
	}
	return p, nil
}

// Close lets the package go.
func (p *Package) Close() error { return p.close() }

func (p *Package) bad(file string, why Why) error {
	return &BadError{Package: p.name, Path: file, Why: why}
}

func (p *Package) readList() error {
	text, err := p.read(ListName, largestList)
	if err != nil || json.Unmarshal(text, &p.list) != nil {
		return p.bad("", NotAPackage)
	}
	p.text = text
	if p.list.Format > format {
		return p.bad("", NewerFormat)
	}
	if err := p.Tree().Check(); err != nil {
		return errors.Join(p.bad("", NotAPackage), err)
	}
	return nil
}

func (p *Package) read(name string, most int64) ([]byte, error) {
	f, err := p.files.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(data)) > most {
		err = p.bad(name, WrongFile)
	}
	return data, err
}

// Summary says what the package holds.
func (p *Package) Summary() Summary {
	s := p.list.summary()
	s.Path = p.name
	return s
}

// Tree is the release that the package holds, or the part of it that changed.
func (p *Package) Tree() *publish.Tree {
	t := &publish.Tree{ID: p.list.Release, Redacted: p.list.Redacted}
	here := map[string]bool{}
	for _, l := range p.list.Files {
		t.Files = append(t.Files, l.File)
		here[l.Path] = l.Here
	}
	t.Open = func(name string) (io.ReadCloser, error) {
		if !here[name] {
			return nil, p.bad(path.Join(filesDir, name), MissingFile)
		}
		return p.files.Open(path.Join(filesDir, name))
	}
	if p.list.Base != "" {
		t.Base = p.list.Base
		t.Lacks = func(name string) bool { return !here[name] }
	}
	return t
}

// List gives the list as it is written in the package.
func (p *Package) List() []byte { return p.text }

// Signed gives all that lies in signed/ as it was packed: the release's manifest
// with its signatures, and those over the list of the package. Which of it
// belongs there the caller knows.
func (p *Package) Signed() ([]Sheet, error) {
	entries, err := fs.ReadDir(p.files, signedDir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var sheets []Sheet
	for i, e := range entries {
		if e.IsDir() || i == mostSheets {
			return nil, p.bad(path.Join(signedDir, e.Name()), ExtraFile)
		}
		data, err := p.read(path.Join(signedDir, e.Name()), largestSheet)
		if err != nil {
			return nil, err
		}
		sheets = append(sheets, Sheet{e.Name(), data})
	}
	return sheets, nil
}

// Verify reads the whole package and holds it against its list: nothing wrong,
// nothing missing, nothing more. It fails with a *BadError.
func (p *Package) Verify(ctx context.Context, progress func(publish.Progress)) error {
	return p.verify(newMeter(ctx, progress, publish.PhaseVerify, p.Summary()))
}

func (p *Package) verify(read *meter) error {
	want := map[string]publish.File{}
	for _, l := range p.list.Files {
		name := path.Join(filesDir, l.Path)
		switch {
		case l.Here:
			want[name] = l.File
		case p.list.Base == "" && !l.Redacted:
			return p.bad(name, MissingFile) // a full package leaves nothing out
		}
	}
	err := fs.WalkDir(p.files, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
			return nil
		case !d.Type().IsRegular():
			return p.bad(name, NotPlain)
		case isSheet(name):
			return nil
		}
		f, ok := want[name]
		if !ok {
			return p.bad(name, ExtraFile)
		}
		delete(want, name)
		return p.compare(name, f, read)
	})
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(keys(want)) {
		return p.bad(name, MissingFile)
	}
	return p.sheets()
}

func keys[V any](m map[string]V) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// isSheet tells the files of a package that are no files of the site.
func isSheet(name string) bool {
	dir, _ := path.Split(name)
	return slices.Contains([]string{ListName, readmeName, sumsName, siteName, deletedName}, name) || dir == signedDir+"/"
}

// compare reads no more of a file than its list says: what is packed small may
// unpack large.
func (p *Package) compare(name string, f publish.File, read *meter) error {
	r, err := p.files.Open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	h := sha256.New()
	defer read.file()
	n, err := io.Copy(io.MultiWriter(h, read), io.LimitReader(r, f.Size+1))
	if read.ctx.Err() != nil {
		return read.ctx.Err()
	}
	if err != nil {
		return errors.Join(p.bad(name, WrongFile), err)
	}
	if n != f.Size || hex.EncodeToString(h.Sum(nil)) != f.SHA256 {
		return p.bad(name, WrongFile)
	}
	return nil
}

// sheets holds the small files against the list, and all files against SHA256SUMS,
// so that whoever checks by hand and whoever checks with this program see the same.
func (p *Package) sheets() error {
	made := map[string][]byte{siteName: p.list.site(), deletedName: p.list.gone()}
	for _, name := range Texts() {
		sheet, err := p.read(name, largestList)
		if err != nil {
			return p.bad(name, MissingFile)
		}
		if want, ok := made[name]; digestOf(sheet) != p.list.Sheets[name] || ok && !bytes.Equal(sheet, want) {
			return p.bad(name, WrongFile)
		}
	}
	data, err := p.read(sumsName, largestList)
	if err != nil {
		return p.bad(sumsName, MissingFile)
	}
	want := map[string]string{}
	for _, l := range p.list.Files {
		if l.Here {
			want[path.Join(filesDir, l.Path)] = l.SHA256
		}
	}
	for text := range strings.Lines(string(data)) {
		sum, name, ok := strings.Cut(strings.TrimSuffix(text, "\n"), "  ")
		if !ok {
			return p.bad(sumsName, WrongFile)
		}
		if isSheet(name) {
			sheet, err := p.read(name, largestList)
			if err != nil {
				return p.bad(name, MissingFile)
			}
			want[name] = digestOf(sheet)
		}
		if want[name] != sum {
			return p.bad(name, WrongFile)
		}
		delete(want, name)
	}
	if len(want) > 0 {
		return p.bad(sumsName, WrongFile)
	}
	return nil
}
