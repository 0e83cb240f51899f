package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"rectify/site/model"
)

// Kind is a kind of data file.
type Kind string

// The kinds of data files that have a schema.
const (
	PortalFile Kind = "portal"
	ReportFile Kind = "report"
	IssueFile  Kind = "issue"
)

// Kinds lists the kinds from the outside in.
func Kinds() []Kind { return []Kind{PortalFile, ReportFile, IssueFile} }

// roots names the struct that a file of each kind fills, and the files.
var roots = map[Kind]struct {
	of    reflect.Type
	files string
}{
	PortalFile: {reflect.TypeFor[model.Portal](), "portal.yaml"},
	ReportFile: {reflect.TypeFor[model.Report](), "reports/*/report.yaml"},
	IssueFile:  {reflect.TypeFor[model.Issue](), "reports/*/issues/*.yaml"},
}

// Files says which files of the data folder are of the kind.
func (k Kind) Files() string { return roots[k].files }

// Schema gives the JSON Schema of a kind, indented and with a line end. The
// same program always gives the same bytes. It fails on a kind that is not one
// of Kinds.
func Schema(kind Kind) ([]byte, error) {
	root, ok := roots[kind]
	if !ok {
		return nil, fmt.Errorf("there is no schema %q", kind)
	}
	m := maker{named: map[reflect.Type]bool{}}
	s := m.structure(root.of)
	s.Version = "http://json-schema.org/draft-07/schema#"
	s.Title = root.files
	s.Definitions = m.definitions
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(s)
	return out.Bytes(), err
}

// schema is one JSON Schema. A member that is not set is not printed.
type schema struct {
	Version          string   `json:"$schema,omitempty"`
	Title            string   `json:"title,omitempty"`
	Description      string   `json:"description,omitempty"`
	Ref              string   `json:"$ref,omitempty"`
	AllOf            []schema `json:"allOf,omitempty"`
	Type             any      `json:"type,omitempty"` // a string or several
	Enum             []string `json:"enum,omitempty"`
	EnumDescriptions []string `json:"enumDescriptions,omitempty"`    // read by editors only
	Pattern          string   `json:"pattern,omitempty"`             // for texts, in what Go and JavaScript both understand
	PatternMessage   string   `json:"patternErrorMessage,omitempty"` // read by editors only
	Format           string   `json:"format,omitempty"`
	Not              *schema  `json:"not,omitempty"`
	Minimum          *int     `json:"minimum,omitempty"` // for numbers
	Maximum          *int     `json:"maximum,omitempty"`
	Items            *schema  `json:"items,omitempty"`
	UniqueItems      bool     `json:"uniqueItems,omitempty"`
	Additional       *bool    `json:"additionalProperties,omitempty"`
	Required         []string `json:"required,omitempty"`
	Properties       members  `json:"properties,omitempty"`
	Definitions      members  `json:"definitions,omitempty"`
}

// members is a JSON object that keeps its order, which for properties is the
// order in which a person writes them.
type members []member

type member struct {
	name string
	schema
}

// MarshalJSON writes the members in their order.
func (m members) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	out.WriteByte('{')
	for i, one := range m {
		if i > 0 {
			out.WriteByte(',')
		}
		name, err := json.Marshal(one.name)
		if err != nil {
			return nil, err
		}
		var value bytes.Buffer
		encoder := json.NewEncoder(&value)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(one.schema); err != nil {
			return nil, err
		}
		out.Write(name)
		out.WriteByte(':')
		out.Write(value.Bytes())
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

// maker makes the schema of one kind. Structs below the root become
// definitions, since parts and sections hold their own kind.
type maker struct {
	named       map[reflect.Type]bool
	definitions members
}

// structure describes a struct by its tags.
func (m *maker) structure(t reflect.Type) schema {
	closed := false
	s := schema{Type: "object", Additional: &closed}
	for i := range t.NumField() {
		field := t.Field(i)
		if field.Anonymous {
			s.Description = field.Tag.Get("doc")
			continue
		}
		tag, ok := field.Tag.Lookup("data")
		if !ok {
			continue
		}
		key, option, _ := strings.Cut(tag, ",")
		if option == "required" {
			s.Required = append(s.Required, key)
		}
		s.Properties = append(s.Properties, member{key, m.property(t, field, option == "required")})
	}
	return s
}

// property describes one key.
func (m *maker) property(t reflect.Type, field reflect.StructField, required bool) schema {
	s, form := m.value(field.Type)
	if s.Ref != "" {
		s = schema{AllOf: []schema{s}} // beside $ref nothing else is read
	}
	if bounds, ok := ranges[t.Name()+"."+field.Name]; ok {
		s.Minimum, s.Maximum = bounds[0], bounds[1]
	}
	if required && field.Type.Kind() == reflect.String && s.Pattern == "" && s.Enum == nil {
		s.Pattern, s.PatternMessage = `\S`, "不能空着"
	}
	s.Description = field.Tag.Get("doc")
	if form != "" {
		s.Description += "。" + form
	}
	return s
}

// value describes the values of a type. form says in words how they are
// written where that is not plain.
func (m *maker) value(t reflect.Type) (s schema, form string) {
	if known, ok := scalars[t]; ok {
		s := known.schema
		s.PatternMessage = known.form
		return s, known.form
	}
	switch t.Kind() {
	case reflect.Pointer:
		return m.value(t.Elem())
	case reflect.Slice:
		items, form := m.value(t.Elem())
		_, isID := reflect.Zero(t.Elem()).Interface().(model.IssueID)
		return schema{Type: "array", Items: &items, UniqueItems: isID || t.Elem().Kind() == reflect.Int}, form
	case reflect.Struct:
		return m.reference(t), ""
	case reflect.Int:
		return schema{Type: "integer", Minimum: bound(1)}, ""
	case reflect.Bool:
		return schema{Type: "boolean"}, ""
	case reflect.String:
		return schema{Type: anyText}, ""
	}
	panic("export: no schema for " + t.String())
}

// reference points to the definition of a struct and makes it where this is
// the first to ask.
func (m *maker) reference(t reflect.Type) schema {
	if !m.named[t] {
		m.named[t] = true
		at := len(m.definitions)
		m.definitions = append(m.definitions, member{name: t.Name()})
		m.definitions[at].schema = m.structure(t)
	}
	return schema{Ref: "#/definitions/" + t.Name()}
}
