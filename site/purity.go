package site

import (
	"context"

	"rectify/site/page"
	"rectify/site/render"
)

// sample is how many pages of each layout the purity check renders: it renders
// them eight times, so a large portal is represented by a few of each kind.
const sample = 10

// purity holds the portal's theme to the contract of pages.
func (b *build) purity(ctx context.Context, book *page.Book) error {
	theme, err := b.theme()
	if err != nil {
		return err
	}
	renderer, found := render.New(theme, render.Options{Site: book.Site()})
	if renderer == nil {
		return b.found(found, true)
	}
	// What it warned of, the making of the pages has told.
	seen := map[string]int{}
	var pages []page.Page
	for p := range book.Pages() {
		if seen[p.Layout]++; seen[p.Layout] <= sample {
			pages = append(pages, p)
		}
	}
	found, err = renderer.CheckPurity(ctx, pages)
	if err != nil {
		return err
	}
	return b.found(found, true)
}
