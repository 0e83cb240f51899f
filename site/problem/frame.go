package problem

import (
	"strings"
	"unicode/utf8"

	"github.com/spf13/afero"
	"golang.org/x/text/width"
)

// Frame shows the line of a problem. Text is the line with control characters
// and broken bytes made visible, cut to a window around the place; Mark is a
// run of spaces and one caret which stands under the place in a terminal where
// Chinese characters are two cells wide.
type Frame struct {
	Text string `json:"text"`
	Mark string `json:"mark"`
}

// window is how many characters a frame shows before and after the place: a
// paragraph of a report is one line of a thousand characters.
const window = 36

// AddFrames reads each file named in the list once and gives every problem
// with a line its frame. A file that cannot be read leaves its problems
// without frames: the message stands on its own.
func (l List) AddFrames(fs afero.Fs) {
	lines := map[string][]string{}
	for i, p := range l {
		if p.Place.Line == 0 || p.Frame != nil {
			continue
		}
		text, read := lines[p.Place.File]
		if !read {
			if data, err := afero.ReadFile(fs, p.Place.File); err == nil {
				text = strings.Split(string(data), "\n")
			}
			lines[p.Place.File] = text
		}
		if p.Place.Line <= len(text) {
			frame := NewFrame(text[p.Place.Line-1], p.Place.Column)
			l[i].Frame = &frame
		}
	}
}

// NewFrame makes the frame of a line, without its end, with the mark under a
// column (from 1). AddFrames does it for files; a room calls it itself where
// the line holds what must not be printed, and masks that first.
func NewFrame(line string, column int) Frame {
	runes := visible(strings.TrimSuffix(line, "\r"))
	at := min(max(column-1, 0), len(runes))
	from, to := max(0, at-window), min(len(runes), at+window)
	var text, mark strings.Builder
	if from > 0 {
		text.WriteString("…")
		mark.WriteByte(' ')
	}
	for i, r := range runes[from:to] {
		text.WriteRune(r)
		if from+i < at {
			mark.WriteString(strings.Repeat(" ", cells(r)))
		}
	}
	if to < len(runes) {
		text.WriteString("…")
	}
	mark.WriteByte('^')
	return Frame{Text: text.String(), Mark: mark.String()}
}

// visible keeps the number of characters: a tab becomes one space, any other
// control character (which could drive a terminal) and a broken byte U+FFFD.
func visible(line string) []rune {
	out := make([]rune, 0, utf8.RuneCountInString(line))
	for _, r := range line {
		switch {
		case r == '\t':
			r = ' '
		case r < ' ', r >= 0x7f && r < 0xa0, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			r = utf8.RuneError
		}
		out = append(out, r)
	}
	return out
}

func cells(r rune) int {
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}
