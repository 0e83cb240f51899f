package importer

import (
	"regexp"
	"strings"

	"rectify/site/model"
)

// draftIssue is an issue on its way.
type draftIssue struct {
	issue     *model.Issue
	path      string
	file      string
	par       int // of its heading
	fromTable bool
	progress  bool // its measures say how far it is: the last clause may be a status
	mixed     bool // brackets behind its measures say how far each is, and not all alike
}

// group is a stretch of an issue's text under one key.
type group struct {
	kind   keyKind
	key    keyCut
	chunks []chunk
	closed bool // its value stands at the end of a line of its own: what follows is no part of it
}

// open tells a group that the next line without a key belongs to.
func (g *group) open() bool {
	return !g.closed && (g.kind < keyLead || g.kind > keyNumber || len(g.chunks) == 0)
}

// issueOf makes an issue of a node.
func (p *parser) issueOf(n *node) *draftIssue {
	d := &draftIssue{issue: &model.Issue{}, par: n.par}
	i := d.issue
	if n.score >= 1 || n.class == named || n.class == keyed || n.class == bare || p.hasKeys(n) || p.lists(n) {
		p.certain++
	}
	i.Status.Code = model.NotStated
	p.heading(n, &d.path, &i.Label, &i.Lead, &i.Title)
	if n.title.from >= n.title.to {
		i.Title = ""
	}
	i.Title = plainTitle(i.Title)
	i.Source.Paragraphs = ones(n.all())
	groups := p.groups(n)
	has := map[keyKind]bool{}
	for _, g := range groups {
		has[g.kind] = true
	}
	if has[keyIssue] && (n.cut != nil && n.cut.kind == keyNumber || counted.MatchString(i.Title)) {
		// 受理编号：X4SL0031 or 一、第三项 opens the block, and what it is about
		// follows.
		i.Label, i.Title = strings.TrimSpace(p.str(n.heading())), ""
	}
	// 整改情况：已完成。 What was done stands before it.
	told := !has[keyMeasures] && !has[keyBoth] && len(groups[0].chunks) > 0 && !findingForm.MatchString(p.str(groups[0].chunks[0].span)) && p.saysHowFar(groups)
	has[keyMeasures] = has[keyMeasures] || told
	for k := range groups {
		g := &groups[k]
		if k == 0 && g.kind == keyNone && (has[keyMeasures] || has[keyBoth] || has[keyProgress]) && !told && !p.anyCuts(g.chunks) {
			// What runs on behind the title, before 整改措施：, says what was found.
			p.addAll(&i.Finding, d, "finding", g.chunks)
			continue
		}
		p.fill(d, g, has)
	}
	if i.Title == "" {
		i.Title = p.borrowTitle(d)
	}
	p.headingLetter(d)
	printed := strings.TrimSpace(p.str(n.heading()))
	if squeeze(i.Heading()) != squeeze(printed) && i.Title != "" && printed != i.Label {
		i.Printed = printed
	}
	p.headingNote(d, printed)
	if n.pre > 0 {
		p.noteFrom(d, strings.Trim(p.text(n.par)[:n.pre], "【】[]（）() \u3000"))
	}
	p.finish(d)
	return d
}

var matterEnd = regexp.MustCompile(`(?:的问题|问题(?:的)?(?:整改|落实)[^，,。；]{0,6}(?:情况|进展|成效))$`)

// plainTitle takes 的问题 and 问题整改情况 off a title that says what is wrong
// without them; the heading as printed keeps them.
func plainTitle(title string) string {
	bare := matterEnd.ReplaceAllString(title, "")
	if bare == title || length(bare) < 4 || !isFault(bare) && !strings.ContainsAny(bare, "“‘") {
		return title
	}
	return bare
}

// counted tells a heading that says nothing but which matter it is.
var counted = regexp.MustCompile(`^(?:整改)?(?:任务|问题|事项|序号)?第?[一二三四五六七八九十百0-9]{1,4}(?:项|条|个|号)?(?:整改)?(?:任务|问题|事项)?$`)

// saysHowFar tells an issue whose 整改情况： is a status and nothing else.
func (p *parser) saysHowFar(groups []group) bool {
	found := false
	for _, g := range groups {
		if g.kind != keyProgress {
			continue
		}
		if len(g.chunks) != 1 {
			return false
		}
		text := p.str(g.chunks[0].span)
		list := sentences(text)
		if len(list) != 1 || length(text) > maxLeadSentence {
			return false
		}
		first := clausesOf(text, list[0])[0]
		_, whole := statusOf(text)
		if _, ok := statusOf(text[first.from:first.to]); !ok && !whole {
			return false
		}
		found = true
	}
	return found
}

