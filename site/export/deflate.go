package export

import (
	"archive/zip"
	"bytes"
	"io"

	"github.com/klauspost/compress/flate"
)

// rowsAPiece is how many rows of a sheet are compressed together. With eight a
// sheet is some 5 % larger than in one piece.
const rowsAPiece = 8

// window is how far back the compressor looks (RFC 1951, section 3.2.5).
const window = 32 << 10

var rowEnd = []byte("</row>")

// zipByRows compresses the parts of a workbook by rows.
func zipByRows(w io.Writer) *zip.Writer {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return newRowDeflater(w) })
	return z
}

// A rowDeflater compresses a sheet so that the bytes of a piece follow from the
// piece and the one before it, and from nothing else. Compressed as usual, one
// changed row changes every byte behind it, and then a workbook costs an archive
// and a host that takes only differences its whole size at every release. Any
// reader of the format reads the result.
type rowDeflater struct {
	out     io.Writer
	deflate *flate.Writer
	before  []byte // the end of the last piece
	pending []byte
	seen    int // bytes of pending without an end of a row that has not been counted
	rows    int // ends of rows in pending
}

func newRowDeflater(out io.Writer) (*rowDeflater, error) {
	deflate, err := flate.NewWriter(out, flate.DefaultCompression)
	return &rowDeflater{out: out, deflate: deflate}, err
}

func (d *rowDeflater) Write(p []byte) (int, error) {
	n := len(p)
	for len(p) > 0 {
		some := min(len(p), window)
		d.pending = append(d.pending, p[:some]...)
		p = p[some:]
		for {
			i := bytes.Index(d.pending[d.seen:], rowEnd)
			if i < 0 {
				d.seen = max(d.seen, len(d.pending)-len(rowEnd)+1)
				break
			}
			d.seen += i + len(rowEnd)
			if d.rows++; d.rows < rowsAPiece {
				continue
			}
			if err := d.piece(d.pending[:d.seen]); err != nil {
				return 0, err
			}
			d.pending = append(d.pending[:0], d.pending[d.seen:]...)
			d.seen, d.rows = 0, 0
		}
	}
	return n, nil
}

// piece compresses a piece with the one before it as a dictionary, so that the
// compressor knows that, and nothing older.
func (d *rowDeflater) piece(piece []byte) error {
	d.deflate.ResetDict(d.out, d.before)
	if _, err := d.deflate.Write(piece); err != nil {
		return err
	}
	d.before = append(d.before[:0], piece[max(0, len(piece)-window):]...)
	return d.deflate.Flush()
}

func (d *rowDeflater) Close() error {
	if err := d.piece(d.pending); err != nil {
		return err
	}
	return d.deflate.Close() // with an empty last block
}
