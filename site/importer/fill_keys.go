package importer

import (
	"strings"
	"unicode/utf8"

	"rectify/site/model"
	"rectify/site/problem"
)

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
// behind a full stop, 责任单位： or 整改时限：, or 完成情况： with a status and nothing
// else behind it.
func factAt(text string) int {
	if !strings.ContainsAny(text, ":：") {
		return 0
	}
	for _, m := range innerKey.FindAllStringSubmatchIndex(text, -1) {
		kind := innerKeyOf(text[m[2]:m[3]])
		if m[2] == 0 || inBracket(text, m[2]) {
			continue
		}
		if kind == keyResult || kind == keyProgress {
			if _, ok := statusOf(text[m[1]:]); !ok {
				continue
			}
		} else if kind < keyLead || kind > keyStatus {
			continue
		}
		if r := lastRune(text[:m[2]]); r == '。' || r == '；' || r == ';' || r == ' ' || r == '\u3000' {
			return m[2]
		}
	}
	return 0
}

// toldAt finds where a paragraph goes over from what was found to what was done:
// behind a full stop, 整改措施： or 整改情况：. Where measures have begun before it, the
// key speaks of one of them.
func toldAt(text string) int {
	if !strings.ContainsAny(text, ":：") {
		return 0
	}
	for _, m := range innerKey.FindAllStringSubmatchIndex(text, -1) {
		switch innerKeyOf(text[m[2]:m[3]]) {
		case keyMeasures, keyBoth, keyProgress:
		default:
			continue
		}
		r := lastRune(text[:m[2]])
		if m[2] == 0 || inBracket(text, m[2]) || r != '。' && r != '；' && r != ' ' && r != '\u3000' {
			continue
		}
		if _, ok := parseMark(text); ok || len(shiCuts(text[:m[2]], 1)) > 0 {
			return 0
		}
		return m[2]
	}
	return 0
}

// inBracket tells a place behind （ without ）.
func inBracket(text string, at int) bool {
	open := strings.Count(text[:at], "（") + strings.Count(text[:at], "(")
	return open > strings.Count(text[:at], "）")+strings.Count(text[:at], ")")
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
	case keyOwners:
		return "owners"
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
		for _, r := range roles(text, kind) {
			d.addUnit(r.kind, p.use(span{s.par, s.from + r.name.from, s.from + r.name.to}, &d.path, fieldOf(r.kind)))
			if r.mark.from < r.mark.to {
				p.spend(span{s.par, s.from + r.mark.from, s.from + r.mark.to}, &d.path, fieldOf(r.kind))
			}
		}
	case keyOwners:
		cuts := ownerCuts(text)
		if len(cuts) == 0 {
			p.keep(d, k, s)
			return
		}
		for _, o := range cuts {
			if o.word.from < o.word.to {
				p.spend(span{s.par, s.from + o.word.from, s.from + o.word.to}, &d.path, fieldOf(o.kind))
			}
			if o.from < o.to {
				p.fact(d, o.kind, span{s.par, s.from + o.from, s.from + o.to}, k)
			}
		}
	case keyLeader:
		join(&i.Owners.Leader, trimmed)
		p.use(s, &d.path, "owners.leader")
	case keySupervisor:
		join(&i.Owners.Supervisor, trimmed)
		p.use(s, &d.path, "owners.supervisor")
	case keyDeadline:
		if i.Deadline != nil && i.Deadline.Printed != trimmed {
			p.again(d, k, s, i.Deadline.Printed)
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

// addUnit adds a unit to those of its role.
func (d *draftIssue) addUnit(kind keyKind, name string) {
	o := &d.issue.Owners
	switch kind {
	case keyCo:
		addOnce(&o.CoUnits, name)
	case keySupervisor:
		join(&o.Supervisor, name)
	default:
		addOnce(&o.LeadUnits, name)
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
	p.keepWords(d, k, s)
	p.note(problem.FieldUnread, s.par, k.word, short(p.str(s)))
}

// again stores a value that stands beside another one of its kind.
func (p *parser) again(d *draftIssue, k keyCut, s span, before string) {
	p.keepWords(d, k, s)
	p.note(problem.SaidTwice, s.par, k.word, short(p.str(s)), short(before))
}

func (p *parser) keepWords(d *draftIssue, k keyCut, s span) {
	whole := span{k.value.par, k.value.from, k.value.to}
	if k.value.par == s.par {
		whole.to = s.to
		appendText(&d.issue.Result, p.use(whole, &d.path, "result"))
	} else {
		appendText(&d.issue.Result, p.use(s, &d.path, "result"))
	}
}

// statusFact reads the value of 整改状态：.
func (p *parser) statusFact(d *draftIssue, s span, k keyCut) {
	text := p.str(s)
	i := d.issue
	if i.Status.Printed != "" {
		if code, ok := statusOf(text); ok && code == i.Status.Code {
			p.spend(s, &d.path, "status") // a table says it once more
			return
		}
		p.again(d, k, s, i.Status.Printed)
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
