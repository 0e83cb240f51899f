package page

import (
	"cmp"
	"iter"
	"strings"

	"rectify/site/model"
)

// event is something dated. Of an issue's lists it holds the index only.
type event struct {
	on     model.Date // its last day, by which it is sorted
	what   string
	report *model.Report // of an event of a report
	issue  *model.Issue  // of an event of an issue
	i      int
}

func (b *Book) event(on model.Date, what string, r *model.Report, issue *model.Issue, i int) {
	if on != "" {
		b.events = append(b.events, event{on, what, r, issue, i})
	}
}

func (b *Book) reportEvents(r *model.Report) {
	b.event(r.PublishedAt.Day(), "published", r, nil, 0)
	b.event(r.SignedOn, "signed", r, nil, 0)
	b.event(r.Inspection.FindingsOn, "findings", r, nil, 0)
	b.event(cmp.Or(r.Inspection.End, r.Inspection.Start), "inspection", r, nil, 0)
}

func (b *Book) issueEvents(issue *model.Issue) {
	if w := issue.Withdrawn; w != nil {
		b.event(w.On, "withdrawn", nil, issue, 0)
		return
	}
	if issue.Status.Code != model.NotStated {
		b.event(issue.Status.AsOf, "status", nil, issue, 0)
	}
	if d := issue.Deadline; d != nil {
		b.event(d.Date.End(), "deadline", nil, issue, 0)
	}
	if p := issue.Publicity; p != nil {
		b.event(p.End, "publicity", nil, issue, 0)
	}
	for i, c := range issue.Corrections {
		b.event(c.On, "correction", nil, issue, i)
	}
	for i, c := range issue.History {
		b.event(c.On, "history", nil, issue, i)
	}
	for i, f := range issue.FollowUps {
		b.event(f.Due.End(), "due", nil, issue, i)
	}
}

func (b *Book) showEvent(path string, e event) Event {
	out := Event{On: string(e.on), What: e.what}
	if r := e.report; r != nil {
		out.Of = Link{r.Title, relative(path, reportPath(r.ID))}
		if len(b.portal.Reports) == 1 {
			// Nobody wonders which: one link to it is enough.
			out.Of = Link{}
			if e.what == "published" {
				out.Of = Link{b.words.overview, relative(path, reportPath(r.ID))}
			}
		}
	} else {
		out.Of = Link{b.title(e.issue), relative(path, issuePath(e.issue.ID))}
	}
	switch e.what {
	case "inspection":
		in := e.report.Inspection
		out.Text = strings.Join(strings.Fields(in.Round+" "+in.Kind+" "+in.Team), " ")
		if in.Start != "" && in.End != "" {
			out.On, out.Until = string(in.Start), string(in.End)
		}
	case "findings":
		out.Text = e.report.Unit
	case "signed":
		out.Text = cmp.Or(e.report.SignedBy, e.report.Issuer)
	case "published":
		out.On, out.Text = string(e.report.PublishedAt), e.report.Source
	case "status":
		s := e.issue.Status
		out.Text, out.Basis = s.Code.Word(b.portal.Language), s.Basis
	case "deadline":
		d := e.issue.Deadline
		out.On, out.Text, out.Passed, out.Clock = string(d.Date), d.Printed, b.passed(d.Date), string(b.clock)
		out.Watch = b.watch(e.issue, d.Date)
	case "publicity":
		p := e.issue.Publicity
		out.On, out.Until = string(p.Start), string(p.End)
	case "withdrawn":
		out.Text = e.issue.Withdrawn.Why
	case "correction":
		c := e.issue.Corrections[e.i]
		out.Text, out.From, out.To = c.What, c.From, c.To
	case "history":
		c := e.issue.History[e.i]
		out.Text, out.From, out.To, out.Basis = c.What, c.From, c.To, c.Basis
	case "due":
		f := e.issue.FollowUps[e.i]
		out.On, out.Text, out.Passed, out.Clock = string(f.Due), f.Text, b.passed(f.Due), string(b.clock)
		out.Watch = b.watch(e.issue, f.Due)
	}
	return out
}

// timelinePages makes timeline.html, timeline-2.html … newest first.
func (b *Book) timelinePages() iter.Seq[Page] {
	return func(yield func(Page) bool) {
		count := pages(len(b.events))
		for n := 1; n <= count; n++ {
			path := numbered(timelineStem, n)
			p := Timeline{
				Frame: b.listFrame(LayoutTimeline, timelineStem, b.words.timeline, n),
				Pages: pagination(path, pagesOf(timelineStem), n, count),
			}
			p.AsOf = string(b.portal.NewestDay())
			for _, e := range onPage(b.events, n) {
				year := string(e.on[:4])
				if last := len(p.Years) - 1; last < 0 || p.Years[last].Year != year {
					p.Years = append(p.Years, TimelineYear{Year: year})
				}
				last := &p.Years[len(p.Years)-1]
				last.Events = append(last.Events, b.showEvent(path, e))
			}
			if !yield(Page{Path: path, Layout: LayoutTimeline, Data: p}) {
				return
			}
		}
	}
}

// listFrame is the frame of page n of a list right under home.
func (b *Book) listFrame(layout, stem, name string, n int) Frame {
	crumbs := b.fromHome()
	if n > 1 {
		crumbs = append(crumbs, Link{name, numbered(stem, 1)})
	}
	title := b.numberedTitle(name, n)
	return b.frame(numbered(stem, n), about{
		layout: layout, title: title, description: title + " " + b.portal.Name, meta: list, column: name, crumbs: crumbs,
	})
}
