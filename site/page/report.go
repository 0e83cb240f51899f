package page

import (
	"iter"

	"rectify/site/model"
)

// view is one report with its outline laid out flat, which all its pages share.
type view struct {
	*Book
	report   *model.Report
	issues   map[model.IssueID]*model.Issue
	sections []flatSection
	index    map[model.Slug]int // section id → index in sections
}

// flatSection is a section with its place in the tree.
type flatSection struct {
	section *model.Section
	depth   int
	parent  int // index of the section above, -1 at the top
	issues  int // with those of all sections below, without withdrawn ones
}

func (b *Book) view(report *model.Report) *view {
	v := &view{Book: b, report: report, issues: map[model.IssueID]*model.Issue{}, index: map[model.Slug]int{}}
	for _, issue := range report.Issues {
		v.issues[issue.ID] = issue
	}
	v.flatten(report.Outline, 0, -1)
	return v
}

func (v *view) flatten(sections []model.Section, depth, parent int) (issues int) {
	for i := range sections {
		at := len(v.sections)
		v.index[sections[i].ID] = at
		v.sections = append(v.sections, flatSection{section: &sections[i], depth: depth, parent: parent})
		n := v.flatten(sections[i].Sections, depth+1, at)
		for _, issue := range v.under(&sections[i]) {
			if issue.Withdrawn == nil {
				n++
			}
		}
		v.sections[at].issues = n
		issues += n
	}
	return issues
}

func (v *view) sectionTitle(id model.Slug) string {
	if i, ok := v.index[id]; ok {
		return v.sections[i].section.Title
	}
	return ""
}

func (v *view) sectionCard(path string, s flatSection) SectionCard {
	return SectionCard{
		Text: s.section.Label + s.section.Title,
		Href: relative(path, sectionPath(v.report.ID, s.section.ID)), Issues: number(s.issues),
	}
}

// trail leads from home to section i (-1: to the report), from the root.
func (v *view) trail(i int) []Link {
	if i < 0 {
		return append(v.fromHome(), Link{v.report.Title, reportPath(v.report.ID)})
	}
	s := v.sections[i]
	return append(v.trail(s.parent), Link{s.section.Label + s.section.Title, sectionPath(v.report.ID, s.section.ID)})
}

func (v *view) overview() Page {
	r := v.report
	path := reportPath(r.ID)
	p := Report{
		Frame: v.frame(path, about{
			layout: LayoutReport, title: r.Title, description: firstText(r.Parts), meta: article,
			column: v.portal.Name, crumbs: v.fromHome(), report: r, things: []Thing{v.reportThing(r)}, asOf: v.newest(r.Issues),
		}),
		Report: ReportBody{
			TitleLines: r.TitleLines, Facts: facts(r), Totals: v.totals(r), Progress: v.progress(path),
			Outline: v.outline(path, v.headings(0, len(v.sections), 3)),
		},
		TextHref:   relative(path, textPath(r.ID)),
		IssuesHref: relative(path, issuesPath),
	}
	if f := v.filter(byReport); v.divides(f) {
		if l := f.link(path, f.byText[string(r.ID)]); l.Href != "" {
			p.IssuesHref = l.Href
		}
	}
	for _, m := range r.Metrics {
		p.Report.Metrics = append(p.Report.Metrics, Metric{m.Kind, m.Value, m.Unit, m.Quote})
	}
	n := 0
	parts, behind := flatParts(r.Parts, 2, &n)
	if behind < 0 {
		behind = len(parts)
	}
	p.Report.Before, p.Report.After = parts[:behind], parts[behind:]
	return Page{Path: path, Layout: LayoutReport, Data: p}
}

// newest is the newest day of the report and some of its issues.
func (v *view) newest(issues []*model.Issue) model.Date {
	newest := v.report.AsOf
	for _, issue := range issues {
		newest = max(newest, dayOf(v.report, issue))
	}
	return newest
}

// firstText is the beginning of a report's narrative, for its description.
func firstText(parts []model.Part) string {
	for _, part := range parts {
		if part.Text != "" {
			return part.Text
		}
		if text := firstText(part.Parts); text != "" {
			return text
		}
	}
	return ""
}

// flatParts lays parts out in reading order, with headings from level on. behind is how many of them stand
// before the outline, -1 where no part says that it stands there.
func flatParts(parts []model.Part, level int, n *int) (flat []Part, behind int) {
	behind = -1
	for _, part := range parts {
		*n++
		flat = append(flat, Part{
			Anchor: "part-" + number(*n), Level: heading(level),
			Heading: part.Label + part.Title, Paragraphs: paragraphs(part.Text),
		})
		below, at := flatParts(part.Parts, level+1, n)
		switch {
		case at >= 0:
			behind = len(flat) + at
		case part.Outline:
			behind = len(flat) + len(below)
		}
		flat = append(flat, below...)
	}
	return flat, behind
}

// under is a section with the issues right under it that are to be shown, and
// the level of its heading. A section's own issues, which stand on its page
// without a heading, have no section.
type under struct {
	level   int
	section *flatSection
	issues  []*model.Issue
}

