package export

import (
	"io"
	"reflect"
	"strings"

	"rectify/site/model"
)

// writeSchema writes the JSON Schema of one of our own outputs: the same draft
// as the schemas of the data files, made from the json and doc tags of the
// struct that is written. It is closed, so that a member nobody described
// fails the test.
func writeSchema(w io.Writer, title string, t reflect.Type) error {
	d := describer{named: map[reflect.Type]bool{}}
	s := d.object(t)
	s.Version = "http://json-schema.org/draft-07/schema#"
	s.Title = title
	s.Definitions = d.definitions
	return writeIndented(w, s)
}

type describer struct {
	named       map[reflect.Type]bool
	definitions members
}

func (d *describer) object(t reflect.Type) schema {
	closed := false
	s := schema{Type: "object", Additional: &closed}
	for i := range t.NumField() {
		field := t.Field(i)
		if field.Anonymous { // its members are ours
			inner := d.object(field.Type)
			s.Required = append(s.Required, inner.Required...)
			s.Properties = append(s.Properties, inner.Properties...)
			continue
		}
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		if options == "" {
			s.Required = append(s.Required, name)
		}
		value := d.value(field.Type)
		if value.Ref != "" {
			value = schema{AllOf: []schema{value}} // beside $ref nothing else is read
		}
		value.Description = field.Tag.Get("doc")
		s.Properties = append(s.Properties, member{name, value})
	}
	return s
}

// written describes the checked types of model as JSON has them. The forms are
// those of the data files, where some may be written as numbers too.
func written(t reflect.Type) (schema, bool) {
	known, ok := scalars[t]
	if !ok {
		return schema{}, false
	}
	s := known.schema
	switch {
	case t == reflect.TypeFor[model.IssueID]():
		s.Type, s.Pattern = "integer", ""
	case s.Enum != nil:
		s.Type, s.EnumDescriptions = "string", nil // which only editors know
	default:
		s.Type, s.Minimum, s.Maximum = "string", nil, nil
	}
	return s, true
}

func (d *describer) value(t reflect.Type) schema {
	if s, ok := written(t); ok {
		return s
	}
	switch t.Kind() {
	case reflect.Pointer:
		return d.value(t.Elem())
	case reflect.Slice:
		items := d.value(t.Elem())
		return schema{Type: "array", Items: &items}
	case reflect.Struct:
		return d.reference(t)
	case reflect.Int:
		return schema{Type: "integer", Minimum: bound(0)}
	case reflect.Bool:
		return schema{Type: "boolean"}
	case reflect.String:
		return schema{Type: "string"}
	}
	panic("export: no schema for " + t.String())
}

// reference points to the definition of a struct, which is called as the
// struct is, and makes it where this is the first to ask.
func (d *describer) reference(t reflect.Type) schema {
	name := strings.TrimSuffix(t.Name(), "Record")
	if !d.named[t] {
		d.named[t] = true
		at := len(d.definitions)
		d.definitions = append(d.definitions, member{name: name})
		d.definitions[at].schema = d.object(t)
	}
	return schema{Ref: "#/definitions/" + name}
}
