package page

import (
	"iter"
	"strconv"
	"strings"

	"rectify/site/model"
)

// perPage is how many issues one page of a list shows.
const perPage = 50

// Options are what a build decides beside the data.
type Options struct {
	BaseURL string     // instead of the portal's own; "" keeps that
	Now     model.Date // the clock of the build; "" takes the newest day of the data
	Data    []DataFile // what machines read, as the site will have it

	Releases []Release // oldest first
	Keys     Keys      // with which they are signed
}

// DataFile is a file of the site that is made for machines. This room does not
// make it and only tells of it.
type DataFile struct {
	Path   string      // from the portal's root
	Title  string      // what it is called
	Type   string      // media type
	About  string      // what is in it, in a sentence or two
	Schema string      // path of the JSON Schema that describes it, "" without one
	Report model.Slug  // the report that it belongs to, "" for the whole portal
	Fields []DataField // the columns of a table
}

// File is a file that goes into the site as it is.
type File struct {
	Path string // in the site
	From string // in the folder of data: "reports/demo/files/…"
}

// Book knows the whole portal and makes its pages one at a time, so that a
// portal of 100,000 issues never holds all its pages at once.
type Book struct {
	portal *model.Portal
	words  words
	base   string // absolute address of the root with a slash at its end, or ""
	clock  model.Date
	data   []DataFile
	told   []Release // oldest first
	keys   Keys

	feedFiles map[model.Slug][]DataFile // by report; "" for those of the whole portal

	// What index finds.
	listed     []listed // all issues in the portal's order
	withdrawn  int      // how many of them
	filters    []*filter
	events     []event   // newest first
	promises   []promise // those due first come first
	documents  map[string]*document
	works      []*document // the same in the order of their index
	mentions   []mention   // the lines of that index
	near       kin
	public     map[model.IssueID]*model.Issue
	releasesOf map[model.IssueID][]told // newest first
}

// New prepares the pages of a public portal (see model.Portal.Public).
func New(portal *model.Portal, o Options) *Book {
	b := &Book{portal: portal, words: wordsOf[portal.Language], base: o.BaseURL, clock: o.Now, data: o.Data, told: o.Releases, keys: o.Keys}
	if b.base == "" {
		b.base = string(portal.BaseURL)
	}
	if b.base != "" && !strings.HasSuffix(b.base, "/") {
		b.base += "/"
	}
	if b.clock == "" {
		b.clock = portal.NewestDay()
	}
	b.feedFiles = map[model.Slug][]DataFile{}
	for _, f := range b.data {
		if isFeed(f.Type) {
			b.feedFiles[f.Report] = append(b.feedFiles[f.Report], f)
		}
	}
	b.index()
	b.indexReleases()
	return b
}

// BaseURL is the absolute address of the portal's root, with a slash at its
// end; "" where it is not known.
func (b *Book) BaseURL() string { return b.base }

// Clock is the day against which deadlines and promises are held.
func (b *Book) Clock() model.Date { return b.clock }

// Site is what all pages share.
func (b *Book) Site() Site {
	p := b.portal
	site := Site{
		Name: p.Name, Unit: p.Unit, Lang: string(p.Language),
		Home: homePath, Search: searchPath,
		Official: Official{
			SiteIDCode: p.Official.SiteIDCode, ICP: p.Official.ICP,
			PoliceFiling: p.Official.PoliceFiling, PoliceURL: string(p.Official.PoliceURL),
			PartyMarkURL: string(p.Official.PartyMarkURL), ErrorURL: string(p.Official.ErrorURL),
			Sponsor: p.Official.Sponsor, Organiser: p.Official.Organiser,
			PartyMark: b.image(p.Official.PartyMark, markHeight), ErrorMark: b.image(p.Official.ErrorMark, markHeight),
			PoliceMark: b.image(p.Official.PoliceMark, signHeight),
		},
		Parent: b.parent(), Logo: b.image(p.Look.Logo, logoHeight),
		Colour: strings.TrimPrefix(string(p.Look.Colour), "#"), Shades: shades(p.Look.Colour),
		Stale: stale(p), Nav: b.mainLinks(),
	}
	for _, group := range p.Footer {
		links := make([]Link, len(group.Links))
		for i, l := range group.Links {
			links[i] = Link{l.Title, string(l.URL)}
		}
		site.Footer = append(site.Footer, LinkGroup{group.Title, links})
	}
	for _, prose := range p.Prose {
		site.About = append(site.About, Link{prose.Title, escape(prosePath(prose.Name))})
	}
	site.About = append(site.About, b.moreLinks()...)
	return site
}

