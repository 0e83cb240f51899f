package page

import "rectify/site/model"

// Page is one page on its way to the theme.
type Page struct {
	Path   string // where it is written, from the portal's root: "issues/482913.html"
	Layout string // the theme's layout that shows it; also its kind
	Data   any    // one of the structs of this file; it embeds Frame

	Report model.Slug    // the report that it is about, "" for none
	Issue  model.IssueID // the issue that it is about, 0 for none
}

// The layouts that a theme has to bring, one for each kind of page.
const (
	LayoutHome     = "home"
	LayoutIssue    = "issue"
	LayoutIssues   = "issues"
	LayoutReport   = "report"
	LayoutSection  = "section"
	LayoutText     = "text"
	LayoutContact  = "contact"
	LayoutProse    = "prose"
	LayoutSiteMap  = "sitemap"
	LayoutNotFound = "notfound"

	LayoutFilter    = "filter"
	LayoutTimeline  = "timeline"
	LayoutFollowUps = "follow-ups"
	LayoutDocuments = "documents"
	LayoutGroups    = "groups"
	LayoutSearch    = "search"
	LayoutData      = "data"
	LayoutReleases  = "releases"
	LayoutRelease   = "release"
)

// Layouts lists the layouts in the order of the constants above.
func Layouts() []string {
	return []string{
		LayoutHome, LayoutIssue, LayoutIssues, LayoutReport, LayoutSection,
		LayoutText, LayoutContact, LayoutProse, LayoutSiteMap, LayoutNotFound,
		LayoutFilter, LayoutTimeline, LayoutFollowUps, LayoutDocuments, LayoutGroups, LayoutSearch, LayoutData, LayoutReleases, LayoutRelease,
	}
}

// Site is what all pages share; a template reads it as site.Params. Links are
// relative to the portal's root.
type Site struct {
	Name     string      `json:"name"`
	Unit     string      `json:"unit"`
	Lang     string      `json:"lang"`             // "zh-CN", "en"
	Home     string      `json:"home"`             // "index.html"
	Search   string      `json:"search"`           // where the search form leads
	Nav      []Link      `json:"nav"`              // the main pages
	Parent   *Parent     `json:"parent,omitempty"` // the site of which this portal is a column
	Logo     *Image      `json:"logo,omitempty"`
	Colour   string      `json:"colour"`   // the main colour without its #: "8c1a1e"; "" keeps the theme's
	Shades   []Shade     `json:"shades"`   // and what the theme makes of it
	Stale    string      `json:"stale"`    // days after as_of of a page on which its readers are told that the data are old; "" for never
	Official Official    `json:"official"` // marks of a government site, as far as configured
	Footer   []LinkGroup `json:"footer"`   // link lists, as government sites carry them
	About    []Link      `json:"about"`    // prose pages and the site map
}

// Official holds the marks of a government site; an empty one is not shown.
type Official struct {
	SiteIDCode   string `json:"site_id_code"`
	ICP          string `json:"icp"`
	PoliceFiling string `json:"police_filing"`
	PoliceURL    string `json:"police_url"`
	PartyMarkURL string `json:"party_mark_url"`
	ErrorURL     string `json:"error_url"`
	Sponsor      string `json:"sponsor"`
	Organiser    string `json:"organiser"`
	PartyMark    *Image `json:"party_mark,omitempty"`
	ErrorMark    *Image `json:"error_mark,omitempty"`
	PoliceMark   *Image `json:"police_mark,omitempty"`
}

// Parent is the site of which a portal is a column.
type Parent struct {
	Link
	Logo *Image `json:"logo,omitempty"`
}

// Image is a picture with the size at which it is shown. Src is its path from
// the portal's root.
type Image struct {
	Src    string `json:"src"`
	Width  string `json:"width"`
	Height string `json:"height"`
}

// Shade is a value for one of the theme's tokens: “main-70”, "#8c1a1e".
type Shade struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Link is a text and where it leads. Href is empty where no address is known:
// the text is then shown without a link.
type Link struct {
	Text string `json:"text"`
	Href string `json:"href"`
}

// LinkGroup is a list of links under a heading.
type LinkGroup struct {
	Title string `json:"title"`
	Links []Link `json:"links"`
}

// Frame is what every page carries beside its own content.
type Frame struct {
	Kind        string  `json:"kind"`        // the layout
	Path        string  `json:"path"`        // of the page, from the portal's root
	Root        string  `json:"root"`        // from the page to the portal's root: "", "../"
	Title       string  `json:"title"`       // of the page, without the site's name
	Window      string  `json:"window"`      // title of the browser's window: with the site's name, at most 70 characters
	Description string  `json:"description"` // one sentence for search engines
	Canonical   string  `json:"canonical"`   // the page's absolute address, where base_url is known
	QR          string  `json:"qr"`          // file of the QR code, from the portal's root; needs Canonical
	Crumbs      []Link  `json:"crumbs"`      // from home to the page above this one
	Meta        []Meta  `json:"meta"`        // META tags of government sites, in order
	Published   string  `json:"published"`   // "2024-11-08 14:43"
	AsOf        string  `json:"as_of"`       // the newest day of what the page shows, "" where it shows nothing that ages
	Source      string  `json:"source"`      // who published
	Contact     Contact `json:"contact"`     // to whom the public writes
	Feeds       []Feed  `json:"feeds"`       // what tells feed readers of changes
	Graph       []Meta  `json:"graph"`       // Open Graph, in order
	Linked      []Thing `json:"linked"`      // JSON-LD
}

