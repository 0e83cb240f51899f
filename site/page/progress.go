package page

import (
	"strconv"

	"rectify/site/model"
)

// bar lays counts one behind another, in the order of codes, along a line that
// is whole issues long. Ends are rounded and not widths, so that nothing is
// left between segments and bars of equal counts are equally long.
func bar(counts map[model.StatusCode]int, whole int) (out []Segment) {
	const length = 1000
	done := 0
	for _, code := range model.StatusCodes() {
		n := counts[code]
		if n == 0 {
			continue
		}
		from, to := done*length/whole, (done+n)*length/whole
		out = append(out, Segment{Code: string(code), X: share(from, length), Width: share(to-from, length)})
		done += n
	}
	return out
}

// share is a part of a whole as style sheets write it: "33.3%".
func share(n, whole int) string {
	return strconv.FormatFloat(float64(100*n)/float64(whole), 'f', -1, 64) + "%"
}

// progress counts the issues of the report by top section and status. A report
// without sections, or without an issue that still stands, has no such table.
func (v *view) progress(path string) *Progress {
	counts := make([]map[model.StatusCode]int, len(v.sections)) // of top sections
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
	}
	longest := 0
	for _, c := range counts {
		longest = max(longest, total(c))
	}
	if longest == 0 {
		return nil
	}
	p := &Progress{}
	for i, s := range v.sections {
		if s.depth > 0 {
			continue
		}
		card := v.sectionCard(path, s)
		p.Rows = append(p.Rows, ProgressRow{
			Section: Link{card.Text, card.Href}, Total: number(total(counts[i])),
			Counts: v.statusCounts(counts[i]), Bar: bar(counts[i], longest),
		})
	}
	return p
}

func total(counts map[model.StatusCode]int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
}
