package importer

import (
	"regexp"
	"strings"
)

// most a number may jump ahead in a list that people count by hand
const maxJump = 4

// marks decides which lines are headings. A number has to fit: 3.5 at the start
// of a sentence is none, and neither is 12. where nothing was counted before.
func (p *parser) marks(lines []line) {
	last := map[class]int{}
	for i := range lines {
		l := &lines[i]
		if l.row != nil || l.closing {
			continue
		}
		if l.pre = statusPrefix(l.text); l.pre == 0 {
			l.pre = ornament(l.text)
		}
		m, ok := parseMark(l.text[l.pre:])
		m.size += l.pre
		if !ok {
			l.pre = 0
			if m, ok = countsOn(l.text, last[arDot]); !ok || m.num == 1 && !secondFollows(lines[i+1:]) {
				continue
			}
		}
		if l.item > 0 {
			m.class = item1 + class(min(l.item, 5)-1)
		}
		if m.num == 0 && m.size > 0 && m.class != shi {
			m.class = p.lostClass(lines[i+1:], m.class, last)
		}
		l.mark = m
		switch m.class {
		case shi, ordinal, namedStep:
			continue
		}
		fits := m.num <= 1 || m.num > last[m.class] && m.num <= last[m.class]+maxJump || last[m.class] > 0 && m.num <= last[m.class]
		if !fits && (m.class == cnDun || m.class == cnParen || m.class == named) {
			// A paper may tell of some tasks only: 整改任务三, 整改任务十二.
			fits = true
		}
		if fits {
			l.heading = true
			last[m.class] = m.num
		} else {
			l.mark = mark{}
		}
	}
	p.plainNumbers(lines)
	p.lostNames(lines)
	p.keyHeadings(lines)
	p.keyLists(lines)
	p.shiHeadings(lines)
	p.styles(lines)
	p.bareHeadings(lines)
	p.boxes(lines)
	p.openers(lines)
}

var prefixForm = regexp.MustCompile(`^[【\[（(]([^】\]）)]{2,12})[】\]）)]\s*`)

// statusPrefix is the size of a bracket before a label that says how far the
// matter is: 【已完成】1.关于…
func statusPrefix(text string) int {
	m := prefixForm.FindStringSubmatch(text)
	if m == nil {
		return 0
	}
	if _, ok := statusOf(m[1]); !ok {
		return 0
	}
	if _, ok := parseMark(text[len(m[0]):]); !ok {
		return 0
	}
	return len(m[0])
}

// ornaments are signs that stand before labels, or before what is not counted.
const ornaments = "★☆●○■□◆◇▲△►➢※◎•·"

// ornament is the size of such signs before a label: ★一、
func ornament(text string) int {
	rest := strings.TrimLeft(text, ornaments+" \u3000\u00a0")
	if len(rest) == len(text) {
		return 0
	}
	if _, ok := parseMark(rest); !ok {
		return 0
	}
	return len(text) - len(rest)
}

var glued = regexp.MustCompile(`^([0-9]{1,2})[.．][0-9]{1,3}(?:个|名|家|处|项|起|次|件|条|人|年|月|户|台|辆|套|座|笔|宗|份|所|村|镇|街)`)

// countsOn reads “4.3个项目没有评价” behind item 3 as item 4, and “1.3家码头” as the
// first of a list: a count of things has no decimals.
func countsOn(text string, last int) (mark, bool) {
	m := glued.FindStringSubmatch(text)
	if m == nil || parted.MatchString(text) {
		return mark{}, false
	}
	n := anyNumber(m[1])
	if n != 1 && (last == 0 || n != last+1) {
		return mark{}, false
	}
	return mark{arDot, n, len(m[1]) + len(lineDot(text[len(m[1]):]))}, true
}

// parted matches what may be counted in decimals: 1.5个百分点.
var parted = regexp.MustCompile(`^[0-9]{1,2}[.．][0-9]{1,3}(?:个(?:百分点|多?月|小时|工作日|学时|标准|亿|万)|年)`)

// secondFollows tells lines among which the next one with such a label is 2.
func secondFollows(lines []line) bool {
	for i := range min(len(lines), maxJump) {
		m, ok := parseMark(lines[i].text)
		if !ok || m.class != arDot {
			m, ok = countsOn(lines[i].text, 1)
		}
		if ok && m.class == arDot {
			return m.num == 2
		}
	}
	return false
}

