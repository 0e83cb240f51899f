package problem

// Codes about single files of data, found by load. The comments name the arguments.
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
	SecretInData      Code = "D036" // key
	KeyOfOtherType    Code = "D037" // key, type, keys of the type
)

var loadCodes = map[Code]entry{
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
		[2]string{"照括号里说的改这一行;文字很长、或里面有冒号时,用 |- 另起一行书写", "mend this line as the brackets say; long text, or text with a colon, goes into a |- block"},
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
		[2]string{"写上内容:{0}: …", "write it: {0}: …"},
	},
	UnknownCode: {
		Error,
		[2]string{"{0}“{1}”不是可用的代码", "{0} “{1}” is not a usable code"},
		[2]string{"只写英文代码;可用:{2}", "write the code alone; usable: {2}"},
	},
	BadDate: {
		Error,
		[2]string{"“{0}”不是这里要的日期", "“{0}” is not the date wanted here"},
		[2]string{"写成 {1};月和日都写两位,这一天要真的存在", "write it as {1}; month and day have two digits, and the day has to exist"},
	},
	BadID: {
		Error,
		[2]string{"编号“{0}”不合规定", "“{0}” is not a usable id"},
		[2]string{"应为{1}", "it has to be {1}"},
	},
	UnresolvedIssue: {
		Error,
		[2]string{"目录(outline)列出了问题 {0},但本通报的 issues/ 里没有这个编号的文件", "the outline names issue {0}, but no file under the report's issues/ has that id"},
		[2]string{"核对编号:是目录写错了,还是文件里的编号被改过?公布过的编号不能改。确实没有这个问题,再从目录删去", "compare the numbers: is the outline wrong, or was the id in the file changed? A published id never changes. Take it out of the outline only if there is no such issue"},
	},
	IssueNotInOutline: {
		Error,
		[2]string{"问题 {0} 不在目录(outline)里,不知道放在哪一节", "issue {0} is not in the outline, so it has no place in the report"},
		[2]string{"核对编号:文件里的编号是不是被改过?没有改过,就把 {0} 写进 report.yaml 中所属一节的 issues", "was the id in the file changed? If not, add {0} to the issues of its section in report.yaml"},
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
		[2]string{"补上这个文件;如果门户在别的文件夹,用 -C 指明", "add the file; if the portal lies in another folder, name it with -C"},
	},
	BadParagraph: {
		Error,
		[2]string{"原文没有第 {0} 段(共 {1} 段)", "the source has no paragraph {0} (it has {1})"},
		[2]string{"段号是 source.txt 中非空行的序号,从 1 数起", "paragraphs are the non-empty lines of source.txt, counted from 1"},
	},
	NotOneDocument: {
		Error,
		[2]string{"文件应当恰好是一份 YAML 文档,由“项: 值”组成", "the file has to be exactly one YAML document made of “key: value”"},
		[2]string{"每一行写成“项: 值”;不要单独一行的 ---,文件也不能是空的", "write “key: value” in each line; no line of ---, and not an empty file"},
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
		[2]string{"看看它是不是一个文件、是否有权限打开、是否被别的程序占用", "see whether it is a file, may be read, and is not held by another program"},
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
	SecretInData: {
		Error,
		[2]string{"“{0}”不能写在这里:这个文件会被多人看到", "“{0}” cannot stand here: others read this file"},
		[2]string{"删去这一行。密码和密钥放在环境变量里,或放在只有自己能读的文件里(key_file);写法见 rectify help publish", "take the line out; passwords and secret keys come from the environment or from a file that only you can read (key_file), see rectify help publish"},
	},
	KeyOfOtherType: {
		Error,
		[2]string{"“{0}”不是类型 {1} 的项", "a target of type {1} has no “{0}”"},
		[2]string{"删去它,或核对 type。{1} 可用:{2}", "take it out, or see whether the type is right. Known for {1}: {2}"},
	},
	RawHTML: {
		Error,
		[2]string{"说明页里的 HTML({0})不会显示", "the HTML ({0}) in this page would not be shown"},
		[2]string{"改用 Markdown 书写;若是正文里的 <,写成 &lt;", "write it as Markdown, and a plain < as &lt;"},
	},
}
