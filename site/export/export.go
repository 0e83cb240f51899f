package export

import (
	"bytes"
	"io"
	"iter"
	"net/url"

	"rectify/site/model"
	"rectify/site/page"
)

// Exporter makes the files that machines read, of one portal.
type Exporter struct {
	portal *model.Portal
	words  words
	base   string // absolute address of the portal's root with a slash at its end, or ""
	book   *page.Book
	home   string            // path of the first page
	files  map[string]string // evidence, from the folder of data → its path in the site
	pages  []watched         // the pages that were watched
	seen   bool
	issues map[model.IssueID]bool // that have a page
}

// New prepares the files of a portal; book holds the pages of the same portal.
// Nothing internal gets past this point, also when the portal that is given is
// not a public one.
func New(book *page.Book, portal *model.Portal) *Exporter {
	e := newExporter(portal.Public(), book.BaseURL())
	e.book = book
	e.home = book.Site().Home
	e.issues = map[model.IssueID]bool{}
	for _, report := range e.portal.Reports {
		for _, issue := range report.Issues {
			e.issues[issue.ID] = true
		}
	}
	e.files = map[string]string{}
	for _, f := range book.Files() {
		e.files[f.From] = f.Path
	}
	return e
}

func newExporter(portal *model.Portal, base string) *Exporter {
	// These formats want addresses in ASCII; people may have written 示例/.
	if u, err := url.Parse(base); err == nil {
		base = u.String()
	}
	return &Exporter{portal: portal, words: wordsFor(portal.Language), base: base}
}

// Watch hands the pages on and remembers their paths for the site map, so that
// they need not be made twice. Files must not be called before all went by.
func (e *Exporter) Watch(pages iter.Seq[page.Page]) iter.Seq[page.Page] {
	return func(yield func(page.Page) bool) {
		e.pages, e.seen = nil, true
		for p := range pages {
			if p.Layout != page.LayoutNotFound {
				e.pages = append(e.pages, watched{p.Path, p.Layout, p.Report, p.Issue})
			}
			if !yield(p) {
				return
			}
		}
	}
}

// watched is what the site map has to know of a page.
type watched struct {
	path, layout string
	report       model.Slug
	issue        model.IssueID
}

// File is a file of the site. It is made when it is written, so that no more
// of it than one entry has to be in memory.
type File struct {
	Path  string // from the portal's root
	write func(io.Writer) error
}

// WriteTo makes the file. Every call writes the same bytes.
func (f File) WriteTo(w io.Writer) (int64, error) {
	counter := &counter{to: w}
	err := f.write(counter)
	return counter.n, err
}

// Bytes gives the whole file.
func (f File) Bytes() ([]byte, error) {
	var out bytes.Buffer
	_, err := f.WriteTo(&out)
	return out.Bytes(), err
}

type counter struct {
	to io.Writer
	n  int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.to.Write(p)
	c.n += int64(n)
	return n, err
}

// Files gives every file that can be made, always in the same order. Nobody may
// change them afterwards: issues.json has a line for each issue on purpose.
func (e *Exporter) Files() iter.Seq[File] {
	return func(yield func(File) bool) {
		for _, p := range e.products() {
			if p.missing == "" && !yield(File{p.Path, p.write}) {
				return
			}
		}
		if e.base != "" {
			for _, f := range e.siteMaps() {
				if !yield(f) {
					return
				}
			}
		}
		yield(File{robotsPath, e.writeRobots})
	}
}

// Reason says why a file is left out.
type Reason string

// The reasons. Each names what the data would have to hold.
const (
	NoAddress Reason = "base_url" // the format needs absolute addresses
	NoDay     Reason = "due"      // no promise names a day
	NoDate    Reason = "date"     // nothing in the data is dated
)

// LeftOut is a file that the portal would have if its data said more.
type LeftOut struct {
	Path   string
	Reason Reason
}

// LeftOut lists the files that cannot be made.
func (e *Exporter) LeftOut() []LeftOut {
	var out []LeftOut
	for _, p := range e.products() {
		if p.missing != "" {
			out = append(out, LeftOut{p.Path, p.missing})
		}
	}
	if e.base == "" {
		out = append(out, LeftOut{siteMapPath, NoAddress})
	}
	return out
}
