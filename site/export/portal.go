package export

import "rectify/site/model"

// portalDocument is data/portal.json: what the portal and its reports say of
// themselves, what they count, and where everything is.
type portalDocument struct {
	Schema      string         `json:"$schema" doc:"说明本文件的 JSON Schema"`
	Format      int            `json:"format" doc:"本格式的版本。增加成员不改版本，改变含义才改"`
	Name        string         `json:"name" doc:"门户的名称"`
	Unit        string         `json:"unit" doc:"公开信息的单位"`
	Description string         `json:"description,omitempty" doc:"一句话说明门户的内容"`
	Keywords    []string       `json:"keywords,omitempty" doc:"关键词"`
	Language    model.Language `json:"language" doc:"界面的语言，也是状态名称等的语言"`
	URL         string         `json:"url,omitempty" doc:"门户的网址；网址未定时没有这一项"`
	Parent      *linkRecord    `json:"parent,omitempty" doc:"上级网站"`
	Licence     *linkRecord    `json:"licence,omitempty" doc:"数据的使用许可；单位没有声明的没有这一项"`
	Contact     *contactRecord `json:"contact,omitempty" doc:"群众反映意见的渠道"`
	Official    *official      `json:"official,omitempty" doc:"政府网站的标识"`
	AsOf        model.Date     `json:"as_of,omitempty" doc:"数据截至哪一天：各通报、各状态的日期中最新的"`
	PublishedAt model.Minute   `json:"published_at,omitempty" doc:"最近一份通报第一次公开的时间，北京时间"`
	Updated     model.Date     `json:"updated,omitempty" doc:"数据中最近一次变动的日期"`
	Totals      totals         `json:"totals" doc:"各通报公开数的合计"`
	Reports     []reportRecord `json:"reports" doc:"通报，按公布时间由新到旧"`
	Prose       []proseRecord  `json:"prose,omitempty" doc:"说明性的网页"`
	Files       []fileRecord   `json:"files" doc:"可以下载、订阅的文件"`
}

type linkRecord struct {
	Title string       `json:"title" doc:"名称"`
	URL   model.WebURL `json:"url,omitempty" doc:"网址"`
}

type contactRecord struct {
	Unit    string   `json:"unit,omitempty" doc:"受理意见的单位或部门"`
	Phones  []string `json:"phones,omitempty" doc:"电话"`
	Address string   `json:"address,omitempty" doc:"通信地址或邮政信箱"`
	Emails  []string `json:"emails,omitempty" doc:"电子邮箱"`
	Hours   string   `json:"hours,omitempty" doc:"接听电话、接待来访的时间"`
}

type official struct {
	SiteIDCode   string       `json:"site_id_code,omitempty" doc:"网站标识码"`
	ICP          string       `json:"icp,omitempty" doc:"ICP备案号"`
	PoliceFiling string       `json:"police_filing,omitempty" doc:"公安机关备案号"`
	PoliceURL    model.WebURL `json:"police_url,omitempty" doc:"公安机关备案的查询网址"`
	PartyMarkURL model.WebURL `json:"party_mark_url,omitempty" doc:"党政机关标识的链接网址"`
	ErrorURL     model.WebURL `json:"error_url,omitempty" doc:"“我为政府网站找错”的链接网址"`
	Sponsor      string       `json:"sponsor,omitempty" doc:"主办单位"`
	Organiser    string       `json:"organiser,omitempty" doc:"承办单位"`
}

// totals are published totals, counted from the data.
type totals struct {
	Sections  []int         `json:"sections,omitempty" doc:"各级标题的数目，由上到下；合计中没有这一项"`
	Issues    int           `json:"issues" doc:"问题，已撤回的也在内"`
	Measures  int           `json:"measures" doc:"措施"`
	FollowUps int           `json:"follow_ups" doc:"承诺"`
	Withdrawn int           `json:"withdrawn" doc:"已撤回的问题"`
	Status    []statusTotal `json:"status" doc:"各种状态的问题数，只列出现的"`
}

type statusTotal struct {
	Code model.StatusCode `json:"code" doc:"代码"`
	Word string           `json:"word" doc:"代码的名称，用界面的语言"`
	N    int              `json:"n" doc:"数目"`
}

