package minify

import (
	"html"
	"math/rand/v2"
	"strings"
)

// A chooser decides what a generated page looks like: seeded chance in the
// property test, the fuzzer's bytes in the fuzz test.
type chooser interface {
	// pick returns a number from 0 to n-1.
	pick(n int) int
}

type chance struct{ *rand.Rand }

func (c chance) pick(n int) int { return c.IntN(n) }

// choices are the bytes of a fuzzer; when they run out, all is 0.
type choices struct{ rest []byte }

func (c *choices) pick(n int) int {
	if len(c.rest) == 0 {
		return 0
	}
	b := c.rest[0]
	c.rest = c.rest[1:]
	return int(b) % n
}

// tree writes a valid page, in the way that a template would: with indentation,
// comments, references, and whatever a clerk may have typed.
type tree struct {
	chooser
	strings.Builder
	words  []string // what texts are made of
	depth  int
	inForm bool // a form cannot stand in a form
}

var words = []string{
	"懒政怠政", "凸显", "a", "b", "整改", "4.89万元", "“引号”", "‘单’", "《条例》", "𠮷", "1.10",
	"&lt;b&gt;", "&amp;", "&amp;lt;", "&amp;amp;", "&nbsp;", "&#160;", "&#34;", "&quot;", "&mdash;", "&copy;", "&#x20BB7;",
	"\u3000", "\u00a0", "\u2003", "\u200b", "022-65309718", "a&amp;b", "x &lt; y", "'", "\"", "!", ",", "。", "…", "①",
}

var blanks = []string{"", "", " ", "  ", "\n", "\n\t ", " \n", "\t", "\r\n  "}

func (t *tree) one(list ...string) string { return list[t.pick(len(list))] }

func (t *tree) blank() { t.WriteString(t.one(blanks...)) }

func (t *tree) comment() {
	if t.pick(12) == 0 {
		t.WriteString(t.one("<!-- c -->", "<!---->", "<!-- <b> -->"))
	}
}

func (t *tree) text() {
	for range t.pick(4) {
		t.blank()
		t.WriteString(t.one(t.words...))
		t.comment()
	}
	t.blank()
}

// el writes an element; what is inside is up to inner.
func (t *tree) el(name string, inner func()) {
	t.WriteString("<" + name)
	t.attributes()
	t.WriteString(">")
	t.depth++
	if inner != nil && t.depth < 7 {
		inner()
	}
	t.depth--
	t.WriteString("</" + name + ">")
}

func (t *tree) attributes() {
	if t.pick(3) != 0 {
		return
	}
	for _, name := range []string{"class", "title", "lang", "data-x", "id", "hidden", "aria-label", "dir"} {
		if t.pick(5) == 0 {
			t.attribute(name)
		}
	}
}

func (t *tree) attribute(name string) {
	switch name {
	case "hidden":
		t.WriteString(" " + t.one("hidden", `hidden=""`))
	case "class":
		t.WriteString(t.one(` class="a"`, ` class=" a  b "`, ` class=""`, " class='c-1\n\tc-2'"))
	case "lang":
		t.WriteString(t.one(` lang="zh-CN"`, ` lang="en"`, ` lang=""`))
	case "dir":
		t.WriteString(t.one(` dir="ltr"`, ` dir="auto"`))
	case "id":
		t.WriteString(` id="` + t.one("i482913", "x", "一是") + `"`)
	case "data-x":
		t.WriteString(t.one(` data-x='{"a": "b  c", "n": 1.10}'`, ` data-x="{&#34;a&#34;:1}"`, ` data-x=""`, ` data-x`, ` data-x=" 1 "`))
	default:
		t.quoted(name)
	}
}

// quoted writes an attribute that holds a text.
func (t *tree) quoted(name string) {
	value := html.UnescapeString(t.one(t.words...) + t.one(" ", "  ", "\n", "") + t.one(t.words...))
	if t.pick(4) == 0 {
		value = ""
	}
	t.WriteString(" " + name + `="` + html.EscapeString(value) + `"`)
}

// phrasing writes what may stand in a paragraph.
func (t *tree) phrasing() {
	for range t.pick(5) {
		t.comment()
		switch t.pick(20) {
		case 0, 1, 2, 3, 4:
			t.text()
		case 5, 6, 7:
			t.el(t.one("b", "i", "span", "em", "strong", "small", "mark", "q", "code", "sub", "abbr", "bdi", "kbd", "u", "cite"), t.phrasing)
		case 8:
			t.WriteString(t.one("<br>", "<br/>", "<wbr>", " <br> "))
		case 9:
			t.WriteString(`<a href="` + t.one("tel:022-65309718", "../issues/482913.html", "search.html#q=a&amp;b", "mailto:a@b.cn",
				"http://example.cn/?a=1&amp;copy=2", "data:text/plain,a+b%20c", "#x") + `">`)
			t.el("span", t.text)
			t.WriteString("</a>")
		case 10:
			t.WriteString("<img")
			t.quoted("alt")
			t.WriteString(t.one(` src="a.png">`, ` src="data:image/png;base64,iVBORw0KGgo=" width="10">`))
		case 11:
			t.WriteString(`<button type="` + t.one("submit", "button") + `">`)
			t.el("span", t.text)
			t.WriteString("</button>")
		case 12:
			t.input()
		case 13:
			t.WriteString(`<meter min="0" max="1" value="` + t.one("0.50", "0", "1.0") + `">`)
			t.text()
			t.WriteString("</meter>")
		case 14:
			t.WriteString(`<time datetime="` + t.one("2024-01-02", "2025-02-01T08:00:00+08:00") + `">`)
			t.text()
			t.WriteString("</time>")
		case 15:
			t.choice()
		case 16:
			t.WriteString("<textarea>" + t.one("", "\n", "\n\n a  b\n", " x&lt;y  ") + "</textarea>")
		case 17:
			t.el("label", t.phrasing)
		case 18:
			t.WriteString(t.one(`<svg viewBox="0 0 10 10"><title>a  "b"</title><text x="1.0">a <tspan>b</tspan> c</text></svg>`,
				`<svg><path d="M0 0 L 1 1"/></svg>`, "<noscript>n  n</noscript>", "<script src=\"a.js\"></script>", "<template> t  t </template>"))
		case 19:
			t.el("ruby", func() { t.text(); t.el("rt", t.text) })
		}
		t.blank()
	}
}

