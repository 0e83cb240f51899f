package ledger

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"rectify/site/model"
	"rectify/site/problem"
)

// Limits of what a packed file may unfold to.
const (
	maxUnpacked = 256 << 20
	maxXML      = 64 << 20
	maxHeader   = 20     // rows that are looked at for the names of columns
	maxRows     = 100000 // of a sheet
)

// Is tells a workbook that Write made, whoever saved it since.
func Is(data []byte) bool {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return false
	}
	f, err := z.Open("xl/workbook.xml")
	if err != nil {
		return false
	}
	defer f.Close()
	list, err := io.ReadAll(io.LimitReader(f, 1<<20))
	return err == nil && bytes.Contains(list, []byte(`name="`+baseSheet+`"`))
}

// Reading is what a clerk's workbook says.
type Reading struct {
	Changed  []Change
	New      []NewIssue
	Gone     []*model.Issue // whose rows are not there any more
	Problems problem.List   // mistakes, by sheet and cell
}

// Change is a row with edited cells.
type Change struct {
	Report model.Slug
	Old    *model.Issue
	Now    *model.Issue
	Day    model.Date // of a change of status or deadline; "" where neither changed
	Cells  []Cell
}

// Cell is one edited cell.
type Cell struct {
	Head, Cell, Before, After string
}

// NewIssue is a row without a number.
type NewIssue struct {
	Report  model.Slug
	Section model.Slug
	Issue   *model.Issue // without an id
}

// ErrUnreadable says that the file is no workbook that can be read.
var ErrUnreadable = errors.New("workbook cannot be read")

// Read finds what was edited in a workbook. name is for messages, on the day of
// changes where a row gives none. Nothing of a row with a mistake is in the
// reading.
func Read(name string, data []byte, portal *model.Portal, words *Words, on model.Date) (r *Reading, err error) {
	defer func() {
		// excelize panics on files that no program wrote.
		if recover() != nil {
			r, err = nil, ErrUnreadable
		}
	}()
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxXML, RawCellValue: true})
	if err != nil {
		return nil, errors.Join(ErrUnreadable, err)
	}
	defer book.Close()
	d := &reader{
		name: name, book: book, words: words, on: on, out: &Reading{},
		base: map[string]map[string]string{}, sheets: map[string]model.Slug{}, issues: map[model.IssueID]*row{}, seen: map[model.IssueID]bool{},
	}
	for _, report := range portal.Reports {
		d.sheets[string(report.ID)] = report.ID
		for _, issue := range report.Issues {
			d.issues[issue.ID] = &row{report: report, issue: issue}
		}
	}
	if err := d.readBase(); err != nil {
		return nil, err
	}
	for _, sheet := range book.GetSheetList() {
		if sheet != baseSheet && sheet != guideSheet && sheet != listSheet {
			if err := d.sheet(sheet, portal); err != nil {
				return nil, err
			}
		}
	}
	d.missing()
	d.out.Problems.Sort()
	return d.out, nil
}

// row is what the portal has of an issue.
type row struct {
	report *model.Report
	issue  *model.Issue
}

type reader struct {
	name   string
	book   *excelize.File
	words  *Words
	on     model.Date
	out    *Reading
	base   map[string]map[string]string // by number and key of the column
	order  []string                     // the numbers of the base
	sheets map[string]model.Slug        // by name
	issues map[model.IssueID]*row
	seen   map[model.IssueID]bool
}

// readBase reads what every cell said when the workbook was written.
func (d *reader) readBase() error {
	rows, err := d.book.GetRows(baseSheet)
	if err != nil || len(rows) == 0 || len(rows[0]) < 3 || rows[0][0] != baseMark {
		return ErrUnreadable
	}
	for _, cells := range rows[1:] {
		if len(cells) < 2 {
			continue
		}
		values := map[string]string{}
		for i, key := range rows[0][2:] {
			if i+2 < len(cells) {
				values[key] = clean(cells[i+2])
			} else {
				values[key] = ""
			}
		}
		d.base[cells[0]] = values
		d.order = append(d.order, cells[0])
		if id, ok := parseID(cells[0]); ok && d.issues[id] != nil {
			d.sheets[cells[1]] = d.issues[id].report.ID
		}
	}
	return nil
}

func parseID(text string) (id model.IssueID, ok bool) {
	return id, id.UnmarshalText([]byte(strings.TrimSpace(text))) == nil
}

// clean is a cell's text as it is compared: line ends of one sort, no white
// space at its end. Spaces before the first paragraph say nothing either.
func clean(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "_x000D_\n", "\n", "_x000d_\n", "\n").Replace(text)
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \t　")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// problem records a mistake at a cell; column and line count from 0.
func (d *reader) problem(code problem.Code, sheet string, line, col int, args ...string) {
	cell, err := excelize.CoordinatesToCellName(col+1, line+1)
	if err != nil {
		cell = "A" + strconv.Itoa(line+1)
	}
	d.out.Problems = append(d.out.Problems, problem.New(code, problem.Place{File: d.name, Sheet: sheet, Cell: cell}, args...))
}

