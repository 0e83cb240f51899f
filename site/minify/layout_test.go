package minify

import (
	"strings"

	"golang.org/x/net/html"
)

// layout writes the text of a page as a browser without a style sheet shows
// it: lines and paragraphs, white space collapsed and removed at the ends of
// lines, preformatted text as it is. Things that stand in a line as a whole,
// such as buttons and pictures, are written in brackets.
//
// It is a second opinion on outline: written from the rules of CSS, not from
// what a minifier is expected to do.
func layout(doc *html.Node) string {
	var l layouter
	l.walk(doc, false)
	l.breakLine()
	return l.out.String()
}

type layouter struct {
	out   strings.Builder
	line  strings.Builder
	space bool // collapsible white space is pending
}

// flowOf says how an element takes part in a line, when no style sheet says otherwise.
var flowOf = map[string]string{}

func init() {
	for flow, names := range map[string]string{
		"block": "html body div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd section article nav header footer main aside " +
			"details summary figure figcaption form fieldset legend table caption colgroup col thead tbody tfoot tr td th pre hr address blockquote",
		"none":   "head script style template title meta link datalist rp",
		"atomic": "button select input textarea meter progress img svg video",
		"option": "option",
	} {
		for _, name := range strings.Fields(names) {
			flowOf[name] = flow
		}
	}
}

func (l *layouter) walk(n *html.Node, pre bool) {
	if n.Type == html.TextNode {
		l.text(n.Data, pre)
		return
	}
	if n.Type != html.ElementNode {
		l.children(n, pre)
		return
	}
	pre = pre || n.Data == "pre" || n.Data == "textarea"
	switch flowOf[n.Data] {
	case "none":
	case "block", "option":
		l.breakLine()
		l.children(n, pre)
		l.breakLine()
	case "atomic":
		var inner layouter
		inner.children(n, pre)
		inner.breakLine()
		l.glyph("[" + n.Data + label(n) + " " + strings.TrimSuffix(inner.out.String(), "\n") + "]")
	default:
		if n.Data == "br" {
			l.line.WriteString("↵")
			l.breakLine()
			return
		}
		l.children(n, pre)
	}
}

// label is what a browser shows of an element without content.
func label(n *html.Node) string {
	for _, a := range meaningful(n) {
		if a.Key == "alt" || a.Key == "value" || a.Key == "placeholder" {
			return " " + a.Key + "=" + a.Val
		}
	}
	return ""
}

func (l *layouter) children(n *html.Node, pre bool) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		l.walk(c, pre)
	}
}

func (l *layouter) text(s string, pre bool) {
	for _, r := range s {
		switch {
		case pre && r == '\n':
			l.line.WriteString("↵")
			l.breakLine()
		case !pre && strings.ContainsRune(whiteSpace, r):
			l.space = true
		default:
			l.glyph(string(r))
		}
	}
}

func (l *layouter) glyph(s string) {
	if l.space && l.line.Len() > 0 {
		l.line.WriteByte(' ')
	}
	l.space = false
	l.line.WriteString(s)
}

func (l *layouter) breakLine() {
	if l.line.Len() > 0 {
		l.out.WriteString(l.line.String() + "\n")
	}
	l.line.Reset()
	l.space = false
}
