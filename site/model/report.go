package model

import "rectify/site/problem"

// Report is one unit's published account of the rectification after one
// inspection: report.yaml, its issues and its source text.
type Report struct {
	Where       `doc:"通报：一个单位对一次巡察、督察或审计的整改情况的公开说明"`
	ID          Slug       // the name of its folder
	Title       string     `data:"title,required" doc:"网页的标题，一行"`
	TitleLines  []string   `data:"title_lines" doc:"文件自己的标题，按原文分行"` // the document's own title, line by line
	Issuer      string     `data:"issuer" doc:"发出通报的组织"`
	Unit        string     `data:"unit,required" doc:"进行整改的单位，写全称"`
	Region      string     `data:"region" doc:"所在地区"`
	Source      string     `data:"source" doc:"原网页注明的来源"`
	PublishedAt Minute     `data:"published_at" doc:"第一次公开的时间，此后不改"`
	SignedBy    string     `data:"signed_by" doc:"落款"`
	SignedOn    Date       `data:"signed_on" doc:"落款日期"`
	AsOf        Date       `data:"as_of" doc:"内容截至哪一天"`
	Inspection  Inspection `data:"inspection" doc:"通报所答复的巡察、督察或审计"`
	Contact     *Contact   `data:"contact" doc:"本通报的联系方式；不填就用门户的"`
	Declared    []Declared `data:"declared" doc:"声明数：原文自己写出的总数，与公开数并列，两者不同也都不改"`
	Metrics     []Metric   `data:"metrics" doc:"成效数字：原文写出的结果"`
	Parts       []Part     `data:"parts" doc:"叙述部分，按原文先后"`
	Outline     []Section  `data:"outline" doc:"目录：各级标题和其下的问题。问题的先后和归属只看这里"`
	Furniture   []int      `data:"furniture" doc:"source.txt 中不属于通报正文的段"` // paragraphs of the source that are no content

	Issues     []*Issue // in the order of the outline
	Paragraphs []string // the source's non-empty lines, trimmed

	// Emptied names the paragraphs (from 1) whose text went with a withdrawn
	// issue; only Portal.Public makes such.
	Emptied map[int]IssueID
}

// Inspection is what the report answers to.
type Inspection struct {
	Where      `doc:"一次巡察、督察或审计"`
	Level      string `data:"level" doc:"由哪一级进行，如 区委"`
	Round      string `data:"round" doc:"第几届第几轮"`
	Kind       string `data:"kind" doc:"类型，如 常规巡察"`
	Team       string `data:"team" doc:"组"`
	Start      Date   `data:"start" doc:"开始的日期"`
	End        Date   `data:"end" doc:"结束的日期"`
	FindingsOn Date   `data:"findings_on" doc:"反馈意见的日期"` // the day its 反馈 was delivered
}

// Declared is a total that the text itself states. It stands beside the
// published total and is never made to agree with it.
type Declared struct {
	Where `doc:"声明数：原文自己写出的一个总数"`
	Label string  `data:"label,required" doc:"数的是什么，如 问题"`
	N     int     `data:"n,required" doc:"数目"`
	Unit  string  `data:"unit" doc:"量词，如 条"`
	AsOf  Date    `data:"as_of" doc:"截至哪一天"`
	Quote string  `data:"quote,required" doc:"写有这个数的原句"`                              // the sentence that says so
	Of    Counted `data:"of" doc:"与哪个公开数并列：sections 方面，issues 问题，measures 措施；都不是就不填"` // what of ours it stands beside
}

// Counted names a published total.
type Counted string

// What can be counted in the data.
const (
	CountSections Counted = "sections"
	CountIssues   Counted = "issues"
	CountMeasures Counted = "measures"
)

// Countable lists what can be counted in the data.
func Countable() []Counted { return []Counted{CountSections, CountIssues, CountMeasures} }

// UnmarshalText takes one of Countable.
func (c *Counted) UnmarshalText(text []byte) error {
	return oneOf(c, text, problem.Both("公开数", "published total"), Countable())
}

// Metric is a result in figures: 追缴 4.89 万元.
type Metric struct {
	Where `doc:"成效数字：一项用数字写出的结果"`
	Kind  string `data:"kind,required" doc:"什么数，如 收回资金"`
	Value string `data:"value,required" doc:"数值，照原文写"`
	Unit  string `data:"unit" doc:"单位，如 万元"`
	Quote string `data:"quote" doc:"写有这个数的原句"`
}

// Part is narrative text of a report that is no issue. Exactly one part of a
// report may say that the outline stands at its end.
type Part struct {
	Where   `doc:"叙述部分：通报中不是问题的文字"`
	Label   string    `data:"label" doc:"印出的序号，如 一、"`
	Title   string    `data:"title" doc:"标题"`
	Text    string    `data:"text" doc:"正文，一行是一段"` // a line is a paragraph
	Outline bool      `data:"outline" doc:"true 表示目录里的全部问题接在这一部分之后；整份通报只写一处"`
	Parts   []Part    `data:"parts" doc:"下一级的叙述部分"`
	Source  SourceRef `data:"source" doc:"在 source.txt 中的位置"`
}

// Section is a heading above issues. Order and membership of issues stand here
// and nowhere else. A section's own issues come before its sub-sections.
type Section struct {
	Where    `doc:"方面、类：问题上面的一级标题，可以分几层"`
	ID       Slug      `data:"id,required" doc:"编号，用于网址，本通报内不重复，定了不改"`
	Label    string    `data:"label" doc:"印出的序号，如 （一）"`
	Lead     string    `data:"lead" doc:"引号前的字，如 关于"`
	Title    string    `data:"title,required" doc:"标题，不含序号和引号"`
	Printed  string    `data:"printed" doc:"印出的整个标题；与通常写法不同才填"` // the heading as printed, where the usual form is not it
	Summary  string    `data:"summary" doc:"标题后面的概括"`
	Sections []Section `data:"sections" doc:"下一级的方面或类"`
	Issues   []IssueID `data:"issues" doc:"其下的问题，写编号，按原文先后"`
	Source   SourceRef `data:"source" doc:"在 source.txt 中的位置"`
}

// SourceRef points into the source text.
type SourceRef struct {
	Where      `doc:"在 source.txt 中的位置"`
	Paragraphs []int `data:"paragraphs" doc:"段号：第几个非空行，从 1 数起"` // counted from 1
}
