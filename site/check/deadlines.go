package check

import (
	"slices"

	"rectify/site/model"
	"rectify/site/problem"
)

// deadlines holds deadlines and promises against the clock of the build.
// Whether something was done is never inferred: the rule only says that the
// day has passed and what the data say of it.
func deadlines(s *subject) problem.List {
	if !s.years.holds(s.Clock) {
		return nil // a slip in an as_of, which another rule reports
	}
	var found problem.List
	for _, report := range s.public.Reports {
		for _, issue := range report.Issues {
			if issue.Withdrawn == nil {
				found = append(found, s.deadlines(issue)...)
			}
		}
	}
	return found
}

func (s *subject) deadlines(issue *model.Issue) (found problem.List) {
	status := issue.Status.Code
	if d := issue.Deadline; d != nil && s.passed(d.Date) {
		switch status {
		case model.InProgress, model.NotDone, model.Reopened:
			found = append(found, problem.New(problem.DeadlinePassed, d.At("date"),
				string(d.Date), string(s.Clock), named(status)))
		case model.NotStated:
			found = append(found, problem.New(problem.DeadlineUncertain, d.At("date"), string(d.Date), string(s.Clock)))
		}
	}
	for i := range issue.FollowUps {
		f := &issue.FollowUps[i]
		if s.passed(f.Due) && status != model.Done && !hasWordSince(issue, f.Due.End()) {
			found = append(found, problem.New(problem.PromisePassed, f.At("due"), string(f.Due), string(s.Clock)))
		}
	}
	return found
}

// hasWordSince says whether the history of an issue goes on after a day.
func hasWordSince(issue *model.Issue, day model.Date) bool {
	return slices.ContainsFunc(issue.History, func(c model.Change) bool { return c.On >= day })
}

// passed says whether the last day of a period lies before the clock.
func (s *subject) passed(p model.Period) bool {
	return s.years.holds(model.Date(p)) && p.End() < s.Clock
}
