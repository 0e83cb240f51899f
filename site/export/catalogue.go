package export

import (
	"io"
	"reflect"

	"rectify/site/model"
)

// Entry describes a file to the reader of the open data page.
type Entry struct {
	Path   string     // from the portal's root
	Title  string     // what it is called
	Type   string     // media type
	About  string     // what is in it, in a sentence or two
	Schema string     // path of the JSON Schema that describes it, "" without one
	Report model.Slug // the report that it belongs to, "" for the whole portal
	Fields []Field    // the columns of a table
}

// Field is a column of a table: its heading in CSV and in the workbook.
type Field struct {
	Key  string
	Word string
}

// Catalogue describes the files that exist for a portal whose absolute address
// is base, "" where it is not known. It needs no pages, since one of the pages
// shows it. What search engines look for (sitemap.xml, robots.txt) is no open
// data and not in it.
func Catalogue(portal *model.Portal, base string) []Entry {
	var out []Entry
	for _, p := range newExporter(portal.Public(), base).products() {
		if p.missing == "" {
			out = append(out, p.Entry)
		}
	}
	return out
}

// product is a file with its description. Files, LeftOut and Catalogue all
// read one list of them, so that they cannot contradict each other.
type product struct {
	Entry
	missing Reason
	write   func(io.Writer) error
}

func (e *Exporter) products() []product {
	t := e.words.files
	plain := func(path, mime string, about [2]string, write func(io.Writer) error) product {
		return product{Entry: Entry{Path: path, Type: mime, Title: about[0], About: about[1]}, write: write}
	}
	list := []product{
		plain(issuesJSONPath, "application/json", t.issuesJSON, e.writeIssuesJSON),
		plain(issuesCSVPath, csvType, t.issuesCSV, e.writeIssuesCSV),
		plain(measuresCSVPath, csvType, t.measuresCSV, e.writeMeasuresCSV),
		plain(workbookPath, workbookType, t.workbook, e.writeWorkbook),
		plain(portalJSONPath, "application/json", t.portalJSON, e.writePortalJSON),
		plain(issuesSchemaPath, schemaType, t.issuesSchema, func(w io.Writer) error {
			return writeSchema(w, issuesJSONPath, reflect.TypeFor[issuesDocument]())
		}),
		plain(portalSchemaPath, schemaType, t.portalSchema, func(w io.Writer) error {
			return writeSchema(w, portalJSONPath, reflect.TypeFor[portalDocument]())
		}),
	}
	list[0].Schema, list[4].Schema = issuesSchemaPath, portalSchemaPath
	list[1].Fields, list[2].Fields = fields(issueColumns, e.portal.Language), fields(measureColumns, e.portal.Language)
	list = append(list, e.feeds("", e.portal.Reports)...)
	calendar := plain(calendarPath, "text/calendar", t.calendar, e.writeCalendar)
	if !e.hasDueDay() {
		calendar.missing = NoDay
	}
	list = append(list, calendar)
	for _, report := range e.portal.Reports {
		list = append(list, e.feeds(report.ID, []*model.Report{report})...)
	}
	return list
}

const (
	csvType      = "text/csv; charset=utf-8; header=present"
	workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	schemaType   = "application/schema+json"
)

// feeds describes the two feeds of some reports; id is "" for the portal's.
func (e *Exporter) feeds(id model.Slug, reports []*model.Report) []product {
	t := e.words.files
	atom := product{Entry: Entry{Path: atomPath, Type: "application/atom+xml", Title: t.atom[0], About: t.atom[1], Report: id}}
	feed := product{Entry: Entry{Path: jsonFeedPath, Type: "application/feed+json", Title: t.jsonFeed[0], About: t.jsonFeed[1], Report: id}}
	if id != "" {
		atom.Path, feed.Path = reportFile(id, atomPath), reportFile(id, jsonFeedPath)
		atom.Title, feed.Title = atom.Title+t.of+reports[0].Title, feed.Title+t.of+reports[0].Title
	}
	atom.write = func(w io.Writer) error { return e.writeAtom(w, e.feed(id, reports, atom.Path)) }
	feed.write = func(w io.Writer) error { return e.writeJSONFeed(w, e.feed(id, reports, feed.Path)) }
	switch {
	case e.base == "":
		atom.missing, feed.missing = NoAddress, NoAddress
	case !e.hasEvents(reports):
		atom.missing, feed.missing = NoDate, NoDate
	}
	return []product{atom, feed}
}

func fields(columns []column, language model.Language) []Field {
	out := make([]Field, len(columns))
	for i, c := range columns {
		out[i] = Field{c.key, c.word(language)}
	}
	return out
}
