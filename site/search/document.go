package search

import (
	"path"
	"strings"

	"rectify/site/page"
)

// document is what one page has to say that no other page says better: what
// the search finds and shows.
type document struct {
	path   string
	title  string
	blocks []block // the title is the first

	report string // id of the report that it belongs to, "" for none
	issue  bool
	number string    // of an issue
	date   string    // day of a withdrawal; of anything else its report has it
	status code      // of an issue
	owners []string  // units that answer for it
	under  []section // from the top section down
}

// block is a field of the data. A phrase is found within a block and never
// across two.
type block struct {
	text  string
	loose bool // has room to grow before the block behind it moves
}

// code is a value with the word for it.
type code struct{ key, word string }

// section is a heading that an issue stands under.
type section struct{ key, text string }

// add puts a field into a document unless a block has it already: follow-ups
// and headings mostly quote what the measures say.
func (d *document) add(loose bool, parts ...string) {
	if text := strings.Join(parts, ""); strings.TrimSpace(text) != "" {
		d.blocks = append(d.blocks, block{text, loose})
	}
}

// field is a text of several paragraphs, which is one field of the data: they
// run on as they do in the data, where a line break is white space.
func (d *document) field(paragraphs []string) { d.add(true, strings.Join(paragraphs, "\n")) }

func begin(f page.Frame, title string) *document {
	d := &document{path: f.Path, title: title}
	d.add(true, title)
	return d
}

// documentOf makes the document of a page; nil for a page that only leads to
// others or says what they say.
func documentOf(p page.Page) *document {
	d := contentOf(p)
	if d != nil {
		d.report = string(p.Report)
	}
	return d
}

func contentOf(p page.Page) *document {
	switch data := p.Data.(type) {
	case page.Issue:
		return issueDocument(data)
	case page.Section:
		if further(data.Pages) {
			return nil
		}
		d := begin(data.Frame, data.Title)
		d.field(data.Printed)
		return d
	case page.Report:
		return reportDocument(data)
	case page.Prose:
		d := begin(data.Frame, data.Title)
		for _, text := range htmlBlocks(data.HTML) {
			d.add(false, text)
		}
		return d
	case page.ContactPage:
		d := begin(data.Frame, data.Title)
		if !further(data.Pages) {
			d.contact(data.Contact)
		}
		for _, r := range data.Reports {
			d.add(false, r.Report.Text)
			d.contact(r.Contact)
		}
		return d
	}
	return nil
}

// further tells of a page that goes on with the list of another.
func further(p page.Pagination) bool { return p.Current != "" && p.Current != "1" }

func (d *document) contact(c page.Contact) {
	d.add(false, c.Unit)
	for _, phone := range c.Phones {
		d.add(false, phone)
	}
	d.add(false, c.Address)
	for _, email := range c.Emails {
		d.add(false, email)
	}
	d.add(false, c.Hours)
}

func issueDocument(p page.Issue) *document {
	i := &p.Issue
	d := begin(p.Frame, i.Title)
	d.issue, d.number = true, i.ID
	if w := i.Withdrawn; w != nil {
		d.date = w.On
		d.add(false, w.Why)
		return d
	}
	d.field(i.Finding)
	d.field(i.Goal)
	for _, m := range i.Measures {
		d.field(m.Intro)
		d.add(true, m.Label, m.Title, m.First, "\n", strings.Join(m.Rest, "\n"))
	}
	d.field(i.Result)
	d.add(false, i.Heading)
	for _, s := range p.Sections {
		d.add(false, s.Text)
		d.under = append(d.under, section{strings.TrimSuffix(path.Base(s.Href), ".html"), s.Text})
	}
	if i.Deadline != nil {
		d.add(false, i.Deadline.Kind)
		d.add(false, i.Deadline.Printed)
	}
	d.add(false, i.Leader)
	for _, units := range [][]string{i.LeadUnits, i.CoUnits} {
		for _, unit := range units {
			d.add(false, unit)
			d.owners = append(d.owners, unit)
		}
	}
	d.add(false, i.Supervisor)
	for _, e := range i.Evidence {
		d.add(false, e.Title)
		d.add(false, e.Kind)
	}
	for _, f := range i.FollowUps {
		d.add(false, f.Text)
	}
	for _, q := range i.Quotes {
		d.add(false, q.Text)
	}
	d.status = code{i.Status.Code, i.Status.Word}
	d.add(false, i.Status.Printed)
	d.add(false, i.Status.Basis)
	d.changes(i.Corrections)
	d.changes(i.History)
	return d
}

func (d *document) changes(changes []page.Change) {
	for _, c := range changes {
		for _, text := range []string{c.What, c.From, c.To, c.Basis} {
			d.add(false, text)
		}
	}
}

// worded are the facts of a report that are words. Days are not searched for:
// they stand beside a result, and lists and filters go by them.
var worded = map[string]bool{
	"unit": true, "issuer": true, "region": true, "inspection_level": true, "inspection_round": true,
	"inspection_kind": true, "inspection_team": true, "source": true, "signed_by": true,
}

func reportDocument(p page.Report) *document {
	d := begin(p.Frame, p.Title)
	d.field(p.Report.TitleLines)
	for _, parts := range [][]page.Part{p.Report.Before, p.Report.After} {
		for _, part := range parts {
			d.add(false, part.Heading)
			d.field(part.Paragraphs)
		}
	}
	for _, m := range p.Report.Metrics {
		d.add(false, m.Kind)
		d.add(false, m.Value, m.Unit)
		d.add(false, m.Quote)
	}
	for _, group := range p.Report.Totals.Declared {
		d.add(false, group.Quote)
		for _, row := range group.Rows {
			d.add(false, row.Label)
			d.add(false, row.N, row.Unit)
		}
	}
	for _, f := range p.Report.Facts {
		if worded[f.Key] {
			d.add(false, f.Value)
		}
	}
	return d
}

// withdrawn tells of an issue that was taken back: it stands in no list but
// that of all issues, and no filter finds it.
func (d *document) withdrawn() bool { return d.date != "" }
