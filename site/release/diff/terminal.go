package diff

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"rectify/site/problem"
)

// Print writes changes for a terminal. With colour what went is red and what
// came green; without it stands in [-…-] and {+…+}.
func (c *Changes) Print(w io.Writer, lang problem.Lang, colour bool) error {
	p := printer{lang: lang, colour: colour}
	p.line("%s", c.Summary(lang))
	if c.Before != nil {
		p.totals(*c.Before, c.After)
	}
	if len(c.Portal) > 0 {
		p.line("\n%s", pair{"网站", "the portal"}[lang])
		p.changes(c.Portal)
	}
	for _, r := range c.Reports {
		p.line("\n%s %s %s", r.Kind.Word(lang), r.ID, r.Title)
		p.changes(r.Changes)
	}
	for _, item := range c.Items {
		p.line("\n%s %s %s", item.Kind.Word(lang), item.ID, item.Title)
		p.changes(item.Changes)
	}
	for _, lost := range c.Vanished {
		p.line("\n%s", fmt.Sprintf(pair{"不见了 %s(没有写 withdrawn)", "vanished %s (without withdrawn)"}[lang], lost.ID))
	}
	for _, lost := range c.Back {
		p.line("\n%s", fmt.Sprintf(pair{"又出现了 %s(曾撤回)", "back %s (it had been withdrawn)"}[lang], lost.ID))
	}
	_, err := io.WriteString(w, p.out.String())
	return err
}

type printer struct {
	out    strings.Builder
	lang   problem.Lang
	colour bool
}

func (p *printer) line(format string, args ...any) {
	p.out.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " ") + "\n")
}

// totals shows those that differ.
func (p *printer) totals(was, now Totals) {
	for _, t := range Differing(was, now, p.lang) {
		p.line("  %s %d → %d", t.Label, t.Was, t.Now)
	}
}

func (p *printer) changes(list []Change) {
	for _, c := range list {
		w := c.In(p.lang)
		text := p.runs(w.Runs)
		if w.Note != "" {
			text = strings.TrimSpace(text + " " + pair{"〔", "("}[p.lang] + w.Note + pair{"〕", ")"}[p.lang])
		}
		p.line("  %s%s%s", w.Label, pair{":", ": "}[p.lang], text)
	}
}

func (p *printer) runs(runs []Run) string {
	var out strings.Builder
	for _, r := range runs {
		text := visible(r.Text)
		switch {
		case r.Op == Skip:
			fmt.Fprintf(&out, pair{"……(%d 字)……", "… (%d characters) …"}[p.lang], r.N)
		case r.Op == Removed && p.colour:
			out.WriteString("\x1b[31m" + text + "\x1b[0m")
		case r.Op == Added && p.colour:
			out.WriteString("\x1b[32m" + text + "\x1b[0m")
		case r.Op == Removed:
			out.WriteString("[-" + text + "-]")
		case r.Op == Added:
			out.WriteString("{+" + text + "+}")
		default:
			out.WriteString(text)
		}
	}
	return out.String()
}

// visible keeps texts of the data from steering the terminal.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return '⏎'
		case r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0:
			return '�'
		}
		return r
	}, text)
}

// Total is a total before and after.
type Total struct {
	Label    string
	Was, Now int
}

// Differing lists the totals that are not what they were, issues first, then
// statuses.
func Differing(was, now Totals, lang problem.Lang) []Total {
	all := []Total{
		{pair{"通报", "reports"}[lang], was.Reports, now.Reports},
		{pair{"问题", "issues"}[lang], was.Issues, now.Issues},
		{pair{"撤回", "withdrawn"}[lang], was.Withdrawn, now.Withdrawn},
		{pair{"措施", "measures"}[lang], was.Measures, now.Measures},
		{pair{"承诺", "promises"}[lang], was.FollowUps, now.FollowUps},
	}
	codes := map[string]bool{}
	for _, t := range []Totals{was, now} {
		for code := range t.Status {
			codes[code] = true
		}
	}
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		all = append(all, Total{statusWord(code, "", lang), was.Status[code], now.Status[code]})
	}
	return slices.DeleteFunc(all, func(t Total) bool { return t.Was == t.Now })
}
