package model

import (
	"iter"
	"reflect"
)

// InternalTexts gives every text of every internal issue: what must not stand
// in any output.
func (p *Portal) InternalTexts() iter.Seq[string] { return p.texts(true) }

// PublicTexts gives every text of the data that is not internal. The source
// text is not among them: a sentence of an internal issue may stand there, and
// would then pass for public.
func (p *Portal) PublicTexts() iter.Seq[string] { return p.texts(false) }

// HasInternal says whether any issue is internal.
func (p *Portal) HasInternal() bool {
	for range p.InternalTexts() {
		return true
	}
	return false
}

func (p *Portal) texts(internal bool) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, report := range p.Reports {
			for _, issue := range report.Issues {
				if (issue.Visibility == Internal) == internal && !eachText(reflect.ValueOf(*issue), yield) {
					return
				}
			}
			if !internal {
				facts := *report
				facts.Issues, facts.Paragraphs = nil, nil
				if !eachText(reflect.ValueOf(facts), yield) {
					return
				}
			}
		}
		if !internal {
			facts := *p
			facts.Reports = nil
			eachText(reflect.ValueOf(facts), yield)
		}
	}
}

var whereType = reflect.TypeFor[Where]()

// eachText yields every non-empty string of a value; it is false when yield
// wants no more.
func eachText(v reflect.Value, yield func(string) bool) bool {
	switch v.Kind() {
	case reflect.String:
		return v.Len() == 0 || yield(v.String())
	case reflect.Pointer:
		return v.IsNil() || eachText(v.Elem(), yield)
	case reflect.Slice:
		for i := range v.Len() {
			if !eachText(v.Index(i), yield) {
				return false
			}
		}
	case reflect.Struct:
		if v.Type() == whereType {
			return true
		}
		for i := range v.NumField() {
			if !eachText(v.Field(i), yield) {
				return false
			}
		}
	}
	return true
}
