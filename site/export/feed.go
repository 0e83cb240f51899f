package export

import (
	"encoding/xml"
	"io"

	"rectify/site/model"
)

// feed is what the two formats of a feed have in common.
type feed struct {
	id, title, author string
	self, page        string // absolute addresses
	entries           []entry
}

// feed tells the newest events of reports; id names the one report, "" stands
// for the portal. path is where the feed will be.
func (e *Exporter) feed(id model.Slug, reports []*model.Report, path string) feed {
	f := feed{
		id:    "urn:uuid:" + identity(e.portal.Unit, e.portal.Name),
		title: e.portal.Name + e.words.changes, author: e.portal.Unit,
		self: e.url(path), page: e.url(e.home),
	}
	if id != "" {
		f.id = "urn:uuid:" + identity(reports[0].Unit, string(id))
		f.title, f.author = reports[0].Title+e.words.changes, reports[0].Unit
		f.page = e.url(reportPath(id))
	}
	for _, ev := range e.newest(id, reports) {
		f.entries = append(f.entries, e.entry(ev))
	}
	return f
}

// Atom (RFC 4287). encoding/xml writes the elements in the order of the fields.

type atomFeed struct {
	XMLName   xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Language  string      `xml:"xml:lang,attr"`
	ID        string      `xml:"id"`
	Title     string      `xml:"title"`
	Updated   string      `xml:"updated"`
	Author    atomPerson  `xml:"author"`
	Links     []atomLink  `xml:"link"`
	Generator string      `xml:"generator"`
	Entries   []atomEntry `xml:"entry"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID        string       `xml:"id"`
	Title     string       `xml:"title"`
	Updated   string       `xml:"updated"`
	Published string       `xml:"published"`
	Author    atomPerson   `xml:"author"`
	Link      atomLink     `xml:"link"`
	Category  atomCategory `xml:"category"`
	Summary   string       `xml:"summary"`
}

type atomCategory struct {
	Term  string `xml:"term,attr"`
	Label string `xml:"label,attr"`
}

func (e *Exporter) writeAtom(w io.Writer, f feed) error {
	out := atomFeed{
		Language: string(e.portal.Language), ID: f.id, Title: f.title, Updated: f.entries[0].at,
		Author: atomPerson{f.author}, Generator: "rectify",
		Links: []atomLink{{"self", "application/atom+xml", f.self}, {"alternate", "text/html", f.page}},
	}
	for _, n := range f.entries {
		out.Entries = append(out.Entries, atomEntry{
			n.id, n.title, n.at, n.at,
			atomPerson{n.author},
			atomLink{"alternate", "text/html", e.url(n.path)},
			atomCategory{string(n.kind), n.word},
			n.text,
		})
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", " ")
	if err := encoder.Encode(out); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// JSON Feed, version 1.1.

type jsonFeed struct {
	Version     string       `json:"version"`
	Title       string       `json:"title"`
	HomePageURL string       `json:"home_page_url"`
	FeedURL     string       `json:"feed_url"`
	Language    string       `json:"language"`
	Authors     []jsonPerson `json:"authors"`
	Items       []jsonItem   `json:"items"`
}

type jsonPerson struct {
	Name string `json:"name"`
}

type jsonItem struct {
	ID            string       `json:"id"`
	URL           string       `json:"url"`
	Title         string       `json:"title"`
	ContentText   string       `json:"content_text"`
	DatePublished string       `json:"date_published"`
	DateModified  string       `json:"date_modified"`
	Authors       []jsonPerson `json:"authors"`
	Tags          []string     `json:"tags"`
}

func (e *Exporter) writeJSONFeed(w io.Writer, f feed) error {
	out := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: f.title, HomePageURL: f.page, FeedURL: f.self,
		Language: string(e.portal.Language), Authors: []jsonPerson{{f.author}}, Items: []jsonItem{},
	}
	for _, n := range f.entries {
		out.Items = append(out.Items, jsonItem{
			n.id, e.url(n.path), n.title, n.text, n.at, n.at, []jsonPerson{{n.author}}, []string{n.word},
		})
	}
	return writeIndented(w, out)
}
