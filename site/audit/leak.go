package audit

import (
	"archive/zip"
	"bytes"
	"html"
	"io"
	"iter"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"rectify/site/problem"
)

// window is how many characters in a row make a text recognisable. Only
// letters and digits count, so that line ends, punctuation that differs and
// mark-up between words hide nothing.
const window = 12

// secrets are the hashes of all windows of private texts that no public text
// has. Nearly every window of a page is asked for in vain, so a bitmap that
// fits into the cache stands before the map.
type secrets struct {
	windows map[uint64]struct{}
	bits    []uint64
}

// newSecrets returns nil where nothing is private.
func newSecrets(private, public iter.Seq[string]) *secrets {
	if private == nil {
		return nil
	}
	s := &secrets{windows: map[uint64]struct{}{}}
	each := func(texts iter.Seq[string], do func(uint64)) {
		for text := range texts {
			var r roller
			for _, c := range text {
				if h, full := r.push(c, 0); full {
					do(h)
				}
			}
		}
	}
	each(private, func(h uint64) { s.windows[h] = struct{}{} })
	if public != nil && len(s.windows) > 0 {
		each(public, func(h uint64) { delete(s.windows, h) })
	}
	if len(s.windows) == 0 {
		return nil
	}
	size := 1 << 10
	for size < len(s.windows)/4 && size < 1<<20 {
		size <<= 1
	}
	s.bits = make([]uint64, size)
	for h := range s.windows {
		i, bit := s.bit(h)
		s.bits[i] |= bit
	}
	return s
}

func (s *secrets) bit(h uint64) (index int, bit uint64) {
	h ^= h >> 29 // low bits of a rolling product depend on low bits only
	h *= 0xbf58476d1ce4e5b9
	h >>= 32
	return int(h>>6) & (len(s.bits) - 1), 1 << (h & 63)
}

func (s *secrets) has(h uint64) bool {
	if i, bit := s.bit(h); s.bits[i]&bit == 0 {
		return false
	}
	_, ok := s.windows[h]
	return ok
}

// roller hashes the last characters that count, with the offset of each.
type roller struct {
	runes [window]rune
	at    [window]int
	n     int
	hash  uint64
}

const factor = 0x9e3779b97f4a7c15

// expired is factor to the power of window: the weight of the character that
// leaves.
var expired = func() uint64 {
	p := uint64(1)
	for range window {
		p *= factor
	}
	return p
}()

// push adds a character unless it does not count; full tells that hash stands
// for a whole window which this character completed.
func (r *roller) push(c rune, at int) (h uint64, full bool) {
	c, ok := plain(c)
	if !ok {
		return 0, false
	}
	i := r.n % window
	r.hash = r.hash*factor + uint64(c) - uint64(r.runes[i])*expired
	r.runes[i], r.at[i] = c, at
	r.n++
	return r.hash, r.n >= window
}

// plain folds what the same text may be written with: capitals and full-width
// letters and digits.
func plain(c rune) (rune, bool) {
	switch {
	case 0x4e00 <= c && c <= 0x9fff, '0' <= c && c <= '9', 'a' <= c && c <= 'z':
		return c, true
	case 'A' <= c && c <= 'Z':
		return c + 'a' - 'A', true
	case c < utf8.RuneSelf:
		return 0, false
	case 0xff01 <= c && c <= 0xff5e:
		return plain(c - 0xfee0)
	case unicode.IsLetter(c), unicode.IsNumber(c):
		return unicode.ToLower(c), true
	}
	return 0, false
}

// leak looks for secrets in one file. The text of a page runs on through its
// tags; attributes are looked at each by itself.
type leak struct {
	*secrets
	roll  roller
	found []rune // the run of matching windows so far
	at    int
}

func (l *leak) on() bool { return l.secrets != nil }

func (l *leak) push(s *scan, c rune, at int) {
	h, full := l.roll.push(c, at)
	switch {
	case !full:
	case !l.has(h):
		l.flush(s)
	case l.found == nil:
		first := l.roll.n % window
		l.at = l.roll.at[first]
		l.found = append(append(l.found, l.roll.runes[first:]...), l.roll.runes[:first]...)
	default:
		l.found = append(l.found, l.roll.runes[(l.roll.n-1)%window])
	}
}

// flush reports the run that has ended.
func (l *leak) flush(s *scan) {
	if l.found != nil {
		s.report(problem.PrivateText, l.at, short(string(l.found)))
		l.found = nil
	}
}

// text goes on with the running text; all of it gets the offset of its token.
func (l *leak) text(s *scan, text []byte, at int) {
	for len(text) > 0 {
		c, n := utf8.DecodeRune(text)
		text = text[n:]
		l.push(s, c, at)
	}
}

func (l *leak) attribute(s *scan, value []byte, at int) {
	if len(value) < window {
		return
	}
	own := leak{secrets: l.secrets}
	own.text(s, value, at)
	own.flush(s)
}

// leaks looks through a file that is no page, before it is compressed for the
// way or inside its own compression.
func (s *scan) leaks(ext string) {
	l := &s.leak
	if !l.on() {
		return
	}
	switch ext {
	case ".json", ".js":
		s.escaped(s.data)
	case ".html", ".htm", ".xml", ".atom", ".rss", ".svg":
		l.text(s, []byte(html.UnescapeString(string(s.data))), nowhere)
	case ".csv", ".txt", ".ics", ".css", ".md":
		for at, c := range string(s.data) {
			l.push(s, c, at)
		}
	case ".xlsx", ".docx":
		s.workbook()
	}
	l.flush(s)
}

// escaped reads text with the escapes of JSON and JavaScript strings: \n is no
// n, and \u4e00 is a character.
func (s *scan) escaped(data []byte) {
	for i := 0; i < len(data); {
		c, n := utf8.DecodeRune(data[i:])
		at := i
		i += n
		if c == '\\' && i < len(data) {
			c, i = 0, i+1
			if data[i-1] == 'u' && i+4 <= len(data) {
				if v, err := strconv.ParseUint(string(data[i:i+4]), 16, 16); err == nil {
					c, i = rune(v), i+4
				}
			}
		}
		s.leak.push(s, c, at)
	}
}

var officeTag = regexp.MustCompile(`<[^>]*>`)

// workbook reads the parts of an Office file. Word cuts a sentence into many
// elements, so the tags between them are taken out.
func (s *scan) workbook() {
	const most = 256 << 20 // of one part; what we export is far smaller
	z, err := zip.NewReader(bytes.NewReader(s.data), int64(len(s.data)))
	if err != nil {
		return // evidence that is no workbook is not ours to judge
	}
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, ".xml") {
			continue
		}
		part, err := f.Open()
		if err != nil {
			continue
		}
		data, _ := io.ReadAll(io.LimitReader(part, most))
		_ = part.Close()
		s.leak.text(s, []byte(html.UnescapeString(string(officeTag.ReplaceAll(data, nil)))), nowhere)
		s.leak.flush(s)
	}
}
