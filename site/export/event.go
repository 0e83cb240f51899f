package export

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rectify/site/model"
	"rectify/site/page"
)

// eventKind is a kind of thing that the data know to have happened.
type eventKind string

const (
	reportPublished eventKind = "published"
	statusGiven     eventKind = "status"
	issueChanged    eventKind = "change"
	issueCorrected  eventKind = "correction"
	issueWithdrawn  eventKind = "withdrawn"
	releaseMade     eventKind = "release"
	issueReleased   eventKind = "released"
)

// event is something that happened. It is kept small: a portal of 100,000
// issues knows of many and tells the newest.
type event struct {
	kind   eventKind
	at     string // RFC 3339, always +08:00, so that it sorts as text
	on     model.Date
	report *model.Report
	issue  *model.Issue // nil where the event is the report's
	i      int          // index in the issue's list
	nth    int          // among its list's entries of the same day, from 0

	release *page.Release     // that told it, nil where the data do
	item    *page.ReleaseItem // the issue of which it told, nil where the event is the release's
}

// maxEvents is how many events a feed tells.
const maxEvents = 100

// maxLines is how many issues a status entry names.
const maxLines = 50

// hasEvents says whether a feed of these reports would have an entry.
func (e *Exporter) hasEvents(reports []*model.Report) bool {
	for _, report := range reports {
		for range eventsOf(report) {
			return true
		}
	}
	return false
}

// newest gives the newest events of reports; those of the same moment come in
// the order of the portal. id is as in feed.
func (e *Exporter) newest(id model.Slug, reports []*model.Report) []event {
	all := e.releasesOf(id)
	for _, report := range reports {
		all = append(all, eventsOf(report)...)
	}
	slices.SortStableFunc(all, func(a, b event) int { return strings.Compare(b.at, a.at) })
	return all[:latest(all)]
}

// eventsOf lists what is known to have happened to a report. Of a withdrawn
// issue only that is told.
func eventsOf(report *model.Report) []event {
	var all []event
	if report.PublishedAt != "" {
		all = append(all, event{kind: reportPublished, at: moment(report.PublishedAt), on: report.PublishedAt.Day(), report: report})
	}
	for _, day := range statusDays(report) {
		all = append(all, event{kind: statusGiven, at: midnight(day), on: day, report: report})
	}
	for _, issue := range report.Issues {
		if w := issue.Withdrawn; w != nil {
			all = append(all, event{kind: issueWithdrawn, at: midnight(w.On), on: w.On, report: report, issue: issue})
			continue
		}
		for i, c := range issue.Corrections {
			nth := 0
			for _, before := range issue.Corrections[:i] {
				nth += same(before.On, c.On)
			}
			all = append(all, event{kind: issueCorrected, at: midnight(c.On), on: c.On, report: report, issue: issue, i: i, nth: nth})
		}
		for i, c := range issue.History {
			nth := 0
			for _, before := range issue.History[:i] {
				nth += same(before.On, c.On)
			}
			all = append(all, event{kind: issueChanged, at: midnight(c.On), on: c.On, report: report, issue: issue, i: i, nth: nth})
		}
	}
	return all
}

// same counts two days as one where they are the same.
func same(a, b model.Date) int {
	if a == b {
		return 1
	}
	return 0
}

// statusDays are the days, newest first, as of which issues have a status that
// was not yet known when the report was published.
func statusDays(report *model.Report) []model.Date {
	var days []model.Date
	for _, issue := range report.Issues {
		if isStatusNews(report, issue) && !slices.Contains(days, issue.Status.AsOf) {
			days = append(days, issue.Status.AsOf)
		}
	}
	slices.Sort(days)
	slices.Reverse(days)
	return days
}

// isStatusNews says whether the status of an issue is told by an entry about
// statuses. One that an entry of the issue's history tells is not.
func isStatusNews(report *model.Report, issue *model.Issue) bool {
	s := issue.Status
	if issue.Withdrawn != nil || s.Code == model.NotStated || s.AsOf <= published(report) {
		return false
	}
	return !slices.ContainsFunc(issue.History, func(c model.Change) bool {
		return c.On == s.AsOf && c.To != "" && (c.To == s.Printed || c.To == s.Code.Word(model.SimplifiedChinese))
	})
}

// entry is an event in words, ready for a feed.
type entry struct {
	id, at, title, text, path, author string
	kind                              eventKind
	word                              string // what the kind is called
}

func (e *Exporter) entry(ev event) entry {
	if ev.release != nil {
		return e.releaseEntry(ev)
	}
	facts := []string{ev.report.Unit, string(ev.report.ID), string(ev.kind), string(ev.on), strconv.Itoa(ev.nth)}
	out := entry{
		at: ev.at, kind: ev.kind, word: e.words.events[ev.kind], path: reportPath(ev.report.ID),
		author: cmp.Or(ev.report.Issuer, ev.report.Unit),
	}
	if ev.issue != nil {
		facts = append(facts, ev.issue.ID.String())
		out.path = issuePath(ev.issue.ID)
		out.title = out.word + e.words.colon + ev.issue.Title
	}
	switch ev.kind {
	case reportPublished:
		facts[3] = "" // there is one, and its time may be put right
		out.title = ev.report.Title
		// No totals: they are today's, and the entry speaks of its day.
		out.text = spaced(ev.report.Unit, ev.report.Inspection.Round, ev.report.Inspection.Kind)
	case statusGiven:
		out.title = out.word + e.words.colon + fmt.Sprintf(e.words.status, ev.on, ev.report.Title)
		out.text = e.statusLines(ev.report, ev.on)
	case issueChanged:
		c := ev.issue.History[ev.i]
		out.text = e.words.change(c.What, c.From, c.To, c.Basis)
	case issueCorrected:
		c := ev.issue.Corrections[ev.i]
		out.text = e.words.change(c.What, c.From, c.To, "")
	case issueWithdrawn:
		out.title = out.word + e.words.colon + ev.issue.ID.String() // its title is withdrawn too
		out.text = ev.issue.Withdrawn.Why
	}
	out.id = "urn:uuid:" + identity(facts...)
	return out
}

// statusLines names the issues that have a status as of a day.
func (e *Exporter) statusLines(report *model.Report, day model.Date) string {
	var lines []string
	more := 0
	for _, issue := range report.Issues {
		switch {
		case !isStatusNews(report, issue) || issue.Status.AsOf != day:
		case len(lines) == maxLines:
			more++
		default:
			s := e.status(issue.Status)
			lines = append(lines, issue.Title+e.words.colon+cmp.Or(s.Printed, s.Word))
		}
	}
	if more > 0 {
		lines = append(lines, fmt.Sprintf(e.words.more, more))
	}
	return strings.Join(lines, "\n")
}
