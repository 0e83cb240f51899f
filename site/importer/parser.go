package importer

import (
	"crypto/sha256"
	"encoding/binary"
	"strconv"
	"strings"

	"rectify/site/model"
	"rectify/site/problem"
)

// Options say what the importer has to know of the portal.
type Options struct {
	ID      model.Slug               // of the report; "" makes one of its year
	Taken   func(model.IssueID) bool // tells ids that the portal uses already; nil knows none
	Contact *model.Contact           // of the portal: a report that says the same says nothing
	Unit    string                   // of the portal: stands in where the text names none
	On      model.Date               // the day that the paper speaks of; "" takes its own
}

// Result is what became of a document.
type Result struct {
	Document *Document
	Report   *model.Report
	Fates    []Fate       // one for each paragraph
	Notes    problem.List // what a person has to look at, by line of the source text
	Certain  int          // issues that plain signs show to be such; the others were told by their place
	names    []string     // of the issues' files
}

// parser reads one document.
type parser struct {
	doc       *Document
	o         Options
	aside     []string // of each paragraph; "" is content
	claims    []claim
	notes     problem.List
	lines     []int // of each paragraph, its line in the text
	report    *model.Report
	legend    map[string]meaning
	twoParts  bool         // each issue has a paragraph with what was found and one with what came of it
	listed    map[int]mark // paragraphs that are items of a list under a key
	stamped   int          // how plainly the page said when it was published (stampSays)
	root      string       // the path of the report: ""
	pairs     map[[2]class]int
	parts     []*draftPart
	outline   []*draftSection
	sheets    int // of a workbook
	lastSheet string
	loose     []int // indices in outline of issues without a section
	pending   []pendingRows
	certain   int
	files     []string // of each issue, its file's name without ending
	taken     map[model.IssueID]bool
	given     map[model.IssueID]model.IssueID // by the number that a title makes, the last one that was free
	known     map[[2]int]int                  // month and day to the year printed with them
	years     []yearAt                        // years printed, in order
}

// yearAt is a year that a paragraph prints.
type yearAt struct{ par, year int }

// Import recognises the report in a document. It never fails: what it does not
// understand stays in the source text and is listed as unclaimed.
func Import(doc *Document, o Options) *Result {
	p := newParser(doc, o)
	p.report.Paragraphs = doc.Paragraphs()
	for _, b := range doc.Blocks {
		if b.Row != nil && b.Row.Sheet != "" && b.Row.Sheet != p.lastSheet {
			p.lastSheet = b.Row.Sheet
			p.sheets++
		}
	}
	p.number()
	p.collectYears()
	body := p.frame()
	p.structure(body)
	p.facts()
	p.name()
	p.paths()
	for i, reason := range p.aside {
		if reason != "" {
			p.report.Furniture = append(p.report.Furniture, i+1)
		}
	}
	result := &Result{Document: doc, Report: p.report, Fates: p.fates(), Notes: p.notes, Certain: p.certain, names: p.files}
	p.noteTotals()
	p.noteKeys()
	result.noteUnclaimed(p)
	result.Notes.Sort()
	return result
}

func newParser(doc *Document, o Options) *parser {
	return &parser{
		doc: doc, o: o, aside: make([]string, len(doc.Blocks)), report: &model.Report{},
		taken: map[model.IssueID]bool{}, given: map[model.IssueID]model.IssueID{},
	}
}

// str gives the text of a span.
func (p *parser) str(s span) string { return p.doc.Blocks[s.par].Text[s.from:s.to] }

// text gives a paragraph.
func (p *parser) text(par int) string { return p.doc.Blocks[par].Text }

// full is the span of a whole paragraph.
func (p *parser) full(par int) span { return span{par, 0, len(p.text(par))} }

// number finds the line of each paragraph in the source text.
func (p *parser) number() {
	p.lines = make([]int, len(p.doc.Blocks))
	n, line := 0, 0
	for text := range strings.Lines(p.doc.Text) {
		line++
		if strings.TrimSpace(text) != "" && n < len(p.lines) {
			p.lines[n] = line
			n++
		}
	}
}

// note leaves a remark at a paragraph.
func (p *parser) note(code problem.Code, par int, args ...string) {
	at := problem.Place{File: p.doc.Name}
	if par >= 0 && par < len(p.lines) {
		at.Line = p.lines[par]
		if row := p.doc.Blocks[par].Row; row != nil && row.Number > 0 {
			at = problem.Place{File: p.doc.Name, Sheet: row.Sheet, Cell: "A" + strconv.Itoa(row.Number)}
		}
	}
	p.notes = append(p.notes, problem.New(code, at, args...))
}

// noteUnclaimed lists what went nowhere.
func (r *Result) noteUnclaimed(p *parser) {
	for _, f := range r.Fates {
		if f.Kind != Unclaimed && f.Kind != Partly {
			continue
		}
		for _, part := range f.Missing(p.text(f.Paragraph - 1)) {
			p.note(problem.Unclaimed, f.Paragraph-1, short(part))
		}
	}
	r.Notes = p.notes
}

// short cuts a text that is quoted in a message.
func short(text string) string {
	const longest = 40
	n := 0
	for i := range text {
		if n++; n > longest {
			return text[:i] + "…"
		}
	}
	return text
}

func count(n int) string { return strconv.Itoa(n) }

func megabytes(n int) string { return strconv.Itoa((n+(1<<20)-1)>>20) + " MB" }

// The numbers that issues can have.
const firstID, lastID = 100000, 999999

// newID gives an issue its number: opaque, from its place in the text, the next
// free one where it is taken.
func (p *parser) newID(titles []string) model.IssueID {
	sum := sha256.Sum256([]byte(strings.Join(titles, "/")))
	first := model.IssueID(binary.BigEndian.Uint64(sum[:8])%(lastID-firstID+1) + firstID)
	id := max(first, p.given[first]) // of many with one title, the last stands there
	for p.taken[id] || p.o.Taken != nil && p.o.Taken(id) {
		if id++; id > lastID {
			id = firstID
		}
	}
	p.taken[id], p.given[first] = true, id
	return id
}

// Totals counts the paragraphs of each kind and the characters of the content
// that are in the data.
type Totals struct {
	Used, Partly, Furniture, Unclaimed int
	Characters, Kept                   int
}

// Totals sums up the fates.
func (r *Result) Totals() Totals {
	var t Totals
	for i := range r.Fates {
		f := &r.Fates[i]
		switch f.Kind {
		case Used:
			t.Used++
		case Partly:
			t.Partly++
		case Unclaimed:
			t.Unclaimed++
		case Furniture:
			t.Furniture++
			continue
		}
		total, kept := f.coverage(r.Report.Paragraphs[i])
		t.Characters += total
		t.Kept += kept
	}
	return t
}
