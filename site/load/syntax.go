package load

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"rectify/site/problem"
)

// maxSearched is the size of a text up to which the place of a syntax error is
// searched for. Every step of the search parses the text once more.
const maxSearched = 256 << 10

// farAhead is how many lines behind a failing one are tried, to tell an error
// from a list or a quotation that ends some lines below.
const farAhead = 16

// maxSearches ends the search in a text full of such lists.
const maxSearches = 16

// words puts what the library says into words that point at what to look for.
var words = map[string]string{
	"mapping values are not allowed in this context":               problem.Both("一个值里又出现了半角冒号加空格,或缩进不齐", "a colon and space inside a value, or uneven indentation"),
	"could not find expected ':'":                                  problem.Both("缺少半角冒号加空格", "a colon and a space are missing"),
	"found character that cannot start any token":                  problem.Both("文字不能以 @ ` % 或制表符(Tab)开头", "text cannot start with @ ` % or a tab"),
	"did not find expected key":                                    problem.Both("缩进不齐,或引号后面还有文字", "uneven indentation, or text behind a quotation"),
	"did not find expected '-' indicator":                          problem.Both("列表的缩进不齐", "the list is unevenly indented"),
	"did not find expected ',' or ']'":                             problem.Both("方括号没有配对,或缺少半角逗号", "a bracket or a comma is missing"),
	"did not find expected ',' or '}'":                             problem.Both("花括号没有配对,或缺少半角逗号", "a brace or a comma is missing"),
	"did not find expected node content":                           problem.Both("列表里少了一个值", "a value of the list is missing"),
	"found unexpected end of stream":                               problem.Both("引号没有配对", "a quotation mark is missing"),
	"block sequence entries are not allowed in this context":       problem.Both("列表应当另起一行", "the list has to start on a line of its own"),
	"found a tab character that violates indentation":              problem.Both("缩进要用空格,不能用制表符(Tab)", "indent with spaces, not with tabs"),
	"found a tab character where an indentation space is expected": problem.Both("缩进要用空格,不能用制表符(Tab)", "indent with spaces, not with tabs"),
	"did not find expected comment or line break":                  problem.Both("| 或 > 后面的文字应当另起一行", "the text behind | or > has to start on a line of its own"),
	"found unknown escape character":                               problem.Both("双引号里的反斜杠 \\ 要写成 \\\\", "a backslash in double quotes has to be written twice"),
	"found unexpected document indicator":                          problem.Both("--- 或 ... 不能单独成行", "a line of --- or ... cannot stand here"),
}

var (
	libraryPrefix = regexp.MustCompile(`^yaml: (line \d+: )?`)
	wideKey       = regexp.MustCompile(`^[ -]*[a-z_]+ *：`)
	wideIndent    = regexp.MustCompile("^ *[\u00a0\u3000]")
	tabIndent     = regexp.MustCompile(`^ *\t`)
	libraryLine   = regexp.MustCompile(`^yaml: line (\d+): `)
)

// syntaxProblem describes a text that the library could not parse.
func (s *source) syntaxProblem(err error) problem.Problem {
	at, said := s.fault(err)
	if strings.HasPrefix(said, "exceeded max depth") {
		return problem.New(problem.TooDeep, s.place(at), maxDepthText)
	}
	if token, what := s.property(at); what != "" {
		return problem.New(problem.AliasUsed, s.place(token), what)
	}
	if ours := words[said]; ours != "" {
		said = ours
	}
	place := s.place(at)
	// A wide character is often noticed only in the line behind it.
	for line := place.Line; line > 0 && line >= place.Line-1; line-- {
		if column := wideColon(s.line(line)); column > 0 {
			place.Line, place.Column = line, column
			said = problem.Both("冒号写成了全角“：”,要改成半角冒号“:”再加一个空格", "the colon is a full-width “：”; write “:” and a space")
			break
		}
		if indent := tabIndent.FindString(s.line(line)); indent != "" {
			place.Line, place.Column = line, utf8.RuneCountInString(indent)
			said = problem.Both("行首有制表符(Tab),要改成空格", "the line starts with a tab; use spaces")
			break
		}
		if indent := wideIndent.FindString(s.line(line)); indent != "" {
			place.Line, place.Column = line, utf8.RuneCountInString(indent)
			said = problem.Both("行首的空白里有全角空格或不间断空格,要改成普通空格", "the indentation holds a full-width or no-break space; use plain spaces")
			break
		}
	}
	return problem.New(problem.Syntax, place, said)
}

