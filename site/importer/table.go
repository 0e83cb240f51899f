package importer

import (
	"regexp"
	"slices"
	"strings"

	"rectify/site/model"
	"rectify/site/problem"
)

// headerRows is how far down a header is looked for.
const headerRows = 20

// tables reads the rows of tables: a ledger gives issues, or says more of
// issues that the text has; a table of keys and values is a block like any
// other; what is neither stays as text.
func (p *parser) tables(rows []int) {
	for _, t := range p.groupRows(rows) {
		p.table(t, nil)
	}
	for _, pending := range p.pending {
		for _, t := range p.groupRows(pending.rows) {
			p.table(t, pending.section)
		}
	}
}

func (p *parser) row(par int) *Row { return p.doc.Blocks[par].Row }

// groupRows puts rows of the same table together.
func (p *parser) groupRows(rows []int) [][]int {
	var out [][]int
	for i, par := range rows {
		if i == 0 || p.row(par).Table != p.row(rows[i-1]).Table {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], par)
	}
	return out
}

func (p *parser) table(rows []int, under *draftSection) {
	header, best := -1, 1
	for i, par := range rows[:min(len(rows), headerRows)] {
		if score := headerScore(p.row(par).Cells); score > best {
			header, best = i, score
		}
	}
	switch {
	case header >= 0:
		p.ledger(rows, header, under)
	case p.isKeyTable(rows):
		p.keyTable(rows, under)
	default:
		var body []span
		for _, par := range rows {
			body = append(body, p.full(par))
		}
		p.parts = append(p.parts, p.paragraphs(body))
	}
}

// columns says what each column holds, and its name.
func (p *parser) columns(rows []int, header int) (kinds []keyKind, heads []string) {
	cells := p.row(rows[header]).Cells
	kinds, heads = make([]keyKind, len(cells)), slices.Clone(cells)
	var issues []int
	for i, c := range cells {
		kinds[i] = headerKind(c)
		if kinds[i] == keyIssue {
			issues = append(issues, i)
		}
		// A cell over several columns names the first one only.
		if i > 0 && c == cells[i-1] && len(p.row(rows[header]).At[i]) == 0 && kinds[i] != keyNone {
			kinds[i] = keyNone
		}
	}
	// A second row of names stands under a wide cell.
	if header+1 < len(rows) && p.isSubHeader(rows[header+1]) {
		for i, c := range p.row(rows[header+1]).Cells {
			wide := i < len(cells) && (i > 0 && cells[i] == cells[i-1] || i+1 < len(cells) && cells[i] == cells[i+1])
			if kind := headerKind(c); i < len(kinds) && kind != keyNone && (wide || kinds[i] == keyNone) {
				kinds[i] = kind
			}
		}
	}
	for i := range kinds {
		if header+1 < len(rows) && p.isSubHeader(rows[header+1]) {
			if sub := p.row(rows[header+1]).Cells; i < len(sub) && isTickName(sub[i]) {
				heads[i] = sub[i]
			}
		}
		if isTickName(heads[i]) && p.ticked(rows[header+1:], i) {
			kinds[i] = keyTick
		}
	}
	if len(issues) == 0 {
		for i, kind := range kinds {
			if kind == keyFinding {
				kinds[i] = keyIssue
				break
			}
		}
	}
	if len(issues) > 1 {
		// The narrower one is the issue, the one that repeats is above it.
		for _, i := range issues[:len(issues)-1] {
			kinds[i] = keySection
		}
		last := issues[len(issues)-1]
		if p.distinct(rows[header+1:], issues[0]) >= p.distinct(rows[header+1:], last) {
			kinds[issues[0]], kinds[last] = keyIssue, keyFinding
			for _, i := range issues[1 : len(issues)-1] {
				kinds[i] = keyFinding
			}
		}
	}
	return kinds, heads
}

// isTickName tells the name of a column of ticks: 已完成, 未完成.
func isTickName(name string) bool {
	_, ok := statusOf(name)
	return ok
}

