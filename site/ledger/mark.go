package ledger

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"rectify/site/problem"
)

const (
	red     = "FF9999"
	author  = "rectify"
	perNote = 900 // characters of a comment, so that Excel shows it whole
)

// Mark gives the clerk's own workbook with a red cell and a comment for each
// mistake, and a sheet that lists them. Everything else of the workbook stays
// as it is; marks of an earlier look are taken away.
func Mark(data []byte, list problem.List) (out []byte, err error) {
	defer func() {
		if recover() != nil {
			out, err = nil, ErrUnreadable
		}
	}()
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxXML})
	if err != nil {
		return nil, errors.Join(ErrUnreadable, err)
	}
	defer book.Close()
	m := &marker{book: book, red: map[int]int{}, plain: map[int]int{}}
	if err := m.clear(); err != nil {
		return nil, err
	}
	at := map[[2]string][]string{}
	var order [][2]string
	for _, p := range list {
		if p.Place.Cell == "" {
			continue
		}
		cell := [2]string{p.Place.Sheet, p.Place.Cell}
		if at[cell] == nil {
			order = append(order, cell)
		}
		at[cell] = append(at[cell], Sentence(p))
	}
	for _, cell := range order {
		if err := m.mark(cell[0], cell[1], strings.Join(at[cell], "\n")); err != nil {
			return nil, err
		}
	}
	if err := m.list(list); err != nil {
		return nil, err
	}
	var packed bytes.Buffer
	if err := book.Write(&packed); err != nil {
		return nil, err
	}
	return packed.Bytes(), nil
}

// Sentence says a mistake as the clerk reads it: 第12行 F列 完成时限“2025-13-1”不是日期。
func Sentence(p problem.Problem) string {
	text := p.Text(problem.Chinese)
	if hint := p.Hint(problem.Chinese); hint != "" {
		text += "。" + hint
	}
	return where(p.Place.Cell) + text
}

func where(cell string) string {
	col, row, err := excelize.SplitCellName(cell)
	if err != nil {
		return ""
	}
	return "第" + strconv.Itoa(row) + "行 " + col + "列 "
}

type marker struct {
	book       *excelize.File
	red, plain map[int]int // by the style that a cell has
}

// clear takes away the marks of an earlier look: comments of ours, the colour
// behind them, and the list.
func (m *marker) clear() error {
	for _, sheet := range m.book.GetSheetList() {
		comments, err := m.book.GetComments(sheet)
		if err != nil {
			return err
		}
		for _, c := range comments {
			if c.Author != author {
				continue
			}
			if err := m.book.DeleteComment(sheet, c.Cell); err != nil {
				return err
			}
			if err := m.restyle(sheet, c.Cell, m.plain, excelize.Fill{}); err != nil {
				return err
			}
		}
	}
	if index, err := m.book.GetSheetIndex(listSheet); err == nil && index >= 0 {
		return m.book.DeleteSheet(listSheet)
	}
	return nil
}

// restyle gives a cell its own style with another fill.
func (m *marker) restyle(sheet, cell string, known map[int]int, fill excelize.Fill) error {
	id, err := m.book.GetCellStyle(sheet, cell)
	if err != nil {
		return err
	}
	to, ok := known[id]
	if !ok {
		style, err := m.book.GetStyle(id)
		if err != nil {
			return err
		}
		style.Fill = fill
		if to, err = m.book.NewStyle(style); err != nil {
			return err
		}
		known[id] = to
	}
	return m.book.SetCellStyle(sheet, cell, cell, to)
}

func (m *marker) mark(sheet, cell, text string) error {
	if err := m.restyle(sheet, cell, m.red, excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{red}}); err != nil {
		return err
	}
	// A comment of hers at the cell makes room for ours and stays in the text.
	comments, err := m.book.GetComments(sheet)
	if err != nil {
		return err
	}
	for _, c := range comments {
		if c.Cell == cell {
			text += "\n" + c.Author + "：" + c.Text
			if err := m.book.DeleteComment(sheet, cell); err != nil {
				return err
			}
		}
	}
	if utf8.RuneCountInString(text) > perNote {
		text = string([]rune(text)[:perNote]) + "…"
	}
	return m.book.AddComment(sheet, excelize.Comment{Cell: cell, Author: author, Text: text, Width: 320, Height: 120})
}

// list writes the sheet with all mistakes, each with a link to its cell.
func (m *marker) list(problems problem.List) error {
	index, err := m.book.NewSheet(listSheet)
	if err != nil {
		return err
	}
	m.book.SetActiveSheet(index)
	if err := m.book.SetSheetRow(listSheet, "A1", &[]string{"表", "格", "要改正的地方"}); err != nil {
		return err
	}
	row := 1
	for _, p := range problems {
		if p.Place.Cell == "" {
			continue
		}
		row++
		first := "A" + strconv.Itoa(row)
		if err := m.book.SetSheetRow(listSheet, first, &[]string{p.Place.Sheet, p.Place.Cell, Sentence(p)}); err != nil {
			return err
		}
		if err := m.book.SetCellHyperLink(listSheet, "B"+strconv.Itoa(row), "'"+p.Place.Sheet+"'!"+p.Place.Cell, "Location"); err != nil {
			return err
		}
	}
	for col, width := range map[string]float64{"A": 20, "B": 8, "C": 110} {
		if err := m.book.SetColWidth(listSheet, col, col, width); err != nil {
			return err
		}
	}
	return nil
}
