package audit

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"rectify/site/problem"
)

// json checks a JSON file, or the JSON in a page that begins at an offset.
func (s *scan) json(data []byte, offset int) {
	if json.Valid(data) {
		s.ownAddresses(data, offset)
		return
	}
	var raw json.RawMessage
	err := json.Unmarshal(data, &raw)
	var syntax *json.SyntaxError
	words := err.Error()
	if errors.As(err, &syntax) {
		// Offset counts the bytes read, the wrong one included. The message
		// shows that byte, which is only a third of a Chinese character.
		at := min(max(0, int(syntax.Offset)-1), len(data))
		offset += at
		if r, n := utf8.DecodeRune(data[at:]); n > 1 {
			words = strings.Replace(words, string(rune(data[at])), string(r), 1)
		}
	}
	s.report(problem.NotWellFormed, offset, words)
}

// ownAddresses finds the portal's own addresses in data files and keeps their
// targets. Only an address that fills a value counts; in the midst of prose
// nobody can tell where it ends.
func (s *scan) ownAddresses(data []byte, offset int) {
	prefix := []byte(s.a.base.url)
	if len(prefix) == 0 {
		return
	}
	before, after := `"`, `"` // JSON, also in a page
	switch {
	case strings.HasSuffix(s.file, ".csv"):
		before, after = ",;\"\n\uFEFF", ",;\"\r\n"
	case path.Base(s.file) == "robots.txt":
		before, after = " \n", " \r\n"
	case strings.HasSuffix(s.file, ".txt"):
		return
	}
	for at := 0; ; {
		i := bytes.Index(data[at:], prefix)
		if i < 0 {
			return
		}
		start := at + i
		at = start + len(prefix)
		end := bytes.IndexAny(data[at:], after)
		if end < 0 {
			end = len(data) - at
		}
		value := data[start : at+end]
		if start > 0 && strings.IndexByte(before, data[start-1]) < 0 || bytes.IndexByte(value, ' ') >= 0 {
			continue
		}
		if bytes.IndexByte(value, '\\') >= 0 {
			var text string
			if json.Unmarshal([]byte(`"`+string(value)+`"`), &text) != nil {
				continue // it ends at an escaped quote: prose
			}
			value = []byte(text)
		}
		s.link(value, offset+start, navigate)
	}
}

// xml checks feeds, sitemap.xml and drawings. Raw tokens with a stack of our
// own are cheaper than Token, which also resolves namespaces.
func (s *scan) xml() {
	s.utf8(problem.NotWellFormed)
	d := xml.NewDecoder(bytes.NewReader(s.data))
	type element struct {
		name xml.Name
		at   int
	}
	var open []element
	roots := 0
	for {
		at := int(d.InputOffset())
		token, err := d.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil {
			words := err.Error()
			var syntax *xml.SyntaxError
			if errors.As(err, &syntax) {
				words = syntax.Msg // without its line, which the place tells
			}
			s.report(problem.NotWellFormed, int(d.InputOffset()), words)
			return
		}
		switch t := token.(type) {
		case xml.StartElement:
			if len(open) == 0 {
				roots++
			}
			open = append(open, element{t.Name, at})
			s.xmlElement(t, at)
		case xml.EndElement:
			if len(open) == 0 || open[len(open)-1].name != t.Name {
				s.report(problem.NotWellFormed, at, "</"+t.Name.Local+"> closes nothing")
				return
			}
			open = open[:len(open)-1]
		case xml.CharData:
			text := bytes.TrimSpace(t)
			if len(text) > 0 && len(open) == 0 && !bytes.Equal(text, []byte("\uFEFF")) {
				s.report(problem.NotWellFormed, at, "text outside the root element")
				return
			}
			if s.isOwn(text) && bytes.IndexByte(text, ' ') < 0 { // <loc>, <id>
				s.link(text, at, navigate)
			}
		}
	}
	switch {
	case len(open) > 0:
		last := open[len(open)-1]
		s.report(problem.NotWellFormed, last.at, "<"+last.name.Local+"> is not closed")
	case roots != 1:
		s.report(problem.NotWellFormed, nowhere, "not exactly one root element")
	}
}

// xmlElement checks links of any vocabulary, and what could run in a drawing
// that a reader opens by itself, where no policy stands in the way.
func (s *scan) xmlElement(t xml.StartElement, at int) {
	if t.Name.Local == "script" {
		s.report(problem.InlineCode, at, "<script>")
	}
	for _, a := range t.Attr {
		name := a.Name.Local
		switch {
		case a.Name.Space == "" && len(name) > 2 && name[:2] == "on":
			s.report(problem.InlineCode, at, name+"=")
		case name != "href" && name != "src":
		case t.Name.Local == "use":
			if !strings.HasPrefix(a.Value, "#") {
				s.report(problem.ForbiddenMarkup, at, "<use "+name+"="+short(a.Value)+">")
			}
		case t.Name.Local == "image", t.Name.Local == "feImage":
			s.link([]byte(a.Value), at, loadImage)
		case t.Name.Local == "script":
			s.link([]byte(a.Value), at, load)
		default:
			s.link([]byte(a.Value), at, navigate)
		}
	}
}