// anyCuts tells text with 一是 … 二是 in it.
func (p *parser) anyCuts(chunks []chunk) bool {
	for _, c := range chunks {
		if len(shiCuts(p.str(c.span), 1)) > 0 {
			return true
		}
	}
	return false
}

// ones counts paragraphs from 1, in order and once.
func ones(pars []int) []int {
	out := make([]int, 0, len(pars))
	seen := map[int]bool{}
	for _, par := range pars {
		if !seen[par] {
			seen[par] = true
			out = append(out, par+1)
		}
	}
	return out
}

// borrowTitle names an issue whose heading is only a number: by the first
// sentence under it.
func (p *parser) borrowTitle(d *draftIssue) string {
	i := d.issue
	for _, text := range []string{i.Finding, i.Goal, measuresText(i), i.Result} {
		if text != "" {
			first := sentences(text)[0]
			return strings.TrimRight(text[first.from:first.to], "。；;\n")
		}
	}
	return i.Label
}

func measuresText(i *model.Issue) string {
	if len(i.Measures) == 0 {
		return ""
	}
	return i.Measures[0].Title + i.Measures[0].Text
}

// statusesDiffer tells an issue whose measures each end with how far they are, and
// not all alike: none of them speaks of the issue.
func (p *parser) statusesDiffer(n *node) bool {
	var first model.StatusCode
	for _, c := range n.flat(0) {
		text := p.str(c.span)
		at := factAt(text)
		if at == 0 {
			continue
		}
		code, ok := tailStatus(text[at:])
		if ok && first != "" && code != first {
			return true
		}
		if ok {
			first = code
		}
	}
	return false
}

// tailStatus reads 完成情况：已完成。 at the end of a line.
func tailStatus(text string) (model.StatusCode, bool) {
	k, ok := keyAt(text)
	if !ok || k.kind != keyStatus && k.kind != keyResult && k.kind != keyProgress {
		return "", false
	}
	return statusOf(text[k.end:])
}

func saysStatus(text string) bool {
	_, ok := tailStatus(text)
	return ok
}

// groups cuts the text under an issue at its keys.
func (p *parser) groups(n *node) []group {
	out := []group{{}}
	differ := p.statusesDiffer(n)
	for _, c := range n.flat(0) {
		from, to := trimSpan(p.text(c.par), c.from, c.to)
		if from >= to {
			continue
		}
		c.from, c.to = from, to
		behind := span{}
		if inner, rest, is := p.bracketOfKeys(c.span); is {
			c, behind = chunk{span: inner}, rest
		}
		cuts, ok := splitKeys(p.text(c.par), c.span)
		tailed := false
		if !ok {
			at := factAt(p.str(c.span))
			if at > 0 && differ && saysStatus(p.str(c.span)[at:]) {
				at = 0
			}
			facts := at > 0
			if told := toldAt(p.str(c.span)); c.deep == 0 && told > 0 && (at == 0 || told < at) {
				at, facts = told, false // 个别报表迟报。整改情况：培训4期。
			}
			if at > 0 {
				// 一是…。整改时限：2025年6月底前。
				tail := span{c.par, c.from + at, c.to}
				if cuts, ok = splitKeys(p.text(c.par), tail); ok {
					head := c
					_, head.to = trimSpan(p.text(c.par), c.from, c.from+at)
					tailed = facts
					if !out[len(out)-1].open() {
						out = append(out, group{})
					}
					last := &out[len(out)-1]
					last.chunks = append(last.chunks, head)
					c = chunk{span: tail}
				}
			}
		}
		if !ok || cuts[0].kind == keyContact || cuts[0].kind == keyRemark || cuts[0].kind == keySection {
			if !out[len(out)-1].open() {
				out = append(out, group{})
			}
			last := &out[len(out)-1]
			last.chunks = append(last.chunks, c)
			continue
		}
		for _, cut := range cuts {
			g := group{kind: cut.kind, key: cut, closed: tailed}
			rest := span{}
			if cut.value.from < cut.value.to {
				value := p.str(cut.value)
				rest = cut.value
				cut.value.to = cut.value.from + factEnd(cut.kind, value)
				rest.from, rest.to = trimSpan(p.text(c.par), cut.value.to, rest.to)
				g.chunks = []chunk{{span: cut.value}}
			}
			// The key itself, with a label or bracket before it.
			g.key.value = span{c.par, c.from + cut.from, c.from + cut.end}
			if cut.from > 0 && len(cuts) > 0 && cut.key == cuts[0].key {
				g.key.value.from = c.from
			}
			out = append(out, g)
			if rest.from < rest.to {
				out = append(out, p.restOf(cut.kind, rest))
			}
		}
		if behind.from < behind.to {
			out = append(out, group{chunks: []chunk{{span: behind}}})
		}
	}
	return out
}

