package check

import (
	"html"
	"reflect"
	"regexp"
	"strings"

	"rectify/site/model"
	"rectify/site/problem"
)

var (
	contactType = reflect.TypeFor[model.Contact]()
	measureType = reflect.TypeFor[model.Measure]()
)

// texts sends everything that people will read through one pass, which looks
// for personal data, for characters that were lost or garbled, and at
// punctuation. What the contact holds is there to be public. The source is the
// text as published: its punctuation is not questioned a second time.
func texts(s *subject) problem.List {
	portal := s.public
	lists := make([]problem.List, len(portal.Reports)+1)
	all(len(lists), func(i int) {
		c := scanner{known: s.known}
		if i == len(portal.Reports) {
			c.file(portal)
			for j := range portal.Prose {
				c.prose(&portal.Prose[j])
			}
		} else {
			report := portal.Reports[i]
			c.file(report)
			for _, issue := range report.Issues {
				c.file(issue)
			}
			for v := range s.paragraphs(report) {
				c.scan(v, true, false, false)
			}
			c.finish()
		}
		for _, h := range c.hits {
			lists[i] = append(lists[i], problem.New(h.code, s.locate(h.in, h.offset, h.raw), h.args...))
		}
	})
	var found problem.List
	for _, list := range lists {
		found = append(found, list...)
	}
	return found
}

// file looks through the texts of one file of YAML.
func (c *scanner) file(root any) {
	walk(root, anyText, func(v value) {
		isContact := v.in == contactType
		last := &c.current
		c.scan(v, !isContact, !isContact,
			v.in == measureType && v.key == "text" && last.where == v.where && last.key == "title")
	})
	c.finish()
}

// paragraphs gives the paragraphs of a report's source.
func (s *subject) paragraphs(report *model.Report) func(func(value) bool) {
	file := s.reportFile(report, "source.txt")
	return func(yield func(value) bool) {
		for i, text := range report.Paragraphs {
			if !yield(value{text: text, file: file, index: i + 1}) {
				return
			}
		}
	}
}

func (c *scanner) prose(prose *model.Prose) {
	for _, line := range proseLines(prose) {
		c.scan(line, true, line.index == 0, false)
	}
	c.finish()
}

var (
	blockEnd  = regexp.MustCompile(`<(?:/(?:p|li|h[1-6]|td|th|pre)|br|hr)[ />]`)
	attribute = regexp.MustCompile(`\b(?:href|src|alt|title)="([^"]*)"`)
	tag       = regexp.MustCompile(`<[^>]*>`)
)

// proseLines gives the title of a prose page, each of its paragraphs and, with
// index 1, what its links and images hold.
func proseLines(prose *model.Prose) []value {
	line := value{where: &prose.Where, key: "title", file: prose.Self().File, text: prose.Title}
	lines := []value{line}
	add := func(index int, text string) {
		if text = strings.TrimSpace(html.UnescapeString(text)); text != "" {
			line.index, line.text = index, text
			lines = append(lines, line)
		}
	}
	for _, found := range attribute.FindAllStringSubmatch(prose.HTML, -1) {
		add(1, strings.TrimPrefix(found[1], "mailto:"))
	}
	for _, block := range blockEnd.Split(prose.HTML, -1) {
		add(0, tag.ReplaceAllString(block, ""))
	}
	return lines
}
