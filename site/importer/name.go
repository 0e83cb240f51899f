package importer

import (
	"path"
	"strconv"
	"strings"

	"rectify/site/model"
	"rectify/site/problem"
)

// name gives ids to sections and issues and puts them into the report.
func (p *parser) name() {
	r := p.report
	if r.Title == "" {
		// A report needs a name; its file has one.
		base := path.Base(strings.ReplaceAll(p.doc.Name, `\`, "/"))
		r.Title = strings.TrimSuffix(base, path.Ext(base))
		p.note(problem.TitleUnsure, -1, r.Title)
	}
	r.ID = p.o.ID
	if r.ID == "" {
		year := string(r.PublishedAt)
		if r.SignedOn != "" {
			year = string(r.SignedOn)
		}
		r.ID = "report"
		if len(year) >= 4 {
			r.ID = model.Slug("report-" + year[:4])
		}
	}
	var walk func(d *draftSection, slug string, titles []string) model.Section
	walk = func(d *draftSection, slug string, titles []string) model.Section {
		s := d.section
		s.ID = model.Slug(slug)
		titles = append(titles[:len(titles):len(titles)], s.Title)
		for i, draft := range d.issues {
			issue := draft.issue
			issue.ID = p.newID(append(titles[:len(titles):len(titles)], issue.Title))
			issue.Section = s.ID
			draft.file = slug + "-" + strconv.Itoa(i+1)
			draft.path = "issues[" + strconv.Itoa(len(r.Issues)) + "]"
			s.Issues = append(s.Issues, issue.ID)
			r.Issues = append(r.Issues, issue)
			p.files = append(p.files, draft.file)
		}
		for i, k := range d.kids {
			s.Sections = append(s.Sections, walk(k, slug+"-"+strconv.Itoa(i+1), titles))
		}
		return s
	}
	for i, d := range p.outline {
		r.Outline = append(r.Outline, walk(d, strconv.Itoa(i+1), []string{string(r.ID)}))
	}
	var parts func(list []*draftPart) []model.Part
	parts = func(list []*draftPart) []model.Part {
		var out []model.Part
		for _, d := range list {
			part := d.part
			part.Parts = parts(d.kids)
			out = append(out, part)
		}
		return out
	}
	r.Parts = parts(p.parts)
}

// paths says of sections and parts where they stand in the report, so that the
// claims on them can be named.
func (p *parser) paths() {
	var sections func(list []*draftSection, path string)
	sections = func(list []*draftSection, path string) {
		for i, d := range list {
			d.path = path + "[" + strconv.Itoa(i) + "]"
			sections(d.kids, d.path+".sections")
		}
	}
	sections(p.outline, "outline")
	var parts func(list []*draftPart, path string)
	parts = func(list []*draftPart, path string) {
		for i, d := range list {
			d.path = path + "[" + strconv.Itoa(i) + "]"
			parts(d.kids, d.path+".parts")
		}
	}
	parts(p.parts, "parts")
}
