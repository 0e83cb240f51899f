package export

import "rectify/site/model"

// reportRecord is one report in portal.json; its issues stand in issues.json.
type reportRecord struct {
	ID          model.Slug        `json:"id" doc:"编号"`
	Title       string            `json:"title" doc:"网页的标题"`
	TitleLines  []string          `json:"title_lines,omitempty" doc:"文件自己的标题，按原文分行"`
	Path        string            `json:"path" doc:"网页的路径，从网站根目录起"`
	URL         string            `json:"url,omitempty" doc:"网页的网址；门户的网址未定时没有这一项"`
	TextPath    string            `json:"text_path" doc:"通报全文的路径，从网站根目录起"`
	TextURL     string            `json:"text_url,omitempty" doc:"通报全文的网址"`
	Issuer      string            `json:"issuer,omitempty" doc:"发出通报的组织"`
	Unit        string            `json:"unit" doc:"进行整改的单位"`
	Region      string            `json:"region,omitempty" doc:"所在地区"`
	Source      string            `json:"source,omitempty" doc:"原网页注明的来源"`
	PublishedAt model.Minute      `json:"published_at,omitempty" doc:"第一次公开的时间，北京时间，此后不变"`
	SignedBy    string            `json:"signed_by,omitempty" doc:"落款"`
	SignedOn    model.Date        `json:"signed_on,omitempty" doc:"落款日期"`
	AsOf        model.Date        `json:"as_of,omitempty" doc:"内容截至哪一天"`
	Updated     model.Date        `json:"updated,omitempty" doc:"数据中最近一次变动的日期"`
	Inspection  *inspectionRecord `json:"inspection,omitempty" doc:"通报所答复的巡察、督察或审计"`
	Contact     *contactRecord    `json:"contact,omitempty" doc:"本通报的联系方式；没有这一项就用门户的"`
	Totals      totals            `json:"totals" doc:"公开数：从数据中数出来的"`
	Declared    []declaredRecord  `json:"declared,omitempty" doc:"声明数：原文自己写出的总数，与公开数并列，两者不同也都不改"`
	Metrics     []metricRecord    `json:"metrics,omitempty" doc:"成效数字：原文写出的结果"`
	Parts       []partRecord      `json:"parts,omitempty" doc:"叙述部分，按原文先后"`
	Outline     []sectionRecord   `json:"outline,omitempty" doc:"目录：各级标题和其下的问题"`
}

type inspectionRecord struct {
	Level      string     `json:"level,omitempty" doc:"由哪一级进行"`
	Round      string     `json:"round,omitempty" doc:"第几届第几轮"`
	Kind       string     `json:"kind,omitempty" doc:"类型"`
	Team       string     `json:"team,omitempty" doc:"组"`
	Start      model.Date `json:"start,omitempty" doc:"开始的日期"`
	End        model.Date `json:"end,omitempty" doc:"结束的日期"`
	FindingsOn model.Date `json:"findings_on,omitempty" doc:"反馈意见的日期"`
}

type declaredRecord struct {
	Label     string        `json:"label" doc:"数的是什么"`
	N         int           `json:"n" doc:"原文写出的数"`
	Unit      string        `json:"unit,omitempty" doc:"量词"`
	AsOf      model.Date    `json:"as_of,omitempty" doc:"截至哪一天"`
	Quote     string        `json:"quote" doc:"写有这个数的原句"`
	Of        model.Counted `json:"of,omitempty" doc:"与哪个公开数并列"`
	Published *int          `json:"published,omitempty" doc:"与它并列的公开数"`
}

type metricRecord struct {
	Kind  string `json:"kind" doc:"什么数"`
	Value string `json:"value" doc:"数值，照原文"`
	Unit  string `json:"unit,omitempty" doc:"单位"`
	Quote string `json:"quote,omitempty" doc:"写有这个数的原句"`
}

type partRecord struct {
	Label   string        `json:"label,omitempty" doc:"印出的序号"`
	Title   string        `json:"title,omitempty" doc:"标题"`
	Text    string        `json:"text,omitempty" doc:"正文，一行是一段"`
	Outline bool          `json:"outline,omitempty" doc:"true 表示目录里的全部问题接在这一部分之后"`
	Parts   []partRecord  `json:"parts,omitempty" doc:"下一级的叙述部分"`
	Source  *sourceRecord `json:"source,omitempty" doc:"在通报原文中的位置"`
}

type sectionRecord struct {
	ID       model.Slug      `json:"id" doc:"编号，在本通报内不重复"`
	Label    string          `json:"label,omitempty" doc:"印出的序号"`
	Lead     string          `json:"lead,omitempty" doc:"引号前的字"`
	Title    string          `json:"title" doc:"标题"`
	Heading  string          `json:"heading" doc:"整个标题，照原文"`
	Summary  string          `json:"summary,omitempty" doc:"标题后面的概括"`
	Path     string          `json:"path" doc:"网页的路径，从网站根目录起"`
	URL      string          `json:"url,omitempty" doc:"网页的网址；门户的网址未定时没有这一项"`
	Sections []sectionRecord `json:"sections,omitempty" doc:"下一级的方面或类"`
	Issues   []model.IssueID `json:"issues,omitempty" doc:"其下的问题，按原文先后"`
	Source   *sourceRecord   `json:"source,omitempty" doc:"在通报原文中的位置"`
}

func (e *Exporter) reportRecord(report *model.Report) reportRecord {
	path, text := reportPath(report.ID), textPath(report.ID)
	r := reportRecord{
		ID: report.ID, Title: report.Title, TitleLines: report.TitleLines,
		Path: path, URL: e.url(path), TextPath: text, TextURL: e.url(text),
		Issuer: report.Issuer, Unit: report.Unit, Region: report.Region, Source: report.Source,
		PublishedAt: report.PublishedAt, SignedBy: report.SignedBy, SignedOn: report.SignedOn,
		AsOf: report.AsOf, Updated: changedReport(report),
		Inspection: inspectionOf(&report.Inspection), Contact: contactOf(report.Contact),
		Totals: e.totals(report), Parts: partsOf(report.Parts), Outline: e.sectionsOf(report.ID, report.Outline),
	}
	for _, d := range report.Declared {
		r.Declared = append(r.Declared, declaredRecord{d.Label, d.N, d.Unit, d.AsOf, d.Quote, d.Of, r.Totals.published(d.Of)})
	}
	for _, m := range report.Metrics {
		r.Metrics = append(r.Metrics, metricRecord{m.Kind, m.Value, m.Unit, m.Quote})
	}
	return r
}

func inspectionOf(i *model.Inspection) *inspectionRecord {
	out := inspectionRecord{i.Level, i.Round, i.Kind, i.Team, i.Start, i.End, i.FindingsOn}
	if out == (inspectionRecord{}) {
		return nil
	}
	return &out
}

func partsOf(parts []model.Part) []partRecord {
	out := make([]partRecord, len(parts))
	for i, p := range parts {
		out[i] = partRecord{p.Label, p.Title, p.Text, p.Outline, partsOf(p.Parts), sourceOf(p.Source)}
	}
	return out
}

func (e *Exporter) sectionsOf(report model.Slug, sections []model.Section) []sectionRecord {
	out := make([]sectionRecord, len(sections))
	for i := range sections {
		s := &sections[i]
		path := sectionPath(report, s.ID)
		out[i] = sectionRecord{
			s.ID, s.Label, s.Lead, s.Title, s.Heading(), s.Summary, path, e.url(path),
			e.sectionsOf(report, s.Sections), s.Issues, sourceOf(s.Source),
		}
	}
	return out
}
