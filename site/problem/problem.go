package problem

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Severity says what follows from a problem.
type Severity uint8

const (
	// Info is worth knowing and needs no action.
	Info Severity = iota
	// Warning lets the build go on; --strict makes it an Error.
	Warning
	// Error stops the build before anything is written.
	Error
)

func (s Severity) String() string { return severities[s] }

var severities = [...]string{"info", "warning", "error"}

// MarshalText writes "info", "warning" or "error".
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (s *Severity) UnmarshalText(text []byte) error {
	i := slices.Index(severities[:], string(text))
	if i < 0 {
		return fmt.Errorf("%q is no severity", text)
	}
	*s = Severity(i)
	return nil
}

// Place is where a problem sits. File is relative to the portal's folder with
// forward slashes. Line and Column count from 1, Column in characters (not
// bytes); 0 means unknown. Sheet and Cell ("F12") stand instead of Line and
// Column where the file is a workbook.
type Place struct {
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
	Sheet  string `json:"sheet,omitempty"`
	Cell   string `json:"cell,omitempty"`
}

// String gives "file:line:column" or "file[sheet!cell]", as far as known.
func (p Place) String() string {
	switch {
	case p.Cell != "":
		return p.File + "[" + p.Sheet + "!" + p.Cell + "]"
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Problem is one finding. Args fill the text of its code and stay apart so
// that machines and both languages get the same facts.
type Problem struct {
	Code     Code     `json:"code"`
	Severity Severity `json:"severity"`
	Place    Place    `json:"place"`
	Args     []string `json:"args,omitempty"`
	Frame    *Frame   `json:"frame,omitempty"`
}

// New makes a problem of a code from the table, with the severity that the
// table gives it. It panics on a code that is not in the table: that is a
// programming error which every test of the code would meet.
func New(code Code, at Place, args ...string) Problem {
	return Problem{Code: code, Severity: code.entry().severity, Place: at, Args: args}
}

// In gives the problem with its arguments in one language.
func (p Problem) In(lang Lang) Problem {
	p.Args = slices.Clone(p.Args)
	for i := range p.Args {
		p.Args[i] = inLang(p.Args[i], lang)
	}
	return p
}

// Error lets a Problem travel as an error (a parser of model that does not
// know its place returns one). It gives the English text.
func (p Problem) Error() string { return p.Text(English) }

// Text says what is wrong, in one sentence.
func (p Problem) Text(lang Lang) string { return fill(p.Code.entry().text[lang], lang, p.Args) }

// Hint says what the reader can do about it; empty where the text says it all.
func (p Problem) Hint(lang Lang) string { return fill(p.Code.entry().hint[lang], lang, p.Args) }

// between separates the two languages of an argument. It is a fraction slash,
// which nobody has on a keyboard, so no text of a user is mistaken for a pair.
const between = " ⁄ "

// Both makes an argument that reads differently in the two languages.
func Both(zh, en string) string { return zh + between + en }

// fill replaces {0}, {1} … by the arguments. The notation is not fmt's, since
// the same argument may stand twice, or not at all in one of the languages.
func fill(text string, lang Lang, args []string) string {
	pairs := make([]string, 0, 2*len(args))
	for i, arg := range args {
		pairs = append(pairs, fmt.Sprintf("{%d}", i), string(visible(inLang(arg, lang))))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

func inLang(arg string, lang Lang) string {
	if zh, en, ok := strings.Cut(arg, between); ok {
		return [...]string{zh, en}[lang]
	}
	return arg
}

// List is a set of problems on its way to the reader.
type List []Problem

// Sort orders by file, line, column, code and text, so that the same data
// give the same list whatever the order in which files were read.
func (l List) Sort() {
	slices.SortFunc(l, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(a.Place.File, b.Place.File),
			cmp.Compare(a.Place.Line, b.Place.Line),
			cmp.Compare(a.Place.Column, b.Place.Column),
			cmp.Compare(a.Place.Sheet, b.Place.Sheet),
			cmp.Compare(a.Place.Cell, b.Place.Cell),
			cmp.Compare(a.Code, b.Code),
			slices.Compare(a.Args, b.Args),
		)
	})
}

// Count tells how many problems of a severity there are.
func (l List) Count(s Severity) int {
	n := 0
	for _, p := range l {
		if p.Severity == s {
			n++
		}
	}
	return n
}

// HasErrors reports whether the build must stop.
func (l List) HasErrors() bool { return l.Count(Error) > 0 }

// Strict returns the list with every warning raised to an error.
func (l List) Strict() List {
	out := slices.Clone(l)
	for i := range out {
		if out[i].Severity == Warning {
			out[i].Severity = Error
		}
	}
	return out
}
