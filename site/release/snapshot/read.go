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
	"regexp"
	"strconv"
	"strings"
)

// openWACZ checks the digests of a web archive of this program, then reads every
// record of its WARC and holds indexes and pages against them. The files that it
// returns are the payloads.
func openWACZ(z *zip.Reader) (Contents, error) {
	parts, err := unzip(z)
	if err != nil {
		return Contents{}, err
	}
	base, err := checkPackage(parts)
	if err != nil {
		return Contents{}, err
	}
	warc, err := parts.Read(warcPath)
	if err != nil {
		return Contents{}, fmt.Errorf("read %s: %w", warcPath, err)
	}
	records, err := readWARC(warc)
	if err != nil {
		return Contents{}, fmt.Errorf("read %s: %w", warcPath, err)
	}
	payloads, addresses := map[string][]byte{}, map[string]record{}
	c := Contents{Kind: KindWACZ}
	for _, r := range records {
		name, ok := strings.CutPrefix(r.address, base)
		if name, err = url.PathUnescape(name); !ok || err != nil || !fs.ValidPath(name) {
			return Contents{}, fmt.Errorf("the record %s is none of the site at %s", r.address, base)
		}
		if _, twice := payloads[name]; twice {
			return Contents{}, fmt.Errorf("there are two records of %s", r.address)
		}
		payloads[name], addresses[r.address] = r.payload, r
		c.Names = append(c.Names, name)
	}
	if err := checkIndex(parts, addresses); err != nil {
		return Contents{}, err
	}
	if err := checkPages(parts, addresses); err != nil {
		return Contents{}, err
	}
	c.Readme, _ = parts.Read(ReadmeName)
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
		switch r.Path {
		case warcPath, cdxPath, idxPath, pagesPath, ReadmeName:
		default:
			return "", fmt.Errorf("%s is there, which no WACZ of this program has", r.Path)
		}
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
	address, mime  string
	payload        []byte
	offset, length int64
}

// readWARC reads every record and checks block and payload digests. Behind the
// first record, which says what the file is, all are responses.
func readWARC(data []byte) ([]record, error) {
	var out []record
	in := bytes.NewReader(data)
	buffered := bufio.NewReader(in)
	z := new(gzip.Reader)
	for n := 0; ; n++ {
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
		if err == nil && isResponse != (n > 0) {
			err = errors.New("no web archive of this program has a record of its kind there")
		}
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
	switch headers.Get("WARC-Type") {
	case "warcinfo":
		return record{}, false, nil
	case "response":
	default:
		return record{}, false, fmt.Errorf("no web archive of this program has a record of the kind %q", headers.Get("WARC-Type"))
	}
	answer, payload, ok := bytes.Cut(block, []byte("\r\n\r\n"))
	if !ok || headers.Get("WARC-Payload-Digest") != "sha256:"+hexDigest(payload) {
		return record{}, false, errors.New("its payload digest is another one")
	}
	// A header that sends the reader elsewhere would show another page than the
	// payload.
	lines := answerForm.FindSubmatch(answer)
	if lines == nil || string(lines[2]) != strconv.Itoa(len(payload)) {
		return record{}, false, errors.New("its answer has other headers than this program writes")
	}
	return record{address: headers.Get("WARC-Target-URI"), mime: string(lines[1]), payload: payload}, true, nil
}

// answerForm is what warcWriter.response writes before a payload.
var answerForm = regexp.MustCompile(`^HTTP/1\.1 200 OK\r\nContent-Type: ([^\r\n;]*)[^\r\n]*\r\nContent-Length: ([0-9]+)$`)

// checkIndex holds the indexes against the records: each once, each at its
// place.
func checkIndex(parts Contents, at map[string]record) error {
	data, err := parts.Read(cdxPath)
	if err != nil {
		return fmt.Errorf("read %s: %w", cdxPath, err)
	}
	if err := checkBlocks(parts, data); err != nil {
		return err
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return fmt.Errorf("read %s: %w", cdxPath, err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		return fmt.Errorf("read %s: %w", cdxPath, err)
	}
	n := 0
	seen := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		n++
		words := strings.SplitN(line, " ", 3)
		var entry struct {
			URL, Digest, Offset, Length, Mime string
			Status                            int
		}
		if len(words) != 3 || json.Unmarshal([]byte(words[2]), &entry) != nil {
			return fmt.Errorf("line %d of %s cannot be read", n, cdxPath)
		}
		r, ok := at[entry.URL]
		if !ok || seen[entry.URL] || entry.Status != 200 || entry.Mime != r.mime || entry.Offset != strconv.FormatInt(r.offset, 10) ||
			entry.Length != strconv.FormatInt(r.length, 10) || entry.Digest != "sha256:"+hexDigest(r.payload) || words[0] != surt(entry.URL) {
			return fmt.Errorf("the index does not lead to the record of %s", entry.URL)
		}
		seen[entry.URL] = true
	}
	if n != len(at) {
		return fmt.Errorf("the index has %d lines, the archive %d records", n, len(at))
	}
	return nil
}

// checkBlocks holds the index of the index against it: its blocks, one behind
// the other, are the whole.
func checkBlocks(parts Contents, cdx []byte) error {
	text, err := parts.Read(idxPath)
	if err != nil {
		return fmt.Errorf("read %s: %w", idxPath, err)
	}
	end := 0
	for i, line := range strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") {
		if i == 0 {
			continue // says of what kind the file is
		}
		words := strings.SplitN(line, " ", 3)
		var block struct {
			Offset, Length   int
			Digest, Filename string
		}
		if len(words) != 3 || json.Unmarshal([]byte(words[2]), &block) != nil || block.Filename != cdxName || block.Offset != end ||
			block.Length <= 0 || block.Length > len(cdx)-end || block.Digest != "sha256:"+hexDigest(cdx[end:end+block.Length]) ||
			!leads(cdx[end:end+block.Length], words[0]+" "+words[1]+" ") {
			return fmt.Errorf("line %d of %s does not lead to its part of %s", i+1, idxPath, cdxPath)
		}
		end += block.Length
	}
	if end != len(cdx) {
		return fmt.Errorf("%s leads to %d of %d bytes of %s", idxPath, end, len(cdx), cdxPath)
	}
	return nil
}

// leads tells whether a block begins with a text.
func leads(block []byte, text string) bool {
	z, err := gzip.NewReader(bytes.NewReader(block))
	if err != nil {
		return false
	}
	got := make([]byte, len(text))
	_, err = io.ReadFull(z, got)
	return err == nil && string(got) == text
}

// checkPages holds the list of pages against the records.
func checkPages(parts Contents, at map[string]record) error {
	text, err := parts.Read(pagesPath)
	if err != nil {
		return fmt.Errorf("read %s: %w", pagesPath, err)
	}
	for i, line := range strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") {
		if i == 0 {
			continue
		}
		var page struct{ URL, Title string }
		if err := json.Unmarshal([]byte(line), &page); err != nil {
			return fmt.Errorf("line %d of %s cannot be read", i+1, pagesPath)
		}
		if r, ok := at[page.URL]; !ok || page.Title != titleOf(r.payload) {
			return fmt.Errorf("line %d of %s names no page of the archive", i+1, pagesPath)
		}
	}
	return nil
}
