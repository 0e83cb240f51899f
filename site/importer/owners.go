package importer

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Who sees to an issue is printed in many ways: 责任单位：A（牵头）；B、C（配合）,
// 整改责任：责任领导张某，责任科室医务科, A牵头，B配合.

// ownerWord finds the words that name a role, with or without a colon behind
// them.
var ownerWord = regexp.MustCompile(`(?:^|[，,；;。、\s\x{00a0}\x{3000}(（])((?:整改|主要|直接|第一|具体|县级|市级|区级)?(?:(?:责任|牵头|分管|包案|包保|包抓|督导|配合)领导|责任人|负责人|牵头人|(?:责任|牵头|配合|协办|主责|承办|督导|督办)(?:单位|部门|科室|股室|处室)))[:：为是]?[\s\x{00a0}\x{3000}]*`)

// ownerCut is a stretch of a text that one role word speaks of.
type ownerCut struct {
	kind     keyKind
	word     place // with the mark behind it; empty where none is printed
	from, to int
}

// ownerCuts takes 责任领导院长，责任科室医务科 apart. What stands before the first
// role word is a unit or a person by its sound.
func ownerCuts(text string) []ownerCut {
	var out []ownerCut
	for _, m := range ownerWord.FindAllStringSubmatchIndex(text, -1) {
		kind := keyOf(text[m[2]:m[3]])
		if kind == keyNone || inBracket(text, m[2]) {
			continue
		}
		if len(out) > 0 {
			out[len(out)-1].to = m[2]
		} else if head := strings.Trim(text[:m[2]], "，,；;、 "); head != "" {
			out = append(out, ownerCut{kind: soundOf(head), from: 0, to: m[2]})
		}
		out = append(out, ownerCut{kind, place{m[2], m[1]}, m[1], len(text)})
	}
	if len(out) == 0 && isOwner(strings.TrimRight(text, "。；; ")) {
		out = append(out, ownerCut{kind: soundOf(text), from: 0, to: len(text)})
	}
	for i := range out {
		o := &out[i]
		o.to = o.from + len(strings.TrimRight(text[o.from:o.to], "。；;，,、 \u3000\u00a0"))
	}
	return out
}

// soundOf tells whether a name without a role word is a unit or a person.
func soundOf(name string) keyKind {
	first := names(name)
	if len(first) > 0 && someUnit.MatchString(name[first[0].from:first[0].to]) {
		return keyLead
	}
	return keyLeader
}

const (
	maxOwnersLine = 60
	maxOwner      = 30 // characters of the names of one role in it
)

// isOwnersLine tells a line of role words without any colon: 责任领导院长，责任科室
// 医务科. One such word alone may be the beginning of a sentence.
func isOwnersLine(text string) bool {
	text = strings.TrimRight(text, "。；; ")
	if length(text) > maxOwnersLine || strings.ContainsAny(text, "。") {
		return false
	}
	found := ownerWord.FindAllStringSubmatchIndex(text, -1)
	if len(found) < 2 || found[0][2] != 0 {
		return false
	}
	for _, o := range ownerCuts(text) {
		if !isOwner(text[o.from:o.to]) {
			return false
		}
	}
	return true
}

// isOwner tells names from a sentence: 责任单位落实主体责任，责任人签订承诺书 tells what was
// done.
func isOwner(value string) bool {
	return !inkless(value) && length(value) <= maxOwner && !startsWithAny(value, verbs) && !strings.ContainsAny(value, "不未没已将要须应对按了")
}

// startsKeys tells a text that starts with a key and a colon, or is a line of
// role words.
func startsKeys(text string) bool {
	if _, ok := keyAt(text); ok {
		return true
	}
	return isOwnersLine(text)
}

// roleMark matches what says behind a name which role it has.
var roleMark = regexp.MustCompile(`(?:[（(](牵头|主责|主办|主要责任|总牵头|配合|协办|协助|协同|参与|督导|督办|监督)(?:单位|部门|科室|负责|落实|整改)?[)）]|(牵头|主责|配合|协办|协助)(?:负责|落实|整改)?)[。；;，, ]*$`)

