package search

import (
	"iter"

	"rectify/site/page"
)

// Indexer makes the files that the search in the browser reads.
type Indexer struct {
	index   *index
	docs    []kept
	reports map[string]*report // by id; "" for pages of none
	current *report            // whose pages are going by
}

// kept is what remains of a document when it has been indexed.
type kept struct {
	*document
	pieces [][]string
}

// report is what the search has to know of a report.
type report struct {
	id    string
	title string
	unit  string
	day   string // of its publication or, where that is not known, its signature or its content
	docs  []uint32

	text  *page.Text      // its full text
	shown map[string]bool // paragraphs that other pages of it show
}

// New makes an empty index.
func New() *Indexer {
	x := &Indexer{index: &index{}, reports: map[string]*report{}}
	x.reports[""] = &report{} // pages of no report
	return x
}

// waiting is how many pages may have gone by whose words are not taken yet.
const waiting = 64

// Watch hands the pages on and takes their words as they pass, beside whatever
// else is done with them: nobody may change a page. Files must not be called
// before all went by.
func (x *Indexer) Watch(pages iter.Seq[page.Page]) iter.Seq[page.Page] {
	return func(yield func(page.Page) bool) {
		passing, done := make(chan page.Page, waiting), make(chan struct{})
		go func() {
			defer close(done)
			for p := range passing {
				x.look(p)
			}
			x.leave()
		}()
		defer func() {
			close(passing)
			<-done
		}()
		for p := range pages {
			passing <- p
			if !yield(p) {
				return
			}
		}
	}
}

func (x *Indexer) look(p page.Page) {
	switch data := p.Data.(type) {
	case page.Report:
		x.leave()
		x.current = newReport(data)
		x.current.id = string(p.Report)
		x.reports[x.current.id] = x.current
	case page.Text:
		if x.current != nil {
			x.current.text = &data
		}
	case page.Section:
		x.show(data.Printed...)
	case page.Issue:
		for _, q := range data.Issue.Quotes {
			x.show(q.Text)
		}
	}
	if d := documentOf(p); d != nil {
		x.add(d)
	}
}

// newReport reads the overview of a report.
func newReport(p page.Report) *report {
	r := &report{title: p.Title, shown: map[string]bool{}}
	days := map[string]string{}
	for _, f := range p.Report.Facts {
		days[f.Key] = f.Value
		if f.Key == "unit" {
			r.unit = f.Value
		}
	}
	for _, key := range []string{"published_at", "signed_on", "as_of"} {
		if day := days[key]; r.day == "" && day != "" {
			r.day = day[:min(len(day), len("2006-01-02"))]
		}
	}
	for _, line := range p.Report.TitleLines {
		r.shown[line] = true
	}
	for _, parts := range [][]page.Part{p.Report.Before, p.Report.After} {
		for _, part := range parts {
			r.shown[part.Heading] = true
			for _, text := range part.Paragraphs {
				r.shown[text] = true
			}
		}
	}
	return r
}

func (x *Indexer) show(paragraphs ...string) {
	if x.current != nil {
		for _, text := range paragraphs {
			x.current.shown[text] = true
		}
	}
}

// leave ends a report. Its full text is a document with those paragraphs that
// no other page shows: nobody wants to find every sentence twice.
func (x *Indexer) leave() {
	r := x.current
	if r == nil {
		return
	}
	if r.text != nil {
		d := begin(r.text.Frame, r.text.Title)
		d.report = r.id
		for _, paragraphs := range [][]page.Paragraph{r.text.Paragraphs, r.text.Furniture} {
			for _, p := range paragraphs {
				if !r.shown[p.Text] {
					d.add(false, p.Text)
				}
			}
		}
		x.add(d)
	}
	r.text, r.shown, x.current = nil, nil, nil
}

func (x *Indexer) add(d *document) {
	blocks := layOut(d.blocks)
	title := 0
	if len(blocks) > 0 {
		title = blocks[0].end()
	}
	doc := x.index.open(title)
	for _, b := range blocks {
		x.index.add(doc, b.at, b.units)
	}
	if n := len(blocks); n > 0 {
		x.index.length += blocks[n-1].end()
	}
	if d.number != "" {
		x.index.number(doc, d.number)
	}
	k := kept{d, pieces(blocks)}
	d.blocks = nil
	x.docs = append(x.docs, k)
	r := x.reports[d.report]
	if r == nil {
		r = x.reports[""]
	}
	r.docs = append(r.docs, doc)
}
