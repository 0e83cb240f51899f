package export

import (
	"fmt"
	"iter"
	"strconv"
	"strings"

	"rectify/site/model"
)

// column is a column of a table. CSV has key as its heading, since programs
// read it; the workbook has the word, since people do.
type column struct {
	key    string
	zh, en string
	width  float64 // in the workbook, in characters of its font
	value  func(*line) string
}

func (c column) word(l model.Language) string {
	if l == model.EnglishInterface {
		return c.en
	}
	return c.zh
}

// line is a row of a table: an issue, or one of its measures.
type line struct {
	*row
	measure *measureRecord
	words   *words
}

// What several entries of a list stand for in one cell: a line each. No other
// character is sure not to occur in the entries themselves.
const entrySeparator = "\n"

// idColumn is the column by which rows are known.
var idColumn = []column{
	{"id", "编号", "ID", 9, func(l *line) string { return l.ID.String() }},
}

// placeColumns say where an issue belongs; both tables have them.
var placeColumns = []column{
	{"report", "通报编号", "Report ID", 14, func(l *line) string { return string(l.Report.ID) }},
	{"report_title", "通报", "Report", 30, func(l *line) string { return l.Report.Title }},
	{"unit", "整改单位", "Unit", 20, func(l *line) string { return l.Report.Unit }},
	{"published_at", "公布时间", "Published", 17, func(l *line) string { return string(l.report.PublishedAt) }},
	{"sections", "方面、类", "Sections", 30, func(l *line) string {
		return each(l.Sections, func(s sectionRef) string { return s.Label + s.Title })
	}},
}

// linkColumns end both tables.
var linkColumns = []column{
	{"path", "网页", "Page", 22, func(l *line) string { return l.Path }},
	{"url", "网址", "Address", 40, func(l *line) string { return l.URL }},
}

var issueColumns = join(idColumn, []column{
	{"title", "问题", "Issue", 40, func(l *line) string { return l.Title }},
	{"status", "状态", "Status", 10, func(l *line) string { return l.Status.Word }},
	{"status_as_of", "状态截至", "Status as of", 12, func(l *line) string { return string(l.Status.AsOf) }},
	{"deadline", "整改时限", "Deadline", 12, func(l *line) string { return of(l.Deadline, func(d *deadlineRecord) string { return string(d.Date) }) }},
	{"lead_units", "责任单位", "Responsible units", 20, func(l *line) string {
		return of(l.Owners, func(o *ownersRecord) string { return strings.Join(o.LeadUnits, entrySeparator) })
	}},
}, placeColumns, []column{
	{"label", "序号", "Label", 8, func(l *line) string { return l.Label }},
	{"lead", "引语", "Lead", 8, func(l *line) string { return l.Lead }},
	{"heading", "标题原文", "Heading", 40, func(l *line) string { return l.Heading }},
	{"status_code", "状态代码", "Status code", 14, func(l *line) string { return string(l.Status.Code) }},
	{"status_printed", "状态原文", "Status as printed", 14, func(l *line) string { return l.Status.Printed }},
	{"status_basis", "状态依据", "Status basis", 30, func(l *line) string { return l.Status.Basis }},
	{"deadline_code", "时限代码", "Deadline code", 14, func(l *line) string { return of(l.Deadline, func(d *deadlineRecord) string { return string(d.Kind) }) }},
	{"deadline_kind", "时限种类", "Deadline kind", 14, func(l *line) string {
		return of(l.Deadline, func(d *deadlineRecord) string { return d.Kind.Word(l.words.language) })
	}},
	{"deadline_printed", "时限原文", "Deadline as printed", 18, func(l *line) string { return of(l.Deadline, func(d *deadlineRecord) string { return d.Printed }) }},
	{"leader", "责任人", "Responsible person", 14, func(l *line) string { return of(l.Owners, func(o *ownersRecord) string { return o.Leader }) }},
	{"co_units", "配合单位", "Co-operating units", 20, func(l *line) string {
		return of(l.Owners, func(o *ownersRecord) string { return strings.Join(o.CoUnits, entrySeparator) })
	}},
	{"supervisor", "督导单位", "Supervisor", 20, func(l *line) string { return of(l.Owners, func(o *ownersRecord) string { return o.Supervisor }) }},
	{"finding", "发现的情况", "Finding", 50, func(l *line) string { return l.Finding }},
	{"goal", "整改目标", "Goal", 40, func(l *line) string { return l.Goal }},
	{"measures", "措施数", "Measures", 8, func(l *line) string {
		if l.withdrawn != nil {
			return ""
		}
		return strconv.Itoa(len(l.Measures))
	}},
	{"measures_text", "措施", "Measures in full", 60, func(l *line) string {
		return each(l.Measures, func(m measureRecord) string { return m.Intro + m.Label + m.Title + m.Text })
	}},
	{"result", "完成情况", "Result", 50, func(l *line) string { return l.Result }},
	{"follow_ups", "承诺", "Follow-ups", 40, func(l *line) string {
		return each(l.FollowUps, func(f followUpRecord) string { return spaced(string(f.Due), f.Text) })
	}},
	{"evidence", "证明材料", "Evidence", 40, func(l *line) string {
		return each(l.Evidence, func(v evidenceRecord) string { return spaced(string(v.Date), v.Title, v.Path) })
	}},
	{"publicity_start", "公示开始", "Public notice from", 12, func(l *line) string {
		return of(l.Publicity, func(p *publicityRecord) string { return string(p.Start) })
	}},
	{"publicity_end", "公示结束", "Public notice to", 12, func(l *line) string {
		return of(l.Publicity, func(p *publicityRecord) string { return string(p.End) })
	}},
	{"corrections", "更正", "Corrections", 30, func(l *line) string {
		return each(l.Corrections, func(c correctionRecord) string {
			return spaced(string(c.On), l.words.change(c.What, c.From, c.To, ""))
		})
	}},
	{"history", "变动记录", "History", 40, func(l *line) string {
		return each(l.History, func(c changeRecord) string {
			return spaced(string(c.On), l.words.change(c.What, c.From, c.To, c.Basis))
		})
	}},
	{"withdrawn_on", "撤回日期", "Withdrawn on", 12, func(l *line) string {
		return of(l.withdrawn, func(w *model.Withdrawal) string { return string(w.On) })
	}},
	{"withdrawn_why", "撤回原因", "Withdrawn because", 30, func(l *line) string {
		return of(l.withdrawn, func(w *model.Withdrawal) string { return w.Why })
	}},
	{"paragraphs", "原文段号", "Source paragraphs", 14, func(l *line) string {
		if l.Source == nil {
			return ""
		}
		return strings.Trim(fmt.Sprint(l.Source.Paragraphs), "[]")
	}},
	{"updated", "最近变动", "Updated", 12, func(l *line) string { return string(l.Updated) }},
}, linkColumns)

