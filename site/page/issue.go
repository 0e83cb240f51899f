package page

import (
	"slices"
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
	if issue.Withdrawn != nil {
		return v.withdrawnPage(path, issue, trail)
	}
	p := Issue{
		Frame: v.frame(path, about{
			layout: LayoutIssue, title: issue.Title, description: issue.Heading() + summary(issue),
			meta: article, column: v.words.issues, crumbs: trail, report: v.report, asOf: dayOf(v.report, issue),
		}),
		Issue:  v.issueBody(path, issue),
		Report: Link{v.report.Title, relative(path, reportPath(v.report.ID))}, TextHref: relative(path, textPath(v.report.ID)),
	}
	for _, above := range trail[2:] {
		p.Sections = append(p.Sections, Link{above.Text, relative(path, above.Href)})
	}
	if i > 0 {
		p.Previous = v.issueLink(path, v.report.Issues[i-1])
	}
	if i+1 < len(v.report.Issues) {
		p.Next = v.issueLink(path, v.report.Issues[i+1])
	}
	p.Releases = v.issueReleases(path, issue.ID)
	p.Documents, p.Related, p.Alike = v.documentLinks(path, issue), v.related(path, issue), v.alike(path, issue)
	return Page{Path: path, Layout: LayoutIssue, Data: p, Issue: issue.ID}
}

// alike leads to the lists of issues that have something in common with this
// one: those that hold more than it, fewer than all, and not the same issues as
// its report's.
func (v *view) alike(path string, issue *model.Issue) []Link {
	units := slices.Concat(issue.Owners.LeadUnits, issue.Owners.CoUnits)
	links := v.valueLink(path, byStatus, string(issue.Status.Code), 1)
	for i, unit := range units {
		if !slices.Contains(units[:i], unit) {
			links = append(links, v.valueLink(path, byOwner, unit, 1)...)
		}
	}
	links = append(links, v.valueLink(path, byReport, string(v.report.ID), 1)...)
	own := len(v.filter(byReport).byText[string(v.report.ID)].issues)
	links = append(links, v.valueLink(path, byUnit, v.report.Unit, own)...)
	links = append(links, v.valueLink(path, byRound, roundOf(v.report), own)...)
	return append(links, v.valueLink(path, byYear, yearOf(v.report), own)...)
}

// withdrawnPage keeps the address of an issue that was taken back, and says
// when and why. Its number and its section are all that is left of it.
func (v *view) withdrawnPage(path string, issue *model.Issue, trail []Link) Page {
	w := issue.Withdrawn
	return Page{Path: path, Layout: LayoutIssue, Issue: issue.ID, Data: Issue{
		Frame: v.frame(path, about{
			layout: LayoutIssue, title: v.title(issue), description: string(w.On) + " " + w.Why,
			meta: article, column: v.words.issues, crumbs: trail, report: v.report, asOf: dayOf(v.report, issue),
		}),
		Issue: IssueBody{
			ID: issue.ID.String(), Title: v.title(issue), Withdrawn: &Withdrawn{string(w.On), w.Why},
		},
		Report: Link{v.report.Title, relative(path, reportPath(v.report.ID))},
	}}
}

func (b *Book) issueLink(path string, issue *model.Issue) *Link {
	text := b.title(issue)
	if issue.Withdrawn == nil {
		text = issue.Label + text
	}
	return &Link{text, relative(path, issuePath(issue.ID))}
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
		ID: issue.ID.String(), Label: issue.Label, Title: issue.Title, Heading: issue.Heading(),
		Finding: paragraphs(issue.Finding), Goal: paragraphs(issue.Goal), Result: paragraphs(issue.Result),
		Status: v.status(issue.Status),
		Leader: issue.Owners.Leader, LeadUnits: issue.Owners.LeadUnits, CoUnits: issue.Owners.CoUnits, Supervisor: issue.Owners.Supervisor,
	}
	for n, m := range issue.Measures {
		first, rest, _ := strings.Cut(strings.TrimSuffix(m.Text, "\n"), "\n")
		body.Measures = append(body.Measures, Measure{number(n + 1), paragraphs(m.Intro), m.Label, m.Title, first, paragraphs(rest)})
	}
	if d := issue.Deadline; d != nil {
		body.Deadline = &Deadline{string(d.Date), d.Kind.Word(v.portal.Language), d.Printed, v.passed(d.Date), string(v.clock), v.watch(issue, d.Date)}
	}
	for _, e := range issue.Evidence {
		body.Evidence = append(body.Evidence, Evidence{
			Title: e.Title, Href: relative(path, evidencePath(v.report.ID, e.File)), Kind: e.Kind,
			Type: fileType(e.File), Size: fileSize(e.Size), Date: string(e.Date),
		})
	}
	for _, f := range issue.FollowUps {
		body.FollowUps = append(body.FollowUps, v.followUp(path, issue, f))
	}
	if p := issue.Publicity; p != nil {
		body.Publicity = &Publicity{string(p.Start), string(p.End)}
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
