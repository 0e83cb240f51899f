package check

import (
	"time"

	"rectify/site/model"
	"rectify/site/problem"
)

// dateOrder looks for dates that stand the wrong way round. An end before its
// beginning cannot be; a deadline before the findings may be printed so in the
// source, and is only asked about.
func dateOrder(s *subject) problem.List {
	found := orders{years: s.years}
	for _, report := range s.public.Reports {
		in := &report.Inspection
		start := moment{problem.Both("巡察开始的日期", "the start of the inspection"), in.Start, in.At("start")}
		end := moment{problem.Both("巡察结束的日期", "the end of the inspection"), in.End, in.At("end")}
		findings := moment{problem.Both("反馈的日期", "the day of the findings"), in.FindingsOn, in.At("findings_on")}
		signed := moment{problem.Both("落款日期", "the day of signature"), report.SignedOn, report.At("signed_on")}
		published := moment{problem.Both("发布时间", "the publication"), report.PublishedAt.Day(), report.At("published_at")}
		asOf := moment{problem.Both("截至日期", "the as_of day"), report.AsOf, report.At("as_of")}

		// A day that is wrong for certain says nothing about the others.
		if found.impossible(end, start) {
			start.day, end.day = "", ""
		}
		if found.impossible(findings, start) {
			findings.day = ""
		}
		found.unlikely(findings, end)
		inspected := latest(start, end, findings)
		found.unlikely(signed, inspected)
		if !found.unlikely(published, signed) {
			found.unlikely(published, inspected)
		}
		if !found.unlikely(asOf, inspected) {
			// Content closes some weeks before it is signed; a year is a slip.
			signed.day = yearBefore(signed.day)
			signed.what = problem.Both("落款前一年", "the day one year before the signature")
			found.unlikely(asOf, signed)
		}
		for _, issue := range report.Issues {
			found.issue(issue, start, inspected)
		}
	}
	return found.list
}

// issue looks at the dates of one issue.
func (found *orders) issue(issue *model.Issue, start, inspected moment) {
	if d := issue.Deadline; d != nil {
		deadline := moment{problem.Both("整改时限", "the deadline"), d.Date.End(), d.At("date")}
		found.unlikely(deadline, inspected)
	}
	status := moment{problem.Both("状态的截至日期", "the as_of day of the status"), issue.Status.AsOf, issue.Status.At("as_of")}
	found.unlikely(status, inspected)
	for i := range issue.FollowUps {
		f := &issue.FollowUps[i]
		found.unlikely(moment{problem.Both("承诺的日期", "the promised day"), f.Due.End(), f.At("due")}, start)
	}
	if p := issue.Publicity; p != nil {
		found.impossible(
			moment{problem.Both("公示结束的日期", "the end of the public notice"), p.End, p.At("end")},
			moment{problem.Both("公示开始的日期", "its start"), p.Start, p.At("start")},
		)
	}
}

// moment is a day that means something.
type moment struct {
	what string
	day  model.Date
	at   problem.Place
}

// latest gives the last of the moments that is known.
func latest(moments ...moment) moment {
	var last moment
	for _, m := range moments {
		if m.day >= last.day {
			last = m
		}
	}
	return last
}

type orders struct {
	years yearRange
	list  problem.List
}

func (found *orders) impossible(later, earlier moment) bool {
	return found.compare(problem.DatesReversed, later, earlier)
}

func (found *orders) unlikely(later, earlier moment) bool {
	return found.compare(problem.DatesUnlikely, later, earlier)
}

// compare reports that what should be later lies before what should be earlier,
// if both are known and neither is a slip of its own.
func (found *orders) compare(code problem.Code, later, earlier moment) bool {
	if !found.years.holds(later.day) || !found.years.holds(earlier.day) || later.day >= earlier.day {
		return false
	}
	found.list = append(found.list, problem.New(code, later.at, later.what, string(later.day), earlier.what, string(earlier.day)))
	return true
}

func yearBefore(day model.Date) model.Date {
	t, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		return ""
	}
	return model.Date(t.AddDate(-1, 0, 0).Format(time.DateOnly))
}
