package export

import (
	"net/url"
	"strconv"

	"rectify/site/model"
)

// The files of this room. Addresses are for ever.
const (
	issuesJSONPath   = "data/issues.json"
	issuesCSVPath    = "data/issues.csv"
	measuresCSVPath  = "data/measures.csv"
	workbookPath     = "data/issues.xlsx"
	portalJSONPath   = "data/portal.json"
	issuesSchemaPath = "data/schema/issues.schema.json"
	portalSchemaPath = "data/schema/portal.schema.json"
	atomPath         = "feed.atom"
	jsonFeedPath     = "feed.json"
	calendarPath     = "follow-ups.ics"
	siteMapPath      = "sitemap.xml"
	robotsPath       = "robots.txt"
)

// siteMapPart is part n, from 1, of a site map that is too long for one file.
func siteMapPart(n int) string { return "sitemap-" + strconv.Itoa(n) + ".xml" }

// reportFile is a file of one report's own.
func reportFile(id model.Slug, name string) string { return "reports/" + string(id) + "/" + name }

// The pages that these files point to. Room page names them; a test holds the
// functions against its list.

func issuePath(id model.IssueID) string { return "issues/" + id.String() + ".html" }

func releasePath(id string) string { return "releases/" + id + ".html" }

func reportPath(id model.Slug) string { return "reports/" + string(id) + "/index.html" }

func textPath(id model.Slug) string { return "reports/" + string(id) + "/text.html" }

func sectionPath(report, section model.Slug) string {
	return "reports/" + string(report) + "/sections/" + string(section) + ".html"
}

func prosePath(name model.Slug) string { return "pages/" + string(name) + ".html" }

// url is the absolute address of a file, "" where the portal's is not known.
func (e *Exporter) url(path string) string {
	if e.base == "" {
		return ""
	}
	return e.base + (&url.URL{Path: path}).EscapedPath()
}
