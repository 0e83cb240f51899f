package importer

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

var (
	styleRemark = regexp.MustCompile(`(?s)/\*.*?\*/`)
	// one name and nothing else: .draft or #draft
	plainSelector = regexp.MustCompile(`^[.#][A-Za-z_-][\w-]*$`)
	selectorName  = regexp.MustCompile(`[.#][A-Za-z_-][\w-]*`)
	displaySet    = regexp.MustCompile(`(?i)(?:^|;)\s*(?:display|visibility)\s*:`)
)

// hiddenNames gives the classes and ids (.draft, #draft) that the style sheets in
// a page hide. One that another rule shows, or that only a @media rule hides, is
// not hidden: what is in doubt stays in the text.
func hiddenNames(root *html.Node) map[string]bool {
	hidden, shown := map[string]bool{}, map[string]bool{}
	for n := range root.Descendants() {
		if n.DataAtom != atom.Style {
			continue
		}
		sheet := styleRemark.ReplaceAllString(textOf(n), " ")
		for sheet != "" {
			selectors, rest, ok := strings.Cut(sheet, "{")
			if !ok {
				break
			}
			body, after, depth := rest, "", 1
			for i, r := range rest {
				if r == '{' {
					depth++
				} else if r == '}' {
					depth--
				}
				if depth == 0 {
					body, after = rest[:i], rest[i+1:]
					break
				}
			}
			sheet = after
			hides := hiddenStyle.MatchString(body) && !strings.ContainsAny(selectors, "@{") && !strings.Contains(body, "{")
			for _, s := range strings.Split(selectors, ",") {
				s = strings.TrimSpace(s)
				switch {
				case hides && plainSelector.MatchString(s):
					hidden[s] = true
				case displaySet.MatchString(body) && !hides, strings.Contains(body, "{"):
					for _, name := range selectorName.FindAllString(s+" "+body, -1) {
						shown[name] = true
					}
				}
			}
		}
	}
	for name := range shown {
		delete(hidden, name)
	}
	return hidden
}

// styledAway tells an element that a style sheet of the page hides, unless its
// own style shows it.
func (h *htmlReader) styledAway(n *html.Node) bool {
	if len(h.hidden) == 0 || displaySet.MatchString(htmlAttr(n, "style")) {
		return false
	}
	if h.hidden["#"+htmlAttr(n, "id")] {
		return true
	}
	for _, name := range strings.Fields(htmlAttr(n, "class")) {
		if h.hidden["."+name] {
			return true
		}
	}
	return false
}