const ticks = "√✓✔☑●■★1是"

// ticked tells a column that holds nothing but ticks.
func (p *parser) ticked(rows []int, column int) bool {
	found := false
	for _, par := range rows {
		cells := p.row(par).Cells
		if column >= len(cells) || inkless(cells[column]) || isTickName(cells[column]) {
			continue
		}
		if length(squeeze(cells[column])) != 1 || !strings.Contains(ticks, squeeze(cells[column])) {
			// A title over the whole row stands in every column.
			if column > 0 && cells[column] == cells[column-1] {
				continue
			}
			return false
		}
		found = true
	}
	return found
}

// distinct counts the different texts of a column.
func (p *parser) distinct(rows []int, column int) int {
	seen := map[string]bool{}
	for _, par := range rows {
		if cells := p.row(par).Cells; column < len(cells) && cells[column] != "" {
			seen[cells[column]] = true
		}
	}
	return len(seen)
}

// ledger reads the rows under a header.
func (p *parser) ledger(rows []int, header int, under *draftSection) {
	kinds, heads := p.columns(rows, header)
	title := 0
	for i, k := range kinds {
		if k == keyIssue {
			title = i
		}
	}
	l := &ledger{parser: p, kinds: kinds, title: title, under: under, has: map[keyKind]bool{}, names: heads}
	for _, k := range kinds {
		l.has[k] = true
	}
	for i, par := range rows {
		switch {
		case i < header && headerScore(p.row(par).Cells) >= 2:
			p.aside[par] = asideHead // the upper one of two rows of names
		case i < header:
			l.above(par)
		case i == header || i == header+1 && p.isSubHeader(par) || p.sameCells(par, rows[header]):
			p.aside[par] = asideHead
		default:
			l.row(par)
		}
	}
	l.end()
}

// isSubHeader tells a row with nothing but names of columns.
func (p *parser) isSubHeader(par int) bool {
	row := p.row(par)
	if headerScore(row.Cells) >= 2 {
		return true
	}
	names := 0
	for i, c := range row.Cells {
		if inkless(c) || len(row.At[i]) == 0 {
			continue
		}
		if headerKind(c) == keyNone && !isTickName(c) || length(squeeze(c)) > longestKey {
			return false
		}
		names++
	}
	return names >= 2
}

func (p *parser) sameCells(a, b int) bool {
	return squeeze(strings.Join(p.row(a).Cells, "|")) == squeeze(strings.Join(p.row(b).Cells, "|"))
}

// ledger is a table of issues on its way.
type ledger struct {
	*parser
	kinds   []keyKind
	names   []string
	has     map[keyKind]bool
	title   int
	under   *draftSection
	section *draftSection // the one of the rows
	now     *draftIssue
	last    string // the title of the row before
	groups  []group
	cells   map[int]printedCell // by column
	fresh   bool                // now is an issue that the text does not have
}

// above takes a row over the header: a title, a unit, a date.
func (l *ledger) above(par int) {
	p := l.parser
	if p.report.Title == "" {
		p.report.Title = p.use(p.full(par), &p.root, "title")
		return
	}
	d := &draftPart{}
	d.addText(p, []span{p.full(par)})
	if len(p.parts) == 0 {
		p.parts = append(p.parts, d)
		return
	}
	appendText(&p.parts[len(p.parts)-1].part.Text, d.part.Text)
	p.claims[len(p.claims)-1].owner = &p.parts[len(p.parts)-1].path
}

var totalRow = regexp.MustCompile(`^(合计|总计|小计|共计|填表|填报|制表|审核|单位负责人|联系人|备注|注[:：])`)

