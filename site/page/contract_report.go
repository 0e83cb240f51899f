package page

// Report is the overview of one report.
type Report struct {
	Frame
	Report     ReportBody `json:"report"`
	TextHref   string     `json:"text_href"`
	IssuesHref string     `json:"issues_href"`
}

// ReportBody is all that the overview of a report says.
type ReportBody struct {
	TitleLines []string      `json:"title_lines"`
	Facts      []Fact        `json:"facts"`
	Totals     Totals        `json:"totals"`
	Progress   *Progress     `json:"progress,omitempty"` // by top section; with issues only
	Metrics    []Metric      `json:"metrics"`
	Before     []Part        `json:"before"` // narrative parts before the issues
	Outline    []OutlineItem `json:"outline"`
	After      []Part        `json:"after"`
}

// Progress is a table of the top sections by status, with a bar for each.
type Progress struct {
	Rows []ProgressRow `json:"rows"`
}

// ProgressRow is a section with its counts. The bar's length stands for the
// number of issues: the longest is whole.
type ProgressRow struct {
	Section Link          `json:"section"`
	Total   string        `json:"total"`
	Counts  []StatusCount `json:"counts"` // only codes that occur in it
	Bar     []Segment     `json:"bar"`
}

// Fact is a named value; the theme has the word for Key.
type Fact struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// Metric is a result in figures.
type Metric struct {
	Kind  string `json:"kind"`
	Value string `json:"value"`
	Unit  string `json:"unit"`
	Quote string `json:"quote"`
}

// Part is narrative text. Level is that of its heading, "2" to "6"; Anchor is
// its id in the page.
type Part struct {
	Anchor     string   `json:"anchor"`
	Level      string   `json:"level"`
	Heading    string   `json:"heading"`
	Paragraphs []string `json:"paragraphs"`
}

// OutlineItem is a section of an outline, which is flattened, with the issues
// right under it. Level is that of its heading on the page, "2" to "6".
type OutlineItem struct {
	Level   string       `json:"level"`
	Section *SectionCard `json:"section,omitempty"` // none over a section's own issues
	Issues  []IssueCard  `json:"issues"`
}

// Section is the page of one section.
type Section struct {
	Frame
	Printed  []string      `json:"printed"` // heading and summary, in the paragraphs of the source
	Total    string        `json:"total"`
	Outline  []OutlineItem `json:"outline"` // the section's own issues first, then its sub-sections
	Pages    Pagination    `json:"pages"`
	Report   Link          `json:"report"`
	Previous *Link         `json:"previous,omitempty"`
	Next     *Link         `json:"next,omitempty"`
}

// Text is the full text of a report as it was published.
type Text struct {
	Frame
	Report     Link        `json:"report"`
	Contents   []Heading   `json:"contents"`
	Paragraphs []Paragraph `json:"paragraphs"`
	Emptied    bool        `json:"emptied"`   // some of them went with a withdrawn issue
	Furniture  []Paragraph `json:"furniture"` // what the page carried beside the text
}

// Heading is an entry of a table of contents. Level is "2" or "3".
type Heading struct {
	Link
	Level string `json:"level"`
}

// Paragraph is one paragraph of the source.
type Paragraph struct {
	N      string `json:"n"`      // counted from 1 over the whole source
	Anchor string `json:"anchor"` // "p-81"
	Text   string `json:"text"`
	Role   string `json:"role"`           // "title", "heading", "issue", "sign", "withdrawn" (the text is empty, Link tells more) or ""
	Level  string `json:"level"`          // of a heading, "2" to "6"; "" otherwise
	Link   *Link  `json:"link,omitempty"` // the page about what starts here
}

// ContactPage is contact.html and the pages behind it; what it shows stands in
// Frame.Contact and in Reports, one entry for each report with a contact of its
// own.
type ContactPage struct {
	Frame
	Reports []ReportContact `json:"reports"`
	Pages   Pagination      `json:"pages"`
}

// ReportContact is the contact of one report.
type ReportContact struct {
	Report  Link    `json:"report"`
	Contact Contact `json:"contact"`
}

// Prose is a page written in Markdown.
type Prose struct {
	Frame
	HTML string `json:"html"` // safe HTML from load
}

// SiteMap lists the pages that others hang under: issues stand in their lists,
// and sections in their reports where there are many of these.
type SiteMap struct {
	Frame
	Groups []LinkGroup `json:"groups"`
}

// NotFound is 404.html. It is served at any depth: without a base_url it has
// no links and no stylesheet (Bare).
type NotFound struct {
	Frame
	Bare bool `json:"bare"`
}
