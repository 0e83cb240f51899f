package importer

import (
	"strconv"
	"strings"
	"time"

	"rectify/site/model"
	"rectify/site/problem"
)

// addRow collects the cells of a row for the issue that is open.
func (l *ledger) addRow(par int, row *Row) {
	p, d := l.parser, l.now
	d.fromTable = l.fresh
	sources := &d.issue.Source.Paragraphs
	if n := len(*sources); n == 0 || (*sources)[n-1] != par+1 {
		*sources = append(*sources, par+1)
	}
	for i, places := range row.At {
		if len(places) == 0 {
			l.shared(par, row, i)
			continue
		}
		kind, name := keyNone, ""
		if i < len(l.kinds) {
			kind, name = l.kinds[i], squeeze(l.names[i])
		}
		spans := make([]span, len(places))
		for k, at := range places {
			spans[k] = span{par, at.from, at.to}
		}
		l.printed(i, row.Cells[i], spans)
		switch kind {
		case keyIssue:
			l.titleCell(spans)
		case keySection:
			if l.section != nil {
				for _, s := range spans {
					p.use(s, &l.section.path, "title")
				}
			}
		case keyNumber:
			switch {
			case !isNumber(p.str(spans[0])):
				// A cell that slipped into this column is not lost.
				l.groups = append(l.groups, group{kind: keyRemark, chunks: []chunk{{span: spans[0]}}})
			case l.fresh && d.issue.Label == "":
				d.issue.Label = p.use(spans[0], &d.path, "label")
			default:
				p.spend(spans[0], &d.path, "label")
			}
		default:
			g := group{kind: kind, key: keyCut{key: key{kind: kind, word: name}, value: span{par, spans[0].from, spans[0].from}}}
			for _, s := range spans {
				g.chunks = append(g.chunks, chunk{span: s})
			}
			if kind == keyDeadline {
				l.serial(&g)
			}
			l.addGroup(g)
		}
	}
}

// printedCell is the cell of a column that was printed last.
type printedCell struct {
	text  string
	spans []span
}

func (l *ledger) printed(column int, text string, spans []span) {
	if l.cells == nil {
		l.cells = map[int]printedCell{}
	}
	l.cells[column] = printedCell{text, spans}
}

// shared reads a cell that reaches down from a row above, where this row opens an
// issue: the unit that stands beside three issues sees to each of them.
func (l *ledger) shared(par int, row *Row, i int) {
	if !l.fresh || l.now.par != par || i >= len(l.kinds) || inkless(row.Cells[i]) || i > 0 && row.Cells[i] == row.Cells[i-1] {
		return
	}
	above, ok := l.cells[i]
	if !ok || above.text != row.Cells[i] {
		return
	}
	switch kind := l.kinds[i]; kind {
	case keyLead, keyCo, keyLeader, keySupervisor, keyOwners, keyDeadline, keyStatus, keyGoal, keyMeasures, keyBoth, keyProgress, keyResult:
		g := group{kind: kind, key: keyCut{key: key{kind: kind, word: squeeze(l.names[i])}, value: span{par, 0, 0}}}
		for _, s := range above.spans {
			g.chunks = append(g.chunks, chunk{span: s})
		}
		if kind == keyDeadline {
			l.serial(&g)
		}
		l.addGroup(g)
	}
}

// addGroup adds a cell; one of measures that starts with 2. counts on behind that
// of the row above.
func (l *ledger) addGroup(g group) {
	counted := false
	if len(g.chunks) > 0 {
		m, ok := parseMark(l.str(g.chunks[0].span))
		counted = ok && m.num > 1
	}
	for k := 0; counted && k < len(l.groups); k++ {
		have := &l.groups[k]
		if (g.kind == keyMeasures || g.kind == keyBoth || g.kind == keyProgress) && have.kind == g.kind && have.key.word == g.key.word {
			have.chunks = append(have.chunks, g.chunks...)
			return
		}
	}
	l.groups = append(l.groups, g)
}

// isNumber tells what can stand in a column of numbers: 3, (3), 第三项, 2-1.
func isNumber(text string) bool { return length(text) <= 8 && !strings.ContainsAny(text, "。，；") }

// titleCell reads the cell with the issue: a label, a title, and what stands
// behind its first sentence.
func (l *ledger) titleCell(spans []span) {
	p, d := l.parser, l.now
	i := d.issue
	if !l.fresh || i.Title != "" {
		for _, s := range spans {
			if fold(p.str(s)) == fold(i.Title) || !l.fresh {
				p.spend(s, &d.path, "title")
			} else {
				appendText(&i.Finding, p.use(s, &d.path, "finding"))
			}
		}
		return
	}
	first := spans[0]
	text := p.str(first)
	size := 0
	if m, ok := parseMark(text); ok && m.size < len(text) {
		size = m.size
		if i.Label == "" {
			i.Label = strings.TrimSpace(text[:size])
		}
	}
	t := parseTitle(text[size:])
	i.Lead, i.Title = t.lead, text[size+t.from:size+t.to]
	heading := span{first.par, first.from, first.from + size + t.end}
	p.use(heading, &d.path, "heading")
	if printed := strings.TrimSpace(p.str(heading)); squeeze(i.Heading()) != squeeze(printed) && fold(i.Heading()) != fold(i.Label+printed) {
		i.Printed = printed
	}
	p.addSpans(&i.Finding, d, "finding", append([]span{{first.par, heading.to, first.to}}, spans[1:]...))
}

