package importer

import (
	"regexp"
	"strings"

	"rectify/site/model"
	"rectify/site/problem"
)

var (
	titleEnd     = regexp.MustCompile(`(通报|公告|公示|报告|情况|说明|清单|台账|公开|方案|结果|信息|公布|进展|一览表|汇总表|对照表|情况表|公示表|登记表|统计表|销号表)([(（【].{1,30}[)）】])?$`)
	titleWord    = regexp.MustCompile(`关于|整改|巡察|巡视|督察|督查|审计|反馈|通报|公示|公告|办理|建议|提案|台账`)
	unitEnd      = regexp.MustCompile(`(委员会|党委|党组|党工委|党总支|党支部|局|委|办公室|办|部|厅|院|校|中心|公司|集团|政府|镇|乡|街道|街道办事处|处|所|站|社|会|学院|大学|医院|银行|馆|队|园|室|法院|检察院|联|科|组|县|区|市)(（.{1,10}）)?$`)
	closing      = regexp.MustCompile(`欢迎.{0,30}(监督|意见|建议)|如有.{0,12}(意见|建议|问题|情况)|如对.{0,24}(意见|异议|建议|疑问)|^(监督|举报|联系|投诉|咨询)(电子)?(邮箱|信箱)\s*[:：]|^(监督|举报|咨询|联系|投诉)?(联系)?(电话|方式|人)\s*[:：]|(联系|监督|举报)(电话|方式)|邮政信箱|通[信讯]地址|邮寄地址|电子(邮箱|邮件|信箱)|^邮箱|^邮政?编码?\s*[:：]|^传真|^(联系)?地址\s*[:：]|受理时间|工作日|特此(通报|公告|公示|公布|报告|函复|函告|函达|复函|说明|通知)|^(专此|此复|专复)(报告|函复|函告|函达|奉复|答复)?[。.]?$|^以上(报告|情况|意见)?[，,]?(如有不妥|妥否|当否|请)|公示期|公示时间`)
	aboutContact = regexp.MustCompile(`监督|联系|意见|公示|渠道`)
	attachment   = regexp.MustCompile(`^附\s*(件|表|录)\s*[一二三0-9１２３]*\s*([:：]|$|[一-龥])`)
)

// maxHead is how many lines before the text are looked at for its title.
const maxHead = 60

// frame sets apart what is around the text: furniture, titles, signature. It
// returns the lines between them.
func (p *parser) frame() []line {
	blocks := p.doc.Blocks
	for i, b := range blocks {
		if b.Aside != "" {
			p.aside[i] = b.Aside
		} else if inkless(b.Text) {
			p.aside[i] = asideBlank
		} else if b.Row != nil && strings.Trim(b.Text, "|｜-—:= \t") == "" {
			p.aside[i] = asideHead // the line under the names of columns
		}
	}
	start := p.titles()
	end, signer := p.signature(start)
	var lines []line
	for i := start; i < len(blocks); i++ {
		if p.aside[i] != "" || i == signer || i == end {
			continue
		}
		zone := anywhere
		if end >= 0 && i > end {
			zone = behind
		}
		if blocks[i].Row == nil {
			if reason := asideOf(blocks[i].Text, zone); reason != "" && blocks[i].Level == 0 {
				p.aside[i] = reason
				continue
			}
		}
		l := line{par: i, text: blocks[i].Text, level: blocks[i].Level, row: blocks[i].Row, item: blocks[i].Item}
		l.closing = zone == behind && blocks[i].Row == nil
		lines = append(lines, l)
	}
	lines = p.footer(lines, end)
	p.attachments(lines)
	p.closings(lines)
	p.marks(lines)
	return lines
}

// titles finds the title of the page and the document's own title, and gives
// the first paragraph behind them.
func (p *parser) titles() int {
	blocks := p.doc.Blocks
	var head []int // indices of content lines before the text
	first := 0
	for first < len(blocks) && len(head) < maxHead {
		b := blocks[first]
		if p.aside[first] == "" {
			if reason := asideOf(b.Text, before); reason != "" && !b.Title && b.Level == 0 {
				p.stampFrom(first, reason)
			} else if p.startsText(first) {
				break
			} else {
				head = append(head, first)
			}
		}
		first++
	}
	title, lines, from := p.chooseTitle(head)
	if title < 0 && len(lines) == 0 {
		if p.doc.Meta.Title != "" {
			p.report.Title = p.doc.Meta.Title
		} else if len(head) > 0 && blocks[head[0]].Row == nil {
			title = head[0]
			p.note(problem.TitleUnsure, title, short(p.text(title)))
			from = title + 1
		}
	}
	if title >= 0 {
		p.report.Title = p.use(p.full(title), &p.root, "title")
	}
	joined := ""
	for _, i := range lines {
		p.report.TitleLines = append(p.report.TitleLines, p.use(p.full(i), &p.root, "title_lines"))
		joined += unspaced(p.text(i))
	}
	if p.report.Title == "" && joined != "" {
		p.report.Title = joined
		if p.doc.Meta.Title != "" && fold(p.doc.Meta.Title) == fold(joined) {
			p.report.Title = p.doc.Meta.Title
		}
		p.note(problem.TitlesMerged, lines[0])
	}
	used := map[int]bool{title: true}
	for _, i := range lines {
		used[i] = true
	}
	for _, i := range head {
		if !used[i] && i < from {
			p.aside[i] = asideBefore
		}
		if !used[i] && i >= from {
			// What stands between title and text belongs to the text.
			return i
		}
	}
	return first
}

