package export

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

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
//
// Excelize makes all of the package but the rows of the tables: those it would
// hold in memory or in files of its own, and take ten times as long for.
func (e *Exporter) writeWorkbook(w io.Writer) error {
	b, err := e.newWorkbook()
	if err != nil {
		return err
	}
	defer b.file.Close()
	issues, measures := 0, 0
	for _, report := range e.portal.Reports {
		issues += len(report.Issues)
		for _, issue := range report.Issues {
			if issue.Withdrawn == nil {
				measures += len(issue.Measures)
			}
		}
	}
	if err := b.table(e.words.issues, issueColumns, e.issueLines(), issues); err != nil {
		return err
	}
	if err := b.table(e.words.measure, measureColumns, e.measureLines(), measures); err != nil {
		return err
	}
	return b.write(w)
}

type workbook struct {
	file          *excelize.File
	language      model.Language
	cut           string
	properties    []byte // of the document
	heading, text int    // styles
	rows          int    // on one sheet; less in tests
	sheets        []sheet
}

// sheet is a stretch of a table on a sheet of its own.
type sheet struct {
	columns []column
	lines   iter.Seq[*line] // of the whole table
	from    int             // the first of them on this sheet
	n       int
}

func (e *Exporter) newWorkbook() (*workbook, error) {
	file := excelize.NewFile()
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

// table lays a table out on one sheet, or on several where it is longer than a
// sheet can be. Headings are written at once, rows when the package is.
func (b *workbook) table(name string, columns []column, lines iter.Seq[*line], count int) error {
	for from := 0; from == 0 || from < count; from += b.rows - 1 {
		s := sheet{columns, lines, from, min(count-from, b.rows-1)}
		title := name
		if from > 0 {
			title += " " + strconv.Itoa(from/(b.rows-1)+1)
		}
		stream, err := b.begin(title, columns)
		if err != nil {
			return err
		}
		corner, err := excelize.CoordinatesToCellName(len(columns), s.n+1)
		if err != nil {
			return err
		}
		if err := b.file.AutoFilter(title, "A1:"+corner, nil); err != nil {
			return err
		}
		if err := stream.Flush(); err != nil {
			return err
		}
		b.sheets = append(b.sheets, s)
	}
	return nil
}

// begin begins a sheet with its heading.
func (b *workbook) begin(name string, columns []column) (*excelize.StreamWriter, error) {
	var err error
	if len(b.sheets) == 0 {
		err = b.file.SetSheetName("Sheet1", name) // excelize begins with one
	} else {
		_, err = b.file.NewSheet(name)
	}
	if err != nil {
		return nil, err
	}
	stream, err := b.file.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	frozen := &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}
	if err := stream.SetPanes(frozen); err != nil {
		return nil, err
	}
	cells := make([]any, len(columns))
	for i, c := range columns {
		if err := stream.SetColWidth(i+1, i+1, c.width); err != nil {
			return nil, err
		}
		cells[i] = c.word(b.language)
	}
	return stream, stream.SetRow("A1", cells, excelize.RowOpts{StyleID: b.heading})
}

