package minify

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
)

// FuzzXML, FuzzStyle and FuzzJSON take whatever the fuzzer thinks
// of: a file is refused, or it keeps its meaning.

func FuzzXML(f *testing.F) {
	f.Add("<a>\n <b c='d'/> e <!-- f --> </a>")
	f.Add("<?xml version=\"1.0\"?>\n<!DOCTYPE a>\n<svg><text>a\n <b/></text></svg>\n")
	m := New()
	f.Fuzz(func(t *testing.T, in string) {
		out, err := m.File("a.xml", []byte(in))
		if err != nil || string(out) == in {
			return
		}
		if diff := cmp.Diff(tokens(t, in), tokens(t, string(out))); diff != "" {
			t.Errorf("%q became %q:\n%s", in, out, diff)
		}
		if again := file(t, "a.xml", string(out)); again != string(out) {
			t.Errorf("%q once, %q twice", out, again)
		}
	})
}

func FuzzStyle(f *testing.F) {
	f.Add("a , b > c { d : e ; /* f */ } @media (g : h) { i { j : calc( 1px + 2px ) } }")
	f.Add("a{--b: ;c:d!important;e:url( f )}/*! g */")
	m := New()
	f.Fuzz(func(t *testing.T, in string) {
		out, err := m.File("a.css", []byte(in))
		if err != nil {
			return
		}
		if diff := cmp.Diff(styleWords(in), styleWords(string(out))); diff != "" {
			t.Errorf("%q became %q:\n%s", in, out, diff)
		}
		if again := file(t, "a.css", string(out)); again != string(out) {
			t.Errorf("%q once, %q twice", out, again)
		}
	})
}

func FuzzJSON(f *testing.F) {
	f.Add(`{ "a" : [ 1.10 , 1e3 , "b  c" ] }`)
	m := New()
	f.Fuzz(func(t *testing.T, in string) {
		out, err := m.File("a.json", []byte(in))
		if valid := json.Valid([]byte(in)); valid != (err == nil) {
			t.Fatalf("%q: valid is %v, but the error is %v", in, valid, err)
		}
		if err != nil {
			return
		}
		if diff := cmp.Diff(decode(t, in), decode(t, string(out))); diff != "" {
			t.Errorf("%q became %q:\n%s", in, out, diff)
		}
		if again := file(t, "a.json", string(out)); !bytes.Equal([]byte(again), out) {
			t.Errorf("%q once, %q twice", out, again)
		}
	})
}

// styleWords lists the tokens of a style sheet, except for white space,
// comments, and semicolons that no declaration needs.
func styleWords(style string) []string {
	lexer := css.NewLexer(parse.NewInputString(style))
	var out []string
	for kind, text := lexer.Next(); kind != css.ErrorToken; kind, text = lexer.Next() {
		if kind == css.WhitespaceToken || kind == css.CommentToken {
			continue
		}
		if (kind == css.RightBraceToken || kind == css.SemicolonToken) && len(out) > 0 && out[len(out)-1] == ";" {
			out = out[:len(out)-1]
		}
		out = append(out, string(text))
	}
	return out
}

// FuzzGarbage asks for no more than that the program survives.
func FuzzGarbage(f *testing.F) {
	for name, in := range everyKind {
		f.Add(name, in)
	}
	m := New()
	f.Fuzz(func(t *testing.T, name, in string) {
		_, _ = m.File(name, []byte(in))
	})
}
