package importer

import (
	"strings"

	"rectify/site/model"
	"rectify/site/problem"
)

// issues gives the issues that the text has, before this table.
func (p *parser) issues() []*draftIssue {
	var out []*draftIssue
	var walk func(list []*draftSection)
	walk = func(list []*draftSection) {
		for _, d := range list {
			for _, i := range d.issues {
				if !i.fromTable {
					out = append(out, i)
				}
			}
			walk(d.kids)
		}
	}
	walk(p.outline)
	return out
}

// match finds the issue of the text that a row speaks of, by its title.
func (l *ledger) match(title string) *draftIssue {
	want := bareTitle(title)
	if want == "" {
		return nil
	}
	var near *draftIssue
	for _, d := range l.issues() {
		have := bareTitle(d.issue.Title)
		if have == want {
			return d
		}
		if near == nil && length(have) >= 6 && (strings.Contains(want, have) || strings.Contains(have, want) && length(want) >= 6) {
			near = d
		}
	}
	return near
}

// bareTitle is a title in the form for comparing, without label, lead and
// quotation marks.
func bareTitle(text string) string {
	text = strings.TrimSpace(text)
	if m, ok := parseMark(text); ok {
		text = text[m.size:]
	}
	t := parseTitle(text)
	return strings.NewReplacer("\"", "", "'", "").Replace(fold(text[t.from:t.to]))
}

// NoteLike leaves a remark where most issues of the paper are in a report of the
// portal already, by their titles: a later paper of one inspection, for Update.
// Another unit's report, or that of another round, may well find the same.
func (r *Result) NoteLike(have *model.Report) {
	now := r.Report
	if now.Unit != have.Unit || now.Inspection.Round != have.Inspection.Round && now.Inspection.Round != "" && have.Inspection.Round != "" {
		return
	}
	titles := map[string]bool{}
	for _, issue := range have.Issues {
		titles[fold(issue.Title)] = true
	}
	same := 0
	for _, issue := range now.Issues {
		if titles[fold(issue.Title)] {
			same++
		}
	}
	if same*2 > len(now.Issues) {
		r.Notes = append(r.Notes, problem.New(problem.LikeReport, problem.Place{File: r.Document.Name}, string(have.ID), count(same)))
	}
}
