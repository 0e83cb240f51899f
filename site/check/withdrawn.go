package check

import (
	"rectify/site/model"
	"rectify/site/problem"
)

// withdrawals looks for issues that were taken back and hidden as well: what
// was once published stays, as a page that says when and why it was withdrawn.
func withdrawals(s *subject) problem.List {
	var found problem.List
	for _, report := range s.whole.Reports {
		for _, issue := range report.Issues {
			if issue.Withdrawn != nil && issue.Visibility == model.Internal {
				found = append(found, problem.New(problem.WithdrawnInternal, issue.At("visibility")))
			}
		}
	}
	return found
}
