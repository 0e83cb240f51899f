package model

import (
	"maps"
	"slices"
)

// Public returns the portal without anything that may not leave the data
// folder: internal issues are gone, and so are the sections that held nothing
// else. Of a withdrawn issue nothing is left but its number, the day and the
// reason; the paragraphs of the source that belong to it alone are emptied, and
// Report.Emptied says whose they were. Who approved a release is for the unit
// alone. Every room behind check works on this value only.
func (p *Portal) Public() *Portal {
	out := *p
	out.Approvals = nil
	out.Reports = make([]*Report, len(p.Reports))
	for i, report := range p.Reports {
		out.Reports[i] = publicReport(report)
	}
	return &out
}

func publicReport(r *Report) *Report {
	out := *r
	out.Issues = nil
	shown := map[IssueID]bool{}
	var withdrawn []*Issue
	for _, issue := range r.Issues {
		if issue.Visibility == Internal {
			continue
		}
		shown[issue.ID] = true
		if issue.Withdrawn != nil {
			withdrawn = append(withdrawn, issue)
			issue = &Issue{
				Where: issue.Where, ID: issue.ID, Section: issue.Section,
				Status: Status{Code: NotStated}, Withdrawn: issue.Withdrawn,
			}
		}
		out.Issues = append(out.Issues, issue)
	}
	if len(out.Issues) != len(r.Issues) {
		out.Outline = publicSections(r.Outline, shown)
	}
	if len(withdrawn) > 0 {
		out.empty(withdrawn)
	}
	return &out
}

// empty takes the text out of the paragraphs that only withdrawn issues are
// made from.
func (r *Report) empty(withdrawn []*Issue) {
	kept := map[int]bool{}
	keep := func(ref SourceRef) {
		for _, n := range ref.Paragraphs {
			kept[n] = true
		}
	}
	for _, issue := range r.Issues {
		keep(issue.Source)
	}
	eachSection(r.Outline, func(s *Section) { keep(s.Source) })
	eachPart(r.Parts, func(p *Part) { keep(p.Source) })
	r.Paragraphs = slices.Clone(r.Paragraphs)
	r.Emptied = maps.Clone(r.Emptied) // of a report that was made public before
	if r.Emptied == nil {
		r.Emptied = map[int]IssueID{}
	}
	for _, issue := range withdrawn {
		for _, n := range issue.Source.Paragraphs {
			if n > 0 && n <= len(r.Paragraphs) && !kept[n] {
				r.Paragraphs[n-1], r.Emptied[n] = "", issue.ID
			}
		}
	}
}

func eachSection(sections []Section, do func(*Section)) {
	for i := range sections {
		do(&sections[i])
		eachSection(sections[i].Sections, do)
	}
}

func eachPart(parts []Part, do func(*Part)) {
	for i := range parts {
		do(&parts[i])
		eachPart(parts[i].Parts, do)
	}
}

func publicSections(sections []Section, shown map[IssueID]bool) []Section {
	var out []Section
	for _, section := range sections {
		held := len(section.Sections) + len(section.Issues)
		section.Sections = publicSections(section.Sections, shown)
		var issues []IssueID
		for _, id := range section.Issues {
			if shown[id] {
				issues = append(issues, id)
			}
		}
		section.Issues = issues
		if held == 0 || len(section.Sections)+len(section.Issues) > 0 {
			out = append(out, section)
		}
	}
	return out
}
