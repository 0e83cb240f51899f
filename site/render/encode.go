package render

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"unicode/utf8"
)

// encode writes v as JSON, as encoding/json would but for two things: a list
// that is nil is [], so that a template may take the length of any list of the
// contract, and <, > and & stand as they are, since no browser reads this.
// (Pointers of the contract are left out when nil, so that a null is always a
// list; a test holds it to that.)
//
// Every page is encoded in every build, also one that is not rendered, for its
// key. encoding/json took two thirds of a build in which nothing had changed:
// it looks up types again for every value and goes through the result twice.
// Here a type is looked at once, and what it is made of is written straight
// behind what is there.
func encode(to []byte, v any) ([]byte, error) {
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

func makeEncoder(t reflect.Type) encoder {
	switch t.Kind() {
	case reflect.String:
		return func(to []byte, v reflect.Value) ([]byte, error) { return appendText(to, v.String()), nil }
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
		return listEncoder(encoderOf(t.Elem()))
	case reflect.Struct:
		return structEncoder(t)
	}
	// JSON-LD is a map of what schema.org defines; a test's own struct may hold
	// anything.
	return func(to []byte, v reflect.Value) ([]byte, error) {
		data, err := json.Marshal(v.Interface())
		return append(to, data...), err
	}
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
	name     string // with quotes and colon
	index    []int
	optional bool // left out when it is a nil pointer or empty
	encode   encoder
}

func structEncoder(t reflect.Type) encoder {
	members := membersOf(t)
	return func(to []byte, v reflect.Value) ([]byte, error) {
		to = append(to, '{')
		begun := len(to)
		var err error
		for _, m := range members {
			field := v.FieldByIndex(m.index)
			if m.optional && field.IsZero() {
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
			name:     string(appendText(nil, name)) + ":",
			index:    f.Index,
			optional: option == "omitempty" || option == "omitzero",
			encode:   encoderOf(f.Type),
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

// appendText writes a text in quotes. Nearly all texts are written as they
// stand; what JSON forbids in one is escaped, and what is no UTF-8 becomes
// U+FFFD.
func appendText(to []byte, text string) []byte {
	to = append(to, '"')
	written := 0
	for i := 0; i < len(text); {
		c := text[i]
		if c >= ' ' && c < utf8.RuneSelf && c != '"' && c != '\\' {
			i++
			continue
		}
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(text[i:])
			if r == utf8.RuneError && size == 1 {
				to = append(append(to, text[written:i]...), "\ufffd"...)
				written = i + 1
			}
			i += size
			continue
		}
		to = append(to, text[written:i]...)
		switch c {
		case '"', '\\':
			to = append(to, '\\', c)
		case '\n':
			to = append(to, '\\', 'n')
		default:
			to = fmt.Appendf(to, `\u%04x`, c)
		}
		i++
		written = i
	}
	return append(append(to, text[written:]...), '"')
}
