package importer

import (
	"strings"

	"rectify/site/model"
)

// What the importer knows of words, for others who read what clerks write.

// StatusOf reads words that are a status and nothing else: 已整改到位.
func StatusOf(words string) (model.StatusCode, bool) { return statusOf(words) }

// DeadlineOf reads the words of a deadline: 2025年6月底前，并长期坚持. Printed is the
// words. A date without a year stays without one.
func DeadlineOf(words string) (model.Deadline, bool) { return deadlineOf(words, "时限", nil) }

// MeasureOf takes one measure apart: label, lead sentence, text.
func MeasureOf(text string) model.Measure {
	var m model.Measure
	text = strings.TrimSpace(text)
	if mark, ok := parseMark(text); ok && mark.class > cnDun {
		m.Label, text = strings.TrimSpace(text[:mark.size]), strings.TrimSpace(text[mark.size:])
		if at := leadSentence(text); at > 0 && at < len(text) {
			m.Title, text = strings.TrimSpace(text[:at]), strings.TrimSpace(text[at:])
		}
	}
	m.Text = text
	return m
}

// NamesOf parts a list of units.
func NamesOf(text string) []string {
	var out []string
	for _, at := range names(text) {
		out = append(out, text[at.from:at.to])
	}
	return out
}

// NewID gives an issue its number, from words that tell it apart, the next free
// one where it is taken.
func NewID(taken func(model.IssueID) bool, words ...string) model.IssueID {
	p := newParser(&Document{}, Options{Taken: taken})
	return p.newID(words)
}
