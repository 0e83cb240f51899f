package ledger

import (
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"rectify/site/model"
	"rectify/site/problem"
)

// sheetReader reads the rows of one sheet.
type sheetReader struct {
	*reader
	name    string
	at      map[string]int // columns by their names
	report  *model.Report
	section model.Slug // of the row before
	path    string
}

// cell gives the text of a column in a row, and whether the sheet has it.
func (s *sheetReader) cell(cells []string, head string) (text string, ok bool) {
	at, ok := s.at[head]
	if !ok || at >= len(cells) {
		return "", ok
	}
	return clean(cells[at]), true
}

func (s *sheetReader) mistake(code problem.Code, line int, head string, args ...string) {
	at, ok := s.at[head]
	if !ok {
		at = s.at[headID]
	}
	s.problem(code, s.name, line, at, args...)
}

// row reads one row.
func (s *sheetReader) row(line int, cells []string) {
	if !slices.ContainsFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" }) {
		return
	}
	number, _ := s.cell(cells, headID)
	number = strings.TrimSuffix(number, ".0")
	if number == "" {
		s.fresh(line, cells)
		return
	}
	id, ok := parseID(number)
	have := s.issues[id]
	switch {
	case !ok || have == nil || s.base[number] == nil:
		s.mistake(problem.LedgerUnknownID, line, headID, number)
		return
	case s.seen[id]:
		s.mistake(problem.LedgerSameID, line, headID, number)
		return
	}
	s.seen[id] = true
	s.section = have.issue.Section
	s.path, _ = s.cell(cells, headSection)
	s.changed(line, cells, have, s.base[number])
}

// cellName is the cell of a column in a line counted from 0: F12.
func (s *sheetReader) cellName(line int, head string) string {
	name, err := excelize.CoordinatesToCellName(s.at[head]+1, line+1)
	if err != nil {
		return ""
	}
	return name
}

// changed finds the edited cells of a row.
func (s *sheetReader) changed(line int, cells []string, have *row, base map[string]string) {
	now := *have.issue
	change := Change{Report: have.report.ID, Old: have.issue, Now: &now}
	before := len(s.out.Problems)
	all := columns()
	// The kind of a deadline that she chose stands over the one that her words
	// would have.
	slices.SortStableFunc(all, func(a, b column) int { return rank(a) - rank(b) })
	for _, c := range all {
		text, ok := s.cell(cells, c.head)
		if c.key == "deadline" {
			text = dayOf(text)
		}
		if !ok || text == base[c.key] {
			continue
		}
		current := clean(c.show(have.issue))
		if text == current {
			continue
		}
		if current != base[c.key] {
			s.mistake(problem.LedgerConflict, line, c.head, c.head, orNothing(current), orNothing(base[c.key]))
			continue
		}
		if code, args := c.take(s.words, &now, text); code != "" {
			s.mistake(code, line, c.head, args...)
			continue
		}
		change.Cells = append(change.Cells, Cell{c.head, s.cellName(line, c.head), current, text})
	}
	if have.issue.Withdrawn != nil && len(change.Cells) > 0 {
		s.mistake(problem.LedgerWithdrawn, line, headTitle, have.issue.ID.String())
		return
	}
	s.consistent(line, cells, have.issue, &now, &change)
	if len(change.Cells) > 0 && len(s.out.Problems) == before {
		s.out.Changed = append(s.out.Changed, change)
		s.outdated(line, have.issue, &now)
	}
}

// outdated warns of a result that says no more than the status which it has no
// longer: papers often have one line for both.
func (s *sheetReader) outdated(line int, old, now *model.Issue) {
	var says model.Issue
	words := strings.Trim(now.Result, " 。；;.")
	if words == "" || now.Result != old.Result || now.Status.Code == old.Status.Code {
		return
	}
	if code, _ := takeStatus(s.words, &says, words); code == "" && says.Status.Code != now.Status.Code {
		s.mistake(problem.LedgerOldResult, line, headResult, showStatus(now), words)
	}
}

func rank(c column) int {
	if c.key == "kind" {
		return 1
	}
	return 0
}

func orNothing(text string) string {
	if text == "" {
		return "(空)"
	}
	return text
}

