package minify

import (
	"bytes"
	"errors"
	"io"
	"regexp"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/html"
	"github.com/tdewolff/parse/v2/buffer"
)

// pageShields are the places where the library changes what a page says or
// makes a validator complain. They are spelled as html/template, the theme and
// x/net/html write them; library_test.go shows for each what happens without.
var pageShields = []shield{
	// Character references are decoded: "&amp; " becomes a raw "&", which
	// html-validate reports, and "&#13;" a line feed.
	{"&", 1},
	// Bare colgroup tags are dropped, and </colgroup> always: two column
	// groups become one, and <col> stands where it is not permitted.
	{"<colgroup", 9},
	{"</colgroup", 10},
	// An empty value is dropped: a check box would then send "on", a submit
	// button would be labelled by the browser.
	{`value=""`, 7},
	// Runs of spaces in a regular expression are collapsed.
	{"pattern=", 7},
	// A "+" in a data URI is decoded as a space.
	{"data:", 0},
	// The content of these two is rewritten: commas, spaces, numbers.
	{`"keywords"`, 9},
	{`"viewport"`, 9},
}

// jsonType matches the media types of scripts that hold data.
var jsonType = regexp.MustCompile(`^(application|text)/([a-z0-9.-]+\+)?json$`)

var doctype = []byte("<!doctype html>")

type pageMinifier struct {
	html html.Minifier
	// inside knows the media types that are minified inside a page.
	inside *minify.M
}

func newPageMinifier() *pageMinifier {
	p := &pageMinifier{
		html: html.Minifier{
			KeepDefaultAttrVals: true,
			KeepDocumentTags:    true,
			KeepEndTags:         true,
			KeepQuotes:          true,
			KeepWhitespace:      true,
		},
		inside: minify.New(),
	}
	p.inside.AddFuncRegexp(jsonType, func(_ *minify.M, w io.Writer, r io.Reader, _ map[string]string) error {
		data, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		out, err := minifyJSON(data)
		if err != nil {
			return err
		}
		_, err = w.Write(out)
		return err
	})
	return p
}

func (p *pageMinifier) minify(data []byte) ([]byte, error) {
	if bytes.Contains(data, mark) || bytes.IndexByte(data, '\f') >= 0 {
		// A form feed, which Word leaves where a page ends, is white space for
		// HTML and for the library. CSS does not collapse it, so it shows.
		return data, nil
	}
	in, marks := hide(data, pageShields)
	w := buffer.NewWriter(make([]byte, 0, len(in)))
	if err := p.html.Minify(p.inside, w, buffer.NewReader(in), nil); err != nil {
		return nil, revealed(err)
	}
	out := w.Bytes()
	if marks > 0 {
		out = reveal(out)
	}
	restoreDoctype(out, data)
	return out, nil
}

// revealed takes the marks out of the script that an error is about.
func revealed(err error) error {
	var syntax *syntaxError
	if errors.As(err, &syntax) {
		syntax.offset -= len(mark) * bytes.Count(syntax.text[:syntax.offset], mark)
		syntax.text = reveal(syntax.text)
	}
	return err
}

// restoreDoctype gives the document type the case that the theme wrote; the
// library puts it in lower case, and validators differ in what they want.
func restoreDoctype(out, data []byte) {
	data = bytes.TrimLeft(data, " \t\r\n\f")
	n := len(doctype)
	if len(data) >= n && bytes.EqualFold(data[:n], doctype) && bytes.HasPrefix(out, doctype) {
		copy(out, data[:n])
	}
}