// wideColon gives the column of a full-width colon behind what looks like a
// key, 0 if there is none: the commonest slip of people who type Chinese.
func wideColon(line string) int {
	m := wideKey.FindStringIndex(line)
	if m == nil {
		return 0
	}
	return utf8.RuneCountInString(line[:m[1]])
}

// fault finds the offset of a syntax error and what the library says of it.
//
// The library reads from front to back, so the lines before the error can be
// parsed, and no larger part of the text can: the line behind the longest part
// that can be parsed is the one. For a quotation without end it is the line
// where that starts. Within the line, the error appears with one character
// and stays; before it there may be others that only come from the cut.
func (s *source) fault(err error) (offset int, said string) {
	if len(s.text) > maxSearched {
		return s.reported(err), libraryPrefix.ReplaceAllString(err.Error(), "")
	}
	total := len(s.starts)
	good := 0 // lines that can be parsed
	for range maxSearches {
		good = search(good, total, func(n int) bool { return s.said(s.upTo(n)) == "" }) - 1
		further := good
		for n := good + 2; n < total && n < good+farAhead; n++ {
			if s.said(s.upTo(n)) == "" {
				further = n
			}
		}
		if further == good {
			break
		}
		good = further
	}
	said = s.said(s.upTo(good + 1))
	start, line := s.starts[good], s.line(good+1)
	ends := []int{start}
	for i, r := range line {
		ends = append(ends, start+i+utf8.RuneLen(r))
	}
	fine := func(n int) bool { return s.said(ends[n]) != said }
	// A key without its colon cannot be parsed, however right it is.
	known := 0
	if colon := strings.IndexByte(line, ':'); colon >= 0 {
		if n := utf8.RuneCountInString(line[:colon]) + 1; fine(n) {
			known = n
		}
	}
	if bad := search(known, len(ends), fine); bad < len(ends) {
		return ends[bad-1], said
	}
	return s.first(good + 1), said
}

// said gives what the library says of the text before an offset.
func (s *source) said(end int) string {
	if _, err := parse(s.text[:end]); err != nil {
		return libraryPrefix.ReplaceAllString(err.Error(), "")
	}
	return ""
}

// reported gives the start of the line that the library names, which is near.
func (s *source) reported(err error) int {
	if found := libraryLine.FindStringSubmatch(err.Error()); found != nil {
		if n, err := strconv.Atoi(found[1]); err == nil && n <= len(s.starts) {
			return s.first(n)
		}
	}
	return 0
}

// property tells whether the place of an error lies in what YAML takes for an
// anchor, an alias or a tag at the start of a value, and where that starts.
func (s *source) property(at int) (start int, what string) {
	start = strings.LastIndexAny(s.text[:at], " \t\n[{,") + 1
	if start >= len(s.text) {
		return 0, ""
	}
	before := s.text[strings.LastIndexByte(s.text[:start], '\n')+1 : start]
	before = strings.TrimRight(before, " \t")
	if before != "" && !strings.ContainsAny(before[len(before)-1:], ":-[{,") {
		return 0, ""
	}
	return start, properties[s.text[start]]
}

// upTo gives the offset behind the first n lines.
func (s *source) upTo(n int) int {
	if n >= len(s.starts) {
		return len(s.text)
	}
	return s.starts[n]
}

// search gives a number n behind good, at most bad, such that n-1 is fine and
// n is not, where good is known to be fine and bad is not.
func search(good, bad int, fine func(int) bool) int {
	for bad-good > 1 {
		if middle := int(uint(good+bad) >> 1); fine(middle) {
			good = middle
		} else {
			bad = middle
		}
	}
	return bad
}
