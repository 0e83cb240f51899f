package check

import (
	"strconv"

	"rectify/site/model"
	"rectify/site/problem"
)

// emptiness looks for reports and sections that show no issue, since government
// sites are marked down for empty columns, and for measures without words. A section that holds nothing but
// internal issues is not shown at all, so it is not empty.
func emptiness(s *subject) problem.List {
	var found problem.List
	for _, report := range s.public.Reports {
		if len(report.Issues) == 0 {
			found = append(found, problem.New(problem.EmptyReport, s.reportPlace(report)))
			continue
		}
		var walk func([]model.Section)
		walk = func(sections []model.Section) {
			for i := range sections {
				section := &sections[i]
				if len(section.Issues)+len(section.Sections) == 0 {
					found = append(found, problem.New(problem.EmptySection, section.Self(), short(section.Label+section.Title)))
				}
				walk(section.Sections)
			}
		}
		walk(report.Outline)
		for _, issue := range report.Issues {
			for i := range issue.Measures {
				if m := &issue.Measures[i]; m.Title == "" && m.Text == "" {
					found = append(found, problem.New(problem.EmptyMeasure, m.Self(), strconv.Itoa(i+1)))
				}
			}
		}
	}
	return found
}
