package load

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"reflect"

	"rectify/site/model"
)

// Memory keeps what was understood of files from one run to the next. A key says
// all that a value depends on but the program. Both may be asked by several
// goroutines at once.
type Memory interface {
	Recall(key []byte) (value []byte, ok bool)
	Keep(key, value []byte)
}

// nothing is the memory of who does not remember.
type nothing struct{}

func (nothing) Recall([]byte) ([]byte, bool) { return nil, false }
func (nothing) Keep([]byte, []byte)          {}

// A struct that was filled from a file without any problem is kept as bytes:
// its places, then its fields in the order of its shape, numbers as varints.
// Taking 1.5 KB of YAML apart costs ten times as much as reading and hashing them.
// What has a problem is not kept, so that the problem is met again.

// parsedKey names what a file with this content means to a type.
func parsedKey(t reflect.Type, sum [sha256.Size]byte) []byte {
	return append([]byte(t.Name()+"\n"), sum[:]...)
}

func appendParsed(to []byte, v reflect.Value) []byte {
	switch v.Kind() {
	case reflect.Struct:
		shape := shapeOf(v.Type())
		to = appendPlaces(to, shape, placeOf(v))
		for _, f := range shape.fields {
			to = appendParsed(to, v.Field(f.index))
		}
		return to
	case reflect.Pointer:
		if v.IsNil() {
			return append(to, 0)
		}
		return appendParsed(append(to, 1), v.Elem())
	case reflect.Slice:
		to = binary.AppendUvarint(to, uint64(v.Len()))
		for i := range v.Len() {
			to = appendParsed(to, v.Index(i))
		}
		return to
	case reflect.String:
		to = binary.AppendUvarint(to, uint64(v.Len()))
		return append(to, v.String()...)
	case reflect.Int:
		return binary.AppendUvarint(to, uint64(v.Int()))
	case reflect.Uint32:
		return binary.AppendUvarint(to, v.Uint())
	case reflect.Bool:
		if v.Bool() {
			return append(to, 1)
		}
		return append(to, 0)
	}
	panic("load: cannot keep a " + v.Type().String())
}

// appendPlaces writes keys as their number in the shape, from 1; 0 is the
// struct's own place.
func appendPlaces(to []byte, shape *shape, where *model.Where) []byte {
	to = binary.AppendUvarint(to, uint64(where.Len()))
	for spot := range where.Spots() {
		key := uint64(0)
		if spot.Key != "" {
			key = uint64(shape.byKey[spot.Key]) + 1
		}
		to = binary.AppendUvarint(to, key)
		to = binary.AppendUvarint(to, uint64(spot.Index+1))
		to = binary.AppendUvarint(to, uint64(spot.Line))
		to = binary.AppendUvarint(to, uint64(spot.Column))
	}
	return to
}

var errForm = errors.New("not what was kept")

// reader takes apart what appendParsed wrote. Texts are parts of one string, so
// that a file costs one.
type reader struct {
	file string
	rest string
	bad  bool
}

// readParsed fills the fields that a file can fill, and no other: what else is in
// the struct another reader may be at work on. After an error it is as it was.
func readParsed(file string, data []byte, v reflect.Value) error {
	r := reader{file: file, rest: string(data)}
	whole := reflect.New(v.Type()).Elem()
	r.value(whole)
	if r.bad || r.rest != "" {
		return errForm
	}
	*placeOf(v) = *placeOf(whole)
	for _, f := range shapeOf(v.Type()).fields {
		v.Field(f.index).Set(whole.Field(f.index))
	}
	return nil
}

// number gives the next number, at most most.
func (r *reader) number(most int) int {
	var n uint64
	for i := 0; i < len(r.rest) && i < binary.MaxVarintLen64; i++ {
		b := r.rest[i]
		n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			r.rest = r.rest[i+1:]
			if n <= uint64(most) {
				return int(n)
			}
			break
		}
	}
	r.bad = true
	return 0
}

const large = 1<<63 - 1

func (r *reader) value(v reflect.Value) {
	if r.bad {
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		shape := shapeOf(v.Type())
		r.places(shape, placeOf(v))
		for _, f := range shape.fields {
			r.value(v.Field(f.index))
		}
	case reflect.Pointer:
		if r.number(1) == 1 {
			v.Set(reflect.New(v.Type().Elem()))
			r.value(v.Elem())
		}
	case reflect.Slice:
		// An entry takes a byte at least.
		if n := r.number(len(r.rest)); n > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
			for i := range n {
				r.value(v.Index(i))
			}
		}
	case reflect.String:
		if n := r.number(len(r.rest)); n <= len(r.rest) {
			v.SetString(r.rest[:n])
			r.rest = r.rest[n:]
		} else {
			r.bad = true
		}
	case reflect.Int:
		v.SetInt(int64(r.number(large)))
	case reflect.Uint32:
		v.SetUint(uint64(r.number(1<<32 - 1)))
	case reflect.Bool:
		v.SetBool(r.number(1) == 1)
	default:
		r.bad = true
	}
}

func (r *reader) places(shape *shape, where *model.Where) {
	n := r.number(len(r.rest))
	where.Expect(n)
	for range n {
		key, index, line, column := r.number(len(shape.fields)), r.number(large), r.number(large), r.number(large)
		if r.bad {
			return
		}
		name := ""
		if key > 0 {
			name = shape.fields[key-1].key
		}
		where.Mark(r.file, name, index-1, line, column)
	}
}
