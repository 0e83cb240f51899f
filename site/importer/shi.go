package importer

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// cut is a place in a text where a measure starts.
type cut struct {
	at   int
	mark mark
}

// shiCuts finds 一是 … 二是 … in a text: at its start, or behind a mark of
// punctuation, so that 不统一是 and 唯一是 are none. They have to count 1, 2, 3
// (from next, where a list goes on from the paragraph before) and there have to
// be two of them, unless the text starts with one. A list may start anew.
func shiCuts(text string, next int) []cut {
	if !strings.Contains(text, "是") {
		return nil
	}
	var found []cut
	for i := 0; i < len(text); {
		at := strings.Index(text[i:], "是")
		if at < 0 {
			break
		}
		at += i
		i = at + len("是")
		start := at
		for start > 0 {
			r, size := utf8.DecodeLastRuneInString(text[:start])
			if !strings.ContainsRune(cnNumerals, r) {
				break
			}
			start -= size
		}
		if start == at || length(text[start:at]) > 3 || !behindMark(text[:start]) && !(text[start:at] == "一" && subjectEnd.MatchString(lastWords(text[:start]))) {
			continue
		}
		if m, ok := parseChinese(text[start:]); ok && m.class == shi {
			found = append(found, cut{start, m})
		}
	}
	// 其中，一是…二是… is a list inside an item.
	kept := found[:0]
	for i, c := range found {
		if c.mark.num == 1 && (i > 0 && innerList.MatchString(lastWords(text[:c.at])) || ofThem.MatchString(lastWords(text[:c.at]))) {
			break
		}
		kept = append(kept, c)
	}
	found = kept
	return chain(found, next, len(found) > 0 && inkless(text[:found[0].at]))
}

// lastWords gives the end of a text, as much as a few words need: a pattern that
// looks for the end would read all of a long paragraph again for each item.
func lastWords(text string) string {
	const few = 96
	if len(text) <= few {
		return text
	}
	at := len(text) - few
	for at > 1 && !utf8.RuneStart(text[at-1]) {
		at--
	}
	return text[at-1:]
}

// subjectEnd matches who did it, right before 一是: 我局一是…，二是…. 唯一是 has no
// such words before it.
var subjectEnd = regexp.MustCompile(`(?:^|[。；;：:，,、])(?:(?:我|本|该|区|县|市|镇|乡|校|院|局)(?:局|委|办|部|厅|院|校|镇|乡|街道|中心|单位|公司|集团|站|所|馆|社|会|县|市|区|村|支部|党委|党组|党总支){1,3}|(?:局|校|院|镇|乡|区|县|集团|公司)?(?:党组|党委|党工委|党总支|党支部|领导班子|专班)|主要|重点|具体|整改中|近期|目前|随后)$`)

// ofThem matches what takes a sum apart: 收回7.8亿元。其中，一是现金5.1亿元，二是核销
// 2.7亿元, which are no measures.
var ofThem = regexp.MustCompile(`其中[，,：:]?$`)

var innerList = regexp.MustCompile(`(?:其中|包括|例如|分别)[，,：:]?$`)

// chain keeps the cuts that count on, and lists that start anew with at least
// two items.
func chain(found []cut, next int, atStart bool) []cut {
	var out []cut
	expected := next
	for i, c := range found {
		follows := i+1 < len(found) && found[i+1].mark.num == c.mark.num+1
		switch {
		case i == 0 && atStart:
		case expected > 1 && c.mark.num == expected:
		case c.mark.num == 1 && follows:
		case len(out) > 0 && c.mark.num == out[len(out)-1].mark.num+2 && c.mark.num > 2:
			// One number was lost.
		default:
			continue
		}
		out = append(out, c)
		expected = c.mark.num + 1
	}
	return out
}

// behindMark tells whether a text ends with punctuation, or is empty.
func behindMark(text string) bool {
	text = strings.TrimRightFunc(text, unicode.IsSpace)
	if text == "" {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune("。．.；;：:，,、！!？?”’\"）)】》", r)
}

// markCuts finds 1. … 2. … or ①…②… or （1）…（2）… in the text of a cell or of
// 整改措施：, where a list runs on in one paragraph. The text has to start with
// the first item.
func markCuts(text string) []cut {
	skip := len(text) - len(strings.TrimLeftFunc(text, unicode.IsSpace))
	first, ok := parseMark(text[skip:])
	if again, is := countsOn(text[skip:], 0); is && (!ok || first.class == decimal2) {
		first, ok = again, true // 1.3家码头, behind 整改进展：
	}
	if !ok || first.num != 1 || first.class == shi || first.class == named {
		return nil
	}
	out := moreCuts(text[skip:], first)
	for i := range out {
		out[i].at += skip
	}
	return append([]cut{{skip, first}}, out...)
}

// moreCuts finds the items that count on behind the label at the start.
func moreCuts(text string, first mark) []cut {
	var out []cut
	last := first.num
	for i, r := range text {
		if i <= first.size || !startsMark(r) {
			continue
		}
		if !behindMark(text[:i]) && !unicode.IsSpace(lastRune(text[:i])) && first.class != circled {
			continue
		}
		m, ok := parseMark(text[i:])
		if ok && m.class == first.class && m.num == last+1 {
			out = append(out, cut{i, m})
			last = m.num
		}
	}
	return out
}

// bulletCuts finds ◆…◆… in a text that starts with such a sign.
func bulletCuts(text string) []cut {
	sign, size := utf8.DecodeRuneInString(text)
	if size == 0 || !strings.ContainsRune(ornaments, sign) || ornament(text) > 0 {
		return nil
	}
	var out []cut
	for i, r := range text {
		if r == sign && (behindMark(text[:i]) || unicode.IsSpace(lastRune(text[:i]))) {
			out = append(out, cut{i, mark{class: bullet, size: size}})
		}
	}
	return out
}

func lastRune(text string) rune {
	r, _ := utf8.DecodeLastRuneInString(text)
	return r
}

// startsMark tells the characters with which a label can start, so that most of
// a text is passed quickly.
func startsMark(r rune) bool {
	switch {
	case r >= '0' && r <= '9', r >= '０' && r <= '９', r == '(', r == '（', r == '第', r == '措', r == '举', r == '整', r == '其':
		return true
	case r >= '①' && r <= '⒛', r >= '❶' && r <= '➓', r >= '㈠' && r <= '㈩':
		return true
	}
	return strings.ContainsRune("一二三四五六七八九十", r)
}