var measureColumns = join(idColumn, placeColumns, []column{
	{"title", "问题", "Issue", 40, func(l *line) string { return l.Title }},
	{"status_code", "问题状态代码", "Status code of the issue", 14, func(l *line) string { return string(l.Status.Code) }},
	{"status", "问题状态", "Status of the issue", 10, func(l *line) string { return l.Status.Word }},
	{"measure", "第几条", "Measure", 8, func(l *line) string { return strconv.Itoa(l.measure.N) }},
	{"measure_label", "措施序号", "Label", 8, func(l *line) string { return l.measure.Label }},
	{"measure_title", "措施标题", "Lead sentence", 40, func(l *line) string { return l.measure.Title }},
	{"measure_text", "措施正文", "Text", 80, func(l *line) string { return l.measure.Text }},
}, linkColumns)

func join(parts ...[]column) []column {
	var all []column
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

// issueLines are the rows of the table of issues.
func (e *Exporter) issueLines() iter.Seq[*line] {
	return func(yield func(*line) bool) {
		for r := range e.rows() {
			if !yield(&line{row: r, words: &e.words}) {
				return
			}
		}
	}
}

// measureLines are the rows of the table of measures. A withdrawn issue has
// none.
func (e *Exporter) measureLines() iter.Seq[*line] {
	return func(yield func(*line) bool) {
		for r := range e.rows() {
			for i := range r.Measures {
				if !yield(&line{r, &r.Measures[i], &e.words}) {
					return
				}
			}
		}
	}
}

// each puts the entries of a list into one cell.
func each[T any](list []T, text func(T) string) string {
	lines := make([]string, len(list))
	for i, entry := range list {
		lines[i] = text(entry)
	}
	return strings.Join(lines, entrySeparator)
}

// spaced joins what is not empty.
func spaced(parts ...string) string {
	var known []string
	for _, p := range parts {
		if p != "" {
			known = append(known, p)
		}
	}
	return strings.Join(known, " ")
}

// of is a value of something that may not be there.
func of[T any](p *T, value func(*T) string) string {
	if p == nil {
		return ""
	}
	return value(p)
}
