package page

import (
	"strings"

	"rectify/site/model"
)

// entry is a value of a filter or, of a unit or a round, one of its reports: a
// line of the page of all values. A page holds perPage lines, however many
// reports a value has, and a value that goes on is named again.
type entry struct {
	value  *value
	report *model.Report // nil where the value stands for itself
}

func (f *filter) entries() (all []entry) {
	for _, v := range f.values {
		if f.dir != byUnit && f.dir != byRound {
			all = append(all, entry{value: v})
			continue
		}
		for _, r := range v.reports {
			all = append(all, entry{v, r})
		}
	}
	return all
}

// groupsPages makes the pages of all values of a filter.
func (b *Book) groupsPages(f *filter, yield func(Page) bool) bool {
	entries := f.entries()
	for n := 1; n <= pages(len(entries)); n++ {
		if !yield(b.groupsPage(f, entries, n)) {
			return false
		}
	}
	return true
}

func (b *Book) groupsPage(f *filter, entries []entry, n int) Page {
	stem := f.groupsStem()
	path := numbered(stem, n)
	p := Groups{
		Frame: b.listFrame(LayoutGroups, stem, b.words.all[f.dir], n),
		Total: number(len(f.values)),
		Pages: pagination(path, pagesOf(stem), n, pages(len(entries))),
	}
	var last *value
	for _, e := range onPage(entries, n) {
		if e.value != last {
			last = e.value
			p.AsOf = max(p.AsOf, newestOf(e.value.issues))
			p.Items = append(p.Items, b.group(path, f, e.value))
		}
		if e.report != nil {
			g := &p.Items[len(p.Items)-1]
			g.Reports = append(g.Reports, ReportLine{
				Link: Link{e.report.Title, relative(path, reportPath(e.report.ID))}, Facts: reportFacts(e.report),
				Issues: number(e.report.Totals().Issues),
			})
		}
	}
	return Page{Path: path, Layout: LayoutGroups, Data: p}
}

func (b *Book) group(path string, f *filter, v *value) Group {
	counts := v.counts()
	g := Group{Link: f.link(path, v), Status: b.statusCounts(counts), Bar: bar(counts, total(counts))}
	if f.dir == byReport {
		// A report has an overview, which tells more than the list.
		g.Link.Href, g.Facts = relative(path, reportPath(v.reports[0].ID)), reportFacts(v.reports[0])
	}
	return g
}

// counts is how many issues of a value have each status.
func (v *value) counts() map[model.StatusCode]int {
	n := map[model.StatusCode]int{}
	for _, l := range v.issues {
		n[l.issue.Status.Code]++
	}
	return n
}

// reportFacts say in a few words which report it is.
func reportFacts(r *model.Report) (facts []string) {
	for _, fact := range []string{r.Unit, inspectionOf(r), string(r.PublishedAt)} {
		if fact != "" {
			facts = append(facts, fact)
		}
	}
	return facts
}

// inspectionOf is what a report answers to, in one line.
func inspectionOf(r *model.Report) string {
	return strings.Join(strings.Fields(r.Inspection.Round+" "+r.Inspection.Kind), " ")
}
