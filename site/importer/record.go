package importer

import (
	"bytes"
	"encoding/json"
	"reflect"

	"rectify/site/model"
)

// Record is what was recognised, for machines: the keys of the data files with
// their values, and of each issue the headings above it. It marshals to JSON
// with the keys in the order of the files.
type Record struct {
	Report any   `json:"report"`
	Issues []any `json:"issues"`
}

// Record gives the recognised structure for machines.
func (r *Result) Record() Record { return RecordOf(r.Report) }

// RecordOf gives a report for machines.
func RecordOf(report *model.Report) Record {
	parents := map[model.IssueID][]string{}
	var walk func(list []model.Section, above []string)
	walk = func(list []model.Section, above []string) {
		for i := range list {
			s := &list[i]
			path := append(above[:len(above):len(above)], s.Label+s.Title)
			for _, id := range s.Issues {
				parents[id] = path
			}
			walk(s.Sections, path)
		}
	}
	walk(report.Outline, nil)
	out := Record{Report: append(pairs{{"id", report.ID}}, object(reflect.ValueOf(report).Elem())...), Issues: []any{}}
	for _, issue := range report.Issues {
		fields := object(reflect.ValueOf(issue).Elem())
		out.Issues = append(out.Issues, append(fields, pair{"parents", parents[issue.ID]}))
	}
	return out
}

// pairs are an object whose keys have an order.
type pairs []pair

type pair struct {
	key   string
	value any
}

// MarshalJSON writes the keys in their order.
func (o pairs) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, p := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		for k, v := range []any{p.key, p.value} {
			if k == 1 {
				b.WriteByte(':')
			}
			e := json.NewEncoder(&b)
			e.SetEscapeHTML(false)
			if err := e.Encode(v); err != nil {
				return nil, err
			}
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// object gives the values of a struct that a data file would show.
func object(v reflect.Value) pairs {
	out := pairs{}
	for _, f := range fieldsOf(v.Type()) {
		if value := v.Field(f.index); !isEmpty(value) {
			out = append(out, pair{f.key, plainValue(value)})
		}
	}
	return out
}

func plainValue(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Pointer:
		return plainValue(v.Elem())
	case reflect.Struct:
		return object(v)
	case reflect.Slice:
		out := make([]any, v.Len())
		for i := range out {
			out[i] = plainValue(v.Index(i))
		}
		return out
	case reflect.String:
		return v.String()
	case reflect.Bool:
		return v.Bool()
	}
	if v.CanInt() {
		return v.Int()
	}
	return v.Uint()
}
