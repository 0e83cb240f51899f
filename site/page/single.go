package page

import (
	"iter"
	"net/url"

	"rectify/site/model"
)

const (
	atHome    = 10 // how many reports the first page shows
	fewAtHome = 4  // and how many promises and events
	atSiteMap = 50 // how many reports the site map lays out
)

func (b *Book) home() Page {
	home := Home{
		Frame: b.frame(homePath, about{
			layout: LayoutHome, title: b.portal.Name, description: b.portal.Description, meta: siteOnly,
			things: []Thing{b.unitThing()}, asOf: b.portal.NewestDay(),
		}),
		Intro:    b.portal.Description,
		Releases: Link{b.words.releases, relative(homePath, releasesPath)},
	}
	counts := map[model.StatusCode]int{}
	for _, v := range b.filter(byStatus).values {
		counts[model.StatusCode(v.key)] = len(v.issues)
	}
	home.Status, home.Bar = b.statusCounts(counts), bar(counts, total(counts))
	for _, e := range b.events {
		switch e.what {
		case "due", "deadline", "publicity", "status":
			continue // days that were set, or for which something holds: nothing happened on them
		}
		if len(home.Latest) < fewAtHome {
			home.Latest = append(home.Latest, b.showEvent(homePath, e))
		}
	}
	if len(b.events) > 0 {
		home.Timeline = &Link{b.words.timeline, relative(homePath, numbered(timelineStem, 1))}
	}
	home.Release = b.newestRelease()
	for _, report := range b.portal.Reports[:min(len(b.portal.Reports), atHome)] {
		v := b.view(report)
		card := ReportCard{
			Title: report.Title, Href: relative(homePath, reportPath(report.ID)), TextHref: relative(homePath, textPath(report.ID)),
			Unit: report.Unit, Inspection: inspectionOf(report),
			Published: string(report.PublishedAt), AsOf: string(report.AsOf), Totals: b.totals(report),
		}
		for _, s := range v.sections {
			if s.depth == 0 {
				card.Sections = append(card.Sections, v.sectionCard(homePath, s))
			}
		}
		home.Reports = append(home.Reports, card)
	}
	if f := b.filter(byReport); b.grouped(f) {
		home.All = b.groupsLink(homePath, f)
	}
	home.Filters = b.filterGroups(homePath)
	for _, p := range b.promises[:min(len(b.promises), fewAtHome)] {
		home.FollowUps = append(home.FollowUps, b.promiseCard(homePath, p))
	}
	if len(b.promises) > 0 {
		home.Promises = Link{b.words.followUps, relative(homePath, numbered(followUpsStem, 1))}
	}
	return Page{Path: homePath, Layout: LayoutHome, Data: home}
}

// contactPages makes contact.html, contact-2.html …
func (b *Book) contactPages() iter.Seq[Page] {
	return func(yield func(Page) bool) {
		var own []*model.Report
		for _, report := range b.portal.Reports {
			if report.Contact != nil {
				own = append(own, report)
			}
		}
		for n := 1; n <= pageCount(len(own)); n++ {
			path := numbered(contactStem, n)
			p := ContactPage{
				Frame: b.listFrame(LayoutContact, contactStem, b.words.contact, n),
				Pages: pagination(path, pagesOf(contactStem), n, pageCount(len(own))),
			}
			for _, report := range onPage(own, n) {
				p.Reports = append(p.Reports, ReportContact{
					Link{report.Title, relative(path, reportPath(report.ID))}, contactOf(report.Contact),
				})
			}
			if !yield(Page{Path: path, Layout: LayoutContact, Data: p}) {
				return
			}
		}
	}
}

// searchPage holds the places for what a script finds.
func (b *Book) searchPage() Page {
	p := Search{
		Frame: b.frame(searchPath, about{
			layout: LayoutSearch, title: b.words.search, description: b.words.search + " " + b.portal.Name,
			meta: list, crumbs: b.fromHome(),
		}),
		Filters: b.filterGroups(searchPath),
	}
	for _, l := range append(b.mainLinks(), Link{b.words.siteMap, siteMapPath}) {
		if l.Href != homePath {
			p.Lists = append(p.Lists, Link{l.Text, relative(searchPath, l.Href)})
		}
	}
	return Page{Path: searchPath, Layout: LayoutSearch, Data: p}
}

func (b *Book) prose(prose *model.Prose) Page {
	path := prosePath(prose.Name)
	return Page{Path: path, Layout: LayoutProse, Data: Prose{
		Frame: b.frame(path, about{
			layout: LayoutProse, title: prose.Title, description: prose.Title + " " + b.portal.Name,
			meta: list, crumbs: b.fromHome(),
		}),
		HTML: prose.HTML,
	}}
}

func (b *Book) siteMap() Page {
	p := SiteMap{Frame: b.frame(siteMapPath, about{
		layout: LayoutSiteMap, title: b.words.siteMap, description: b.words.siteMap + " " + b.portal.Name,
		meta: list, crumbs: b.fromHome(),
	})}
	p.Groups = append(p.Groups, LinkGroup{b.words.mainPages, append(b.mainLinks(), b.moreLinks()...)})
	for _, f := range b.filterGroups(siteMapPath) {
		group := LinkGroup{Title: f.Title}
		for _, l := range f.Links {
			group.Links = append(group.Links, Link{l.Text, l.Href})
		}
		if f.All != nil {
			group.Links = append(group.Links, *f.All)
		}
		p.Groups = append(p.Groups, group)
	}
	for _, report := range b.portal.Reports[:min(len(b.portal.Reports), atSiteMap)] {
		v := b.view(report)
		group := LinkGroup{report.Title, []Link{
			{report.Title, relative(siteMapPath, reportPath(report.ID))},
			{b.words.fullText, relative(siteMapPath, textPath(report.ID))},
		}}
		for _, s := range v.sections {
			group.Links = append(group.Links, Link{s.section.Label + s.section.Title, relative(siteMapPath, sectionPath(report.ID, s.section.ID))})
		}
		p.Groups = append(p.Groups, group)
	}
	if len(b.portal.Prose) > 0 {
		group := LinkGroup{Title: b.words.prose}
		for _, prose := range b.portal.Prose {
			group.Links = append(group.Links, Link{prose.Title, relative(siteMapPath, prosePath(prose.Name))})
		}
		p.Groups = append(p.Groups, group)
	}
	return Page{Path: siteMapPath, Layout: LayoutSiteMap, Data: p}
}

// notFound is served at any depth, so relative links would lead astray: it
// uses the path of the portal's address, and without one it has no links.
func (b *Book) notFound() Page {
	p := NotFound{Frame: b.frame(notFoundPath, about{
		layout: LayoutNotFound, title: b.words.notFound, description: b.words.notFound, meta: siteOnly,
	})}
	if u, err := url.Parse(b.base); err == nil && b.base != "" {
		p.Root = u.EscapedPath()
	} else {
		p.Bare = true
	}
	return Page{Path: notFoundPath, Layout: LayoutNotFound, Data: p}
}

// fromHome is the trail of a page right under home.
func (b *Book) fromHome() []Link { return []Link{{b.words.home, homePath}} }
