package importer

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"rectify/site/model"
)

// A data file is somebody's own: its comments, the order of its keys and its
// way of writing stay. So a change is made in the text, at the lines of the
// values that changed, and nowhere else.

// errEdit says that a file is not written in a way that can be edited.
var errEdit = errors.New("the file cannot be edited by lines")

// EditIssue gives the file of an issue with the values of to where they differ
// from those of from. from is what the file holds. It fails where the text is
// no YAML mapping.
func EditIssue(data []byte, from, to *model.Issue) ([]byte, error) {
	return edit(data, reflect.ValueOf(from).Elem(), reflect.ValueOf(to).Elem())
}

// EditReport does the same for report.yaml.
func EditReport(data []byte, from, to *model.Report) ([]byte, error) {
	return edit(data, reflect.ValueOf(from).Elem(), reflect.ValueOf(to).Elem())
}

func edit(data []byte, from, to reflect.Value) (out []byte, err error) {
	defer func() {
		// The YAML library signals some errors by panics.
		if r := recover(); r != nil {
			out, err = nil, fmt.Errorf("%w: %v", errEdit, r)
		}
	}()
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, fmt.Errorf("%w: %w", errEdit, err)
	}
	if len(doc.Content) != 1 || doc.Content[0].Kind != yaml.MappingNode || isFlow(doc.Content[0]) {
		return nil, errEdit
	}
	e := &editor{lines: strings.SplitAfter(string(data), "\n"), crlf: bytes.Contains(data, []byte("\r\n"))}
	if last := len(e.lines) - 1; e.lines[last] == "" {
		e.lines = e.lines[:last]
	}
	if err := e.mapping(doc.Content[0], len(e.lines), from, to); err != nil {
		return nil, err
	}
	return e.apply(), nil
}

type editor struct {
	lines   []string // with their ends
	crlf    bool
	splices []splice
}

// splice puts text in the place of lines; counted from 0, to is behind the last.
type splice struct {
	from, to int
	text     string
}

func (e *editor) apply() []byte {
	slices.SortStableFunc(e.splices, func(a, b splice) int { return a.from - b.from })
	var b strings.Builder
	at := 0
	for _, s := range e.splices {
		for _, line := range e.lines[at:s.from] {
			b.WriteString(line)
		}
		text := s.text
		if e.crlf {
			text = strings.ReplaceAll(text, "\n", "\r\n")
		}
		if text != "" && b.Len() > 0 && b.String()[b.Len()-1] != '\n' {
			b.WriteByte('\n') // the file's last line has no end
		}
		b.WriteString(text)
		at = s.to
	}
	for _, line := range e.lines[at:] {
		b.WriteString(line)
	}
	return []byte(b.String())
}

// entry is a key of a mapping with its lines.
type entry struct {
	key, value *yaml.Node
	from, to   int
}

// entries gives the keys of a mapping that ends before line end.
func (e *editor) entries(n *yaml.Node, end int) []entry {
	var out []entry
	for i := 0; i+1 < len(n.Content); i += 2 {
		out = append(out, entry{key: n.Content[i], value: n.Content[i+1], from: n.Content[i].Line - 1})
	}
	for i := range out {
		out[i].to = end
		if i+1 < len(out) {
			out[i].to = out[i+1].from
		}
		// Comments and blank lines before the next key belong to it.
		for out[i].to > out[i].from+1 && e.between(out[i].to-1, out[i].key.Column-1) {
			out[i].to--
		}
	}
	return out
}

// between tells a blank line, or a comment that is not indented deeper than a
// key.
func (e *editor) between(line, indent int) bool {
	text := strings.TrimRight(e.lines[line], "\r\n")
	trimmed := strings.TrimLeft(text, " ")
	return strings.TrimSpace(trimmed) == "" || trimmed[0] == '#' && len(text)-len(trimmed) <= indent
}

// mapping edits the keys of a struct. The mapping ends before line end.
func (e *editor) mapping(n *yaml.Node, end int, from, to reflect.Value) error {
	entries := e.entries(n, end)
	if len(entries) == 0 {
		return errEdit
	}
	indent := entries[0].key.Column - 1
	inItem := strings.TrimSpace(e.lines[entries[0].from][:indent]) == "-"
	find := func(key string) int {
		return slices.IndexFunc(entries, func(x entry) bool { return x.key.Value == key })
	}
	behind := -1 // the entry of the nearest key before, in the order of the type
	for _, f := range fieldsOf(to.Type()) {
		a, b := from.Field(f.index), to.Field(f.index)
		at := find(f.key)
		switch {
		case sameValue(a, b):
		case at < 0 && isEmpty(b):
		case at < 0:
			w := &writer{}
			w.field(indent, f.key, b)
			line := entries[0].from
			switch {
			case behind >= 0:
				line = entries[behind].to
			case inItem:
				line = entries[0].to
			}
			e.splices = append(e.splices, splice{line, line, w.String()})
		case isEmpty(b):
			if at == 0 && inItem {
				return errEdit // its line holds the dash
			}
			e.splices = append(e.splices, splice{entries[at].from, entries[at].to, ""})
		default:
			if err := e.value(entries[at], indent, f.key, a, b); err != nil {
				return err
			}
		}
		if at >= 0 {
			behind = at
		}
	}
	return nil
}