// headings are the sections from:to with their issues. The first of them is an
// uppermost one; its heading has this level.
func (v *view) headings(from, to, level int) (list []under) {
	for i := from; i < to; i++ {
		s := &v.sections[i]
		list = append(list, under{level + s.depth - v.sections[from].depth, s, v.under(s.section)})
	}
	return list
}

// under are the issues right under a section.
func (v *view) under(section *model.Section) (issues []*model.Issue) {
	for _, id := range section.Issues {
		if issue := v.issues[id]; issue != nil {
			issues = append(issues, issue)
		}
	}
	return issues
}

// outline shows sections with their issues. Where these are more than a page
// holds, only the sections are shown: they have pages of their own.
func (v *view) outline(path string, list []under) (items []OutlineItem) {
	n := 0
	for _, u := range list {
		n += len(u.issues)
	}
	for _, u := range list {
		item := OutlineItem{Level: heading(u.level)}
		if u.section != nil {
			card := v.sectionCard(path, *u.section)
			item.Section = &card
		}
		for _, issue := range u.issues {
			if n <= perPage {
				item.Issues = append(item.Issues, v.issueCard(path, listed{issue, v.sectionTitle(issue.Section), v.report.Unit, dayOf(v.report, issue)}))
			}
		}
		items = append(items, item)
	}
	return items
}

// sectionPages makes the pages of section i: sections/<section>.html and, where
// it holds many issues, sections/<section>/2.html …
func (v *view) sectionPages(i int) iter.Seq[Page] {
	return func(yield func(Page) bool) {
		s := &v.sections[i]
		end := i + 1
		for end < len(v.sections) && v.sections[end].depth > s.depth {
			end++
		}
		outline := v.headings(i+1, end, 2)
		if own := v.under(s.section); len(own) > 0 {
			outline = append([]under{{level: 2, issues: own}}, outline...)
		}
		held := 0
		for _, u := range outline {
			held += len(u.issues)
		}
		at := func(n int) string { return sectionPage(v.report.ID, s.section.ID, n) }
		for n := 1; n <= pageCount(held); n++ {
			path := at(n)
			crumbs := v.trail(s.parent)
			if n > 1 {
				crumbs = v.trail(i)
			}
			p := Section{
				Frame: v.frame(path, about{
					layout: LayoutSection, title: v.numberedTitle(s.section.Title, n), description: s.section.Heading() + s.section.Summary,
					meta: list, column: s.section.Title, crumbs: crumbs, report: v.report,
				}),
				Printed: paragraphs(s.section.Heading() + s.section.Summary),
				Total:   number(s.issues),
				Report:  Link{v.report.Title, relative(path, reportPath(v.report.ID))},
				Outline: v.outline(path, cut(outline, (n-1)*perPage, n*perPage)),
				Pages:   pagination(path, at, n, pageCount(held)),
			}
			p.AsOf = string(v.report.AsOf)
			for _, item := range p.Outline {
				for _, card := range item.Issues {
					p.AsOf = max(p.AsOf, card.Status.AsOf)
				}
			}
			for j := i - 1; j >= 0 && p.Previous == nil; j-- {
				p.Previous = v.neighbour(path, j, s.depth)
			}
			for j := end; j < len(v.sections) && p.Next == nil; j++ {
				p.Next = v.neighbour(path, j, s.depth)
			}
			if !yield(Page{Path: path, Layout: LayoutSection, Data: p}) {
				return
			}
		}
	}
}

// cut keeps issues from:to of a list. A heading stands where its first issue
// does, and again where its issues go on; one without issues goes with what
// follows it.
func cut(list []under, from, to int) (kept []under) {
	at := 0
	for _, u := range list {
		n := len(u.issues)
		lo, hi := min(max(from-at, 0), n), min(max(to-at, 0), n)
		if hi > lo || n == 0 && from <= at && at < to {
			u.issues = u.issues[lo:hi]
			kept = append(kept, u)
		}
		at += n
	}
	return kept
}

// neighbour links to section j if it is of the wanted depth.
func (v *view) neighbour(path string, j, depth int) *Link {
	if v.sections[j].depth != depth {
		return nil
	}
	s := v.sections[j].section
	return &Link{s.Label + s.Title, relative(path, sectionPath(v.report.ID, s.ID))}
}

// facts are the report's known particulars in reading order.
func facts(r *model.Report) []Fact {
	all := []Fact{
		{"unit", r.Unit},
		{"issuer", r.Issuer},
		{"region", r.Region},
		{"inspection_level", r.Inspection.Level},
		{"inspection_round", r.Inspection.Round},
		{"inspection_kind", r.Inspection.Kind},
		{"inspection_team", r.Inspection.Team},
		{"inspection_start", string(r.Inspection.Start)},
		{"inspection_end", string(r.Inspection.End)},
		{"findings_on", string(r.Inspection.FindingsOn)},
		{"published_at", string(r.PublishedAt)},
		{"source", r.Source},
		{"signed_by", r.SignedBy},
		{"signed_on", string(r.SignedOn)},
		{"as_of", string(r.AsOf)},
	}
	known := all[:0]
	for _, f := range all {
		if f.Value != "" {
			known = append(known, f)
		}
	}
	return known
}
