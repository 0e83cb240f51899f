package importer

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"rectify/site/model"
	"rectify/site/problem"
)

// draftIssue is an issue on its way.
type draftIssue struct {
	issue     *model.Issue
	path      string
	file      string
	par       int // of its heading
	fromTable bool
	progress  bool // its measures say how far it is: the last clause may be a status
}

// group is a stretch of an issue's text under one key.
type group struct {
	kind   keyKind
	key    keyCut
	chunks []chunk
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
	told := !has[keyMeasures] && !has[keyBoth] && len(groups[0].chunks) > 0 && p.saysHowFar(groups)
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

// groups cuts the text under an issue at its keys.
func (p *parser) groups(n *node) []group {
	out := []group{{}}
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
		if !ok {
			if at := factAt(p.str(c.span)); at > 0 {
				// 一是…。整改时限：2025年6月底前。
				tail := span{c.par, c.from + at, c.to}
				if cuts, ok = splitKeys(p.text(c.par), tail); ok {
					head := c
					_, head.to = trimSpan(p.text(c.par), c.from, c.from+at)
					last := &out[len(out)-1]
					if last.kind >= keyLead && last.kind <= keyNumber && len(last.chunks) > 0 {
						out = append(out, group{})
						last = &out[len(out)-1]
					}
					last.chunks = append(last.chunks, head)
					c = chunk{span: tail}
				}
			}
		}
		if !ok || cuts[0].kind == keyContact || cuts[0].kind == keyRemark || cuts[0].kind == keySection {
			last := &out[len(out)-1]
			if last.kind >= keyLead && last.kind <= keyNumber && len(last.chunks) > 0 {
				out = append(out, group{})
				last = &out[len(out)-1]
			}
			last.chunks = append(last.chunks, c)
			continue
		}
		for _, cut := range cuts {
			g := group{kind: cut.kind, key: cut}
			if cut.value.from < cut.value.to {
				g.chunks = []chunk{{span: cut.value}}
			}
			// The key itself, with a label or bracket before it.
			g.key.value = span{c.par, c.from + cut.from, c.from + cut.end}
			if cut.from > 0 && len(cuts) > 0 && cut.key == cuts[0].key {
				g.key.value.from = c.from
			}
			out = append(out, g)
		}
		if behind.from < behind.to {
			out = append(out, group{chunks: []chunk{{span: behind}}})
		}
	}
	return out
}

// bracketOfKeys tells a stretch that starts with （责任领导：…；责任科室：…）: its
// inside, and what follows it.
func (p *parser) bracketOfKeys(s span) (inner, behind span, ok bool) {
	text := p.str(s)
	r, size := utf8.DecodeRuneInString(text)
	if r != '（' && r != '(' {
		return s, s, false
	}
	if _, ok := keyAt(text); !ok {
		return s, s, false
	}
	depth := 0
	for i, r := range text {
		switch r {
		case '（', '(':
			depth++
		case '）', ')':
			if depth--; depth > 0 {
				continue
			}
			behind = span{s.par, s.from + i + utf8.RuneLen(r), s.to}
			behind.from += len(p.str(behind)) - len(strings.TrimLeft(p.str(behind), "。；;，, \u3000\u00a0"))
			return span{s.par, s.from + size, s.from + i}, behind, behind.from >= behind.to || strings.Count(text[:i], "：")+strings.Count(text[:i], ":") > 1
		}
	}
	return s, s, false
}

// factAt finds where a paragraph goes over from telling to facts with keys:
// behind a full stop, 责任单位： or 整改时限：.
func factAt(text string) int {
	if !strings.ContainsAny(text, ":：") {
		return 0
	}
	for _, m := range innerKey.FindAllStringSubmatchIndex(text, -1) {
		kind := innerKeyOf(text[m[2]:m[3]])
		if kind < keyLead || kind > keyStatus || m[2] == 0 || inBracket(text, m[2]) {
			continue
		}
		if r := lastRune(text[:m[2]]); r == '。' || r == '；' || r == ';' || r == ' ' || r == '\u3000' {
			return m[2]
		}
	}
	return 0
}

// inBracket tells a place behind （ without ）.
func inBracket(text string, at int) bool {
	open := strings.Count(text[:at], "（") + strings.Count(text[:at], "(")
	return open > strings.Count(text[:at], "）")+strings.Count(text[:at], ")")
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
	for _, c := range chunks {
		appendText(to, p.use(c.span, &d.path, field))
	}
}

// addKeyed adds paragraphs with the key that they stand under.
func (p *parser) addKeyed(to *string, d *draftIssue, field string, g *group) {
	chunks := g.chunks
	if key := g.key.value; key.from < key.to {
		if len(chunks) > 0 && chunks[0].par == key.par {
			first := chunks[0]
			first.from = key.from
			chunks = append([]chunk{first}, chunks[1:]...)
		} else {
			chunks = append([]chunk{{span: key}}, chunks...)
		}
	}
	p.addAll(to, d, field, chunks)
}

// fieldOf names the value that a key speaks of.
func fieldOf(kind keyKind) string {
	switch kind {
	case keyIssue:
		return "title"
	case keyFinding:
		return "finding"
	case keyGoal:
		return "goal"
	case keyMeasures:
		return "measures"
	case keyResult:
		return "result"
	case keyLead:
		return "owners.lead_units"
	case keyCo:
		return "owners.co_units"
	case keyLeader:
		return "owners.leader"
	case keySupervisor:
		return "owners.supervisor"
	case keyDeadline:
		return "deadline"
	case keyStatus, keyTick:
		return "status"
	case keyPublicity:
		return "publicity"
	case keyNumber:
		return "label"
	}
	return "text"
}

