package ledger

import (
	"strings"

	"rectify/site/model"
	"rectify/site/problem"
)

// A cell with measures has a line a measure. A further paragraph of a measure is
// indented by two full-width spaces, as Chinese paragraphs are; what leads to a
// measure stands before it behind introMark.
const (
	indentMark = "　　"
	introMark  = "〔引言〕"
)

func showMeasures(list []model.Measure) string {
	var lines []string
	for i := range list {
		lines = append(lines, measureLines(&list[i])...)
	}
	return strings.Join(lines, "\n")
}

func measureLines(m *model.Measure) []string {
	var lines []string
	for line := range strings.Lines(m.Intro) {
		lines = append(lines, introMark+strings.TrimSuffix(line, "\n"))
	}
	first, rest, _ := strings.Cut(m.Text, "\n")
	lines = append(lines, m.Label+m.Title+first)
	for line := range strings.Lines(rest) {
		lines = append(lines, indentMark+strings.TrimSuffix(line, "\n"))
	}
	return lines
}

// takeMeasures reads the lines again. A measure whose words are as they were
// stays as it was taken apart.
func takeMeasures(w *Words, i *model.Issue, cell string) (problem.Code, []string) {
	before := map[string]model.Measure{}
	for k := range i.Measures {
		before[strings.Join(measureLines(&i.Measures[k]), "\n")] = i.Measures[k]
	}
	var out []model.Measure
	for _, lines := range groups(cell) {
		if same, ok := before[strings.Join(lines, "\n")]; ok {
			out = append(out, same)
			continue
		}
		var intro []string
		for len(lines) > 1 && strings.HasPrefix(lines[0], introMark) {
			intro = append(intro, strings.TrimPrefix(lines[0], introMark))
			lines = lines[1:]
		}
		m := w.Measure(strings.TrimPrefix(lines[0], introMark))
		m.Intro = strings.Join(intro, "\n")
		for _, line := range lines[1:] {
			m.Text += "\n" + strings.TrimLeft(line, "　 ")
		}
		m.Text = strings.TrimPrefix(m.Text, "\n")
		out = append(out, m)
	}
	// A promise names its measure by number; where that is gone it names none.
	if len(out) < len(i.Measures) {
		promises := append([]model.FollowUp(nil), i.FollowUps...)
		for k := range promises {
			if promises[k].Measure > len(out) {
				promises[k].Measure = 0
			}
		}
		i.FollowUps = promises
	}
	i.Measures = out
	return "", nil
}

// groups parts the lines of a cell into measures.
func groups(cell string) [][]string {
	var out [][]string
	leading := false // the last line was an introduction
	for line := range strings.Lines(cell) {
		line = strings.TrimRight(line, "\r\n \t")
		if strings.Trim(line, "　 ") == "" {
			continue
		}
		further := strings.HasPrefix(line, "　") || strings.HasPrefix(line, " ")
		if len(out) > 0 && (further || leading) {
			out[len(out)-1] = append(out[len(out)-1], line)
		} else {
			out = append(out, []string{line})
		}
		leading = strings.HasPrefix(line, introMark)
	}
	return out
}
