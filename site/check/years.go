package check

import (
	"slices"
	"strconv"

	"rectify/site/model"
	"rectify/site/problem"
)

// years looks for years that no date of the data can have: 2205-01-01.
func years(s *subject) problem.List {
	var found problem.List
	visit := func(v value) {
		if day := model.Date(v.text); !s.years.holds(day) {
			found = append(found, problem.New(problem.YearUnlikely, v.where.AtEntry(v.key, v.index),
				v.text, strconv.Itoa(s.years.first), strconv.Itoa(s.years.last)))
		}
	}
	eachFile(s.public, anyDay, visit)
	return found
}

// eachFile walks through the files of the portal.
func eachFile(portal *model.Portal, want kind, visit func(value)) {
	walk(portal, want, visit)
	for _, report := range portal.Reports {
		walk(report, want, visit)
		for _, issue := range report.Issues {
			walk(issue, want, visit)
		}
	}
}

// yearRange is the years in which dates are likely, both included.
type yearRange struct{ first, last int }

// holds says whether a day is known and its year is a likely one.
func (r yearRange) holds(day model.Date) bool {
	year := yearOf(day)
	return r.first <= year && year <= r.last
}

const (
	// firstYear is when inspections of this kind began again.
	firstYear = 1978
	// ahead is how many years before a promise falls due it is still likely.
	ahead = 30
	// farthest is as late as a build's clock can be, whatever the data say.
	farthest = 2100
)

// likelyYears reaches 30 years beyond the clock. A slip in an as_of moves the
// clock itself, so what lies in the middle of all days of the data (which are
// of things that have happened) has a say in it.
func likelyYears(portal *model.Portal, clock model.Date) yearRange {
	last := farthest
	if year := yearOf(clock); year > 0 {
		last = min(last, year)
	}
	var seen []int
	eachFile(portal, dayOfFact, func(v value) { seen = append(seen, yearOf(model.Date(v.text))) })
	if len(seen) > 0 {
		slices.Sort(seen)
		if middle := seen[len(seen)/2]; last > middle+ahead {
			last = middle
		}
	}
	return yearRange{firstYear, last + ahead}
}

func yearOf(day model.Date) int {
	year, err := strconv.Atoi(string(day[:min(len(day), len("2006"))]))
	if err != nil {
		return 0
	}
	return year
}
