package page

import (
	"net/url"
	"strings"

	"rectify/site/model"
)

// column says how much META a page of a government site carries.
type column uint8

const (
	siteOnly column = iota // home: the site's three tags
	list                   // lists: those and the column's four
	article                // articles: those and the article's three
)

// about is what the makers of pages say of a page beside its content.
type about struct {
	layout, title, description string
	meta                       column
	column                     string // the column's name; the title where empty
	crumbs                     []Link // Hrefs from the portal's root
	report                     *model.Report
	things                     []Thing // what the page shows, for machines
	asOf                       model.Date
}

// frame makes what every page carries.
func (b *Book) frame(path string, a about) Frame {
	f := Frame{
		Kind: a.layout, Path: path, Root: root(path), Title: a.title,
		Window:      b.window(a.title),
		Description: excerpt(a.description, 120), AsOf: string(a.asOf),
		Contact: contactOf(b.portal.Contact),
	}
	for _, crumb := range a.crumbs {
		f.Crumbs = append(f.Crumbs, Link{crumb.Text, relative(path, crumb.Href)})
	}
	if b.base != "" && path != notFoundPath {
		f.Canonical = b.base + escape(path)
		f.QR = qrPath(path)
	}
	if a.report != nil {
		f.Published = string(a.report.PublishedAt)
		f.Source = a.report.Source
		if a.report.Contact != nil {
			f.Contact = contactOf(a.report.Contact)
		}
	}
	f.Meta = b.meta(f, a)
	if path != notFoundPath {
		f.Feeds, f.Graph, f.Linked = b.feeds(path, a.report), b.graph(f, a), b.linked(f, a)
	}
	return f
}

// longestWindow is where search engines and tabs cut a window's title.
const longestWindow = 70

// window names the page and the site; a long title of the page is cut, so that
// the site's name stays.
func (b *Book) window(title string) string {
	if title == b.portal.Name {
		return excerpt(title, longestWindow)
	}
	site := " - " + excerpt(b.portal.Name, longestWindow/2)
	return excerpt(title, longestWindow-len([]rune(site))) + site
}

// meta makes the tags that 政府网站 rules ask for: three of the site, four of
// the column, three of the article. What is not known is left out.
func (b *Book) meta(f Frame, a about) []Meta {
	domain := ""
	if u, err := url.Parse(b.base); err == nil {
		domain = u.Host
	}
	tags := []Meta{
		{"SiteName", b.portal.Name},
		{"SiteDomain", domain},
		{"SiteIDCode", b.portal.Official.SiteIDCode},
	}
	if a.meta >= list {
		name := a.column
		if name == "" {
			name = a.title
		}
		keywords := append([]string{name}, b.portal.Keywords...)
		tags = append(
			tags,
			Meta{"ColumnName", name},
			Meta{"ColumnDescription", b.portal.Name + " " + name},
			Meta{"ColumnKeywords", strings.Join(keywords, ",")},
			Meta{"ColumnType", b.words.columnType},
		)
	}
	if a.meta == article {
		tags = append(
			tags,
			Meta{"ArticleTitle", f.Title},
			Meta{"PubDate", f.Published},
			Meta{"ContentSource", f.Source},
		)
	}
	return known(tags)
}

// known leaves out tags without content.
func known(tags []Meta) []Meta {
	out := tags[:0]
	for _, tag := range tags {
		if tag.Content != "" {
			out = append(out, tag)
		}
	}
	return out
}

func contactOf(c *model.Contact) Contact {
	if c == nil {
		return Contact{}
	}
	return Contact{Unit: c.Unit, Phones: c.Phones, Address: c.Address, Emails: c.Emails, Hours: c.Hours}
}

// excerpt is the beginning of a text, at most n characters long.
func excerpt(text string, n int) string {
	text = strings.Join(strings.Fields(text), " ")
	runes := []rune(text)
	if len(runes) <= n {
		return text
	}
	return string(runes[:n-1]) + "…"
}

// paragraphs splits a text of the data, in which a line is a paragraph.
func paragraphs(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSuffix(line, "\n"); line != "" {
			out = append(out, line)
		}
	}
	return out
}
