package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"rectify/site"
	"rectify/site/importer"
)

// tooMuch is more than any paper has that is taken: one byte beyond the limit
// is enough for the importer to say so.
const tooMuch = importer.MaxInput + 1

// readPaper reads a file, or standard input where it is called “-”.
func readPaper(s *session, name string) (site.Paper, error) {
	if name == "-" {
		data, err := io.ReadAll(io.LimitReader(s.stdin, tooMuch))
		if err != nil {
			return site.Paper{}, fmt.Errorf("read the standard input: %w", err)
		}
		return site.Paper{Name: words{"粘贴的文字", "standard input"}[s.lang], Data: data}, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return site.Paper{}, &noPaperError{name, err}
	}
	defer f.Close()
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		err = errIsFolder
	}
	if err != nil {
		return site.Paper{}, &noPaperError{name, err}
	}
	data, err := io.ReadAll(io.LimitReader(f, tooMuch))
	if err != nil {
		return site.Paper{}, &noPaperError{name, err}
	}
	return site.Paper{Name: name, Data: data}, nil
}

var errIsFolder = errors.New("is a folder")

// noPaperError says that a file to be imported cannot be opened.
type noPaperError struct {
	name string
	err  error
}

func (e *noPaperError) Error() string { return "read " + e.name + ": " + e.err.Error() }

func (e *noPaperError) Unwrap() error { return e.err }

// mayReport refuses a place for the page of --report where something else
// stands, or that belongs to the portal's data.
func mayReport(dir, name string) error {
	if inside, err := within(filepath.Join(dir, site.DataDir), name); err != nil || inside {
		return &noReportPlaceError{name, inData}
	}
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return &noReportPlaceError{name, foreign}
	}
	defer f.Close()
	head := make([]byte, 1024)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) || !importer.IsProof(head[:n]) {
		return &noReportPlaceError{name, foreign}
	}
	return nil
}

// within tells whether a file lies below a folder, or would.
func within(folder, name string) (bool, error) {
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	root, err := os.Stat(folder)
	if err != nil {
		return false, err
	}
	at, err := filepath.Abs(name)
	if err != nil {
		return false, err
	}
	for up := filepath.Dir(at); ; up = filepath.Dir(up) {
		// A link in the path leads elsewhere than the path says.
		if real, err := filepath.EvalSymlinks(up); err == nil {
			up = real
		}
		if info, err := os.Stat(up); err == nil && os.SameFile(info, root) {
			return true, nil
		}
		if up == filepath.Dir(up) {
			return false, nil
		}
	}
}

// Why a page to compare cannot be put where it was asked for.
const (
	inData  = iota // below data/
	foreign        // the file is no page of ours
)

type noReportPlaceError struct {
	name string
	why  int
}

func (e *noReportPlaceError) Error() string {
	if e.why == inData {
		return e.name + " lies below data/, which is for data only"
	}
	return "there is something else at " + e.name
}

// unwritableError says that a file cannot be written.
type unwritableError struct {
	name string
	err  error
}

func (e *unwritableError) Error() string { return "write " + e.name + ": " + e.err.Error() }

func (e *unwritableError) Unwrap() error { return e.err }

// writeWhole writes a file so that a reader finds all of it or what was there.
// It fails with an *unwritableError.
func writeWhole(name string, data []byte) error {
	err := site.WriteFile(name, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
	if err != nil {
		return &unwritableError{name, err}
	}
	return nil
}
