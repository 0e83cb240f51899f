package export

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/emersion/go-ical"
)

var seeds = []string{
	"", "普通的文字。", "=1+1", "＝cmd|' /C calc'!A0", "-", "\t=1", "\r=1", "\r\n@", "a\r\nb\rc\nd", `"`, `""a,b`, ";", "a;b,c\\d\\n",
	"\uFEFF=1", strings.Repeat("承诺", 60), strings.Repeat("a", 75), strings.Repeat("𠮷", 19) + "b", "BEGIN:VEVENT\nEND:VCALENDAR", "\x00\x07", "\xff\xfe",
}

// FuzzCSV: whatever stands in a cell, a reader gets it back, and no cell is a
// formula.
func FuzzCSV(f *testing.F) {
	for _, s := range seeds {
		f.Add(s, "x")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		var out bytes.Buffer
		w := bufio.NewWriter(&out)
		for i, text := range []string{a, b, "end"} {
			writeCell(w, i, text)
		}
		_, _ = w.WriteString("\r\n")
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(&out).ReadAll()
		if err != nil || len(rows) != 1 || len(rows[0]) != 3 {
			t.Fatalf("%q, %q: %q %v", a, b, rows, err)
		}
		for i, text := range []string{a, b} {
			got := rows[0][i]
			if got != "" && strings.ContainsRune(formulaStarts, first(got)) {
				t.Errorf("%q may be a formula", got)
			}
			text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
			if got != text && got != "'"+text {
				t.Errorf("got %q, want %q", got, text)
			}
		}
	})
}

// FuzzCalendarText: whatever stands in a text, its lines are short, it cannot
// end its own line, and a parser gets it back.
func FuzzCalendarText(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		folded := fold("SUMMARY:" + escapeText(text))
		for line := range strings.Lines(folded) {
			line, ok := strings.CutSuffix(line, "\r\n")
			if !ok || len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") {
				t.Fatalf("%d octets: %q", len(line), line)
			}
		}
		wrapped := "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n" + folded + "END:VEVENT\r\nEND:VCALENDAR\r\n"
		calendar, err := ical.NewDecoder(strings.NewReader(wrapped)).Decode()
		if err != nil {
			t.Fatalf("%q: %v", folded, err)
		}
		got, err := calendar.Events()[0].Props.Text(ical.PropSummary)
		if want := printable(text); err != nil || got != want {
			t.Errorf("got %q, want %q (%v)", got, want, err)
		}
	})
}

// printable is what of a text a calendar can hold.
func printable(text string) string {
	text = strings.ReplaceAll(strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\r\n", "\n"), "\r", "\n")
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, text)
}
