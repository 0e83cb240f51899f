package export

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"slices"

	"rectify/site/model"
	"rectify/site/page"
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
	dayOf := e.days()
	parts := make([]part, 1)
	for _, p := range e.watchedPages() {
		day := dayOf(p)
		one := siteMapEntry("url", e.url(p.path), day)
		last := &parts[len(parts)-1]
		if last.urls == urls || last.urls > 0 && len(siteMapHead)+len(last.body)+len(one)+len(siteMapFoot) > size {
			parts = append(parts, part{})
			last = &parts[len(parts)-1]
		}
		last.body = append(last.body, one...)
		last.urls++
		last.newer = max(last.newer, day)
	}
	return parts
}

// watchedPages are the pages that went by or, where nobody let us watch, all
// that the book makes.
func (e *Exporter) watchedPages() []watched {
	if !e.seen {
		for range e.Watch(e.book.Pages()) {
		}
	}
	return e.pages
}

// days gives the last change of a page: that of the issue or the report that it
// is about, and the newest of the data for lists. Nothing says when prose was
// written.
func (e *Exporter) days() func(watched) model.Date {
	anywhere := e.changedPortal()
	reports, texts, issues := map[model.Slug]model.Date{}, map[model.Slug]model.Date{}, map[model.IssueID]model.Date{}
	for _, report := range e.portal.Reports {
		reports[report.ID], texts[report.ID] = changedReport(report), published(report) // as it was published
		for _, issue := range report.Issues {
			issues[issue.ID] = changed(report, issue)
		}
		for _, id := range report.Emptied {
			texts[report.ID] = max(texts[report.ID], issues[id])
		}
	}
	return func(p watched) model.Date {
		switch {
		case p.issue != 0:
			return issues[p.issue]
		case p.layout == page.LayoutText:
			return texts[p.report]
		case p.layout == page.LayoutProse:
			return ""
		case p.report != "":
			return reports[p.report]
		}
		return anywhere
	}
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
