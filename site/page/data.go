package page

import (
	"slices"
	"strings"

	"rectify/site/model"
)

// dataHref leads from the page at path to the first file of a media type, ""
// where there is none.
func (b *Book) dataHref(path, mime string) string {
	for _, f := range b.data {
		if f.Type == mime {
			return relative(path, f.Path)
		}
	}
	return ""
}

const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// isFeed knows what a feed reader reads.
func isFeed(mime string) bool {
	return strings.HasPrefix(mime, "application/atom+xml") || strings.HasPrefix(mime, "application/feed+json")
}

// feeds are those of the portal and, on its own pages, of a report.
func (b *Book) feeds(path string, report *model.Report) []Feed {
	files := b.feedFiles[""]
	if report != nil {
		files = slices.Concat(files, b.feedFiles[report.ID])
	}
	var feeds []Feed
	for _, f := range files {
		feeds = append(feeds, Feed{f.Title, f.Type, relative(path, f.Path)})
	}
	return feeds
}

// dataPage tells of the files for machines.
func (b *Book) dataPage() Page {
	p := Data{
		Frame: b.frame(dataPath, about{
			layout: LayoutData, title: b.words.data, description: b.words.data + " " + b.portal.Name,
			meta: list, crumbs: b.fromHome(),
		}),
		Workbook: b.dataHref(dataPath, workbookType),
	}
	if l := b.portal.Licence; l != nil {
		p.Licence = &Link{l.Title, string(l.URL)}
	}
	titles := map[model.Slug]string{}
	for _, report := range b.portal.Reports {
		titles[report.ID] = report.Title
	}
	at := map[model.Slug]int{}
	for _, f := range b.data {
		if f.Report != "" && len(b.portal.Reports) > few {
			p.More = true
			continue
		}
		i, ok := at[f.Report]
		if !ok {
			i = len(p.Groups)
			at[f.Report] = i
			p.Groups = append(p.Groups, DataGroup{Title: titles[f.Report]})
		}
		entry := DataEntry{
			Title: f.Title, Name: f.Path, Href: relative(dataPath, f.Path), Type: f.Type, About: f.About, Fields: f.Fields,
		}
		if f.Schema != "" {
			entry.Schema = relative(dataPath, f.Schema)
		}
		p.Groups[i].Files = append(p.Groups[i].Files, entry)
	}
	return Page{Path: dataPath, Layout: LayoutData, Data: p}
}
