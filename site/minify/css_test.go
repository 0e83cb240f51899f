package minify

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
)

func TestStyleIsWrittenAs(t *testing.T) {
	for _, c := range []struct{ what, in, want string }{
		{"white space and the last semicolon go", "a ,\nb {\n  color : red ;\n  margin: 0 auto;\n}\n", "a,b{color :red;margin:0 auto}"},
		{"comments go, licences stay", "/*! MIT */\n/* c */ a { /* d */ b: c /* e */ }", "/*! MIT */ a{b:c}"},
		{"a comment that keeps two words apart leaves one", "div/* c */.x{margin:1px/**/2px}", "div/**/.x{margin:1px/**/2px}"},
		{"selectors keep their spaces", ".a :hover , .b [c] > .d ~ .e + .f :not( .g ) .h{i:j}", ".a :hover,.b [c]>.d~.e + .f :not(.g) .h{i:j}"},
		{"calc keeps the spaces around its operators", "a{width:calc( 100% - ( 2 * 1.50rem ) + -1px )}", "a{width:calc(100% - (2 * 1.50rem) + -1px)}"},
		{"media queries keep their spaces", "@media screen and (min-width: 40.0625em) , print { a { b: c } }", "@media screen and (min-width:40.0625em),print{a{b:c}}"},
		{"an empty custom property stays one", "a{--x: ;--y : 0px ;--z: }", "a{--x: ;--y :0px;--z: }"},
		{"important", "a{b:c !important}", "a{b:c!important}"},
		{"strings keep their bytes", "a::before{content:\"\\201C  一是\"  '\\'  '}", "a::before{content:\"\\201C  一是\" '\\'  '}"},
		{"charset", "@charset \"utf-8\";\n\na{b:c}", "@charset \"utf-8\";a{b:c}"},
	} {
		t.Run(c.what, func(t *testing.T) {
			if diff := cmp.Diff(c.want, file(t, "a.css", c.in)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Nothing here may become newer syntax, nor change its meaning. The library's
// own minifier changes most of these: see library_test.go.
func TestStyleKeepsEveryValue(t *testing.T) {
	for _, in := range []string{
		"a{top:0;right:0;bottom:0;left:0}", "a{color:#11223344}", "a{color:rgba(0,0,0,0.05)}", "a{border-color:currentColor transparent}",
		"a{background:right 12.5% top 3px}", "a{background:url(a.png) 0 0 / 0px 0px repeat-x #fff}", "a{order:1000;line-height:0.50}",
		"a{font-family:\"PingFang SC\",\"Microsoft YaHei\",\"serif\",serif}", "a{flex:1 1 0%}", "a{margin:0 0 0 0}", "a{width:0px}",
		"a{grid-area:1 / 2 / 3 / 4}", "a{transform:translate(0px,0px) rotate(0deg)}", "a{background:url(data:image/svg+xml,%3Csvg+a)}",
		"a{content:\" (\" attr(href) \")\"}", "a{*zoom:1;_height:1px}", "a{}", "@font-face{unicode-range:U+4E00-9FFF,U+3400-4DBF}",
		"[type=\"text\"]{a:b}", "a[href^=\"http\" i]{a:b}", "@supports not (inset:0){a{b:c}}", "a{margin:var(--a) var(--b,0px)}",
	} {
		if diff := cmp.Diff(in, file(t, "a.css", in)); diff != "" {
			t.Error(diff)
		}
	}
}

func TestBrokenStyleStaysAsItIs(t *testing.T) {
	for _, in := range []string{"a { b: 'c\n  d' ; }", "a { b: url( c d ) ; }"} {
		if got := file(t, "a.css", in); got != in {
			t.Errorf("%q became %q", in, got)
		}
	}
}

func TestAnyStyleKeepsItsRules(t *testing.T) {
	m := New()
	for seed := range uint64(3000) {
		style := randomStyle(chance{rand.New(rand.NewPCG(seed, 2))})
		out, err := m.File("a.css", []byte(style))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(rules(style), rules(string(out))); diff != "" {
			t.Fatalf("%q became %q:\n%s", style, out, diff)
		}
		if again := file(t, "a.css", string(out)); again != string(out) {
			t.Fatalf("%q once, %q twice", out, again)
		}
	}
}

// rules lists what a parser sees in a style sheet, without comments and the
// white space at the inner side of parentheses.
func rules(style string) []string {
	var out []string
	p := css.NewParser(parse.NewInputString(style), false)
	for {
		grammar, _, data := p.Next()
		line := fmt.Sprintf("%v %s", grammar, data)
		switch grammar {
		case css.ErrorGrammar:
			if !p.HasParseError() {
				return out
			}
		case css.CommentGrammar:
			continue
		case css.EndAtRuleGrammar, css.EndRulesetGrammar:
		default:
			for _, v := range p.Values() {
				line += " " + value(v)
			}
		}
		out = append(out, insideOut.Replace(line))
	}
}

var insideOut = strings.NewReplacer("( ␣", "(", "␣ )", ")")

func value(token css.Token) string {
	switch token.TokenType {
	case css.WhitespaceToken:
		return "␣"
	case css.CustomPropertyValueToken: // one token, as it is written
		compact := css.NewLexer(parse.NewInputBytes(token.Data))
		var words []string
		for kind, text := compact.Next(); kind != css.ErrorToken; kind, text = compact.Next() {
			if kind != css.WhitespaceToken && kind != css.CommentToken {
				words = append(words, string(text))
			}
		}
		return strings.Join(words, " ")
	default:
		return string(token.Data)
	}
}

// randomStyle writes a valid style sheet with more white space than it needs.
func randomStyle(c chooser) string {
	var b strings.Builder
	one := func(list ...string) string { return list[c.pick(len(list))] }
	blank := func() string { return one("", " ", "\n  ", " \n", " /* c */ ", "") }
	selector := func() string {
		parts := []string{".a", "#b", "div", "a:hover", "[type=\"text\"]", "p::before", "li:not( .x )", ".e:nth-child( 2n )", "*"}
		return one(parts...) + one("", " > ", " ~ ", " + ", " ", ">", blank()+","+blank()) + one(parts...)
	}
	block := func() {
		b.WriteString("{" + blank())
		for range c.pick(4) {
			b.WriteString(one("color", "margin", "background", "--x", "font-family", "grid-area") + blank() + ":" + blank() +
				one("red", "0 auto", "#FF0000", "calc( 1px + 2px )", "\"a  b\" , serif", "url( a.png ) no-repeat", "1 / 2", "-1px +2px", "rgba( 0 , 0 , 0 , 0.05 )") +
				one("", " !important", blank()) + ";" + blank())
		}
		b.WriteString("}" + blank())
	}
	for range 1 + c.pick(4) {
		if c.pick(3) == 0 {
			b.WriteString("@media" + one(" print ", " screen and (min-width: 40em)", " (a: b) , print", " not all and (a:b) ") + "{" + blank())
			b.WriteString(selector())
			block()
			b.WriteString("}")
			continue
		}
		b.WriteString(blank() + selector() + blank())
		block()
	}
	return b.String()
}