// consistent asks for what has to come with a change of status or deadline.
func (s *sheetReader) consistent(line int, cells []string, old, now *model.Issue, change *Change) {
	status := showStatus(old) != showStatus(now)
	deadline := showKind(old)+"|"+showDeadline(old) != showKind(now)+"|"+showDeadline(now)
	if deadline {
		s.dated(line, now.Deadline)
	}
	if status && now.Status.Code != model.NotStated && (now.Status.Basis == "" || now.Status.Basis == old.Status.Basis) {
		s.mistake(problem.LedgerNoBasis, line, headBasis, showStatus(now))
	}
	if status && now.Status.Code == model.NotStated {
		now.Status = model.Status{Code: model.NotStated}
	}
	if !status && !deadline {
		return
	}
	text, _ := s.cell(cells, headDay)
	var day model.Date
	switch text = changeDay(text); {
	case text == "":
		day = s.on
	case day.UnmarshalText([]byte(text)) != nil:
		s.mistake(problem.LedgerBadDate, line, headDay, headDay, text)
		return
	}
	if day == "" {
		s.mistake(problem.LedgerNoDay, line, headDay)
		return
	}
	change.Day = day
	if status && now.Status.Code != model.NotStated {
		now.Status.AsOf = day
	}
}

// dated asks for the date of a deadline that is kept by one.
func (s *sheetReader) dated(line int, d *model.Deadline) {
	if d != nil && (d.Kind == model.ByDate || d.Kind == model.ByDateThenLongTerm) && d.Date == "" && d.Printed == "" {
		s.mistake(problem.LedgerKindNoDate, line, headDeadline, kindWord(d.Kind))
	}
}

// fresh reads a row without a number: a new issue.
func (s *sheetReader) fresh(line int, cells []string) {
	issue := &model.Issue{Status: model.Status{Code: model.NotStated}}
	before := len(s.out.Problems)
	if title, _ := s.cell(cells, headTitle); title == "" {
		s.mistake(problem.LedgerNoTitle, line, headTitle)
		return
	}
	section := s.section
	if path, _ := s.cell(cells, headSection); path != "" && path != s.path || section == "" {
		found := s.find(path)
		if found == "" {
			s.mistake(problem.LedgerNoSection, line, headSection, path, s.example())
			return
		}
		section, s.path, s.section = found, path, found
	}
	if have := s.twin(cells); have != nil {
		// A new row stays without a number in her workbook when it is imported.
		if !s.says(cells, have) {
			s.mistake(problem.LedgerSameTitle, line, headTitle, have.ID.String())
		}
		return
	}
	all := columns()
	slices.SortStableFunc(all, func(a, b column) int { return rank(a) - rank(b) })
	for _, c := range all {
		text, _ := s.cell(cells, c.head)
		if c.key == "deadline" {
			text = dayOf(text)
		}
		if text == "" {
			continue
		}
		if code, args := c.take(s.words, issue, text); code != "" {
			s.mistake(code, line, c.head, args...)
		}
	}
	s.dated(line, issue.Deadline)
	if issue.Status.Code != model.NotStated && issue.Status.Basis == "" {
		s.mistake(problem.LedgerNoBasis, line, headBasis, showStatus(issue))
	}
	if len(s.out.Problems) == before {
		s.out.New = append(s.out.New, NewIssue{s.report.ID, section, issue})
	}
}

// twin finds the issue of the report that has the title of a row.
func (s *sheetReader) twin(cells []string) *model.Issue {
	title, _ := s.cell(cells, headTitle)
	if s.report == nil {
		return nil
	}
	for _, issue := range s.report.Issues {
		if issue.Withdrawn == nil && squeezed(issue.Title) == squeezed(title) {
			return issue
		}
	}
	return nil
}

// says tells a row whose cells, as far as they are filled, are those of an issue.
func (s *sheetReader) says(cells []string, issue *model.Issue) bool {
	for _, c := range columns() {
		text, _ := s.cell(cells, c.head)
		if c.key == "deadline" {
			text = dayOf(text)
		}
		if text != "" && text != clean(c.show(issue)) {
			return false
		}
	}
	return true
}

// find gives the section of a path as the sheet shows it, or of its last part.
func (s *sheetReader) find(path string) model.Slug {
	if s.report == nil || path == "" {
		return ""
	}
	var whole, last model.Slug
	var walk func(list []model.Section, above string)
	walk = func(list []model.Section, above string) {
		for i := range list {
			own := sectionPath(above, &list[i])
			switch {
			case squeezed(own) == squeezed(path):
				whole = list[i].ID
			case squeezed(list[i].Label+list[i].Title) == squeezed(path), squeezed(list[i].Title) == squeezed(path):
				last = list[i].ID
			}
			walk(list[i].Sections, own)
		}
	}
	walk(s.report.Outline, "")
	if whole != "" {
		return whole
	}
	return last
}

// example names a heading that there is.
func (s *sheetReader) example() string {
	if s.report == nil || len(s.report.Outline) == 0 {
		return ""
	}
	return sectionPath("", &s.report.Outline[0])
}
