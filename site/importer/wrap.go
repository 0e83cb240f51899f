package importer

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A text that was copied out of a PDF, or saved with line ends, breaks its
// paragraphs where the page ended; and a long heading may have been broken by
// hand. Both are put together again before anything is recognised: only white
// space goes.

// Of a text that is broken at a width, most long lines are about as long.
const (
	wrapLeast  = 14 // characters of a line that can be broken
	wrapLines  = 8  // long lines that a judgement needs
	wrapFull   = 4  // characters that a broken line may be shorter than the widest
	wrapShare  = 6  // of ten long lines, how many have to be about as wide
	wrapWidest = 60 // a paragraph is one line where it is longer

	joinedMost = 32 << 10 // bytes: what is longer is no broken paragraph
)

// unwrap puts broken lines together and tells how many there were.
func unwrap(text string) (string, int) {
	lines := strings.Split(text, "\n")
	width, closed := wrapWidth(lines), closesSentences(lines)
	var out []string
	joined := 0
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		var pages []string // numbers that stand between the two halves
		for {
			next := i + 1
			for next < len(lines) && (strings.TrimSpace(lines[next]) == "" && len(pages) > 0 || pageNumber.MatchString(lines[next])) {
				next++
			}
			if next >= len(lines) || len(line) > joinedMost || !goesOn(line, lines[i], lines[next], width) && !(closed && breaksOff(line, lines[next])) {
				break
			}
			pages = append(pages, lines[i+1:next]...)
			line = strings.TrimRightFunc(line, unicode.IsSpace) + strings.TrimLeftFunc(lines[next], unicode.IsSpace)
			i = next
			joined++
		}
		out = append(append(out, line), pages...)
	}
	return strings.Join(out, "\n"), joined
}

// pageNumber matches the foot of a page that was copied with the text.
var pageNumber = regexp.MustCompile(`^\s*(?:[-—–]\s*\d{1,3}\s*[-—–]|第\s*\d{1,3}\s*页.{0,8}|\d{1,3}\s*/\s*\d{1,3})\s*$`)

const proseLeast = 20 // characters of a line that tells something

// closesSentences tells a text whose lines of prose end as sentences do. Where
// one of them does not, it was broken.
func closesSentences(lines []string) bool {
	prose, open := 0, 0
	for _, line := range lines {
		if !isProse(line) {
			continue
		}
		prose++
		if !endsSentence(strings.TrimSpace(line)) {
			open++
		}
	}
	return prose >= 4 && open*3 <= prose
}

// isProse tells a line with a clause and more.
func isProse(line string) bool {
	line = strings.TrimSpace(line)
	return length(line) >= proseLeast && strings.ContainsAny(strings.TrimRight(line, "。，；"), "。，；") && separator(line) == ""
}

// breaksOff tells a line of prose that stops in the middle of a sentence, and
// whose next line is the rest of it.
func breaksOff(line, next string) bool {
	line = strings.TrimSpace(line)
	if !isProse(line) || endsSentence(line) || startsParagraph(next) {
		return false
	}
	next = strings.TrimSpace(next)
	if _, ok := keyAt(next); ok || next == "" || bareForm.MatchString(next) {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(line)
	return (unicode.Is(unicode.Han, r) || r == '，' || r == '、') && endsSentence(next)
}

// wrapWidth gives the width at which a text is broken, 0 where it is not.
func wrapWidth(lines []string) int {
	widest, long := 0, 0
	var sizes []int
	open := 0
	for _, line := range lines {
		trimmed := strings.TrimSpace(line)
		n := length(strings.TrimRightFunc(line, unicode.IsSpace))
		if n < wrapLeast || trimmed == "" {
			continue
		}
		if n > wrapWidest || separator(line) != "" {
			return 0 // whole paragraphs, or the rows of a table
		}
		widest = max(widest, n)
		sizes = append(sizes, n)
		long++
		if !endsSentence(trimmed) {
			open++
		}
	}
	if long < wrapLines || open*2 < long {
		return 0
	}
	full := 0
	for _, n := range sizes {
		if n >= widest-2*wrapFull {
			full++
		}
	}
	if full*10 < long*wrapShare {
		return 0
	}
	return widest
}

func endsSentence(text string) bool {
	if strings.HasSuffix(text, "）") || strings.HasSuffix(text, "】") {
		return true // behind a bracket such as （已完成） no sentence goes on
	}
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text, "”’)"))
	return strings.ContainsRune("。！？；：:;.", r)
}

// goesOn tells whether a line goes on in the next. so is what is put together
// already, line its last piece.
func goesOn(so, line, next string, width int) bool {
	trimmed := strings.TrimSpace(next)
	if trimmed == "" || strings.TrimSpace(line) == "" {
		return false
	}
	if headingGoesOn(strings.TrimSpace(so), trimmed) {
		return true
	}
	if width == 0 || length(strings.TrimRightFunc(line, unicode.IsSpace)) < width-2*wrapFull || startsParagraph(next) {
		return false
	}
	return !endsSentence(strings.TrimSpace(line)) || length(strings.TrimRightFunc(line, unicode.IsSpace)) >= width-1
}

// startsParagraph tells a line that is indented or starts with a label. A year
// or a count at a line's start is no label.
func startsParagraph(line string) bool {
	if r, _ := utf8.DecodeRuneInString(line); unicode.IsSpace(r) {
		return true
	}
	m, ok := parseMark(line)
	return ok && m.num > 0
}

// headingGoesOn tells a heading that broke off: its quotation mark is open, or
// it names no 问题 yet, and the next line brings both.
func headingGoesOn(line, next string) bool {
	m, ok := parseMark(line)
	if !ok || length(line) > maxTitle || length(next) > maxTitle || endsSentence(line) {
		return false
	}
	if _, ok := parseMark(next); ok {
		return false
	}
	rest := line[m.size:]
	lead := leadForm.FindString(rest)
	first, _ := utf8.DecodeRuneInString(strings.TrimSpace(rest))
	if lead != "关于" && lead != "针对" && !isOpening(first) {
		return false
	}
	before := parseTitle(rest)
	if before.problem && (before.quoted || !strings.Contains(rest, "“")) {
		return false
	}
	whole := parseTitle(rest + next)
	if !whole.problem || whole.end < len(rest) {
		return false
	}
	opened := strings.Count(rest, "“") > strings.Count(rest, "”")
	return opened && whole.quoted || !opened && !whole.quoted && whole.end >= len(rest+next)-len("。")
}
