package page

import (
	"rectify/site/model"
)

// paragraph is paragraph n (from 1) of the source.
func (v *view) paragraph(n int) Paragraph {
	return Paragraph{N: number(n), Anchor: "p-" + number(n), Text: v.report.Paragraphs[n-1]}
}

// fullText is the report as it was published, paragraph by paragraph. What the
// data know of a paragraph (that it is a heading, and of which page) is set
// beside the text; the text itself is the source's. Only the text that went with
// a withdrawn issue is gone, and its place says so.
func (v *view) fullText() Page {
	r := v.report
	path := textPath(r.ID)
	p := Text{
		Frame: v.frame(path, about{
			layout: LayoutText, title: v.words.fullText, description: r.Title, meta: article,
			column: v.portal.Name, crumbs: v.trail(-1), report: r, asOf: r.AsOf,
		}),
		Report: Link{r.Title, relative(path, reportPath(r.ID))},
	}
	roles := v.roles(path)
	furniture := map[int]bool{}
	for _, n := range r.Furniture {
		furniture[n] = true
	}
	for n := 1; n <= len(r.Paragraphs); n++ {
		paragraph := v.paragraph(n)
		if furniture[n] {
			p.Furniture = append(p.Furniture, paragraph)
			continue
		}
		if id, ok := r.Emptied[n]; ok {
			p.Emptied = true
			paragraph.Role, paragraph.Link = "withdrawn", v.issueLink(path, v.issues[id])
			p.Paragraphs = append(p.Paragraphs, paragraph)
			continue
		}
		if role, ok := roles[n]; ok {
			paragraph.Role, paragraph.Level, paragraph.Link = role.name, role.level, role.link
			if role.level == "2" || role.level == "3" {
				p.Contents = append(p.Contents, Heading{Link{paragraph.Text, "#" + paragraph.Anchor}, role.level})
			}
		}
		p.Paragraphs = append(p.Paragraphs, paragraph)
	}
	return Page{Path: path, Layout: LayoutText, Data: p}
}

// role is what the data know of a paragraph of the source.
type role struct {
	name, level string
	link        *Link
}

// roles finds the paragraphs that are titles, headings and signatures. What the
// data place by number is known; what is left is looked for between those.
func (v *view) roles(path string) map[int]role {
	r := v.report
	f := finder{paragraphs: r.Paragraphs, roles: map[int]role{}, taken: map[int]bool{}}
	for _, n := range r.Furniture {
		f.taken[n] = true
	}
	level := 2
	f.parts(r.Parts, 2, &level)
	for _, s := range v.sections {
		link := Link{s.section.Title, relative(path, sectionPath(r.ID, s.section.ID))}
		f.at(s.section.Source, role{"heading", heading(level + s.depth), &link})
	}
	for _, issue := range r.Issues {
		depth := -1
		if i, ok := v.index[issue.Section]; ok {
			depth = v.sections[i].depth
		}
		link := Link{v.title(issue), relative(path, issuePath(issue.ID))}
		f.at(issue.Source, role{"issue", heading(level + depth + 1), &link})
	}
	for _, line := range append([]string{r.Title}, r.TitleLines...) {
		f.first(line, role{name: "title"})
	}
	f.last(r.SignedOn.Chinese(), role{name: "sign"})
	f.last(r.SignedBy, role{name: "sign"})
	return f.roles
}

// heading is the level of a heading, which HTML ends at 6.
func heading(level int) string { return number(min(level, 6)) }

// finder gives paragraphs of the source their roles.
type finder struct {
	paragraphs []string
	roles      map[int]role
	taken      map[int]bool // furniture, and paragraphs that have a role
}

// give sets the role of paragraph n (from 1) unless it has one.
func (f *finder) give(n int, r role) {
	if !f.taken[n] {
		f.taken[n] = true
		f.roles[n] = r
	}
}

// first gives the first free paragraph that reads so its role.
func (f *finder) first(text string, r role) {
	for i, paragraph := range f.paragraphs {
		if text != "" && paragraph == text && !f.taken[i+1] {
			f.give(i+1, r)
			return
		}
	}
}

// last gives the last free paragraph that reads so its role.
func (f *finder) last(text string, r role) {
	for i := len(f.paragraphs); i > 0; i-- {
		if text != "" && f.paragraphs[i-1] == text && !f.taken[i] {
			f.give(i, r)
			return
		}
	}
}

// at gives the first paragraph of a source reference its role.
func (f *finder) at(ref model.SourceRef, r role) {
	if len(ref.Paragraphs) > 0 {
		f.give(ref.Paragraphs[0], r)
	}
}

// parts gives the headings of narrative parts their roles; outline becomes the
// level at which the sections of the outline start.
func (f *finder) parts(parts []model.Part, level int, outline *int) {
	for _, part := range parts {
		below := level
		if text := part.Label + part.Title; text != "" {
			below = level + 1
			r := role{name: "heading", level: heading(level)}
			// The reference begins with the heading where there is one.
			if ref := part.Source.Paragraphs; len(ref) > 0 && f.paragraphs[ref[0]-1] == text {
				f.give(ref[0], r)
			} else {
				f.first(text, r)
			}
		}
		if part.Outline {
			*outline = below
		}
		f.parts(part.Parts, below, outline)
	}
}
