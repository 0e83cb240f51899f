package check

import (
	"rectify/site/model"
	"rectify/site/problem"
)

// histories looks at what editors date: entries of a history stand in order,
// and nothing lies behind the day that the data hold for. That day is the
// report's, or that of the issue's own status where it is newer.
func histories(s *subject) problem.List {
	var found problem.List
	for _, report := range s.public.Reports {
		for _, issue := range report.Issues {
			h := history{years: s.years, asOf: max(report.AsOf, issue.Status.AsOf)}
			h.issue(issue)
			found = append(found, h.found...)
		}
	}
	return found
}

type history struct {
	years yearRange
	asOf  model.Date
	found problem.List
}

func (h *history) issue(issue *model.Issue) {
	var before model.Date
	for i := range issue.History {
		entry := &issue.History[i]
		if h.years.holds(entry.On) && h.years.holds(before) && entry.On < before {
			h.found = append(h.found, problem.New(problem.HistoryOrder, entry.At("on"), string(entry.On), string(before)))
		}
		before = entry.On
		h.notAfter(problem.Both("这一条的日期", "the date of this entry"), entry.On, entry.At("on"))
	}
	for i := range issue.Corrections {
		c := &issue.Corrections[i]
		h.notAfter(problem.Both("更正的日期", "the date of the correction"), c.On, c.At("on"))
	}
	if w := issue.Withdrawn; w != nil {
		h.notAfter(problem.Both("撤回的日期", "the date of the withdrawal"), w.On, w.At("on"))
	}
	for i := range issue.Evidence {
		// A month sorts before its days: the file of a month is late only
		// where the whole month lies behind as_of.
		e := &issue.Evidence[i]
		h.notAfter(problem.Both("附件的日期", "the date of the attachment"), model.Date(e.Date), e.At("date"))
	}
}

func (h *history) notAfter(what string, day model.Date, at problem.Place) {
	if h.years.holds(day) && h.years.holds(h.asOf) && day > h.asOf {
		h.found = append(h.found, problem.New(problem.AfterAsOf, at, what, string(day), string(h.asOf)))
	}
}
