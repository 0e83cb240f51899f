package importer

import (
	"reflect"
	"slices"
	"strings"

	"rectify/site/model"
	"rectify/site/problem"
)

// UpdateOptions say how a later paper is brought into a report.
type UpdateOptions struct {
	On    model.Date // the day of changes of status and deadline; "" takes the paper's own
	Taken func(model.IssueID) bool
}

// Revision is a report with what a later paper says of it.
type Revision struct {
	Report  *model.Report
	New     []*model.Issue
	Gone    []*model.Issue // the paper does not name them any more; they stay
	Changed []Changed
	Notes   problem.List
}

// Changed is one value that a later paper changes.
type Changed struct {
	Issue  *model.Issue // as it will be; nil for a value of the report
	Key    string       // of the data file
	Before string
	After  string
	Kept   bool // the value was edited by hand and stays as it is
}

// Update brings a later paper of the same inspection into a report. Issues are
// known again by title, label and measures, and keep their ids; sections keep
// theirs. first is what the importer makes of the report's own source text: a
// value that differs from it was edited by hand. Such a value stays, and where
// the paper says something else again that is reported. published_at, which
// says when the report was first published, stays too.
func Update(old, first *model.Report, paper *Result, o UpdateOptions) *Revision {
	u := &revising{old: old, first: first, paper: paper, o: o, r: &Revision{}}
	if u.o.On == "" {
		u.o.On = paper.Report.AsOf
	}
	if paper.Document.IsTable() {
		u.facts()
	} else {
		u.whole()
	}
	u.r.Notes.Sort()
	return u.r
}

type revising struct {
	old, first *model.Report
	paper      *Result
	o          UpdateOptions
	r          *Revision
}

// own are the keys of an issue that come from the text; all others are an
// editor's and are never touched.
var own = []string{"label", "lead", "title", "printed", "finding", "goal", "measures", "result", "status", "deadline", "owners", "follow_ups", "publicity", "source"}

// stay are those of own that an empty word of a later paper does not take away.
var stay = []string{"goal", "finding", "status", "deadline", "owners", "publicity"}

// whole takes a paper that is the report anew.
func (u *revising) whole() {
	later := u.paper.Report
	report := *later
	report.ID = u.old.ID
	u.reportFields(&report)
	ids := map[model.IssueID]model.IssueID{}
	used := map[int]bool{}
	first := map[model.IssueID]*model.Issue{}
	for k, i := range matchIssues(u.first.Issues, u.old.Issues) {
		if i >= 0 {
			first[u.old.Issues[k].ID] = u.first.Issues[i]
		}
	}
	report.Issues = nil
	for k, i := range matchIssues(u.old.Issues, later.Issues) {
		issue := *later.Issues[k]
		if i < 0 {
			for u.o.Taken != nil && u.o.Taken(issue.ID) {
				if issue.ID++; issue.ID > lastID {
					issue.ID = firstID
				}
			}
			ids[later.Issues[k].ID] = issue.ID
			u.r.New = append(u.r.New, &issue)
			report.Issues = append(report.Issues, &issue)
			continue
		}
		used[i] = true
		before := u.old.Issues[i]
		ids[later.Issues[k].ID] = before.ID
		if before.Withdrawn != nil {
			// What was taken back stays so, whatever a paper says.
			kept := *before
			kept.Source = issue.Source // of the text that is there from now on
			report.Issues = append(report.Issues, &kept)
			u.r.Changed = append(u.r.Changed, Changed{Issue: &kept, Key: "withdrawn", Before: string(before.Withdrawn.On), After: short(issue.Title), Kept: true})
			continue
		}
		report.Issues = append(report.Issues, u.merge(before, first[before.ID], &issue))
	}
	report.Outline = u.outline(later.Outline, ids)
	for i, issue := range u.old.Issues {
		if !used[i] {
			u.gone(&report, issue)
		}
	}
	u.r.Report = &report
}

