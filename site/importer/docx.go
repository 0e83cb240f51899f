package importer

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"rectify/site/problem"
)

// The readers of Word files that were looked at (go-docx, godocx) build
// documents; none counts Word's automatic numbers, which are half of what a
// report's structure is. So the few parts that matter are read here.

// readWord makes a document of a Word file.
func readWord(name string, data []byte) (*Document, problem.List) {
	at := problem.Place{File: name}
	a, err := openArchive(data)
	var main []byte
	if err == nil {
		main, err = a.part(a.mainPart())
	}
	if err != nil {
		return nil, problem.List{archiveProblem(err, a, at)}
	}
	optional := func(part string) []byte {
		out, err := a.part(part)
		if err != nil {
			return nil
		}
		return out
	}
	w := &wordReader{
		decoder: xml.NewDecoder(bytes.NewReader(main)), numbers: newNumberer(optional("word/numbering.xml")),
		styles: readStyles(optional("word/styles.xml")),
	}
	doc := &Document{Name: name, Format: WordFile}
	if err := w.document(); err != nil {
		return nil, problem.List{problem.New(problem.BrokenArchive, at)}
	}
	doc.Blocks = w.blocks
	dropped := doc.fromBlocks()
	var list problem.List
	if dropped > 0 {
		list = append(list, problem.New(problem.ControlsDropped, at, count(dropped)))
	}
	if w.inserted+w.deleted > 0 {
		list = append(list, problem.New(problem.ChangesAccepted, at, count(w.inserted), count(w.deleted)))
	}
	apart := func(zh, en string, n int) {
		if n > 0 {
			list = append(list, problem.New(problem.SetApart, at, problem.Both(zh, en), count(n)))
		}
	}
	// Headers and comments are for those who wrote the paper: what stands in
	// source.txt is published.
	heads, feet := 0, 0
	for _, part := range a.names {
		if strings.HasPrefix(part, "word/header") && hasText(optional(part)) {
			heads++
		} else if strings.HasPrefix(part, "word/footer") && hasText(optional(part)) {
			feet++
		}
	}
	apart("页眉", "headers", heads)
	apart("页脚", "footers", feet)
	apart("批注", "comments", strings.Count(string(optional("word/comments.xml")), "<w:comment "))
	apart("脚注和尾注", "footnotes and endnotes", notesOf(optional("word/footnotes.xml"))+notesOf(optional("word/endnotes.xml")))
	apart("隐藏文字", "hidden texts", w.hidden)
	return doc.checked(list)
}

// mainPart is the name of the part with the text; WPS has written others.
func (a *archive) mainPart() string {
	if a.parts["word/document.xml"] != nil {
		return "word/document.xml"
	}
	for _, name := range a.names {
		if strings.HasPrefix(strings.ToLower(name), "word/document") && strings.HasSuffix(name, ".xml") {
			return name
		}
	}
	return ""
}

func archiveProblem(err error, a *archive, at problem.Place) problem.Problem {
	if errors.Is(err, errTooLarge) {
		size := "?"
		if a != nil {
			size = megabytes(int(min(a.size, 1<<40)))
		}
		return problem.New(problem.ArchiveBomb, at, size, megabytes(maxUnpacked))
	}
	return problem.New(problem.BrokenArchive, at)
}

// notesOf counts footnotes, without the lines that part them from the text.
func notesOf(part []byte) int {
	text := string(part)
	return strings.Count(text, "<w:footnote ") + strings.Count(text, "<w:endnote ") - strings.Count(text, `w:type="separator"`) - strings.Count(text, `w:type="continuationSeparator"`) - strings.Count(text, `w:type="continuationNotice"`)
}

func hasText(part []byte) bool {
	d := xml.NewDecoder(bytes.NewReader(part))
	for {
		token, err := d.Token()
		if err != nil {
			return false
		}
		if c, ok := token.(xml.CharData); ok && !inkless(string(c)) {
			return true
		}
	}
}

// wordReader walks document.xml once, from front to back.
type wordReader struct {
	decoder                   *xml.Decoder
	numbers                   *numberer
	styles                    map[string]*wordStyle
	blocks                    []Block
	table                     int
	inserted, deleted, hidden int
	depth                     int
}

// maxNesting ends files made to exhaust the stack.
const maxNesting = 200

var errNesting = errors.New("nested too deep")

func (w *wordReader) document() error {
	for {
		token, err := w.decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "body" {
			blocks, err := w.container("body")
			w.blocks = blocks
			return err
		}
	}
}