// row reads one row.
func (l *ledger) row(par int) {
	row := l.parser.row(par)
	filled := map[string]bool{}
	for _, c := range row.Cells {
		if !inkless(c) {
			filled[c] = true
		}
	}
	text := l.parser.text(par)
	switch {
	case len(filled) == 0:
		return
	case totalRow.MatchString(strings.TrimSpace(text)), len(filled) < 3 && !l.says(row) && (len(filled) > 1 || len(row.Cells) <= 2 || l.onlyNumber(row)):
		l.end()
		l.now = nil
		d := &draftPart{}
		d.addText(l.parser, []span{l.full(par)})
		l.parts = append(l.parts, d)
		return
	case len(filled) == 1 && len(row.Cells) > 2 && !l.continues(row) && !l.onlyFault(row), l.groupRow(row):
		l.end()
		l.startSection(par, text)
		return
	}
	title := ""
	if l.title < len(row.Cells) {
		title = row.Cells[l.title]
	}
	if title == "" || len(row.At[l.title]) == 0 && title == l.last {
		if l.now == nil {
			l.start(par, "")
		}
	} else {
		l.end()
		l.sectionColumn(par, row)
		l.start(par, title)
	}
	l.last = title
	l.addRow(par, row)
}

func (l *ledger) startSection(par int, text string) {
	ln := line{par: par, text: text}
	if m, ok := parseMark(text); ok {
		ln.mark = m
	}
	d := &draftSection{}
	n := newNode(&ln)
	l.heading(n, &d.path, &d.section.Label, &d.section.Lead, &d.section.Title)
	if squeeze(d.section.Heading()) != squeeze(l.str(n.heading())) {
		d.section.Printed = strings.TrimSpace(l.str(n.heading()))
	}
	l.use(n.rest(), &d.path, "summary")
	appendText(&d.section.Summary, l.str(n.rest()))
	d.section.Source.Paragraphs = []int{par + 1}
	l.place(d)
	l.section = d
}

// place puts a section where the table stands.
func (l *ledger) place(d *draftSection) {
	if l.under != nil {
		l.under.kids = append(l.under.kids, d)
		return
	}
	l.outline = append(l.outline, d)
}

// sectionColumn starts a section where the column of sections says a new one.
func (l *ledger) sectionColumn(par int, row *Row) {
	for i, k := range l.kinds {
		if k != keySection || i >= len(row.Cells) || inkless(row.Cells[i]) {
			continue
		}
		name := strings.TrimSpace(strings.ReplaceAll(row.Cells[i], "\n", ""))
		if l.section != nil && l.section.section.Title == name {
			continue
		}
		var have *draftSection
		for _, d := range l.siblings() {
			if d.section.Title == name {
				have = d
			}
		}
		if have == nil {
			have = &draftSection{section: model.Section{Title: name, Source: model.SourceRef{Paragraphs: []int{par + 1}}}}
			l.place(have)
		}
		l.section = have
		return
	}
}

func (l *ledger) siblings() []*draftSection {
	if l.under != nil {
		return l.under.kids
	}
	return l.outline
}

// start opens the issue of a row: one that the text has, or a new one.
func (l *ledger) start(par int, title string) {
	l.groups, l.fresh = nil, false
	if have := l.match(title); have != nil {
		l.now = have
		return
	}
	l.fresh = true
	l.now = &draftIssue{issue: &model.Issue{}, par: par}
	l.now.issue.Status.Code = model.NotStated
	target := l.section
	if target == nil {
		target = l.under
	}
	if len(l.issues()) > 0 && title != "" {
		l.note(problem.RowUnmatched, par, short(title))
	}
	if target == nil {
		target = l.home(par)
		l.section = target
	}
	target.issues = append(target.issues, l.now)
	l.certain++
}

// home is the section for rows that stand under no heading.
func (l *ledger) home(par int) *draftSection {
	name := l.headTitle()
	if sheet := l.parser.row(par).Sheet; sheet != "" && l.sheets > 1 {
		name = sheet
	}
	for _, d := range l.outline {
		if d.section.Title == name {
			return d
		}
	}
	d := &draftSection{section: model.Section{Title: name}}
	l.place(d)
	return d
}