// fit shortens what is too long for a cell and says so; excelize would cut it
// without a word.
func (b *workbook) fit(text string) string {
	text = oneLineEnd(text)
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

// write makes the package: the parts of excelize in the order of their names and
// without times, since it takes the sheets from a map; the properties, which are
// ours; and the rows in their sheets.
func (b *workbook) write(w io.Writer) error {
	var packed bytes.Buffer
	if err := b.file.Write(&packed); err != nil {
		return err
	}
	in, err := zip.NewReader(bytes.NewReader(packed.Bytes()), int64(packed.Len()))
	if err != nil {
		return err
	}
	slices.SortFunc(in.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	out := zipByRows(w)
	for _, part := range in.File {
		if err := b.part(out, part); err != nil {
			return err
		}
	}
	return out.Close()
}

var sheetName = regexp.MustCompile(`^xl/worksheets/sheet(\d+)\.xml$`)

func (b *workbook) part(out *zip.Writer, part *zip.File) error {
	to, err := out.CreateHeader(&zip.FileHeader{Name: part.Name, Method: zip.Deflate})
	if err != nil {
		return err
	}
	if part.Name == corePart {
		_, err := to.Write(b.properties)
		return err
	}
	from, err := part.Open()
	if err != nil {
		return err
	}
	content, err := io.ReadAll(from)
	if err != nil {
		return err
	}
	m := sheetName.FindStringSubmatch(part.Name)
	if m == nil {
		_, err := to.Write(content)
		return err
	}
	n, err := strconv.Atoi(m[1])
	before, behind, ok := bytes.Cut(content, []byte(endOfRows))
	if err != nil || !ok || n > len(b.sheets) {
		return fmt.Errorf("a sheet that is none of ours: %s", part.Name)
	}
	rows := bufio.NewWriterSize(to, 1<<16)
	_, _ = rows.Write(before)
	if err := b.writeRows(rows, b.sheets[n-1]); err != nil {
		return err
	}
	_, _ = rows.WriteString(endOfRows)
	_, _ = rows.Write(behind)
	return rows.Flush() // which also tells of errors before it
}

const endOfRows = "</sheetData>"

// writeRows writes the rows of a sheet as excelize would, behind the heading.
func (b *workbook) writeRows(out *bufio.Writer, s sheet) error {
	begin := make([]string, len(s.columns)) // of a cell, up to the number of its row
	for i := range s.columns {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		begin[i] = `<c r="` + name
	}
	style := strconv.Itoa(b.text)
	beginText := `" s="` + style + `" t="inlineStr"><is><t`
	i := 0
	for l := range s.lines {
		if i++; i <= s.from {
			continue
		} else if i > s.from+s.n {
			break
		}
		row := strconv.Itoa(i - s.from + 1)
		_, _ = out.WriteString(`<row r="` + row + `" s="` + style + `" customFormat="1" ht="60" customHeight="1">`)
		for c, column := range s.columns {
			text := column.value(l)
			if text == "" {
				continue
			}
			_, _ = out.WriteString(begin[c])
			_, _ = out.WriteString(row)
			_, _ = out.WriteString(beginText)
			writeCellText(out, b.fit(text))
			_, _ = out.WriteString("</t></is></c>")
		}
		if _, err := out.WriteString("</row>"); err != nil {
			return err
		}
	}
	return nil
}

// writeCellText writes the text of a cell and the end of its tag before it.
func writeCellText(out *bufio.Writer, text string) {
	if strings.ContainsRune("\t\n\r ", rune(text[0])) || strings.ContainsRune("\t\n\r ", rune(text[len(text)-1])) {
		_, _ = out.WriteString(` xml:space="preserve"`)
	}
	_ = out.WriteByte('>')
	if isPlain(text) {
		_, _ = out.WriteString(text)
		return
	}
	var escaped strings.Builder
	_ = xml.EscapeText(&escaped, []byte(text))
	text = strings.ReplaceAll(escaped.String(), "&#xA;", "\n")
	// _x0041_ stands for A in a cell (ISO/IEC 29500-1, 22.4.2.4), so the first
	// character of a text that happens to look like that is written that way.
	for {
		at := escapeLike.FindStringIndex(text)
		if at == nil {
			break
		}
		_, _ = out.WriteString(text[:at[0]] + "_x005F_")
		text = text[at[0]+1:]
	}
	_, _ = out.WriteString(text)
}

var escapeLike = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// isPlain says that a text, as nearly all do, stands in XML as it is.
func isPlain(text string) bool {
	for i := range len(text) {
		switch c := text[i]; {
		case c < ' ' && c != '\n', c == '&', c == '<', c == '>', c == '"', c == '\'', c == '_':
			return false
		}
	}
	return utf8.ValidString(text) && !strings.Contains(text, "\uFFFE") && !strings.Contains(text, "\uFFFF")
}
