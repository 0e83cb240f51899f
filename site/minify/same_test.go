package minify

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func parsePage(t testing.TB, page string) *html.Node {
	t.Helper()
	// Without scripting, because then the content of noscript is a tree.
	doc, err := html.ParseWithOptions(strings.NewReader(page), html.ParseOptionEnableScripting(false))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// outline writes all that a page is made of, one node a line, except for what
// minifying may change: comments, the length of a run of white space (but not
// whether there is a line break in it), and attributes that say nothing.
func outline(doc *html.Node) string {
	var o outliner
	o.node(doc, 0, false)
	return o.String()
}

type outliner struct{ strings.Builder }

func (o *outliner) line(depth int, format string, args ...any) {
	o.WriteString(strings.Repeat("  ", depth))
	fmt.Fprintf(o, format+"\n", args...)
}

func (o *outliner) node(n *html.Node, depth int, raw bool) {
	switch n.Type {
	case html.DoctypeNode:
		o.line(depth, "doctype %s", strings.ToLower(n.Data))
	case html.ElementNode:
		o.line(depth, "<%s>", n.Data)
		for _, a := range meaningful(n) {
			o.line(depth+2, "%s=%q", a.Key, a.Val)
		}
		raw = raw || slices.Contains([]string{"pre", "textarea", "script", "style", "svg", "iframe"}, n.Data)
	}
	o.children(n, depth+1, raw)
}

// children writes text that only comments divide as one text.
func (o *outliner) children(n *html.Node, depth int, raw bool) {
	text := ""
	flush := func() {
		shown := text
		switch {
		case n.Data == "script":
			shown = sameJSON(text)
		case !raw:
			shown = collapse(text)
		}
		if shown != "" && !(strings.TrimSpace(shown) == "" && listsOptions(n)) {
			o.line(depth, "%q", shown)
		}
		text = ""
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			if !raw && strings.TrimRight(text, whiteSpace) != text {
				// White space on both sides of a comment: the first counts.
				text += strings.TrimLeft(c.Data, whiteSpace)
			} else {
				text += c.Data
			}
		case html.CommentNode:
		default:
			flush()
			o.node(c, depth, raw)
		}
	}
	if n.Data == "body" {
		// Nothing follows that white space could keep apart.
		text = strings.TrimRight(text, whiteSpace)
	}
	flush()
}

// listsOptions: a browser does not show text between options.
func listsOptions(n *html.Node) bool {
	return n.Data == "select" || n.Data == "optgroup" || n.Data == "datalist"
}

// sameJSON gives JSON a form of its own, with every number as it is written.
func sameJSON(text string) string {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return text
	}
	out, _ := json.Marshal(v)
	return string(out)
}

// whiteSpace is that of HTML. U+3000 and U+00A0 do not belong to it.
const whiteSpace = " \t\n\r\f"

// collapse shortens runs of white space to a line break, if there is one in
// it, or a space. A browser may drop a line break between two Chinese
// characters, but never a space.
func collapse(text string) string {
	var b strings.Builder
	for text != "" {
		i := strings.IndexAny(text, whiteSpace)
		if i < 0 {
			b.WriteString(text)
			break
		}
		b.WriteString(text[:i])
		run := text[i : len(text)-len(strings.TrimLeft(text[i:], whiteSpace))]
		if strings.ContainsAny(run, "\n\r") {
			b.WriteByte('\n')
		} else {
			b.WriteByte(' ')
		}
		text = text[i+len(run):]
	}
	return b.String()
}

// meaningful returns the attributes of an element in the order of their names.
// The values of boolean attributes and the spaces in lists mean nothing, nor
// do values that are the default.
func meaningful(n *html.Node) []html.Attribute {
	var out []html.Attribute
	for _, a := range n.Attr {
		switch a.Key {
		case "class":
			a.Val = strings.Join(strings.Fields(a.Val), " ")
			if a.Val == "" {
				continue
			}
		case "id", "name", "dir":
			if a.Val == "" {
				continue
			}
		case "open", "checked", "selected", "required", "defer":
			a.Val = ""
		case "value":
			if a.Val == "on" && slices.Contains(n.Attr, html.Attribute{Key: "type", Val: "radio"}) {
				continue // what it would be without
			}
		}
		out = append(out, a)
	}
	slices.SortStableFunc(out, func(a, b html.Attribute) int { return strings.Compare(a.Key, b.Key) })
	return out
}
