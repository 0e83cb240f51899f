package page

// Pages that look at the issues from other sides than the reports do.

// FilterGroup is one way to divide the issues.
type FilterGroup struct {
	Title string       `json:"title"`         // "Status"
	Links []FilterLink `json:"links"`         // the first few values
	All   *Link        `json:"all,omitempty"` // the page of all values, where there are more
}

// FilterLink leads to the issues that have one value.
type FilterLink struct {
	Text string `json:"text"`
	Href string `json:"href"`
	N    string `json:"n"` // how many issues
}

// Filter is one page of the issues that have one value in common: a status, an
// owner, a unit, a report, a round or a year of publication.
type Filter struct {
	Frame
	Total string      `json:"total"`
	All   Link        `json:"all"` // the list of all issues
	Items []IssueCard `json:"items"`
	Pages Pagination  `json:"pages"`
}

// Search is search.html. A script does the searching; for those without it the
// page leads to where everything is listed.
type Search struct {
	Frame
	Lists   []Link        `json:"lists"`
	Filters []FilterGroup `json:"filters"`
}

// Groups is one page of all values of a filter that has many, or whose values
// are more than a word: reports, and units and rounds with theirs.
type Groups struct {
	Frame
	Total string     `json:"total"`
	Items []Group    `json:"items"`
	Pages Pagination `json:"pages"`
}

// Group is a value of a filter.
type Group struct {
	Link    FilterLink    `json:"link"`
	Facts   []string      `json:"facts"`  // of a report: unit, inspection, publication
	Status  []StatusCount `json:"status"` // only codes that occur
	Bar     []Segment     `json:"bar"`
	Reports []ReportLine  `json:"reports"` // of a unit or a round, as far as they stand on this page
}

// ReportLine is a report in a list.
type ReportLine struct {
	Link   Link     `json:"link"`
	Facts  []string `json:"facts"`
	Issues string   `json:"issues"` // how many
}

// Timeline is one page of what the data date, newest first.
type Timeline struct {
	Frame
	Years []TimelineYear `json:"years"`
	Pages Pagination     `json:"pages"`
}

// TimelineYear holds the events of one year on one page.
type TimelineYear struct {
	Year   string  `json:"year"`
	Events []Event `json:"events"`
}

// Event is something dated: of a report, or of an issue.
type Event struct {
	On     string `json:"on"`
	Until  string `json:"until"`  // last day, "" for a single one
	What   string `json:"what"`   // inspection, findings, signed, published, status, deadline, publicity, history, correction, withdrawn, due
	Of     Link   `json:"of"`     // the page about it; empty where another event of the only report leads there
	Text   string `json:"text"`   // what happened, in the words of the data
	From   string `json:"from"`   // of a change
	To     string `json:"to"`     // of a change
	Basis  string `json:"basis"`  // of a change
	Passed bool   `json:"passed"` // of a promise or a deadline: before the clock of the build
	Clock  string `json:"clock"`  // that clock's day
	Watch  string `json:"watch"`  // see Deadline
}

// FollowUps is one page of all promises, by the day on which they are due.
type FollowUps struct {
	Frame
	Total    string         `json:"total"`
	Items    []FollowUpCard `json:"items"`
	Calendar string         `json:"calendar"` // href of the file for calendars, "" without one
	Pages    Pagination     `json:"pages"`
}

// Documents is one page of the works that issues name in 《》.
type Documents struct {
	Frame
	Total string     `json:"total"`
	Items []Document `json:"items"`
	Pages Pagination `json:"pages"`
}

// Document is a work with the issues that name it.
type Document struct {
	Anchor string `json:"anchor"`
	Title  string `json:"title"`  // with its marks
	N      string `json:"n"`      // how many issues name it
	Issues []Link `json:"issues"` // as far as they stand on this page
}

// Related is another issue that has something in common with this one.
type Related struct {
	Issue Link   `json:"issue"`
	By    string `json:"by"`   // what they share: "document", "owner" or "words"
	Text  string `json:"text"` // its name, or the words
}

// Data is data/index.html, which tells of the files for machines.
type Data struct {
	Frame
	Workbook string      `json:"workbook"`          // href of the file for spreadsheets, "" without one
	Licence  *Link       `json:"licence,omitempty"` // under which others may use the data, where the owner says so
	Groups   []DataGroup `json:"groups"`
	More     bool        `json:"more"` // the files of single reports are not listed; their pages lead to them
}

// DataGroup holds the files of the whole portal, or of one report.
type DataGroup struct {
	Title string      `json:"title"` // "" for the whole portal
	Files []DataEntry `json:"files"`
}

// DataEntry is a DataFile as it is shown.
type DataEntry struct {
	Title  string      `json:"title"`
	Name   string      `json:"name"` // path from the portal's root
	Href   string      `json:"href"`
	Type   string      `json:"type"`
	About  string      `json:"about"`
	Schema string      `json:"schema"` // href of its description
	Fields []DataField `json:"fields"`
}

// DataField is a column of a table.
type DataField struct {
	Key  string `json:"key"`  // as programs read it
	Word string `json:"word"` // as people read it, its heading
}

// Feed is a file that tells a feed reader what changed.
type Feed struct {
	Title string `json:"title"`
	Type  string `json:"type"` // media type
	Href  string `json:"href"`
}
