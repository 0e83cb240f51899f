package model

import "rectify/site/problem"

// DefaultTheme is the theme of a portal that names none; the program carries it.
const DefaultTheme Slug = "civic"

// Format is the newest data format that this program reads.
const Format = 1

// Portal is one site: portal.yaml with all that the data folder holds.
type Portal struct {
	Where       `doc:"门户：一个网站。名称、单位、联系方式、页尾都写在 portal.yaml 里"`
	Format      int         `data:"format,required" doc:"数据格式的版本，不用改动"`
	Name        string      `data:"name,required" doc:"网站的名称，显示在每一页的顶部"`
	Unit        string      `data:"unit,required" doc:"公开信息的单位，写全称"`
	Description string      `data:"description" doc:"一句话说明网站的内容，供搜索引擎和网站列表使用"`
	Keywords    []string    `data:"keywords" doc:"关键词，供搜索引擎使用"`
	Language    Language    `data:"language" doc:"界面语言：zh-CN 简体中文，en 英文；不填是 zh-CN"`
	BaseURL     BaseURL     `data:"base_url" doc:"网站的公开网址，含所在目录；不填就没有二维码、订阅等要用绝对网址的内容"`
	Theme       Slug        `data:"theme" doc:"外观主题的名称；不填是 civic"`
	Look        Look        `data:"look" doc:"外观：主色和标志；不填就用主题自带的"`
	StaleAfter  *Days       `data:"stale_after" doc:"一页的数据截至日过去多少天以后，在页顶提醒读者内容可能不是最新；不填是 365，填 0 不提醒"`
	Parent      *Parent     `data:"parent" doc:"上级网站：本站是某个网站的专栏时填写"`
	Contact     *Contact    `data:"contact" doc:"联系方式：群众反映意见的渠道"`
	Official    Official    `data:"official" doc:"政府网站的标识，由网站主办者提供，不能自拟"`
	Licence     *Link       `data:"licence" doc:"数据的使用许可：名称和网址，由单位决定；不填就不显示"`
	Footer      []LinkGroup `data:"footer" doc:"页尾的链接列表"`

	Reports   []*Report   // newest publication first, then by id
	Prose     []Prose     // by name
	Images    []Image     // what lies in data/images/, by name
	Trust     *Trust      // trust.yaml; nil without it
	Approvals []*Approval // by id; never public
}

// DefaultStaleAfter is how many days after NewestDay a portal that says nothing
// else tells its readers that it may be out of date.
const DefaultStaleAfter Days = 365

// Image finds an image of the portal by its name.
func (p *Portal) Image(name string) (Image, bool) {
	for _, image := range p.Images {
		if image.Name == name {
			return image, true
		}
	}
	return Image{}, false
}

// Image is a picture of data/images/: the logo, the marks of a government site,
// what prose pages show. All of them are published. Width and Height are its
// own, in pixels; 0 where the file is no image that can be read.
type Image struct {
	Name          string
	Width, Height int
}

// Look is what a portal changes about its theme without touching it.
type Look struct {
	Where  `doc:"外观：主色和标志"`
	Colour Colour `data:"colour" doc:"主色：页头、按钮等处的颜色，其余颜色由它推出；白字在上面要看得清（对比度至少 4.5）"`
	Logo   string `data:"logo" doc:"单位的标志：data/images/ 里的图片，显示在网站名称的左边"`
}

// Parent is the site of which a portal is a column (专栏). Its name, link and
// logo stand in header and footer.
type Parent struct {
	Where `doc:"上级网站：名称、网址和标志，显示在页头和页尾"`
	Title string `data:"title,required" doc:"显示的名称"`
	URL   WebURL `data:"url" doc:"网址；不填就只显示名称"`
	Logo  string `data:"logo" doc:"上级网站的标志：data/images/ 里的图片"`
}

// NewestDay is the newest as_of of the data, "" where none is given: what a
// portal knows, it knows as of that day, whenever it is built.
func (p *Portal) NewestDay() Date {
	var newest Date
	for _, report := range p.Reports {
		newest = max(newest, report.AsOf)
		for _, issue := range report.Issues {
			newest = max(newest, issue.Status.AsOf)
		}
	}
	return newest
}

// Language is the language of the interface.
type Language string

// The languages that the theme brings.
const (
	SimplifiedChinese Language = "zh-CN"
	EnglishInterface  Language = "en"
)

// Languages lists the languages of the interface.
func Languages() []Language { return []Language{SimplifiedChinese, EnglishInterface} }

// UnmarshalText takes one of Languages.
func (l *Language) UnmarshalText(text []byte) error {
	return oneOf(l, text, problem.Both("界面语言", "language"), Languages())
}

// Link is a name and, where it is known, an address.
type Link struct {
	Where `doc:"链接：名称和网址"`
	Title string `data:"title,required" doc:"显示的名称"`
	URL   WebURL `data:"url" doc:"网址；不填就只显示名称"`
}

// LinkGroup is a list of links under a heading, as government sites carry them
// in the footer.
type LinkGroup struct {
	Where `doc:"一组链接，上面有标题"`
	Title string `data:"title,required" doc:"这一组的标题"`
	Links []Link `data:"links" doc:"链接，按显示的先后"`
}

// Official holds the marks that every page of a government site has to carry.
// They belong to the site's owner and are never made up: a field that is not
// given is not shown.
type Official struct {
	Where        `doc:"政府网站的标识：没有的不填，不填的不显示"`
	SiteIDCode   string `data:"site_id_code" doc:"网站标识码：十位数字，或 bm 加八位数字"`
	ICP          string `data:"icp" doc:"ICP备案号"`
	PoliceFiling string `data:"police_filing" doc:"公安机关备案号"`
	PoliceURL    WebURL `data:"police_url" doc:"公安机关备案的查询网址"`
	PartyMarkURL WebURL `data:"party_mark_url" doc:"党政机关标识的链接网址"`
	ErrorURL     WebURL `data:"error_url" doc:"“我为政府网站找错”的链接网址"`
	Sponsor      string `data:"sponsor" doc:"主办单位"`
	Organiser    string `data:"organiser" doc:"承办单位"`
	PartyMark    string `data:"party_mark_image" doc:"党政机关标识的图片，放在 data/images/ 里；不填就只显示文字"`
	ErrorMark    string `data:"error_image" doc:"“我为政府网站找错”的图片，放在 data/images/ 里；不填就只显示文字"`
	PoliceMark   string `data:"police_image" doc:"公安机关备案的图标，放在 data/images/ 里；不填就只显示文字"`
}

// Contact is where the public writes, calls and visits.
type Contact struct {
	Where   `doc:"联系方式：没有的不填"`
	Unit    string   `data:"unit" doc:"受理意见的单位或部门"`
	Phones  []string `data:"phones" doc:"电话，可以写几个"`
	Address string   `data:"address" doc:"通信地址或邮政信箱"`
	Emails  []string `data:"emails" doc:"电子邮箱，可以写几个"`
	Hours   string   `data:"hours" doc:"接听电话、接待来访的时间"`
}

// Prose is one page of pages/*.md.
type Prose struct {
	Where
	Name  Slug
	Title string
	HTML  string // safe: rendered from Markdown with raw HTML off
}
