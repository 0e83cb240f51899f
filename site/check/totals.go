package check

import (
	"strconv"

	"rectify/site/model"
	"rectify/site/problem"
)

// totals sets the totals that a report states beside those counted from what
// it publishes. Both are shown; neither is made to fit the other.
func totals(s *subject) problem.List {
	var found problem.List
	for _, report := range s.public.Reports {
		t := report.Totals()
		for i := range report.Declared {
			d := &report.Declared[i]
			published := 0
			switch d.Of {
			case model.CountSections:
				if len(t.Sections) > 0 {
					published = t.Sections[0]
				}
			case model.CountIssues:
				published = t.Issues + t.Withdrawn // what was published once was counted
			case model.CountMeasures:
				published = t.Measures
			default:
				continue
			}
			if published != d.N {
				found = append(found, problem.New(problem.DeclaredDiffers, d.At("n"),
					d.Label, strconv.Itoa(d.N)+d.Unit, strconv.Itoa(published)))
			}
		}
	}
	return found
}
