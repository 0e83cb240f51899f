package archive

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"strings"

	"rectify/site/problem"
	"rectify/site/release/vcdiff"
)

// A pack is a plain .tar.gz. Its entries are sorted by what stands behind
// these prefixes.
const (
	full  = "full/"  // a file
	delta = "delta/" // its difference (VCDIFF) from the version of the release before
)

// memberSize is about how much one member of the gzip file holds before it is
// compressed. What is damaged in one member leaves the others readable.
const memberSize = 4 << 20

// packWriter writes a pack. The same entries give the same bytes, with the
// same version of Go.
type packWriter struct {
	file *os.File
	out  *bufio.Writer
	gz   *gzip.Writer
	tar  *tar.Writer
	n    int64 // in this member
}

func newPackWriter(file *os.File) *packWriter {
	w := &packWriter{file: file, out: bufio.NewWriterSize(file, 1<<18)}
	w.gz = gzip.NewWriter(w.out)
	w.tar = tar.NewWriter(w.gz)
	return w
}

// put adds a file, or its difference from the version before where that is
// smaller. It tells whether it was a difference.
func (w *packWriter) put(key string, old, data []byte, mayDiffer bool) (bool, error) {
	if mayDiffer {
		if diff := vcdiff.Encode(old, data); pays(diff, data) {
			return true, w.entry(delta+key, diff)
		}
	}
	return false, w.entry(full+key, data)
}

// large is the size from which a file says little about its neighbours in the
// pack, so that compressing it alone shows what it costs.
const large = 256 << 10

// pays tells whether a difference takes less room than the file. A page
// compresses to a twentieth among its like; what is new in it does not.
func pays(diff, data []byte) bool {
	if len(data) < large {
		return len(diff)*16 < len(data)
	}
	return len(diff) < len(data) && compressed(diff) < compressed(data)
}

func compressed(data []byte) int {
	var n counter
	z, _ := flate.NewWriter(&n, flate.BestSpeed) // fails on another level only
	_, _ = z.Write(data)
	_ = z.Close()
	return int(n)
}

type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

func (w *packWriter) entry(name string, data []byte) error {
	if w.n > 0 && w.n+int64(len(data)) > memberSize {
		if err := w.tar.Flush(); err != nil {
			return err
		}
		if err := w.gz.Close(); err != nil {
			return err
		}
		w.gz.Reset(w.out)
		w.n = 0
	}
	w.n += int64(len(data))
	if err := w.tar.WriteHeader(&tar.Header{Name: name, Size: int64(len(data)), Mode: 0o644, Format: headerFormat(name)}); err != nil {
		return err
	}
	_, err := w.tar.Write(data)
	return err
}

// headerFormat is the old plain one where the name fits; PAX takes the rest.
func headerFormat(name string) tar.Format {
	if len(name) <= 100 && strings.IndexFunc(name, func(r rune) bool { return r >= 0x80 }) < 0 {
		return tar.FormatUSTAR
	}
	return tar.FormatPAX
}

// close ends the pack and sees it on the disk.
func (w *packWriter) close() error {
	return errors.Join(w.tar.Close(), w.gz.Close(), w.out.Flush(), w.file.Sync(), w.file.Close())
}

// packReader reads a pack from front to back.
type packReader struct {
	name string
	file *os.File
	gz   *gzip.Reader
	tar  *tar.Reader
	at   packEntry
	end  bool
}

// packEntry is where a reader stands.
type packEntry struct {
	key  string // part/path
	full bool
	size int64
}

// openPack stands on the first entry.
func openPack(root *os.Root, name string) (*packReader, error) {
	file, err := root.Open(name)
	if err != nil {
		return nil, unreadable(name, err)
	}
	gz, err := gzip.NewReader(bufio.NewReaderSize(file, 1<<16))
	if err != nil {
		file.Close()
		return nil, unreadable(name, err)
	}
	r := &packReader{name: name, file: file, gz: gz, tar: tar.NewReader(gz)}
	if err := r.next(); err != nil {
		file.Close()
		return nil, err
	}
	return r, nil
}

func (r *packReader) close() { r.file.Close() }

// next goes to the next entry, or to the end.
func (r *packReader) next() error {
	last := r.at.key
	header, err := r.tar.Next()
	if errors.Is(err, io.EOF) {
		r.end, r.at = true, packEntry{}
		return r.drain()
	}
	if err != nil {
		r.end = true
		return unreadable(r.name, err)
	}
	key, isFull := strings.CutPrefix(header.Name, full)
	if !isFull {
		var isDelta bool
		if key, isDelta = strings.CutPrefix(header.Name, delta); !isDelta {
			r.end = true
			return damaged(problem.ArchiveUnexpected, r.name, header.Name)
		}
	}
	if key <= last || header.Typeflag != tar.TypeReg {
		r.end = true
		return damaged(problem.ArchiveUnexpected, r.name, header.Name)
	}
	r.at = packEntry{key, isFull, header.Size}
	return nil
}

// drain reads what lies behind the last entry: the checksum of the compressed
// data, which is only then compared, and nothing but zeros before it.
func (r *packReader) drain() error {
	buffer := make([]byte, 4096)
	for {
		n, err := r.gz.Read(buffer)
		if len(bytes.Trim(buffer[:n], "\x00")) > 0 {
			return damaged(problem.ArchiveUnexpected, r.name, "…")
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return unreadable(r.name, err)
		}
	}
}

// read gives the content of the entry on which the reader stands.
func (r *packReader) read() ([]byte, error) {
	var data bytes.Buffer
	data.Grow(int(min(r.at.size, memberSize))) // the size is not to be trusted with more
	if _, err := data.ReadFrom(r.tar); err != nil {
		r.end = true
		return nil, unreadable(r.name, err)
	}
	return data.Bytes(), nil
}
