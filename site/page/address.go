package page

import (
	"net/url"
	"strconv"
	"strings"

	"rectify/site/model"
)

// Addresses are for ever: every page is a file with a name, and the functions
// of this file are the only place that knows those names.

const (
	homePath     = "index.html"
	siteMapPath  = "sitemap.html"
	notFoundPath = "404.html"
	issuesPath   = "issues/index.html"
	dataPath     = "data/index.html"
	releasesPath = "releases/index.html"
	releasesStem = "releases/index"
	searchPath   = "search.html"

	// Stems of lists: the path without a number and “.html”.
	issuesStem    = "issues/index"
	contactStem   = "contact"
	timelineStem  = "timeline"
	followUpsStem = "follow-ups"
	documentsStem = "documents"
)

func issuePath(id model.IssueID) string { return "issues/" + id.String() + ".html" }

// pagesOf gives the paths of the pages of a list.
func pagesOf(stem string) func(n int) string {
	return func(n int) string { return numbered(stem, n) }
}

// numbered is page n (from 1) of a list: "timeline.html", "timeline-2.html".
func numbered(stem string, n int) string {
	if n == 1 {
		return stem + ".html"
	}
	return stem + "-" + strconv.Itoa(n) + ".html"
}

func reportPath(id model.Slug) string { return "reports/" + string(id) + "/index.html" }

func textPath(id model.Slug) string { return "reports/" + string(id) + "/text.html" }

func sectionPath(report, section model.Slug) string {
	return "reports/" + string(report) + "/sections/" + string(section) + ".html"
}

// sectionPage is page n (from 1) of a section. The further ones lie in a folder
// of their own, since “1-2” may be another section.
func sectionPage(report, section model.Slug, n int) string {
	if n == 1 {
		return sectionPath(report, section)
	}
	return "reports/" + string(report) + "/sections/" + string(section) + "/" + strconv.Itoa(n) + ".html"
}

func prosePath(name model.Slug) string { return "pages/" + string(name) + ".html" }

func evidencePath(report model.Slug, file string) string {
	return "files/" + string(report) + "/" + file
}

// qrPath is the file of a page's QR code.
func qrPath(path string) string { return "qr/" + strings.TrimSuffix(path, ".html") + ".png" }

// root leads from a page to the portal's root: "", "../", "../../".
func root(path string) string { return strings.Repeat("../", strings.Count(path, "/")) }

// relative is the link from the page at from to the file at to.
func relative(from, to string) string {
	for {
		dir, rest, ok := strings.Cut(from, "/")
		if !ok || !strings.HasPrefix(to, dir+"/") {
			return escape(root(from) + to)
		}
		from, to = rest, to[len(dir)+1:]
	}
}

// escape makes a path of files fit to stand in a link.
func escape(path string) string { return (&url.URL{Path: path}).EscapedPath() }
