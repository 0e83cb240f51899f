package page

import "iter"

// issueLists makes issues/index.html, issues/index-2.html … An empty portal
// still has the first, since navigation leads there.
func (b *Book) issueLists() iter.Seq[Page] {
	return func(yield func(Page) bool) {
		for n := 1; n <= pageCount(len(b.listed)); n++ {
			if !yield(b.issueList(n)) {
				return
			}
		}
	}
}

func (b *Book) issueList(n int) Page {
	path := numbered(issuesStem, n)
	p := Issues{
		Frame: b.listFrame(LayoutIssues, issuesStem, b.words.issues, n),
		Total: number(len(b.listed) - b.withdrawn),
		Pages: pagination(path, pagesOf(issuesStem), n, pageCount(len(b.listed))),
	}
	if b.withdrawn > 0 {
		p.Withdrawn = number(b.withdrawn)
	}
	if n == 1 {
		p.Filters, p.Workbook = b.filterGroups(path), b.dataHref(path, workbookType)
	}
	shown := onPage(b.listed, n)
	p.AsOf = newestOf(shown)
	for _, l := range shown {
		p.Items = append(p.Items, b.issueCard(path, l))
	}
	return Page{Path: path, Layout: LayoutIssues, Data: p}
}

// numberedTitle is the title of page n of a list.
func (b *Book) numberedTitle(name string, n int) string {
	if n == 1 {
		return name
	}
	return name + " " + b.words.pageN[0] + number(n) + b.words.pageN[1]
}

// pages is how many pages a list of n entries fills: none without entries.
func pages(n int) int { return (n + perPage - 1) / perPage }

// pageCount is how many pages a list of n entries fills, at least one.
func pageCount(n int) int { return max(1, pages(n)) }

// pagination leads from page n of count to its neighbours, the first and last
// pages and two pages on either side.
// at gives the path of a page of the list.
func pagination(path string, at func(n int) string, n, count int) Pagination {
	if count < 2 {
		return Pagination{}
	}
	p := Pagination{Current: number(n), Count: number(count)}
	if n > 1 {
		p.Previous = relative(path, at(n-1))
	}
	if n < count {
		p.Next = relative(path, at(n+1))
	}
	last := 0
	for i := 1; i <= count; i++ {
		if i == 1 || i == count || (i >= n-2 && i <= n+2) {
			p.Links = append(p.Links, PageLink{number(i), relative(path, at(i)), i == n, i != last+1})
			last = i
		}
	}
	return p
}
