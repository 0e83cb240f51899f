package page

import (
	"strings"

	"rectify/site/model"
)

func (v *view) issuePage(i int) Page {
	issue := v.report.Issues[i]
	path := issuePath(issue.ID)
	section, ok := v.index[issue.Section]
	if !ok {
		section = -1
	}
	trail := v.trail(section)
	p := Issue{
		Frame: v.frame(path, about{
			layout: LayoutIssue, title: issue.Title, description: issue.Heading() + summary(issue),
			meta: article, column: v.words.issues, crumbs: trail, report: v.report,
		}),
		Issue:  v.issueBody(path, issue),
		Report: Link{v.report.Title, relative(path, reportPath(v.report.ID))}, TextHref: relative(path, textPath(v.report.ID)),
	}
	for _, above := range trail[2:] {
		p.Sections = append(p.Sections, Link{above.Text, relative(path, above.Href)})
	}
	if i > 0 {
		p.Previous = issueLink(path, v.report.Issues[i-1])
	}
	if i+1 < len(v.report.Issues) {
		p.Next = issueLink(path, v.report.Issues[i+1])
	}
	return Page{path, LayoutIssue, p}
}

func issueLink(path string, issue *model.Issue) *Link {
	return &Link{issue.Label + issue.Title, relative(path, issuePath(issue.ID))}
}

// summary is what describes an issue best in one line.
func summary(issue *model.Issue) string {
	if issue.Finding != "" || len(issue.Measures) == 0 {
		return issue.Finding
	}
	return issue.Measures[0].Title + issue.Measures[0].Text
}

func (v *view) issueBody(path string, issue *model.Issue) IssueBody {
	body := IssueBody{
		ID: issue.ID.String(), Label: issue.Label, Lead: issue.Lead, Title: issue.Title, Heading: issue.Heading(),
		Finding: paragraphs(issue.Finding), Goal: paragraphs(issue.Goal), Result: paragraphs(issue.Result),
		Status: v.status(issue.Status),
		Leader: issue.Owners.Leader, LeadUnits: issue.Owners.LeadUnits, CoUnits: issue.Owners.CoUnits, Supervisor: issue.Owners.Supervisor,
	}
	for n, m := range issue.Measures {
		first, rest, _ := strings.Cut(strings.TrimSuffix(m.Text, "\n"), "\n")
		body.Measures = append(body.Measures, Measure{number(n + 1), m.Label, m.Title, first, paragraphs(rest)})
	}
	if d := issue.Deadline; d != nil {
		body.Deadline = &Deadline{string(d.Date), string(d.Kind), d.Printed, v.passed(d.Date), string(v.clock)}
	}
	for _, e := range issue.Evidence {
		body.Evidence = append(body.Evidence, Evidence{e.Title, relative(path, evidencePath(v.report.ID, e.File)), e.Kind, string(e.Date)})
	}
	for _, f := range issue.FollowUps {
		body.FollowUps = append(body.FollowUps, v.followUp(f))
	}
	if p := issue.Publicity; p != nil {
		body.Publicity = &Publicity{string(p.Start), string(p.End)}
	}
	if w := issue.Withdrawn; w != nil {
		body.Withdrawn = &Withdrawn{string(w.On), w.Why}
	}
	for _, c := range issue.Corrections {
		body.Corrections = append(body.Corrections, Change{On: string(c.On), What: c.What, From: c.From, To: c.To})
	}
	for _, c := range issue.History {
		body.History = append(body.History, Change{string(c.On), c.What, c.From, c.To, c.Basis})
	}
	for _, n := range issue.Source.Paragraphs {
		body.Quotes = append(body.Quotes, v.paragraph(n))
	}
	return body
}
