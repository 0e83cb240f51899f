package snapshot

import (
	"archive/zip"
	"compress/flate"
	"context"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"rectify/site/release/sums"
)

// Zip writes the site as a zip whose index.html opens by double click once it
// is unpacked.
func Zip(ctx context.Context, w io.Writer, r Release) error {
	z := newZip(w, r.Time)
	var list []byte
	for f, err := range r.marked() {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return fmt.Errorf("make the zip: %w", err)
		}
		list = sums.Coreutils.Append(list, sums.Sum{SHA256: hexDigest(f.Data), Name: f.Path})
		if err := z.put(f.Path, f.Data); err != nil {
			return err
		}
	}
	readme := r.Explanation()
	list = sums.Coreutils.Append(list, sums.Sum{SHA256: hexDigest(readme), Name: ReadmeName})
	if err := z.put(ReadmeName, readme); err != nil {
		return err
	}
	if err := z.put(SumsName, list); err != nil {
		return err
	}
	return z.close()
}

// zipWriter writes files into a zip, all of one time.
type zipWriter struct {
	zip  *zip.Writer
	time time.Time
}

func newZip(w io.Writer, at time.Time) *zipWriter {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(out, flate.DefaultCompression)
	})
	return &zipWriter{z, at.UTC()}
}

// packed are files that do not get smaller.
var packed = map[string]bool{".png": true, ".jpg": true, ".jpeg": true, ".gif": true, ".webp": true, ".xlsx": true, ".docx": true, ".zip": true, ".gz": true, ".mp4": true, ".mp3": true, ".pdf": true}

func (z *zipWriter) put(name string, data []byte) error {
	method := zip.Deflate
	if packed[strings.ToLower(path.Ext(name))] {
		method = zip.Store
	}
	header := &zip.FileHeader{Name: name, Method: method}
	header.Modified = z.time
	header.SetMode(0o644)
	w, err := z.zip.CreateHeader(header)
	if err == nil {
		_, err = w.Write(data)
	}
	if err != nil {
		return fmt.Errorf("write %s into the zip: %w", name, err)
	}
	return nil
}

func (z *zipWriter) close() error {
	if err := z.zip.Close(); err != nil {
		return fmt.Errorf("write the zip: %w", err)
	}
	return nil
}

// Sink takes the files of a bag.
type Sink func(name string, data []byte) error

// ZipSink puts files into a zip; done ends it.
func ZipSink(w io.Writer, at time.Time) (put Sink, done func() error) {
	z := newZip(w, at)
	return z.put, z.close
}
