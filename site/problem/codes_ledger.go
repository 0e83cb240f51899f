package problem

// Codes about the clerk's workbook, found by ledger. Each has a sheet and a cell.
// The comments name the arguments.
const (
	LedgerBadDate    Code = "I040" // column, value
	LedgerBadStatus  Code = "I041" // value, what is usable
	LedgerBadKind    Code = "I042" // value, what is usable
	LedgerKindNoDate Code = "I043" // kind
	LedgerNoBasis    Code = "I044" // status
	LedgerNoDay      Code = "I045" //
	LedgerUnknownID  Code = "I046" // id
	LedgerSameID     Code = "I047" // id
	LedgerNoTitle    Code = "I048" //
	LedgerNoSection  Code = "I049" // what is written, an example
	LedgerConflict   Code = "I050" // column, what the data say now, what they said
	LedgerNoColumn   Code = "I051" // column
	LedgerRowGone    Code = "I052" // id, title
	LedgerSameTitle  Code = "I053" // id
	LedgerBadVisible Code = "I054" // value
	LedgerWithdrawn  Code = "I055" // id
	LedgerBadColumn  Code = "I056" // what stands there
	LedgerNoBase     Code = "I057" //
	LedgerOldResult  Code = "I058" // status, what the result says
)

var ledgerCodes = map[Code]entry{
	LedgerBadDate: {
		Error,
		[2]string{"{0}“{1}”不是日期", "{0} “{1}” is no date"},
		[2]string{"写成 2025-06-30、2025-06 或 2025,或照原文写,如 2025年6月底前", "write 2025-06-30, 2025-06 or 2025, or the words of the paper such as 2025年6月底前"},
	},
	LedgerBadStatus: {
		Error,
		[2]string{"整改状态“{0}”看不出是哪一种", "the status “{0}” is of no known kind"},
		[2]string{"从下拉列表选一个:{1}", "choose one of the list: {1}"},
	},
	LedgerBadKind: {
		Error,
		[2]string{"时限类型“{0}”不在列表里", "the kind of deadline “{0}” is not of the list"},
		[2]string{"从下拉列表选一个:{1}", "choose one of the list: {1}"},
	},
	LedgerKindNoDate: {
		Error,
		[2]string{"时限类型是“{0}”,完成时限没有填", "the kind of deadline is “{0}” and there is no date"},
		[2]string{"在“完成时限”填写日期", "write the date under 完成时限"},
	},
	LedgerNoBasis: {
		Error,
		[2]string{"整改状态改成了“{0}”,没有写新的依据", "the status became “{0}” without a new basis"},
		[2]string{"在“状态依据”写明依据:原句,或注明日期的说明", "write under 状态依据 the sentence that says so, or a dated note"},
	},
	LedgerNoDay: {
		Error,
		[2]string{"改了状态或时限,“变动日期”没有填", "the status or the deadline changed and there is no day of the change"},
		[2]string{"填写哪一天变的,如 2025-06-30;也可以用 --on 统一给出", "write the day, such as 2025-06-30, or give it for all with --on"},
	},
	LedgerUnknownID: {
		Error,
		[2]string{"编号 {0} 不在数据里", "the number {0} is not in the data"},
		[2]string{"恢复原来的编号;新增的行,编号留空", "put the old number back; a new row has none"},
	},
	LedgerSameID: {
		Error,
		[2]string{"编号 {0} 出现了两次", "the number {0} stands twice"},
		[2]string{"复制出来的新行,编号清空", "take the number out of the row that was copied"},
	},
	LedgerNoTitle: {
		Error,
		[2]string{"“问题”没有填", "the issue has no title"},
		[2]string{"填写问题的标题;不要的行,整行删去", "write its title, or delete the whole row"},
	},
	LedgerNoSection: {
		Error,
		[2]string{"找不到标题“{0}”", "there is no heading “{0}”"},
		[2]string{"“所在标题”照抄别的行,例如:{1}", "copy it from another row, for example: {1}"},
	},
	LedgerConflict: {
		Error,
		[2]string{"导出台账以后,数据里的“{0}”也改过:现在是“{1}”,导出时是“{2}”", "{0} was changed in the data too since the workbook was written: it is “{1}” and was “{2}”"},
		[2]string{"核对后,填成现在的内容(不再改动),或重新导出台账再改", "write what it is now to leave it so, or have the workbook written anew"},
	},
	LedgerNoBase: {
		Error,
		[2]string{"这是 rectify ledger 导出的台账,但少了隐藏的工作表 _base,看不出改了哪些格子;导入会把每个问题再建一遍", "this is a workbook of rectify ledger without its hidden sheet _base: what was edited cannot be seen, and importing it would make every issue a second time"},
		[2]string{"在原来的 .xlsx 里改(不要把表复制到新文件,也不要另存为 CSV);或用 rectify ledger 重新导出,把改动抄过去", "edit the .xlsx that was written (no copy of a sheet, no CSV), or have it written anew and copy the edits into it"},
	},
	LedgerBadColumn: {
		Error,
		[2]string{"“{0}”不是台账的列名,或者出现了两次;这一列改了什么都读不到", "{0} is no name of a column, or stands there twice; what was edited under it cannot be read"},
		[2]string{"恢复原来的列名;自己加的列请放到另一张表", "put the old name back; keep columns of your own on another sheet"},
	},
	LedgerNoColumn: {
		Error,
		[2]string{"找不到“{0}”这一列", "there is no column {0}"},
		[2]string{"恢复第二行的列名(编号列是隐藏的),或重新导出台账", "put the name back into the second row (the column 编号 is hidden), or have the workbook written anew"},
	},
	LedgerSameTitle: {
		Error,
		[2]string{"这一行没有编号,但数据里已经有同名的问题 {0},内容不同", "the row has no number, and the data have an issue of this title, {0}, that says something else"},
		[2]string{"已经导入过的新行,请重新导出台账再改;确是另一个问题,换一个标题", "a new row that was imported already: have the workbook written anew; another issue: give it another title"},
	},
	LedgerBadVisible: {
		Error,
		[2]string{"公开范围“{0}”只能是“公开”或“不公开”", "公开范围 “{0}” can only be 公开 or 不公开"},
		[2]string{"从下拉列表选一个", "choose one of the list"},
	},
	LedgerWithdrawn: {
		Error,
		[2]string{"问题 {0} 在导出台账以后撤回了,不能再改", "the issue {0} was taken back after the workbook was written and cannot be changed any more"},
		[2]string{"删去这一行,或把这一行恢复成导出时的样子", "delete the row, or put it back as it was"},
	},
	LedgerOldResult: {
		Warning,
		[2]string{"整改状态改成了“{0}”,“完成情况”还写着“{1}”", "the status became “{0}”, and the result still says “{1}”"},
		[2]string{"在“完成情况”写上新的情况,或清空这一格", "write under 完成情况 what is the case now, or empty the cell"},
	},
	LedgerRowGone: {
		Warning,
		[2]string{"台账里没有了问题 {0}“{1}”;数据没有动", "the issue {0} “{1}” is not in the workbook any more; the data are left alone"},
		[2]string{"要撤下已公开的问题,在它的数据文件里写 withdrawn", "to take a published issue back, write withdrawn into its data file"},
	},
}
