package snapshot

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"html"
	"io"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Names inside a WACZ (WACZ 1.1.1, section 5).
const (
	warcName      = "data.warc.gz"
	cdxName       = "index.cdx.gz"
	warcPath      = "archive/" + warcName
	cdxPath       = "indexes/" + cdxName
	idxPath       = "indexes/index.idx"
	packagePath   = "datapackage.json"
	digestPath    = "datapackage-digest.json"
	pagesPath     = "pages/pages.jsonl"
	maxListed     = 100
	formatVersion = "1.1.1"
)

// WACZ writes the site as a web archive. The WARC is as large as the site after
// compression and goes through spool, an empty file.
func WACZ(ctx context.Context, out io.Writer, spool io.ReadWriteSeeker, r Release) error {
	base := r.BaseURL
	if base == "" {
		base = noAddress
	}
	digest, crc := sha256.New(), crc32.NewIEEE()
	w := &warcWriter{out: io.MultiWriter(spool, digest, crc), gzip: gzip.NewWriter(nil), time: r.Time}
	if err := w.info(warcName, r); err != nil {
		return err
	}
	var pages []pageEntry
	for f, err := range r.marked() {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return fmt.Errorf("make the web archive: %w", err)
		}
		address := base + (&url.URL{Path: f.Path}).EscapedPath()
		if err := w.response(address, f); err != nil {
			return err
		}
		if path.Ext(f.Path) == ".html" && f.Path != "404.html" {
			pages = append(pages, pageEntry{f.Path, address, titleOf(f.Data)})
		}
	}
	if _, err := spool.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("make the web archive: %w", err)
	}
	z := &waczWriter{zip: zip.NewWriter(out), time: r.Time.UTC()}
	if err := z.stored(warcPath, spool, w.at, hex.EncodeToString(digest.Sum(nil)), crc.Sum32()); err != nil {
		return err
	}
	cdx, idx := w.index()
	for _, part := range []File{
		{Path: cdxPath, Data: cdx},
		{Path: idxPath, Data: idx},
		{Path: pagesPath, Data: listPages(pages, r.Time)},
		{Path: ReadmeName, Data: r.Explanation()},
	} {
		if err := z.put(part.Path, part.Data); err != nil {
			return err
		}
	}
	return z.finish(r, base+"index.html")
}

// pageEntry is a page that the archive lists.
type pageEntry struct{ path, address, title string }

var titleForm = regexp.MustCompile(`(?s)<title[^>]*>(.*?)</title>`)

func titleOf(page []byte) string {
	m := titleForm.FindSubmatch(page)
	if m == nil {
		return ""
	}
	return strings.Join(strings.Fields(html.UnescapeString(string(m[1]))), " ")
}

// listPages lists the pages nearest to the first one.
func listPages(pages []pageEntry, at time.Time) []byte {
	slices.SortStableFunc(pages, func(a, b pageEntry) int {
		if (a.path == "index.html") != (b.path == "index.html") {
			if a.path == "index.html" {
				return -1
			}
			return 1
		}
		return strings.Count(a.path, "/") - strings.Count(b.path, "/")
	})
	var out bytes.Buffer
	out.WriteString(`{"format":"json-pages-1.0","id":"pages","title":"All Pages"}` + "\n")
	for _, p := range pages[:min(len(pages), maxListed)] {
		writeLine(&out, struct {
			ID    string `json:"id"`
			URL   string `json:"url"`
			TS    string `json:"ts"`
			Title string `json:"title"`
		}{hexDigest([]byte(p.address))[:22], p.address, at.UTC().Format(time.RFC3339), p.title})
	}
	return out.Bytes()
}

func writeLine(out *bytes.Buffer, value any) {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(value) // structs of texts, into memory
}

// waczWriter writes a zip without compression, as the format wants it.
type waczWriter struct {
	zip       *zip.Writer
	time      time.Time
	resources []resource
}

type resource struct {
	Name  string `json:"name"`
	Path  string `json:"path"`
	Hash  string `json:"hash"`
	Bytes int64  `json:"bytes"`
}

// stored writes a part whose sums are known, so that the sizes stand in front
// of it and no reader has to look behind.
func (z *waczWriter) stored(name string, in io.Reader, size int64, sha string, crc uint32) error {
	header := &zip.FileHeader{Name: name, Method: zip.Store, CRC32: crc, CompressedSize64: uint64(size), UncompressedSize64: uint64(size)}
	header.Modified = z.time
	w, err := z.zip.CreateRaw(header)
	if err == nil {
		_, err = io.CopyN(w, in, size)
	}
	if err != nil {
		return fmt.Errorf("write %s into the web archive: %w", name, err)
	}
	z.resources = append(z.resources, resource{path.Base(name), name, "sha256:" + sha, size})
	return nil
}

func (z *waczWriter) put(name string, data []byte) error {
	return z.stored(name, bytes.NewReader(data), int64(len(data)), hexDigest(data), crc32.ChecksumIEEE(data))
}

// finish writes what describes the package, and its digest.
func (z *waczWriter) finish(r Release, main string) error {
	var description bytes.Buffer
	encoder := json.NewEncoder(&description)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	at := r.Time.UTC().Format(time.RFC3339)
	err := encoder.Encode(struct {
		Profile     string     `json:"profile"`
		Version     string     `json:"wacz_version"`
		Title       string     `json:"title"`
		Description string     `json:"description"`
		Created     string     `json:"created"`
		Software    string     `json:"software"`
		MainURL     string     `json:"mainPageUrl"`
		MainDate    string     `json:"mainPageDate"`
		Resources   []resource `json:"resources"`
	}{
		"data-package", formatVersion, r.Name + " " + r.ID,
		fmt.Sprintf("%s 公布的第 %s 期网站的完整存档；说明见 README.txt。", r.Unit, r.ID),
		at, "rectify " + r.Version, main, at, z.resources,
	})
	if err != nil {
		return err
	}
	if err := z.put(packagePath, description.Bytes()); err != nil {
		return err
	}
	var digest bytes.Buffer
	writeLine(&digest, struct {
		Path string `json:"path"`
		Hash string `json:"hash"`
	}{packagePath, "sha256:" + hexDigest(description.Bytes())})
	if err := z.put(digestPath, digest.Bytes()); err != nil {
		return err
	}
	if err := z.zip.Close(); err != nil {
		return fmt.Errorf("write the web archive: %w", err)
	}
	return nil
}

// ErrNotWACZ says that a file is no web archive that this program made.
var ErrNotWACZ = errors.New("it is no WACZ of this program")
