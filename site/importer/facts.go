package importer

import (
	"regexp"
	"strings"

	"rectify/site/model"
	"rectify/site/problem"
)

// facts reads what the report says of itself: who, which inspection, how many,
// whom to call.
func (p *parser) facts() {
	r := p.report
	meta := p.doc.Meta
	if r.Source == "" {
		r.Source = meta.Source
	}
	p.issuer()
	p.inspection()
	p.declared()
	p.metrics()
	p.contact()
	p.publicity()
}

var noticeForm = regexp.MustCompile(`公示(?:期限|期|时间)(?:为|是|自|从)?\s*[:：]?\s*(?:自|从)?`)

// publicity gives the notice period of the whole paper to its issue, where
// there is one only.
func (p *parser) publicity() {
	all := p.allIssues()
	if len(all) != 1 || all[0].issue.Publicity != nil {
		return
	}
	for _, part := range p.allParts() {
		at := noticeForm.FindStringIndex(part.Text)
		if at == nil {
			continue
		}
		text := part.Text[at[1]:]
		dates := datesIn(text)
		if len(dates) < 2 || dates[0].from != 0 || !isRange(text[dates[0].to:dates[1].from]) {
			continue
		}
		if dates[1].year == 0 {
			dates[1].year = dates[0].year
		}
		if start, end := dates[0].date(), dates[1].date(); start != "" && end != "" {
			all[0].issue.Publicity = &model.Publicity{Start: start, End: end}
		}
		return
	}
}

var (
	unitCut    = regexp.MustCompile(`^(?:中共|中国共产党)?(.+?)(?:机关党委|党工委|工作委员会|直属党总支|直属党支部|党总支|党支部|党委会|党委|党组|委员会)$`)
	unitSound  = regexp.MustCompile(`(局|办|部|厅|院|校|中心|公司|集团|政府|镇|乡|街道|处|所|站|社|会|学院|大学|医院|银行|馆|队|联合会|学校|中学|小学|幼儿园|高中|职校|电视台|报社|支行|分行|大队|支队|总队|法院|检察院|商会|工会|监狱|园|台|网|联|委)$`)
	regionForm = regexp.MustCompile(`^(?:中共|中国共产党)?((?:[^省市区县旗盟州]{2,8}(?:省|自治区))?(?:[^省市区县旗盟州]{2,8}(?:市|自治州|州|盟|地区))?(?:[^省市区县旗]{1,8}(?:新区|高新区|经开区|开发区|自治县|自治旗|区|县|市|旗))?)`)
)

// issuer reads who speaks, from the title, and which unit it is.
func (p *parser) issuer() {
	r := p.report
	title := squeeze(r.Title)
	if at := strings.Index(title, "关于"); at > 0 {
		r.Issuer = title[:at]
	} else if at == 0 || title == "" || at < 0 {
		if len(r.TitleLines) > 1 && !strings.Contains(r.TitleLines[0], "关于") && unitEnd.MatchString(r.TitleLines[0]) {
			r.Issuer = r.TitleLines[0]
		} else if m := issuerInTitle.FindStringSubmatch(title); m != nil && at < 0 && !strings.Contains(m[1], "落实") {
			r.Issuer = m[1]
		} else if m := regionInTitle.FindStringSubmatch(title); m != nil && r.SignedBy == "" {
			r.Issuer = m[1]
		} else {
			r.Issuer = r.SignedBy
		}
	}
	if r.Issuer == "" {
		r.Issuer = r.SignedBy
	}
	r.Unit = unitOf(r.Issuer)
	if r.Unit == "" {
		r.Unit = unitOf(r.SignedBy)
	}
	if r.Unit == "" {
		r.Unit = r.Source
	}
	if r.Unit == "" {
		r.Unit = p.statedUnit()
	}
	if r.Unit == "" {
		p.note(problem.NoUnit, 0)
		r.Unit = p.o.Unit
	}
	for _, form := range []*regexp.Regexp{regionForm, nearRegion} {
		if m := form.FindStringSubmatch(r.Unit); m != nil && r.Region == "" && !notRegion.MatchString(m[1]) {
			r.Region = m[1]
		}
	}
}

var unitForm = regexp.MustCompile(`(?:填报|填表|上报|报送|制表|整改|被巡察|被审计)单位(?:名称)?(?:[（(][^（）()]{0,8}[）)])?\s*[:：]\s*([^\s:：，,。；;\t]{3,40})`)

// statedUnit reads 填报单位：… over a ledger.
func (p *parser) statedUnit() string {
	for _, part := range p.allParts() {
		if m := unitForm.FindStringSubmatch(part.Text); m != nil {
			return m[1]
		}
	}
	return ""
}

