package check

import (
	"rectify/site/model"
	"rectify/site/problem"
)

// outline sees to it that the outline of a report stands in one place of its
// narrative. That it names every issue once is load's business.
func outline(s *subject) problem.List {
	var found problem.List
	for _, report := range s.public.Reports {
		var first *model.Part
		var walk func([]model.Part)
		walk = func(parts []model.Part) {
			for i := range parts {
				if part := &parts[i]; part.Outline {
					if first == nil {
						first = part
					} else {
						found = append(found, problem.New(problem.OutlineTwice, part.At("outline"), first.At("outline").String()))
					}
				}
				walk(parts[i].Parts)
			}
		}
		walk(report.Parts)
	}
	return found
}