func (t *tree) input() {
	t.WriteString("<input" + t.one(` type="text"`, ` type="search"`, ` type="checkbox"`, ` type="radio"`, ` type="submit"`, ` type="hidden"`, "") +
		t.one(` value=""`, ` value="a  b"`, ` value="on"`, "") + t.one("", " checked", ` required=""`) +
		t.one("", ` pattern="[a-z]  +"`, ` name="q"`, ` placeholder=" 搜 "`) + ">")
}

func (t *tree) choice() {
	t.WriteString("<select>")
	for range t.pick(3) {
		t.blank()
		t.WriteString("<option" + t.one("", " selected", ` value=""`, ` value="1.0"`) + ">")
		t.text()
		t.WriteString("</option>")
	}
	t.blank()
	t.WriteString("</select>")
}

// flow writes what may stand in a section.
func (t *tree) flow() {
	for range t.pick(5) {
		t.blank()
		t.comment()
		switch t.pick(13) {
		case 0, 1, 2:
			t.el("p", t.phrasing)
		case 3:
			t.el(t.one("div", "section", "article", "nav", "aside", "blockquote", "main", "figure"), t.flow)
		case 4:
			t.el(t.one("h1", "h2", "h6"), t.phrasing)
		case 5:
			t.el(t.one("ul", "ol"), func() { t.several("li", t.flow) })
		case 6:
			t.el("dl", func() { t.several("dt", t.phrasing); t.several("dd", t.flow) })
		case 7:
			t.table()
		case 8:
			t.WriteString("<details" + t.one("", " open", ` open=""`) + ">")
			t.el("summary", t.phrasing)
			t.flow()
			t.WriteString("</details>")
		case 9:
			t.el("pre", t.preformatted)
		case 10:
			t.phrasing()
		case 11:
			t.WriteString("<hr>")
		case 12:
			t.form()
		}
	}
	t.blank()
}

func (t *tree) form() {
	if t.inForm {
		return
	}
	t.inForm = true
	t.el("form", func() { t.el("fieldset", func() { t.el("legend", t.phrasing); t.flow() }) })
	t.inForm = false
}

func (t *tree) several(name string, inner func()) {
	for range t.pick(4) {
		t.blank()
		t.el(name, inner)
	}
	t.blank()
}

func (t *tree) preformatted() {
	t.WriteString(t.one("", "\n", "\n\n"))
	for range t.pick(3) {
		t.text()
		t.el("b", t.text)
	}
}

func (t *tree) table() {
	t.el("table", func() {
		t.blank()
		t.WriteString(t.one("", "<caption>表  一</caption>"))
		t.WriteString(t.one("", "<colgroup><col><col></colgroup>", `<colgroup span="2" class="n"></colgroup> <colgroup><col></colgroup>`))
		t.blank()
		t.el("thead", func() { t.several("tr", func() { t.several("th", t.phrasing) }) })
		t.blank()
		t.el("tbody", func() { t.several("tr", func() { t.several("td", t.flow) }) })
		t.blank()
	})
}

// page writes a whole page around a random body.
func (t *tree) page() string {
	t.WriteString(t.one("<!DOCTYPE html>", "<!doctype html>", "\n<!DOCTYPE html>") + "\n<html lang=\"zh-CN\">\n<head>\n  <meta charset=\"utf-8\">\n")
	t.WriteString(t.one("", `<meta name="viewport" content="width=device-width, initial-scale=1.0">`, `<meta name="keywords" content="整改, 公开,a">`))
	t.WriteString(t.one("", "\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'\">\n"))
	t.WriteString("<title>")
	t.text()
	t.WriteString("</title>")
	t.blank()
	t.WriteString(t.one("", `<link rel="stylesheet" href="a.css">`, `<script src="a.js" defer></script>`))
	t.WriteString(t.one("", "<script type=\"application/ld+json\">\n{ \"id\": 482913, \"n\": 1.10, \"t\": \"a  b &amp; &lt;\" }</script>"))
	t.WriteString("\n</head>\n<body>")
	t.flow()
	t.WriteString("</body>" + t.one("", "\n") + "</html>" + t.one("", "\n"))
	return t.String()
}
