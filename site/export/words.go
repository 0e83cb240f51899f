package export

import "rectify/site/model"

// words are the texts that the files show to people, in the language of the
// interface. The names of pages and columns stand with them.
type words struct {
	language model.Language
	files    fileWords
	issues   string // sheets of the workbook
	measure  string
	changes  string // behind a portal's or report's name: title of a feed
	events   map[eventKind]string
	colon    string
	arrow    string
	was      string // before what a text was
	basis    [2]string
	note     [2]string // around on what ground something changed
	gone     string    // before what was taken out of a text

	semicolon string
	status    string // title of a status entry: a day, the report's title
	more      string // lines that a status entry leaves out: a number
	cut       string // where a cell of the workbook is too small
	promise   promiseWords
}

// fileWords hold title and description of each file.
type fileWords struct {
	issuesJSON, issuesCSV, measuresCSV, workbook, portalJSON [2]string
	issuesSchema, portalSchema, calendar, atom, jsonFeed     [2]string
	of                                                       string // between a feed's title and its report's
}

// promiseWords are those of the calendar.
type promiseWords struct {
	name    string // of the calendar, behind the portal's
	due     string // before the issue's title
	period  string // what is printed, the day that is taken
	issue   string // id and heading
	measure string // number of the measure
	page    string // address
}

func wordsFor(l model.Language) words {
	w := chinese
	if l == model.EnglishInterface {
		w = english
	}
	w.language = l
	return w
}

// change says a change in one line.
func (w *words) change(what, from, to, basis string) string {
	text := what
	switch {
	case from != "" && to != "":
		text += w.colon + from + w.arrow + to
	case from != "":
		text += w.colon + w.was + from
	case to != "":
		text += w.colon + to
	}
	if basis != "" {
		text += w.basis[0] + basis + w.basis[1]
	}
	return text
}

var chinese = words{
	files: fileWords{
		issuesJSON:   [2]string{"全部问题（JSON）", "每个问题的全部公开内容：标题、情况、措施、状态、时限、责任单位、承诺、变动记录；已撤回的问题只有编号和说明。供程序读取。"},
		issuesCSV:    [2]string{"问题表（CSV）", "每个问题一行。UTF-8 编码；一格里有几项的，一行一项；以等号、加号、减号等开头的文字前加了一个撇号，防止被当作公式。"},
		measuresCSV:  [2]string{"措施表（CSV）", "每条措施一行，写法与问题表相同，用 id 一列与问题对应。"},
		workbook:     [2]string{"问题和措施（Excel）", "与两个 CSV 相同的内容，分两张表，全部是文本。用表格软件阅读请用这一份。"},
		portalJSON:   [2]string{"门户和通报（JSON）", "门户的基本情况和数据目录；各通报的基本情况、声明数和公开数、叙述部分和目录。供程序读取。"},
		issuesSchema: [2]string{"全部问题（JSON）的说明", "JSON Schema：issues.json 每一项的含义和写法。"},
		portalSchema: [2]string{"门户和通报（JSON）的说明", "JSON Schema：portal.json 每一项的含义和写法。"},
		calendar:     [2]string{"承诺日历（iCalendar）", "每个写明时限的承诺是一个全天日程，放在时限的最后一天。可以导入手机和电脑的日历。"},
		atom:         [2]string{"变动订阅（Atom）", "通报公布、状态更新、变动记录、更正和撤回，以及各期公布的变动，最新的在前，至多 100 条；最新一期的变动全部列出，至多 500 条。"},
		jsonFeed:     [2]string{"变动订阅（JSON Feed）", "与 Atom 订阅内容相同。"},
		of:           "：",
	},
	issues: "问题", measure: "措施", changes: "：变动",
	events: map[eventKind]string{
		reportPublished: "公布", statusGiven: "状态更新", issueChanged: "变动", issueCorrected: "更正", issueWithdrawn: "撤回", releaseMade: "新一期", issueReleased: "各期变动",
	},
	colon: "：", arrow: " → ", was: "原为 ", basis: [2]string{"（依据：", "）"}, note: [2]string{"（", "）"}, gone: "删去 ", semicolon: "；",
	status: "截至 %s：%s",
	more:   "……另有 %d 个问题",
	cut:    "……（单元格放不下，全文见 data/issues.json）",
	promise: promiseWords{
		name: "：承诺", due: "承诺到期：", period: "原文只写到 %s，这里按最后一天 %s 列出。",
		issue: "问题 %s：%s", measure: "见第 %d 条措施。", page: "网页：%s",
	},
}

var english = words{
	files: fileWords{
		issuesJSON:   [2]string{"All issues (JSON)", "All that is public of each issue: heading, finding, measures, status, deadline, owners, follow-ups, history; of withdrawn issues the number and the explanation only. For programs."},
		issuesCSV:    [2]string{"Table of issues (CSV)", "One row for each issue. UTF-8; several entries in one cell stand on a line each; a text that begins with =, +, - or the like has an apostrophe before it, so that it is not taken for a formula."},
		measuresCSV:  [2]string{"Table of measures (CSV)", "One row for each measure, written like the table of issues; the column id leads to the issue."},
		workbook:     [2]string{"Issues and measures (Excel)", "The content of both CSV files on two sheets, all of it text. Use this one to read in a spreadsheet."},
		portalJSON:   [2]string{"Portal and reports (JSON)", "Facts of the portal and the list of its files; facts of each report, its declared and published totals, narrative parts and outline. For programs."},
		issuesSchema: [2]string{"Description of all issues (JSON)", "JSON Schema: meaning and form of each member of issues.json, in Chinese."},
		portalSchema: [2]string{"Description of portal and reports (JSON)", "JSON Schema: meaning and form of each member of portal.json, in Chinese."},
		calendar:     [2]string{"Calendar of follow-ups (iCalendar)", "Each promise that names a day, month or year is an all-day event on the last day of it. For calendars of phones and computers."},
		atom:         [2]string{"Feed of changes (Atom)", "Reports published, status updates, changes, corrections and withdrawals, and what releases changed, newest first, up to 100; of the newest release all, up to 500."},
		jsonFeed:     [2]string{"Feed of changes (JSON Feed)", "The content of the Atom feed."},
		of:           ": ",
	},
	issues: "Issues", measure: "Measures", changes: ": changes",
	events: map[eventKind]string{
		reportPublished: "Published", statusGiven: "Status", issueChanged: "Change", issueCorrected: "Correction", issueWithdrawn: "Withdrawn", releaseMade: "New release", issueReleased: "Changed by a release",
	},
	colon: ": ", arrow: " → ", was: "was ", basis: [2]string{" (basis: ", ")"}, note: [2]string{" (", ")"}, gone: "without ", semicolon: "; ",
	status: "As of %s: %s",
	more:   "… and %d more issues",
	cut:    "… (too long for a cell; in full in data/issues.json)",
	promise: promiseWords{
		name: ": follow-ups", due: "Due: ", period: "The text says %s only; this is its last day, %s.",
		issue: "Issue %s: %s", measure: "See measure %d.", page: "Page: %s",
	},
}
