package importer

import (
	"strings"

	"rectify/site/model"
	"rectify/site/problem"
)

// draftSection is a section on its way: its issues have no ids yet.
type draftSection struct {
	section model.Section
	issues  []*draftIssue
	kids    []*draftSection
	path    string
}

// draftPart is a narrative part on its way.
type draftPart struct {
	part model.Part
	kids []*draftPart
	path string
}

// structure makes parts, sections and issues of the lines of the body.
func (p *parser) structure(lines []line) {
	if minute := minuteOf(p.doc.Meta.Published); minute != "" {
		p.report.PublishedAt = minute
	}
	p.report.AsOf = p.asOf(lines)
	p.legends(lines)
	root := grow(lines)
	p.breaks(root)
	p.single(root)
	bearing := map[*node]bool{}
	var order []*node
	for _, n := range p.assign(root) {
		bearing[n] = true
		order = append(order, n)
	}
	p.farewell(root, bearing)
	var tables []int
	if len(root.body) > 0 {
		p.parts = append(p.parts, p.paragraphs(root.body))
	}
	tables = append(tables, root.rows...)
	for _, n := range order {
		tables = append(tables, p.issueRows(n)...)
	}
	whole := len(order) == 1 && order[0].role == asSection && allSections(order[0].kids)
	opened := false
	open := func() {
		if opened {
			return
		}
		opened = true
		if len(p.parts) == 0 {
			p.parts = append(p.parts, &draftPart{})
		}
		p.parts[len(p.parts)-1].part.Outline = true
	}
	for _, n := range root.kids {
		switch {
		case !bearing[n]:
			tables = append(tables, p.allRows(n)...)
			p.parts = append(p.parts, p.partOf(n))
		case whole:
			d := p.partHead(n)
			d.addText(p, n.body)
			p.parts = append(p.parts, d)
			opened = true
			d.part.Outline = true
			for _, k := range n.kids {
				p.outline = append(p.outline, p.sectionOf(k))
			}
		default:
			open()
			if n.role == asIssue {
				p.loose = append(p.loose, len(p.outline))
				p.outline = append(p.outline, p.alone(p.issueOf(n)))
				continue
			}
			p.outline = append(p.outline, p.sectionOf(n))
		}
	}
	p.gather()
	p.tables(tables)
	p.sectionStatuses(p.outline, model.Status{})
	if len(p.outline) > 0 {
		open()
	} else {
		p.note(problem.NoIssueFound, -1)
	}
	if len(root.tail) > 0 {
		p.parts = append(p.parts, p.paragraphs(root.tail))
	}
}

// single makes one issue of a paper whose own headings are keys: 一、整改任务
// 二、整改目标 三、整改措施 … as the notices about one task have.
func (p *parser) single(root *node) {
	first, found := -1, map[keyKind]bool{}
	for i, s := range root.body {
		if cuts, ok := splitKeys(p.text(s.par), s); ok && cuts[0].kind != keyContact {
			found[cuts[0].kind] = true
			if first < 0 {
				first = i
			}
		}
	}
	if first < 0 || len(found) < 3 || len(root.kids) > 0 || !found[keyIssue] && !found[keyMeasures] && !found[keyProgress] && !found[keyBoth] {
		return
	}
	n := &node{class: keyed, par: root.body[first].par, body: root.body[first:], score: 2, up: root}
	n.label = span{n.par, 0, 0}
	n.title.problem = true
	root.body = root.body[:first]
	root.kids = append(root.kids, n)
}

// issueRows gives the rows of tables that stand in issues.
func (p *parser) issueRows(n *node) []int {
	if n.role == asIssue {
		return p.allRows(n)
	}
	var out []int
	for _, k := range n.kids {
		out = append(out, p.issueRows(k)...)
	}
	return out
}

// allRows gives the rows of tables under a node.
func (p *parser) allRows(n *node) []int {
	out := n.rows[:len(n.rows):len(n.rows)]
	for _, k := range n.kids {
		out = append(out, p.allRows(k)...)
	}
	return out
}

func allSections(nodes []*node) bool {
	for _, n := range nodes {
		if n.role != asSection {
			return false
		}
	}
	return len(nodes) > 0
}

// alone holds an issue that stands at the top, without a section above it.
func (p *parser) alone(i *draftIssue) *draftSection { return &draftSection{issues: []*draftIssue{i}} }

// gather puts issues that stand at the top into one section. A section needs a
// title; without a heading above them it is the report's.
func (p *parser) gather() {
	if len(p.loose) == 0 {
		return
	}
	loose := map[int]bool{}
	for _, i := range p.loose {
		loose[i] = true
	}
	var out []*draftSection
	var now *draftSection
	for i, s := range p.outline {
		if !loose[i] {
			now = nil
			out = append(out, s)
			continue
		}
		if now == nil {
			now = s
			now.section.Title = p.headTitle()
			out = append(out, now)
			continue
		}
		now.issues = append(now.issues, s.issues...)
	}
	p.outline = out
}