// value changes the value of a key: in its parts where they stand on lines of
// their own, else as a whole.
func (e *editor) value(x entry, indent int, key string, from, to reflect.Value) error {
	before := len(e.splices)
	var err error
	switch {
	case to.Kind() == reflect.Pointer && to.Elem().Kind() == reflect.Struct && !from.IsNil() && isBlockMapping(x):
		err = e.mapping(x.value, x.to, from.Elem(), to.Elem())
	case to.Kind() == reflect.Struct && to.Type() != reflect.TypeFor[model.SourceRef]() && isBlockMapping(x):
		err = e.mapping(x.value, x.to, from, to)
	case to.Kind() == reflect.Slice && to.Type().Elem().Kind() == reflect.Struct:
		err = e.list(x, from, to)
	default:
		err = errEdit
	}
	if err == nil {
		return nil
	}
	e.splices = e.splices[:before]
	w := &writer{}
	w.entry(indent, key, to)
	text := w.String()
	first := e.lines[x.from]
	if end := e.tail(x); strings.Count(text, "\n") == 1 && end != "" {
		text = strings.TrimSuffix(text, "\n") + end + "\n"
	}
	e.splices = append(e.splices, splice{x.from, x.to, first[:x.key.Column-1] + text})
	return nil
}

// tail is the comment behind a value on one line, with the space before it.
func (e *editor) tail(x entry) string {
	comment := x.value.LineComment
	line := strings.TrimRight(e.lines[x.from], "\r\n")
	if comment == "" || x.to != x.from+1 || !strings.HasSuffix(line, comment) {
		return ""
	}
	rest := strings.TrimSuffix(line, comment)
	return rest[len(strings.TrimRight(rest, " \t")):] + comment
}

// list edits the items of a list of mappings, and puts new ones behind them.
func (e *editor) list(x entry, from, to reflect.Value) error {
	n := x.value
	if n.Kind != yaml.SequenceNode || isFlow(n) || len(n.Content) != from.Len() || from.Len() == 0 || to.Len() < from.Len() {
		return errEdit
	}
	for i, item := range n.Content {
		if sameValue(from.Index(i), to.Index(i)) {
			continue
		}
		if item.Kind != yaml.MappingNode || isFlow(item) || len(item.Content) == 0 {
			return errEdit
		}
		end := x.to
		if i+1 < len(n.Content) {
			end = n.Content[i+1].Line - 1
		}
		if err := e.mapping(item, end, from.Index(i), to.Index(i)); err != nil {
			return err
		}
	}
	last := n.Content[len(n.Content)-1]
	dash := strings.Index(e.lines[last.Line-1], "-")
	if to.Len() > from.Len() && (dash < 0 || strings.TrimSpace(e.lines[last.Line-1][:dash]) != "") {
		return errEdit
	}
	w := &writer{}
	for i := from.Len(); i < to.Len(); i++ {
		w.indent(dash)
		w.WriteString("- ")
		w.mapping(dash+2, to.Index(i), true)
	}
	if w.Len() > 0 {
		e.splices = append(e.splices, splice{x.to, x.to, w.String()})
	}
	return nil
}

func isFlow(n *yaml.Node) bool { return n.Style&yaml.FlowStyle != 0 }

// isBlockMapping tells a value whose keys stand on lines of their own.
func isBlockMapping(x entry) bool {
	return x.value.Kind == yaml.MappingNode && !isFlow(x.value) && len(x.value.Content) > 0 && x.value.Line > x.key.Line
}

// sameValue compares what data files hold of two values, not where it stands.
func sameValue(a, b reflect.Value) bool {
	if isEmpty(a) && isEmpty(b) {
		return true
	}
	switch a.Kind() {
	case reflect.Pointer:
		if a.IsNil() || b.IsNil() {
			return a.IsNil() == b.IsNil()
		}
		return sameValue(a.Elem(), b.Elem())
	case reflect.Struct:
		for _, f := range fieldsOf(a.Type()) {
			if !sameValue(a.Field(f.index), b.Field(f.index)) {
				return false
			}
		}
		return true
	case reflect.Slice:
		if a.Len() != b.Len() {
			return false
		}
		for i := range a.Len() {
			if !sameValue(a.Index(i), b.Index(i)) {
				return false
			}
		}
		return true
	}
	return a.Interface() == b.Interface()
}
