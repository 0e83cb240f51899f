package page

import "iter"

// filterPages makes status/<code>.html, owners/<key>.html and so on. A value
// that no issue has gets no page.
func (b *Book) filterPages() iter.Seq[Page] {
	return func(yield func(Page) bool) {
		for _, f := range b.filters {
			for _, v := range f.values {
				for n := 1; n <= pageCount(len(v.issues)); n++ {
					if !yield(b.filterPage(f, v, n)) {
						return
					}
				}
			}
		}
	}
}

func (f *filter) stem(v *value) string { return f.dir + "/" + v.key }

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
		Pages: pagination(path, stem, n, pageCount(len(v.issues))),
	}
	for _, l := range onPage(v.issues, n) {
		p.Items = append(p.Items, b.issueCard(path, l.issue, l.section))
	}
	return Page{path, LayoutFilter, p}
}

// filterLink leads from the page at path to a value.
func (f *filter) link(path string, v *value) FilterLink {
	return FilterLink{v.text, relative(path, numbered(f.stem(v), 1)), number(len(v.issues))}
}

// filterGroups leads from the page at path to all values of all filters.
func (b *Book) filterGroups(path string) []FilterGroup {
	var groups []FilterGroup
	for _, f := range b.filters {
		if len(f.values) == 0 {
			continue
		}
		g := FilterGroup{Title: f.title}
		for _, v := range f.values {
			g.Links = append(g.Links, f.link(path, v))
		}
		groups = append(groups, g)
	}
	return groups
}

// valueLink leads from path to the issues that have a value, if any has.
func (b *Book) valueLink(path, dir, text string) []FilterLink {
	f := b.filter(dir)
	v := f.byText[text]
	if v == nil {
		return nil
	}
	l := f.link(path, v)
	l.Text = f.title + b.words.colon + l.Text
	return []FilterLink{l}
}

// onPage is what page n of a list shows.
func onPage[T any](all []T, n int) []T {
	return all[min(len(all), (n-1)*perPage):min(len(all), n*perPage)]
}
