package importer

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxCells ends tables made to exhaust memory: rowspan=65534 in a few cells. Such a
// table is read as text.
const maxCells = 200000

// dataTable reads a table as rows if it is one: many sites lay out their pages
// with tables.
func (h *htmlReader) dataTable(n *html.Node, aside string) bool {
	var rows, hidden []*html.Node
	nested := false
	for d := range n.Descendants() {
		switch d.DataAtom {
		case atom.Table:
			nested = true
		case atom.Tr:
			if h.styledAway(d) || droppedElement(d) {
				hidden = append(hidden, d)
				continue
			}
			rows = append(rows, d)
		}
	}
	if nested || len(rows) == 0 {
		return false
	}
	away := h.away
	grid, ok := h.grid(rows)
	if !ok {
		h.away = away // it is read again
		return false
	}
	data := false
	for i, row := range grid {
		if i >= headerRows {
			break
		}
		data = data || headerScore(row.Cells) >= 2
	}
	keys := 0
	for _, row := range grid {
		if len(row.Cells) >= 2 && headerKind(row.Cells[0]) != keyNone {
			keys++
		}
	}
	if !data && keys*3 < len(grid)*2 {
		return false
	}
	h.table++
	for _, tr := range hidden {
		if h.styledAway(tr) && !inkless(textOf(tr)) {
			h.away++
		}
	}
	for _, row := range grid {
		if row.text == "" {
			continue
		}
		row.Row.Table = h.table
		h.blocks = append(h.blocks, Block{Text: row.text, Row: row.Row, Aside: aside})
	}
	return true
}

type gridRow struct {
	text string
	*Row
}

type gridCell struct {
	lines []string
	down  int
}

// grid lays cells over columns and rows. ok is false where they are too many.
func (h *htmlReader) grid(rows []*html.Node) (out []gridRow, ok bool) {
	open := map[int]*gridCell{} // by column: cells that reach down
	total := 0
	for _, tr := range rows {
		var cells [][]string
		var own []bool
		fill := func() {
			for {
				c := open[len(cells)]
				if c == nil || c.down == 0 || total > maxCells {
					return
				}
				c.down--
				total++
				cells, own = append(cells, c.lines), append(own, false)
			}
		}
		for td := tr.FirstChild; td != nil; td = td.NextSibling {
			if td.DataAtom != atom.Td && td.DataAtom != atom.Th {
				continue
			}
			fill()
			if total > maxCells {
				return nil, false
			}
			lines := h.cellLines(td)
			across, down := spanAttr(td, "colspan"), spanAttr(td, "rowspan")
			for k := range across {
				if down > 1 {
					open[len(cells)] = &gridCell{lines, down - 1}
				}
				cells, own = append(cells, lines), append(own, k == 0)
				total++
			}
		}
		fill()
		text, row := makeRow(cells, own)
		out = append(out, gridRow{text, row})
	}
	return out, true
}

func spanAttr(n *html.Node, key string) int {
	v, err := strconv.Atoi(strings.TrimSpace(htmlAttr(n, key)))
	if err != nil || v < 1 {
		return 1
	}
	return min(v, maxSpan)
}

// cellLines gives the paragraphs of a cell.
func (page *htmlReader) cellLines(td *html.Node) []string {
	h := &htmlReader{inside: true, hidden: page.hidden}
	if h.styledAway(td) || droppedElement(td) {
		if !inkless(textOf(td)) {
			page.away++
		}
		return nil
	}
	for c := td.FirstChild; c != nil; c = c.NextSibling {
		h.walk(c, "")
	}
	h.flush("")
	page.away += h.away
	out := make([]string, len(h.blocks))
	for i, b := range h.blocks {
		out[i] = b.Text
	}
	return out
}