// merge gives an issue with what the paper says of it.
func (u *revising) merge(old, first, later *model.Issue) *model.Issue {
	out := *old
	to := reflect.ValueOf(&out).Elem()
	for _, f := range fieldsOf(to.Type()) {
		if !slices.Contains(own, f.key) {
			continue
		}
		before, after := to.Field(f.index), reflect.ValueOf(later).Elem().Field(f.index)
		if sameValue(before, after) || isEmpty(after) && slices.Contains(stay, f.key) {
			continue
		}
		change := Changed{Issue: &out, Key: f.key, Before: shownField(f.key, before), After: shownField(f.key, after)}
		if change.Before == change.After && f.key == "status" {
			change.Before, change.After = wholeStatus(before.Interface().(model.Status)), wholeStatus(after.Interface().(model.Status))
		}
		if f.key != "source" && first != nil && u.byHand(before, reflect.ValueOf(first).Elem().Field(f.index), after) {
			if !sameValue(reflect.ValueOf(first).Elem().Field(f.index), after) {
				change.Kept = true
				u.r.Changed = append(u.r.Changed, change)
			}
			continue
		}
		to.Field(f.index).Set(after)
		if f.key != "source" {
			u.r.Changed = append(u.r.Changed, change)
		}
	}
	out.FollowUps = slices.Clone(out.FollowUps)
	for i := range out.FollowUps {
		if out.FollowUps[i].Measure > len(out.Measures) {
			out.FollowUps[i].Measure = 0
		}
	}
	u.history(old, &out)
	return &out
}

// byHand tells a value that an editor changed after the import.
func (u *revising) byHand(now, first, later reflect.Value) bool {
	return !sameValue(now, first) && !sameValue(now, later)
}

// history records a change of status or deadline.
func (u *revising) history(old, now *model.Issue) {
	if u.o.On == "" && (statusWord(old.Status) != statusWord(now.Status) || deadlineWord(old.Deadline) != deadlineWord(now.Deadline)) {
		u.r.Notes = append(u.r.Notes, problem.New(problem.NoDayOfChange, problem.Place{File: u.paper.Document.Name}, now.ID.String(), short(now.Title)))
	}
	AddHistory(now, old, u.o.On, u.paper.Report.Title)
}

// AddHistory adds an entry to an issue's history for each of status and deadline
// that differs from old. Without a day there is none.
func AddHistory(now, old *model.Issue, on model.Date, basis string) {
	if on == "" {
		return
	}
	add := func(what, from, to string) {
		now.History = append(slices.Clone(now.History), model.Change{On: on, What: what, From: from, To: to, Basis: basis})
	}
	if a, b := statusWord(old.Status), statusWord(now.Status); a != b {
		add("状态", a, b)
	}
	if a, b := deadlineWord(old.Deadline), deadlineWord(now.Deadline); a != b {
		add("整改时限", a, b)
	}
}

func statusWord(s model.Status) string {
	if s.Printed != "" {
		return s.Printed
	}
	return s.Code.Word(model.SimplifiedChinese)
}

// wholeStatus shows two statuses apart that have one word.
func wholeStatus(s model.Status) string {
	return strings.TrimSpace(statusWord(s) + " " + string(s.AsOf) + " " + short(s.Basis))
}

func deadlineWord(d *model.Deadline) string {
	if d == nil {
		return ""
	}
	if d.Printed != "" {
		return d.Printed
	}
	return string(d.Date)
}

// reportFields keeps of the old report what an editor wrote and what never
// moves.
func (u *revising) reportFields(report *model.Report) {
	old, first, to := reflect.ValueOf(u.old).Elem(), reflect.ValueOf(u.first).Elem(), reflect.ValueOf(report).Elem()
	for _, f := range fieldsOf(to.Type()) {
		switch f.key {
		case "outline", "furniture":
			continue
		case "published_at":
			if !isEmpty(old.Field(f.index)) {
				to.Field(f.index).Set(old.Field(f.index))
			}
			continue
		}
		now, later := old.Field(f.index), to.Field(f.index)
		if sameValue(now, later) {
			continue
		}
		change := Changed{Key: f.key, Before: shownField(f.key, now), After: shownField(f.key, later)}
		if isEmpty(later) || u.byHand(now, first.Field(f.index), later) {
			change.Kept = !isEmpty(later) && !sameValue(first.Field(f.index), later)
			later.Set(now)
			if !change.Kept {
				continue
			}
		}
		u.r.Changed = append(u.r.Changed, change)
	}
}

