package export

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"slices"

	"rectify/site/model"
)

// Limits of one site map: of the protocol (sitemaps.org), and of Baidu, which
// takes 10 MB and no more.
const (
	maxURLs  = 50_000
	maxBytes = 10_000_000
)

const (
	siteMapSpace = "http://www.sitemaps.org/schemas/sitemap/0.9"
	siteMapHead  = xml.Header + `<urlset xmlns="` + siteMapSpace + `">` + "\n"
	siteMapFoot  = "</urlset>\n"
	indexHead    = xml.Header + `<sitemapindex xmlns="` + siteMapSpace + `">` + "\n"
	indexFoot    = "</sitemapindex>\n"
)

// part is a site map, or one part of it.
type part struct {
	body  []byte
	urls  int
	newer model.Date
}

// siteMaps gives sitemap.xml: all pages or, where they are too many, the index
// of sitemap-1.xml and so on.
func (e *Exporter) siteMaps() []File { return e.splitSiteMap(maxURLs, maxBytes) }

func (e *Exporter) splitSiteMap(urls, size int) []File {
	parts := e.siteMapParts(urls, size)
	if len(parts) == 1 {
		return []File{constant(siteMapPath, siteMapHead, parts[0].body, siteMapFoot)}
	}
	var index []byte
	files := make([]File, 1, 1+len(parts))
	for i, p := range parts {
		path := siteMapPart(i + 1)
		index = append(index, siteMapEntry("sitemap", e.url(path), p.newer)...)
		files = append(files, constant(path, siteMapHead, p.body, siteMapFoot))
	}
	files[0] = constant(siteMapPath, indexHead, index, indexFoot)
	return files
}

func (e *Exporter) siteMapParts(urls, size int) []part {
	days := e.pageDays()
	anywhere := e.changedPortal()
	parts := make([]part, 1)
	for _, path := range e.pagePaths() {
		day, ok := days[path]
		if !ok {
			day = anywhere // lists and the like show the newest of the data
		}
		one := siteMapEntry("url", e.url(path), day)
		p := &parts[len(parts)-1]
		if p.urls == urls || p.urls > 0 && len(siteMapHead)+len(p.body)+len(one)+len(siteMapFoot) > size {
			parts = append(parts, part{})
			p = &parts[len(parts)-1]
		}
		p.body = append(p.body, one...)
		p.urls++
		p.newer = max(p.newer, day)
	}
	return parts
}

// pagePaths are the pages that were watched or, where nobody let us watch, all
// that the book makes.
func (e *Exporter) pagePaths() []string {
	if !e.seen {
		for range e.Watch(e.book.Pages()) {
		}
	}
	return e.pages
}

// pageDays gives the last change of the pages that show one issue or one
// report.
func (e *Exporter) pageDays() map[string]model.Date {
	days := map[string]model.Date{}
	for _, report := range e.portal.Reports {
		day := changedReport(report)
		days[reportPath(report.ID)] = day
		days[textPath(report.ID)] = published(report) // as it was published
		for id := range trailsOf(report) {
			days[sectionPath(report.ID, id)] = day
		}
		for _, issue := range report.Issues {
			days[issuePath(issue.ID)] = changed(report, issue)
		}
	}
	return days
}

func siteMapEntry(element, address string, day model.Date) []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, "<%s><loc>", element)
	_ = xml.EscapeText(&out, []byte(address))
	out.WriteString("</loc>")
	if day != "" {
		fmt.Fprintf(&out, "<lastmod>%s</lastmod>", day)
	}
	fmt.Fprintf(&out, "</%s>\n", element)
	return out.Bytes()
}

// constant is a file whose bytes are known already.
func constant(path, head string, body []byte, foot string) File {
	data := slices.Concat([]byte(head), body, []byte(foot))
	return File{path, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	}}
}

// writeRobots lets every robot in (RFC 9309). They read it only where the
// portal is the root of its host; elsewhere it does no harm.
func (e *Exporter) writeRobots(w io.Writer) error {
	text := "User-agent: *\nDisallow:\n"
	if e.base != "" {
		text += "\nSitemap: " + e.url(siteMapPath) + "\n"
	}
	_, err := io.WriteString(w, text)
	return err
}