type proseRecord struct {
	Title string `json:"title" doc:"标题"`
	Path  string `json:"path" doc:"网页的路径，从网站根目录起"`
	URL   string `json:"url,omitempty" doc:"网页的网址；门户的网址未定时没有这一项"`
}

type fileRecord struct {
	Path   string     `json:"path" doc:"文件的路径，从网站根目录起"`
	URL    string     `json:"url,omitempty" doc:"文件的网址；门户的网址未定时没有这一项"`
	Title  string     `json:"title" doc:"名称"`
	Type   string     `json:"type" doc:"媒体类型"`
	Schema string     `json:"schema,omitempty" doc:"说明它的 JSON Schema 的路径"`
	Report model.Slug `json:"report,omitempty" doc:"所属的通报；属于整个门户的没有这一项"`
}

func (e *Exporter) portalDocument() portalDocument {
	p := e.portal
	out := portalDocument{
		Schema: fromData(portalSchemaPath), Format: outputFormat,
		Name: p.Name, Unit: p.Unit, Description: p.Description, Keywords: p.Keywords, Language: p.Language, URL: e.base,
		Contact: contactOf(p.Contact), Official: officialOf(p.Official),
		AsOf: p.NewestDay(), Updated: e.changedPortal(),
		Totals: totals{Status: []statusTotal{}}, Reports: []reportRecord{}, Files: []fileRecord{},
	}
	if p.Parent != nil {
		out.Parent = &linkRecord{p.Parent.Title, p.Parent.URL}
	}
	if p.Licence != nil {
		out.Licence = &linkRecord{p.Licence.Title, p.Licence.URL}
	}
	status := map[model.StatusCode]int{}
	for _, report := range p.Reports {
		r := e.reportRecord(report)
		out.Reports = append(out.Reports, r)
		out.PublishedAt = max(out.PublishedAt, r.PublishedAt)
		out.Totals.Issues += r.Totals.Issues
		out.Totals.Measures += r.Totals.Measures
		out.Totals.FollowUps += r.Totals.FollowUps
		out.Totals.Withdrawn += r.Totals.Withdrawn
		for _, s := range r.Totals.Status {
			status[s.Code] += s.N
		}
	}
	out.Totals.Status = e.statusTotals(status)
	for _, prose := range p.Prose {
		path := prosePath(prose.Name)
		out.Prose = append(out.Prose, proseRecord{prose.Title, path, e.url(path)})
	}
	for _, f := range e.products() {
		if f.missing == "" {
			out.Files = append(out.Files, fileRecord{f.Path, e.url(f.Path), f.Title, f.Type, f.Schema, f.Report})
		}
	}
	return out
}

// totals counts what a report has published; the numbers are those of its page.
func (e *Exporter) totals(report *model.Report) totals {
	counted := report.Totals()
	t := totals{
		Sections: counted.Sections, Issues: counted.Issues, Measures: counted.Measures,
		Status: e.statusTotals(counted.Status),
	}
	for _, issue := range report.Issues {
		if issue.Withdrawn != nil {
			t.Withdrawn++
			continue
		}
		t.FollowUps += len(issue.FollowUps)
	}
	return t
}

func (e *Exporter) statusTotals(n map[model.StatusCode]int) []statusTotal {
	out := []statusTotal{}
	for _, code := range model.StatusCodes() {
		if n[code] > 0 {
			out = append(out, statusTotal{code, code.Word(e.portal.Language), n[code]})
		}
	}
	return out
}

func contactOf(c *model.Contact) *contactRecord {
	if c == nil {
		return nil
	}
	return &contactRecord{c.Unit, c.Phones, c.Address, c.Emails, c.Hours}
}

func officialOf(o model.Official) *official {
	out := official{
		o.SiteIDCode, o.ICP, o.PoliceFiling, o.PoliceURL, o.PartyMarkURL, o.ErrorURL, o.Sponsor, o.Organiser,
	}
	if out == (official{}) {
		return nil
	}
	return &out
}

// published is the published total that stands beside a declared one; nil where
// nothing of ours counts the same thing.
func (t *totals) published(of model.Counted) *int {
	switch of {
	case model.CountSections:
		if len(t.Sections) > 0 {
			return &t.Sections[0]
		}
	case model.CountIssues:
		return &t.Issues
	case model.CountMeasures:
		return &t.Measures
	}
	return nil
}
