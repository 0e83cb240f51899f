package importer

import (
	"slices"
	"strings"

	"rectify/site/model"
	"rectify/site/problem"
)

// What makes a reading doubtful is said to the clerk: totals that do not agree,
// entries in a narrative, headings that were read otherwise than those beside
// them.

// noteTotals remarks where the text states another number than was found, and
// where a status has no day.
func (p *parser) noteTotals() {
	totals := p.report.Totals()
	found := map[model.Counted][]int{
		model.CountSections: totals.Sections, model.CountIssues: {totals.Issues}, model.CountMeasures: {totals.Measures},
	}
	agreed := map[model.Counted]bool{}
	for _, d := range p.report.Declared {
		agreed[d.Of] = agreed[d.Of] || slices.Contains(found[d.Of], d.N)
	}
	for _, d := range p.report.Declared {
		if d.Of != "" && !agreed[d.Of] {
			numbers := make([]string, len(found[d.Of]))
			for i, n := range found[d.Of] {
				numbers[i] = count(n)
			}
			if other := otherLevel(d, found); other != "" {
				p.note(problem.LevelsMixed, -1, d.Label, count(d.N), other, strings.Join(numbers, " + "))
				continue
			}
			p.note(problem.TotalsDiffer, -1, d.Label, count(d.N), strings.Join(numbers, " + "))
		}
	}
	stated := 0
	for _, issue := range p.report.Issues {
		if issue.Status.Code != model.NotStated && issue.Status.AsOf == "" {
			stated++
		}
	}
	if stated > 0 && p.report.AsOf == "" {
		p.note(problem.NoDayOfStatus, -1, count(stated))
	}
}

// fewest is the least total whose agreement with another level is no chance.
const fewest = 3

// otherLevel names the level that has as many members as the text states of
// another one.
func otherLevel(d model.Declared, found map[model.Counted][]int) string {
	if d.N < fewest || d.Of == model.CountSections {
		return ""
	}
	for _, level := range []struct {
		of   model.Counted
		name string
	}{
		{model.CountIssues, problem.Both("问题", "issues")},
		{model.CountSections, problem.Both("同一级的标题", "headings of one level")},
		{model.CountMeasures, problem.Both("措施", "measures")},
	} {
		if level.of != d.Of && slices.Contains(found[level.of], d.N) {
			return level.name
		}
	}
	return ""
}

// noteKeys remarks where a narrative part has entries as issues have them.
func (p *parser) noteKeys() {
	var walk func(list []*draftPart)
	walk = func(list []*draftPart) {
		for _, d := range list {
			n, first := 0, ""
			for line := range strings.Lines(d.part.Text) {
				for _, word := range entriesIn(line) {
					if n++; first == "" {
						first = word
					}
				}
			}
			if n >= 2 && len(d.part.Source.Paragraphs) > 0 {
				p.note(problem.KeysUnread, d.part.Source.Paragraphs[0]-1, count(n), first+"：")
			}
			walk(d.kids)
		}
	}
	walk(p.parts)
}

// entriesIn gives the words of a line that only the entries of issues have.
func entriesIn(line string) (words []string) {
	if !strings.ContainsAny(line, ":：") {
		return nil
	}
	for _, m := range innerKey.FindAllStringSubmatchIndex(line, -1) {
		switch kind := innerKeyOf(line[m[2]:m[3]]); {
		case kind >= keyLead && kind <= keyStatus, kind == keyMeasures, kind == keyBoth, kind == keyProgress:
			words = append(words, line[m[2]:m[3]])
		}
	}
	return words
}

// noteSiblings remarks the headings at the top that were left out behind one of
// their list that holds issues.
func (p *parser) noteSiblings(root *node, bearing []*node) {
	first, holds := map[class]*node{}, map[*node]bool{}
	for _, n := range bearing {
		holds[n] = true
	}
	inside := between(root, holds)
	for _, n := range root.kids {
		faults := 0
		for _, k := range n.kids {
			if isPlainFault(k.name()) {
				faults++
			}
		}
		switch {
		case holds[n]:
			if first[n.class] == nil {
				first[n.class] = n
			}
		case first[n.class] != nil && !n.narrates() && (faults > 0 || inside[n]):
			p.note(problem.SiblingLeftOut, n.par, short(strings.TrimSpace(p.str(n.heading()))), short(strings.TrimSpace(p.str(first[n.class].heading()))))
		}
	}
}
