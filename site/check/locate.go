package check

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/afero"

	"rectify/site/model"
	"rectify/site/problem"
)

// files are the files of the portal, read when a place in one of them is
// wanted: the model knows where a value starts, but a value may be a paragraph
// of a thousand characters.
type files struct {
	fs     afero.Fs
	mu     sync.Mutex
	opened map[string]*lines
}

// lines is the text of a file as load sees it, with the offsets at which its
// lines start. It is empty where the file cannot be read.
type lines struct {
	text       string
	starts     []int
	paragraphs []int // offsets of the paragraphs
}

func (f *files) lines(name string) *lines {
	f.mu.Lock()
	defer f.mu.Unlock()
	if l := f.opened[name]; l != nil {
		return l
	}
	l := &lines{}
	f.opened[name] = l
	if f.fs == nil {
		return l
	}
	data, err := afero.ReadFile(f.fs, name)
	if err != nil {
		return l
	}
	l.text = strings.ReplaceAll(strings.TrimPrefix(string(data), "\ufeff"), "\r\n", "\n")
	at := 0
	for line := range strings.Lines(l.text) {
		l.starts = append(l.starts, at)
		if rest := strings.TrimLeftFunc(line, unicode.IsSpace); rest != "" {
			l.paragraphs = append(l.paragraphs, at+len(line)-len(rest))
		}
		at += len(line)
	}
	return l
}

// offset is the inverse of place; ok is false for what is not in the text.
func (l *lines) offset(at problem.Place) (offset int, ok bool) {
	if at.Line < 1 || at.Line > len(l.starts) {
		return 0, false
	}
	offset = l.starts[at.Line-1]
	for range at.Column - 1 {
		_, size := utf8.DecodeRuneInString(l.text[offset:])
		offset += size
	}
	return offset, true
}

func (l *lines) place(file string, offset int) problem.Place {
	line, found := slices.BinarySearch(l.starts, offset)
	if found {
		line++
	}
	column := utf8.RuneCountInString(l.text[l.starts[line-1]:offset]) + 1
	return problem.Place{File: file, Line: line, Column: column}
}

// line gives a line, counted from 1, without its end.
func (l *lines) line(n int) (text string, ok bool) {
	if n < 1 || n > len(l.starts) {
		return "", false
	}
	text, _, _ = strings.Cut(l.text[l.starts[n-1]:], "\n")
	return text, true
}

// locate gives the place of a passage raw that stands at an offset in a value.
// It looks for the passage in the file, from the start of the value on; where
// it is not found (a quoted or folded text may be written in another way) the
// place is that of the value.
func (s *subject) locate(v value, offset int, raw string) problem.Place {
	start := s.start(v)
	file := s.files.lines(start.File)
	from, ok := file.offset(start)
	if !ok {
		return start
	}
	// A text that is written with escapes or folded is longer in the file.
	text := file.text[from:]
	if v.origin() != proseLine {
		text = text[:min(len(text), 6*len(v.text)+4096)]
	}
	// A mark alone stands in many places; what stands before it tells which.
	begin := offset
	for range 8 {
		r, size := utf8.DecodeLastRuneInString(v.text[:begin])
		if r == '\n' {
			break
		}
		begin -= size
	}
	before := v.text[begin:offset]
	for _, context := range []string{before, ""} {
		passage := context + raw
		skip := 0
		if v.origin() != proseLine {
			skip = strings.Count(v.text[:offset-len(context)], passage)
		}
		if at := nth(text, passage, skip); at >= 0 {
			return file.place(start.File, from+at+len(context))
		}
	}
	return start
}

// start is the place where a value or a paragraph starts.
func (s *subject) start(v value) problem.Place {
	switch v.origin() {
	case proseLine:
		return v.where.At(v.key)
	case paragraph:
		file := s.files.lines(v.file)
		if v.index > len(file.paragraphs) {
			return problem.Place{File: v.file}
		}
		return file.place(v.file, file.paragraphs[v.index-1])
	}
	return v.where.AtEntry(v.key, v.index)
}

// nth gives the offset of an occurrence behind skip others, or -1.
func nth(text, passage string, skip int) int {
	base := 0
	for {
		at := strings.Index(text[base:], passage)
		switch {
		case at < 0:
			return -1
		case skip == 0:
			return base + at
		}
		base += at + len(passage)
		skip--
	}
}

// mask sees to it that no problem shows the personal data that were found:
// messages go into logs and over shoulders. Numbers that other messages quote
// are masked, and every problem of a file that holds some gets its frame here.
// Where the file cannot be read, nobody shall show its line.
func (s *subject) mask(list problem.List) {
	holds := map[string]bool{}
	for _, p := range list {
		if isPersonal(p.Code) {
			holds[p.Place.File] = true
		}
		for i := range p.Args {
			p.Args[i] = s.maskLine(p.Args[i])
		}
	}
	var shown problem.Place // the line that was masked last
	var safe string
	for i := range list {
		p := &list[i]
		if !holds[p.Place.File] || p.Place.Line == 0 {
			continue
		}
		line, ok := s.files.lines(p.Place.File).line(p.Place.Line)
		if !ok {
			p.Place.Line, p.Place.Column = 0, 0
			continue
		}
		if at := (problem.Place{File: p.Place.File, Line: p.Place.Line}); at != shown {
			shown, safe = at, s.maskLine(line)
		}
		frame := problem.NewFrame(safe, p.Place.Column)
		p.Frame = &frame
	}
}

func isPersonal(code problem.Code) bool {
	switch code {
	case problem.IDNumber, problem.OldIDNumber, problem.MobileNumber, problem.BankCard, problem.EmailAddress:
		return true
	}
	return false
}

// maskLine puts stars into the numbers and addresses of a line and keeps the
// count of its characters.
func (s *subject) maskLine(line string) string {
	c := scanner{known: s.known, masking: true}
	c.scan(value{text: line, where: &model.Where{}}, true, false, false)
	var b strings.Builder
	from := 0
	for _, h := range c.hits {
		if !isPersonal(h.code) || h.offset < from {
			continue
		}
		b.WriteString(line[from:h.offset])
		b.WriteString(stars(h.raw, h.code == problem.EmailAddress))
		from = h.offset + len(h.raw)
	}
	return b.String() + line[from:]
}

// stars keeps the first characters of a passage and, of a number, the last two.
func stars(raw string, isAddress bool) string {
	runes := []rune(raw)
	from, to := 3, len(runes)-2
	if isAddress {
		to = slices.IndexFunc(runes, func(r rune) bool { return r == '@' || r == '\uff20' })
		from = min(2, to-1)
	}
	for i := from; i < to; i++ {
		switch {
		case runes[i] >= '\uff10':
			runes[i] = '\uff0a'
		case runes[i] != ' ' && runes[i] != '-':
			runes[i] = '*'
		}
	}
	return string(runes)
}
