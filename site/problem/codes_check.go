package problem

// Codes about the data as a whole, found by check. The comments name the arguments.
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
	EmptyMeasure      Code = "D079" // number of the measure
	NotInSource       Code = "D078" // the words
	WithdrawnInternal Code = "D077" //
	WithdrawnInSource Code = "D080" // the words
	WithdrawnInText   Code = "D081" // the words
	ColourTooPale     Code = "D082" // the colour, its contrast to white, the nearest darker one that will do
	ImageMissing      Code = "D083" // the name, what is there
	ImageUnreadable   Code = "D084" // the name
)

var checkCodes = map[Code]entry{
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
	EmptyMeasure: {
		Warning,
		[2]string{"第 {0} 条措施没有文字", "measure {0} has no words"},
		[2]string{"网页上会出现一条空的措施:照原文补上 text,或删去这一条", "the page would show an empty measure: add its text from the source, or take it out"},
	},
	NotInSource: {
		Warning,
		[2]string{"“{0}”在所引的原文段落里找不到", "“{0}” does not stand in the paragraphs of the source that are named"},
		[2]string{"网站对读者说文字都照原文:核对文字和段号(source.paragraphs);确有改正的,写成更正(corrections)", "readers are told that the words are the source's: see whether the words or the numbers of the paragraphs slipped; a real correction belongs under corrections"},
	},
	WithdrawnInSource: {
		Error,
		[2]string{"已经撤回的问题的文字“{0}”还在全文里", "words of a withdrawn issue, “{0}”, still stand in the full text"},
		[2]string{"把这一段的段号写进该问题的 source.paragraphs,全文页就不再显示它;与别的内容共用的段落,从 source.txt 里删去这句话", "name the paragraph in the issue's source.paragraphs, and the page of the full text no longer shows it; where others share the paragraph, take the sentence out of source.txt"},
	},
	WithdrawnInText: {
		Warning,
		[2]string{"这里有已经撤回的问题的文字“{0}”", "words of a withdrawn issue, “{0}”, stand here"},
		[2]string{"撤回后只公布编号、日期和原因:确定要保留的不用改,否则删去", "of a withdrawn issue only number, day and reason are told: leave it if it is meant, or take it out"},
	},
	ColourTooPale: {
		Error,
		[2]string{"主色 {0} 太浅:白字在上面的对比度只有 {1},至少要 4.5", "the colour {0} is too pale: white words on it have a contrast of {1}, and need 4.5"},
		[2]string{"视力不好的人会看不清页头和按钮上的字:换深一些的颜色,最接近的可用颜色是 {2}", "many people could not read the header and the buttons: take a darker one, the nearest is {2}"},
	},
	ImageMissing: {
		Error,
		[2]string{"data/images/ 里没有图片“{0}”,{1}", "there is no image “{0}” in data/images/; {1}"},
		[2]string{"把图片放进 data/images/,或改正这里的名字;大小写要一致", "put the image into data/images/, or mend the name here; capitals matter"},
	},
	ImageUnreadable: {
		Error,
		[2]string{"“{0}”不是能显示的图片,或读不出它的大小", "“{0}” is not an image that can be shown, or its size cannot be read"},
		[2]string{"用 PNG、JPEG 或 SVG 格式,后缀名要与格式相符;SVG 要写明 viewBox", "use PNG, JPEG or SVG with the ending of its format; an SVG needs a viewBox"},
	},
	WithdrawnInternal: {
		Warning,
		[2]string{"已经撤回(withdrawn)的问题又设为不公开(internal)", "a withdrawn issue is marked internal"},
		[2]string{"公布过的编号不能悄悄消失:删去 visibility,页面只说明何时、为何撤回", "what was published must not vanish without a word: take visibility out, and its page says when and why it was withdrawn"},
	},
}
