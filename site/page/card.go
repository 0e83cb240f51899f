package page

import (
	"path"
	"strconv"
	"strings"

	"rectify/site/model"
)

func (b *Book) status(s model.Status) Status {
	return Status{
		Code: string(s.Code), Word: s.Code.Word(b.portal.Language),
		Printed: s.Printed, AsOf: string(s.AsOf), Basis: s.Basis,
	}
}

// followUp shows a promise of an issue on the page at path.
func (b *Book) followUp(path string, issue *model.Issue, f model.FollowUp) FollowUp {
	card := FollowUp{Due: string(f.Due), Text: f.Text, Passed: b.passed(f.Due), Clock: string(b.clock), Watch: b.watch(issue, f.Due)}
	if f.Measure > 0 {
		card.Measure = number(f.Measure)
		card.MeasureHref = "#measure-" + card.Measure
		if own := issuePath(issue.ID); own != path {
			card.MeasureHref = relative(path, own) + card.MeasureHref
		}
	}
	return card
}

// watch is the last day of a period whose outcome the data do not tell yet.
func (b *Book) watch(issue *model.Issue, p model.Period) string {
	switch {
	case b.clock == "", b.passed(p), issue.Status.Code == model.Done, issue.Status.Code == model.BasicallyDone:
		return ""
	}
	return string(p.End())
}

// passed says whether the last day of a period lies before the build's clock.
func (b *Book) passed(p model.Period) bool { return p != "" && p.End() < b.clock }

// issueCard shows an issue in a list that stands at path.
func (b *Book) issueCard(path string, l listed) IssueCard {
	issue := l.issue
	card := IssueCard{
		ID: issue.ID.String(), Text: b.title(issue),
		Href: relative(path, issuePath(issue.ID)), Section: l.section,
	}
	if issue.Withdrawn != nil {
		card.Withdrawn = string(issue.Withdrawn.On)
		return card
	}
	card.Text = issue.Label + card.Text
	if len(b.filter(byUnit).values) > 1 {
		card.Unit = l.unit
	}
	card.Status, card.Measures = b.status(issue.Status), number(len(issue.Measures))
	card.Owners = strings.Join(issue.Owners.LeadUnits, b.words.comma)
	if issue.Deadline != nil {
		card.Due = string(issue.Deadline.Date)
	}
	if len(issue.FollowUps) > 0 {
		card.FollowUps = number(len(issue.FollowUps))
	}
	return card
}

// title is what an issue is called; that of a withdrawn one is withdrawn too.
func (b *Book) title(issue *model.Issue) string {
	if issue.Withdrawn != nil {
		return b.words.withdrawn + " " + issue.ID.String()
	}
	return issue.Title
}

// totals sets what the text declares beside what the data hold.
func (b *Book) totals(r *model.Report) Totals {
	t := r.Totals()
	var out Totals
	for depth, n := range t.Sections {
		out.Published = append(out.Published, Count{Label: b.words.sections[min(depth, len(b.words.sections)-1)], N: number(n)})
	}
	issues := len(out.Published)
	out.Published = append(
		out.Published,
		Count{Label: b.words.published, N: number(t.Issues)},
		Count{Label: b.words.measures, N: number(t.Measures)},
	)
	if t.Withdrawn > 0 {
		out.Published = append(out.Published, Count{Label: b.words.takenBack, N: number(t.Withdrawn)})
	}
	beside := map[model.Counted]*Count{model.CountIssues: &out.Published[issues], model.CountMeasures: &out.Published[issues+1]}
	if issues > 0 {
		beside[model.CountSections] = &out.Published[0]
	}
	for _, d := range r.Declared {
		declared := Declared{Label: d.Label, N: number(d.N), Unit: d.Unit, AsOf: string(d.AsOf)}
		if count := beside[d.Of]; count != nil {
			declared.Published = count.N
			if count.Declared == "" {
				count.Declared = strings.TrimSpace(declared.N + " " + d.Unit)
			}
		}
		last := len(out.Declared) - 1
		if last < 0 || out.Declared[last].Quote != d.Quote {
			out.Declared = append(out.Declared, DeclaredGroup{Quote: d.Quote})
			last++
		}
		out.Declared[last].Rows = append(out.Declared[last].Rows, declared)
	}
	out.Status, out.Bar = b.statusCounts(t.Status), bar(t.Status, total(t.Status))
	return out
}

// statusCounts shows how many issues have each status, in the order of codes.
func (b *Book) statusCounts(counts map[model.StatusCode]int) (out []StatusCount) {
	for _, code := range model.StatusCodes() {
		if n := counts[code]; n > 0 {
			status := Status{Code: string(code), Word: code.Word(b.portal.Language)}
			out = append(out, StatusCount{status, number(n)})
		}
	}
	return out
}

// fileType is what people call a kind of file: "PDF", "XLSX".
func fileType(name string) string { return strings.ToUpper(strings.TrimPrefix(path.Ext(name), ".")) }

// fileSize is a size in bytes as people read it, in units of 1000 bytes.
func fileSize(n int) string {
	switch {
	case n <= 0:
		return ""
	case n < 1000:
		return number(n) + " B"
	case n < 999_500:
		return number((n+500)/1000) + " KB"
	}
	return strconv.FormatFloat(float64(n)/1e6, 'f', 1, 64) + " MB"
}