// fact reads the value of a key with a single value.
func (p *parser) fact(d *draftIssue, kind keyKind, s span, k keyCut) {
	i := d.issue
	text := p.str(s)
	trimmed := strings.TrimRight(text, "。；;，, ")
	switch kind {
	case keyLead, keyCo:
		list := &i.Owners.LeadUnits
		if kind == keyCo {
			list = &i.Owners.CoUnits
		}
		for _, at := range names(text) {
			addOnce(list, p.use(span{s.par, s.from + at.from, s.from + at.to}, &d.path, fieldOf(kind)))
		}
	case keyLeader:
		join(&i.Owners.Leader, trimmed)
		p.use(s, &d.path, "owners.leader")
	case keySupervisor:
		join(&i.Owners.Supervisor, trimmed)
		p.use(s, &d.path, "owners.supervisor")
	case keyDeadline:
		if i.Deadline != nil && i.Deadline.Printed != trimmed {
			p.keep(d, k, s)
			return
		}
		if code, ok := statusOf(trimmed); ok && i.Status.Printed == "" && len(datesIn(trimmed)) == 0 && !containsAny(trimmed, atOnce) && code != model.LongTerm && code != model.InProgress {
			i.Status = model.Status{Code: code, Printed: trimmed, Basis: k.word + "：" + text}
			p.use(s, &d.path, "status.printed")
			return
		}
		if due, ok := deadlineOf(text, k.word, p.calendar(s.par, "")); ok {
			if i.Deadline == nil {
				i.Deadline = &due
			}
			p.use(s, &d.path, "deadline.printed")
			return
		}
		p.keep(d, k, s)
	case keyStatus:
		p.statusFact(d, s, k)
	case keyTick:
		if code, ok := statusOf(k.word); ok && i.Status.Code == model.NotStated && i.Status.Printed == "" {
			i.Status = model.Status{Code: code, Printed: k.word, Basis: k.word + "：" + text}
			p.use(s, &d.path, "status.basis")
			return
		}
		p.keep(d, k, s)
	case keyPublicity:
		dates := datesIn(text)
		if len(dates) == 2 {
			if dates[1].year == 0 {
				dates[1].year = dates[0].year
			}
			if start, end := dates[0].date(), dates[1].date(); start != "" && end != "" && i.Publicity == nil {
				i.Publicity = &model.Publicity{Start: start, End: end}
				p.convert(s, &d.path, "publicity")
				return
			}
		}
		p.keep(d, k, s)
	case keyNumber:
		if i.Label != "" && fold(i.Label) != fold(trimmed) {
			p.keep(d, k, s)
			return
		}
		i.Label = trimmed
		p.use(s, &d.path, "label")
	default:
		p.keep(d, k, s)
	}
}

// join adds a name to one that is there.
func join(to *string, text string) {
	if *to != "" && *to != text {
		text = *to + "、" + text
	}
	*to = text
}

// keep stores what could not be read as part of the result, with its key.
func (p *parser) keep(d *draftIssue, k keyCut, s span) {
	whole := span{k.value.par, k.value.from, k.value.to}
	if k.value.par == s.par {
		whole.to = s.to
		appendText(&d.issue.Result, p.use(whole, &d.path, "result"))
	} else {
		appendText(&d.issue.Result, p.use(s, &d.path, "result"))
	}
	p.note(problem.FieldUnread, s.par, k.word, short(p.str(s)))
}

// statusFact reads the value of 整改状态：.
func (p *parser) statusFact(d *draftIssue, s span, k keyCut) {
	text := p.str(s)
	i := d.issue
	if i.Status.Printed != "" {
		p.keep(d, k, s)
		return
	}
	printed := strings.Trim(text, "。；;，, ")
	basis := text
	if k.value.par == s.par && k.value.from < k.value.to {
		basis = p.str(span{s.par, k.value.from, s.to})
	}
	code, ok := statusOf(printed)
	if letter, m, known := p.legendOf(printed); !ok && known {
		i.Status = model.Status{Code: m.code, Printed: letter, Basis: m.quote}
		p.use(s, &d.path, "status.printed")
		return
	}
	if !ok && (printed == "是" || printed == "√") && strings.HasPrefix(k.word, "是否") {
		code, ok = model.Done, true
	}
	if !ok && (printed == "否" || printed == "×") && strings.HasPrefix(k.word, "是否") {
		code, ok = model.NotDone, true
	}
	if !ok {
		if f, hit := findStatus(text, true); hit {
			code, printed, ok = f.code, text[f.from:f.to], true
		} else if due, hit := deadlineOf(text, k.word, nil); hit && due.Kind == model.Immediate && i.Deadline == nil && due.Date == "" {
			i.Deadline = &due
			p.use(s, &d.path, "deadline.printed")
			return
		}
	}
	if !ok {
		// The words are kept; what they stand for is for a person to say.
		code = model.NotStated
		p.note(problem.FieldUnread, s.par, k.word, short(printed))
	}
	if length(printed) == 1 && k.word != "" && !strings.Contains(basis, k.word) {
		basis = k.word + "：" + text // 是 alone says nothing
	}
	i.Status = model.Status{Code: code, Printed: printed, Basis: strings.TrimSpace(basis)}
	p.use(s, &d.path, "status.basis")
}
