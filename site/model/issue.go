package model

// Issue is one finding with what was done about it: one file, one page.
type Issue struct {
	Where       `doc:"问题：一个文件，一页"`
	ID          IssueID      `data:"id,required" doc:"编号：整个门户不重复，与先后无关，公布后不改、不再用"`
	Label       string       `data:"label" doc:"印出的序号，如 （1）"`
	Lead        string       `data:"lead" doc:"引号前的字，如 针对"`
	Title       string       `data:"title,required" doc:"标题，不含序号和引号"`
	Printed     string       `data:"printed" doc:"印出的整个标题；与通常写法不同才填"` // the heading as printed, where the usual form is not it
	Finding     string       `data:"finding" doc:"发现的情况，一行是一段"`
	Goal        string       `data:"goal" doc:"整改目标"`
	Measures    []Measure    `data:"measures" doc:"整改措施，按原文先后"`
	Result      string       `data:"result" doc:"完成情况，一行是一段"`
	Status      Status       `data:"status" doc:"状态。原文没有写明的不填，网页显示“未注明”"`
	Deadline    *Deadline    `data:"deadline" doc:"整改时限"`
	Owners      Owners       `data:"owners" doc:"责任人和责任单位"`
	Evidence    []Evidence   `data:"evidence" doc:"证明材料，放在本通报的 files/ 里"`
	FollowUps   []FollowUp   `data:"follow_ups" doc:"承诺：原文写了时限，或者明显还没有办完的事"`
	Publicity   *Publicity   `data:"publicity" doc:"公示期"`
	Visibility  Visibility   `data:"visibility" doc:"公开范围：public 公开，internal 不公开；不填是公开"`
	Withdrawn   *Withdrawal  `data:"withdrawn" doc:"撤回：已经公开的问题因故撤下，页面保留并说明"`
	Corrections []Correction `data:"corrections" doc:"更正：先前公布有误之处"`
	Source      SourceRef    `data:"source" doc:"在 source.txt 中的位置"`
	History     []Change     `data:"history" doc:"变动记录，由编辑逐条写"`

	Section Slug // the section of the outline that names it
}

// Measure is one thing done about an issue. As printed it reads Label, Title,
// Text without anything between them. Intro stands before it and is not of it:
// 在业务培训方面，采取以下措施： opens a list of several.
type Measure struct {
	Where `doc:"措施：针对一个问题做的一件事。序号、标题、正文连起来就是原文"`
	Intro string `data:"intro" doc:"引言：原文写在这条措施前面、引出这一条和后面几条的话，一行是一段"`
	Label string `data:"label" doc:"印出的序号，如 一是"`
	Title string `data:"title" doc:"开头的一句"`   // the lead sentence
	Text  string `data:"text" doc:"正文，一行是一段"` // a line is a paragraph
}

// Status says how far an issue is, in a code and in the words of the source.
type Status struct {
	Where   `doc:"状态：代码、原文的说法和依据"`
	Code    StatusCode `data:"code,required" doc:"状态代码"`
	Printed string     `data:"printed" doc:"原文的说法，照抄"`
	AsOf    Date       `data:"as_of" doc:"截至哪一天"`
	Basis   string     `data:"basis" doc:"依据：写明状态的原句，或编辑注明日期的说明"` // the sentence, or an editor's dated note
}

// Deadline is the day by which an issue is to be settled.
type Deadline struct {
	Where   `doc:"整改时限"`
	Date    Period       `data:"date" doc:"到哪一天、哪一月或哪一年"`
	Kind    DeadlineKind `data:"kind,required" doc:"种类：by_date 限期完成，immediate 立行立改，long_term 长期坚持，by_date_then_long_term 限期完成并长期坚持，event 以某件事为期"`
	Printed string       `data:"printed" doc:"原文的说法，照抄"`
}

// Owners are the people and units that answer for an issue.
type Owners struct {
	Where      `doc:"责任人和责任单位"`
	Leader     string   `data:"leader" doc:"责任人或责任领导，写职务"`
	LeadUnits  []string `data:"lead_units" doc:"责任单位，含牵头单位"`
	CoUnits    []string `data:"co_units" doc:"配合单位"`
	Supervisor string   `data:"supervisor" doc:"督导单位"`
}

// Evidence is a file of the report's folder files/.
type Evidence struct {
	Where `doc:"证明材料：files/ 里的一个文件"`
	File  string `data:"file,required" doc:"文件名"`
	Title string `data:"title,required" doc:"显示的名称"`
	Date  Period `data:"date" doc:"材料的日期"`
	Kind  string `data:"kind" doc:"种类，如 照片、台账"`

	Size int // of the file in bytes, 0 where it is not there
}

// FollowUp is something promised or plainly left to be done, in the words of
// a measure. Due is empty where the text names no day.
type FollowUp struct {
	Where   `doc:"承诺：原文写了时限，或者明显还没有办完的一件事"`
	Due     Period `data:"due" doc:"到哪一天、哪一月或哪一年；原文没有写就不填"`
	Text    string `data:"text,required" doc:"承诺的原话"`
	Measure int    `data:"measure" doc:"写在第几条措施里，从 1 数起"` // counted from 1
}

// Publicity is a public-notice period (公示).
type Publicity struct {
	Where `doc:"公示期"`
	Start Date `data:"start,required" doc:"开始的日期"`
	End   Date `data:"end,required" doc:"结束的日期"`
}

// Withdrawal says when and why a published issue was taken back.
type Withdrawal struct {
	Where `doc:"撤回的日期和原因"`
	On    Date   `data:"on,required" doc:"撤回的日期"`
	Why   string `data:"why,required" doc:"原因，会显示在网页上"`
}

// Correction is a mistake of an earlier publication put right (更正).
type Correction struct {
	Where `doc:"更正：先前公布有误的一处"`
	On    Date   `data:"on,required" doc:"更正的日期"`
	What  string `data:"what,required" doc:"更正了什么"`
	From  string `data:"from" doc:"原来的写法"`
	To    string `data:"to" doc:"现在的写法"`
}

// Change is a dated entry that an editor wrote.
type Change struct {
	Where `doc:"变动记录：编辑写的一条"`
	On    Date   `data:"on,required" doc:"日期"`
	What  string `data:"what,required" doc:"什么变了"`
	From  string `data:"from" doc:"原来的"`
	To    string `data:"to" doc:"现在的"`
	Basis string `data:"basis" doc:"依据"`
}
