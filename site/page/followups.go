package page

import (
	"iter"

	"rectify/site/model"
)

// promise is a follow-up with the issue it stands in.
type promise struct {
	issue *model.Issue
	*model.FollowUp
}

func (b *Book) promiseCard(path string, p promise) FollowUpCard {
	return FollowUpCard{
		FollowUp: b.followUp(path, p.issue, *p.FollowUp),
		Issue:    Link{p.issue.Title, relative(path, issuePath(p.issue.ID))}, Status: b.status(p.issue.Status),
	}
}

// followUpPages makes follow-ups.html, follow-ups-2.html …: those that are due
// first stand first, those without a day last.
func (b *Book) followUpPages() iter.Seq[Page] {
	return func(yield func(Page) bool) {
		count := pages(len(b.promises))
		for n := 1; n <= count; n++ {
			path := numbered(followUpsStem, n)
			p := FollowUps{
				Frame: b.listFrame(LayoutFollowUps, followUpsStem, b.words.followUps, n),
				Total: number(len(b.promises)), Calendar: b.dataHref(path, "text/calendar"),
				Pages: pagination(path, pagesOf(followUpsStem), n, count),
			}
			p.AsOf = string(b.portal.NewestDay())
			for _, one := range onPage(b.promises, n) {
				p.Items = append(p.Items, b.promiseCard(path, one))
			}
			if !yield(Page{Path: path, Layout: LayoutFollowUps, Data: p}) {
				return
			}
		}
	}
}