// container reads paragraphs and tables up to the end of an element.
func (w *wordReader) container(until string) ([]Block, error) {
	if w.depth++; w.depth > maxNesting {
		return nil, errNesting
	}
	defer func() { w.depth-- }()
	var out []Block
	for {
		token, err := w.decoder.Token()
		if err != nil {
			return out, err
		}
		switch t := token.(type) {
		case xml.EndElement:
			if t.Name.Local == until {
				return out, nil
			}
		case xml.StartElement:
			var blocks []Block
			switch t.Name.Local {
			case "p":
				blocks, err = w.paragraph()
			case "tbl":
				blocks, err = w.tableOf()
			case "sdt", "sdtContent", "customXml", "smartTag", "AlternateContent", "Choice":
				blocks, err = w.container(t.Name.Local)
			case "ins", "moveTo":
				w.inserted++
				blocks, err = w.container(t.Name.Local)
			case "del", "moveFrom":
				w.deleted++
				err = w.decoder.Skip()
			default:
				err = w.decoder.Skip()
			}
			if err != nil {
				return out, err
			}
			out = append(out, blocks...)
		}
	}
}

// wordParagraph is a paragraph on its way.
type wordParagraph struct {
	text       strings.Builder
	style      string
	num, level string
	outline    int
	boxes      []Block
}

func (w *wordReader) paragraph() ([]Block, error) {
	p := &wordParagraph{outline: -1}
	if err := w.inside(p, "p", false); err != nil {
		return nil, err
	}
	block := Block{}
	num, level := p.num, p.level
	seen := 0
	for id := p.style; id != "" && seen < 20; seen++ {
		s := w.styles[id]
		if s == nil {
			break
		}
		if num == "" {
			num = s.num
			if level == "" {
				level = s.level
			}
		}
		if block.Level == 0 {
			block.Level = s.head
		}
		block.Title = block.Title || s.title
		if s.toc {
			block.Aside = asideTOC
		}
		id = s.based
	}
	if num == "" {
		if by, ok := w.numbers.byStyle[p.style]; ok {
			num, level = by[0], by[1]
		}
	} else if by, ok := w.numbers.byStyle[p.style]; ok && level == "" && by[0] == num {
		level = by[1]
	}
	if p.outline >= 0 && p.outline < 9 {
		block.Level = p.outline + 1
	}
	var out []Block
	text := p.text.String()
	if !inkless(text) {
		depth, _ := strconv.Atoi(level)
		label := ""
		if num != "" && num != "0" {
			label = w.numbers.label(num, depth)
		}
		for i, line := range strings.Split(text, "\n") {
			if inkless(line) {
				continue
			}
			b := block
			b.Text = strings.TrimSpace(line)
			if i == 0 || label != "" {
				if label != "" && w.numbers.ambiguous(num, depth) {
					b.Item = depth + 1
				}
				b.Text = label + b.Text
				label = ""
			} else {
				b.Level = 0
			}
			out = append(out, b)
		}
	}
	return append(out, p.boxes...), nil
}

// inside reads the runs of a paragraph.
func (w *wordReader) inside(p *wordParagraph, until string, hidden bool) error {
	if w.depth++; w.depth > maxNesting {
		return errNesting
	}
	defer func() { w.depth-- }()
	for {
		token, err := w.decoder.Token()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.EndElement:
			if t.Name.Local == until {
				return nil
			}
		case xml.StartElement:
			switch t.Name.Local {
			case "pPr":
				err = w.properties(p)
			case "rPr":
				var off bool
				if off, err = w.vanishes(); off {
					hidden = true
					w.hidden++
				}
			case "t":
				var text string
				if text, err = w.chars("t"); err == nil && !hidden {
					p.text.WriteString(text)
				}
			case "tab", "ptab":
				p.text.WriteByte(' ')
				err = w.decoder.Skip()
			case "br", "cr":
				if kind := attr(t, "type"); kind == "" || kind == "textWrapping" {
					p.text.WriteByte('\n')
				}
				err = w.decoder.Skip()
			case "noBreakHyphen":
				p.text.WriteByte('-')
				err = w.decoder.Skip()
			case "del", "moveFrom":
				w.deleted++
				err = w.decoder.Skip()
			case "ins", "moveTo":
				w.inserted++
				err = w.inside(p, t.Name.Local, hidden)
			case "txbxContent":
				var blocks []Block
				blocks, err = w.container("txbxContent")
				p.boxes = append(p.boxes, blocks...)
			case "Fallback", "instrText", "delText", "rt", "pPrChange", "rPrChange", "sectPr":
				err = w.decoder.Skip()
			case "r":
				err = w.inside(p, "r", false)
			case "p":
				// A paragraph cannot stand here, but files have it.
				var blocks []Block
				blocks, err = w.paragraph()
				p.boxes = append(p.boxes, blocks...)
			default:
				err = w.inside(p, t.Name.Local, hidden)
			}
			if err != nil {
				return err
			}
		}
	}
}