// roleOf reads the mark behind a name; size is that of the name without it.
func roleOf(name string) (kind keyKind, size int) {
	m := roleMark.FindStringSubmatchIndex(name)
	if m == nil || m[0] == 0 {
		return keyNone, len(name)
	}
	word := ""
	if m[2] >= 0 {
		word = name[m[2]:m[3]]
	} else {
		word = name[m[4]:m[5]]
	}
	switch word {
	case "配合", "协办", "协助", "协同", "参与":
		kind = keyCo
	case "督导", "督办", "监督":
		kind = keySupervisor
	default:
		kind = keyLead
	}
	return kind, len(strings.TrimRight(name[:m[0]], " \u3000"))
}

// rolled is a name of a list with its role.
type rolled struct {
	kind keyKind
	name place
	mark place // that says so, empty without one
}

// roles parts a list of units by the marks behind them. A mark speaks of the
// names before it too, back to the last semicolon or mark: A（牵头）；B、C（配合）. But
// in A、B（配合） it is B alone that helps: somebody has to lead.
func roles(text string, kind keyKind) []rolled {
	var out []rolled
	group := 0 // where the names that a mark may speak of begin
	for _, at := range names(text) {
		if n := len(out); n > 0 && strings.ContainsAny(text[out[n-1].name.to:at.from], "；;，,") {
			group = n
		}
		role, size := roleOf(text[at.from:at.to])
		r := rolled{kind, place{at.from, at.from + size}, place{at.from + size, at.to}}
		if role != keyNone {
			r.kind = role
			if role == kind || group > 0 {
				for i := group; i < len(out); i++ {
					out[i].kind = role
				}
			}
		}
		out = append(out, r)
		if role != keyNone {
			group = len(out)
		}
	}
	return out
}

// factEnd is where the value of a key with one value ends: behind the first full
// stop, or where a status follows. What stands behind it is told of the issue.
func factEnd(kind keyKind, value string) int {
	switch kind {
	case keyLead, keyCo, keyLeader, keySupervisor, keyDeadline, keyStatus, keyOwners:
	default:
		return len(value)
	}
	end, depth := len(value), 0
	for i, r := range value {
		switch r {
		case '（', '(', '《', '“':
			depth++
		case '）', ')', '》', '”':
			depth = max(0, depth-1)
		case '。':
			if depth == 0 && end == len(value) {
				end = i + utf8.RuneLen(r)
			}
		}
	}
	if kind == keyStatus {
		return end
	}
	// 责任股室：医保股，目前已完成整改。
	if at := lastPart(value[:end]); at > 0 && isStatus(value[at:end]) && (kind != keyDeadline || !containsAny(value[at:end], forEver)) {
		return at
	}
	return end
}

// dueSentence matches a sentence that is a deadline and nothing else: 2024年底前完成。
var dueSentence = regexp.MustCompile(`^[^，,。；;：:]{2,14}(?:前|底|末|内|之前)(?:完成|完成整改|整改到位|整改完成|办结|销号|落实到位)?[。；;]?$`)

// restOf makes a group of what stands behind the value of a key.
func (p *parser) restOf(kind keyKind, s span) group {
	text := p.str(s)
	switch {
	case kind != keyDeadline && dueSentence.MatchString(text) && len(datesIn(text)) == 1:
		return group{kind: keyDeadline, key: keyCut{key: key{kind: keyDeadline}, value: span{s.par, s.from, s.from}}, chunks: []chunk{{span: s}}}
	case kind == keyStatus || kind == keyDeadline:
		return group{kind: keyResult, key: keyCut{value: span{s.par, s.from, s.from}}, chunks: []chunk{{span: s}}}
	}
	return group{chunks: []chunk{{span: s}}}
}
