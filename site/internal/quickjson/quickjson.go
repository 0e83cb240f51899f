// Package quickjson writes JSON as encoding/json does, in a tenth of the time and
// without leaving memory behind. Every page of a portal is written down in every
// build, also one that is not rendered, for its key; and 100,000 issues make
// files of 180 MB.
//
// The library looks up types for every value anew, copies what it wrote several
// times, and goes through the result once more. Here a type is looked at once,
// and what it is made of is written straight behind what is there.
package quickjson

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// Append writes v behind what is in to. It writes what encoding/json writes with
// SetEscapeHTML(false), but for a list that is nil, which is [] and not null: a
// template may take the length of any list, and a reader need not tell the two
// apart.
func Append(to []byte, v any) ([]byte, error) {
	value := reflect.ValueOf(v)
	if !value.IsValid() {
		return append(to, "null"...), nil
	}
	return encoderOf(value.Type())(to, value)
}

// encoder appends a value of one type.
type encoder func(to []byte, v reflect.Value) ([]byte, error)

var encoders sync.Map // reflect.Type to encoder

func encoderOf(t reflect.Type) encoder {
	if e, ok := encoders.Load(t); ok {
		return e.(encoder)
	}
	// A type that holds itself finds this one while it is made.
	var made encoder
	var once sync.WaitGroup
	once.Add(1)
	first, taken := encoders.LoadOrStore(t, encoder(func(to []byte, v reflect.Value) ([]byte, error) {
		once.Wait()
		return made(to, v)
	}))
	if taken {
		return first.(encoder)
	}
	made = makeEncoder(t)
	once.Done()
	encoders.Store(t, made)
	return made
}

var (
	jsonMarshaler = reflect.TypeFor[json.Marshaler]()
	textMarshaler = reflect.TypeFor[encoding.TextMarshaler]()
)

func makeEncoder(t reflect.Type) encoder {
	if t.Implements(jsonMarshaler) || t.Implements(textMarshaler) {
		return byLibrary
	}
	switch t.Kind() {
	case reflect.String:
		return func(to []byte, v reflect.Value) ([]byte, error) { return AppendText(to, v.String()), nil }
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(to []byte, v reflect.Value) ([]byte, error) { return strconv.AppendInt(to, v.Int(), 10), nil }
	case reflect.Uint, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return func(to []byte, v reflect.Value) ([]byte, error) { return strconv.AppendUint(to, v.Uint(), 10), nil }
	case reflect.Bool:
		return func(to []byte, v reflect.Value) ([]byte, error) {
			if v.Bool() {
				return append(to, "true"...), nil
			}
			return append(to, "false"...), nil
		}
	case reflect.Pointer:
		below := encoderOf(t.Elem())
		return func(to []byte, v reflect.Value) ([]byte, error) {
			if v.IsNil() {
				return append(to, "null"...), nil
			}
			return below(to, v.Elem())
		}
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return byLibrary // which writes bytes as base64
		}
		return listEncoder(encoderOf(t.Elem()))
	case reflect.Struct:
		return structEncoder(t)
	}
	return byLibrary
}

// byLibrary is for what is rare: maps, as JSON-LD has them, and types that write
// themselves.
func byLibrary(to []byte, v reflect.Value) ([]byte, error) {
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(v.Interface())
	return append(to, strings.TrimSuffix(out.String(), "\n")...), err
}

func listEncoder(entry encoder) encoder {
	return func(to []byte, v reflect.Value) ([]byte, error) {
		to = append(to, '[')
		var err error
		for i := range v.Len() {
			if i > 0 {
				to = append(to, ',')
			}
			if to, err = entry(to, v.Index(i)); err != nil {
				return to, err
			}
		}
		return append(to, ']'), nil
	}
}

// member is a field of a struct on its way to JSON.
type member struct {
	name   string // with quotes and colon
	index  []int
	omit   func(reflect.Value) bool // says when it is left out; nil for never
	encode encoder
}

func structEncoder(t reflect.Type) encoder {
	members := membersOf(t)
	return func(to []byte, v reflect.Value) ([]byte, error) {
		to = append(to, '{')
		begun := len(to)
		var err error
		for _, m := range members {
			field := v.FieldByIndex(m.index)
			if m.omit != nil && m.omit(field) {
				continue
			}
			if len(to) > begun {
				to = append(to, ',')
			}
			to = append(to, m.name...)
			if to, err = m.encode(to, field); err != nil {
				return to, err
			}
		}
		return append(to, '}'), nil
	}
}

var omits = map[string]func(reflect.Value) bool{
	"omitzero": reflect.Value.IsZero,
	"omitempty": func(v reflect.Value) bool {
		switch v.Kind() {
		case reflect.Slice, reflect.Map:
			return v.Len() == 0
		case reflect.Struct:
			return false
		}
		return v.IsZero()
	},
}

// membersOf lays a struct and those embedded in it out as encoding/json does: of
// two fields of one name the outer one counts.
func membersOf(t reflect.Type) []member {
	var members []member
	outer := map[string]int{} // name → depth
	for _, f := range reflect.VisibleFields(t) {
		tag, tagged := f.Tag.Lookup("json")
		name, option, _ := strings.Cut(tag, ",")
		if f.Anonymous && !tagged && f.Type.Kind() == reflect.Struct || name == "-" || !f.IsExported() {
			continue
		}
		if name == "" {
			name = f.Name
		}
		if depth, ok := outer[name]; ok && depth <= len(f.Index) {
			continue
		}
		outer[name] = len(f.Index)
		members = append(members, member{
			name:   string(AppendText(nil, name)) + ":",
			index:  f.Index,
			omit:   omits[option],
			encode: encoderOf(f.Type),
		})
	}
	kept := members[:0]
	for _, m := range members {
		name := m.name[1 : len(m.name)-2]
		if outer[name] == len(m.index) {
			kept = append(kept, m)
		}
	}
	return kept
}

// AppendText writes a text in quotes. Nearly all texts are written as they stand;
// what JSON forbids in one is escaped, and what is no UTF-8 becomes U+FFFD.
func AppendText(to []byte, text string) []byte {
	to = append(to, '"')
	written := 0
	for i := 0; i < len(text); {
		c := text[i]
		if c >= ' ' && c < utf8.RuneSelf && c != '"' && c != '\\' {
			i++
			continue
		}
		size, escaped := 1, ""
		if c < utf8.RuneSelf {
			escaped = escapes[c]
		} else {
			var r rune
			r, size = utf8.DecodeRuneInString(text[i:])
			switch {
			case r == utf8.RuneError && size == 1:
				escaped = `\ufffd`
			case r == '\u2028' || r == '\u2029': // line ends to JavaScript before 2019
				escaped = fmt.Sprintf(`\u%04x`, r)
			}
		}
		if escaped != "" {
			to = append(append(to, text[written:i]...), escaped...)
			written = i + size
		}
		i += size
	}
	return append(append(to, text[written:]...), '"')
}

// escapes are those of the characters that may not stand in a text.
var escapes = func() (table [utf8.RuneSelf]string) {
	for c := range ' ' {
		table[c] = fmt.Sprintf(`\u%04x`, c)
	}
	for c, short := range map[byte]string{'"': `\"`, '\\': `\\`, '\b': `\b`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`} {
		table[c] = short
	}
	return table
}()
