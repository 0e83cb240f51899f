package synth

import (
	"fmt"
	"reflect"
	"strings"
	"time"

	"rectify/site/model"
)

// Filled is a portal in which every field has a value that no other has, as far
// as its type lets it; lists have one entry. Values gives them by the way to
// the field: “Reports.Issues.Goal”. What refers to something (sections, numbers
// of paragraphs) refers to nothing.
func Filled() (portal *model.Portal, values map[string][]string) {
	f := filler{values: map[string][]string{}}
	portal = new(model.Portal)
	f.fill(reflect.ValueOf(portal).Elem(), "", 0)
	return portal, f.values
}

type filler struct {
	n      int
	values map[string][]string
}

func (f *filler) fill(v reflect.Value, way string, depth int) {
	f.n++
	text := fmt.Sprintf("text-%d", f.n)
	switch v.Interface().(type) {
	case model.Where:
		return
	case model.Date:
		text = time.Date(2001, 1, f.n, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	case model.Period:
		text = fmt.Sprint(3000 + f.n)
	case model.Minute:
		text = fmt.Sprintf("2002-01-01 %02d:%02d", f.n/60, f.n%60)
	case model.StatusCode:
		text = string(model.Reopened)
	case model.DeadlineKind:
		text = string(model.Event)
	case model.Counted:
		text = string(model.CountMeasures)
	case model.Visibility:
		text = "never"
	case model.Language:
		text = string(model.EnglishInterface)
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Int:
		text = fmt.Sprint(700000 + f.n)
		v.SetInt(int64(700000 + f.n))
	case reflect.Uint32:
		text = fmt.Sprint(700000 + f.n)
		v.SetUint(uint64(700000 + f.n))
	case reflect.Bool:
		text = "true"
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem(), way, depth)
		return
	case reflect.Slice:
		if depth < 5 { // parts and sections hold their own kind
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			f.fill(v.Index(0), way, depth+1)
		}
		return
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() && !field.Anonymous {
				f.fill(v.Field(i), strings.TrimPrefix(way+"."+field.Name, "."), depth)
			}
		}
		return
	}
	f.values[way] = append(f.values[way], text)
}
