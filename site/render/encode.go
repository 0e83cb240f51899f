package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"

	"rectify/site/page"
)

// frontMatter is the whole content file of a page. Everything of ours stands
// under params, where Hugo interprets nothing; at the top level it would take
// "published" for a date and "draft" for an order to leave the page out.
type frontMatter struct {
	Layout string          `json:"layout"`
	URL    string          `json:"url"`
	Title  string          `json:"title"`
	Params json.RawMessage `json:"params"`
}

func contentFile(p page.Page) ([]byte, error) {
	params, err := encode(p.Data)
	if err != nil {
		return nil, fmt.Errorf("encode page %s for the theme: %w", p.Path, err)
	}
	return json.Marshal(frontMatter{
		Layout: view(p.Layout),
		URL:    "/" + p.Path,
		Title:  frameOf(p).Title,
		Params: params,
	})
}

// encode writes v as JSON with [] for a list that is nil: a template may then
// take the length of any list of the contract. (Pointers of the contract are
// left out when nil, so that a null is always a list; a test holds it to that.)
func encode(v any) ([]byte, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return emptyLists(data), nil
}

var null, emptyList = []byte("null"), []byte("[]")

func emptyLists(data []byte) []byte {
	out := make([]byte, 0, len(data))
	inString := false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case inString && c == '\\':
			out = append(out, c)
			i++
		case c == '"':
			inString = !inString
		case !inString && bytes.HasPrefix(data[i:], null):
			out = append(out, emptyList...)
			i += len(null) - 1
			continue
		}
		out = append(out, data[i])
	}
	return out
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
