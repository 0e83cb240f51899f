package snapshot

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// noAddress stands for the address of a portal that has none: a name that can
// never be one (RFC 6761).
const noAddress = "https://rectify.invalid/"

// warcWriter writes records (WARC 1.1), one gzip member each, and remembers
// them for the index.
type warcWriter struct {
	out   io.Writer
	gzip  *gzip.Writer // a new one for each record would cost more than the record
	at    int64
	time  time.Time
	lines []cdxLine
}

// cdxLine is a line of the index: a key by which it is sorted, and where the
// record is.
type cdxLine struct{ surt, text string }

// info writes the record that says what the file is.
func (w *warcWriter) info(filename string, r Release) error {
	fields := fmt.Sprintf("software: rectify %s\r\nformat: WARC File Format 1.1\r\nconformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"+
		"isPartOf: %s\r\ndescription: Release %s, made from the published files and not by a crawler; the HTTP headers are synthesised.\r\n",
		r.Version, r.ID, r.ID)
	_, _, err := w.record("warcinfo", "application/warc-fields", []string{"WARC-Filename: " + filename}, []byte(fields))
	return err
}

// response writes a file as if a server had sent it.
func (w *warcWriter) response(address string, f File) error {
	var block bytes.Buffer
	fmt.Fprintf(&block, "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n", f.Type, len(f.Data))
	block.Write(f.Data)
	payload := "sha256:" + hexDigest(f.Data)
	offset := w.at
	length, recordDigest, err := w.record("response", "application/http; msgtype=response", []string{
		"WARC-Target-URI: " + address, "WARC-Payload-Digest: " + payload,
	}, block.Bytes())
	if err != nil {
		return err
	}
	mime, _, _ := strings.Cut(f.Type, ";")
	entry, err := json.Marshal(struct {
		URL          string `json:"url"`
		Mime         string `json:"mime"`
		Status       int    `json:"status"`
		Digest       string `json:"digest"`
		Length       string `json:"length"`
		Offset       string `json:"offset"`
		Filename     string `json:"filename"`
		RecordDigest string `json:"recordDigest"`
	}{address, mime, 200, payload, strconv.FormatInt(length, 10), strconv.FormatInt(offset, 10), warcName, recordDigest})
	if err != nil {
		return err
	}
	key := surt(address)
	w.lines = append(w.lines, cdxLine{key, key + " " + stamp14(w.time) + " " + string(entry) + "\n"})
	return nil
}

// record writes one record and returns the length of its member.
func (w *warcWriter) record(kind, contentType string, headers []string, block []byte) (length int64, digest string, err error) {
	var text bytes.Buffer
	fmt.Fprintf(&text, "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%s>\r\nWARC-Date: %s\r\n", kind, recordID(kind, headers, block), w.time.UTC().Format(time.RFC3339))
	for _, h := range headers {
		text.WriteString(h + "\r\n")
	}
	fmt.Fprintf(&text, "WARC-Block-Digest: sha256:%s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n", hexDigest(block), contentType, len(block))
	text.Write(block)
	text.WriteString("\r\n\r\n")
	var member bytes.Buffer
	w.gzip.Reset(&member)
	_, _ = w.gzip.Write(text.Bytes())
	_ = w.gzip.Close()
	n, err := w.out.Write(member.Bytes())
	w.at += int64(n)
	if err != nil {
		return 0, "", fmt.Errorf("write the web archive: %w", err)
	}
	return int64(n), "sha256:" + hexDigest(member.Bytes()), nil
}

// recordID is a UUID (RFC 9562, version 8) that follows from the record.
func recordID(kind string, headers []string, block []byte) string {
	h := sha256.New()
	_, _ = io.WriteString(h, kind+"\n"+strings.Join(headers, "\n")+"\n")
	_, _ = h.Write(block)
	id := h.Sum(nil)[:16]
	id[6] = id[6]&0x0f | 8<<4
	id[8] = id[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}

func stamp14(at time.Time) string { return at.UTC().Format("20060102150405") }

// surt is an address turned round, as indexes of web archives sort them: lower
// case, without “www.”, the host's labels backwards.
func surt(address string) string {
	u, err := url.Parse(strings.ToLower(address))
	if err != nil {
		return address
	}
	host := u.Hostname()
	if rest, ok := strings.CutPrefix(host, "www"); ok {
		if rest = strings.TrimLeft(rest, "0123456789"); strings.HasPrefix(rest, ".") {
			host = rest[1:]
		}
	}
	labels := strings.Split(host, ".")
	slices.Reverse(labels)
	out := strings.Join(labels, ",")
	if port := u.Port(); port != "" {
		out += ":" + port
	}
	return out + ")" + u.EscapedPath()
}

// blockLines is how many lines of the index one block has.
const blockLines = 3000

// index gives the compressed index and the index of its blocks (ZipNum).
func (w *warcWriter) index() (cdx, idx []byte) {
	slices.SortFunc(w.lines, func(a, b cdxLine) int { return strings.Compare(a.text, b.text) })
	var blocks, of bytes.Buffer
	fmt.Fprintf(&of, "!meta 0 {\"format\":\"cdxj-gzip-1.0\",\"filename\":%q}\n", cdxName)
	for from := 0; from < len(w.lines); from += blockLines {
		lines := w.lines[from:min(from+blockLines, len(w.lines))]
		var block bytes.Buffer
		z := gzip.NewWriter(&block)
		for _, l := range lines {
			_, _ = io.WriteString(z, l.text)
		}
		_ = z.Close()
		first := strings.SplitN(lines[0].text, " ", 3)
		fmt.Fprintf(&of, "%s %s {\"offset\":%d,\"length\":%d,\"digest\":\"sha256:%s\",\"filename\":%q}\n",
			first[0], first[1], blocks.Len(), block.Len(), hexDigest(block.Bytes()), cdxName)
		blocks.Write(block.Bytes())
	}
	return blocks.Bytes(), of.Bytes()
}
