package importer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// foldRune gives the normal form of a character for comparing: half width,
// plain quotes and dashes. It is -1 for white space and invisible marks.
func foldRune(r rune) rune {
	if r < utf8.RuneSelf {
		if r <= ' ' || r == 0x7f {
			return -1
		}
		return r
	}
	if r >= 0x4e00 && r <= 0x9fff {
		return r
	}
	if isInvisible(r) || unicode.IsSpace(r) {
		return -1
	}
	switch r {
	case '“', '”', '„', '〝', '〞', '＂':
		return '"'
	case '‘', '’', '＇', '′':
		return '\''
	case '〔', '［', '【':
		return '('
	case '〕', '］', '】':
		return ')'
	case '–', '—', '－', '―', '─':
		return '-'
	case '·', '•', '・', '●', '∙':
		return '.'
	case '。', '．', '｡':
		return '.'
	case '、', '､':
		return ','
	}
	if p := width.LookupRune(r); p.Kind() == width.EastAsianFullwidth || p.Kind() == width.EastAsianHalfwidth {
		if f := p.Folded(); f != 0 {
			return f
		}
	}
	return r
}

// isInvisible tells the marks that show nothing and that copying brings along.
func isInvisible(r rune) bool {
	switch {
	case r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x2064:
		return true
	}
	return r == 0xfeff || r == 0x00ad || r == 0x180e
}

// fold gives the normal form of a text for comparing.
func fold(text string) string { return strings.Map(foldRune, text) }

// squeeze drops white space and invisible marks and keeps the rest as it is.
func squeeze(text string) string {
	return strings.Map(func(r rune) rune {
		if isInvisible(r) || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

// inkless tells a text in which nothing can be seen.
func inkless(text string) bool { return squeeze(text) == "" }

// length counts characters.
func length(text string) int { return utf8.RuneCountInString(text) }

// trimSpan gives the part of text[from:to] without the white space around it.
func trimSpan(text string, from, to int) (int, int) {
	part := text[from:to]
	left := len(part) - len(strings.TrimLeftFunc(part, unicode.IsSpace))
	part = strings.TrimSpace(part)
	return from + left, from + left + len(part)
}