// fill puts one group where its key says.
func (p *parser) fill(d *draftIssue, g *group, has map[keyKind]bool) {
	i := d.issue
	kind := g.kind
	switch {
	case kind == keyBoth && has[keyMeasures], kind == keyProgress && (has[keyMeasures] || has[keyBoth]):
		kind = keyResult
	case kind == keyBoth, kind == keyProgress:
		kind = keyMeasures
	}
	if kind == keyMeasures && g.kind != keyMeasures && p.saysNoDeed(g.chunks) {
		kind = keyResult // 整改情况：正在整改，长期坚持。
	}
	if kind != keyNone && kind != keyNext {
		p.spend(g.key.value, &d.path, fieldOf(kind))
	}
	switch kind {
	case keyNone:
		p.body(d, g.chunks)
	case keyIssue:
		for k, c := range g.chunks {
			text := p.str(c.span)
			switch {
			case k == 0 && i.Title == "":
				i.Title = strings.TrimRight(text, "。；;")
				p.use(c.span, &d.path, "title")
			case k == 0 && fold(strings.TrimRight(text, "。")) == fold(i.Title):
				p.use(c.span, &d.path, "title")
			default:
				appendText(&i.Finding, p.use(c.span, &d.path, "finding"))
			}
		}
	case keyFinding:
		p.addAll(&i.Finding, d, "finding", g.chunks)
	case keyGoal:
		p.addAll(&i.Goal, d, "goal", g.chunks)
	case keyMeasures:
		d.progress = d.progress || g.kind != keyMeasures
		if g.kind != keyMeasures && i.Status.Printed == "" && len(g.chunks) > 0 {
			g.chunks[0].from = p.statusFirst(d, g)
		}
		p.measures(d, g.chunks, true)
	case keyResult:
		p.addAll(&i.Result, d, "result", g.chunks)
	case keyNext:
		// What is still to come is no result: its key stays before it.
		p.addKeyed(&i.Result, d, "result", g)
	default:
		for _, c := range g.chunks {
			p.fact(d, kind, c.span, g.key)
		}
	}
}

var becauseForm = regexp.MustCompile(`^(?:主要)?(?:原因|因为|由于|因|受)`)

// saysNoDeed tells a value that says how far the issue is, perhaps why, and
// nothing that was done.
func (p *parser) saysNoDeed(chunks []chunk) bool {
	if len(chunks) != 1 {
		return false
	}
	text := p.str(chunks[0].span)
	if length(text) > 80 {
		return false
	}
	for n, s := range sentences(text) {
		for i, c := range clausesOf(text, s) {
			part := text[c.from:c.to]
			if n+i > 0 && becauseForm.MatchString(part) {
				return true
			}
			if _, ok := statusOf(about.ReplaceAllString(part, "")); ok {
				continue
			}
			if _, ok := statusOf(part); !ok {
				return false
			}
		}
	}
	return true
}

// statusFirst reads the first sentence of 整改情况：已完成。召开会议4次。 where it says
// how far the issue is, and gives where what was done starts.
func (p *parser) statusFirst(d *draftIssue, g *group) int {
	c := g.chunks[0]
	text := p.str(c.span)
	list := sentences(text)
	if len(list) == 0 || len(list) == 1 && len(g.chunks) == 1 {
		return c.from
	}
	first := span{c.par, c.from + list[0].from, c.from + list[0].to}
	printed := strings.Trim(p.str(first), "。；;，, ")
	code, ok := statusOf(printed)
	if !ok {
		return c.from
	}
	d.issue.Status = model.Status{Code: code, Printed: printed, Basis: p.str(first)}
	p.use(first, &d.path, "status.basis")
	from, _ := trimSpan(p.text(c.par), first.to, c.to)
	return from
}

func (p *parser) addAll(to *string, d *draftIssue, field string, chunks []chunk) {
	var b strings.Builder
	b.WriteString(*to)
	for _, c := range chunks {
		if text := p.str(c.span); text == b.String() {
			p.spend(c.span, &d.path, field) // 完成情况：已完成。 behind each measure
			continue
		}
		appendTo(&b, p.use(c.span, &d.path, field))
	}
	*to = b.String()
}
