package problem

// Codes about documents and ledgers that are read in, found by importer. The comments name the arguments.
const (
	InputTooLarge   Code = "I001" // size, limit
	UnknownFormat   Code = "I002" //
	NotText         Code = "I003" //
	NothingToRead   Code = "I004" //
	PDFFile         Code = "I005" //
	PictureFile     Code = "I006" //
	EncryptedFile   Code = "I007" //
	OldWordFile     Code = "I008" //
	OldWorkbook     Code = "I009" //
	OtherFormat     Code = "I010" // format
	BrokenArchive   Code = "I011" //
	ArchiveBomb     Code = "I012" // size, limit
	CharactersLost  Code = "I013" // how many
	ControlsDropped Code = "I014" // how many
	ChangesAccepted Code = "I015" // insertions, deletions
	NoIssueFound    Code = "I016" //
	UnsureIssues    Code = "I017" //
	UnsureLevel     Code = "I018" // label, what it was taken as
	TitleUnsure     Code = "I019" // the title
	NoUnit          Code = "I020" //
	YearInferred    Code = "I021" // text, date, where the year is from
	Unclaimed       Code = "I022" // the text
	FieldUnread     Code = "I023" // what it is, the text
	RowUnmatched    Code = "I024" // the title
	TitlesMerged    Code = "I025" //
	SetApart        Code = "I026" // what, how many
	RowForeign      Code = "I027" // the title
	LinesJoined     Code = "I028" // how many
	NoDayOfChange   Code = "I029" // id, title
	NoteDropped     Code = "I030" // its text
	HiddenDropped   Code = "I031" // how many
	TotalsDiffer    Code = "I032" // label, how many the text states, how many were found
	NoDayOfStatus   Code = "I033" // how many issues have a status
	SaidTwice       Code = "I034" // what it is, the text, what it was before
	LevelsMixed     Code = "I035" // label, how many the text states, what there are so many of, how many were found
	KeysUnread      Code = "I036" // how many, the first of them
	SiblingLeftOut  Code = "I037" // the heading, one beside it
	SaidApart       Code = "I038" // the column, what it says
	LikeReport      Code = "I039" // the report, how many issues have the same title
)