// Meta is one META tag.
type Meta struct {
	Name    string `json:"name"`
	Content string `json:"content"`
}

// Contact is where the public writes, calls and visits.
type Contact struct {
	Unit    string   `json:"unit"`
	Phones  []string `json:"phones"`
	Address string   `json:"address"`
	Emails  []string `json:"emails"`
	Hours   string   `json:"hours"`
}

// Home is index.html.
type Home struct {
	Frame
	Intro     string         `json:"intro"`
	Status    []StatusCount  `json:"status"` // of all issues; only codes that occur
	Bar       []Segment      `json:"bar"`
	Reports   []ReportCard   `json:"reports"`       // the newest few
	All       *Link          `json:"all,omitempty"` // the page of all reports, where there are several
	Filters   []FilterGroup  `json:"filters"`
	Latest    []Event        `json:"latest"`             // what happened last
	Timeline  *Link          `json:"timeline,omitempty"` // the page of all that is dated
	FollowUps []FollowUpCard `json:"follow_ups"`         // the first few
	Promises  Link           `json:"promises"`           // the page of all of them
	Release   *HomeRelease   `json:"release,omitempty"`  // the newest
	Releases  Link           `json:"releases"`           // the page of all of them
}

// ReportCard shows a report with its totals and its top sections.
type ReportCard struct {
	Title      string        `json:"title"`
	Href       string        `json:"href"`
	TextHref   string        `json:"text_href"`
	Unit       string        `json:"unit"`
	Inspection string        `json:"inspection"` // round and kind in one line
	Published  string        `json:"published"`
	AsOf       string        `json:"as_of"`
	Totals     Totals        `json:"totals"`
	Sections   []SectionCard `json:"sections"`
}

// Totals shows what the text declares beside what the data hold. Neither is
// made to agree with the other.
type Totals struct {
	Published []Count         `json:"published"`
	Declared  []DeclaredGroup `json:"declared"`
	Status    []StatusCount   `json:"status"` // only codes that occur
	Bar       []Segment       `json:"bar"`
}

// Count is a number of something, as text, with what the text declares of the
// same thing.
type Count struct {
	Label    string `json:"label"`
	N        string `json:"n"`
	Declared string `json:"declared"` // "53 条", "" where the text declares none
}

// DeclaredGroup is a sentence of the text with the totals that it states. Quote
// is empty where the data give none.
type DeclaredGroup struct {
	Quote string     `json:"quote"`
	Rows  []Declared `json:"rows"`
}

// Declared is a total that the text states, with the published total it stands
// beside (empty where nothing of ours counts the same thing).
type Declared struct {
	Label     string `json:"label"`
	N         string `json:"n"`
	Unit      string `json:"unit"`
	AsOf      string `json:"as_of"`
	Published string `json:"published"`
}

// Segment is a stretch of a bar that stands for issues of one status. The whole
// bar is "100%" long.
type Segment struct {
	Code  string `json:"code"` // of the status
	X     string `json:"x"`
	Width string `json:"width"`
}

// StatusCount is how many issues have a status.
type StatusCount struct {
	Status Status `json:"status"`
	N      string `json:"n"`
}

// Status is how far an issue is. Printed are the source's own words.
type Status struct {
	Code    string `json:"code"`
	Word    string `json:"word"`
	Printed string `json:"printed"`
	AsOf    string `json:"as_of"`
	Basis   string `json:"basis"`
}

// SectionCard is a section in a list.
type SectionCard struct {
	Text   string `json:"text"` // label and title
	Href   string `json:"href"`
	Issues string `json:"issues"` // how many, with those of its sub-sections
}

// IssueCard is an issue in a list.
type IssueCard struct {
	ID        string `json:"id"`
	Text      string `json:"text"` // label and title
	Href      string `json:"href"`
	Section   string `json:"section"` // title of its section
	Unit      string `json:"unit"`    // where the portal has several
	Owners    string `json:"owners"`  // the units in the lead
	Due       string `json:"due"`     // the day, month or year of its deadline
	Status    Status `json:"status"`
	Measures  string `json:"measures"`
	FollowUps string `json:"follow_ups"` // "" for none
	Withdrawn string `json:"withdrawn"`  // the day on which it was taken back, "" if it was not; nothing else is told then
}

// FollowUpCard is a promise with the issue it stands in.
type FollowUpCard struct {
	FollowUp
	Issue  Link   `json:"issue"`
	Status Status `json:"status"` // of the issue: what else is known
}

