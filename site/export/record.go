package export

import (
	"iter"

	"rectify/site/model"
)

// outputFormat is the format of issues.json and portal.json. Members may be
// added without notice; the number grows when one changes its meaning or goes.
const outputFormat = 1

// The structs below are the members of issues.json, in their order. A member
// with omitempty or omitzero is left out where the data do not say; the others
// are always there. The doc tags are what the published schema says of them.

// issuesDocument is data/issues.json. It is only described as a whole: it is
// written issue by issue.
type issuesDocument struct {
	issuesHead
	Issues    []issueRecord     `json:"issues" doc:"公开的问题，按通报公布时间由新到旧、再按通报目录的先后"`
	Withdrawn []withdrawnRecord `json:"withdrawn" doc:"已撤回的问题：只剩编号和说明"`
}

type issuesHead struct {
	Schema string     `json:"$schema" doc:"说明本文件的 JSON Schema"`
	Format int        `json:"format" doc:"本格式的版本。增加成员不改版本，改变含义才改"`
	Portal portalRef  `json:"portal" doc:"公开这些问题的门户"`
	AsOf   model.Date `json:"as_of,omitempty" doc:"数据截至哪一天"`
}

type portalRef struct {
	Name string `json:"name" doc:"门户的名称"`
	Unit string `json:"unit" doc:"公开信息的单位"`
	URL  string `json:"url,omitempty" doc:"门户的网址；网址未定时没有这一项"`
}

// place says which issue is meant and where its page is.
type place struct {
	ID     model.IssueID `json:"id" doc:"编号：六位数字，公布后不变、不再用"`
	Path   string        `json:"path" doc:"网页的路径，从网站根目录起"`
	URL    string        `json:"url,omitempty" doc:"网页的网址；门户的网址未定时没有这一项"`
	Report reportRef     `json:"report" doc:"所在的通报"`
}

type reportRef struct {
	ID    model.Slug `json:"id" doc:"通报的编号"`
	Title string     `json:"title" doc:"通报的标题"`
	Unit  string     `json:"unit" doc:"进行整改的单位"`
}

type sectionRef struct {
	ID    model.Slug `json:"id" doc:"编号，在本通报内不重复"`
	Label string     `json:"label,omitempty" doc:"印出的序号"`
	Title string     `json:"title" doc:"标题"`
	Path  string     `json:"path" doc:"网页的路径，从网站根目录起"`
}

type issueRecord struct {
	place
	Sections    []sectionRef       `json:"sections" doc:"所在的方面、类，由上到下"`
	Label       string             `json:"label,omitempty" doc:"印出的序号；每一级都从头编，不能用作编号"`
	Lead        string             `json:"lead,omitempty" doc:"引号前的字，如 针对"`
	Title       string             `json:"title" doc:"标题"`
	Heading     string             `json:"heading" doc:"整个标题，照原文"`
	Finding     string             `json:"finding,omitempty" doc:"发现的情况，一行是一段"`
	Goal        string             `json:"goal,omitempty" doc:"整改目标"`
	Measures    []measureRecord    `json:"measures" doc:"整改措施，按原文先后"`
	Result      string             `json:"result,omitempty" doc:"完成情况，一行是一段"`
	Status      statusRecord       `json:"status" doc:"状态"`
	Deadline    *deadlineRecord    `json:"deadline,omitempty" doc:"整改时限"`
	Owners      *ownersRecord      `json:"owners,omitempty" doc:"责任人和责任单位"`
	Evidence    []evidenceRecord   `json:"evidence,omitempty" doc:"证明材料"`
	FollowUps   []followUpRecord   `json:"follow_ups,omitempty" doc:"承诺：原文写了时限，或者还没有办完的事"`
	Publicity   *publicityRecord   `json:"publicity,omitempty" doc:"公示期"`
	Corrections []correctionRecord `json:"corrections,omitempty" doc:"更正：先前公布有误之处"`
	History     []changeRecord     `json:"history,omitempty" doc:"变动记录"`
	Source      *sourceRecord      `json:"source,omitempty" doc:"在通报原文中的位置"`
	Updated     model.Date         `json:"updated,omitempty" doc:"数据中最近一次变动的日期"`
}

type withdrawnRecord struct {
	place
	On  model.Date `json:"on" doc:"撤回的日期"`
	Why string     `json:"why" doc:"撤回的原因"`
}

type measureRecord struct {
	N     int    `json:"n" doc:"第几条，从 1 数起"`
	Intro string `json:"intro,omitempty" doc:"引言：写在这条措施前面、引出这一条和后面几条的话"`
	Label string `json:"label,omitempty" doc:"印出的序号，如 一是"`
	Title string `json:"title,omitempty" doc:"开头的一句。序号、标题、正文连起来就是原文"`
	Text  string `json:"text,omitempty" doc:"正文，一行是一段"`
}

