package importer

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
)

// Limits of what a packed file may unfold to: a page of 60 KB can hold 60 MB.
const (
	maxUnpacked = 256 << 20 // of all parts together
	maxPart     = 64 << 20  // of one part
	maxParts    = 20000
)

var (
	errTooLarge = errors.New("part of the archive is too large")
	errNoPart   = errors.New("part of the archive is missing")
)

// sniffZip tells what a zip file is by the names in it.
func sniffZip(data []byte) string {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "broken"
	}
	kind := "zip"
	for _, f := range z.File {
		switch name := strings.ToLower(f.Name); {
		case name == "word/document.xml" || strings.HasPrefix(name, "word/document") && strings.HasSuffix(name, ".xml"):
			return "docx"
		case name == "xl/workbook.xml":
			return "xlsx"
		case name == "ofd.xml":
			return "ofd"
		case name == "mimetype":
			kind = openDocument(f)
		case name == "content.xml" && kind == "zip":
			kind = "odt"
		}
	}
	return kind
}

// openDocument reads what an OpenDocument file says it is.
func openDocument(f *zip.File) string {
	r, err := f.Open()
	if err != nil {
		return "zip"
	}
	defer r.Close()
	said, _ := io.ReadAll(io.LimitReader(r, 128))
	switch text := string(said); {
	case strings.Contains(text, "opendocument.spreadsheet"):
		return "ods"
	case strings.Contains(text, "opendocument.text"):
		return "odt"
	case strings.Contains(text, "opendocument.presentation"):
		return "odp"
	}
	return "zip"
}

// archive is a packed file, opened with care.
type archive struct {
	parts map[string]*zip.File
	names []string
	size  uint64 // unpacked, as the file says
	read  int64  // unpacked so far
}

func openArchive(data []byte) (*archive, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	a := &archive{parts: map[string]*zip.File{}}
	if len(z.File) > maxParts {
		return nil, errTooLarge
	}
	for _, f := range z.File {
		a.parts[f.Name] = f
		a.names = append(a.names, f.Name)
		a.size += f.UncompressedSize64
	}
	return a, nil
}

// part gives the bytes of a part. What the file says of its size is not
// trusted.
func (a *archive) part(name string) ([]byte, error) {
	f := a.parts[name]
	if f == nil {
		return nil, errNoPart
	}
	if f.UncompressedSize64 > maxPart {
		return nil, errTooLarge
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	limit := min(int64(maxPart), maxUnpacked-a.read)
	out, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, err
	}
	if a.read += int64(len(out)); int64(len(out)) > limit {
		return nil, errTooLarge
	}
	return out, nil
}
