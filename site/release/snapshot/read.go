package snapshot

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/textproto"
	"net/url"
	"strconv"
	"strings"
)

// Contents is a snapshot that is being read: its files by their paths in the
// site.
type Contents struct {
	Names []string
	Read  func(name string) ([]byte, error)
}

// OpenZip lists the files of a zip. Reading one checks its checksum.
func OpenZip(z *zip.Reader) (Contents, error) {
	files := map[string]*zip.File{}
	c := Contents{}
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		if _, twice := files[f.Name]; twice || !fs.ValidPath(f.Name) {
			return Contents{}, fmt.Errorf("the zip holds %q, which no zip of this program does", f.Name)
		}
		files[f.Name] = f
		c.Names = append(c.Names, f.Name)
	}
	c.Read = func(name string) ([]byte, error) {
		f, ok := files[name]
		if !ok {
			return nil, fs.ErrNotExist
		}
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		defer r.Close()
		return io.ReadAll(r)
	}
	return c, nil
}

// OpenWACZ checks the digests of a web archive of this program, then reads every
// record of its WARC and holds the index against them. The files that it
// returns are the payloads.
func OpenWACZ(z *zip.Reader) (Contents, error) {
	parts, err := OpenZip(z)
	if err != nil {
		return Contents{}, err
	}
	base, err := checkPackage(parts)
	if err != nil {
		return Contents{}, err
	}
	warc, err := parts.Read("archive/" + warcName)
	if err != nil {
		return Contents{}, fmt.Errorf("read archive/%s: %w", warcName, err)
	}
	records, err := readWARC(warc)
	if err != nil {
		return Contents{}, fmt.Errorf("read archive/%s: %w", warcName, err)
	}
	if err := checkIndex(parts, records); err != nil {
		return Contents{}, err
	}
	payloads := map[string][]byte{}
	c := Contents{}
	for _, r := range records {
		name, ok := strings.CutPrefix(r.address, base)
		if name, err = url.PathUnescape(name); !ok || err != nil || !fs.ValidPath(name) {
			return Contents{}, fmt.Errorf("the record %s is none of the site at %s", r.address, base)
		}
		if _, twice := payloads[name]; twice {
			return Contents{}, fmt.Errorf("there are two records of %s", r.address)
		}
		payloads[name] = r.payload
		c.Names = append(c.Names, name)
	}
	c.Read = func(name string) ([]byte, error) {
		data, ok := payloads[name]
		if !ok {
			return nil, fs.ErrNotExist
		}
		return data, nil
	}
	return c, nil
}

// checkPackage holds every part against datapackage.json, and that against its
// digest. It returns the address of the site's root.
func checkPackage(parts Contents) (base string, err error) {
	text, err := parts.Read(packagePath)
	if err != nil {
		return "", fmt.Errorf("read %s: %w", packagePath, err)
	}
	digest, err := parts.Read(digestPath)
	if err != nil {
		return "", fmt.Errorf("read %s: %w", digestPath, err)
	}
	var of struct{ Path, Hash string }
	if err := json.Unmarshal(digest, &of); err != nil || of.Path != packagePath || of.Hash != "sha256:"+hexDigest(text) {
		return "", fmt.Errorf("%s is not what %s says", packagePath, digestPath)
	}
	var description struct {
		MainURL   string `json:"mainPageUrl"`
		Resources []resource
	}
	if err := json.Unmarshal(text, &description); err != nil {
		return "", fmt.Errorf("read %s: %w", packagePath, err)
	}
	listed := map[string]bool{packagePath: true, digestPath: true}
	for _, r := range description.Resources {
		listed[r.Path] = true
		data, err := parts.Read(r.Path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return "", fmt.Errorf("%s is missing", r.Path)
		case err != nil:
			return "", fmt.Errorf("read %s: %w", r.Path, err)
		case "sha256:"+hexDigest(data) != r.Hash || int64(len(data)) != r.Bytes:
			return "", fmt.Errorf("%s is not what its digest says", r.Path)
		}
	}
	for _, name := range parts.Names {
		if !listed[name] {
			return "", fmt.Errorf("%s is there and not listed", name)
		}
	}
	base, ok := strings.CutSuffix(description.MainURL, "index.html")
	if !ok {
		return "", ErrNotWACZ
	}
	return base, nil
}

