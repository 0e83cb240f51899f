package page

import (
	"iter"

	"rectify/site/model"
)

// issueLists makes issues/index.html, issues/index-2.html … An empty portal
// still has the first, since navigation leads there.
func (b *Book) issueLists() iter.Seq[Page] {
	return func(yield func(Page) bool) {
		n := 1
		var cards []listed
		for _, report := range b.portal.Reports {
			v := b.view(report)
			for _, issue := range report.Issues {
				cards = append(cards, listed{issue, v.sectionTitle(issue.Section)})
				if len(cards) == perPage {
					if !yield(b.issueList(n, cards)) {
						return
					}
					n, cards = n+1, cards[:0]
				}
			}
		}
		if len(cards) > 0 || n == 1 {
			yield(b.issueList(n, cards))
		}
	}
}

type listed struct {
	issue   *model.Issue
	section string
}

func (b *Book) issueList(n int, items []listed) Page {
	path := listPath("issues/", n)
	crumbs := b.fromHome()
	if n > 1 {
		crumbs = append(crumbs, Link{b.words.issues, listPath("issues/", 1)})
	}
	p := Issues{
		Frame: b.frame(path, about{
			layout: LayoutIssues, title: b.listTitle(n), description: b.listTitle(n) + " " + b.portal.Name,
			meta: list, column: b.words.issues, crumbs: crumbs,
		}),
		Total: number(b.total),
		Pages: pagination(path, "issues/", n, pageCount(b.total)),
	}
	for _, item := range items {
		p.Items = append(p.Items, b.issueCard(path, item.issue, item.section))
	}
	return Page{path, LayoutIssues, p}
}

func (b *Book) listTitle(n int) string {
	if n == 1 {
		return b.words.issues
	}
	return b.words.issues + " " + b.words.pageN[0] + number(n) + b.words.pageN[1]
}

// pageCount is how many pages a list of n entries fills, at least one.
func pageCount(n int) int { return max(1, (n+perPage-1)/perPage) }

// pagination leads from page n of count to its neighbours, the first and last
// pages and two pages on either side.
func pagination(path, dir string, n, count int) Pagination {
	if count < 2 {
		return Pagination{}
	}
	p := Pagination{Current: number(n), Count: number(count)}
	if n > 1 {
		p.Previous = relative(path, listPath(dir, n-1))
	}
	if n < count {
		p.Next = relative(path, listPath(dir, n+1))
	}
	last := 0
	for i := 1; i <= count; i++ {
		if i == 1 || i == count || (i >= n-2 && i <= n+2) {
			p.Links = append(p.Links, PageLink{number(i), relative(path, listPath(dir, i)), i == n, i != last+1})
			last = i
		}
	}
	return p
}