// headTitle names a section that has no heading: by the part above, or by the
// report.
func (p *parser) headTitle() string {
	if p.report.Title != "" {
		return p.report.Title
	}
	return "问题清单"
}

// paragraphs makes a part of paragraphs without a heading.
func (p *parser) paragraphs(body []span) *draftPart {
	d := &draftPart{}
	d.addText(p, body)
	return d
}

func (d *draftPart) addText(p *parser, body []span) {
	var texts []string
	for _, s := range body {
		if s.from >= s.to {
			continue
		}
		texts = append(texts, p.use(s, &d.path, "text"))
		d.addSource(s.par)
	}
	appendText(&d.part.Text, texts...)
}

func (d *draftPart) addSource(par int) {
	list := d.part.Source.Paragraphs
	if len(list) == 0 || list[len(list)-1] != par+1 {
		d.part.Source.Paragraphs = append(list, par+1)
	}
}

// appendText adds paragraphs to a text: all at once where there may be many, since
// each call copies what is there.
func appendText(to *string, texts ...string) {
	var b strings.Builder
	b.WriteString(*to)
	for _, text := range texts {
		appendTo(&b, text)
	}
	*to = b.String()
}

func appendTo(b *strings.Builder, text string) {
	text = strings.TrimSpace(text)
	if text == "" {
		return
	}
	if b.Len() > 0 {
		b.WriteByte('\n')
	}
	b.WriteString(text)
}

// partHead makes a part of a node's heading.
func (p *parser) partHead(n *node) *draftPart {
	d := &draftPart{}
	d.addSource(n.par)
	if n.label.from < n.label.to {
		d.part.Label = strings.TrimSpace(p.use(span{n.par, 0, n.label.to}, &d.path, "label"))
	}
	end := narrativeEnd(n.text)
	from, to := trimSpan(n.text, 0, end)
	if from < to {
		d.part.Title = p.use(span{n.par, n.offset + from, n.offset + to}, &d.path, "title")
	}
	if end < len(n.text) {
		from, to = trimSpan(n.text, end, len(n.text))
		d.addText(p, []span{{n.par, n.offset + from, n.offset + to}})
	}
	return d
}

// narrativeEnd finds where the title of a narrative part ends: behind the first
// full stop if that is near, or the whole line if there is none.
func narrativeEnd(text string) int {
	at := strings.Index(text, "。")
	switch {
	case at < 0:
		return len(text)
	case at+len("。") >= len(text):
		if length(text) > maxTitle {
			return 0
		}
		return len(text)
	case length(text[:at]) > 60:
		return 0
	}
	return at + len("。")
}

// partOf makes a part of a node and all under it. Kids that are headings become
// parts of their own; a list of sentences stays in the text.
func (p *parser) partOf(n *node) *draftPart {
	d := p.partHead(n)
	d.addText(p, n.body)
	deep := false
	for _, k := range n.kids {
		deep = deep || len(k.kids) > 0 || len(k.body) > 0 || !strings.Contains(k.text, "。") && !strings.HasSuffix(k.text, "；") && length(k.text) <= 40
	}
	var lists []span
	for _, k := range n.kids {
		if deep {
			d.kids = append(d.kids, p.partOf(k))
			continue
		}
		for _, c := range k.flat(1) {
			lists = append(lists, c.span)
		}
	}
	d.addText(p, lists)
	return d
}

// sectionOf makes a section of a node with its issues and sections.
func (p *parser) sectionOf(n *node) *draftSection {
	d := &draftSection{}
	s := &d.section
	s.Source.Paragraphs = []int{n.par + 1}
	p.heading(n, &d.path, &s.Label, &s.Lead, &s.Title)
	rest := append([]span{n.rest()}, n.body...)
	for _, r := range rest {
		from, to := trimSpan(p.text(r.par), r.from, r.to)
		if from < to {
			appendText(&s.Summary, p.use(span{r.par, from, to}, &d.path, "summary"))
			if r.par != n.par {
				s.Source.Paragraphs = append(s.Source.Paragraphs, r.par+1)
			}
		}
	}
	printed := strings.TrimSpace(p.str(n.heading()))
	if squeeze(s.Heading()) != squeeze(printed) {
		s.Printed = printed
	}
	for _, k := range n.kids {
		if k.role == asIssue {
			d.issues = append(d.issues, p.issueOf(k))
		} else {
			d.kids = append(d.kids, p.sectionOf(k))
		}
	}
	if len(n.rows) > 0 {
		p.pending = append(p.pending, pendingRows{n.rows, d})
	}
	return d
}

// pendingRows are rows of a table that stands under a section.
type pendingRows struct {
	rows    []int
	section *draftSection
}

// heading takes a heading apart into label, lead and title.
func (p *parser) heading(n *node, owner *string, label, lead, name *string) {
	whole := n.heading()
	if n.label.from < n.label.to {
		*label = strings.TrimSpace(p.str(n.label))
	}
	t := n.title
	*lead, *name = t.lead, n.name()
	// The heading as a whole is in label, lead, title and printed.
	p.use(whole, owner, "heading")
	if *name == "" {
		*name = strings.Trim(*label, "、.．:： ")
	}
}
