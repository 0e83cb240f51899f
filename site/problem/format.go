package problem

import "strings"

// Format gives a problem as people read it: place, severity, code, text, the
// line with its mark, and the hint. It ends without a line feed.
func (p Problem) Format(lang Lang) string {
	var b strings.Builder
	if place := p.Place.String(); place != "" {
		b.WriteString(string(visible(place)) + " ")
	}
	b.WriteString(p.Severity.Word(lang) + " " + string(p.Code) + " " + p.Text(lang))
	if p.Frame != nil {
		b.WriteString("\n    " + p.Frame.Text + "\n    " + p.Frame.Mark)
	}
	if hint := p.Hint(lang); hint != "" {
		b.WriteString("\n    → " + hint)
	}
	return b.String()
}
