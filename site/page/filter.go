package page

import "iter"

// few is how many values of a filter stand on a page that is about something
// else; a province has a thousand units.
const few = 12

// filterPages makes status/<code>.html, owners/<key>.html and so on. A value
// that no issue has gets no page, and a portal of one report lists its issues
// in one place only.
func (b *Book) filterPages() iter.Seq[Page] {
	return func(yield func(Page) bool) {
		for _, f := range b.filters {
			for _, v := range f.values {
				for n := 1; n <= pages(len(v.issues)) && b.divides(f); n++ {
					if !yield(b.filterPage(f, v, n)) {
						return
					}
				}
			}
			if b.grouped(f) && !b.groupsPages(f, yield) {
				return
			}
		}
	}
}

// divides says whether a filter has pages for its values.
func (b *Book) divides(f *filter) bool { return f.dir != byReport || len(f.values) > 1 }

// grouped says whether a filter has a page of all its values: where they are
// many, or more than a word.
func (b *Book) grouped(f *filter) bool {
	switch f.dir {
	case byReport, byUnit, byRound:
		return len(f.values) > 1
	}
	return len(f.values) > few
}

// stem is the path of a value's list without a number and “.html”. The issues
// of a report stand beside its overview.
func (f *filter) stem(v *value) string {
	if f.dir == byReport {
		return f.dir + "/" + v.key + "/issues"
	}
	return f.dir + "/" + v.key
}

// groupsStem is the same for the page of all values.
func (f *filter) groupsStem() string { return f.dir + "/index" }

func (b *Book) filterPage(f *filter, v *value, n int) Page {
	stem := f.stem(v)
	path := numbered(stem, n)
	name := f.title + b.words.colon + v.text
	crumbs := append(b.fromHome(), Link{b.words.issues, issuesPath})
	if n > 1 {
		crumbs = append(crumbs, Link{name, numbered(stem, 1)})
	}
	title := b.numberedTitle(name, n)
	p := Filter{
		Frame: b.frame(path, about{
			layout: LayoutFilter, title: title, description: title + " " + b.portal.Name,
			meta: list, column: name, crumbs: crumbs,
		}),
		Total: number(len(v.issues)),
		All:   Link{b.words.issues, relative(path, issuesPath)},
		Pages: pagination(path, pagesOf(stem), n, pages(len(v.issues))),
	}
	shown := onPage(v.issues, n)
	p.AsOf = newestOf(shown)
	for _, l := range shown {
		p.Items = append(p.Items, b.issueCard(path, l))
	}
	of := Page{Path: path, Layout: LayoutFilter, Data: p}
	if f.dir == byReport {
		of.Report = v.reports[0].ID
	}
	return of
}

// link leads from the page at path to a value; a value without issues, which
// has no page, is named only.
func (f *filter) link(path string, v *value) FilterLink {
	l := FilterLink{Text: v.text, N: number(len(v.issues))}
	if len(v.issues) > 0 {
		l.Href = relative(path, numbered(f.stem(v), 1))
	}
	return l
}

// filterGroups leads from the page at path to the first values of all filters.
// A portal of one report is divided by its top sections too. The first page has
// reports and sections already, and no room for what all issues have.
func (b *Book) filterGroups(path string) []FilterGroup {
	var groups []FilterGroup
	for _, f := range b.filters {
		if len(f.values) == 0 || len(b.listed) == 0 || path == homePath && (f.dir == byReport || len(f.values) == 1) {
			continue
		}
		g := FilterGroup{Title: f.title}
		if f.dir == byReport && len(f.values) == 1 {
			g = b.sectionGroup(path)
		} else {
			for _, v := range f.values {
				if len(v.issues) > 0 && len(g.Links) < few {
					g.Links = append(g.Links, f.link(path, v))
				}
			}
		}
		if b.grouped(f) {
			g.All = b.groupsLink(path, f)
		}
		if len(g.Links) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// groupsLink leads from the page at path to the page of all values.
func (b *Book) groupsLink(path string, f *filter) *Link {
	return &Link{b.words.all[f.dir], relative(path, numbered(f.groupsStem(), 1))}
}

// sectionGroup divides the issues of the only report by its top sections.
func (b *Book) sectionGroup(path string) FilterGroup {
	g := FilterGroup{Title: b.words.sections[0]}
	v := b.view(b.portal.Reports[0])
	for _, s := range v.sections {
		if s.depth == 0 && s.issues > 0 {
			card := v.sectionCard(path, s)
			g.Links = append(g.Links, FilterLink{card.Text, card.Href, card.Issues})
		}
	}
	return g
}

// valueLink leads from path to the issues that have a value, where these are
// more than least and not all that the portal has. It does not tell how many:
// with one status, every issue that has it would change.
func (b *Book) valueLink(path, dir, name string, least int) []Link {
	f := b.filter(dir)
	v := f.byText[name]
	if v == nil || len(v.issues) <= least || len(v.issues) == len(b.listed)-b.withdrawn || !b.divides(f) {
		return nil
	}
	return []Link{{f.title + b.words.colon + v.text, f.link(path, v).Href}}
}

// onPage is what page n of a list shows.
func onPage[T any](all []T, n int) []T {
	return all[min(len(all), (n-1)*perPage):min(len(all), n*perPage)]
}
