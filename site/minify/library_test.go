package minify

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/html"
	"github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/minify/v2/json"
	"github.com/tdewolff/minify/v2/svg"
	"github.com/tdewolff/minify/v2/xml"
)

// This file holds the reasons for all that this room does beside calling the
// library, as what the pinned version does. When the pin moves and a line here
// fails, the reason may be gone: look at the place that the line names.

// alone runs a minifier of the library without anything of ours.
func alone(t *testing.T, m minify.Minifier, in string) string {
	t.Helper()
	var out bytes.Buffer
	if err := m.Minify(minify.New(), &out, bytes.NewReader([]byte(in)), nil); err != nil {
		t.Fatalf("%q: %v", in, err)
	}
	return out.String()
}

func TestEveryPageShieldHasAReason(t *testing.T) {
	reasons := map[string]struct{ in, out string }{
		"&":          {"<p title=\"a&#13;b\">A &amp; B</p>", "<p title=\"a\rb\">A & B</p>"},
		"<colgroup":  {"<table><colgroup><col></table>", "<table><col></table>"},
		"</colgroup": {`<table><colgroup id="a"></colgroup></table>`, `<table><colgroup id="a"></table>`},
		`value=""`:   {`<input type="checkbox" value="">`, `<input type="checkbox">`},
		"pattern=":   {`<input pattern="[0-9]  +">`, `<input pattern="[0-9] +">`},
		"data:":      {`<a href="data:text/csv,a+b">c</a>`, `<a href="data:text/csv,a%20b">c</a>`},
		`"keywords"`: {`<meta name="keywords" content="a, b">`, `<meta name="keywords" content="a,b">`},
		`"viewport"`: {`<meta name="viewport" content="width=a, initial-scale=1.0">`, `<meta name="viewport" content="width=a,initial-scale=1">`},
	}
	options := newPageMinifier().html
	for _, s := range pageShields {
		r, ok := reasons[s.text]
		if !ok {
			t.Errorf("no reason given for %s", s.text)
			continue
		}
		if diff := cmp.Diff(r.out, alone(t, &options, r.in)); diff != "" {
			t.Errorf("%s: the library changed:\n%s", s.text, diff)
		}
		if diff := cmp.Diff(r.in, file(t, "a.html", r.in)); diff != "" {
			t.Errorf("%s: the shield does not help:\n%s", s.text, diff)
		}
	}
}

func TestEveryPageOptionHasAReason(t *testing.T) {
	for _, c := range []struct {
		option, in, without string
		drop                func(*html.Minifier)
	}{
		{"KeepDefaultAttrVals", `<button type="submit">a</button>`, `<button>a</button>`, func(o *html.Minifier) { o.KeepDefaultAttrVals = false }},
		{"KeepDocumentTags", "<body>a</body>", "a", func(o *html.Minifier) { o.KeepDocumentTags = false }},
		{"KeepEndTags", "<ul><li>a</li></ul>", "<ul><li>a</ul>", func(o *html.Minifier) { o.KeepEndTags = false }},
		{"KeepQuotes", `<p id="a">b</p>`, `<p id=a>b</p>`, func(o *html.Minifier) { o.KeepQuotes = false }},
		{"KeepWhitespace", "<li>a</li> <li>b</li>", "<li>a</li><li>b</li>", func(o *html.Minifier) { o.KeepWhitespace = false }},
		{"KeepWhitespace", "<p>a<template></template> b</p>", "<p>a<template></template>b</p>", func(o *html.Minifier) { o.KeepWhitespace = false }},
	} {
		options := newPageMinifier().html
		if got := alone(t, &options, c.in); got != c.in {
			t.Errorf("with %s %s became %s", c.option, c.in, got)
		}
		c.drop(&options)
		if got := alone(t, &options, c.in); got != c.without {
			t.Errorf("without %s %s became %s, expected %s", c.option, c.in, got, c.without)
		}
	}
}

func TestReasonsForTheParsersOfOurOwn(t *testing.T) {
	for _, c := range []struct {
		what, in, out string
		library       minify.Minifier
	}{
		{"an invalid declaration, so the arrow is gone", "a{border-color:currentColor transparent}", "a{border-color:initial transparent}", &css.Minifier{}},
		{"arithmetic without the fraction", "a{background-position:right 12.5% top}", "a{background-position:88% 0}", &css.Minifier{}},
		{"another font", `a{font-family:"serif"}`, "a{font-family:serif}", &css.Minifier{}},
		{"a number where an integer is needed", "a{order:1000}", "a{order:1e3}", &css.Minifier{}},
		{"syntax of CSS Color 4", "a{color:rgba(0,0,0,.05)}", "a{color:rgba(0,0,0,5%)}", &css.Minifier{Version: 2}},

		{"text without its spaces", "<svg><text>a <tspan>b</tspan></text></svg>", "<svg><text>a<tspan>b</tspan></text></svg>", &svg.Minifier{}},
		{"another id", `<svg id="100000"/>`, `<svg id="1e5"/>`, &svg.Minifier{}},
		{"another label", `<svg aria-label="2024.10"/>`, `<svg aria-label="2024.1"/>`, &svg.Minifier{}},
		{"no language", `<svg><g xml:lang="zh"/></svg>`, `<svg><g/></svg>`, &svg.Minifier{}},
		{"no licence", `<svg><metadata>CC0</metadata></svg>`, `<svg></svg>`, &svg.Minifier{}},

		{"preformatted text on one line", "<content>&lt;pre>a\n  b\n\nc</content>", "<content>&lt;pre>a\nb\nc</content>", &xml.Minifier{KeepWhitespace: true}},
		{"a word less", "<a> </a>", "<a/>", &xml.Minifier{KeepWhitespace: true}},

		{"broken JSON made whole", "[1,]", "[1]", &json.Minifier{KeepNumbers: true}},
		{"truncated JSON taken", "[1", "[1", &json.Minifier{KeepNumbers: true}},

		{"a short property, of 2015", "f({a:a})", "f({a})", &scriptOptions},
		{"an operator of 2016", "f(Math.pow(a,b))", "f(a**b)", &scriptOptions},
		{"32 bits", "f(Math.trunc(a))", "f(a|0)", &scriptOptions},
		{"a text that stays a text", "f(Math.abs(a))", "f(a<0?-a:a)", &scriptOptions},
		{"a raw line separator, of 2019", `f("\u2028")`, "f(\"\u2028\")", &scriptOptions},
		{"without Version: a template literal", `f("a\nb\n")`, "f(`a\nb\n`)", &js.Minifier{}},
		{"without Version: optional chaining", "f(a==null?undefined:a.b)", "f(a?.b)", &js.Minifier{}},
	} {
		if got := alone(t, c.library, c.in); got != c.out {
			t.Errorf("%s: %s became %q, expected %q", c.what, c.in, got, c.out)
		}
	}
}