type statusRecord struct {
	Code    model.StatusCode `json:"code" doc:"代码；not_stated 是原文没有写明，不是没有整改"`
	Word    string           `json:"word" doc:"代码的名称，用界面的语言"`
	Printed string           `json:"printed,omitempty" doc:"原文的说法"`
	AsOf    model.Date       `json:"as_of,omitempty" doc:"截至哪一天"`
	Basis   string           `json:"basis,omitempty" doc:"依据：写明状态的原句，或编辑注明日期的说明"`
}

type deadlineRecord struct {
	Date    model.Period       `json:"date,omitempty" doc:"到哪一天、哪一月或哪一年"`
	Kind    model.DeadlineKind `json:"kind" doc:"种类：by_date 限期完成，immediate 立行立改，long_term 长期坚持，by_date_then_long_term 限期完成并长期坚持，event 以某件事为期"`
	Printed string             `json:"printed,omitempty" doc:"原文的说法"`
}

type ownersRecord struct {
	Leader     string   `json:"leader,omitempty" doc:"责任人或责任领导"`
	LeadUnits  []string `json:"lead_units,omitempty" doc:"责任单位"`
	CoUnits    []string `json:"co_units,omitempty" doc:"配合单位"`
	Supervisor string   `json:"supervisor,omitempty" doc:"督导单位"`
}

type evidenceRecord struct {
	Title string       `json:"title" doc:"名称"`
	Kind  string       `json:"kind,omitempty" doc:"种类"`
	Date  model.Period `json:"date,omitempty" doc:"材料的日期"`
	Size  int          `json:"size,omitempty" doc:"文件的大小，字节"`
	Path  string       `json:"path" doc:"文件的路径，从网站根目录起，没有转义"`
	URL   string       `json:"url,omitempty" doc:"文件的网址；门户的网址未定时没有这一项"`
}

type followUpRecord struct {
	Due     model.Period `json:"due,omitempty" doc:"到哪一天、哪一月或哪一年；原文没有写就没有这一项"`
	Text    string       `json:"text" doc:"承诺的原话"`
	Measure int          `json:"measure,omitempty" doc:"写在第几条措施里，从 1 数起"`
}

type publicityRecord struct {
	Start model.Date `json:"start" doc:"开始的日期"`
	End   model.Date `json:"end" doc:"结束的日期"`
}

type correctionRecord struct {
	On   model.Date `json:"on" doc:"更正的日期"`
	What string     `json:"what" doc:"更正了什么"`
	From string     `json:"from,omitempty" doc:"原来的写法"`
	To   string     `json:"to,omitempty" doc:"现在的写法"`
}

type changeRecord struct {
	On    model.Date `json:"on" doc:"日期"`
	What  string     `json:"what" doc:"什么变了"`
	From  string     `json:"from,omitempty" doc:"原来的"`
	To    string     `json:"to,omitempty" doc:"现在的"`
	Basis string     `json:"basis,omitempty" doc:"依据"`
}

type sourceRecord struct {
	Paragraphs []int `json:"paragraphs" doc:"通报原文的第几段，从 1 数起"`
}

// row is an issue with what surrounds it. Of a withdrawn issue nothing is known
// but its place and the day.
type row struct {
	issueRecord
	report    *model.Report
	withdrawn *model.Withdrawal
}

// rows gives all issues, withdrawn ones among them, in the order of the portal.
func (e *Exporter) rows() iter.Seq[*row] {
	return func(yield func(*row) bool) {
		for _, report := range e.portal.Reports {
			trails := trailsOf(report)
			for _, issue := range report.Issues {
				r := &row{report: report, withdrawn: issue.Withdrawn}
				if r.withdrawn == nil {
					r.issueRecord = e.issueRecord(report, issue, trails[issue.Section])
				} else {
					r.place, r.Updated = e.place(report, issue), changed(report, issue)
				}
				if !yield(r) {
					return
				}
			}
		}
	}
}

func (e *Exporter) place(report *model.Report, issue *model.Issue) place {
	path := issuePath(issue.ID)
	return place{issue.ID, path, e.url(path), reportRef{report.ID, report.Title, report.Unit}}
}

// trailsOf gives, for each section of a report, the sections from the top down
// to it.
func trailsOf(report *model.Report) map[model.Slug][]sectionRef {
	trails := map[model.Slug][]sectionRef{}
	var walk func(above []sectionRef, sections []model.Section)
	walk = func(above []sectionRef, sections []model.Section) {
		for i := range sections {
			s := &sections[i]
			trail := append(above[:len(above):len(above)], sectionRef{s.ID, s.Label, s.Title, sectionPath(report.ID, s.ID)})
			trails[s.ID] = trail
			walk(trail, s.Sections)
		}
	}
	walk(nil, report.Outline)
	return trails
}
