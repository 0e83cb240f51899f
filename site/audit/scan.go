package audit

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"rectify/site/problem"
)

// scan is the look at one file. It is reused, since a page would otherwise
// cost some 20 allocations of lists that are thrown away at once.
type scan struct {
	a    *Auditor
	file string
	data []byte
	out  problem.List
	cur  cursor

	// For the look across files.
	links   []link
	buf     []byte // the texts of links and ids
	ids     []id
	lacking []string // META tags
	group   string   // of the budget, "" if none
	weight  int      // bytes after gzip

	page page
	leak leak
}

// link leads to another file, or to an anchor in it.
type link struct {
	path, fragment span
	at             int
	own            bool
}

type span struct{ from, to int }

type id struct {
	hash uint64
	at   int // offset of the element, or named
	name span
}

// named stands for the offset of an old <a name>, which is an anchor like an
// id but may repeat one. It sorts behind all offsets.
const named = math.MaxInt

var scans = sync.Pool{New: func() any { return new(scan) }}

func (s *scan) start(a *Auditor, file string, data []byte) {
	*s = scan{
		a: a, file: file, data: data,
		links: s.links[:0], buf: s.buf[:0], ids: s.ids[:0], lacking: s.lacking[:0],
		page: s.page.fresh(), leak: leak{secrets: a.secrets},
	}
	s.cur = cursor{data: data, line: 1, column: 1}
}

// release gives the scan back, unless one large file made it hold much memory.
func (s *scan) release() {
	s.data, s.out, s.a = nil, nil, nil
	s.page.reader.Reset(nil)
	s.cur, s.leak = cursor{}, leak{}
	if cap(s.buf) < 1<<20 {
		scans.Put(s)
	}
}

func (s *scan) text(p span) []byte { return s.buf[p.from:p.to] }

func (s *scan) keep(b []byte) span {
	from := len(s.buf)
	s.buf = append(s.buf, b...)
	return span{from, len(s.buf)}
}

// nowhere is the offset of a problem that is the absence of something.
const nowhere = -1

func (s *scan) report(code problem.Code, at int, args ...string) {
	place := problem.Place{File: s.file}
	if at != nowhere {
		place.Line, place.Column = s.cur.place(at)
	}
	s.out = append(s.out, problem.New(code, place, args...))
}

// addID notes an anchor of the page.
func (s *scan) addID(name []byte, at int) {
	if len(name) > 0 {
		s.ids = append(s.ids, id{hash(name), at, s.keep(name)})
	}
}

// finishIDs sorts the ids, takes out repeated ones and reports these.
func (s *scan) finishIDs() {
	slices.SortFunc(s.ids, func(a, b id) int {
		return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.at, b.at))
	})
	kept := s.ids[:0]
	for i, d := range s.ids {
		switch {
		case i == 0 || d.hash != kept[len(kept)-1].hash:
			kept = append(kept, d)
		case d.at != named: // once for each id, at its second place
			s.report(problem.DuplicateAnchor, d.at, short(string(s.text(d.name))))
			for j := i + 1; j < len(s.ids) && s.ids[j].hash == d.hash; j++ {
				s.ids[j].at = named
			}
		}
	}
	s.ids = kept
}

// cursor turns offsets into lines and columns. Offsets mostly rise, so a page
// is counted through about once, whatever the number of problems.
type cursor struct {
	data         []byte
	at           int
	line, column int
}

func (c *cursor) place(offset int) (line, column int) {
	offset = min(max(offset, 0), len(c.data))
	if offset < c.at {
		c.at, c.line, c.column = 0, 1, 1
	}
	between := c.data[c.at:offset]
	if i := bytes.LastIndexByte(between, '\n'); i >= 0 {
		c.line += bytes.Count(between, []byte{'\n'})
		c.column = 1
		between = between[i+1:]
	}
	c.column += utf8.RuneCount(between)
	c.at = offset
	return c.line, c.column
}

// utf8 reports bytes that are no text.
func (s *scan) utf8(code problem.Code) {
	if utf8.Valid(s.data) {
		return
	}
	at := 0
	for at < len(s.data) {
		r, n := utf8.DecodeRune(s.data[at:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		at += n
	}
	s.report(code, at, "not UTF-8")
}

// markers looks for what a template engine leaves where it failed silently:
// Hugo's placeholder for a text without translation, and the word that
// html/template puts in place of a value it holds to be unsafe.
func (s *scan) markers() {
	const placeholder, escaped = "[i18n] ", "ZgotmplZ"
	var seen []string
	for at := 0; ; {
		i := bytes.Index(s.data[at:], []byte(placeholder))
		if i < 0 {
			break
		}
		at += i
		around := s.data[at:min(len(s.data), at+80)]
		if end := bytes.IndexAny(around[len(placeholder):], "<>\"'`&\n"); end >= 0 {
			around = around[:len(placeholder)+end]
		}
		if text := strings.TrimSpace(strings.ToValidUTF8(string(around), "")); !slices.Contains(seen, text) {
			seen = append(seen, text)
			s.report(problem.MissingTranslation, at, text)
		}
		at += len(placeholder)
	}
	if i := bytes.Index(s.data, []byte(escaped)); i >= 0 {
		s.report(problem.TemplateEscape, i)
	}
}

// short cuts what is shown in a message; a data: address can have megabytes.
func short(text string) string {
	const most = 120
	text = strings.ToValidUTF8(text, "\uFFFD")
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most]) + "…"
}