var spacedForm = regexp.MustCompile(`^(?:\p{Han}[\s\x{00a0}\x{3000}]+)+\p{Han}$`)

// unspaced takes the white space out of a line that is spread over the page:
// 报  告.
func unspaced(text string) string {
	if spacedForm.MatchString(text) {
		return squeeze(text)
	}
	return text
}

// startsText tells the first line that is no title any more.
func (p *parser) startsText(i int) bool {
	b := p.doc.Blocks[i]
	if b.Row != nil {
		return true
	}
	if b.Title {
		return false
	}
	text := b.Text
	if strings.ContainsAny(text, "。；") || length(text) > 90 || strings.HasSuffix(text, "：") || strings.HasSuffix(text, ":") {
		return true
	}
	if _, ok := keyAt(text); ok {
		return true
	}
	m, ok := parseMark(text)
	return ok && (m.class != arParen && m.class != cnParen || m.num <= 1 && m.size < len(text)) && m.num <= 3
}

// chooseTitle picks among the lines before the text the title of the page and
// the lines of the document's own title. from is the first index behind them.
func (p *parser) chooseTitle(head []int) (title int, lines []int, from int) {
	title = -1
	at := -1
	for k, i := range head {
		text := p.text(i)
		if p.doc.Blocks[i].Title || p.doc.Meta.Title != "" && fold(text) == fold(p.doc.Meta.Title) || isWholeTitle(text) && !p.isContinued(head, k) {
			at = k
			break
		}
	}
	if at >= 0 && at+1 < len(head) && titleRest.MatchString(squeeze(p.text(head[at+1]))) {
		// “…整改情况” looks complete until “的通报” follows.
		return -1, head[at : at+2], head[at+1] + 1
	}
	if at >= 0 {
		// A line that the title goes on in is one of several, not the whole.
		title = head[at]
		whole := fold(p.text(title))
		rest := head[at+1:]
		joined := ""
		for _, i := range rest {
			part := fold(p.text(i))
			switch {
			case strings.Contains(whole, part) && strings.HasPrefix(whole, joined+part), strings.Contains(whole, part) && joined != "":
				joined += part
				lines = append(lines, i)
			case len(lines) > 0 && isBracketed(p.text(i)), len(lines) == 0 && p.doc.Blocks[i].Level == 1 && isWholeTitle(p.text(i)):
				lines = append(lines, i)
			default:
				if len(lines) > 0 {
					return title, lines, lines[len(lines)-1] + 1
				}
				if isBracketed(p.text(i)) {
					return title, []int{i}, i + 1
				}
				return title, nil, title + 1
			}
		}
		if len(lines) > 0 {
			return title, lines, lines[len(lines)-1] + 1
		}
		return title, nil, title + 1
	}
	// No line is a title by itself: they are one together.
	var start int
	for start < len(head) && !unitEnd.MatchString(p.text(head[start])) && !titleWord.MatchString(p.text(head[start])) {
		start++
	}
	for k := start; k < len(head) && k < start+6; k++ {
		if titleEnd.MatchString(squeeze(p.text(head[k]))) {
			if k == start {
				return head[k], nil, head[k] + 1
			}
			end := k + 1
			if end < len(head) && isBracketed(p.text(head[end])) {
				end++
			}
			return -1, head[start:end], head[end-1] + 1
		}
	}
	return -1, nil, 0
}

// isWholeTitle tells a line that can be a title by itself.
func isWholeTitle(text string) bool {
	text = squeeze(text)
	return titleEnd.MatchString(text) && titleWord.MatchString(text) && length(text) >= 8
}

// isContinued tells a line that goes on with the one before it: a title that
// does not say whose it is stands behind the line that does.
func (p *parser) isContinued(head []int, k int) bool {
	text := p.text(head[k])
	if k == 0 || strings.Index(text, "关于") > 0 {
		return strings.HasPrefix(text, "《")
	}
	before := p.text(head[k-1])
	if head[k-1] != head[k]-1 || isWholeTitle(before) {
		return false
	}
	return unitEnd.MatchString(before) || strings.Contains(before, "关于")
}

// titleRest is the last line of a title that broke before its end.
var titleRest = regexp.MustCompile(`^(的|情况)?(的)?(通报|报告|公告|公示|说明|情况|情况通报|情况报告|情况公示|情况的通报|进展情况|进展情况的通报)$|^的.{2,12}(通报|报告|公告|公示)$`)