// FollowUp is a promise in the words of the source.
type FollowUp struct {
	Due         string `json:"due"`          // "2025-02-01", "2026", "" where the text names no day
	Text        string `json:"text"`         // the words of the source
	Measure     string `json:"measure"`      // number of the measure that says so, "" if not known
	MeasureHref string `json:"measure_href"` // leads to it
	Passed      bool   `json:"passed"`       // due before the clock of the build
	Clock       string `json:"clock"`        // that clock's day
	Watch       string `json:"watch"`        // see Deadline
}

// Issues is one page of the list of all issues.
type Issues struct {
	Frame
	Total     string        `json:"total"`
	Withdrawn string        `json:"withdrawn"` // how many are listed beside these, "" for none
	Filters   []FilterGroup `json:"filters"`   // on the first page
	Workbook  string        `json:"workbook"`  // href of all issues for spreadsheets, "" without it
	Items     []IssueCard   `json:"items"`
	Pages     Pagination    `json:"pages"`
}

// Pagination leads through the pages of a list; it is empty for a single page.
type Pagination struct {
	Current  string     `json:"current"`
	Count    string     `json:"count"`
	Previous string     `json:"previous"` // href, "" on the first page
	Next     string     `json:"next"`
	Links    []PageLink `json:"links"`
}

// PageLink is a numbered page; Gap stands for pages that are left out before it.
type PageLink struct {
	Text    string `json:"text"`
	Href    string `json:"href"`
	Current bool   `json:"current"`
	Gap     bool   `json:"gap"`
}

// Issue is the page of one issue.
type Issue struct {
	Frame
	Issue    IssueBody `json:"issue"`
	Report   Link      `json:"report"`
	Sections []Link    `json:"sections"`  // from the top section down to the issue's own
	TextHref string    `json:"text_href"` // the full text; an anchor of Quotes leads to a paragraph
	Previous *Link     `json:"previous,omitempty"`
	Next     *Link     `json:"next,omitempty"`

	Documents []Link    `json:"documents"` // what it names in 《》, in the index of documents
	Related   []Related `json:"related"`
	Alike     []Link    `json:"alike"` // lists of more issues, but not of all, that have a value in common with it

	Releases []IssueRelease `json:"releases"` // what releases changed about it, newest first
}

// IssueBody is all that an issue says. Texts of several paragraphs are lists. Of
// a withdrawn issue only ID, Title and Withdrawn are told.
type IssueBody struct {
	ID          string      `json:"id"`
	Label       string      `json:"label"`
	Title       string      `json:"title"`
	Heading     string      `json:"heading"` // as printed
	Finding     []string    `json:"finding"`
	Goal        []string    `json:"goal"`
	Measures    []Measure   `json:"measures"`
	Result      []string    `json:"result"`
	Status      Status      `json:"status"`
	Deadline    *Deadline   `json:"deadline,omitempty"`
	Leader      string      `json:"leader"`
	LeadUnits   []string    `json:"lead_units"`
	CoUnits     []string    `json:"co_units"`
	Supervisor  string      `json:"supervisor"`
	Evidence    []Evidence  `json:"evidence"`
	FollowUps   []FollowUp  `json:"follow_ups"`
	Publicity   *Publicity  `json:"publicity,omitempty"`
	Withdrawn   *Withdrawn  `json:"withdrawn,omitempty"`
	Corrections []Change    `json:"corrections"`
	History     []Change    `json:"history"`
	Quotes      []Paragraph `json:"quotes"` // its paragraphs of the source
}

// Measure is one thing done about an issue. Printed without white space between
// them, Label, Title, First and Rest are the measure as the source has it.
type Measure struct {
	N     string   `json:"n"`
	Intro []string `json:"intro"` // what stands before it and leads to it and those behind
	Label string   `json:"label"`
	Title string   `json:"title"` // the lead sentence
	First string   `json:"first"` // the first paragraph behind it
	Rest  []string `json:"rest"`  // further paragraphs
}

// Deadline is the day by which an issue is to be settled.
type Deadline struct {
	Date    string `json:"date"`
	Kind    string `json:"kind"` // in a word
	Printed string `json:"printed"`
	Passed  bool   `json:"passed"`
	Clock   string `json:"clock"`
	// Watch is the last day of the date where the data do not tell yet what
	// became of it: after it a browser may say, from its own clock, that the
	// day has passed and that the site knows no more. Otherwise "".
	Watch string `json:"watch"`
}

// Evidence is a file to be read.
type Evidence struct {
	Title string `json:"title"`
	Href  string `json:"href"`
	Kind  string `json:"kind"` // in the data's words: photograph, ledger …
	Type  string `json:"type"` // of the file: "PDF", "XLSX"
	Size  string `json:"size"` // "1.2 MB", "" where it is not known
	Date  string `json:"date"`
}

// Publicity is a public-notice period.
type Publicity struct {
	Start string `json:"start"`
	End   string `json:"end"`
}

// Withdrawn says when and why an issue was taken back.
type Withdrawn struct {
	On  string `json:"on"`
	Why string `json:"why"`
}

// Change is a dated entry of history or a correction.
type Change struct {
	On    string `json:"on"`
	What  string `json:"what"`
	From  string `json:"from"`
	To    string `json:"to"`
	Basis string `json:"basis"`
}
