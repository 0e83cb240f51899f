package importer

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// wordCell is a cell of a table on its way.
type wordCell struct {
	lines []string
	span  int
	merge string // vMerge: "restart", "continue" or ""
}

const maxSpan = 200

// tableOf reads a table. One with a single column is layout: its cells are
// paragraphs.
func (w *wordReader) tableOf() ([]Block, error) {
	if w.depth++; w.depth > maxNesting {
		return nil, errNesting
	}
	defer func() { w.depth-- }()
	var rows [][]wordCell
	var plain []Block
	for {
		token, err := w.decoder.Token()
		if err != nil {
			return nil, err
		}
		if t, ok := token.(xml.EndElement); ok && t.Name.Local == "tbl" {
			break
		}
		t, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch t.Name.Local {
		case "tr":
			row, blocks, err := w.rowOf()
			if err != nil {
				return nil, err
			}
			rows = append(rows, row)
			plain = append(plain, blocks...)
		case "sdt", "sdtContent", "ins", "moveTo", "customXml":
			// rows lie in them
		default:
			if err := w.decoder.Skip(); err != nil {
				return nil, err
			}
		}
	}
	wide := 0
	for _, row := range rows {
		wide = max(wide, len(row))
	}
	if wide < 2 {
		return plain, nil
	}
	w.table++
	return gridOf(rows, w.table), nil
}

// rowOf reads w:tr.
func (w *wordReader) rowOf() (row []wordCell, plain []Block, err error) {
	deleted := false
	for {
		token, err := w.decoder.Token()
		if err != nil {
			return nil, nil, err
		}
		if t, ok := token.(xml.EndElement); ok && t.Name.Local == "tr" {
			if deleted {
				return nil, nil, nil
			}
			return row, plain, nil
		}
		t, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch t.Name.Local {
		case "tc":
			cell, blocks, err := w.cellOf()
			if err != nil {
				return nil, nil, err
			}
			row = append(row, cell)
			plain = append(plain, blocks...)
		case "del":
			// A row that was deleted carries the mark in its properties.
			deleted = true
			w.deleted++
		case "gridBefore":
			if n, err := strconv.Atoi(attr(t, "val")); err == nil && n > 0 {
				row = append(row, wordCell{span: min(n, maxSpan)})
			}
		}
	}
}

// cellOf reads w:tc.
func (w *wordReader) cellOf() (cell wordCell, blocks []Block, err error) {
	cell.span = 1
	for {
		token, err := w.decoder.Token()
		if err != nil {
			return cell, nil, err
		}
		if t, ok := token.(xml.EndElement); ok && t.Name.Local == "tc" {
			for _, b := range blocks {
				cell.lines = append(cell.lines, strings.ReplaceAll(b.Text, "\t", " "))
			}
			return cell, blocks, nil
		}
		t, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		var more []Block
		switch t.Name.Local {
		case "p":
			more, err = w.paragraph()
		case "tbl":
			more, err = w.tableOf()
		case "gridSpan":
			if n, e := strconv.Atoi(attr(t, "val")); e == nil && n > 0 {
				cell.span = min(n, maxSpan)
			}
		case "vMerge":
			if cell.merge = attr(t, "val"); cell.merge == "" {
				cell.merge = "continue"
			}
		case "tcPrChange":
			err = w.decoder.Skip()
		}
		if err != nil {
			return cell, nil, err
		}
		blocks = append(blocks, more...)
	}
}

// gridOf lays cells over columns and rows.
func gridOf(rows [][]wordCell, table int) []Block {
	var out []Block
	var above [][]string
	for _, row := range rows {
		var cells [][]string
		var own []bool
		for _, c := range row {
			lines, printed := c.lines, true
			if at := len(cells); c.merge == "continue" && at < len(above) && len(c.lines) == 0 {
				lines, printed = above[at], false
			}
			for k := range c.span {
				cells = append(cells, lines)
				own = append(own, printed && k == 0)
			}
		}
		above = cells
		text, r := makeRow(cells, own)
		if inkless(text) {
			continue
		}
		r.Table = table
		out = append(out, Block{Text: text, Row: r})
	}
	return out
}
