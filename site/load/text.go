package load

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"rectify/site/problem"
)

const byteOrderMark = "\ufeff"

// maxCharacters limits how many control characters of one file are reported:
// a file of another kind under a wrong name holds thousands.
const maxCharacters = 20

// source is the text of a file, with LF as line end, and its lines. One reader
// at a time may ask it for places.
type source struct {
	file   string
	text   string
	starts []int // of each line, in bytes
	last   cursor
}

// newSource makes text of the bytes of a file. A byte order mark and Windows
// line ends are taken away; ok is false where the rest is no text.
func newSource(file string, data []byte) (s *source, list problem.List, ok bool) {
	s = &source{file: file, text: string(data)}
	whole := problem.Place{File: file}
	if strings.HasPrefix(s.text, byteOrderMark) {
		s.text = s.text[len(byteOrderMark):]
		list = append(list, problem.New(problem.ByteOrderMark, whole))
	}
	if strings.Contains(s.text, "\r\n") {
		s.text = strings.ReplaceAll(s.text, "\r\n", "\n")
		list = append(list, problem.New(problem.WindowsLines, whole))
	}
	s.starts = append(s.starts, 0)
	for i := range len(s.text) {
		if s.text[i] == '\n' {
			s.starts = append(s.starts, i+1)
		}
	}
	wrong := 0
	for i, r := range s.text {
		if r == utf8.RuneError && !strings.HasPrefix(s.text[i:], "\ufffd") {
			return s, append(list, problem.New(problem.NotUTF8, s.place(i))), false
		}
		if isControl(r) {
			if wrong++; wrong <= maxCharacters {
				list = append(list, problem.New(problem.ControlCharacter, s.place(i), codePoint(r)))
			}
		}
	}
	return s, list, wrong == 0
}

// isControl tells the characters that no text needs and that YAML refuses, or
// takes for line ends where nobody else does.
func isControl(r rune) bool {
	switch r {
	case '\t', '\n':
		return false
	case 0x2028, 0x2029, 0xfffe, 0xffff:
		return true
	}
	return r < ' ' || r >= 0x7f && r <= 0x9f
}

func codePoint(r rune) string { return fmt.Sprintf("U+%04X", r) }

// cursor is a place in a text and its offset. Places are mostly asked for from
// front to back; counting on from the last one keeps a text without line ends
// from taking quadratic time.
type cursor struct{ line, column, offset int }

// place gives the line and column of an offset in bytes.
func (s *source) place(offset int) problem.Place {
	line, found := slices.BinarySearch(s.starts, offset)
	if found {
		line++
	}
	from := s.from(line)
	if from.offset > offset {
		from = cursor{line, 1, s.starts[line-1]}
	}
	column := from.column + utf8.RuneCountInString(s.text[from.offset:offset])
	s.last = cursor{line, column, offset}
	return problem.Place{File: s.file, Line: line, Column: column}
}

// offset is the inverse of place. A place behind the text is its end.
func (s *source) offset(line, column int) int {
	if line < 1 || line > len(s.starts) {
		return len(s.text)
	}
	at := s.from(line)
	if at.column > column {
		at = cursor{line, 1, s.starts[line-1]}
	}
	for ; at.column < column && at.offset < len(s.text); at.column++ {
		_, size := utf8.DecodeRuneInString(s.text[at.offset:])
		at.offset += size
	}
	s.last = at
	return at.offset
}

// from gives the last place if it is in the line, or the start of the line.
func (s *source) from(line int) cursor {
	if s.last.line == line {
		return s.last
	}
	return cursor{line, 1, s.starts[line-1]}
}

// line gives the text of a line, counted from 1, without its end.
func (s *source) line(n int) string {
	text, _, _ := strings.Cut(s.text[s.starts[n-1]:], "\n")
	return text
}

// first gives the offset of the first character of a line that is not blank.
func (s *source) first(n int) int {
	text := s.line(n)
	return s.starts[n-1] + len(text) - len(strings.TrimLeft(text, " \t"))
}

// paragraphs are the lines that are not empty, without the white space around
// them (which includes U+3000 and U+00A0).
func (s *source) paragraphs() []string {
	var out []string
	for line := range strings.Lines(s.text) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}
