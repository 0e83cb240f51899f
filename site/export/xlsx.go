package export

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"rectify/site/model"
)

// Limits of the format.
const (
	maxCell = excelize.TotalCellChars // UTF-16 units
	maxRows = excelize.TotalRows
)

// writeWorkbook writes both tables as sheets. Every cell is a text, so nothing
// becomes a number, a date or a formula.
func (e *Exporter) writeWorkbook(w io.Writer) error {
	b, err := e.newWorkbook()
	if err != nil {
		return err
	}
	defer b.file.Close()
	if err := b.table(e.words.issues, issueColumns, e.issueLines()); err != nil {
		return err
	}
	if err := b.table(e.words.measure, measureColumns, e.measureLines()); err != nil {
		return err
	}
	var packed bytes.Buffer
	if err := b.file.Write(&packed); err != nil {
		return err
	}
	return repack(w, packed.Bytes(), b.properties)
}

type workbook struct {
	file          *excelize.File
	language      model.Language
	cut           string
	properties    []byte // of the document
	heading, text int    // styles
	sheets        int
	rows          int // on one sheet; less in tests
}

func (e *Exporter) newWorkbook() (*workbook, error) {
	file := excelize.NewFile().SetZipWriter(func(w io.Writer) excelize.ZipWriter { return zipByRows(w) })
	b := &workbook{file: file, language: e.portal.Language, cut: e.words.cut, rows: maxRows}
	day := e.changedPortal()
	if day == "" {
		day = "2000-01-01" // the format wants a date, and the clock may not be asked
	}
	b.properties = coreProperties(e.portal, day)
	var err error
	const asText = 49 // the built-in number format “@”
	top := excelize.Alignment{Vertical: "top", WrapText: true}
	if b.text, err = b.file.NewStyle(&excelize.Style{NumFmt: asText, Alignment: &top}); err != nil {
		return nil, err
	}
	b.heading, err = b.file.NewStyle(&excelize.Style{
		NumFmt: asText, Alignment: &top, Font: &excelize.Font{Bold: true},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E7E6E6"}},
	})
	return b, err
}

// table writes a table on one sheet, or on several where it is longer than a
// sheet can be.
func (b *workbook) table(name string, columns []column, lines iter.Seq[*line]) error {
	next, stop := iter.Pull(lines)
	defer stop()
	l, more := next()
	for part := 1; part == 1 || more; part++ {
		title := name
		if part > 1 {
			title += " " + strconv.Itoa(part)
		}
		sheet, err := b.sheet(title, columns)
		if err != nil {
			return err
		}
		row := 2
		for ; more && row <= b.rows; l, more = next() {
			cells := make([]any, len(columns))
			for i, c := range columns {
				if text := c.value(l); text != "" {
					cells[i] = b.fit(text)
				}
			}
			if err := sheet.SetRow("A"+strconv.Itoa(row), cells, excelize.RowOpts{StyleID: b.text, Height: 60}); err != nil {
				return err
			}
			row++
		}
		corner, err := excelize.CoordinatesToCellName(len(columns), max(row-1, 1))
		if err != nil {
			return err
		}
		if err := b.file.AutoFilter(title, "A1:"+corner, nil); err != nil {
			return err
		}
		if err := sheet.Flush(); err != nil {
			return err
		}
	}
	return nil
}

// sheet begins a sheet with its heading.
func (b *workbook) sheet(name string, columns []column) (*excelize.StreamWriter, error) {
	b.sheets++
	var err error
	if b.sheets == 1 {
		err = b.file.SetSheetName("Sheet1", name) // excelize begins with one
	} else {
		_, err = b.file.NewSheet(name)
	}
	if err != nil {
		return nil, err
	}
	sheet, err := b.file.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	frozen := &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}
	if err := sheet.SetPanes(frozen); err != nil {
		return nil, err
	}
	cells := make([]any, len(columns))
	for i, c := range columns {
		if err := sheet.SetColWidth(i+1, i+1, c.width); err != nil {
			return nil, err
		}
		cells[i] = c.word(b.language)
	}
	return sheet, sheet.SetRow("A1", cells, excelize.RowOpts{StyleID: b.heading})
}

// fit shortens what is too long for a cell and says so; excelize would cut it
// without a word.
func (b *workbook) fit(text string) string {
	text = lineEnds.Replace(text)
	if len(text) <= maxCell { // bytes are never fewer than units
		return text
	}
	units := utf16.Encode([]rune(text))
	if len(units) <= maxCell {
		return text
	}
	room := maxCell - len(utf16.Encode([]rune(b.cut)))
	if 0xDC00 <= units[room] && units[room] < 0xE000 {
		room-- // not into the middle of a character
	}
	return string(utf16.Decode(units[:room])) + b.cut
}

// corePart is the part of a package with its properties (ISO/IEC 29500-2, 11).
const corePart = "docProps/core.xml"

// coreProperties describes the document. Excelize writes the part without
// prefixes, which is the same XML and which some readers do not understand.
func coreProperties(p *model.Portal, day model.Date) []byte {
	var out bytes.Buffer
	out.WriteString(xml.Header + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"` +
		` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`)
	for _, f := range []struct{ name, attributes, text string }{
		{"dc:title", "", p.Name},
		{"dc:creator", "", p.Unit},
		{"dc:language", "", string(p.Language)},
		{"dcterms:created", ` xsi:type="dcterms:W3CDTF"`, string(day) + "T00:00:00Z"},
		{"dcterms:modified", ` xsi:type="dcterms:W3CDTF"`, string(day) + "T00:00:00Z"},
	} {
		out.WriteString("<" + f.name + f.attributes + ">")
		_ = xml.EscapeText(&out, []byte(f.text))
		out.WriteString("</" + f.name + ">")
	}
	out.WriteString("</cp:coreProperties>")
	return out.Bytes()
}

// repack copies the parts of a package in the order of their names and without
// times: excelize takes the sheets from a map. The parts are not compressed
// once more; the properties are ours.
func repack(w io.Writer, packed, properties []byte) error {
	in, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return err
	}
	slices.SortFunc(in.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	out := zip.NewWriter(w)
	for _, part := range in.File {
		if part.Name == corePart {
			to, err := out.CreateHeader(&zip.FileHeader{Name: part.Name, Method: zip.Store})
			if err != nil {
				return err
			}
			if _, err := to.Write(properties); err != nil {
				return err
			}
			continue
		}
		raw, err := part.OpenRaw()
		if err != nil {
			return err
		}
		to, err := out.CreateRaw(&zip.FileHeader{
			Name: part.Name, Method: part.Method, CRC32: part.CRC32,
			CompressedSize64: part.CompressedSize64, UncompressedSize64: part.UncompressedSize64,
		})
		if err != nil {
			return err
		}
		if _, err := io.Copy(to, raw); err != nil {
			return err
		}
	}
	return out.Close()
}