// gone keeps an issue that the paper does not name: what was published does not
// vanish by itself.
func (u *revising) gone(report *model.Report, issue *model.Issue) {
	kept := *issue
	kept.Source = model.SourceRef{}
	report.Issues = append(report.Issues, &kept)
	if issue.Withdrawn == nil {
		u.r.Gone = append(u.r.Gone, &kept)
	}
	if s := sectionByID(report.Outline, issue.Section); s != nil {
		s.Issues = append(s.Issues, kept.ID)
		return
	}
	old := sectionByID(u.old.Outline, issue.Section)
	if old == nil {
		return
	}
	section := *old
	section.Sections, section.Issues, section.Source = nil, []model.IssueID{kept.ID}, model.SourceRef{}
	report.Outline = append(report.Outline, section)
}

func sectionByID(list []model.Section, id model.Slug) *model.Section {
	for i := range list {
		if list[i].ID == id {
			return &list[i]
		}
		if s := sectionByID(list[i].Sections, id); s != nil {
			return s
		}
	}
	return nil
}

// facts takes a ledger that says of the report's issues how far they are. It
// adds no issue and takes none away, and the text stays the report's own.
func (u *revising) facts() {
	report := *u.old
	report.Issues = slices.Clone(u.old.Issues)
	for k, i := range matchIssues(u.old.Issues, u.paper.Report.Issues) {
		row := u.paper.Report.Issues[k]
		if i < 0 {
			u.r.Notes = append(u.r.Notes, problem.New(problem.RowForeign, u.paper.placeOf(k), short(row.Title)))
			continue
		}
		out := *u.old.Issues[i]
		to, from := reflect.ValueOf(&out).Elem(), reflect.ValueOf(row).Elem()
		for _, f := range fieldsOf(to.Type()) {
			before, after := to.Field(f.index), from.Field(f.index)
			told := slices.Contains([]string{"status", "deadline", "owners", "publicity"}, f.key)
			empty := slices.Contains([]string{"finding", "goal", "measures", "result"}, f.key) && isEmpty(before)
			if isEmpty(after) || !told && !empty || sameValue(before, after) {
				continue
			}
			u.r.Changed = append(u.r.Changed, Changed{Issue: &out, Key: f.key, Before: shownField(f.key, before), After: shownField(f.key, after)})
			before.Set(after)
		}
		u.history(u.old.Issues[i], &out)
		report.Issues[i] = &out
	}
	u.r.Report = &report
}

// placeOf says where an issue of the paper stands in it.
func (r *Result) placeOf(k int) problem.Place {
	at := problem.Place{File: r.Document.Name}
	if pars := r.Report.Issues[k].Source.Paragraphs; len(pars) > 0 {
		if row := r.Document.Blocks[pars[0]-1].Row; row != nil && row.Number > 0 {
			at.Sheet, at.Cell = row.Sheet, "A"+count(row.Number)
		}
	}
	return at
}

// shownField shows a value in one line, for a plan.
func shownField(key string, v reflect.Value) string {
	switch x := v.Interface().(type) {
	case model.Status:
		return statusWord(x)
	case *model.Deadline:
		return deadlineWord(x)
	case []model.Measure:
		text := ""
		for i := range x {
			text += x[i].Printed()
		}
		return short(text)
	case model.Owners:
		return short(x.Leader + " " + plainText(reflect.ValueOf(x.LeadUnits)) + " " + plainText(reflect.ValueOf(x.CoUnits)) + " " + x.Supervisor)
	case []model.FollowUp:
		return count(len(x))
	case []model.Part:
		text := ""
		for i := range x {
			text += x[i].Label + x[i].Title + x[i].Text
		}
		return short(text)
	case *model.Publicity:
		if x == nil {
			return ""
		}
		return string(x.Start) + "–" + string(x.End)
	}
	return short(plainText(v))
}
