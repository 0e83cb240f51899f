package problem

// Codes about the theme, found by render. The comments name the arguments.
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
	ThemeFileIdle    Code = "T011" // path in the theme
)

var themeCodes = map[Code]entry{
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
	ThemeFileIdle: {
		Warning,
		[2]string{"主题没有用到 {0}:它不替换任何文件,也没有模板提到它", "the theme has no use for {0}: it replaces no file, and no template names it"},
		[2]string{"改正文件名或所在的文件夹;主题原有的文件,rectify build --stage 文件夹 会全部写出", "mend its name or its folder; rectify build --stage DIR writes out all files of the theme"},
	},
	NotPure: {
		Error,
		[2]string{"页面 {0} 不只取决于自己的内容:改变 {1} 之后,“{2}”成了“{3}”", "the page {0} depends on more than its own content: with another {1}, “{2}” became “{3}”"},
		[2]string{"模板只能读 .Params、site.Params 和界面文字;不用 partialCached、site.Pages、.Prev、now", "a template may read .Params, site.Params and i18n; no partialCached, site.Pages, .Prev, now"},
	},
}
