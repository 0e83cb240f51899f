package importer

import (
	"regexp"
	"strings"

	"rectify/site/model"
)

var sentenceKey = regexp.MustCompile(`(?:^|[。；;，,（(])(责任单位|牵头单位|责任部门|牵头部门|配合单位|配合部门|责任领导|牵头领导|责任人|整改时限|完成时限|整改期限|督导单位)(?:为|是|系)([^。；;，,）)：:]{2,40})`)

// headingNote reads owners, deadlines and status from a bracket at the end of a
// heading. The heading stays as it is printed.
func (p *parser) headingNote(d *draftIssue, heading string) {
	m := bracketEnd.FindStringSubmatch(strings.TrimRight(heading, "。：:；;，, "))
	if m != nil {
		p.noteFrom(d, m[1])
	}
}

// noteFrom reads the inside of a bracket. Its text stays where it is.
func (p *parser) noteFrom(d *draftIssue, inner string) {
	i := d.issue
	set := func(kind keyKind, value string) {
		value = strings.Trim(value, "。；;，, ")
		switch kind {
		case keyLead, keyCo:
			list := &i.Owners.LeadUnits
			if kind == keyCo {
				list = &i.Owners.CoUnits
			}
			for _, at := range names(value) {
				addOnce(list, value[at.from:at.to])
			}
		case keyLeader:
			if i.Owners.Leader == "" {
				i.Owners.Leader = value
			}
		case keySupervisor:
			if i.Owners.Supervisor == "" {
				i.Owners.Supervisor = value
			}
		case keyDeadline:
			if due, ok := deadlineOf(value, "时限", p.calendar(d.par, "")); ok && i.Deadline == nil {
				i.Deadline = &due
			}
		case keyStatus:
			if code, ok := statusOf(value); ok {
				i.Status = model.Status{Code: code, Printed: value, Basis: inner}
			}
		}
	}
	if cuts, ok := splitKeys(inner, span{0, 0, len(inner)}); ok {
		for _, c := range cuts {
			set(c.kind, inner[c.value.from:c.value.to])
		}
		return
	}
	if code, ok := statusOf(inner); ok && i.Status.Code == model.NotStated {
		i.Status = model.Status{Code: code, Printed: strings.TrimSpace(inner), Basis: strings.TrimSpace(inner)}
		return
	}
	if due, ok := deadlineOf(inner, "", nil); ok && i.Deadline == nil {
		i.Deadline = &due
	}
}

// finish reads what the texts of an issue say beside what they tell: brackets
// with owners, the status, promises.
func (p *parser) finish(d *draftIssue) {
	i := d.issue
	texts := []string{i.Finding, i.Goal}
	for k := range i.Measures {
		texts = append(texts, i.Measures[k].Title+i.Measures[k].Text)
	}
	texts = append(texts, i.Result)
	for _, text := range texts {
		for line := range strings.Lines(text) {
			if m := bracketEnd.FindStringSubmatch(strings.TrimRight(line, "。；;，, \n")); m != nil {
				if _, ok := keyAt(m[1]); ok {
					p.noteFrom(d, m[1])
				} else if _, ok := statusOf(m[1]); ok {
					p.noteFrom(d, m[1])
				} else if _, ok := deadlineOf(m[1], "", nil); ok {
					p.noteFrom(d, m[1])
				}
			}
		}
		for _, m := range sentenceKey.FindAllStringSubmatch(text, -1) {
			p.noteFrom(d, m[1]+"："+m[2])
		}
	}
	p.readStatus(d)
	years := p.calendar(d.par, p.report.AsOf)
	for k := range i.Measures {
		m := &i.Measures[k]
		for _, f := range promises(m.Text, p.report.AsOf, years) {
			if f.due == "" && isStatus(m.Text[f.from:f.to]) {
				continue
			}
			i.FollowUps = append(i.FollowUps, model.FollowUp{Due: f.due, Text: m.Text[f.from:f.to], Measure: k + 1})
		}
	}
	for _, f := range promises(i.Result, p.report.AsOf, years) {
		if f.due == "" && isStatus(i.Result[f.from:f.to]) {
			continue
		}
		i.FollowUps = append(i.FollowUps, model.FollowUp{Due: f.due, Text: i.Result[f.from:f.to]})
	}
}

// sectionStatuses gives the issues of a section whose heading says how far they
// are that status, unless they say something of their own.
func (p *parser) sectionStatuses(list []*draftSection, above model.Status) {
	for _, s := range list {
		own := above
		if f, ok := sectionStatus(s.section.Title); ok {
			own = model.Status{Code: f.code, Printed: s.section.Title[f.from:f.to], Basis: s.section.Heading()}
		}
		if own.Code != "" {
			for _, d := range s.issues {
				if d.issue.Status.Code == model.NotStated && d.issue.Status.Printed == "" {
					d.issue.Status = own
				}
			}
		}
		p.sectionStatuses(s.kids, own)
	}
}

// plainer prefers words that say how far an issue is to the 否 of 是否销号：.
func (p *parser) plainer(d *draftIssue) {
	i := d.issue
	if !strings.Contains("是否√×", i.Status.Printed) || i.Status.Printed == "" {
		return
	}
	words := strings.Trim(i.Result, "。；;，, ")
	if code, ok := statusOf(words); ok && (code == i.Status.Code || i.Status.Code == model.NotDone && code != model.Done) {
		i.Status = model.Status{Code: code, Printed: words, Basis: words + "（" + i.Status.Basis + "）"}
	}
}

// readStatus looks for the sentence that says how far the issue is.
func (p *parser) readStatus(d *draftIssue) {
	i := d.issue
	if i.Status.Code != model.NotStated || i.Status.Printed != "" {
		p.plainer(d)
		return
	}
	set := func(text string, f found) {
		i.Status = model.Status{Code: f.code, Printed: text[f.from:f.to], Basis: strings.TrimSpace(text[f.basis.from:f.basis.to])}
	}
	if f, ok := findStatus(i.Result, true); ok {
		set(i.Result, f)
		return
	}
	if n := len(i.Measures); n > 0 {
		if f, ok := lastWord(i.Measures[n-1].Text); ok {
			set(i.Measures[n-1].Text, f)
			return
		}
	}
	for k := len(i.Measures) - 1; k >= 0; k-- {
		text := i.Measures[k].Text
		if text == "" {
			text = i.Measures[k].Title
		}
		if f, ok := findStatus(text, d.progress && k == len(i.Measures)-1); ok {
			set(text, f)
			return
		}
	}
}
