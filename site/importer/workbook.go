package importer

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"rectify/site/problem"
)

// maxSheetRows ends sheets that are formatted down to their last row.
const maxSheetRows = 100000

// readWorkbook makes a document of an .xlsx file: each sheet is a table.
func readWorkbook(name string, data []byte) (*Document, problem.List) {
	at := problem.Place{File: name}
	a, err := openArchive(data)
	if err != nil {
		return nil, problem.List{archiveProblem(err, a, at)}
	}
	if a.size > maxUnpacked {
		return nil, problem.List{archiveProblem(errTooLarge, a, at)}
	}
	book, err := openBook(data)
	if err != nil {
		return nil, problem.List{problem.New(problem.BrokenArchive, at)}
	}
	defer book.Close()
	doc := &Document{Name: name, Format: Workbook}
	table := 0
	for _, sheet := range book.GetSheetList() {
		if visible, err := book.GetSheetVisible(sheet); err == nil && !visible {
			continue
		}
		rows := sheetRows(book, sheet)
		table++
		doc.addSheet(rows, sheet, table)
	}
	dropped := doc.fromBlocks()
	var list problem.List
	if dropped > 0 {
		list = append(list, problem.New(problem.ControlsDropped, at, count(dropped)))
	}
	return doc.checked(list)
}

// openBook shields from panics on files that no program wrote.
func openBook(data []byte) (book *excelize.File, err error) {
	defer func() {
		if r := recover(); r != nil {
			book, err = nil, errors.New("workbook cannot be read")
		}
	}()
	return excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: 64 << 20, RawCellValue: true})
}

// sheetCell is a cell with its text, and whether it is printed here.
type sheetCell struct {
	lines []string
	own   bool
}

// sheetRows reads a sheet; row i is row i+1.
func sheetRows(book *excelize.File, sheet string) (out [][]sheetCell) {
	defer func() {
		if recover() != nil {
			out = nil
		}
	}()
	rows, err := book.GetRows(sheet)
	if err != nil || len(rows) > maxSheetRows {
		return nil
	}
	dates := map[int]bool{}
	out = make([][]sheetCell, len(rows))
	for r, row := range rows {
		out[r] = make([]sheetCell, len(row))
		for c, value := range row {
			if value == "" {
				out[r][c].own = true
				continue
			}
			out[r][c] = sheetCell{strings.Split(cellText(book, sheet, r, c, value, dates), "\n"), true}
		}
	}
	merges, err := book.GetMergeCells(sheet)
	if err != nil {
		return out
	}
	for _, m := range merges {
		c1, r1, e1 := excelize.CellNameToCoordinates(m.GetStartAxis())
		c2, r2, e2 := excelize.CellNameToCoordinates(m.GetEndAxis())
		if e1 != nil || e2 != nil || r1 > len(out) || (r2-r1+1)*(c2-c1+1) > maxCells {
			continue
		}
		var lines []string
		if c1 <= len(out[r1-1]) {
			lines = out[r1-1][c1-1].lines
		}
		for r := r1; r <= min(r2, len(out)); r++ {
			for len(out[r-1]) < c2 {
				out[r-1] = append(out[r-1], sheetCell{own: true})
			}
			for c := c1; c <= c2; c++ {
				if r != r1 || c != c1 {
					out[r-1][c-1] = sheetCell{lines, false}
				}
			}
		}
	}
	return out
}

// cellText gives the text of a cell: a day where the number is shown as one.
func cellText(book *excelize.File, sheet string, r, c int, value string, dates map[int]bool) string {
	number, err := strconv.ParseFloat(value, 64)
	if err != nil || number < 20000 || number > 80000 {
		if err == nil && strings.ContainsAny(value, "eE.") {
			if shown := shownValue(book, sheet, r, c); shown != "" {
				return shown
			}
		}
		return value
	}
	cell, err := excelize.CoordinatesToCellName(c+1, r+1)
	if err != nil {
		return value
	}
	style, err := book.GetCellStyle(sheet, cell)
	if err != nil {
		return value
	}
	isDate, known := dates[style]
	if !known {
		isDate = dateStyle(book, style)
		dates[style] = isDate
	}
	if !isDate {
		return value
	}
	day, err := excelize.ExcelDateToTime(number, false)
	if err != nil {
		return value
	}
	// What the clerk sees is what is printed, where it is a whole day.
	if shown := shownValue(book, sheet, r, c); strings.Contains(shown, "年") {
		if seen := datesIn(shown); len(seen) == 1 && seen[0].String() == day.Format(time.DateOnly) {
			return shown
		}
	}
	return day.Format(time.DateOnly)
}

func shownValue(book *excelize.File, sheet string, r, c int) string {
	cell, err := excelize.CoordinatesToCellName(c+1, r+1)
	if err != nil {
		return ""
	}
	shown, err := book.GetCellValue(sheet, cell, excelize.Options{RawCellValue: false})
	if err != nil {
		return ""
	}
	return shown
}

func dateStyle(book *excelize.File, id int) bool {
	style, err := book.GetStyle(id)
	if err != nil || style == nil {
		return false
	}
	if n := style.NumFmt; n >= 14 && n <= 17 || n == 22 || n >= 27 && n <= 36 || n >= 50 && n <= 58 {
		return true
	}
	return style.CustomNumFmt != nil && strings.ContainsAny(strings.ToLower(*style.CustomNumFmt), "yd年")
}

// addSheet adds the rows of a sheet. A row with one text above the names of the
// columns is a paragraph: the title of the ledger.
func (d *Document) addSheet(rows [][]sheetCell, sheet string, table int) {
	header := -1
	best := 1
	for i, row := range rows[:min(len(rows), headerRows)] {
		names := make([]string, len(row))
		for k, c := range row {
			names[k] = strings.Join(c.lines, "")
		}
		if score := headerScore(names); score > best {
			header, best = i, score
		}
	}
	for i, row := range rows {
		cells := make([][]string, len(row))
		own := make([]bool, len(row))
		filled := 0
		for k, c := range row {
			cells[k], own[k] = c.lines, c.own
			if c.own && len(c.lines) > 0 {
				filled++
			}
		}
		text, r := makeRow(cells, own)
		if inkless(text) {
			continue
		}
		r.Table, r.Sheet, r.Number = table, sheet, i+1
		b := Block{Text: text, Row: r}
		if i < header && filled == 1 {
			b.Row = nil
			b.Title = d.Format != CSVFile && len(d.Blocks) == 0
		}
		d.Blocks = append(d.Blocks, b)
	}
}

// readCSV makes a document of a table in plain text.
func readCSV(doc *Document, list problem.List) (*Document, problem.List) {
	doc.Format = CSVFile
	r := csv.NewReader(strings.NewReader(doc.Text))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	first, _, _ := strings.Cut(doc.Text, "\n")
	for _, mark := range []rune{'\t', ';', '；'} {
		if strings.Count(first, string(mark)) > strings.Count(first, ",") {
			r.Comma = mark
		}
	}
	var rows [][]sheetCell
	for len(rows) < maxSheetRows {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, append(list, problem.New(problem.BrokenArchive, problem.Place{File: doc.Name}))
		}
		row := make([]sheetCell, len(record))
		for i, value := range record {
			row[i].own = true
			if value != "" {
				row[i].lines = strings.Split(value, "\n")
			}
		}
		rows = append(rows, row)
	}
	doc.addSheet(slices.Clip(rows), "", 1)
	doc.fromBlocks()
	return doc.checked(list)
}
