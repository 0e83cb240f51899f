package check

import (
	"strings"

	"rectify/site/model"
	"rectify/site/problem"
)

// labelGaps looks for labels that would give internal items away: with (2)
// internal, a reader who sees (1) and (3) knows that something is withheld.
func labelGaps(s *subject) problem.List {
	var found problem.List
	for _, report := range s.whole.Reports {
		g := gaps{issues: map[model.IssueID]*model.Issue{}}
		for _, issue := range report.Issues {
			g.issues[issue.ID] = issue
		}
		g.walk(report.Outline)
		found = append(found, g.found...)
	}
	return found
}

type gaps struct {
	issues map[model.IssueID]*model.Issue
	found  problem.List
}

// sibling is an issue or a section among those that stand under one heading.
type sibling struct {
	label string
	place problem.Place
	shown bool
}

// walk tells whether any of the sections is shown, or would be if it were not
// empty.
func (g *gaps) walk(sections []model.Section) (anyShown bool) {
	siblings := make([]sibling, 0, len(sections))
	for i := range sections {
		section := &sections[i]
		shown := len(section.Sections)+len(section.Issues) == 0
		shown = g.walk(section.Sections) || shown
		var own []sibling
		for _, id := range section.Issues {
			if issue := g.issues[id]; issue != nil {
				own = append(own, sibling{issue.Label, issue.At("label"), issue.Visibility != model.Internal})
				shown = shown || issue.Visibility != model.Internal
			}
		}
		g.look(own)
		siblings = append(siblings, sibling{section.Label, section.At("label"), shown})
		anyShown = anyShown || shown
	}
	g.look(siblings)
	return anyShown
}

// look goes through the items under one heading in their order. A gap that no
// internal item fills is the source's own.
func (g *gaps) look(items []sibling) {
	before, last := label{}, ""
	var hidden []string
	for _, item := range items {
		if !item.shown {
			hidden = append(hidden, quoted(item.label))
			continue
		}
		now := parseLabel(item.label)
		expected := 1
		if before.n > 0 {
			expected = before.n + 1
		}
		if len(hidden) > 0 && now.n > expected && (before.n == 0 || before.form == now.form) {
			previous := problem.Both("它是第一项", "it is the first item")
			if last != "" {
				previous = problem.Both("前一项是"+quoted(last), "the item before it is "+quoted(last))
			}
			g.found = append(g.found, problem.New(problem.LabelGap, item.place,
				item.label, previous, strings.Join(hidden, "")))
		}
		before, last, hidden = now, item.label, nil
	}
}
