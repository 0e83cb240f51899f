package importer

import (
	"bytes"
	"path"
	"strings"

	"rectify/site/load"
	"rectify/site/problem"
)

// Format is what a document was.
type Format string

// The formats that can be read.
const (
	TextFile Format = "txt"
	WebPage  Format = "html"
	WordFile Format = "docx"
	Workbook Format = "xlsx"
	CSVFile  Format = "csv"
)

// MaxInput is the most that one file may have, in bytes: a report of 500 pages is about
// 1.5 MB of text, a Word file with pictures more.
const MaxInput = 64 << 20

// MaxText is the most text that a paper may have, in bytes: what a portal's
// source.txt may have, some 700 pages.
const MaxText = load.MaxSize

// Document is a source as it was read, before anybody asked what it means.
type Document struct {
	Name     string // as the user gave it
	Format   Format
	Encoding Encoding // of a text
	Blocks   []Block
	Text     string // what becomes source.txt: its non-empty lines are the blocks
	Meta     Meta
}

// Block is one paragraph of the source, in order.
type Block struct {
	Text  string // trimmed, never empty
	Level int    // of a heading by its style: 1 is the highest; 0 is no heading
	Title bool   // the style says that it is the document's title
	Aside string // why the format itself sets it apart from the content: “页眉”
	Row   *Row   // of a table
	Item  int    // how deep the numbered list lies whose label the format itself counted; 0 is none
}

// Row is one row of a table. A cell that reaches over several rows or columns
// has its text in all of them, and its place only where it is printed.
type Row struct {
	Table  int // counts the tables of the document from 1
	Cells  []string
	At     [][]place // of each cell, its lines in the text of the block; none where it is printed elsewhere
	Sheet  string    // of a workbook
	Number int       // in the sheet, counted from 1; 0 is unknown
}

// Meta is what a web page or a Word file says of itself.
type Meta struct {
	Title     string // ArticleTitle
	Published string // PubDate
	Source    string // ContentSource
	Site      string // SiteName
}

// IsTable tells a ledger: a document that is a table and no text.
func (d *Document) IsTable() bool { return d.Format == Workbook || d.Format == CSVFile }

// Read makes a document of the bytes of a file. Its format is found by content;
// the name is for messages. The document is nil where the list has errors.
func Read(name string, data []byte) (*Document, problem.List) {
	at := problem.Place{File: name}
	if len(data) > MaxInput {
		return nil, problem.List{problem.New(problem.InputTooLarge, at, megabytes(len(data)), megabytes(MaxInput))}
	}
	kind := sniff(data)
	if ext := strings.ToLower(path.Ext(name)); kind == "txt" && (ext == ".docx" || ext == ".xlsx") {
		kind = "broken" // cut short, or not what its name says
	}
	switch kind {
	case "txt":
		return readText(name, data)
	case "html":
		return readHTML(name, data)
	case "docx":
		return readWord(name, data)
	case "xlsx":
		return readWorkbook(name, data)
	default:
		return nil, problem.List{refusal(kind, at)}
	}
}

// readText makes a document of a plain text, or of a CSV file.
func readText(name string, data []byte) (*Document, problem.List) {
	at := problem.Place{File: name}
	text, encoding, lost, ok := decodeText(data)
	if !ok {
		return nil, problem.List{problem.New(problem.NotText, at)}
	}
	var list problem.List
	if lost > 0 {
		list = append(list, problem.New(problem.CharactersLost, at, count(lost)))
	}
	if len(text) > 4*MaxText { // before any work is done on it; white space may go yet
		return nil, append(list, tooMuchText(at, len(text)))
	}
	text, dropped := clean(text)
	if dropped > 0 {
		list = append(list, problem.New(problem.ControlsDropped, at, count(dropped)))
	}
	doc := &Document{Name: name, Format: TextFile, Encoding: encoding, Text: text}
	if strings.HasSuffix(strings.ToLower(name), ".csv") || looksLikeCSV(text) {
		return readCSV(doc, list)
	}
	text, joined := unwrap(text)
	if joined > 0 {
		doc.Text = text
		list = append(list, problem.New(problem.LinesJoined, at, count(joined)))
	}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			doc.Blocks = append(doc.Blocks, Block{Text: line})
		}
	}
	doc.textTables()
	return doc.checked(list)
}

// looksLikeCSV tells a pasted ledger by its names of columns.
func looksLikeCSV(text string) bool {
	n := 0
	for line := range strings.Lines(text) {
		if n++; n > headerRows {
			break
		}
		if strings.Count(line, ",") >= 3 && !strings.Contains(line, "。") && headerScore(strings.Split(strings.TrimSpace(line), ",")) >= 3 {
			return true
		}
	}
	return false
}

func tooMuchText(at problem.Place, size int) problem.Problem {
	return problem.New(problem.InputTooLarge, at, problem.Both(megabytes(size)+" 文字", megabytes(size)+" of text"), megabytes(MaxText))
}

