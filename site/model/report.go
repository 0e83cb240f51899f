package model

import "rectify/site/problem"

// Report is one unit's published account of the rectification after one
// inspection: report.yaml, its issues and its source text.
type Report struct {
	Where
	ID          Slug       // the name of its folder
	Title       string     `data:"title,required"` // the page's title
	TitleLines  []string   `data:"title_lines"`    // the document's own title, line by line
	Issuer      string     `data:"issuer"`
	Unit        string     `data:"unit,required"`
	Region      string     `data:"region"`
	Source      string     `data:"source"` // 来源 of the publication
	PublishedAt Minute     `data:"published_at"`
	SignedBy    string     `data:"signed_by"`
	SignedOn    Date       `data:"signed_on"`
	AsOf        Date       `data:"as_of"`
	Inspection  Inspection `data:"inspection"`
	Contact     *Contact   `data:"contact"`
	Declared    []Declared `data:"declared"`
	Metrics     []Metric   `data:"metrics"`
	Parts       []Part     `data:"parts"`
	Outline     []Section  `data:"outline"`
	Furniture   []int      `data:"furniture"` // paragraphs of the source that are no content

	Issues     []*Issue // in the order of the outline
	Paragraphs []string // the source's non-empty lines, trimmed
}

// Inspection is what the report answers to.
type Inspection struct {
	Where
	Level      string `data:"level"` // 区委
	Round      string `data:"round"` // 四届区委第七轮巡察
	Kind       string `data:"kind"`  // 常规巡察
	Team       string `data:"team"`
	Start      Date   `data:"start"`
	End        Date   `data:"end"`
	FindingsOn Date   `data:"findings_on"` // the day its 反馈 was delivered
}

// Declared is a total that the text itself states. It stands beside the
// published total and is never made to agree with it.
type Declared struct {
	Where
	Label string  `data:"label,required"` // 问题
	N     int     `data:"n,required"`
	Unit  string  `data:"unit"` // 条
	AsOf  Date    `data:"as_of"`
	Quote string  `data:"quote,required"` // the sentence that says so
	Of    Counted `data:"of"`             // what of ours it stands beside
}

// Counted names a published total.
type Counted string

// What can be counted in the data.
const (
	CountSections Counted = "sections"
	CountIssues   Counted = "issues"
	CountMeasures Counted = "measures"
)

// UnmarshalText takes sections, issues or measures.
func (c *Counted) UnmarshalText(text []byte) error {
	return oneOf(c, text, problem.Both("公开数", "published total"), CountSections, CountIssues, CountMeasures)
}

// Metric is a result in figures: 追缴 4.89 万元.
type Metric struct {
	Where
	Kind  string `data:"kind,required"`
	Value string `data:"value,required"`
	Unit  string `data:"unit"`
	Quote string `data:"quote"`
}

// Part is narrative text of a report that is no issue. Exactly one part of a
// report may say that the outline stands at its end.
type Part struct {
	Where
	Label   string    `data:"label"`
	Title   string    `data:"title"`
	Text    string    `data:"text"` // a line is a paragraph
	Outline bool      `data:"outline"`
	Parts   []Part    `data:"parts"`
	Source  SourceRef `data:"source"`
}

// Section is a heading above issues. Order and membership of issues stand here
// and nowhere else. A section's own issues come before its sub-sections.
type Section struct {
	Where
	ID       Slug      `data:"id,required"`
	Label    string    `data:"label"`
	Lead     string    `data:"lead"`
	Title    string    `data:"title,required"`
	Printed  string    `data:"printed"` // the heading as printed, where the usual form is not it
	Summary  string    `data:"summary"`
	Sections []Section `data:"sections"`
	Issues   []IssueID `data:"issues"`
	Source   SourceRef `data:"source"`
}

// SourceRef points into the source text.
type SourceRef struct {
	Where
	Paragraphs []int `data:"paragraphs"` // counted from 1
}