// end reads the cells of the issue that is open: the order of columns says
// nothing, so measures come before what was reached.
func (l *ledger) end() {
	d := l.now
	if d == nil {
		return
	}
	defer func() { l.now = nil }()
	before := len(d.issue.Measures)
	l.apart(keyStatus)
	l.apart(keyDeadline)
	for k := range l.groups {
		g := &l.groups[k]
		// What the text already tells is not told twice.
		if g.kind == keyNone {
			g.kind = keyRemark
		}
		if !l.fresh && before > 0 && g.kind == keyMeasures {
			l.repeat(g)
			continue
		}
		switch g.kind {
		case keyRemark, keyEvidence:
			for k, c := range g.chunks {
				text := l.use(c.span, &d.path, "result")
				if word := g.key.word; k == 0 && g.kind == keyRemark && word != "" {
					text = word + "：" + text // a remark is no result: its column's name says so
				}
				appendText(&d.issue.Result, text)
			}
		default:
			l.fill(d, g, l.has)
		}
	}
	l.groups = nil
	if l.fresh && d.issue.Title == "" {
		d.issue.Title = l.borrowTitle(d)
	}
	if d.issue.Title == "" {
		d.issue.Title = l.str(l.full(d.par))
	}
	d.issue.FollowUps = nil
	l.finish(d)
}

// apart finds the rows of one issue that say each of its measures how far it is,
// or when it is due, and not all alike. None of them speaks of the issue: they are
// kept in words.
func (l *ledger) apart(kind keyKind) {
	first, differ := map[string]string{}, map[string]bool{} // by column
	for k := range l.groups {
		if g := &l.groups[k]; g.kind == kind && len(g.chunks) > 0 {
			said := fold(strings.TrimRight(l.str(g.chunks[0].span), "。；; "))
			if before, ok := first[g.key.word]; ok && before != said {
				differ[g.key.word] = true
			}
			first[g.key.word] = said
		}
	}
	for k := range l.groups {
		if g := &l.groups[k]; g.kind == kind && len(g.chunks) > 0 && differ[g.key.word] {
			g.kind = keyRemark
			l.note(problem.SaidApart, g.chunks[0].par, g.key.word, short(l.str(g.chunks[0].span)))
		}
	}
}

// repeat takes cells that say what the text of the issue says already.
func (l *ledger) repeat(g *group) {
	d := l.now
	have := ""
	for i := range d.issue.Measures {
		have += fold(d.issue.Measures[i].Printed())
	}
	for _, c := range g.chunks {
		if strings.Contains(have, fold(l.str(c.span))) {
			l.spend(c.span, &d.path, "measures")
		} else {
			appendText(&d.issue.Result, l.use(c.span, &d.path, "result"))
		}
	}
}

// serial reads a day that a workbook stores as a number.
func (l *ledger) serial(g *group) {
	if len(g.chunks) != 1 || l.now.issue.Deadline != nil {
		return
	}
	n, err := strconv.Atoi(strings.TrimSpace(l.str(g.chunks[0].span)))
	if err != nil || n < 36526 || n > 73050 { // the years 2000 to 2099
		return
	}
	date := model.Date(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n).Format(time.DateOnly))
	l.now.issue.Deadline = &model.Deadline{Date: model.Period(date), Kind: model.ByDate, Printed: string(date)}
	l.convert(g.chunks[0].span, &l.now.path, "deadline.date")
	g.chunks = nil
}

// isKeyTable tells a table whose cells are keys and values by turns.
func (p *parser) isKeyTable(rows []int) bool {
	keys := 0
	for _, par := range rows {
		for i, c := range p.row(par).Cells {
			if i%2 == 0 && headerKind(c) != keyNone && length(squeeze(c)) <= longestKey {
				keys++
				break
			}
		}
	}
	return keys*3 >= len(rows)*2 && keys >= 2
}

// keyTable reads a table of keys and values: one issue, or several that each
// start with the same key.
func (p *parser) keyTable(rows []int, under *draftSection) {
	l := &ledger{parser: p, under: under, has: map[keyKind]bool{}}
	opener := keyNone
	for _, par := range rows {
		row := p.row(par)
		for i := 0; i+1 < len(row.Cells); i += 2 {
			kind := headerKind(row.Cells[i])
			if opener == keyNone && (kind == keyNumber || kind == keyIssue) {
				opener = kind
			}
			l.has[kind] = true
		}
	}
	for _, par := range rows {
		row := p.row(par)
		for i := 0; i < len(row.Cells); i += 2 {
			kind := headerKind(row.Cells[i])
			if len(row.At[i]) == 0 && (i+1 >= len(row.At) || len(row.At[i+1]) == 0) {
				continue
			}
			value := ""
			var at []place
			if i+1 < len(row.Cells) {
				value, at = row.Cells[i+1], row.At[i+1]
			}
			if kind == opener || l.now == nil {
				l.end()
				name := ""
				if kind == keyIssue {
					name = value
				}
				l.start(par, name)
			}
			for _, k := range row.At[i] {
				p.spend(span{par, k.from, k.to}, &l.now.path, fieldOf(kind))
			}
			one := &Row{Cells: []string{value}, At: [][]place{at}}
			l.kinds, l.names = []keyKind{kind}, []string{row.Cells[i]}
			if kind == keyIssue && l.now.issue.Title != "" && l.fresh && opener != keyIssue {
				l.kinds[0] = keyFinding
			}
			l.addRow(par, one)
		}
	}
	l.end()
}
