package model

import "rectify/site/problem"

// DefaultTheme is the theme of a portal that names none; the program carries it.
const DefaultTheme Slug = "civic"

// Format is the newest data format that this program reads.
const Format = 1

// Portal is one site: portal.yaml with all that the data folder holds.
type Portal struct {
	Where
	Format      int         `data:"format,required"`
	Name        string      `data:"name,required"`
	Unit        string      `data:"unit,required"`
	Description string      `data:"description"`
	Keywords    []string    `data:"keywords"`
	Language    Language    `data:"language"`
	BaseURL     WebURL      `data:"base_url"`
	Theme       Slug        `data:"theme"`
	Parent      *Link       `data:"parent"`
	Contact     *Contact    `data:"contact"`
	Official    Official    `data:"official"`
	Footer      []LinkGroup `data:"footer"`

	Reports []*Report // newest publication first, then by id
	Prose   []Prose   // by name
}

// Language is the language of the interface.
type Language string

// The languages that the theme brings.
const (
	SimplifiedChinese Language = "zh-CN"
	EnglishInterface  Language = "en"
)

// UnmarshalText takes zh-CN or en.
func (l *Language) UnmarshalText(text []byte) error {
	return oneOf(l, text, problem.Both("界面语言", "language"), SimplifiedChinese, EnglishInterface)
}

// Link is a name and, where it is known, an address.
type Link struct {
	Where
	Title string `data:"title,required"`
	URL   WebURL `data:"url"`
}

// LinkGroup is a list of links under a heading, as government sites carry them
// in the footer.
type LinkGroup struct {
	Where
	Title string `data:"title,required"`
	Links []Link `data:"links"`
}

// Official holds the marks that every page of a government site has to carry.
// They belong to the site's owner and are never made up: a field that is not
// given is not shown.
type Official struct {
	Where
	SiteIDCode   string `data:"site_id_code"`  // 网站标识码: ten digits, or bm and eight digits
	ICP          string `data:"icp"`           // ICP备案号
	PoliceFiling string `data:"police_filing"` // 公安机关备案号
	PoliceURL    WebURL `data:"police_url"`
	PartyMarkURL WebURL `data:"party_mark_url"` // 党政机关标识
	ErrorURL     WebURL `data:"error_url"`      // 我为政府网站找错
	Sponsor      string `data:"sponsor"`        // 主办单位
	Organiser    string `data:"organiser"`      // 承办单位
}

// Contact is where the public writes, calls and visits.
type Contact struct {
	Where
	Unit    string   `data:"unit"`
	Phones  []string `data:"phones"`
	Address string   `data:"address"`
	Emails  []string `data:"emails"`
	Hours   string   `data:"hours"`
}

// Prose is one page of pages/*.md.
type Prose struct {
	Where
	Name  Slug
	Title string
	HTML  string // safe: rendered from Markdown with raw HTML off
}
