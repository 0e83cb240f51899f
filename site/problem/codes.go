package problem

import "slices"

// Code names a kind of problem. D codes are about data, T codes about the
// theme, O codes about the output, I codes about imported papers. A code keeps its meaning for ever; a code
// that is no longer used is not given to something else.
type Code string

// entry is one row of the table; text and hint are indexed by Lang, and {0},
// {1} … stand for the arguments that the code's comment names.
type entry struct {
	severity   Severity
	text, hint [2]string
}

// Codes about single files of data, found by load.
const (
	NotUTF8           Code = "D001" //
	ByteOrderMark     Code = "D002" //
	WindowsLines      Code = "D003" //
	FileTooLarge      Code = "D004" // size in bytes, limit in bytes
	Syntax            Code = "D005" // what is wrong, or the YAML library's words
	AliasUsed         Code = "D006" // what was used: anchor, alias, tag or merge key
	SymlinkOutside    Code = "D007" //
	UnknownKey        Code = "D008" // key, known keys, the nearest known key
	DuplicateKey      Code = "D009" // key, line of the first
	WrongType         Code = "D010" // key, what is wanted, what is there
	MissingField      Code = "D011" // key
	UnknownCode       Code = "D012" // what it is, text, list of usable codes
	BadDate           Code = "D013" // text, form
	BadID             Code = "D014" // text, form
	UnresolvedIssue   Code = "D015" // issue id
	IssueNotInOutline Code = "D016" // issue id
	DuplicateID       Code = "D017" // id, place of the first
	CommentAfterText  Code = "D018" // the comment
	BadValue          Code = "D019" // text, what is wanted
	MissingFile       Code = "D020" // file
	BadParagraph      Code = "D021" // number, count of paragraphs
	NotOneDocument    Code = "D022" //
	ProseWithoutTitle Code = "D023" //
	FormatTooNew      Code = "D024" // format in the file, format of the program
	Unreadable        Code = "D025" // the system's words
	DuplicateInTree   Code = "D026" // id, place of the first
	ControlCharacter  Code = "D027" // the character as U+0000
	TooDeep           Code = "D028" // limit
	ListedTwice       Code = "D029" // value
	RawHTML           Code = "D030" // the tag
)

// Codes about the data as a whole, found by check.
const (
	SameOnWindows     Code = "D040" // file name, place of the other one
	BadFileName       Code = "D041" // file name, what is wrong with it
	LabelGap          Code = "D042" // label behind the gap, what stands before it, labels of the internal items
	StatusNeedsBasis  Code = "D043" // status code and its word, keys that are missing
	StatusDiffers     Code = "D044" // words as printed, status code and its word
	DatesReversed     Code = "D045" // what is too early, its date, what it cannot precede, its date
	DatesUnlikely     Code = "D046" // what is too early, its date, what it hardly precedes, its date
	YearUnlikely      Code = "D047" // date, first likely year, last likely year
	HistoryOrder      Code = "D048" // date, date of the entry before it
	AfterAsOf         Code = "D049" // what is too late, its date, as_of
	DeadlinePassed    Code = "D050" // deadline, clock, status code and its word
	DeadlineUncertain Code = "D051" // deadline, clock
	PromisePassed     Code = "D052" // date, clock
	DeclaredDiffers   Code = "D053" // label, declared number with its unit, published number
	IDNumber          Code = "D054" // the number, masked
	OldIDNumber       Code = "D055" // the number, masked
	MobileNumber      Code = "D056" // the number, masked
	BankCard          Code = "D057" // the number, masked
	EmailAddress      Code = "D058" // the address, masked
	InternalInSource  Code = "D059" // the text
	InternalInText    Code = "D060" // the text
	NoContact         Code = "D061" //
	EvidenceMissing   Code = "D062" // file name, what is there instead
	EvidenceUnnamed   Code = "D063" // file name
	EvidenceUndated   Code = "D064" // file name
	EvidenceAuthor    Code = "D065" // file name, what it gives away
	StrayFile         Code = "D066" // name, what is read there
	LostCharacter     Code = "D067" // how many
	Mojibake          Code = "D068" // the text, what it was
	PrivateUse        Code = "D069" // the character as U+E000, how many
	InvisibleMark     Code = "D070" // the character as U+200B, how many
	UnpairedMark      Code = "D071" // the mark, the one that is missing
	MixedWidth        Code = "D072" // the marks
	EmptyReport       Code = "D073" //
	EmptySection      Code = "D074" // heading
	OutlineTwice      Code = "D075" // place of the first
	BadMark           Code = "D076" // text, form
	WithdrawnInternal Code = "D077" //
)

