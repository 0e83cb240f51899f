package export

import (
	"cmp"
	"slices"
	"strings"

	"rectify/site/model"
	"rectify/site/page"
)

// maxTold is how many issues of the newest release a feed tells of, whatever
// maxEvents says; releases/<id>.changes.json has all of a larger one.
const maxTold = 500

// releasesOf lists what releases told: of each that it was made, and each issue
// that it changed. id names a report; its feed has the issues of that report.
func (e *Exporter) releasesOf(id model.Slug) (all []event) {
	if e.book == nil {
		return nil // a catalogue is made before the pages
	}
	told := e.book.Releases()
	for i := range told {
		r := &told[i]
		if id == "" {
			all = append(all, event{kind: releaseMade, at: moment(r.Time), on: r.Time.Day(), release: r})
		}
		for j := range r.Changes.Issues {
			item := &r.Changes.Issues[j]
			if id == "" || item.Report == id {
				all = append(all, event{kind: issueReleased, at: moment(r.Time), on: r.Time.Day(), release: r, item: item})
			}
		}
	}
	return all
}

// latest is how many of the newest events a feed tells: maxEvents, or those of
// the newest release where it alone has more.
func latest(all []event) int {
	i := slices.IndexFunc(all, func(ev event) bool { return ev.release != nil })
	n := i
	for n >= 0 && n < len(all) && all[n].at == all[i].at {
		n++
	}
	return min(max(maxEvents, min(n, maxTold)), len(all))
}

// releaseEntry is a release, or an issue that it changed, in words.
func (e *Exporter) releaseEntry(ev event) entry {
	r := ev.release
	out := entry{
		at: ev.at, kind: ev.kind, word: e.words.events[ev.kind], author: e.portal.Unit, path: releasePath(r.ID),
		title: e.book.ReleaseTitle(r.ID), text: r.Changes.Summary,
	}
	facts := []string{e.portal.Unit, string(ev.kind), r.ID}
	if item := ev.item; item != nil {
		facts = append(facts, item.Issue.String())
		title := cmp.Or(item.Title, item.Issue.String()) // that of a withdrawn one is withdrawn too
		out.text = cmp.Or(e.changeLines(item.Changes), out.title)
		out.title = item.Word + e.words.colon + title
		if e.issues[item.Issue] {
			out.path = issuePath(item.Issue)
		}
	}
	out.id = "urn:uuid:" + identity(facts...)
	return out
}

// changeLines says changes in a line each: of texts what went and what came.
func (e *Exporter) changeLines(changes []page.ChangeText) string {
	var lines []string
	for _, c := range changes {
		line := c.Label
		if text := e.runs(c.Runs); text != "" {
			line += e.words.colon + text
		}
		if c.Note != "" {
			line += e.words.note[0] + c.Note + e.words.note[1]
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func (e *Exporter) runs(runs []page.TextRun) string {
	var parts []string
	for i := 0; i < len(runs); i++ {
		r := runs[i]
		switch {
		case r.Op == "removed" && i+1 < len(runs) && runs[i+1].Op == "added":
			parts = append(parts, r.Text+e.words.arrow+runs[i+1].Text)
			i++
		case r.Op == "removed":
			parts = append(parts, e.words.gone+r.Text)
		case r.Op == "added", r.Op == "same" && len(runs) == 1:
			parts = append(parts, r.Text)
		}
	}
	return strings.Join(parts, e.words.semicolon)
}
