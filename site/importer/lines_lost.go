package importer

import (
	"regexp"
	"strings"
	"unicode"
)

// lostClass says of which class a label was whose number is lost: （） may have
// been （二） or （2）, and 、 二、 or 2、. The list with a gap there has it; else
// the one that was counted last.
func (p *parser) lostClass(behind []line, c class, last map[class]int) class {
	pair := [2]class{cnParen, arParen}
	if c == cnDun {
		pair = [2]class{cnDun, arDot}
	} else if c != cnParen {
		return c
	}
	for i := range min(len(behind), maxLook) {
		m, ok := parseMark(behind[i].text)
		if !ok || m.num == 0 || m.class != pair[0] && m.class != pair[1] {
			continue
		}
		switch {
		case m.num == last[m.class]+2, m.num == 2:
			return m.class
		case m.num == 1 || m.num == last[m.class]+1:
			// The list is whole: it was another one, or ended here.
			other := pair[0]
			if m.class == other {
				other = pair[1]
			}
			if last[other] > 0 {
				return other
			}
			return m.class
		}
	}
	if last[pair[1]] > 0 {
		return pair[1]
	}
	return c
}

var plainForm = regexp.MustCompile(`^([0-9]{1,2})[\s\x{3000}\x{00a0}]+\p{Han}`)

// plainNumbers takes “2 反馈问题整改情况” for a heading where the headings below
// are counted 2.1 and 2.1.1.
func (p *parser) plainNumbers(lines []line) {
	decimals := 0
	for i := range lines {
		if lines[i].heading && (lines[i].mark.class == decimal2 || lines[i].mark.class == decimal3) {
			decimals++
		}
	}
	if decimals < 2 {
		return
	}
	last := 0
	for i := range lines {
		l := &lines[i]
		m := plainForm.FindStringSubmatch(l.text)
		if l.heading || l.row != nil || l.closing || m == nil || length(l.text) > 40 || strings.ContainsAny(l.text, "。；") {
			continue
		}
		if n := anyNumber(m[1]); n == last+1 {
			l.mark, l.heading = mark{arDot, n, len(m[1])}, true
			last = n
		}
	}
}

var boxForm = regexp.MustCompile(`^【[^【】]{4,40}】$|^[^，,。；;：:、！？]{3,40}方面$`)

// boxes finds the headings of groups that have no number: 【聚焦党的建设方面】, or
// 党的建设方面, each with a heading directly behind it.
func (p *parser) boxes(lines []line) {
	var found []int
	for i := range lines {
		l := &lines[i]
		if l.heading || l.row != nil || l.closing || l.mark.class != noClass || i+1 >= len(lines) || !boxForm.MatchString(l.text) {
			continue
		}
		if next := &lines[i+1]; !next.heading || next.mark.class <= boxed {
			continue
		}
		if _, ok := keyAt(l.text); !ok {
			found = append(found, i)
		}
	}
	if len(found) < 2 {
		return
	}
	for _, i := range found {
		lines[i].mark, lines[i].heading = mark{class: boxed}, true
	}
}

// lostNames finds 问题：… beside 问题1：… and 问题3：…: a label without its number.
func (p *parser) lostNames(lines []line) {
	words := map[string]bool{}
	for i := range lines {
		if l := &lines[i]; l.heading && l.mark.class == named {
			words[nameWord(l.text[:l.mark.size])] = true
		}
	}
	for i := range lines {
		l := &lines[i]
		if l.heading || l.row != nil || l.closing || len(words) == 0 {
			continue
		}
		if k, ok := keyAt(l.text); ok && k.from == 0 && words[k.word] {
			l.mark, l.heading = mark{class: named, size: k.end}, true
		}
	}
}

// nameWord is the word of a label such as 问题1：.
func nameWord(label string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Han, r) && !strings.ContainsRune(cnNumerals, r) {
			return r
		}
		return -1
	}, label)
}