// record is a response of a WARC.
type record struct {
	address        string
	payload        []byte
	offset, length int64
}

// readWARC reads every record and checks block and payload digests.
func readWARC(data []byte) ([]record, error) {
	var out []record
	in := bytes.NewReader(data)
	buffered := bufio.NewReader(in)
	z := new(gzip.Reader)
	for {
		offset := int64(len(data)) - int64(in.Len()) - int64(buffered.Buffered())
		if _, err := buffered.Peek(1); errors.Is(err, io.EOF) {
			return out, nil
		}
		if err := z.Reset(buffered); err != nil {
			return nil, fmt.Errorf("the record at %d: %w", offset, err)
		}
		z.Multistream(false)
		text, err := io.ReadAll(z)
		if err != nil {
			return nil, fmt.Errorf("the record at %d: %w", offset, err)
		}
		end := int64(len(data)) - int64(in.Len()) - int64(buffered.Buffered())
		r, isResponse, err := parseRecord(text)
		if err != nil {
			return nil, fmt.Errorf("the record at %d: %w", offset, err)
		}
		if isResponse {
			r.offset, r.length = offset, end-offset
			out = append(out, r)
		}
	}
}

func parseRecord(text []byte) (record, bool, error) {
	version, rest, _ := bytes.Cut(text, []byte("\r\n"))
	if string(version) != "WARC/1.1" {
		return record{}, false, errors.New("it is no WARC 1.1")
	}
	head, body, ok := bytes.Cut(rest, []byte("\r\n\r\n"))
	headers, err := textproto.NewReader(bufio.NewReader(bytes.NewReader(append(head, "\r\n\r\n"...)))).ReadMIMEHeader()
	if !ok || err != nil {
		return record{}, false, errors.New("its header cannot be read")
	}
	n, err := strconv.Atoi(headers.Get("Content-Length"))
	if err != nil || len(body) != n+4 || string(body[n:]) != "\r\n\r\n" {
		return record{}, false, errors.New("its length is another one")
	}
	block := body[:n]
	if headers.Get("WARC-Block-Digest") != "sha256:"+hexDigest(block) {
		return record{}, false, errors.New("its block digest is another one")
	}
	if headers.Get("WARC-Type") != "response" {
		return record{}, false, nil
	}
	_, payload, ok := bytes.Cut(block, []byte("\r\n\r\n"))
	if !ok || headers.Get("WARC-Payload-Digest") != "sha256:"+hexDigest(payload) {
		return record{}, false, errors.New("its payload digest is another one")
	}
	return record{address: headers.Get("WARC-Target-URI"), payload: payload}, true, nil
}

// checkIndex holds the index against the records: the same number, each at its
// place.
func checkIndex(parts Contents, records []record) error {
	data, err := parts.Read("indexes/" + cdxName)
	if err != nil {
		return fmt.Errorf("read indexes/%s: %w", cdxName, err)
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return fmt.Errorf("read indexes/%s: %w", cdxName, err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		return fmt.Errorf("read indexes/%s: %w", cdxName, err)
	}
	at := map[string]record{}
	for _, r := range records {
		at[r.address] = r
	}
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		words := strings.SplitN(line, " ", 3)
		var entry struct{ URL, Digest, Offset, Length string }
		if len(words) != 3 || json.Unmarshal([]byte(words[2]), &entry) != nil {
			return fmt.Errorf("line %d of indexes/%s cannot be read", n, cdxName)
		}
		r, ok := at[entry.URL]
		if !ok || entry.Offset != strconv.FormatInt(r.offset, 10) || entry.Length != strconv.FormatInt(r.length, 10) || entry.Digest != "sha256:"+hexDigest(r.payload) || words[0] != surt(entry.URL) {
			return fmt.Errorf("the index does not lead to the record of %s", entry.URL)
		}
	}
	if n != len(records) {
		return fmt.Errorf("the index has %d lines, the archive %d records", n, len(records))
	}
	return nil
}