// Codes about the theme, found by render.
const (
	ThemeFailed      Code = "T001" // Hugo's words
	ThemeWarning     Code = "T002" // Hugo's words
	PageNotMade      Code = "T003" // path
	UnexpectedFile   Code = "T004" // path
	NoLayout         Code = "T005" // layout
	NoWord           Code = "T006" // key
	NoLanguage       Code = "T007" // language
	AssetsNotNamed   Code = "T008" // the JSON library's words
	AssetWithoutHash Code = "T009" // path
	NotPure          Code = "T010" // path, what was changed (batch, order, clock), excerpt before, excerpt after
)

// Codes about the finished site, found by audit.
const (
	BrokenLink         Code = "O001" // address, number of pages that have it
	BrokenAnchor       Code = "O002" // address, number of pages that have it
	DuplicateAnchor    Code = "O003" // id
	MissingTitle       Code = "O004" //
	MissingLang        Code = "O005" // language wanted, language found
	MissingAlt         Code = "O006" // src
	MissingTranslation Code = "O007" // text around
	TemplateEscape     Code = "O008" //
	InlineCode         Code = "O009" // what
	OtherHost          Code = "O010" // address
	OverBudget         Code = "O011" // what, bytes, limit
	MissingPolicy      Code = "O012" // policy found
	MissingMeta        Code = "O013" // name, number of pages
	MissingMarks       Code = "O014" // names
	NoBaseURL          Code = "O015" //
	NotHTML            Code = "O016" // the parser's words
	ForbiddenMarkup    Code = "O017" // what
	DuplicatePath      Code = "O018" // path
	NotWellFormed      Code = "O019" // the parser's words
	WrongIssueMark     Code = "O020" // id wanted, ids found
	WrongCount         Code = "O021" // element, number found
	PrivateText        Code = "O022" // the text
)

// Codes about papers that are imported, found by importer.
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
)

