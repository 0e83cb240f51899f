package page

import (
	"slices"

	"rectify/site/model"
)

// barLength is the length of the longest bar, in units of its drawing.
const barLength = 1000

// progress counts the issues of the report by top section and status. A report
// without sections, or without an issue that still stands, has no such table.
func (v *view) progress(path string) *Progress {
	counts := make([]map[model.StatusCode]int, len(v.sections)) // of top sections
	all := map[model.StatusCode]int{}
	for _, issue := range v.report.Issues {
		i, ok := v.index[issue.Section]
		if !ok || issue.Withdrawn != nil {
			continue
		}
		for v.sections[i].parent >= 0 {
			i = v.sections[i].parent
		}
		if counts[i] == nil {
			counts[i] = map[model.StatusCode]int{}
		}
		counts[i][issue.Status.Code]++
		all[issue.Status.Code]++
	}
	codes := slices.DeleteFunc(model.StatusCodes(), func(c model.StatusCode) bool { return all[c] == 0 })
	longest := 0
	for _, c := range counts {
		longest = max(longest, total(c))
	}
	if longest == 0 {
		return nil
	}
	p := &Progress{Length: number(barLength)}
	for _, code := range codes {
		p.Statuses = append(p.Statuses, Status{Code: string(code), Word: code.Word(v.portal.Language)})
	}
	for i, s := range v.sections {
		if s.depth > 0 {
			continue
		}
		card := v.sectionCard(path, s)
		row := ProgressRow{Section: Link{card.Text, card.Href}, Total: number(total(counts[i]))}
		// Ends are rounded and not widths, so that nothing is left between
		// segments and bars of equal counts are equally long.
		done := 0
		for _, code := range codes {
			n := counts[i][code]
			row.Counts = append(row.Counts, number(n))
			if n == 0 {
				continue
			}
			from, to := done*barLength/longest, (done+n)*barLength/longest
			row.Bar = append(row.Bar, Segment{Code: string(code), X: number(from), Width: number(to - from)})
			done += n
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}

func total(counts map[model.StatusCode]int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
}