// sheet reads the rows of one sheet.
func (d *reader) sheet(name string, portal *model.Portal) error {
	rows, err := d.book.GetRows(name)
	if err != nil || len(rows) > maxRows {
		return errors.Join(ErrUnreadable, err)
	}
	d.unmerge(name, rows)
	heads := headsOf()
	head := slices.IndexFunc(rows[:min(len(rows), maxHeader)], AreHeads)
	if head < 0 {
		if _, ours := d.sheets[name]; ours {
			d.problem(problem.LedgerNoColumn, name, headRow-1, 0, headID)
		}
		return nil // a sheet of her own
	}
	at, ok := d.heads(name, head, rows[head], heads)
	if !ok {
		return nil
	}
	s := &sheetReader{reader: d, name: name, at: at, report: d.reportOf(name, rows[head+1:], at[headID], portal)}
	for line := head + 1; line < len(rows); line++ {
		s.row(line, rows[line])
	}
	return nil
}

// AreHeads tells the row with the names of the columns, also in a copy of a
// workbook that Is does not know any more.
func AreHeads(cells []string) bool {
	heads, ours := headsOf(), 0
	for _, c := range cells {
		if slices.Contains(heads, headOf(c)) {
			ours++
		}
	}
	return ours*2 > len(heads)
}

// heads finds the columns of a sheet by their names. A column under another name
// would be passed over with all that she wrote in it, so names that are missing
// and names that are none of ours are mistakes.
func (d *reader) heads(sheet string, line int, cells, heads []string) (at map[string]int, ok bool) {
	at, ok = map[string]int{}, true
	for i, c := range cells {
		head := headOf(c)
		if head == "" {
			continue
		}
		if _, twice := at[head]; twice || !slices.Contains(heads, head) {
			d.problem(problem.LedgerBadColumn, sheet, line, i, squeezed(c))
			ok = false
			continue
		}
		at[head] = i
	}
	for i, head := range heads {
		if _, there := at[head]; !there {
			d.problem(problem.LedgerNoColumn, sheet, line, i, head)
			ok = false
		}
	}
	return at, ok
}

func squeezed(text string) string { return strings.Join(strings.Fields(text), "") }

// reportOf finds the report of a sheet by its name, or by its rows.
func (d *reader) reportOf(name string, rows [][]string, idAt int, portal *model.Portal) *model.Report {
	id, ok := d.sheets[name]
	for _, cells := range rows {
		if ok {
			break
		}
		if idAt < len(cells) {
			if n, good := parseID(cells[idAt]); good && d.issues[n] != nil {
				id, ok = d.issues[n].report.ID, true
			}
		}
	}
	for _, report := range portal.Reports {
		if ok && report.ID == id {
			return report
		}
	}
	return nil
}

// unmerge gives every cell of a merged block the text of its first one, as the
// clerk sees it.
func (d *reader) unmerge(name string, rows [][]string) {
	merges, err := d.book.GetMergeCells(name)
	if err != nil {
		return
	}
	for _, m := range merges {
		c1, r1, e1 := excelize.CellNameToCoordinates(m.GetStartAxis())
		c2, r2, e2 := excelize.CellNameToCoordinates(m.GetEndAxis())
		if e1 != nil || e2 != nil || (r2-r1+1)*(c2-c1+1) > maxRows {
			continue
		}
		for r := r1; r <= min(r2, len(rows)); r++ {
			for c := c1; c <= c2; c++ {
				for len(rows[r-1]) < c {
					rows[r-1] = append(rows[r-1], "")
				}
				rows[r-1][c-1] = m.GetCellValue()
			}
		}
	}
}

// missing finds the issues whose rows were deleted.
func (d *reader) missing() {
	for _, number := range d.order {
		if id, ok := parseID(number); ok && !d.seen[id] && d.issues[id] != nil && d.issues[id].issue.Withdrawn == nil {
			issue := d.issues[id].issue
			d.out.Gone = append(d.out.Gone, issue)
			d.out.Problems = append(d.out.Problems, problem.New(problem.LedgerRowGone, problem.Place{File: d.name}, number, issue.Title))
		}
	}
}

// dayOf reads a day, also one that the workbook stores as a number.
func dayOf(text string) string {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || n < 36526 || n > 73050 { // the years 2000 to 2099
		return text
	}
	return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(n)).Format(time.DateOnly)
}

// dayForm is a whole day as clerks write it: 2025.12.1, 2025/12/1, 2025年12月1日.
var dayForm = regexp.MustCompile(`^(20\d{2})(?:[-/.．]|年)(\d{1,2})(?:[-/.．]|月)(\d{1,2})日?$`)

// changeDay reads the day of a change in all of these forms; another text comes
// back as it is.
func changeDay(text string) string {
	m := dayForm.FindStringSubmatch(strings.Join(strings.Fields(text), ""))
	if m == nil {
		return dayOf(text)
	}
	month, day := "0"+m[2], "0"+m[3]
	return m[1] + "-" + month[len(month)-2:] + "-" + day[len(day)-2:]
}
