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
// beside the text; the text itself is the source's.
func (v *view) fullText() Page {
	r := v.report
	path := textPath(r.ID)
	p := Text{
		Frame: v.frame(path, about{
			layout: LayoutText, title: v.words.fullText, description: r.Title, meta: article,
			column: v.portal.Name, crumbs: v.trail(-1), report: r,
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
		if role, ok := roles[n]; ok {
			paragraph.Role, paragraph.Level, paragraph.Link = role.name, role.level, role.link
			if role.level == "2" || role.level == "3" {
				p.Contents = append(p.Contents, Link{paragraph.Text, "#" + paragraph.Anchor})
			}
		}
		p.Paragraphs = append(p.Paragraphs, paragraph)
	}
	return Page{path, LayoutText, p}
}

// role is what the data know of a paragraph of the source.
type role struct {
	name, level string
	link        *Link
}

// roles finds the paragraphs that are titles, headings and signatures.
func (v *view) roles(path string) map[int]role {
	r := v.report
	f := finder{paragraphs: r.Paragraphs, roles: map[int]role{}}
	for _, line := range append([]string{r.Title}, r.TitleLines...) {
		f.mark(line, role{name: "title"})
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
		link := Link{issue.Title, relative(path, issuePath(issue.ID))}
		f.at(issue.Source, role{"issue", heading(level + depth + 1), &link})
	}
	f.mark(r.SignedBy, role{name: "sign"})
	if r.SignedBy != "" {
		f.mark(r.SignedOn.Chinese(), role{name: "sign"})
	}
	return f.roles
}

// heading is the level of a heading, which HTML ends at 6.
func heading(level int) string { return number(min(level, 6)) }

// finder goes through the source once, from top to bottom.
type finder struct {
	paragraphs []string
	roles      map[int]role
	next       int // index of the first paragraph not yet passed
}

// mark gives the next paragraph that reads so its role.
func (f *finder) mark(text string, r role) {
	if text == "" {
		return
	}
	for i := f.next; i < len(f.paragraphs); i++ {
		if f.paragraphs[i] == text {
			f.roles[i+1] = r
			f.next = i + 1
			return
		}
	}
}

// at gives the first paragraph of a source reference its role.
func (f *finder) at(ref model.SourceRef, r role) {
	if len(ref.Paragraphs) > 0 {
		f.roles[ref.Paragraphs[0]] = r
	}
}

// parts marks the headings of narrative parts; outline becomes the level at
// which the sections of the outline start.
func (f *finder) parts(parts []model.Part, level int, outline *int) {
	for _, part := range parts {
		below := level
		if text := part.Label + part.Title; text != "" {
			f.mark(text, role{name: "heading", level: heading(level)})
			below = level + 1
		}
		if part.Outline {
			*outline = below
		}
		f.parts(part.Parts, below, outline)
	}
}
