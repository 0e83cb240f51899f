package importer

import (
	"strings"
)

// openers finds the key with which each issue of a list of blocks starts: the
// one that comes again and again under the same heading, as 整改任务： does.
func (p *parser) openers(lines []line) {
	type opened struct {
		first keyKind
		count map[keyKind]int
		at    []int
	}
	var segments []*opened
	var now *opened
	headings := false
	for i := range lines {
		l := &lines[i]
		if l.row != nil || l.closing {
			continue
		}
		k, ok := keyAt(l.text)
		if l.heading && !ok {
			now = nil
			headings = true
			continue
		}
		if !ok || k.kind == keyContact {
			continue
		}
		if now == nil {
			now = &opened{first: k.kind, count: map[keyKind]int{}}
			segments = append(segments, now)
		}
		now.count[k.kind]++
		if cuts, ok := splitKeys(l.text, span{l.par, 0, len(l.text)}); ok {
			for _, cut := range cuts[1:] {
				now.count[cut.kind]++ // 1.问题：…。整改措施：…。整改结果：…。
			}
		}
		now.at = append(now.at, i)
	}
	var opener keyKind
	for _, s := range segments {
		if (s.first == keyIssue || s.first == keyNumber || s.first == keyFinding) && (s.count[s.first] > 1 || !headings) && len(s.count) > 1 {
			opener = s.first
			break
		}
	}
	if opener == keyNone {
		return
	}
	for _, s := range segments {
		if s.first != opener {
			continue
		}
		for _, i := range s.at {
			l := &lines[i]
			if k, ok := keyAt(l.text); !ok || k.kind != opener {
				continue
			}
			cuts, _ := splitKeys(l.text, span{l.par, 0, len(l.text)})
			l.mark = mark{class: keyed}
			l.heading = true
			l.cut = &cuts[0]
		}
	}
}

// keyHeadings takes （二）整改措施 for a key and not for a heading, where a
// document has several of them. What issues follow on is a heading after all.
func (p *parser) keyHeadings(lines []line) {
	var found []int
	for i := range lines {
		l := &lines[i]
		if !l.heading || l.mark.class == named {
			continue
		}
		rest := l.text[l.mark.size:]
		if k, ok := keyAt(rest); ok && k.kind != keyContact && k.kind != keyIssue || isKeyHeading(rest) {
			found = append(found, i)
		}
	}
	alike := map[class]int{}
	for _, i := range found {
		alike[lines[i].mark.class]++
	}
	for _, i := range found {
		rest := lines[i].text[lines[i].mark.size:]
		k, ok := keyAt(rest)
		// 5.完成情况：已完成 has said what it has to say.
		said := ok && !inkless(rest[k.end:])
		if alike[lines[i].mark.class] > 1 && (said || !issuesFollow(lines, i)) {
			lines[i].heading = false
		}
	}
}

// issuesFollow tells whether headings that read like issues stand under the
// line at.
func issuesFollow(lines []line, at int) bool {
	above := map[class]int{} // the number counted last before the line
	for i := max(0, at-maxLook); i < at; i++ {
		if lines[i].heading {
			above[lines[i].mark.class] = lines[i].mark.num
		}
	}
	for i := range lines[at+1:] {
		l := &lines[at+1+i]
		if !l.heading {
			continue
		}
		before, counted := above[l.mark.class]
		if l.mark.class == lines[at].mark.class || counted && l.mark.num == before+1 && l.mark.num > 1 {
			return false // the list goes on, or the one that the line stands in
		}
		rest := l.text[l.mark.size:]
		if _, ok := keyAt(rest); !ok && !isKeyHeading(rest) && likeness(rest, parseTitle(rest)) >= 1 {
			return true
		}
	}
	return false
}

// keyLists finds the list that a key such as 整改措施： introduces: its lines
// are values, not headings.
func (p *parser) keyLists(lines []line) {
	p.listed = map[int]mark{}
	for i := 0; i < len(lines); i++ {
		l := &lines[i]
		if l.heading || l.row != nil {
			continue
		}
		kind, value := keyNone, ""
		if k, ok := keyAt(l.text); ok {
			kind, value = k.kind, strings.TrimSpace(l.text[k.end:])
		} else if isKeyLabelled(l.text) || isKeyHeading(l.text) {
			kind = keyOf(squeeze(strings.TrimRight(unlabelled(l.text), "。：: ")))
		}
		if kind < keyFinding || kind > keyResult {
			continue
		}
		class, next := noClass, 1
		if cuts := markCuts(value); len(cuts) > 0 {
			class, next = cuts[0].mark.class, cuts[len(cuts)-1].mark.num+1
		}
		for j := i + 1; j < len(lines); j++ {
			item := &lines[j]
			if item.row != nil || item.closing {
				break
			}
			if _, ok := keyAt(item.text); ok && !item.heading {
				break
			}
			if !item.heading {
				if isKeyLabelled(item.text) || isKeyHeading(item.text) {
					break
				}
				continue
			}
			m := item.mark
			if class == noClass && m.num == 1 && m.class > cnDun && m.class != named {
				if rest := item.text[m.size:]; likeness(rest, parseTitle(rest)) >= 2 {
					break
				}
				class = m.class
			}
			if m.class != class || m.num != next {
				break
			}
			next++
			item.heading = false
			p.listed[item.par] = m
		}
	}
}
