package check

import (
	"strings"
	"unicode"

	"rectify/site/model"
	"rectify/site/problem"
)

// fidelity holds what an issue says against the paragraphs of the source that
// it names. The portal tells its readers that the words are the source's, so a
// slipped digit or a reference to the wrong paragraph must not pass in silence.
// White space does not count. An issue with a correction departs from the
// source on purpose, and one that names no paragraph makes no such promise.
func fidelity(s *subject) problem.List {
	var found problem.List
	for _, report := range s.public.Reports {
		if len(report.Paragraphs) == 0 {
			continue
		}
		for _, issue := range report.Issues {
			if len(issue.Source.Paragraphs) > 0 && len(issue.Corrections) == 0 {
				found = append(found, unfaithful(report, issue)...)
			}
		}
		whole := squeeze(strings.Join(report.Paragraphs, "\n"))
		for i := range report.Declared {
			if d := &report.Declared[i]; !strings.Contains(whole, squeeze(d.Quote)) {
				found = append(found, problem.New(problem.NotInSource, d.At("quote"), shorten(d.Quote)))
			}
		}
	}
	return found
}

func unfaithful(report *model.Report, issue *model.Issue) problem.List {
	var cited strings.Builder
	for _, n := range issue.Source.Paragraphs {
		if n >= 1 && n <= len(report.Paragraphs) {
			cited.WriteString(squeeze(report.Paragraphs[n-1]))
		}
	}
	var found problem.List
	look := func(where *model.Where, key, text string) {
		for line := range strings.Lines(text) {
			if line = strings.TrimSpace(line); line != "" && !strings.Contains(cited.String(), squeeze(line)) {
				found = append(found, problem.New(problem.NotInSource, where.At(key), shorten(line)))
				return
			}
		}
	}
	look(&issue.Where, "title", issue.Title)
	for i := range issue.Measures {
		m := &issue.Measures[i]
		look(&m.Where, "intro", m.Intro)
		look(&m.Where, "label", m.Label)
		look(&m.Where, "title", m.Title)
		look(&m.Where, "text", m.Text)
	}
	for i := range issue.FollowUps {
		look(&issue.FollowUps[i].Where, "text", issue.FollowUps[i].Text)
	}
	return found
}

func squeeze(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

// shorten gives the beginning of a text that is named in a message.
func shorten(text string) string {
	const most = 20
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