func lineDot(text string) string {
	if strings.HasPrefix(text, "．") {
		return "．"
	}
	return "."
}

// shiHeadings takes 一是关于…的问题 二是关于…的问题 for headings: a list of
// measures does not read so.
func (p *parser) shiHeadings(lines []line) {
	var list, single []int
	last, found := 0, 0
	end := func() {
		switch {
		case len(list) > 1:
			for _, i := range list {
				lines[i].heading = true
			}
			found++
			last = lines[list[len(list)-1]].mark.num
		case len(list) == 1:
			single = append(single, list[0])
		}
		list = nil
	}
	for i := range lines {
		l := &lines[i]
		switch {
		case l.heading:
			end()
		case l.mark.class != shi:
		default:
			t := parseTitle(l.text[l.mark.size:])
			titled := (t.lead == "关于" || t.lead == "针对" || t.quoted) && t.problem
			if l.mark.num == 1 || !titled {
				end()
			}
			// A list counts on, or counts on behind that of the heading before.
			fits := len(list) == 0 && (l.mark.num == 1 || last > 0 && l.mark.num == last+1) || len(list) > 0 && l.mark.num == lines[list[len(list)-1]].mark.num+1
			if titled && fits {
				list = append(list, i)
			}
		}
	}
	end()
	// Where others are headings, one alone is too.
	if found > 0 {
		for _, i := range single {
			lines[i].heading = true
		}
	}
}

// styles takes the headings that the format marks as such and that count
// nothing.
func (p *parser) styles(lines []line) {
	for i := range lines {
		l := &lines[i]
		if l.level == 0 || l.heading || l.row != nil || l.mark.class != noClass || length(l.text) > maxTitle {
			continue
		}
		l.mark = mark{class: styled1 + class(min(l.level, 3)-1)}
		l.heading, l.closing = true, false
	}
}

var bareForm = regexp.MustCompile(`^(?:关于|针对)(?:[^。；;，,]{0,14}[“"]|[^。；;]{4,90}问题[。：:]?$|[^。；;]{4,90}问题的?整改[^。]{0,8}[。：:]?$)`)

// bareHeadings finds 针对“…”的问题 on a line of its own that lost its number or
// never had one. Its class is that of the numbered headings that read alike.
func (p *parser) bareHeadings(lines []line) {
	numbered := map[string]map[class]int{}
	var found []int
	for i := range lines {
		l := &lines[i]
		if l.heading {
			t := parseTitle(l.text[l.mark.size:])
			if t.lead != "" && t.problem {
				lead := leadWord(t.lead)
				if numbered[lead] == nil {
					numbered[lead] = map[class]int{}
				}
				numbered[lead][l.mark.class]++
			}
			continue
		}
		if l.row != nil || l.closing || l.mark.class != noClass || !bareForm.MatchString(l.text) {
			continue
		}
		t := parseTitle(l.text)
		if !t.problem || t.lead == "" || length(l.text[:t.end]) > maxTitle || t.end < len(l.text) && !t.quoted {
			continue
		}
		found = append(found, i)
	}
	for _, i := range found {
		l := &lines[i]
		t := parseTitle(l.text)
		kin := noClass
		most := 0
		for c, n := range numbered[leadWord(t.lead)] {
			if n > most || n == most && c > kin {
				kin, most = c, n
			}
		}
		switch {
		case kin != noClass && (t.end >= len(l.text) || t.quoted && !p.behindKin(lines[:i], kin)):
			l.mark = mark{class: kin}
		case kin == noClass && (t.end >= len(l.text) || len(numbered) == 0):
			l.mark = mark{class: bare}
		default:
			continue
		}
		l.heading = true
	}
}

// behindKin tells a line that stands under a heading of a class: what starts
// like a heading there may be a measure.
func (p *parser) behindKin(lines []line, kin class) bool {
	for i := len(lines) - 1; i >= 0; i-- {
		if lines[i].heading {
			return lines[i].mark.class == kin
		}
	}
	return false
}

func leadWord(lead string) string {
	if strings.HasPrefix(lead, "关于") {
		return "关于"
	}
	if strings.HasPrefix(lead, "针对") {
		return "针对"
	}
	return lead
}