// mainLinks lead to the main pages, from the portal's root. A portal of one
// report names its full text, one of several the list of them.
func (b *Book) mainLinks() []Link {
	links := []Link{{b.words.home, homePath}, {b.words.issues, issuesPath}}
	switch f := b.filter(byReport); {
	case len(b.portal.Reports) == 1:
		links = append(links, Link{b.words.fullText, textPath(b.portal.Reports[0].ID)})
	case b.grouped(f):
		links = append(links, *b.groupsLink("", f))
	}
	if len(b.promises) > 0 {
		links = append(links, Link{b.words.followUps, numbered(followUpsStem, 1)})
	}
	if len(b.events) > 0 {
		links = append(links, Link{b.words.timeline, numbered(timelineStem, 1)})
	}
	return append(links, Link{b.words.contact, numbered(contactStem, 1)})
}

// moreLinks lead to pages that not everybody comes for.
func (b *Book) moreLinks() []Link {
	links := []Link{{b.words.search, searchPath}}
	for _, dir := range []string{byUnit, byRound, byOwner} {
		if f := b.filter(dir); b.grouped(f) {
			links = append(links, *b.groupsLink("", f))
		}
	}
	if len(b.works) > 0 {
		links = append(links, Link{b.words.documents, numbered(documentsStem, 1)})
	}
	if len(b.data) > 0 {
		links = append(links, Link{b.words.data, dataPath})
	}
	return append(links, Link{b.words.releases, releasesPath}, Link{b.words.siteMap, siteMapPath})
}

// Files lists the portal's images and the evidence that public issues name,
// each file once.
func (b *Book) Files() []File {
	var files []File
	for _, image := range b.portal.Images {
		files = append(files, File{imagePath(image.Name), "images/" + image.Name})
	}
	for _, report := range b.portal.Reports {
		seen := map[string]bool{}
		for _, issue := range report.Issues {
			for _, e := range issue.Evidence {
				if !seen[e.File] {
					seen[e.File] = true
					files = append(files, File{evidencePath(report.ID, e.File), "reports/" + string(report.ID) + "/files/" + e.File})
				}
			}
		}
	}
	return files
}

// Pages makes every page of the portal, always in the same order.
func (b *Book) Pages() iter.Seq[Page] {
	return func(yield func(Page) bool) {
		for _, pages := range []iter.Seq[Page]{
			b.singlePages(), b.contactPages(), b.issueLists(), b.filterPages(), b.timelinePages(), b.followUpPages(), b.documentPages(), b.releasesPages(), b.releasePages(), b.reportPages(),
		} {
			for p := range pages {
				if !yield(p) {
					return
				}
			}
		}
	}
}

func (b *Book) singlePages() iter.Seq[Page] {
	return func(yield func(Page) bool) {
		if !yield(b.home()) || !yield(b.siteMap()) || !yield(b.notFound()) || !yield(b.searchPage()) {
			return
		}
		if len(b.data) > 0 && !yield(b.dataPage()) {
			return
		}
		for i := range b.portal.Prose {
			if !yield(b.prose(&b.portal.Prose[i])) {
				return
			}
		}
	}
}

func (b *Book) reportPages() iter.Seq[Page] {
	return func(yield func(Page) bool) {
		for _, report := range b.portal.Reports {
			for p := range b.view(report).pages() {
				p.Report = report.ID
				if !yield(p) {
					return
				}
			}
		}
	}
}

// pages makes every page of one report.
func (v *view) pages() iter.Seq[Page] {
	return func(yield func(Page) bool) {
		if !yield(v.overview()) || !yield(v.fullText()) {
			return
		}
		for i := range v.sections {
			for p := range v.sectionPages(i) {
				if !yield(p) {
					return
				}
			}
		}
		for i := range v.report.Issues {
			if !yield(v.issuePage(i)) {
				return
			}
		}
	}
}

func number(n int) string { return strconv.Itoa(n) }