var table = map[Code]entry{
	NotUTF8: {
		Error,
		[2]string{"文件不是 UTF-8 编码", "the file is not UTF-8 text"},
		[2]string{"用记事本打开,“另存为”时编码选 UTF-8", "save it again as UTF-8"},
	},
	ByteOrderMark: {
		Info,
		[2]string{"文件开头有字节顺序标记(BOM),已忽略", "the file starts with a byte order mark, which is ignored"},
		[2]string{"保存时选“UTF-8”而不是“带 BOM 的 UTF-8”", "save it as UTF-8 without BOM"},
	},
	WindowsLines: {
		Info,
		[2]string{"文件用的是 Windows 换行(CRLF),已按 LF 读取", "the file has Windows line ends (CRLF), read as LF"},
		[2]string{"不影响结果;若与他人共用文件,统一为 LF 可避免无意义的改动", "the result is the same; LF avoids noise where files are shared"},
	},
	FileTooLarge: {
		Error,
		[2]string{"文件有 {0} 字节,超过上限 {1} 字节", "the file has {0} bytes, the limit is {1}"},
		[2]string{"把内容拆到几个文件,附件放进 files/ 文件夹", "split it, and put attachments into the folder files/"},
	},
	Syntax: {
		Error,
		[2]string{"这里读不懂,YAML 写法有误({0})", "this is not readable YAML ({0})"},
		[2]string{"常见原因:冒号后缺空格、缩进不齐、文字里含半角冒号而未用 |- 另起一行书写", "look for a colon without a space, uneven indentation, or text with a colon that is not written as a |- block"},
	},
	AliasUsed: {
		Error,
		[2]string{"这里用了 YAML 的{0},本程序不接受", "YAML's {0} is not accepted here"},
		[2]string{"直接写出内容;文字若以 & * ! 开头,请加引号", "write the value itself; put text that starts with & * or ! in quotes"},
	},
	SymlinkOutside: {
		Error,
		[2]string{"这是一个指向数据文件夹之外的链接", "this link leads out of the data folder"},
		[2]string{"把文件本身复制到这里", "copy the file itself here"},
	},
	UnknownKey: {
		Error,
		[2]string{"不认识的项“{0}”", "unknown key “{0}”"},
		[2]string{"最接近的是“{2}”。这里可用:{1}", "the nearest is “{2}”. Known here: {1}"},
	},
	DuplicateKey: {
		Error,
		[2]string{"“{0}”写了两次,第一次在第 {1} 行", "“{0}” stands twice, first in line {1}"},
		[2]string{"只保留一个", "keep one of them"},
	},
	WrongType: {
		Error,
		[2]string{"“{0}”应当是{1},这里却是{2}", "“{0}” should be {1}, but this is {2}"},
		[2]string{"参照 README 里的例子改写", "see the example in the README"},
	},
	MissingField: {
		Error,
		[2]string{"缺少必填项“{0}”", "the required key “{0}” is missing"},
		[2]string{"补上一行:{0}: …", "add a line: {0}: …"},
	},
	UnknownCode: {
		Error,
		[2]string{"{0}“{1}”不是可用的代码", "{0} “{1}” is not a usable code"},
		[2]string{"可用:{2}", "usable: {2}"},
	},
	BadDate: {
		Error,
		[2]string{"“{0}”不是这里要的日期", "“{0}” is not the date wanted here"},
		[2]string{"写成 {1}", "write it as {1}"},
	},
	BadID: {
		Error,
		[2]string{"编号“{0}”不合规定", "“{0}” is not a usable id"},
		[2]string{"应为{1}", "it has to be {1}"},
	},
	UnresolvedIssue: {
		Error,
		[2]string{"目录(outline)列出了问题 {0},但本通报的 issues/ 里没有这个编号的文件", "the outline names issue {0}, but no file under the report's issues/ has that id"},
		[2]string{"在 issues/ 里补上该文件,或从目录删去这个编号", "add its file under issues/ or take the id out of the outline"},
	},
	IssueNotInOutline: {
		Error,
		[2]string{"问题 {0} 不在目录(outline)里,不知道放在哪一节", "issue {0} is not in the outline, so it has no place in the report"},
		[2]string{"把 {0} 写进 report.yaml 中所属一节的 issues", "add {0} to the issues of its section in report.yaml"},
	},
	DuplicateID: {
		Error,
		[2]string{"编号 {0} 已被使用:{1}", "the id {0} is already taken: {1}"},
		[2]string{"编号一经公布不再改动;给较新的那个换一个没用过的编号", "a published id never changes: give the newer one a free id"},
	},
	CommentAfterText: {
		Error,
		[2]string{"文字后面的“{0}”会被当作注释丢掉", "“{0}” behind the text would be dropped as a comment"},
		[2]string{"若是正文,请给整句加引号,或用 |- 另起一行书写;若是注释,请移到单独一行", "if it is text, put the whole value in quotes or in a |- block; if it is a comment, give it a line of its own"},
	},
	BadValue: {
		Error,
		[2]string{"“{0}”不能用在这里", "“{0}” cannot stand here"},
		[2]string{"应为{1}", "it has to be {1}"},
	},
	MissingFile: {
		Error,
		[2]string{"找不到文件 {0}", "there is no file {0}"},
		[2]string{"在门户文件夹里运行,或用 -C 指明文件夹", "run in the portal's folder, or name it with -C"},
	},
	BadParagraph: {
		Error,
		[2]string{"原文没有第 {0} 段(共 {1} 段)", "the source has no paragraph {0} (it has {1})"},
		[2]string{"段号是 source.txt 中非空行的序号,从 1 数起", "paragraphs are the non-empty lines of source.txt, counted from 1"},
	},
	NotOneDocument: {
		Error,
		[2]string{"文件应当恰好是一份 YAML 文档,由“项: 值”组成", "the file has to be exactly one YAML document made of “key: value”"},
		[2]string{"去掉单独一行的 ---,或补上内容", "take out lines of ---, or fill the file"},
	},
	ProseWithoutTitle: {
		Error,
		[2]string{"说明页缺少标题", "the page has no title"},
		[2]string{"第一行写成:# 标题", "let the first line be: # Title"},
	},
	FormatTooNew: {
		Error,
		[2]string{"数据格式是 {0},本程序只认识到 {1}", "the data have format {0}, this program knows up to {1}"},
		[2]string{"换用较新版本的 rectify", "use a newer version of rectify"},
	},
	Unreadable: {
		Error,
		[2]string{"读不了这个文件:{0}", "the file cannot be read: {0}"},
		[2]string{"检查文件是否存在、是否有权限、是否被别的程序占用", "see whether it exists, may be read, and is not held by another program"},
	},
	DuplicateInTree: {
		Error,
		[2]string{"“{0}”在目录中出现了两次,第一次在 {1}", "“{0}” stands twice in the outline, first at {1}"},
		[2]string{"只保留一处", "keep one of them"},
	},
	ControlCharacter: {
		Error,
		[2]string{"文字里有看不见的控制字符 {0}", "the text holds the invisible control character {0}"},
		[2]string{"多半是从别处粘贴时带来的:删去它,或换成换行", "it often comes with pasted text: delete it, or put a line break in its place"},
	},
	TooDeep: {
		Error,
		[2]string{"嵌套超过了 {0} 层", "this is nested more than {0} levels deep"},
		[2]string{"检查缩进和括号", "see whether the indentation and the brackets are right"},
	},
	ListedTwice: {
		Error,
		[2]string{"“{0}”在同一个列表里写了两次", "“{0}” stands twice in one list"},
		[2]string{"只保留一个", "keep one of them"},
	},
	RawHTML: {
		Error,
		[2]string{"说明页里的 HTML({0})不会显示", "the HTML ({0}) in this page would not be shown"},
		[2]string{"改用 Markdown 书写;若是正文里的 <,写成 &lt;", "write it as Markdown, and a plain < as &lt;"},
	},
	SameOnWindows: {
		Error,
		[2]string{"文件名“{0}”与 {1} 处的只有大小写或字母的组合方式不同", "the file name “{0}” differs from the one at {1} only in capitals or in how its letters are composed"},
		[2]string{"在 Windows 和 Mac 上两者是同一个文件,一个会盖掉另一个;给其中一个换名字,文件和数据里都要改", "on Windows and Mac they are one file, and one would replace the other: rename one of them, on disk and in the data"},
	},
	BadFileName: {
		Error,
		[2]string{"文件名“{0}”不能用:{1}", "the file name “{0}” cannot be used: {1}"},
		[2]string{"附件要放到网上、存入档案,名字在各种系统上都要能用:换一个名字,文件和数据里都要改", "attachments go online and into archives, so their names have to work everywhere: rename it, on disk and in the data"},
	},
	LabelGap: {
		Warning,
		[2]string{"编号在“{0}”之前断开({1}),缺的正是不公开的{2}", "the labels skip before “{0}” ({1}): what is missing is the internal {2}"},
		[2]string{"读者从断开的编号能看出有事项没有公开。删去同一节各项的 label,或改为连续的编号;若本来就允许看出,可以不改", "readers can tell from the gap that something is withheld: leave the labels of this section out, or number them without a gap; if that may be known, leave it"},
	},
	StatusNeedsBasis: {
		Error,
		[2]string{"状态是 {0},却没有写 {1}", "the status is {0}, but {1} is not given"},
		[2]string{"说整改到什么程度,要有依据:basis 抄原文中这样说的那句话(或写编者的说明和日期),as_of 写截至哪一天;原文没有说就用 not_stated", "a status needs its grounds: basis is the sentence that says so (or an editor's dated note), as_of the day it holds for; where the source says nothing, use not_stated"},
	},
	StatusDiffers: {
		Warning,
		[2]string{"原文印的是“{0}”,状态码却是 {1}", "the source prints “{0}”, but the status code is {1}"},
		[2]string{"筛选和统计只看状态码,两者不一致会误导读者:改 code,或改正 printed", "lists and counts go by the code, so readers would be misled: change code, or put printed right"},
	},
	DatesReversed: {
		Error,
		[2]string{"{0}({1})早于{2}({3}),这不可能", "{0} ({1}) lies before {2} ({3}), which cannot be"},
		[2]string{"多半是输入错误:对照原文改正其中一个日期", "it is most likely a slip: compare both with the source and mend one"},
	},
	DatesUnlikely: {
		Warning,
		[2]string{"{0}({1})早于{2}({3}),请核对", "{0} ({1}) lies before {2} ({3}): please check"},
		[2]string{"前后颠倒的日期会让人怀疑公开的内容:对照原文,有误就改正,无误可以不改", "dates in the wrong order cast doubt on all that is published: compare with the source, mend what is wrong, and leave what is right"},
	},
	YearUnlikely: {
		Warning,
		[2]string{"日期“{0}”的年份不在 {1} 至 {2} 之间,像是输入错误", "the year of “{0}” is not between {1} and {2}; it looks like a slip"},
		[2]string{"年份错了,排序、逾期判断都会跟着错:对照原文改正", "sorting and deadlines would go wrong with it: compare with the source and mend it"},
	},
	HistoryOrder: {
		Warning,
		[2]string{"这一条的日期 {0} 早于上一条的 {1}", "this entry's date {0} lies before the {1} of the entry above"},
		[2]string{"页面照这里的先后显示:按日期从早到晚排列,或改正日期", "the page shows the entries in this order: put the oldest first, or mend the date"},
	},
	AfterAsOf: {
		Warning,
		[2]string{"{0}是 {1},晚于数据的截至日期 {2}", "{0} is {1}, which is after the day that the data hold for, {2}"},
		[2]string{"页面说“截至 {2}”,却写着以后的事:把 as_of 改为最近一次更新的日期,或改正这里的日期", "the page says “as of {2}” and tells of something later: move as_of to the day of the latest update, or mend this date"},
	},
	DeadlinePassed: {
		Warning,
		[2]string{"整改时限 {0} 在 {1} 已经过了,状态仍是 {2}", "the deadline {0} had passed on {1}, but the status is still {2}"},
		[2]string{"读者会看到逾期:有新的进展就更新 status(code、basis、as_of),确实没有完成就写 overdue", "readers will see it as overdue: bring status up to date (code, basis, as_of), or say overdue if it is"},
	},
	DeadlineUncertain: {
		Info,
		[2]string{"整改时限 {0} 在 {1} 已经过了,没有注明是否完成", "the deadline {0} had passed on {1}; whether it was met is not stated"},
		[2]string{"页面只说时限已过,不推断是否完成;有依据时再填 status", "the page only says that the day has passed; fill status once there are grounds for it"},
	},
	PromisePassed: {
		Info,
		[2]string{"承诺的日期 {0} 在 {1} 已经过了", "the promised date {0} had passed on {1}"},
		[2]string{"页面会说日期已过,不推断是否兑现;兑现了就在 history 或 status 里写明", "the page says that the day has passed; if the promise was kept, say so in history or status"},
	},
	DeclaredDiffers: {
		Info,
		[2]string{"“{0}”声明 {1},公开 {2}", "“{0}”: {1} declared, {2} published"},
		[2]string{"两个数都会照实列出,不必一致;若公开数不对,检查目录(outline)有没有漏掉的问题", "both numbers are shown and need not agree; if the published one is wrong, see whether the outline lacks an issue"},
	},
	IDNumber: {
		Error,
		[2]string{"这里有身份证号({0})", "this is a citizen's identity number ({0})"},
		[2]string{"个人信息不得公开:删去号码,必要时只写姓氏加“某”", "personal data must not be published: take the number out"},
	},
	OldIDNumber: {
		Warning,
		[2]string{"这里像是 15 位的旧身份证号({0})", "this looks like an old identity number of 15 digits ({0})"},
		[2]string{"若是身份证号,必须删去;若是别的编号(如旧的营业执照号),可以不改", "if it is one, it has to go; if it is another number (such as an old business licence), leave it"},
	},
	MobileNumber: {
		Error,
		[2]string{"这里有手机号码({0})", "this is a mobile telephone number ({0})"},
		[2]string{"个人信息不得公开:删去号码;若是对外的监督电话,写进 contact 的 phones,别处就可以出现", "personal data must not be published: take it out; a number meant for the public belongs into phones of contact, then it may stand elsewhere too"},
	},
	BankCard: {
		Error,
		[2]string{"这里像是银行卡号({0}),校验位也对得上", "this looks like a bank card number ({0}); its check digit agrees"},
		[2]string{"个人信息不得公开:删去号码;若是合同、票据等别的编号,只写后四位", "personal data must not be published: take it out; if it is the number of something else, give its last four digits only"},
	},
	EmailAddress: {
		Warning,
		[2]string{"联系方式之外有电子邮箱({0})", "an e-mail address stands outside the contact ({0})"},
		[2]string{"个人的邮箱要删去;若是对外的邮箱,写进 contact 的 emails,别处就可以出现", "take out the address of a person; one meant for the public belongs into emails of contact, then it may stand elsewhere too"},
	},
	InternalInSource: {
		Error,
		[2]string{"原文里有不公开事项的文字“{0}”", "the source holds text of an internal item: “{0}”"},
		[2]string{"通报全文页会照登 source.txt:从这里删去不公开的部分,或把该事项改为公开", "the full text page shows source.txt: take what is internal out of it, or make the item public"},
	},
	InternalInText: {
		Warning,
		[2]string{"公开的文字里有与不公开事项相同的话“{0}”", "this public text says the same as an internal item: “{0}”"},
		[2]string{"核对是否泄露:是就删改;若只是通用的说法,可以不改", "see whether it gives the item away: rewrite it if so; a turn of phrase that both happen to use can stay"},
	},
	NoContact: {
		Warning,
		[2]string{"没有监督与意见的联系方式(contact)", "there is no contact where the public can write, call or visit"},
		[2]string{"每一页都要让群众知道向谁反映:在 portal.yaml 的 contact 下填写电话、地址、邮箱,至少一样", "every page has to say whom to tell: fill phones, address or emails under contact in portal.yaml"},
	},
	EvidenceMissing: {
		Error,
		[2]string{"files/ 里没有附件“{0}”{1}", "there is no attachment “{0}” in files/{1}"},
		[2]string{"链接会打不开:把文件放进本通报的 files/ 文件夹,或改正 file;大小写要完全一样", "its link would lead nowhere: put the file into the report's folder files/, or mend file; capitals matter"},
	},
	EvidenceUnnamed: {
		Warning,
		[2]string{"附件“{0}”没有任何问题提到,不会公开", "no issue names the attachment “{0}”, so it is not published"},
		[2]string{"在所属问题的 evidence 里写上它的 file 和 title,或把文件移出数据文件夹", "name it under evidence of its issue, with file and title, or take it out of the data folder"},
	},
	EvidenceUndated: {
		Warning,
		[2]string{"附件“{0}”没有写日期", "the attachment “{0}” has no date"},
		[2]string{"没有日期,读者不知道证明的是哪一天的情况:补上 date(年、年-月、年-月-日都可以)", "without one nobody knows which day it bears witness to: add date (a year, a month or a day)"},
	},
	EvidenceAuthor: {
		Warning,
		[2]string{"附件“{0}”里带有{1}", "the attachment “{0}” carries {1}"},
		[2]string{"这些信息会随文件一起公开:在 Word、Excel 中用“文件 > 信息 > 检查文档”删除,照片另存时不带属性", "it would be published with the file: remove it with “File > Info > Inspect Document”, or save the photo without its properties"},
	},
	StrayFile: {
		Warning,
		[2]string{"“{0}”不会被读取:{1}", "“{0}” is not read: {1}"},
		[2]string{"里面的内容不会出现在网站上:改正名字或位置;若不是数据,移出 data 文件夹", "nothing of it will be on the site: mend its name or place, or take it out of the data folder if it is no data"},
	},
	LostCharacter: {
		Warning,
		[2]string{"文字里有 {0} 个“\ufffd”:这些字在转换编码时丢失了", "the text holds {0} “\ufffd”: characters that were lost when it was converted"},
		[2]string{"对照原文补上丢失的字", "put the characters in again from the original"},
	},
	Mojibake: {
		Warning,
		[2]string{"“{0}”是乱码,{1}", "“{0}” is garbled text; {1}"},
		[2]string{"文件曾被当作别的编码打开:从原文重新复制这段文字,保存时选 UTF-8", "the file was once read in the wrong encoding: copy the passage from the original again, and save as UTF-8"},
	},
	PrivateUse: {
		Warning,
		[2]string{"文字里有 {1} 个自造字({0}),别的电脑上显示不出来", "the text holds {1} private character(s) ({0}), which other computers cannot show"},
		[2]string{"换成标准汉字(生僻字多数已有 Unicode 编码),或用文字说明字形", "use the standard character (most rare ones have a code by now), or describe it"},
	},
	InvisibleMark: {
		Warning,
		[2]string{"文字里有 {1} 个看不见的字符({0}),会使搜索找不到这里", "the text holds {1} invisible character(s) ({0}), so searches miss this place"},
		[2]string{"多半是从网页或 Word 粘贴时带来的:删去标记处前后的字,重新输入", "they come with text pasted from web pages or Word: delete the characters around the mark and type them again"},
	},
	UnpairedMark: {
		Info,
		[2]string{"{0} 没有与它配对的 {1}", "{0} has no {1} to go with it"},
		[2]string{"对照原文:抄漏了就补上,原文如此可以不改", "compare with the source: mend it if it was copied wrongly, and leave it if it is printed so"},
	},
	MixedWidth: {
		Info,
		[2]string{"同一段文字里混用了半角和全角标点 {0}", "half-width and full-width marks are mixed in one passage: {0}"},
		[2]string{"对照原文;若不是原文如此,统一为一种", "compare with the source; unless it is printed so, use one of them throughout"},
	},
	EmptyReport: {
		Warning,
		[2]string{"这份通报没有公开任何问题", "this report publishes no issue"},
		[2]string{"公开的栏目不应是空的:在 issues/ 里补上问题并写进目录(outline),或先移走这个文件夹", "no part of the site should be empty: add issues and name them in the outline, or take the folder away for now"},
	},
	EmptySection: {
		Warning,
		[2]string{"“{0}”下面没有任何问题", "there is no issue under “{0}”"},
		[2]string{"它的页面会是空的:把问题的编号写进这一节的 issues,或删去这一节", "its page would be empty: put ids of issues into its issues, or take the section out"},
	},
	OutlineTwice: {
		Error,
		[2]string{"又一处 outline: true,第一处在 {0}", "a second outline: true, the first is at {0}"},
		[2]string{"问题的目录只能接在叙述部分的一处:只保留一个", "the outline stands in one place of the narrative: keep one of them"},
	},
	BadMark: {
		Warning,
		[2]string{"“{0}”的写法不合规定,应形如 {1}", "“{0}” does not have the prescribed form, which is {1}"},
		[2]string{"每一页的页脚都要显示它,检查软件也会核对:照批准、备案的结果改正", "every page shows it in its footer, and monitoring checks it: put it right as it was granted"},
	},
	WithdrawnInternal: {
		Warning,
		[2]string{"已经撤回(withdrawn)的问题又设为不公开(internal)", "a withdrawn issue is marked internal"},
		[2]string{"公布过的编号不能悄悄消失:删去 visibility,页面只说明何时、为何撤回", "what was published must not vanish without a word: take visibility out, and its page says when and why it was withdrawn"},
	},

	ThemeFailed: {
		Error,
		[2]string{"主题出错:{0}", "the theme failed: {0}"},
		[2]string{"改正所指的模板", "mend the template named"},
	},
	ThemeWarning: {
		Error,
		[2]string{"主题有警告:{0}", "the theme gave a warning: {0}"},
		[2]string{"Hugo 的警告往往意味着少了页面或文字,因此按错误处理", "Hugo's warnings often mean a page or a text is missing, so they count as errors"},
	},
	PageNotMade: {
		Error,
		[2]string{"文件 {0} 没有生成", "the file {0} was not made"},
		[2]string{"检查所指的模板:页面、二维码(.Params.qr)和样式脚本都由它生成", "see the template named: it has to make the page, its QR code (.Params.qr) or the assets that it names"},
	},
	UnexpectedFile: {
		Error,
		[2]string{"主题多生成了文件 {0}", "the theme made an extra file {0}"},
		[2]string{"页面只能生成自己的文件和二维码;样式和脚本只在 layouts/assets.html 中生成", "a page may only make its own file and its QR code; assets are built in layouts/assets.html alone"},
	},
	NoLayout: {
		Error,
		[2]string{"主题没有模板 {0}", "the theme has no layout {0}"},
		[2]string{"补上所指的文件", "add the file named"},
	},
	NoWord: {
		Error,
		[2]string{"主题缺少界面文字 {0}", "the theme has no words for {0}"},
		[2]string{"在所指的文件中补上这一项,或改正模板中的名字", "add the key to the file named, or mend the name in the template"},
	},
	NoLanguage: {
		Error,
		[2]string{"主题没有语言“{0}”的界面文字", "the theme has no words in the language “{0}”"},
		[2]string{"补上所指的文件,或改 portal.yaml 中的语言", "add the file named, or change the language in portal.yaml"},
	},
	AssetsNotNamed: {
		Error,
		[2]string{"样式和脚本的模板没有输出它们的名字({0})", "the template of the assets did not print their names ({0})"},
		[2]string{"它应当只输出一个 JSON 对象,如 {\"css\": \"assets/civic.1f0a….css\"}", "it has to print one JSON object and nothing else, like {\"css\": \"assets/civic.1f0a….css\"}"},
	},
	AssetWithoutHash: {
		Error,
		[2]string{"文件名 {0} 里没有内容的校验值", "the name {0} does not carry the hash of the content"},
		[2]string{"用 fingerprint,或把 sha256 的前几位写进名字:assets/名字.校验值.css", "use fingerprint, or put the start of its sha256 into the name: assets/name.hash.css"},
	},
	NotPure: {
		Error,
		[2]string{"页面 {0} 不只取决于自己的内容:改变 {1} 之后,“{2}”成了“{3}”", "the page {0} depends on more than its own content: with another {1}, “{2}” became “{3}”"},
		[2]string{"模板只能读 .Params、site.Params 和界面文字;不用 partialCached、site.Pages、.Prev、now", "a template may read .Params, site.Params and i18n; no partialCached, site.Pages, .Prev, now"},
	},

	BrokenLink: {
		Error,
		[2]string{"链接 {0} 指向不存在的文件(有此链接的页面数:{1})", "the link {0} leads to no file (pages that have it: {1})"},
		[2]string{"改正链接,或补上目标;链接要用相对路径写到文件名,如 issues/index.html,不能只到文件夹", "mend the link or add its target; a link is relative and names its file, such as issues/index.html, not a folder"},
	},
	BrokenAnchor: {
		Error,
		[2]string{"链接 {0} 的 # 之后在目标页上找不到(有此链接的页面数:{1})", "the page that {0} leads to has no such anchor (pages that have it: {1})"},
		[2]string{"改正 # 之后的名字", "mend the name after #"},
	},
	DuplicateAnchor: {
		Error,
		[2]string{"同一页上 id“{0}”出现了两次", "the id “{0}” stands twice in one page"},
		[2]string{"每个 id 在一页上只能出现一次", "an id may stand once in a page"},
	},
	MissingTitle: {
		Error,
		[2]string{"页面没有标题(title)", "the page has no title"},
		[2]string{"检查主题的 baseof.html", "see the theme's baseof.html"},
	},
	MissingLang: {
		Error,
		[2]string{"页面注明的语言(html 的 lang)应为“{0}”,实际为“{1}”", "the page should name its language “{0}” (lang of html), it names “{1}”"},
		[2]string{"检查主题的 baseof.html", "see the theme's baseof.html"},
	},
	MissingAlt: {
		Error,
		[2]string{"图片 {0} 没有替代文字(alt)", "the image {0} has no alt text"},
		[2]string{"给图片写 alt;纯装饰的写 alt=\"\"", "give it an alt, an empty one if it only decorates"},
	},
	MissingTranslation: {
		Error,
		[2]string{"界面文字缺译:{0}", "a text of the interface is missing: {0}"},
		[2]string{"在主题的 i18n 文件里补上", "add it to the theme's i18n files"},
	},
	TemplateEscape: {
		Error,
		[2]string{"模板输出了 ZgotmplZ:有一个值被当作不安全而丢弃", "the page holds ZgotmplZ: a value was dropped as unsafe"},
		[2]string{"检查模板中的 href、src 一类属性", "see the template's href, src and the like"},
	},
	InlineCode: {
		Error,
		[2]string{"页面含有 {0},会被安全策略拦下", "the page holds {0}, which its own policy blocks"},
		[2]string{"脚本和样式放进主题的 assets,其余的去掉", "put scripts and styles into the theme's assets, and take the rest out"},
	},
	OtherHost: {
		Error,
		[2]string{"页面从别的网站取用 {0}", "the page loads {0} from another host"},
		[2]string{"把文件放进门户,或改为普通链接", "put the file into the portal, or make it a plain link"},
	},
	OverBudget: {
		Warning,
		[2]string{"{0}压缩后有 {1} 字节,超过预算 {2}", "{0} has {1} bytes after gzip, the budget is {2}"},
		[2]string{"手机用户会等得更久;看看能否精简", "people on phones wait longer; see what can go"},
	},
	MissingPolicy: {
		Error,
		[2]string{"页面没有规定的内容安全策略,现为“{0}”", "the page lacks the prescribed content security policy, it has “{0}”"},
		[2]string{"检查主题的 baseof.html:策略要原样写在 head 里,并在一切脚本、样式和链接之前", "see the theme's baseof.html: the policy stands in the head, word for word, before any script, style or link"},
	},
	MissingMeta: {
		Warning,
		[2]string{"有 {1} 个页面缺少政府网站要求的 META:{0}", "pages without the META tag {0} that government sites must have: {1}"},
		[2]string{"在 portal.yaml 中填写相应内容", "fill them in portal.yaml"},
	},
	MissingMarks: {
		Warning,
		[2]string{"门户缺少政府网站的标识:{0}", "the portal lacks marks of a government site: {0}"},
		[2]string{"由网站主办单位提供,填在 portal.yaml 的 official 下", "the owner of the site has them; fill them under official in portal.yaml"},
	},
	NoBaseURL: {
		Warning,
		[2]string{"没有网址(base_url):二维码、规范链接等绝对地址不生成", "there is no base_url: QR codes, canonical links and other absolute addresses are left out"},
		[2]string{"网址确定后,写进 portal.yaml 或用 --base-url 给出", "set it in portal.yaml or with --base-url once the address is known"},
	},
	NotHTML: {
		Error,
		[2]string{"页面读不懂:{0}", "the page cannot be read: {0}"},
		[2]string{"检查主题中这类页面的模板", "see the theme's layout for this kind of page"},
	},
	ForbiddenMarkup: {
		Error,
		[2]string{"页面用了 {0},从文件夹直接打开时会失效", "the page uses {0}, which fails when opened from a folder"},
		[2]string{"见 themes/civic/README.md 的约定", "see the rules in themes/civic/README.md"},
	},
	DuplicatePath: {
		Error,
		[2]string{"两个页面都要写入 {0}", "two pages want to be {0}"},
		[2]string{"给其中一个换名字;在 Windows 上大小写不同也算同名", "give one of them another name; on Windows capitals make no difference"},
	},
	NotWellFormed: {
		Error,
		[2]string{"文件格式有误:{0}", "the file is not well formed: {0}"},
		[2]string{"检查生成它的模板或样式表", "see the template or style sheet that it comes from"},
	},
	WrongIssueMark: {
		Error,
		[2]string{"页面的 article data-issue 应为“{0}”,实际为“{1}”", "the page's article data-issue should be “{0}”, it is “{1}”"},
		[2]string{"问题页恰有一个 <article data-issue=编号>,其他页面没有 data-issue", "an issue page has exactly one <article data-issue=id>, and no other page has data-issue"},
	},
	WrongCount: {
		Error,
		[2]string{"页面应恰有一个 <{0}>,实际有 {1} 个", "the page should have exactly one <{0}>, it has {1}"},
		[2]string{"检查主题中这类页面的模板", "see the theme's layout for this kind of page"},
	},
	PrivateText: {
		Error,
		[2]string{"文件里有未公开事项的文字“{0}”", "the file holds text of an item that is not public: “{0}”"},
		[2]string{"从公开的文字中删去,或把该事项改为公开", "take it out of what is public, or make the item public"},
	},
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
		[2]string{"没有认出进行整改的单位", "the unit was not recognised"},
		[2]string{"在 report.yaml 的 unit 里填写全称", "write its full name under unit in report.yaml"},
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
		[2]string{"{0}“{1}”没有读懂,原文保留在正文里", "{0} “{1}” was not understood; the text is kept"},
		[2]string{},
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
}

func (c Code) entry() entry {
	e, ok := table[c]
	if !ok {
		panic("problem: code " + string(c) + " is not in the table")
	}
	return e
}

// Codes lists every code of the table in order.
func Codes() []Code {
	out := make([]Code, 0, len(table))
	for c := range table {
		out = append(out, c)
	}
	slices.Sort(out)
	return out
}
