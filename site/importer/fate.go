package importer

import (
	"sort"
	"unicode"
	"unicode/utf8"
)

// FateKind says what became of a paragraph.
type FateKind string

// The fates.
const (
	Used      FateKind = "used"      // all of its visible characters are in the data
	Partly    FateKind = "partly"    // some of them
	Furniture FateKind = "furniture" // it is no content
	Unclaimed FateKind = "unclaimed" // it is in the source text only
)

// Fate is what became of one paragraph of the source.
type Fate struct {
	Paragraph int      `json:"paragraph"` // counted from 1
	Kind      FateKind `json:"kind"`
	Reason    string   `json:"reason,omitempty"` // of furniture, in Chinese
	Uses      []Use    `json:"uses,omitempty"`
}

// Use is a stretch of a paragraph that went somewhere. Path names the value in
// the data: issues[0].measures[1].text. A value that is stored in another form
// (a date, a code) is Converted; a word that only says what stands behind it
// (责任单位：) is a Key.
type Use struct {
	From      int    `json:"from"` // bytes of the paragraph
	To        int    `json:"to"`
	Path      string `json:"path"`
	Converted bool   `json:"converted,omitempty"`
	Key       bool   `json:"key,omitempty"`
}

// claim is a use whose path is not yet known.
type claim struct {
	span
	owner     *string // the path of what holds the value
	field     string
	converted bool
	key       bool
}

// use records that a stretch of the source became a value, and gives its text.
func (p *parser) use(s span, owner *string, field string) string {
	if s.from < s.to {
		p.claims = append(p.claims, claim{span: s, owner: owner, field: field})
	}
	return p.str(s)
}

// convert records that a stretch was read into a value of another form.
func (p *parser) convert(s span, owner *string, field string) {
	p.claims = append(p.claims, claim{span: s, owner: owner, field: field, converted: true})
}

// spend records a word that only names the value behind it.
func (p *parser) spend(s span, owner *string, field string) {
	p.claims = append(p.claims, claim{span: s, owner: owner, field: field, key: true})
}

// fates puts the claims together, paragraph by paragraph.
func (p *parser) fates() []Fate {
	uses := make([][]Use, len(p.doc.Blocks))
	for _, c := range p.claims {
		path := c.field
		if c.owner != nil && *c.owner != "" {
			path = *c.owner + "." + c.field
		}
		uses[c.par] = append(uses[c.par], Use{c.from, c.to, path, c.converted, c.key})
	}
	out := make([]Fate, len(p.doc.Blocks))
	for i, b := range p.doc.Blocks {
		f := Fate{Paragraph: i + 1, Uses: uses[i]}
		sort.SliceStable(f.Uses, func(a, b int) bool { return f.Uses[a].From < f.Uses[b].From })
		total, kept := f.coverage(b.Text)
		switch {
		case p.aside[i] != "":
			f.Kind, f.Reason = Furniture, p.aside[i]
		case kept == 0:
			f.Kind = Unclaimed
		case kept < total:
			f.Kind = Partly
		default:
			f.Kind = Used
		}
		out[i] = f
	}
	return out
}

// Coverage counts the visible characters of a paragraph and those of them that
// went into the data. White space and the punctuation between two values are
// not asked for.
func (f *Fate) coverage(text string) (total, kept int) {
	at := 0
	for i, r := range text {
		for at < len(f.Uses) && f.Uses[at].To <= i {
			at++
		}
		if !counts(r) {
			continue
		}
		total++
		for _, u := range f.Uses[min(at, len(f.Uses)):] {
			if u.From <= i && i+utf8.RuneLen(r) <= u.To {
				kept++
				break
			}
			if u.From > i {
				break
			}
		}
	}
	return total, kept
}

// counts tells the characters that may not be lost.
func counts(r rune) bool {
	if r == '|' || r == '｜' {
		return false // between the cells of a table in a text
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsSymbol(r)
}

// Missing gives the stretches of a paragraph that went nowhere.
func (f *Fate) Missing(text string) []string {
	var out []string
	start := -1
	flush := func(end int) {
		if start >= 0 {
			if from, to := trimSpan(text, start, end); from < to {
				out = append(out, text[from:to])
			}
			start = -1
		}
	}
	for i, r := range text {
		covered := !counts(r) && start < 0
		for _, u := range f.Uses {
			if u.From <= i && i < u.To {
				covered = true
				break
			}
		}
		switch {
		case covered:
			flush(i)
		case start < 0:
			start = i
		}
	}
	flush(len(text))
	return out
}

// Unclaimable is a stretch of the content that is in no value of the data.
type Unclaimable struct {
	Paragraph int    `json:"paragraph"` // counted from 1
	Text      string `json:"text"`
}

// Unclaimed gives what went nowhere, in the order of the source.
func (r *Result) Unclaimed() []Unclaimable {
	var out []Unclaimable
	for i := range r.Fates {
		f := &r.Fates[i]
		if f.Kind != Unclaimed && f.Kind != Partly {
			continue
		}
		for _, text := range f.Missing(r.Report.Paragraphs[i]) {
			out = append(out, Unclaimable{f.Paragraph, text})
		}
	}
	return out
}
