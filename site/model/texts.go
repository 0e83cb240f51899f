package model

import (
	"iter"
	"reflect"
)

// InternalTexts gives every text of every internal issue, and of the sections
// that hold nothing else: what must not stand in any output.
func (p *Portal) InternalTexts() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, report := range p.Reports {
			shown := publicReport(report)
			if len(shown.Issues) == len(report.Issues) {
				continue
			}
			for _, issue := range report.Issues {
				if issue.Visibility == Internal && !eachText(reflect.ValueOf(*issue), yield) {
					return
				}
			}
			for _, section := range droppedSections(report.Outline, shown.Outline) {
				if !eachText(reflect.ValueOf(section), yield) {
					return
				}
			}
		}
	}
}

// WithheldTexts gives what must not stand in any output: the internal texts,
// and those of withdrawn issues.
func (p *Portal) WithheldTexts() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, texts := range []iter.Seq[string]{p.InternalTexts(), p.WithdrawnTexts()} {
			for text := range texts {
				if !yield(text) {
					return
				}
			}
		}
	}
}

// WithdrawnTexts gives every text of every withdrawn issue.
func (p *Portal) WithdrawnTexts() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, report := range p.Reports {
			for _, issue := range report.Issues {
				if issue.Withdrawn != nil && !eachText(reflect.ValueOf(*issue), yield) {
					return
				}
			}
		}
	}
}

// PublicTexts gives every text of the data that is not withheld. The source
// text is not among them: a sentence of an internal issue may stand there, and
// would then pass for public.
func (p *Portal) PublicTexts() iter.Seq[string] {
	return func(yield func(string) bool) {
		public := p.Public()
		for _, report := range public.Reports {
			facts := *report
			facts.Paragraphs = nil
			if !eachText(reflect.ValueOf(facts), yield) {
				return
			}
		}
		facts := *public
		facts.Reports = nil
		eachText(reflect.ValueOf(facts), yield)
	}
}

// HasInternal says whether any issue is internal.
func (p *Portal) HasInternal() bool {
	for range p.InternalTexts() {
		return true
	}
	return false
}

// droppedSections are those of all that shown lacks, without the sections below
// them: a section that is shown has its dropped ones found one by one.
func droppedSections(all, shown []Section) []Section {
	kept := map[Slug]Section{}
	for _, s := range shown {
		kept[s.ID] = s
	}
	var dropped []Section
	for _, s := range all {
		if k, ok := kept[s.ID]; ok {
			dropped = append(dropped, droppedSections(s.Sections, k.Sections)...)
		} else {
			dropped = append(dropped, s)
		}
	}
	return dropped
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
