package export

import (
	"bufio"
	"io"
	"iter"
	"strings"
)

// writeCSV writes a table by RFC 4180: a heading, commas, CRLF behind each
// record. Excel takes a file without a byte order mark for GBK.
//
// encoding/csv is not used for writing: with CRLF between records it also puts
// CRLF into the cells, which Excel shows as a stray character.
func writeCSV(w io.Writer, columns []column, lines iter.Seq[*line]) error {
	out := bufio.NewWriterSize(w, 1<<16)
	_, _ = out.WriteString("\uFEFF")
	for i, c := range columns {
		writeCell(out, i, c.key)
	}
	_, _ = out.WriteString("\r\n")
	for l := range lines {
		for i, c := range columns {
			writeCell(out, i, c.value(l))
		}
		if _, err := out.WriteString("\r\n"); err != nil {
			return err
		}
	}
	return out.Flush() // which also tells of errors before it
}

func (e *Exporter) writeIssuesCSV(w io.Writer) error {
	return writeCSV(w, issueColumns, e.issueLines())
}

func (e *Exporter) writeMeasuresCSV(w io.Writer) error {
	return writeCSV(w, measureColumns, e.measureLines())
}

// writeCell writes one cell. Errors stay in the writer.
func writeCell(out *bufio.Writer, column int, text string) {
	if column > 0 {
		_ = out.WriteByte(',')
	}
	text = harmless(oneLineEnd(text))
	if text == "" {
		return
	}
	// All that is not empty is quoted: LibreOffice and Excel also split at
	// semicolons and tabs, by the country they think they are in.
	_ = out.WriteByte('"')
	for {
		quote := strings.IndexByte(text, '"')
		if quote < 0 {
			break
		}
		_, _ = out.WriteString(text[:quote+1])
		_ = out.WriteByte('"')
		text = text[quote+1:]
	}
	_, _ = out.WriteString(text)
	_ = out.WriteByte('"')
}

// oneLineEnd makes every line end inside a cell the one that spreadsheets use.
// Hardly a text has another, and looking first is much faster.
func oneLineEnd(text string) string {
	if strings.IndexByte(text, '\r') < 0 {
		return text
	}
	return lineEnds.Replace(text)
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// formulaStarts are the characters with which spreadsheets begin a formula, or
// strip before one. Chinese and Japanese Excel take the full-width ones too.
const formulaStarts = "=+-@\t\r\n＝＋－＠"

// harmless makes sure that no spreadsheet takes a text for a formula, by an
// apostrophe before it, which says “text” to them.
func harmless(text string) string {
	if text != "" && strings.ContainsRune(formulaStarts, first(text)) {
		return "'" + text
	}
	return text
}

func first(text string) rune {
	for _, r := range text {
		return r
	}
	return 0
}
