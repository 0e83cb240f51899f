package page

import (
	"math"

	"rectify/site/model"
)

// imagePath is where an image of the portal lies in the site.
func imagePath(name string) string { return "images/" + name }

// The heights at which images are shown, in pixels of a screen.
const (
	logoHeight = 48
	markHeight = 40
	signHeight = 20 // beside a line of text
)

// image shows an image of the portal at a height. One that is not there, or
// cannot be read, is not shown; check says so.
func (b *Book) image(name string, height int) *Image {
	image, ok := b.portal.Image(name)
	if name == "" || !ok || image.Width == 0 || image.Height == 0 {
		return nil
	}
	width := int(math.Round(float64(image.Width*height) / float64(image.Height)))
	return &Image{Src: escape(imagePath(name)), Width: number(max(1, width)), Height: number(height)}
}

// The grounds on which shades have to be read, as the theme has them.
const (
	darkPage    model.Colour = "#1b1817"
	readable                 = 4.5 // contrast that WCAG 2.2 asks of text
	comfortable              = 7
)

// shades are what a theme makes of one main colour, under the names of its
// tokens: the higher the number, the darker. Each can be read where the theme
// puts it, whatever the colour; that white can be read on the colour itself is
// for check to say.
func shades(c model.Colour) []Shade {
	if c == "" {
		return nil
	}
	return []Shade{
		{"main-90", string(c.Mix(model.Black, 0.45))},
		{"main-80", string(c.Mix(model.Black, 0.25).Towards(model.Black, model.White, comfortable))},
		{"main-70", string(c)},
		{"main-30", string(c.Mix(model.White, 0.6).Towards(model.White, darkPage, comfortable))},
		{"main-20", string(c.Mix(model.White, 0.8).Towards(model.White, c, readable))},
	}
}

// stale is after how many days without news readers are told so.
func stale(p *model.Portal) string {
	days := model.DefaultStaleAfter
	if p.StaleAfter != nil {
		days = *p.StaleAfter
	}
	if days == 0 || p.NewestDay() == "" {
		return ""
	}
	return number(int(days))
}

// parent is the site of which the portal is a column.
func (b *Book) parent() *Parent {
	p := b.portal.Parent
	if p == nil {
		return nil
	}
	return &Parent{Link{p.Title, string(p.URL)}, b.image(p.Logo, signHeight)}
}