// isBracketed tells a subtitle such as （虚构示例） or （2024年10月28日）.
func isBracketed(text string) bool {
	return (strings.HasPrefix(text, "（") || strings.HasPrefix(text, "(") || strings.HasPrefix(text, "——")) && length(text) <= 40
}

// stampFrom marks a line as furniture and reads the publication from it.
func (p *parser) stampFrom(i int, reason string) {
	p.aside[i] = reason
	if reason == asidePath || reason == asideNav || reason == asideLinks || reason == asideBack || reason == asideFooter {
		return
	}
	text := p.text(i)
	if said := stampSays(text); said > p.stamped {
		if minute := minuteOf(text); minute != "" {
			p.report.PublishedAt, p.stamped = minute, said
		}
	}
	if p.report.Source == "" {
		if m := sourceForm.FindStringSubmatch(text); m != nil {
			p.report.Source = strings.TrimSpace(m[1])
			if at := nextWidget.FindStringIndex(p.report.Source); at != nil {
				p.report.Source = p.report.Source[:at[0]]
			}
		}
	}
}

// stampSays weighs what a line says of a date: that the page was published
// then, a date alone, when the record was made, or another day (of the paper).
func stampSays(text string) int {
	switch {
	case strings.Contains(text, "发布日期"), strings.Contains(text, "发布时间"), strings.Contains(text, "公开日期"), strings.Contains(text, "公开时间"):
		return 3
	case strings.Contains(text, "成文"), strings.Contains(text, "发文"), strings.Contains(text, "印发"), strings.Contains(text, "公示"):
		return 0
	case strings.Contains(text, "生成"):
		return 1
	}
	return 2
}

// nextWidget is what follows a source where a page puts nothing between them.
var nextWidget = regexp.MustCompile(`(字体|字号|浏览|点击|阅读|访问|作者|编辑|审核|发布|时间|日期|打印|分享|责编|信息员).*`)

var sourceForm = regexp.MustCompile(`(?:来源|信息提供|发布机构|发布单位|供稿单位)\s*[:：][\s\x{00a0}\x{3000}]*([^\s\x{00a0}\x{3000}|【\[]{2,40})`)

// signature finds the last line that is only a date and the signer above it.
func (p *parser) signature(start int) (date, signer int) {
	date, signer = -1, -1
	for i := len(p.doc.Blocks) - 1; i >= start; i-- {
		b := p.doc.Blocks[i]
		if p.aside[i] != "" || b.Row != nil {
			continue
		}
		if on := signedOn(b.Text); on != "" {
			p.report.SignedOn = on
			p.convert(p.full(i), &p.root, "signed_on")
			date = i
			break
		}
		if by, on, at := signedTogether(b.Text); on != "" {
			p.report.SignedBy, p.report.SignedOn = by, on
			p.use(span{i, 0, len(by)}, &p.root, "signed_by")
			p.convert(span{i, at, len(b.Text)}, &p.root, "signed_on")
			return i, -1
		}
	}
	if date < 0 {
		return date, p.signedAlone(start)
	}
	for i := date - 1; i >= start; i-- {
		if p.aside[i] != "" {
			continue
		}
		text := p.text(i)
		if isSigner(text) && p.doc.Blocks[i].Row == nil {
			p.report.SignedBy = p.use(p.full(i), &p.root, "signed_by")
			signer = i
		}
		break
	}
	return date, signer
}

// signedAlone finds a signature without a date: the last line is the name that
// stands in the title.
func (p *parser) signedAlone(start int) int {
	for i := len(p.doc.Blocks) - 1; i > start; i-- {
		text := p.text(i)
		if p.aside[i] != "" || asideOf(text, behind) != "" {
			continue
		}
		whole := p.report.Title + strings.Join(p.report.TitleLines, "")
		if p.doc.Blocks[i].Row != nil || length(text) < 4 || !isSigner(text) || !strings.Contains(fold(whole), fold(strings.TrimPrefix(text, "中共"))) {
			return -1
		}
		p.report.SignedBy = p.use(p.full(i), &p.root, "signed_by")
		return i
	}
	return -1
}

func isSigner(text string) bool {
	if length(text) > 45 || strings.ContainsAny(text, "。；：:") {
		return false
	}
	if _, ok := parseMark(text); ok {
		return false
	}
	return unitEnd.MatchString(text)
}

var togetherForm = regexp.MustCompile(`^(\S{4,40}?)[\s\x{00a0}\x{3000}]+(\S.*日)$`)

func signedTogether(text string) (by string, on model.Date, at int) {
	m := togetherForm.FindStringSubmatchIndex(text)
	if m == nil || !isSigner(text[m[2]:m[3]]) {
		return "", "", 0
	}
	return text[m[2]:m[3]], signedOn(squeeze(text[m[4]:m[5]])), m[4]
}
