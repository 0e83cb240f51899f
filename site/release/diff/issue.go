package diff

import (
	"strings"

	"rectify/site/model"
)

// changes lists what is different about an issue that is public on both sides.
func changes(was, now issueIn, before, after map[string]string) []Change {
	var list []Change
	list = append(list, status(was.Status, now.Status)...)
	list = append(list, deadline(was.Deadline, now.Deadline)...)
	for _, o := range []struct{ field, from, to string }{
		{"leader", was.Owners.Leader, now.Owners.Leader},
		{"lead_units", strings.Join(was.Owners.LeadUnits, "、"), strings.Join(now.Owners.LeadUnits, "、")},
		{"co_units", strings.Join(was.Owners.CoUnits, "、"), strings.Join(now.Owners.CoUnits, "、")},
		{"supervisor", was.Owners.Supervisor, now.Owners.Supervisor},
	} {
		if o.from != o.to {
			list = append(list, Change{Kind: OwnersChanged, Field: o.field, From: o.from, To: o.to})
		}
	}
	list = append(list, measures(was.Measures, now.Measures)...)
	list = append(list, promises(was.FollowUps, now.FollowUps)...)
	list = append(list, evidence(was, now, before, after)...)
	list = append(list, entries(was, now)...)
	for _, f := range []struct{ field, from, to string }{
		{"report", string(was.report.ID), string(now.report.ID)},
		{"section", was.section, now.section},
		{"label", was.Label, now.Label},
		{"lead", was.Lead, now.Lead},
		{"title", was.Title, now.Title},
		{"printed", was.Printed, now.Printed},
		{"finding", was.Finding, now.Finding},
		{"goal", was.Goal, now.Goal},
		{"result", was.Result, now.Result},
		{"publicity", publicity(was.Publicity), publicity(now.Publicity)},
	} {
		list = append(list, edited(FieldEdited, f.field, 0, f.from, f.to)...)
	}
	return rank(list)
}

// edited is the change of a text: its runs, or the text where it is all new or
// all gone.
func edited(kind ChangeKind, field string, n int, from, to string) []Change {
	switch {
	case from == to:
		return nil
	case from == "" || to == "":
		return []Change{{Kind: kind, Field: field, N: n, From: from, To: to}}
	}
	return []Change{{Kind: kind, Field: field, N: n, Runs: shorten(Text(from, to))}}
}

func status(was, now model.Status) []Change {
	if was.Code == now.Code && was.Printed == now.Printed && was.AsOf == now.AsOf && was.Basis == now.Basis {
		return nil
	}
	kind := StatusMoved
	if now.Code == model.Reopened && was.Code != model.Reopened {
		kind = WasReopened
	}
	return []Change{{
		Kind: kind, FromCode: string(was.Code), ToCode: string(now.Code),
		From: was.Printed, To: now.Printed, On: now.AsOf, Basis: now.Basis,
	}}
}

func deadline(was, now *model.Deadline) []Change {
	var a, b model.Deadline
	if was != nil {
		a = *was
	}
	if now != nil {
		b = *now
	}
	if a.Date == b.Date && a.Kind == b.Kind && a.Printed == b.Printed {
		return nil
	}
	return []Change{{
		Kind: DeadlineMoved, FromCode: string(a.Kind), ToCode: string(b.Kind),
		From: dated(a.Date, a.Printed), To: dated(b.Date, b.Printed),
	}}
}

// dated is a period, with the words as printed where they say it otherwise.
func dated(date model.Period, printed string) string {
	if printed == "" || printed == string(date) {
		return string(date)
	}
	return strings.TrimSpace(string(date) + " " + printed)
}

func publicity(p *model.Publicity) string {
	if p == nil {
		return ""
	}
	return string(p.Start) + " – " + string(p.End)
}

func measures(was, now []model.Measure) (list []Change) {
	same := func(a, b *model.Measure) bool {
		return a.Intro == b.Intro && a.Label == b.Label && a.Title == b.Title && a.Text == b.Text
	}
	for _, pair := range align(was, now, same) {
		i, j := pair[0], pair[1]
		switch {
		case i < 0:
			list = append(list, Change{Kind: MeasureAdded, N: j + 1, To: told(&now[j])})
		case j < 0:
			list = append(list, Change{Kind: MeasureRemoved, N: i + 1, From: told(&was[i])})
		case told(&was[i]) != told(&now[j]):
			list = append(list, Change{Kind: MeasureEdited, N: j + 1, Runs: shorten(Text(told(&was[i]), told(&now[j])))})
		case !same(&was[i], &now[j]):
			// The same words in other fields: what is shown as the lead
			// sentence is another.
			list = append(list, edited(MeasureEdited, "title", j+1, was[i].Label+"|"+was[i].Title, now[j].Label+"|"+now[j].Title)...)
		}
	}
	return list
}

