package importer

import (
	"regexp"
	"strconv"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// countedItem is the last item of a list that was counted, and its number.
type countedItem struct {
	li *html.Node
	n  int
}

// listLabel is what a browser shows before an item of a numbered list, which
// the page does not store. Sites that take the numbers away show none.
func (h *htmlReader) listLabel(li *html.Node) string {
	list := li.Parent
	if list == nil || list.DataAtom != atom.Ol || noMarker.MatchString(htmlAttr(list, "style")) || noMarker.MatchString(htmlAttr(li, "style")) {
		return ""
	}
	n := 1
	if start, err := strconv.Atoi(htmlAttr(list, "start")); err == nil {
		n = start
	}
	s := list.FirstChild
	if at, ok := h.counted[list]; ok { // items come in order: count on
		n, s = at.n+1, at.li.NextSibling
	}
	for ; s != nil; s = s.NextSibling {
		if s.DataAtom != atom.Li {
			continue
		}
		if value, err := strconv.Atoi(htmlAttr(s, "value")); err == nil {
			n = value
		}
		if s == li {
			break
		}
		n++
	}
	if h.counted == nil {
		h.counted = map[*html.Node]countedItem{}
	}
	h.counted[list] = countedItem{li, n}
	format := map[string]string{"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}[htmlAttr(list, "type")]
	return numeral(n, format) + "."
}

// listDepth counts the numbered lists that a text lies in.
func listDepth(n *html.Node) int {
	depth := 0
	for ; n != nil; n = n.Parent {
		if n.DataAtom == atom.Ol {
			depth++
		}
	}
	return depth
}

var noMarker = regexp.MustCompile(`(?i)list-style(-type)?\s*:[^;]*none`)
