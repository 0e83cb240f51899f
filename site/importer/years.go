package importer

import (
	"sort"
	"strings"

	"rectify/site/model"
	"rectify/site/problem"
)

// yearFor infers the year of a day: the text prints the same day with its year
// elsewhere, or it follows another day.
func (p *parser) yearFor(d day, par int, after model.Date) (day, string) {
	if year := p.known[[2]int{d.month, d.day}]; year != 0 {
		d.year = year
		return d, problem.Both("文中另一处", "another place of the text")
	}
	if after != "" {
		d.year = anyNumber(string(after[:4]))
		if d.date() < after {
			d.year++
		}
		return d, string(after)
	}
	return p.nearestYear(d, par)
}

// collectYears remembers which days the text prints with their year.
func (p *parser) collectYears() {
	p.known = map[[2]int]int{}
	for i, b := range p.doc.Blocks {
		if !strings.Contains(b.Text, "年") || b.Row != nil {
			continue
		}
		for _, d := range datesIn(b.Text) {
			if d.year == 0 {
				continue
			}
			p.years = append(p.years, yearAt{i, d.year})
			key := [2]int{d.month, d.day}
			if d.day > 0 && p.known[key] == 0 {
				p.known[key] = d.year
			} else if d.day > 0 && p.known[key] != d.year {
				p.known[key] = -1
			}
		}
	}
	for key, year := range p.known {
		if year < 0 {
			delete(p.known, key)
		}
	}
}

// nearestYear takes the year printed last before a paragraph.
func (p *parser) nearestYear(d day, par int) (day, string) {
	k := sort.Search(len(p.years), func(k int) bool { return p.years[k].par > par })
	if k == 0 {
		return d, ""
	}
	d.year = p.years[k-1].year
	return d, problem.Both("前文", "the text before")
}

// calendar gives years to dates of a paragraph: that of the report, or the next
// one where the day would lie before asOf.
func (p *parser) calendar(par int, asOf model.Date) calendar {
	base := p.report.AsOf
	return func(d day) (day, bool) {
		if base == "" {
			return d, false
		}
		d.year = anyNumber(string(base[:4]))
		if asOf != "" {
			// A day of the past promises nothing, and which year a day to come
			// belongs to is not for us to guess.
			return d, d.end && d.period().End() > asOf
		}
		p.note(problem.YearInferred, par, problem.Both("时限", "a deadline"), string(d.period()), string(base))
		return d, true
	}
}
