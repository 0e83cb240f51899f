package model

import "strings"

// Heading is the issue's heading as printed: “(2)针对“懒政怠政凸显”的问题。”.
// The usual form is put together from its fields; where the source prints
// another one, the field Printed holds it.
func (i *Issue) Heading() string {
	if i.Printed != "" {
		return i.Printed
	}
	return usualHeading(i.Label, i.Lead, i.Title, "。")
}

// Heading is the section's heading as printed, without its summary.
func (s *Section) Heading() string {
	switch {
	case s.Printed != "":
		return s.Printed
	case s.Summary != "":
		return usualHeading(s.Label, s.Lead, s.Title, ",")
	}
	return usualHeading(s.Label, s.Lead, s.Title, "。")
}

func usualHeading(label, lead, title, end string) string {
	if lead == "" {
		return label + title
	}
	return label + lead + "“" + title + "”的问题" + end
}

// Printed is the measure as printed: label, lead sentence and text.
func (m *Measure) Printed() string { return m.Label + m.Title + m.Text }

// Text puts the report together again from its data, paragraph by paragraph as
// the source prints it, without the source's furniture. Comparing it with
// Content proves that nothing was lost and nothing added.
func (r *Report) Text() []string {
	issues := make(map[IssueID]*Issue, len(r.Issues))
	for _, issue := range r.Issues {
		issues[issue.ID] = issue
	}
	var t text
	t.add(r.Title)
	t.add(r.TitleLines...)
	t.parts(r.Parts, func() { t.sections(r.Outline, issues) })
	t.add(r.SignedBy, r.SignedOn.Chinese())
	return t.lines
}

// Content is the source without its furniture and what was emptied.
func (r *Report) Content() []string {
	furniture := make(map[int]bool, len(r.Furniture))
	for _, n := range r.Furniture {
		furniture[n] = true
	}
	var out []string
	for i, paragraph := range r.Paragraphs {
		if _, emptied := r.Emptied[i+1]; !emptied && !furniture[i+1] {
			out = append(out, paragraph)
		}
	}
	return out
}

type text struct{ lines []string }

// add appends paragraphs; a value of several lines is several paragraphs.
func (t *text) add(values ...string) {
	for _, value := range values {
		for line := range strings.Lines(value) {
			if line = strings.TrimSuffix(line, "\n"); line != "" {
				t.lines = append(t.lines, line)
			}
		}
	}
}

func (t *text) parts(parts []Part, outline func()) {
	for _, part := range parts {
		t.add(part.Label+part.Title, part.Text)
		t.parts(part.Parts, outline)
		if part.Outline {
			outline()
		}
	}
}

func (t *text) sections(sections []Section, issues map[IssueID]*Issue) {
	for _, section := range sections {
		t.add(section.Heading() + section.Summary)
		for _, id := range section.Issues {
			if issue := issues[id]; issue != nil {
				t.add(issue.Heading(), issue.Finding, issue.Goal)
				for i := range issue.Measures {
					t.add(issue.Measures[i].Intro, issue.Measures[i].Printed())
				}
				t.add(issue.Result)
			}
		}
		t.sections(section.Sections, issues)
	}
}
