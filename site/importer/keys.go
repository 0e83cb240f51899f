package importer

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// key is a key word with the mark that ends it, found in a text.
type key struct {
	kind keyKind
	word string
	from int // of the word, or of the bracket before it
	end  int // behind the colon: where the value starts
}

// keyAt reads a key with its colon at the start of a text. A label or a bracket
// may stand before it: （一）整改目标： 【整改措施】.
func keyAt(text string) (key, bool) {
	if k, ok := colonKey(text); ok {
		return k, true
	}
	return spacedKey(text)
}

const maxSpacedKey = 40 // characters of a line with a key and its value

// spacedKey reads 责任领导　张某: a key with white space for its colon, where the line
// has nothing else.
func spacedKey(text string) (key, bool) {
	at := strings.IndexAny(text, " \t\u3000\u00a0")
	if at < len("责任单位") || at > len("一")*longestKey {
		return key{}, false
	}
	kind := keyOf(text[:at])
	rest := strings.TrimLeft(text[at:], " \t\u3000\u00a0")
	switch {
	case kind >= keyGoal && kind <= keyResult:
		// 整改情况　已拆除9处，复耕61亩。 A heading says less.
		if !strings.ContainsAny(rest, "，。；") {
			return key{}, false
		}
	case kind < keyLead || kind > keyStatus || rest == "" || isFault(rest) && kind != keyStatus || length(text) > maxSpacedKey || strings.ContainsAny(text, "。：:；;"):
		return key{}, false
	}
	return key{kind, text[:at], 0, len(text) - len(rest)}, true
}

// colonKey reads a key with the mark behind it.
func colonKey(text string) (key, bool) {
	at := 0
	if m, ok := parseMark(text); ok && m.class != named && m.class != namedStep && m.class != shi {
		at = m.size
	}
	at += len(text[at:]) - len(strings.TrimLeft(text[at:], " \u3000\u00a0\t*●■◆▲·•"))
	bracket := false
	if r, size := utf8.DecodeRuneInString(text[at:]); r == '【' || r == '[' || r == '（' || r == '(' {
		at += size
		bracket = r == '【' || r == '['
	}
	start := at
	n := 0
	var word strings.Builder
	for i, r := range text[start:] {
		if n > longestKey+2 {
			return key{}, false
		}
		switch {
		case r == '：' || r == ':' || bracket && (r == '】' || r == ']'):
			kind := keyOf(strings.TrimSuffix(strings.TrimSuffix(word.String(), "如下"), "为"))
			if kind == keyNone {
				return key{}, false
			}
			end := start + i + utf8.RuneLen(r)
			if next, size := utf8.DecodeRuneInString(text[end:]); bracket && (next == '：' || next == ':') {
				end += size
			}
			return key{kind, word.String(), at, end}, true
		case r == '。' && n >= 4:
			// 整改落实情况。一是……
			kind := keyWords[word.String()]
			if kind != keyMeasures && kind != keyBoth && kind != keyProgress {
				return key{}, false
			}
			return key{kind, word.String(), at, start + i + utf8.RuneLen(r)}, true
		case r == ' ' || r == '\u3000' || r == '\u00a0' || r == '\t':
			continue
		case r < 0x4e00:
			return key{}, false
		}
		word.WriteRune(r)
		n++
	}
	return key{}, false
}

// isKeyHeading tells a heading that is nothing but a key: （一）整改措施.
func isKeyHeading(text string) bool {
	if len(text) > 8*longestKey {
		return false // with room for spaces between the characters
	}
	word := squeeze(strings.TrimRight(text, "。：: "))
	kind := keyWords[word]
	if kind == keyNone && bareKey.MatchString(word) {
		kind = keyOf(word)
	}
	return kind != keyNone && kind != keyContact && kind != keySection && kind != keyRemark && kind != keyNext
}

// bareKey tells the words that say so plainly what stands under them that they
// need no colon: 整改措施及成效, but not 具体问题整改情况.
var bareKey = regexp.MustCompile(`措施|举措|目标|时限|期限|责任|状态|(?:问题|任务|事项)(?:名称|内容|概述|描述)|^(?:整改)?(?:完成|落实|进展)情况$`)

// keyCut is a key in a paragraph with its value.
type keyCut struct {
	key
	value span // without the mark behind it
}

// innerKey finds what may be a key inside a paragraph: words behind a mark or a
// space, with a colon behind them.
var innerKey = regexp.MustCompile(`(?:^|[。；;，,、\s\x{00a0}\x{3000}(（【\[）)】\]])([一-龥]{3,14})[:：]`)

// innerKeyOf gives what a word inside a paragraph stands for. Short words and
// those of contacts and numbers are keys at the start of a line only.
func innerKeyOf(word string) keyKind {
	switch kind := keyOf(word); kind {
	case keyNumber, keySection:
		return keyNone
	case keyContact:
		if length(word) > 3 {
			return kind
		}
		return keyNone
	default:
		return kind
	}
}

// splitKeys finds the keys of a paragraph that starts with one. ok is false
// where it does not.
func splitKeys(text string, s span) (cuts []keyCut, ok bool) {
	part := text[s.from:s.to]
	first, ok := keyAt(part)
	if !ok && isOwnersLine(part) {
		for _, o := range ownerCuts(part) {
			cuts = append(cuts, keyCut{key{o.kind, part[o.word.from:o.word.to], o.word.from, o.word.to}, span{s.par, s.from + o.from, s.from + o.to}})
		}
		return cuts, true
	}
	if !ok {
		if isKeyHeading(part) || isKeyLabelled(part) {
			kind := keyOf(squeeze(strings.TrimRight(unlabelled(part), "。：: ")))
			return []keyCut{{key{kind, squeeze(part), 0, len(part)}, span{s.par, s.to, s.to}}}, true
		}
		return nil, false
	}
	keys := []key{first}
	if strings.ContainsAny(part[first.end:], ":：") {
		for _, m := range innerKey.FindAllStringSubmatchIndex(part[first.end:], -1) {
			word := part[first.end+m[2] : first.end+m[3]]
			if kind := innerKeyOf(word); kind != keyNone {
				keys = append(keys, key{kind, word, first.end + m[2], first.end + m[1]})
			}
		}
	}
	for i, k := range keys {
		to := len(part)
		if i+1 < len(keys) {
			to = keys[i+1].from
		}
		from, end := trimSpan(part, k.end, to)
		cuts = append(cuts, keyCut{k, span{s.par, s.from + from, s.from + end}})
	}
	return cuts, true
}

func unlabelled(text string) string {
	if m, ok := parseMark(text); ok {
		return text[m.size:]
	}
	return text
}

func isKeyLabelled(text string) bool {
	m, ok := parseMark(text)
	return ok && m.class != shi && isKeyHeading(text[m.size:])
}

// isNote tells a bracket at the end of a heading or paragraph that names
// owners, deadlines or a status.
func isNote(text string) bool {
	inner := strings.TrimFunc(text, func(r rune) bool { return strings.ContainsRune("()（）【】[] ", r) })
	if startsKeys(inner) {
		return true
	}
	if _, ok := statusOf(inner); ok && length(inner) <= 16 {
		return true
	}
	if headNote(inner) > 0 {
		return true
	}
	_, ok := deadlineOf(inner, "", nil)
	return ok && length(inner) <= 24
}