// checked refuses a document without any text, or with more than a portal takes.
func (d *Document) checked(list problem.List) (*Document, problem.List) {
	if len(d.Text) > MaxText {
		return nil, append(list, tooMuchText(problem.Place{File: d.Name}, len(d.Text)))
	}
	for _, b := range d.Blocks {
		if !inkless(b.Text) {
			return d, list
		}
	}
	return nil, append(list, problem.New(problem.NothingToRead, problem.Place{File: d.Name}))
}

// fromBlocks sets the text of a document whose format has no lines of its own,
// and tells how many control characters were dropped.
func (d *Document) fromBlocks() (dropped int) {
	var b strings.Builder
	kept := d.Blocks[:0]
	for _, block := range d.Blocks {
		// A line end inside a paragraph would make two of it. The cells of a row
		// are already clean: their places must not move.
		if block.Row == nil {
			text, n := clean(block.Text)
			dropped += n
			block.Text = strings.TrimSpace(strings.ReplaceAll(text, "\n", " "))
		}
		if block.Text == "" {
			continue
		}
		b.WriteString(block.Text)
		b.WriteByte('\n')
		kept = append(kept, block)
	}
	d.Blocks, d.Text = kept, b.String()
	return dropped
}

// Paragraphs are the texts of the blocks.
func (d *Document) Paragraphs() []string {
	out := make([]string, len(d.Blocks))
	for i, b := range d.Blocks {
		out[i] = b.Text
	}
	return out
}

// sniff tells a format by its first bytes.
func sniff(data []byte) string {
	head := data[:min(len(data), 4096)]
	trimmed := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, []byte{0xef, 0xbb, 0xbf}), " \t\r\n"))
	has := func(prefix string) bool { return bytes.HasPrefix(data, []byte(prefix)) }
	switch {
	case has("PK\x03\x04"), has("PK\x05\x06"):
		return sniffZip(data)
	case has("\xd0\xcf\x11\xe0"):
		return sniffCompound(data)
	case has("%PDF"):
		return "pdf"
	case has(`{\rtf`):
		return "rtf"
	case has("\xff\xd8\xff"), has("\x89PNG"), has("II*\x00"), has("MM\x00*"), has("GIF8"), has("BM") && bytes.IndexByte(head, 0) >= 0:
		return "picture"
	case bytes.HasPrefix(trimmed, []byte("<!doctype html")), bytes.HasPrefix(trimmed, []byte("<html")),
		bytes.HasPrefix(trimmed, []byte("<?xml")) && bytes.Contains(trimmed, []byte("<html")),
		bytes.HasPrefix(trimmed, []byte("<")) && looksLikeHTML(trimmed):
		return "html"
	case len(data) == 0:
		return "empty"
	}
	return "txt"
}

func looksLikeHTML(head []byte) bool {
	n := 0
	for _, tag := range []string{"<div", "<p", "<span", "<table", "<head", "<body", "<meta", "<!--", "<section", "<article"} {
		if bytes.Contains(head, []byte(tag)) {
			n++
		}
	}
	return n >= 1 && (bytes.Contains(head, []byte("</")) || bytes.Contains(head, []byte("/>")))
}

// sniffCompound tells what lies in Microsoft's old container. The names of its
// streams are stored as UTF-16.
func sniffCompound(data []byte) string {
	wide := func(name string) []byte {
		out := make([]byte, 0, 2*len(name))
		for i := range len(name) {
			out = append(out, name[i], 0)
		}
		return out
	}
	switch {
	case bytes.Contains(data, wide("EncryptedPackage")):
		return "encrypted"
	case bytes.Contains(data, wide("WordDocument")):
		return "doc"
	case bytes.Contains(data, wide("Workbook")), bytes.Contains(data, wide("Book")):
		return "xls"
	}
	return "compound"
}

// refusal says what a file is that cannot be read, and what to do with it.
func refusal(kind string, at problem.Place) problem.Problem {
	switch kind {
	case "empty":
		return problem.New(problem.NothingToRead, at)
	case "pdf":
		return problem.New(problem.PDFFile, at)
	case "picture":
		return problem.New(problem.PictureFile, at)
	case "encrypted":
		return problem.New(problem.EncryptedFile, at)
	case "doc":
		return problem.New(problem.OldWordFile, at)
	case "xls":
		return problem.New(problem.OldWorkbook, at)
	case "rtf":
		return problem.New(problem.OtherFormat, at, "RTF")
	case "odt", "ods", "odp", "ofd":
		return problem.New(problem.OtherFormat, at, strings.ToUpper(kind))
	case "broken":
		return problem.New(problem.BrokenArchive, at)
	case "compound":
		// A container that says nothing of itself: its name may.
		switch strings.ToLower(path.Ext(at.File)) {
		case ".doc", ".wps":
			return problem.New(problem.OldWordFile, at)
		case ".xls", ".et":
			return problem.New(problem.OldWorkbook, at)
		}
	}
	return problem.New(problem.UnknownFormat, at)
}
