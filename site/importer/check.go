package importer

import (
	"reflect"
	"strconv"
	"strings"

	"rectify/site/model"
)

// Difference is a stretch of the source that is not where a fate says it is.
type Difference struct {
	Paragraph int    `json:"paragraph"`
	Path      string `json:"path"`
	Source    string `json:"source"`
	Data      string `json:"data"`
}

// Differences looks up every use of the source in the data and gives those
// whose text is not there, in the form for comparing. It does not trust how the
// report was made: an empty answer and no unclaimed paragraph mean that the
// whole content of the source stands in the data.
func (r *Result) Differences() []Difference {
	var out []Difference
	folded := map[string]string{}
	found := map[string]int{} // of each path, the end of what was found last: uses come in its order
	for _, f := range r.Fates {
		text := r.Report.Paragraphs[f.Paragraph-1]
		for _, u := range f.Uses {
			if u.Key || u.Converted {
				continue
			}
			have, ok := folded[u.Path]
			if !ok {
				have = fold(valueAt(r.Report, u.Path))
				folded[u.Path] = have
			}
			// The mark that ends a value, or sets it apart, is not part of it.
			part := strings.TrimFunc(text[u.From:u.To], func(r rune) bool { return !counts(r) })
			want := fold(part)
			if at := strings.Index(have[found[u.Path]:], want); at >= 0 {
				found[u.Path] += at + len(want)
			} else if !strings.Contains(have, want) {
				out = append(out, Difference{f.Paragraph, u.Path, part, valueAt(r.Report, u.Path)})
			}
		}
	}
	return out
}

// valueAt gives the text of the value that a path names. “heading” is not a
// value of its own: it is printed from label, lead and title.
func valueAt(report *model.Report, path string) string {
	v := reflect.ValueOf(report).Elem()
	for _, step := range strings.Split(path, ".") {
		name, index, indexed := strings.Cut(step, "[")
		if v.Kind() == reflect.Pointer {
			if v.IsNil() {
				return ""
			}
			v = v.Elem()
		}
		if name == "heading" {
			return headingAt(v)
		}
		if v.Kind() != reflect.Struct {
			return ""
		}
		field := fieldNamed(v, name)
		if !field.IsValid() {
			return ""
		}
		v = field
		if indexed {
			n, err := strconv.Atoi(strings.TrimSuffix(index, "]"))
			if err != nil || v.Kind() != reflect.Slice || n < 0 || n >= v.Len() {
				return ""
			}
			v = v.Index(n)
		}
	}
	return plainText(v)
}

func fieldNamed(v reflect.Value, name string) reflect.Value {
	if name == "issues" && v.Type() == reflect.TypeFor[model.Report]() {
		return v.FieldByName("Issues")
	}
	for _, f := range fieldsOf(v.Type()) {
		if f.key == name {
			return v.Field(f.index)
		}
	}
	return reflect.Value{}
}

func headingAt(v reflect.Value) string {
	switch x := v.Addr().Interface().(type) {
	case *model.Issue:
		return x.Heading()
	case *model.Section:
		return x.Heading()
	}
	return ""
}

// plainText joins the strings of a value.
func plainText(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			return plainText(v.Elem())
		}
	case reflect.String:
		return v.String()
	case reflect.Slice:
		parts := make([]string, v.Len())
		for i := range parts {
			parts[i] = plainText(v.Index(i))
		}
		return strings.Join(parts, "\n")
	}
	return ""
}
