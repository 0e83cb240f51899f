package minify

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
)

const xmlNamespace = "http://www.w3.org/XML/1998/namespace"

// errForeign stands for an encoding other than UTF-8.
var errForeign = errors.New("not UTF-8")

// textElements are the elements of Atom and SVG whose content is text, perhaps
// with markup in it. White space inside them is left alone, and so it is under
// xml:space="preserve".
var textElements = map[string]bool{
	"title": true, "subtitle": true, "summary": true, "content": true, "rights": true, "description": true,
	"text": true, "desc": true, "style": true, "script": true, "foreignObject": true,
}

// minifyXML drops comments and reduces the indentation between two tags to its
// line break; all other bytes are copied. The library is not used for XML and
// SVG: see doc.go.
func minifyXML(data []byte) ([]byte, error) {
	if hasEntities(data) {
		return data, nil
	}
	c := xmlCopy{out: make([]byte, 0, len(data))}
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errForeign }
	for start := 0; ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if errors.Is(err, errForeign) {
			return data, nil
		}
		end := int(d.InputOffset())
		if err != nil {
			return nil, &syntaxError{text: data, offset: end, msg: xmlComplaint(err)}
		}
		c.add(token, data[start:end])
		start = end
	}
	if !c.root {
		return nil, &syntaxError{text: data, offset: len(data), msg: "there is no element"}
	}
	c.flush()
	return c.out, nil
}

// xmlComplaint leaves out the line that the decoder puts before its message.
func xmlComplaint(err error) string {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return syntax.Msg
	}
	return err.Error()
}

// hasEntities reports whether a document type declares entities of its own,
// as old drawing programs write them; encoding/xml cannot resolve those.
func hasEntities(data []byte) bool {
	_, after, found := bytes.Cut(data, []byte("<!DOCTYPE"))
	return found && bytes.IndexByte(after, '[') >= 0 && bytes.IndexByte(after, '[') < bytes.IndexByte(after, '<')
}

// xmlCopy is the output and what has to be remembered for it.
type xmlCopy struct {
	out  []byte
	text []byte // text since the last tag, without the comments in it
	root bool   // an element was seen
	keep []bool // for every open element: whether its white space is text
}

// add takes a token and the bytes that it was read from. The end of an empty
// element <a/> has no bytes.
func (c *xmlCopy) add(token xml.Token, raw []byte) {
	switch t := token.(type) {
	case xml.CharData:
		c.text = append(c.text, raw...)
		return
	case xml.Comment:
		return
	case xml.StartElement:
		c.flush()
		c.root = true
		c.keep = append(c.keep, c.keeping() || textElements[t.Name.Local] || preserves(t))
	case xml.EndElement:
		c.flush()
		c.keep = c.keep[:len(c.keep)-1]
	default:
		c.flush()
	}
	c.out = append(c.out, raw...)
}

func preserves(t xml.StartElement) bool {
	for _, a := range t.Attr {
		if a.Name.Space == xmlNamespace && a.Name.Local == "space" && a.Value == "preserve" {
			return true
		}
	}
	return false
}

func (c *xmlCopy) keeping() bool {
	return len(c.keep) > 0 && c.keep[len(c.keep)-1]
}

// flush writes the text that was collected. White space without a line break
// is no indentation: somebody may have put it between two words.
func (c *xmlCopy) flush() {
	blank := len(bytes.Trim(c.text, " \t\r\n")) == 0
	if blank && !c.keeping() && bytes.ContainsAny(c.text, "\r\n") {
		c.out = append(c.out, '\n')
	} else {
		c.out = append(c.out, c.text...)
	}
	c.text = c.text[:0]
}
