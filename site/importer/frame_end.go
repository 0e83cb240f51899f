package importer

import (
	"regexp"
	"strings"
)

// footer marks what stands behind the signature, or at the very end, as
// furniture where it looks so.
func (p *parser) footer(lines []line, end int) []line {
	for len(lines) > 0 {
		l := lines[len(lines)-1]
		if l.row != nil || l.level > 0 {
			break
		}
		_, isKey := keyAt(l.text)
		short := length(l.text) <= 30 && !strings.ContainsAny(l.text, "。；") && !attachment.MatchString(l.text)
		reason := asideOf(l.text, behind)
		if reason == "" && end >= 0 && l.par > end && short && !isKey && !closing.MatchString(l.text) {
			reason = asideFooter
		}
		if reason == "" {
			break
		}
		p.aside[l.par] = reason
		p.stampFrom(l.par, reason)
		lines = lines[:len(lines)-1]
	}
	return lines
}

// attachments marks the list of what is attached: from 附件：1. … on to the end,
// names and no sentences.
func (p *parser) attachments(lines []line) {
	for i := len(lines) - 1; i >= 0 && i >= len(lines)-maxAttached; i-- {
		l := &lines[i]
		if l.row != nil || length(l.text) > 80 || strings.ContainsAny(l.text, "。；") {
			return
		}
		if !attached.MatchString(l.text) {
			continue
		}
		for k := i; k < len(lines); k++ {
			lines[k].closing = true
		}
	}
}

const maxAttached = 30

// attached matches the first line of such a list.
var attached = regexp.MustCompile(`^附\s*(?:件|表|录)\s*[一二三四五0-9１２３４５]{0,2}\s*[:：]`)

// closings marks the paragraphs at the end that thank and say whom to call:
// they stand beside the last part, not in it.
func (p *parser) closings(lines []line) {
	for i := len(lines) - 1; i >= 0 && i >= len(lines)-12; i-- {
		l := &lines[i]
		if l.row != nil || l.closing {
			if l.row != nil {
				return
			}
			continue
		}
		if m, ok := parseMark(l.text); ok && (m.class != arDot || !closing.MatchString(l.text)) {
			return
		}
		if !closing.MatchString(l.text) || length(l.text) > 300 {
			return
		}
		if i > 0 {
			if m, ok := parseMark(lines[i-1].text); ok && m.class <= arDot && aboutContact.MatchString(lines[i-1].text) && length(lines[i-1].text) < 30 {
				return // the heading above is about this
			}
		}
		l.closing = true
	}
}
