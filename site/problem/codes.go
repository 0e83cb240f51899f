package problem

import "slices"

// Code names a kind of problem. D codes are about data, T codes about the
// theme, O codes about the output. A code keeps its meaning for ever; a code
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
		[2]string{"这里可用:{1}(最接近的是“{2}”)", "known here: {1} (nearest: “{2}”)"},
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
