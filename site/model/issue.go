package model

// Issue is one finding with what was done about it: one file, one page.
type Issue struct {
	Where
	ID          IssueID      `data:"id,required"`
	Label       string       `data:"label"`
	Lead        string       `data:"lead"`
	Title       string       `data:"title,required"`
	Printed     string       `data:"printed"` // the heading as printed, where the usual form is not it
	Finding     string       `data:"finding"`
	Goal        string       `data:"goal"`
	Measures    []Measure    `data:"measures"`
	Result      string       `data:"result"`
	Status      Status       `data:"status"`
	Deadline    *Deadline    `data:"deadline"`
	Owners      Owners       `data:"owners"`
	Evidence    []Evidence   `data:"evidence"`
	FollowUps   []FollowUp   `data:"follow_ups"`
	Publicity   *Publicity   `data:"publicity"`
	Visibility  Visibility   `data:"visibility"`
	Withdrawn   *Withdrawal  `data:"withdrawn"`
	Corrections []Correction `data:"corrections"`
	Source      SourceRef    `data:"source"`
	History     []Change     `data:"history"`

	Section Slug // the section of the outline that names it
}

// Measure is one thing done about an issue. As printed it reads Label, Title,
// Text without anything between them.
type Measure struct {
	Where
	Label string `data:"label"` // 一是
	Title string `data:"title"` // the lead sentence
	Text  string `data:"text"`  // a line is a paragraph
}

// Status says how far an issue is, in a code and in the words of the source.
type Status struct {
	Where
	Code    StatusCode `data:"code,required"`
	Printed string     `data:"printed"`
	AsOf    Date       `data:"as_of"`
	Basis   string     `data:"basis"` // the sentence, or an editor's dated note
}

// Deadline is the day by which an issue is to be settled.
type Deadline struct {
	Where
	Date    Period       `data:"date"`
	Kind    DeadlineKind `data:"kind,required"`
	Printed string       `data:"printed"`
}

// Owners are the people and units that answer for an issue.
type Owners struct {
	Where
	Leader     string   `data:"leader"`
	LeadUnits  []string `data:"lead_units"`
	CoUnits    []string `data:"co_units"`
	Supervisor string   `data:"supervisor"`
}

// Evidence is a file of the report's folder files/.
type Evidence struct {
	Where
	File  string `data:"file,required"`
	Title string `data:"title,required"`
	Date  Period `data:"date"`
	Kind  string `data:"kind"`
}

// FollowUp is something promised or plainly left to be done, in the words of
// a measure. Due is empty where the text names no day.
type FollowUp struct {
	Where
	Due     Period `data:"due"`
	Text    string `data:"text,required"`
	Measure int    `data:"measure"` // counted from 1
}

// Publicity is a public-notice period (公示).
type Publicity struct {
	Where
	Start Date `data:"start,required"`
	End   Date `data:"end,required"`
}

// Withdrawal says when and why a published issue was taken back.
type Withdrawal struct {
	Where
	On  Date   `data:"on,required"`
	Why string `data:"why,required"`
}

// Correction is a mistake of an earlier publication put right (更正).
type Correction struct {
	Where
	On   Date   `data:"on,required"`
	What string `data:"what,required"`
	From string `data:"from"`
	To   string `data:"to"`
}

// Change is a dated entry that an editor wrote.
type Change struct {
	Where
	On    Date   `data:"on,required"`
	What  string `data:"what,required"`
	From  string `data:"from"`
	To    string `data:"to"`
	Basis string `data:"basis"`
}
