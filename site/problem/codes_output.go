package problem

// Codes about the finished site, found by audit. The comments name the arguments.
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

var outputCodes = map[Code]entry{
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
		[2]string{"PubDate 和 ContentSource 在通报的 report.yaml 里写 published_at 和 source,其余在 portal.yaml 里填写", "write PubDate and ContentSource as published_at and source into the report.yaml, the others into portal.yaml"},
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
		[2]string{"文件里有不公开或者已撤回的问题的文字“{0}”", "the file holds text of an issue that is not public or was withdrawn: “{0}”"},
		[2]string{"从公开的文字中删去;写在 source.txt 里的,把段号写进该问题的 source.paragraphs", "take it out of what is public; where source.txt has it, name the paragraph in the issue's source.paragraphs"},
	},
}
