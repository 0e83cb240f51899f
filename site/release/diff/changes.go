package diff

import "rectify/site/model"

// Format is the version of the JSON form of Changes.
const Format = 1

// Changes says how one state of a portal differs from an earlier one. Its JSON
// is the file releases/<id>.changes.json of a site.
type Changes struct {
	Format   int      `json:"format"`
	Release  string   `json:"release,omitempty"`  // "" for the working data
	Time     string   `json:"time,omitempty"`     // of the release, RFC 3339
	Previous string   `json:"previous,omitempty"` // "" for a first release, which has totals and no items
	Before   *Totals  `json:"before,omitempty"`
	After    Totals   `json:"after"`
	Portal   []Change `json:"portal,omitempty"` // of the portal itself and its prose
	Reports  []Report `json:"reports,omitempty"`
	Items    []Item   `json:"items"`

	// What no release may do, and a comparison may meet: items that were public
	// and are not there any more, and items that had been withdrawn.
	Vanished []Lost `json:"-"`
	Back     []Lost `json:"-"`
}

// IsEmpty tells that nothing changed.
func (c *Changes) IsEmpty() bool {
	return len(c.Portal)+len(c.Reports)+len(c.Items)+len(c.Vanished)+len(c.Back) == 0
}

// Lost names an item that is not what it has to be.
type Lost struct {
	ID model.IssueID
	In model.Slug // its report
}

// Totals counts what a state publishes.
type Totals struct {
	Reports   int            `json:"reports"`
	Issues    int            `json:"issues"` // with those withdrawn
	Withdrawn int            `json:"withdrawn"`
	Measures  int            `json:"measures"`
	FollowUps int            `json:"follow_ups"`
	Status    map[string]int `json:"status"` // by code
}

// Report is a report that is new or says something else than before.
type Report struct {
	ID      model.Slug `json:"id"`
	Title   string     `json:"title"`
	Kind    ItemKind   `json:"kind"`
	Issues  int        `json:"issues,omitempty"` // of a new report
	Changes []Change   `json:"changes,omitempty"`
}

// Item is an issue with what changed about it. Of a withdrawn one there is no
// title.
type Item struct {
	ID      model.IssueID `json:"id"`
	Report  model.Slug    `json:"report"`
	Title   string        `json:"title,omitempty"`
	Kind    ItemKind      `json:"kind"`
	Changes []Change      `json:"changes,omitempty"`
}

// ItemKind says what became of an item as a whole.
type ItemKind string

// The kinds of items.
const (
	New       ItemKind = "new"
	Changed   ItemKind = "changed"
	Withdrawn ItemKind = "withdrawn"
	Gone      ItemKind = "gone" // of reports only
)

// ChangeKind says what one change is about.
type ChangeKind string

// The kinds of changes, in the order in which an item tells them.
const (
	Withdrawal     ChangeKind = "withdrawn"
	StatusMoved    ChangeKind = "status"
	WasReopened    ChangeKind = "reopened"
	DeadlineMoved  ChangeKind = "deadline"
	OwnersChanged  ChangeKind = "owners"
	MeasureAdded   ChangeKind = "measure_added"
	MeasureEdited  ChangeKind = "measure_edited"
	MeasureRemoved ChangeKind = "measure_removed"
	PromiseAdded   ChangeKind = "follow_up_added"
	PromiseEdited  ChangeKind = "follow_up_edited"
	PromiseRemoved ChangeKind = "follow_up_removed"
	EvidenceAdded  ChangeKind = "evidence_added"
	EvidenceEdited ChangeKind = "evidence_edited"
	EvidenceGone   ChangeKind = "evidence_removed"
	Corrected      ChangeKind = "corrected"
	Noted          ChangeKind = "noted" // an editor's entry in the history
	FieldEdited    ChangeKind = "text"
	WasRedacted    ChangeKind = "redacted" // what it was before must not be shown
)

// Kinds lists the kinds of changes.
func Kinds() []ChangeKind {
	return []ChangeKind{
		Withdrawal, StatusMoved, WasReopened, DeadlineMoved, OwnersChanged,
		MeasureAdded, MeasureEdited, MeasureRemoved, PromiseAdded, PromiseEdited, PromiseRemoved,
		EvidenceAdded, EvidenceEdited, EvidenceGone, Corrected, Noted, FieldEdited, WasRedacted,
	}
}

// Change is one thing that became different. What is not meant for its kind is
// empty.
type Change struct {
	Kind     ChangeKind `json:"kind"`
	Field    string     `json:"field,omitempty"` // the key in the data files: of owners and text
	N        int        `json:"n,omitempty"`     // which measure, counted from 1
	FromCode string     `json:"from_code,omitempty"`
	ToCode   string     `json:"to_code,omitempty"` // of a status or a deadline
	From     string     `json:"from,omitempty"`
	To       string     `json:"to,omitempty"`
	Runs     []Run      `json:"runs,omitempty"` // of a text that was edited, instead of From and To
	What     string     `json:"what,omitempty"` // of a correction or an entry of the history
	Basis    string     `json:"basis,omitempty"`
	On       model.Date `json:"on,omitempty"`
	Why      string     `json:"why,omitempty"` // of a withdrawal
}

// Withhold takes out what must not be told any more because an issue was
// withdrawn since: its title and texts, and what the source text of its report
// was. withdrawn gives the report of each such issue. It tells whether anything
// was taken out.
func (c *Changes) Withhold(withdrawn map[model.IssueID]model.Slug) bool {
	did := false
	reports := map[model.Slug]bool{}
	for _, report := range withdrawn {
		reports[report] = true
	}
	for i := range c.Items {
		item := &c.Items[i]
		if _, gone := withdrawn[item.ID]; gone && (item.Title != "" || item.Kind != Withdrawn && len(item.Changes) > 0) {
			item.Title, did = "", true
			if item.Kind != Withdrawn {
				item.Changes = nil
			}
		}
	}
	for i := range c.Reports {
		if !reports[c.Reports[i].ID] {
			continue
		}
		for j := range c.Reports[i].Changes {
			change := &c.Reports[i].Changes[j]
			if change.Field == "source_text" && (change.Runs != nil || change.From+change.To != "") {
				*change, did = Change{Kind: change.Kind, Field: change.Field}, true
			}
		}
	}
	return did
}
