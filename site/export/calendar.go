package export

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"rectify/site/model"
)

// promise is a follow-up that names a day, a month or a year.
type promise struct {
	model.FollowUp
	report *model.Report
	issue  *model.Issue
	nth    int // among the issue's promises of the same period, from 0
}

// promises gives the dated promises of all issues that are not withdrawn.
func (e *Exporter) promises() iter.Seq[promise] {
	return func(yield func(promise) bool) {
		for _, report := range e.portal.Reports {
			for _, issue := range report.Issues {
				if issue.Withdrawn != nil {
					continue
				}
				periods := map[model.Period]int{}
				for _, f := range issue.FollowUps {
					if f.Due == "" {
						continue
					}
					if !yield(promise{f, report, issue, periods[f.Due]}) {
						return
					}
					periods[f.Due]++
				}
			}
		}
	}
}

func (e *Exporter) hasDueDay() bool {
	for range e.promises() {
		return true
	}
	return false
}

// writeCalendar writes follow-ups.ics (RFC 5545). A promise is an event of a
// whole day: few calendars show VTODO.
func (e *Exporter) writeCalendar(w io.Writer) error {
	out := bufio.NewWriter(w)
	line := func(name, value string) { _, _ = out.WriteString(fold(name + ":" + value)) }
	name := escapeText(e.portal.Name + e.words.promise.name)
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//rectify//follow-ups//EN")
	line("CALSCALE", "GREGORIAN")
	line("NAME", name) // RFC 7986
	line("X-WR-CALNAME", name)
	for p := range e.promises() {
		id := identity(p.report.Unit, string(p.report.ID), "follow-up", string(p.Due), strconv.Itoa(p.nth), p.issue.ID.String())
		page := e.url(issuePath(p.issue.ID))
		line("BEGIN", "VEVENT")
		line("UID", id)
		line("DTSTAMP", stamp(cmp.Or(changed(p.report, p.issue), p.Due.End())))
		line("DTSTART;VALUE=DATE", strings.ReplaceAll(string(p.Due.End()), "-", ""))
		line("SUMMARY", escapeText(e.words.promise.due+p.issue.Title))
		line("DESCRIPTION", escapeText(e.promiseText(p, page)))
		if page != "" {
			line("URL", page)
		}
		line("CATEGORIES", escapeText(p.report.Unit))
		line("TRANSP", "TRANSPARENT")
		line("END", "VEVENT")
	}
	line("END", "VCALENDAR")
	return out.Flush()
}

// promiseText says what was promised, and that a month or a year stands for
// its last day.
func (e *Exporter) promiseText(p promise, page string) string {
	t := e.words.promise
	lines := []string{p.Text}
	if end := p.Due.End(); string(end) != string(p.Due) {
		lines = append(lines, fmt.Sprintf(t.period, p.Due, end))
	}
	lines = append(lines, fmt.Sprintf(t.issue, p.issue.ID, p.issue.Heading()))
	if p.Measure > 0 {
		lines = append(lines, fmt.Sprintf(t.measure, p.Measure))
	}
	lines = append(lines, p.report.Title)
	if page != "" {
		lines = append(lines, fmt.Sprintf(t.page, page))
	}
	return strings.Join(lines, "\n")
}

// stamp is the beginning of a day in China as the format wants it, in UTC.
func stamp(day model.Date) string {
	t, _ := time.Parse(time.RFC3339, midnight(day)) // a model.Date has been checked
	return t.UTC().Format("20060102T150405Z")
}

// escapeText makes a TEXT value. Control characters have no place in one.
func escapeText(text string) string {
	var out strings.Builder
	for _, r := range lineEnds.Replace(strings.ToValidUTF8(text, "\uFFFD")) {
		switch {
		case r == '\\' || r == ';' || r == ',':
			out.WriteByte('\\')
			out.WriteRune(r)
		case r == '\n':
			out.WriteString(`\n`)
		case r == '\t' || r >= ' ' && r != 0x7f:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// maxLine is how many octets a line may have, without its end.
const maxLine = 75

// fold breaks a content line where the format wants it, between characters. A
// line that goes on begins with a space, which counts.
func fold(line string) string {
	var out strings.Builder
	used := 0
	for _, r := range line {
		n := utf8.RuneLen(r)
		if used+n > maxLine {
			out.WriteString("\r\n ")
			used = 1
		}
		out.WriteRune(r)
		used += n
	}
	out.WriteString("\r\n")
	return out.String()
}