var importCodes = map[Code]entry{
	InputTooLarge: {
		Error,
		[2]string{"文件有 {0},超过 {1} 的上限", "the file has {0}, more than the limit of {1}"},
		[2]string{"拆成几份,或只留正文后再导入", "split it, or leave only the text in it"},
	},
	UnknownFormat: {
		Error,
		[2]string{"认不出这是什么文件", "this is no kind of file that is known"},
		[2]string{"可以导入 .docx、.html、.txt、.xlsx、.csv;用原来的程序另存为其中一种", "it can be a .docx, .html, .txt, .xlsx or .csv file; save it as one of these"},
	},
	NotText: {
		Error,
		[2]string{"这不是文本文件,或者编码认不出来", "this is no text, or its encoding is not known"},
		[2]string{"用记事本打开,“另存为”时编码选 UTF-8", "save it again as UTF-8"},
	},
	NothingToRead: {
		Error,
		[2]string{"文件里没有文字", "there is no text in the file"},
		[2]string{"内容如果是图片,要先识别成文字", "if the content is a picture, have its text recognised first"},
	},
	PDFFile: {
		Error,
		[2]string{"这是 PDF 文件,不能直接导入", "this is a PDF file, which cannot be imported"},
		[2]string{"找到生成它的 Word 文件导入;扫描件先识别成文字,核对后存为 .txt", "import the Word file that it was made from; have a scan's text recognised, check it and save it as .txt"},
	},
	PictureFile: {
		Error,
		[2]string{"这是图片,里面没有文字可读", "this is a picture without readable text"},
		[2]string{"先识别成文字,核对后存为 .txt", "have its text recognised, check it and save it as .txt"},
	},
	EncryptedFile: {
		Error,
		[2]string{"文件设了密码", "the file is protected by a password"},
		[2]string{"用 Word 或 WPS 打开,去掉密码后另存", "open it, take the password off and save it again"},
	},
	OldWordFile: {
		Error,
		[2]string{"这是旧格式的文字文档(.doc 或 .wps)", "this is a document of an old format (.doc or .wps)"},
		[2]string{"用 Word 或 WPS 打开,“另存为”时选 .docx", "open it and save it as .docx"},
	},
	OldWorkbook: {
		Error,
		[2]string{"这是旧格式的表格(.xls 或 .et)", "this is a workbook of an old format (.xls or .et)"},
		[2]string{"用 Excel 或 WPS 打开,“另存为”时选 .xlsx", "open it and save it as .xlsx"},
	},
	OtherFormat: {
		Error,
		[2]string{"这是 {0} 文件,不能直接导入", "this is a file of the format {0}, which cannot be imported"},
		[2]string{"用 Word、WPS 或 Excel 打开,另存为 .docx 或 .xlsx", "open it and save it as .docx or .xlsx"},
	},
	BrokenArchive: {
		Error,
		[2]string{"文件损坏,打不开", "the file is broken and cannot be opened"},
		[2]string{"用 Word、WPS 或 Excel 打开,确认内容完整后另存一份", "open it, see that nothing is missing, and save it again"},
	},
	ArchiveBomb: {
		Error,
		[2]string{"文件解开后有 {0},超过 {1} 的上限", "unpacked the file has {0}, more than the limit of {1}"},
		[2]string{"删去图片等不需要的内容后另存", "take out pictures and save it again"},
	},
	CharactersLost: {
		Warning,
		[2]string{"有 {0} 个字读不出来,以 � 代替", "{0} characters could not be read and stand as �"},
		[2]string{"对照原件补上这些字", "put them in from the original"},
	},
	ControlsDropped: {
		Info,
		[2]string{"去掉了 {0} 个看不见的控制字符", "{0} invisible control characters were taken out"},
		[2]string{},
	},
	ChangesAccepted: {
		Warning,
		[2]string{"文档里有没处理完的修订:保留了 {0} 处插入,舍去了 {1} 处删除", "the document has tracked changes: {0} insertions were kept, {1} deletions dropped"},
		[2]string{"在 Word 中确认修订后再导入,更稳妥", "accept or reject them in Word to be sure"},
	},
	NoIssueFound: {
		Warning,
		[2]string{"没有认出问题清单,全部文字作为叙述部分", "no issues were recognised; all text became narrative parts"},
		[2]string{"检查标题的序号,或者改用台账导入", "look at the numbering of its headings, or import a ledger"},
	},
	UnsureIssues: {
		Warning,
		[2]string{"从这一段起按层次推断哪些是问题,请核对", "from this paragraph on, what is an issue was guessed from the levels"},
		[2]string{},
	},
	UnsureLevel: {
		Info,
		[2]string{"序号“{0}”接不上,按“{1}”处理", "the label “{0}” does not continue a list and was taken as {1}"},
		[2]string{},
	},
	TitleUnsure: {
		Warning,
		[2]string{"标题不明显,取了“{0}”", "the title is not plain; “{0}” was taken"},
		[2]string{},
	},
	NoUnit: {
		Warning,
		[2]string{"没有认出进行整改的单位,暂用门户的单位", "the unit was not recognised; the portal's stands in"},
		[2]string{"在 report.yaml 的 unit 里核对全称", "see that its full name stands under unit in report.yaml"},
	},
	YearInferred: {
		Info,
		[2]string{"“{0}”没有写年份,按 {1} 处理(年份取自{2})", "“{0}” has no year and was taken as {1} (the year is from {2})"},
		[2]string{"对照原文核对", "compare it with the source"},
	},
	Unclaimed: {
		Warning,
		[2]string{"这一段没有归入数据:“{0}”", "this paragraph went nowhere: “{0}”"},
		[2]string{"核对后手工补到合适的地方", "put it where it belongs by hand"},
	},
	FieldUnread: {
		Info,
		[2]string{"“{0}”写的是“{1}”,没有认出它的意思;文字照原样保留", "the meaning of “{1}” as {0} was not recognised; the words are kept as they are"},
		[2]string{"对照原文核对,在数据文件里补上", "compare it with the source and put it into the data file"},
	},
	RowUnmatched: {
		Info,
		[2]string{"表格中的“{0}”与正文的问题对不上,按新问题处理", "“{0}” of the table matches no issue of the text and became one"},
		[2]string{},
	},
	TitlesMerged: {
		Info,
		[2]string{"文件没有单独的网页标题,把分行的标题连成了一行", "there is no title in one line, so the lines of the title were joined"},
		[2]string{},
	},
	LinesJoined: {
		Info,
		[2]string{"有 {0} 处被折断的行接成了一段", "{0} broken lines were put together"},
		[2]string{"对照原文核对", "compare it with the source"},
	},
	NoDayOfChange: {
		Warning,
		[2]string{"问题 {0}“{1}”的状态或时限变了,但文件里没有日期,没有记入变动记录", "status or deadline of issue {0} “{1}” changed, but the paper has no date: there is no entry in its history"},
		[2]string{"用 --on 2025-06-30 说明是哪一天变的", "say on which day with --on 2025-06-30"},
	},
	RowForeign: {
		Warning,
		[2]string{"台账中的“{0}”与这份通报的问题对不上,没有处理", "“{0}” of the ledger is no issue of this report and was left aside"},
		[2]string{"核对标题;要新增问题,请用 rectify ledger 导出的台账", "compare the titles; new issues come by a ledger that rectify ledger wrote"},
	},
	NoteDropped: {
		Warning,
		[2]string{"脚注或尾注没有导入:“{0}”", "a footnote or endnote was left out: “{0}”"},
		[2]string{"要公开的,先在 Word 里写进正文,再导入", "if it is to be published, put it into the text in Word and import that"},
	},
	HiddenDropped: {
		Warning,
		[2]string{"有 {0} 处文字设为隐藏,没有导入", "hidden texts were left out: {0}"},
		[2]string{"要公开的,先在原文件里取消隐藏,再导入", "if they are to be published, show them in the file and import that"},
	},
	TotalsDiffer: {
		Info,
		[2]string{"原文说“{0}”有 {1},认出的是 {2}", "the text states {1} of “{0}”, {2} were found"},
		[2]string{"核对是原文没有全部公开,还是有的没有认出来", "see whether the paper leaves some out or some were not recognised"},
	},
	LevelsMixed: {
		Warning,
		[2]string{"原文说“{0}”有 {1},认出的是 {3};而{2}正好是 {1},层次可能认错了", "the text states {1} of “{0}”, {3} were found; of {2} there are {1}, so the levels may be mistaken"},
		[2]string{"对照原文,看哪一级标题才是“{0}”", "compare with the source which level of headings is meant"},
	},
	KeysUnread: {
		Warning,
		[2]string{"这一部分当作叙述,里面却有“{1}”这样的项目 {0} 处", "this part was taken as narrative, but it has entries such as “{1}”: {0}"},
		[2]string{"可能有问题没有认出;对照原文,没有认出的问题请手工补上", "issues may have been missed; compare with the source and add what is missing by hand"},
	},
	SaidApart: {
		Info,
		[2]string{"同一个问题有几行,“{0}”各不相同;没有把“{1}”当作整个问题的,原话留在完成情况里", "the issue has several rows whose {0} differ; “{1}” was not taken for the whole issue, the words are kept with the result"},
		[2]string{"整个问题的状态和时限,请在数据里补写", "write the status and the deadline of the whole issue into its data"},
	},
	LikeReport: {
		Warning,
		[2]string{"已有的通报 {0} 里有 {1} 个问题与这份文件的同名,像是同一次巡察;作为新通报导入,这些问题会在网站上出现两次", "{1} issues of the report {0} have the titles of this paper's: it seems to be the same inspection, and as a report of its own it would show them twice"},
		[2]string{"同一次巡察的新通报,用 --update {0} 导入", "bring a later paper of the same inspection in with --update {0}"},
	},
	SiblingLeftOut: {
		Warning,
		[2]string{"“{0}”没有当作问题,它旁边的“{1}”却当作了", "“{0}” was not taken as issues, “{1}” beside it was"},
		[2]string{"同一级标题一般同样处理;对照原文,没有认出的问题请手工补上", "headings of one list are mostly alike; compare with the source and add what is missing by hand"},
	},
	NoDayOfStatus: {
		Warning,
		[2]string{"文件里没有日期,{0} 个问题的状态不知道截至哪一天,rectify check 不会通过", "the paper has no date: the day of the status of {0} issues is not known, and rectify check refuses that"},
		[2]string{"用 --on 2025-06-30 说明是截至哪一天的", "say which day it is with --on 2025-06-30"},
	},
	SaidTwice: {
		Info,
		[2]string{"“{0}”又写了“{1}”,与前面的“{2}”不同;按前面的处理,这一处留在完成情况里", "“{0}” is stated again as “{1}”, unlike “{2}” before, which stands; this one is kept with the result"},
		[2]string{"对照原文核对", "compare it with the source"},
	},
	SetApart: {
		Info,
		[2]string{"{0} {1} 处没有导入", "{0} were left out: {1}"},
		[2]string{},
	},
}