func promises(was, now []model.FollowUp) (list []Change) {
	words := func(f *model.FollowUp) string { return dated(f.Due, f.Text) }
	same := func(a, b *model.FollowUp) bool { return words(a) == words(b) && a.Measure == b.Measure }
	for _, pair := range align(was, now, same) {
		i, j := pair[0], pair[1]
		switch {
		case i < 0:
			list = append(list, Change{Kind: PromiseAdded, N: now[j].Measure, To: words(&now[j])})
		case j < 0:
			list = append(list, Change{Kind: PromiseRemoved, N: was[i].Measure, From: words(&was[i])})
		case !same(&was[i], &now[j]):
			list = append(list, Change{Kind: PromiseEdited, N: now[j].Measure, Runs: shorten(Text(words(&was[i]), words(&now[j])))})
		}
	}
	return list
}

// evidence pairs files by name. A file of the same name with other bytes was
// exchanged, which the reader has to know.
func evidence(was, now issueIn, before, after map[string]string) (list []Change) {
	words := func(e *model.Evidence) string {
		return strings.Join(strings.Fields(e.Title+" "+e.Kind+" "+string(e.Date)), " ")
	}
	old := map[string]*model.Evidence{}
	for i := range was.Evidence {
		old[was.Evidence[i].File] = &was.Evidence[i]
	}
	for i := range now.Evidence {
		e := &now.Evidence[i]
		o, known := old[e.File]
		delete(old, e.File)
		switch {
		case !known:
			list = append(list, Change{Kind: EvidenceAdded, To: words(e)})
		case before[string(was.report.ID)+"/"+e.File] != after[string(now.report.ID)+"/"+e.File]:
			list = append(list, Change{Kind: EvidenceEdited, Field: "file", From: words(o), To: words(e)})
		case words(o) != words(e):
			list = append(list, Change{Kind: EvidenceEdited, From: words(o), To: words(e)})
		}
	}
	for i := range was.Evidence {
		if e := &was.Evidence[i]; old[e.File] != nil {
			list = append(list, Change{Kind: EvidenceGone, From: words(e)})
		}
	}
	return list
}

// entries are new corrections and entries of the history; that an old one is
// not there any more, or reads otherwise, is a change of text.
func entries(was, now issueIn) (list []Change) {
	type entry struct {
		on                    model.Date
		what, from, to, basis string
	}
	text := func(e entry) string {
		return strings.Join(strings.Fields(string(e.on)+" "+e.what+" "+e.from+" "+e.to+" "+e.basis), " ")
	}
	compare := func(kind ChangeKind, field string, was, now []entry) {
		for _, pair := range align(was, now, func(a, b *entry) bool { return *a == *b }) {
			i, j := pair[0], pair[1]
			switch {
			case i < 0:
				e := now[j]
				list = append(list, Change{Kind: kind, On: e.on, What: e.what, From: e.from, To: e.to, Basis: e.basis})
			case j < 0:
				list = append(list, Change{Kind: FieldEdited, Field: field, From: text(was[i])})
			default:
				list = append(list, edited(FieldEdited, field, 0, text(was[i]), text(now[j]))...)
			}
		}
	}
	corrections := func(i issueIn) (out []entry) {
		for _, c := range i.Corrections {
			out = append(out, entry{on: c.On, what: c.What, from: c.From, to: c.To})
		}
		return out
	}
	history := func(i issueIn) (out []entry) {
		for _, c := range i.History {
			out = append(out, entry{c.On, c.What, c.From, c.To, c.Basis})
		}
		return out
	}
	compare(Corrected, "corrections", corrections(was), corrections(now))
	compare(Noted, "history", history(was), history(now))
	return list
}

// told is a measure as printed, behind the words that introduce it.
func told(m *model.Measure) string {
	if m.Intro == "" {
		return m.Printed()
	}
	return m.Intro + "\n" + m.Printed()
}
