package load

import (
	"encoding"
	"reflect"
	"strings"
	"sync"

	"rectify/site/model"
)

// shape is what the `data` tags of a struct say.
type shape struct {
	where  int // index of the embedded model.Where
	fields []field
	byKey  map[string]int // index in fields
	known  string         // all keys, for messages
}

// field is one key of a struct.
type field struct {
	key      string
	index    int // in the struct
	required bool
	inner    bool // a struct that is there even if its key is not written
}

var (
	whereType       = reflect.TypeFor[model.Where]()
	unmarshalerType = reflect.TypeFor[encoding.TextUnmarshaler]()
	shapes          sync.Map // reflect.Type to *shape
)

// shapeOf gives the shape of a struct type of model. It panics on a type that
// cannot be written in a file; a test walks all types.
func shapeOf(t reflect.Type) *shape {
	if s, ok := shapes.Load(t); ok {
		return s.(*shape)
	}
	s := &shape{where: -1, byKey: map[string]int{}}
	var keys []string
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Type == whereType && f.Anonymous {
			s.where = i
			continue
		}
		tag, ok := f.Tag.Lookup("data")
		if !ok {
			continue
		}
		key, option, _ := strings.Cut(tag, ",")
		s.byKey[key] = len(s.fields)
		s.fields = append(s.fields, field{
			key:      key,
			index:    i,
			required: option == "required",
			inner:    f.Type.Kind() == reflect.Struct,
		})
		keys = append(keys, key)
	}
	if s.where < 0 || len(keys) == 0 {
		panic("load: " + t.String() + " has no place or no keys")
	}
	s.known = strings.Join(keys, "、")
	shapes.Store(t, s)
	return s
}

// nearest gives the known key with the smallest edit distance to another one,
// and whether it is so near that the other one was probably meant for it.
func (s *shape) nearest(key string) (known string, near bool) {
	smallest := -1
	for _, f := range s.fields {
		if d := distance(strings.ToLower(key), f.key); smallest < 0 || d < smallest {
			known, smallest = f.key, d
		}
	}
	return known, smallest*2 <= len(known)
}

// distance counts the characters to be put in, taken out or changed to make
// one word of the other.
func distance(a, b string) int {
	from, to := []rune(a), []rune(b)
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i := range from {
		diagonal := row[0]
		row[0] = i + 1
		for j := range to {
			change := diagonal
			if from[i] != to[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(to)]
}
