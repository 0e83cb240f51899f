package export

import (
	"cmp"

	"rectify/site/model"
)

// issueRecord says all that the data say of an issue that is not withdrawn.
func (e *Exporter) issueRecord(report *model.Report, issue *model.Issue, trail []sectionRef) issueRecord {
	r := issueRecord{
		place: e.place(report, issue), Sections: listed(trail),
		Label: issue.Label, Lead: issue.Lead, Title: issue.Title, Heading: issue.Heading(),
		Finding: issue.Finding, Goal: issue.Goal, Measures: []measureRecord{}, Result: issue.Result,
		Status: e.status(issue.Status), Source: sourceOf(issue.Source), Updated: changed(report, issue),
	}
	for i, m := range issue.Measures {
		r.Measures = append(r.Measures, measureRecord{i + 1, m.Intro, m.Label, m.Title, m.Text})
	}
	if d := issue.Deadline; d != nil {
		r.Deadline = &deadlineRecord{d.Date, d.Kind, d.Printed}
	}
	if o := issue.Owners; o.Leader != "" || o.Supervisor != "" || len(o.LeadUnits)+len(o.CoUnits) > 0 {
		r.Owners = &ownersRecord{o.Leader, o.LeadUnits, o.CoUnits, o.Supervisor}
	}
	for _, v := range issue.Evidence {
		path := e.files["reports/"+string(report.ID)+"/files/"+v.File]
		r.Evidence = append(r.Evidence, evidenceRecord{v.Title, v.Kind, v.Date, v.Size, path, e.url(path)})
	}
	for _, f := range issue.FollowUps {
		r.FollowUps = append(r.FollowUps, followUpRecord{f.Due, f.Text, f.Measure})
	}
	if p := issue.Publicity; p != nil {
		r.Publicity = &publicityRecord{p.Start, p.End}
	}
	for _, c := range issue.Corrections {
		r.Corrections = append(r.Corrections, correctionRecord{c.On, c.What, c.From, c.To})
	}
	for _, c := range issue.History {
		r.History = append(r.History, changeRecord{c.On, c.What, c.From, c.To, c.Basis})
	}
	return r
}

func (e *Exporter) status(s model.Status) statusRecord {
	code := cmp.Or(s.Code, model.NotStated)
	return statusRecord{code, code.Word(e.portal.Language), s.Printed, s.AsOf, s.Basis}
}

func sourceOf(s model.SourceRef) *sourceRecord {
	if len(s.Paragraphs) == 0 {
		return nil
	}
	return &sourceRecord{s.Paragraphs}
}

// listed makes a list that JSON prints as [] where it is empty, and not as null.
func listed[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// changed is the newest day on which the data say that something about an issue
// changed, "" where they give no day. Promised and planned days are no changes.
func changed(report *model.Report, issue *model.Issue) model.Date {
	day := published(report)
	if issue.Withdrawn != nil {
		return max(day, issue.Withdrawn.On)
	}
	day = max(day, issue.Status.AsOf)
	for _, c := range issue.Corrections {
		day = max(day, c.On)
	}
	for _, c := range issue.History {
		day = max(day, c.On)
	}
	return day
}

// published is the day on which a report was published or, where the data do
// not say, the day that it speaks of.
func published(report *model.Report) model.Date {
	return cmp.Or(report.PublishedAt.Day(), report.SignedOn, report.AsOf)
}

// changedReport is the newest day on which something in a report changed.
func changedReport(report *model.Report) model.Date {
	day := max(published(report), report.AsOf)
	for _, issue := range report.Issues {
		day = max(day, changed(report, issue))
	}
	return day
}

// changedPortal is the newest day of the whole portal.
func (e *Exporter) changedPortal() model.Date {
	var day model.Date
	for _, report := range e.portal.Reports {
		day = max(day, changedReport(report))
	}
	return day
}