var (
	issuerInTitle = regexp.MustCompile(`^(.{2,30}?(?:党委|党组|党工委|党总支|党支部|局|委员会|委|办公室|政府|公司|集团|医院|学校|大学|学院|中学|小学|中心|镇|乡|街道))(?:落实|贯彻|巡察|巡视|督察|审计|整改|党建|问题|对|就|\d{4}年)`)
	regionInTitle = regexp.MustCompile(`^(.{2,14}?(?:省|市|县|区|旗|镇|乡|街道))(?:贯彻落实|落实|环境|生态|整改|巡察|巡视)`)
	nearRegion    = regexp.MustCompile(`^(?:中共|中国共产党)?([^省市区县旗盟州]{1,8}(?:省|自治区|市|县|区|旗|州))`)
	notRegion     = regexp.MustCompile(`(社区|园区|景区|校区|辖区|片区|城市|都市|超市|股市|小区)$`)
)

// unitOf leaves out the words for the party's organ: 示例局党委 speaks for 示例局.
func unitOf(issuer string) string {
	if m := unitCut.FindStringSubmatch(issuer); m != nil && (unitSound.MatchString(m[1]) || strings.HasSuffix(issuer, "党组") || strings.HasSuffix(issuer, "党委") || strings.HasSuffix(issuer, "工委") && strings.HasSuffix(m[1], "区")) {
		return m[1]
	}
	return issuer
}

// opening gives the paragraphs before the first heading, where a report says
// what it answers to; else its first paragraphs.
func (p *parser) opening() []int {
	var out []int
	for _, d := range p.parts {
		if d.part.Label != "" || d.part.Title != "" {
			break
		}
		for _, n := range d.part.Source.Paragraphs {
			out = append(out, n-1)
		}
	}
	if len(out) == 0 {
		for i := range p.doc.Blocks {
			if p.aside[i] == "" && strings.Contains(p.text(i), "。") {
				out = append(out, i)
			}
			if len(out) == 2 {
				break
			}
		}
	}
	return out[:min(len(out), 6)]
}

var (
	roundForm = regexp.MustCompile(`(?:[一二三四五六七八九十百]+届[^，,。；;“”《》]{0,8}?委?|[省市区县州旗盟]委)?(?:第[一二三四五六七八九十\d]+轮|\d{4}年第[一二三四五六七八九十\d]+轮)[^，,。；;“”《》]{0,14}?(?:巡察|巡视|督察|督查|审计)`)
	levelForm = regexp.MustCompile(`(党中央|中央|自治区党委|省委|市委|区委|县委|州委|旗委|盟委|地委|党工委)[^，,。]{0,12}?(?:巡察|巡视|督察)`)
	notOrgan  = regexp.MustCompile(`(?:社|小|园|校|景|辖|片|库|厂|矿|灾|林|牧)区$|(?:城|都|超|股|门|夜|集|菜)市$|(?:[红锦党国团军])旗$`)
	kindForm  = regexp.MustCompile(`((?:常规|专项|机动|提级|交叉|联动|政治|直接|延伸|例行|集中)(?:巡察|巡视|督察|检查)(?:[“"]回头看[”"])?|(?:巡察|巡视|督察)[“"]回头看[”"]|预算执行审计|经济责任审计|专项审计|领导干部[^，,。]{0,12}审计)`)
	teamForm  = regexp.MustCompile(`((?:中央|[省市区县州旗]委|党工委|[省市区县]级?)?(?:第[一二三四五六七八九十\d]+(?:生态环境保护)?(?:巡察|巡视|督察|督查|审计)组|(?:生态环境保护)?(?:巡察|巡视|督察|督查)第?[一二三四五六七八九十\d]+组|第[一二三四五六七八九十\d]+(?:巡察|巡视|督察)小组))`)
	backForm  = regexp.MustCompile(`反馈`)
)

// inspection reads what the report answers to.
func (p *parser) inspection() {
	in := &p.report.Inspection
	head := p.opening()
	find := func(form *regexp.Regexp) string {
		for _, i := range head {
			if m := form.FindStringSubmatch(p.text(i)); m != nil {
				return m[len(m)-1]
			}
		}
		return ""
	}
	in.Team = find(teamForm)
	in.Kind = find(kindForm)
	title := p.report.Title
	if m := roundForm.FindString(title); m != "" {
		in.Round = cutLead(m)
	} else if m := find(roundForm); m != "" {
		in.Round = cutLead(m)
	}
	for _, text := range append(append([]string{in.Team, in.Round}, p.texts(head)...), title) {
		if in.Level = levelIn(text); in.Level != "" {
			break
		}
	}
	for _, i := range head {
		p.inspectionDates(i)
	}
}

// levelIn finds who inspects. The 区委 of 社区委员会 inspects nobody.
func levelIn(text string) string {
	for _, m := range levelForm.FindAllStringSubmatchIndex(text, -1) {
		if !notOrgan.MatchString(text[:m[2]+len("区")]) {
			return text[m[2]:m[3]]
		}
	}
	return ""
}

