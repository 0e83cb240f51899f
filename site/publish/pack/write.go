package pack

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// partEnding marks a package that is not whole yet.
const partEnding = ".part"

// epoch is the time of every entry of a zip file, the first that the format
// knows: two packages of the same content are the same file.
var epoch = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

func newWriter(target string, form Form) (writer, error) {
	part := target + partEnding
	if _, err := os.Stat(filepath.Dir(target)); err != nil {
		return nil, err // names the folder: a stick that is not plugged in
	}
	if err := os.RemoveAll(part); err != nil {
		return nil, err
	}
	switch form {
	case Zip:
		f, err := os.OpenFile(part, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
		if err != nil {
			return nil, err
		}
		return &zipWriter{target: target, file: f, zip: zip.NewWriter(f)}, nil
	case Folder:
		if err := os.Mkdir(part, 0o777); err != nil {
			return nil, err
		}
		return &folderWriter{target: target, made: map[string]bool{}}, nil
	}
	return nil, fmt.Errorf("there is no form %q of a package", form)
}

type zipWriter struct {
	target string
	file   *os.File
	zip    *zip.Writer
}

func (z *zipWriter) add(name string, _ int64, r io.Reader) error {
	w, err := z.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: epoch})
	if err != nil {
		return err
	}
	_, err = io.Copy(w, r)
	return err
}

func (z *zipWriter) close(read *meter) error {
	err := z.zip.Close()
	if err == nil {
		err = z.file.Sync()
	}
	if err := errors.Join(err, z.file.Close()); err != nil {
		return err
	}
	if err := verify(z.target+partEnding, Zip, read); err != nil {
		return err
	}
	return os.Rename(z.target+partEnding, z.target)
}

func (z *zipWriter) abort() {
	_ = z.file.Close()
	_ = os.Remove(z.target + partEnding)
}

type folderWriter struct {
	target string
	made   map[string]bool
}

func (f *folderWriter) add(name string, _ int64, r io.Reader) error {
	full := filepath.Join(f.target+partEnding, filepath.FromSlash(name))
	if dir := filepath.Dir(full); !f.made[dir] {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return err
		}
		f.made[dir] = true
	}
	file, err := os.OpenFile(full, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, r)
	if err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}

// close also takes away an earlier package of the name, and nothing else that
// may stand there.
func (f *folderWriter) close(read *meter) error {
	part, old := f.target+partEnding, f.target+".old"
	if err := verify(part, Folder, read); err != nil {
		return err
	}
	if _, err := os.Lstat(f.target); err == nil {
		if _, err := os.Lstat(filepath.Join(f.target, ListName)); err != nil {
			return fmt.Errorf("%s is there and is no package", f.target)
		}
		if err := errors.Join(os.RemoveAll(old), os.Rename(f.target, old)); err != nil {
			return err
		}
	}
	if err := os.Rename(part, f.target); err != nil {
		return err
	}
	return os.RemoveAll(old)
}

func (f *folderWriter) abort() { _ = os.RemoveAll(f.target + partEnding) }

// verify reads a package that was just written.
func verify(name string, form Form, read *meter) error {
	p, err := open(name, form)
	if err != nil {
		return err
	}
	defer p.Close()
	return p.verify(read)
}

// formOf tells what lies under a name.
func formOf(name string) (Form, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return "", err
	case info.IsDir():
		return Folder, nil
	case strings.HasSuffix(strings.ToLower(name), ".zip"):
		return Zip, nil
	}
	return "", &BadError{Package: name, Why: NotAPackage}
}
