package minify

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/buffer"
)

// Minifier makes rendered files smaller. Any number of goroutines may share
// one; it starts none of its own.
type Minifier struct {
	page *pageMinifier
}

// New returns a Minifier with the options that doc.go gives reasons for. There
// is nothing to configure: a portal's bytes must not depend on who built it.
func New() *Minifier {
	return &Minifier{page: newPageMinifier()}
}

// File returns the smaller form of the file called name, a slash path of the
// site; only its extension counts. A file of another kind comes back as it is,
// and so does one that holds something the library is known to get wrong: then
// the result is data itself, not a copy. File never writes to data.
//
// A file that cannot be parsed gives an *Error. Page and style sheet have no
// such state: like a browser, the library reads whatever it is given.
func (m *Minifier) File(name string, data []byte) ([]byte, error) {
	var out []byte
	var err error
	switch strings.ToLower(path.Ext(name)) {
	case ".html":
		out, err = m.page.minify(data)
	case ".css":
		out, err = minifyStyle(data)
	case ".js":
		out, err = minifyScript(data)
	case ".json", ".webmanifest":
		out, err = minifyJSON(data)
	case ".xml", ".atom", ".svg":
		out, err = minifyXML(data)
	default:
		return data, nil
	}
	if err != nil {
		return nil, placed(name, data, err)
	}
	return out, nil
}

// Error says which file cannot be parsed, where, and why.
type Error struct {
	Path string
	// Line and Column count from 1; a column is a character, not a byte.
	Line, Column int
	// Text is the parser's complaint, in English and without a full stop.
	Text string
}

func (e *Error) Error() string {
	return fmt.Sprintf("minify %s:%d:%d: %s", e.Path, e.Line, e.Column, e.Text)
}

// syntaxError is what the parsers of this room return: an offset into the text
// they were given, which for a script inside a page is not the whole file.
type syntaxError struct {
	text   []byte
	offset int
	msg    string
}

func (e *syntaxError) Error() string { return e.msg }

// placed gives an error of a parser its file, line and column.
func placed(name string, data []byte, err error) error {
	e := &Error{Path: name, Line: 1, Column: 1, Text: err.Error()}
	switch err := err.(type) {
	case *syntaxError:
		start := max(0, bytes.Index(data, err.text))
		e.Line, e.Column, _ = parse.Position(bytes.NewReader(data), start+err.offset)
	case *parse.Error:
		e.Line, e.Column, e.Text = err.Line, err.Column, err.Message
	}
	return e
}

// scratch returns a reader over a copy of data. The library works in place: it
// writes into the bytes that it reads, and one byte past them.
func scratch(data []byte) *buffer.Reader {
	return buffer.NewReader(append(make([]byte, 0, len(data)+1), data...))
}
