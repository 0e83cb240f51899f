package audit

import (
	"bytes"
	"errors"

	"rectify/site/problem"
)

// css reads a style sheet for what it loads, and for braces, comments and
// strings that do not end: a browser drops what follows without a word.
func (s *scan) css() {
	s.utf8(problem.NotWellFormed)
	depth, outer := 0, 0
	for i := 0; i < len(s.data); {
		rest := s.data[i:]
		switch c := rest[0]; {
		case bytes.HasPrefix(rest, []byte("/*")):
			end := bytes.Index(rest[2:], []byte("*/"))
			if end < 0 {
				s.report(problem.NotWellFormed, i, "a comment is not closed")
				return
			}
			i += 2 + end + 2
		case c == '"' || c == '\'':
			_, n, err := cssString(rest)
			if err != nil {
				s.report(problem.NotWellFormed, i, err.Error())
				return
			}
			i += n
		case c == '\\':
			i += 2
		case c == '{':
			if depth++; depth == 1 {
				outer = i
			}
			i++
		case c == '}':
			if depth--; depth < 0 {
				s.report(problem.NotWellFormed, i, "} closes nothing")
				return
			}
			i++
		case c == '@':
			i += s.cssRule(rest, i)
		case hasFold(rest, "url(") && (i == 0 || !nameByte(s.data[i-1])):
			address, n, err := cssURL(rest)
			if err != nil {
				s.report(problem.NotWellFormed, i, err.Error())
				return
			}
			s.link(address, i, loadImage)
			i += n
		default:
			i++
		}
	}
	if depth > 0 {
		s.report(problem.NotWellFormed, outer, "{ is not closed")
	}
}

// cssRule looks at the name of an at-rule and tells how far it read.
func (s *scan) cssRule(rest []byte, at int) int {
	switch {
	case hasFold(rest, "@font-face"):
		s.report(problem.InlineCode, at, "@font-face") // no font-src
		return len("@font-face")
	case hasFold(rest, "@import"):
		n := len("@import")
		for n < len(rest) && rest[n] <= ' ' {
			n++
		}
		if n == len(rest) || rest[n] != '"' && rest[n] != '\'' {
			return n // @import url(…) is read like any url()
		}
		address, m, err := cssString(rest[n:])
		if err != nil {
			return n // reported when the string is read
		}
		s.link(address, at, load)
		return n + m
	}
	return 1
}

var errOpenString = errors.New("a string is not closed")

// cssString reads a string with its quotes and tells how long it is.
func cssString(rest []byte) (text []byte, n int, err error) {
	for i := 1; i < len(rest); i++ {
		switch rest[i] {
		case rest[0]:
			return cssText(rest[1:i]), i + 1, nil
		case '\\':
			i++
		case '\n':
			return nil, 0, errOpenString
		}
	}
	return nil, 0, errOpenString
}

// cssURL reads url(…) with or without quotes.
func cssURL(rest []byte) (address []byte, n int, err error) {
	n = len("url(")
	for n < len(rest) && rest[n] <= ' ' {
		n++
	}
	if n < len(rest) && (rest[n] == '"' || rest[n] == '\'') {
		text, m, err := cssString(rest[n:])
		return text, n + m, err
	}
	end := bytes.IndexByte(rest[n:], ')')
	if end < 0 {
		return nil, 0, errors.New("url( is not closed")
	}
	return cssText(bytes.TrimSpace(rest[n : n+end])), n + end + 1, nil
}

// cssText takes out backslashes. Escapes by number are left wrong: nobody
// writes an address with them, and it would be reported as broken.
func cssText(text []byte) []byte {
	if bytes.IndexByte(text, '\\') < 0 {
		return text
	}
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+1 < len(text) {
			i++
		}
		out = append(out, text[i])
	}
	return out
}

func hasFold(text []byte, lower string) bool {
	return len(text) >= len(lower) && bytes.EqualFold(text[:len(lower)], []byte(lower))
}

func nameByte(c byte) bool {
	return c == '-' || c == '_' || c >= 0x80 || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}