// cutLead leaves out words before the number of the round.
func cutLead(text string) string {
	for _, word := range []string{"关于", "落实", "对", "在"} {
		text = strings.TrimPrefix(text, word)
	}
	return text
}

func (p *parser) texts(pars []int) []string {
	out := make([]string, len(pars))
	for k, i := range pars {
		out[k] = p.text(i)
	}
	return out
}

var rangeForm = regexp.MustCompile(`^\s*(?:起)?\s*(?:至|到|—|－|-|~|～|–)+\s*`)

// maxSentence ends the search for the full stops around a place, in bytes: a paper
// without any would be read anew for each of its dates.
const maxSentence = 3000

// inspects tells a sentence that speaks of an inspection.
func inspects(text string, at int) bool {
	begin := max(0, at-maxSentence)
	text, at = text[begin:min(len(text), at+maxSentence)], at-begin
	from := max(strings.LastIndex(text[:at], "。"), strings.LastIndex(text[:at], "\n")) + 1
	if before := text[from:at]; strings.Contains(before, "公示期") || strings.Contains(before, "公示时间") {
		return false
	}
	to := len(text)
	if end := strings.Index(text[at:], "。"); end >= 0 {
		to = at + end
	}
	return speaksOf.MatchString(text[from:to]) || strings.Contains(text[from:to], "检查")
}

// isRange tells the 至 between two days, and nothing else.
func isRange(text string) bool {
	return strings.TrimSpace(text) != "" && rangeForm.FindString(text) == text
}

// inspectionDates reads 2023年11月15日至12月29日 and the day of the 反馈.
func (p *parser) inspectionDates(i int) {
	in := &p.report.Inspection
	text := p.text(i)
	dates := datesIn(text)
	year, printed := 0, ""
	for k, d := range dates {
		if d.year != 0 {
			year, printed = d.year, text[d.from:d.to]
		}
		if in.Start == "" && k+1 < len(dates) && d.day > 0 && (d.year != 0 || year != 0) && isRange(text[d.to:dates[k+1].from]) && inspects(text, d.from) {
			if d.year == 0 {
				d.year = year
				p.note(problem.YearInferred, i, text[d.from:d.to], d.String(), printed)
			}
			if end := dates[k+1]; end.day > 0 {
				in.Start = d.date()
				year, printed = d.year, d.String()
				if end.year == 0 {
					end.year = d.year
					if end.month < d.month {
						end.year++
					}
					p.note(problem.YearInferred, i, text[end.from:end.to], end.String(), text[d.from:d.to])
				}
				in.End = end.date()
				continue
			}
		}
		if in.FindingsOn == "" && d.day > 0 && (k == 0 || !isRange(text[dates[k-1].to:d.from])) {
			rest := text[d.to:]
			if k+1 < len(dates) {
				rest = text[d.to:dates[k+1].from]
			}
			if at := strings.IndexAny(rest, "。；"); at >= 0 {
				rest = rest[:at]
			}
			if !backForm.MatchString(rest) || length(rest) > 60 {
				continue
			}
			if d.year == 0 {
				given, from := p.yearFor(d, i, in.End)
				if given.year == 0 {
					continue
				}
				p.note(problem.YearInferred, i, text[d.from:d.to], given.String(), from)
				d = given
			}
			in.FindingsOn = d.date()
		}
	}
}

var (
	filledForm  = regexp.MustCompile(`(?:填报|填表|制表|统计|报送)(?:时间|日期)\s*[:：]\s*(.{6,24})`)
	untilForm   = regexp.MustCompile(`截[至止](?:到)?`)
	meetingForm = regexp.MustCompile(`^[—－\-（(\s]*(20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日)在.{4,40}会议上`)
)

// asOf is the day that the report speaks of: its signature's, that of the
// meeting that heard it, the last 截至 that it names, or its publication's.
func (p *parser) asOf(lines []line) model.Date {
	if p.o.On != "" {
		return p.o.On
	}
	if p.report.SignedOn != "" {
		return p.report.SignedOn
	}
	for _, title := range p.report.TitleLines {
		if m := meetingForm.FindStringSubmatch(title); m != nil {
			return signedOn(m[1])
		}
	}
	if day := p.report.PublishedAt.Day(); day != "" {
		return day
	}
	for i := range p.doc.Blocks {
		if m := filledForm.FindStringSubmatch(p.text(i)); m != nil {
			for _, d := range datesIn(m[1]) {
				if d.date() != "" {
					return d.date()
				}
			}
		}
	}
	var last model.Date
	for i := range lines {
		text := lines[i].text
		for _, at := range untilForm.FindAllStringIndex(text, -1) {
			for _, d := range datesIn(text[at[1]:min(len(text), at[1]+len("2024年12月31日"))]) {
				if d.from == 0 && d.year != 0 {
					last = max(last, d.period().End())
				}
				break
			}
		}
	}
	return last
}
