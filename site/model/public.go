package model

// Public returns the portal without anything that may not leave the data
// folder: internal issues are gone, and so are the sections that held nothing
// else. Every room behind check works on this value only.
func (p *Portal) Public() *Portal {
	out := *p
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
	for _, issue := range r.Issues {
		if issue.Visibility != Internal {
			out.Issues = append(out.Issues, issue)
			shown[issue.ID] = true
		}
	}
	if len(out.Issues) != len(r.Issues) {
		out.Outline = publicSections(r.Outline, shown)
	}
	return &out
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
