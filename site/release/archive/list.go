package archive

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"rectify/site/release/sums"
)

// The parts of a release.
const (
	Site = "site" // what a host serves
	Data = "data" // the public part of the data files
)

// File is one file of a release.
type File struct {
	Path   string `json:"path"` // from the root of its part, slash separated
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"` // in hexadecimal
	Type   string `json:"type"`   // media type

	// Redacted says that its content was taken out of the archive for good.
	Redacted bool `json:"-"`
}

// encodeList writes one file a line; it is sorted by path.
func encodeList(files []File) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	for _, f := range files {
		if err := encoder.Encode(f); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), nil
}

func decodeList(data []byte) ([]File, error) {
	var files []File
	decoder := json.NewDecoder(bytes.NewReader(data))
	for decoder.More() {
		var f File
		if err := decoder.Decode(&f); err != nil {
			return nil, err
		}
		if !fs.ValidPath(f.Path) || len(files) > 0 && files[len(files)-1].Path >= f.Path {
			return nil, fmt.Errorf("%q does not belong where it stands", f.Path)
		}
		files = append(files, f)
	}
	return files, nil
}

// Sums writes a list as sha256sum does, so that “sha256sum -c” can check it.
func Sums(files []File) []byte {
	var out []byte
	for _, f := range files {
		out = sums.Coreutils.Append(out, sums.Sum{SHA256: f.SHA256, Name: f.Path})
	}
	return out
}

// types are the media types of what a portal holds, by ending.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".json": "application/json", ".xml": "application/xml", ".atom": "application/atom+xml",
	".txt": "text/plain; charset=utf-8", ".md": "text/markdown; charset=utf-8", ".yaml": "application/yaml",
	".csv": "text/csv; charset=utf-8", ".ics": "text/calendar; charset=utf-8",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".pdf":  "application/pdf", ".zip": "application/zip", ".wacz": "application/wacz+zip", ".gz": "application/gzip",
	".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp",
	".svg": "image/svg+xml", ".ico": "image/vnd.microsoft.icon",
	".minisig": "text/plain; charset=utf-8", ".sig": "text/plain; charset=utf-8", ".pub": "text/plain; charset=utf-8",
	".mp4": "video/mp4", ".mp3": "audio/mpeg", ".woff2": "font/woff2", ".webmanifest": "application/manifest+json",
}

// TypeOf is the media type of a file, by its name.
func TypeOf(name string) string {
	if t, ok := types[strings.ToLower(path.Ext(name))]; ok {
		return t
	}
	return "application/octet-stream"
}
