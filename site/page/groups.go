package page

import (
	"strings"

	"rectify/site/model"
)

// linesPerGroup is how many reports of a unit or a round its group names.
const linesPerGroup = 10

// groupsPage is page n of all values of a filter.
func (b *Book) groupsPage(f *filter, n int) Page {
	stem := f.groupsStem()
	path := numbered(stem, n)
	p := Groups{
		Frame: b.listFrame(LayoutGroups, stem, b.words.all[f.dir], n),
		Total: number(len(f.values)),
		Pages: pagination(path, pagesOf(stem), n, pages(len(f.values))),
	}
	for _, v := range onPage(f.values, n) {
		g := Group{Link: f.link(path, v), Status: b.statusCounts(v.counts())}
		if f.dir == byReport {
			// A report has an overview, which tells more than the list.
			g.Link.Href = relative(path, reportPath(v.reports[0].ID))
		}
		for _, r := range v.reports[:min(len(v.reports), linesPerGroup)] {
			g.Reports = append(g.Reports, b.reportLine(path, r))
		}
		if more := len(v.reports) - linesPerGroup; more > 0 {
			g.More = number(more)
		}
		p.Items = append(p.Items, g)
	}
	return Page{path, LayoutGroups, p}
}

// counts is how many issues of a value have each status.
func (v *value) counts() map[model.StatusCode]int {
	n := map[model.StatusCode]int{}
	for _, l := range v.issues {
		n[l.issue.Status.Code]++
	}
	return n
}

func (b *Book) reportLine(path string, r *model.Report) ReportLine {
	return ReportLine{
		Link: Link{r.Title, relative(path, reportPath(r.ID))}, Unit: r.Unit, Inspection: inspectionOf(r),
		Published: string(r.PublishedAt), Issues: number(len(r.Issues)),
	}
}

// inspectionOf is what a report answers to, in one line.
func inspectionOf(r *model.Report) string {
	return strings.TrimSpace(r.Inspection.Round + " " + r.Inspection.Kind)
}
