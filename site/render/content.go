package render

import (
	"crypto/sha256"
	"fmt"
	"reflect"

	"rectify/site/internal/quickjson"
	"rectify/site/page"
)

// Content is a page as Hugo reads it.
type Content struct {
	Path   string
	Layout string
	// Files are the paths that the page makes: its own, and that of its QR code
	// where it has one.
	Files []string
	// Key names the rendered bytes: two pages with one key under one Identity
	// come out the same, byte for byte.
	Key [sha256.Size]byte

	data []byte // the whole file: front matter and no text
}

// NewContent writes a page down for Hugo, into buffer if it has room. It may be
// called from any number of goroutines.
//
// Everything of ours stands under params, where Hugo interprets nothing; at the
// top level it would take "published" for a date and "draft" for an order to
// leave the page out.
func NewContent(p page.Page, buffer []byte) (Content, error) {
	frame := frameOf(p)
	c := Content{Path: p.Path, Layout: p.Layout, Files: outputs(p)}
	data := buffer[:0]
	for _, top := range []struct{ key, value string }{
		{`{"layout":`, view(p.Layout)}, {`,"url":`, "/" + p.Path}, {`,"title":`, frame.Title},
	} {
		data = quickjson.AppendText(append(data, top.key...), top.value)
	}
	data, err := quickjson.Append(append(data, `,"params":`...), p.Data)
	if err != nil {
		return Content{}, fmt.Errorf("encode page %s for the theme: %w", p.Path, err)
	}
	c.data = append(data, '}')
	c.Key = sha256.Sum256(c.data)
	return c, nil
}

// Release gives back the buffer of a page that will not be rendered.
func (c *Content) Release() (buffer []byte) {
	buffer, c.data = c.data, nil
	return buffer
}

// outputs are the files that a page makes.
func outputs(p page.Page) []string {
	if qr := frameOf(p).QR; qr != "" {
		return []string{p.Path, qr}
	}
	return []string{p.Path}
}

// frameOf gives the Frame that every struct of the contract embeds; an empty
// one where it does not (a test's own struct).
func frameOf(p page.Page) page.Frame {
	v := reflect.Indirect(reflect.ValueOf(p.Data))
	if v.Kind() != reflect.Struct {
		return page.Frame{}
	}
	field := v.FieldByName("Frame")
	if !field.IsValid() {
		return page.Frame{}
	}
	frame, _ := field.Interface().(page.Frame)
	return frame
}
