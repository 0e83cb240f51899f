package check

import (
	"reflect"
	"strings"
	"sync"

	"rectify/site/model"
)

// value is one text or date of the data, with what is needed to find its
// place.
type value struct {
	text  string
	where *model.Where // nil for a paragraph of a source text
	key   string
	index int          // in a list, -1 for the value of the key itself; the number of a paragraph
	in    reflect.Type // the struct that it belongs to
	file  string       // of what is not a value of YAML
}

// origin tells where a value comes from.
type origin uint8

const (
	structValue origin = iota
	proseLine          // a line of a prose page: part of its HTML
	paragraph          // of a source text
)

func (v *value) origin() origin {
	switch {
	case v.file == "":
		return structValue
	case v.where == nil:
		return paragraph
	}
	return proseLine
}

// kind tells what sort of value a walk is after.
type kind uint8

const (
	anyText kind = iota // what a person reads; no codes, ids and addresses
	anyDay              // Date, Period and Minute
	dayOfFact
)

var (
	whereType = reflect.TypeFor[model.Where]()
	textType  = reflect.TypeFor[string]()
	dayTypes  = map[reflect.Type]kind{
		reflect.TypeFor[model.Date]():   dayOfFact,
		reflect.TypeFor[model.Minute](): dayOfFact,
		reflect.TypeFor[model.Period](): anyDay, // may lie in the future
	}
)

// walk visits the values of one kind in a struct of model (given as a pointer)
// and in all structs below it, in the order of the fields. Only what is written
// in files is visited: a report's issues are not part of it.
func walk(root any, want kind, visit func(value)) {
	v := reflect.ValueOf(root).Elem()
	planOf(v.Type(), want).walk(v, visit)
}

// plan is what a walk does with a struct type. Most types hold no dates, so
// walks for them end early.
type plan struct {
	typ    reflect.Type
	where  int
	fields []planned
}

type planned struct {
	index int
	key   string
	below *plan // of a struct, of what a pointer leads to, of the entries of a list
}

func (p *plan) walk(v reflect.Value, visit func(value)) {
	where := v.Field(p.where).Addr().Interface().(*model.Where)
	for _, f := range p.fields {
		field := v.Field(f.index)
		switch kind := field.Kind(); {
		case kind == reflect.String:
			if field.Len() > 0 {
				visit(value{text: field.String(), where: where, key: f.key, index: -1, in: p.typ})
			}
		case kind == reflect.Pointer:
			if !field.IsNil() {
				f.below.walk(field.Elem(), visit)
			}
		case kind == reflect.Struct:
			f.below.walk(field, visit)
		case f.below != nil:
			for i := range field.Len() {
				f.below.walk(field.Index(i), visit)
			}
		default:
			for i := range field.Len() {
				visit(value{text: field.Index(i).String(), where: where, key: f.key, index: i, in: p.typ})
			}
		}
	}
}

type planKey struct {
	typ  reflect.Type
	want kind
}

var (
	plansMu sync.Mutex
	plans   = map[planKey]*plan{}
)

func planOf(t reflect.Type, want kind) *plan {
	plansMu.Lock()
	defer plansMu.Unlock()
	return makePlan(t, want)
}

// makePlan looks at a type once. A section holds sections, so the plan is
// entered before it is filled; such a type keeps its field even if there is
// nothing to visit.
func makePlan(t reflect.Type, want kind) *plan {
	key := planKey{t, want}
	if p := plans[key]; p != nil {
		return p
	}
	p := &plan{typ: t}
	plans[key] = p
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous && f.Type == whereType {
			p.where = i
			continue
		}
		name, ok := dataKey(f)
		if !ok {
			continue
		}
		inner := f.Type
		for inner.Kind() == reflect.Pointer || inner.Kind() == reflect.Slice {
			inner = inner.Elem()
		}
		switch {
		case inner.Kind() == reflect.Struct:
			if below := makePlan(inner, want); below == p || len(below.fields) > 0 {
				p.fields = append(p.fields, planned{i, name, below})
			}
		case wanted(inner, want):
			p.fields = append(p.fields, planned{i, name, nil})
		}
	}
	return p
}

// dataKey gives the key under which a field stands in files.
func dataKey(f reflect.StructField) (string, bool) {
	tag, ok := f.Tag.Lookup("data")
	key, _, _ := strings.Cut(tag, ",")
	return key, ok
}

func wanted(t reflect.Type, want kind) bool {
	if want == anyText {
		return t == textType
	}
	is, ok := dayTypes[t]
	return ok && is >= want
}
