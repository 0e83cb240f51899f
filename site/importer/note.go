package importer

import (
	"regexp"
	"strings"
	"unicode/utf8"

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
	var set func(kind keyKind, value string)
	set = func(kind keyKind, value string) {
		value = strings.Trim(value, "。；;，, ")
		switch kind {
		case keyLead, keyCo:
			for _, r := range roles(value, kind) {
				d.addUnit(r.kind, value[r.name.from:r.name.to])
			}
		case keyOwners:
			for _, o := range ownerCuts(value) {
				set(o.kind, value[o.from:o.to])
			}
		case keyLeader:
			if !strings.Contains(i.Owners.Leader, value) {
				join(&i.Owners.Leader, value)
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
	// （正在整改，完成时限：2024年12月底）: what stands before the first key.
	rest := inner
	if at := headNote(inner); at > 0 {
		rest = inner[at:]
	}
	if cuts, ok := splitKeys(rest, span{0, 0, len(rest)}); ok {
		for _, c := range cuts {
			value := rest[c.value.from:c.value.to]
			// （责任股室：财务股；已完成）
			if at := lastPart(value); at > 0 && c.kind != keyDeadline && i.Status.Printed == "" {
				if code, ok := statusOf(value[at:]); ok {
					i.Status = model.Status{Code: code, Printed: strings.Trim(value[at:], "。；;，, "), Basis: inner}
					value = value[:at]
				}
			}
			set(c.kind, value)
		}
		if len(rest) == len(inner) {
			return
		}
		inner = strings.TrimRight(inner[:len(inner)-len(rest)], "。；;，, ")
	}
	if code, ok := statusOf(inner); ok && i.Status.Code == model.NotStated {
		i.Status = model.Status{Code: code, Printed: strings.TrimSpace(inner), Basis: strings.TrimSpace(inner)}
		return
	}
	if due, ok := deadlineOf(inner, "", nil); ok && i.Deadline == nil {
		i.Deadline = &due
	}
}

// headNote is the size of a status before the first key of a bracket.
func headNote(inner string) int {
	at := strings.IndexAny(inner, "；;，,")
	if at < 0 {
		return 0
	}
	if _, ok := statusOf(inner[:at]); !ok {
		return 0
	}
	_, size := utf8.DecodeRuneInString(inner[at:])
	if _, ok := keyAt(inner[at+size:]); !ok {
		return 0
	}
	return at + size
}

// lastPart is where the part behind the last semicolon or comma starts, 0 where
// there is none.
func lastPart(text string) int {
	at := strings.LastIndexAny(text, "；;，,")
	if at < 0 {
		return 0
	}
	_, size := utf8.DecodeRuneInString(text[at:])
	return at + size
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
	var dues []*model.Deadline
	own, ownStatus := i.Deadline, i.Status
	var said []model.Status
	last := false // the last measure, or the result, says how far it is
	for k, text := range texts {
		i.Deadline, i.Status = nil, ownStatus
		for line := range strings.Lines(text) {
			if m := bracketEnd.FindStringSubmatch(strings.TrimRight(line, "。；;，, \n")); m != nil {
				if startsKeys(m[1]) {
					p.noteFrom(d, m[1])
				} else if _, ok := statusOf(m[1]); ok {
					p.noteFrom(d, m[1])
				} else if _, ok := deadlineOf(m[1], "", nil); ok {
					p.noteFrom(d, m[1])
				}
			}
		}
		p.ledBy(d, text)
		for _, m := range sentenceKey.FindAllStringSubmatch(text, -1) {
			p.noteFrom(d, m[1]+"："+m[2])
		}
		if i.Deadline != nil {
			dues = append(dues, i.Deadline)
		}
		if i.Status.Printed != ownStatus.Printed {
			said = append(said, i.Status)
			last = last || k < 2 || k >= len(texts)-2
		}
	}
	i.Status = ownStatus
	if len(said) > 0 {
		if d.mixed = !last || !sameStatus(said); !d.mixed {
			i.Status = said[0]
		}
	}
	if i.Deadline = own; own == nil {
		i.Deadline = sameDue(dues)
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

var (
	ledForm  = regexp.MustCompile(`(?:^|[。；;，,\n])(?:该|此|本)(?:项|条)?(?:反馈|整改)?(?:问题|任务|事项)由([^，,。；;：:由]{2,24}?)(?:牵头|负责)(?:整改|负责|办理|落实|推进)*(?:[，,]([^，,。；;：:由]{2,24}?)(?:具体)?负责(?:整改|落实|办理))?[，,。；;]`)
	someone  = regexp.MustCompile(`(?:长|书记|主任|委员|主席|经理)[一-龥]{1,3}$|(?:局长|副局长|书记|副书记|主任|副主任|组长|院长|校长)$`)
	someUnit = regexp.MustCompile(`(?:局|委|办|办公室|部|厅|院|校|中心|公司|镇|乡|街道|处|所|站|会|科|股|组|队|室|支部|党委|党总支)$`)
)

// ledBy reads 该问题由副局长郑某牵头，农田建设中心负责落实: names of a unit or of a
// person with an office, nothing else.
func (p *parser) ledBy(d *draftIssue, text string) {
	o := &d.issue.Owners
	for _, m := range ledForm.FindAllStringSubmatch(text, -1) {
		for _, name := range m[1:] {
			switch {
			case name == "":
			case someone.MatchString(name):
				if o.Leader == "" {
					o.Leader = name
				}
			case someUnit.MatchString(name):
				for _, at := range names(name) {
					addOnce(&o.LeadUnits, name[at.from:at.to])
				}
			}
		}
	}
}

var allForm = regexp.MustCompile(`^(?:目前|截至目前)?[，,]?(?:以上|上述)([0-9]{1,3}|[一二三四五六七八九十]{1,3})(?:个|项|条)(?:具体|反馈)?(?:问题|任务|事项)(?:现|目前)?(均|都|全部|已)`)

// allOfThem reads 以上5个问题均已完成整改。 behind the last issue of a section: it
// speaks of all where it counts as many as there are.
func allOfThem(list []*draftIssue) {
	if len(list) < 2 {
		return
	}
	last := list[len(list)-1].issue
	at := strings.LastIndex(last.Result, "\n") + 1
	m := allForm.FindStringSubmatch(last.Result[at:])
	if m == nil || anyNumber(m[1]) != len(list) || last.Status.Code == model.NotStated {
		return
	}
	for _, d := range list[:len(list)-1] {
		if d.issue.Status.Code == model.NotStated && d.issue.Status.Printed == "" {
			d.issue.Status = last.Status
		}
	}
}

// sameStatus tells brackets that all say the same: （已完成） behind one measure and
// （正在推进） behind the next say nothing of the issue.
func sameStatus(list []model.Status) bool {
	for _, s := range list {
		if s.Code != list[0].Code {
			return false
		}
	}
	return true
}

// sameDue gives the deadline of all brackets. Measures that are due on different
// days leave the issue without one: the words stay with each measure.
func sameDue(list []*model.Deadline) *model.Deadline {
	if len(list) == 0 {
		return nil
	}
	for _, due := range list {
		if due.Date != list[0].Date || due.Kind != list[0].Kind {
			return nil
		}
	}
	return list[0]
}

// sectionStatuses gives the issues of a section whose heading says how far they
// are that status, unless they say something of their own.
func (p *parser) sectionStatuses(list []*draftSection, above model.Status) {
	for _, s := range list {
		own := above
		allOfThem(s.issues)
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
	if d.mixed {
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
