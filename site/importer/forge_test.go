package importer

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// A forged report is an invented paper whose structure is known, since it was
// made of it: the forge draws a way of counting, of quoting, of telling measures
// and facts, as units do, and writes the paper. What is asked of the importer is
// to find the structure again, whatever was drawn.

type forged struct {
	text     string
	title    string
	unit     string
	sections []forgedSection
	style    string // what was drawn, for a person who looks for a mistake
}

type forgedSection struct {
	label, title string
	sections     []forgedSection
	issues       []forgedIssue
}

type forgedIssue struct {
	label, title string
	measures     []forgedMeasure
	status       string // as printed; "" is none
	deadline     string
	leader       string
	leads        []string
}

type forgedMeasure struct{ label, text string }

var forgeAspects = []string{
	"贯彻落实党的理论和路线方针政策方面", "聚焦群众身边腐败问题和不正之风方面", "落实全面从严治党“两个责任”方面", "基层党组织建设方面", "落实巡察整改方面",
	"履行职能责任、推动高质量发展方面", "选人用人和干部队伍建设方面", "财务管理和内部控制方面",
}

var forgeGroups = []string{
	"理论武装不够深入", "推动重点任务落实不够有力", "廉政风险防控存在漏洞", "党建工作基础薄弱", "作风建设抓得不实", "履行主体责任有差距", "干部队伍建设滞后", "服务群众意识不强", "落实意识形态工作责任制不到位", "民主集中制执行不严格",
	"理论学习方面", "履行主体责任方面", "推动重点工作方面存在的问题", "服务保障民生方面", "财务资产管理方面", "队伍建设方面存在的问题",
}

var forgeTitles = []string{
	"理论学习中心组学习计划性不强", "学用结合不紧密", "“第一议题”制度落实不到位", "意识形态阵地管理有漏洞", "落实党管武装工作责任不到位", "推进老旧小区改造进度缓慢", "执行“三重一大”制度不严格", "营商环境优化力度不大",
	"安全生产监管存在盲区", "惠民资金发放不及时", "公务接待管理不规范", "公车使用登记不全", "往来款项长期挂账", "固定资产账实不符", "招投标程序不规范", "合同管理粗放", "“三会一课”质量不高", "发展党员程序不规范",
	"党费收缴不及时", "年轻干部培养力度不够", "干部轮岗交流不到位", "信访积案化解不彻底", "调查研究走过场", "文山会海现象依然存在", "廉政教育形式单一", "“一岗双责”履行不到位", "监督执纪“宽松软”", "工程项目超概算",
	"档案管理混乱", "值班值守脱岗漏岗", "政府采购把关不严", "内控制度不健全", "窗口服务态度生硬", "便民设施维护不及时", "数据共享壁垒仍然存在", "重点项目谋划储备不足", "联系服务群众不够经常", "请示报告制度执行不规范",
	"违规发放津补贴", "上轮巡察反馈问题整改不彻底", "整改台账更新不及时", "形式主义、官僚主义问题依然存在", "专项资金使用效益不高", "村级“三资”管理不规范", "河道保洁存在死角", "秸秆禁烧责任压得不实", "主责主业聚焦不够", "对下属单位监管缺位",
	"学习教育氛围有待加强", "党建与业务工作“两张皮”", "用人视野不宽", "项目储备后劲乏力", "公文质量参差不齐", "下基层调研“蜻蜓点水”", "执行财经纪律打“擦边球”", "惠企政策知晓率仍需提升", "理论学习停留在念文件", "工作标准降低",
	"以会议落实会议", "部分干部安于现状", "与群众期盼还有距离", "抓落实前紧后松", "服务中心大局主动性有待提高", "落实“过紧日子”要求有差距", "对新情况新问题研究思考较少", "推动产业转型升级办法不多",
}

var forgeDeeds = []string{
	"修订中心组学习制度，制定年度学习计划", "召开专题会议4次，研究解决堵点问题", "组织业务培训6期，参训320人次", "开展专项检查12次，发现并督促整改问题45个", "建立周调度、月通报机制，压实工作责任", "清退违规发放资金2.36万元", "对3名责任人进行约谈提醒",
	"走访企业86家，收集意见建议112条", "完成改造小区9个，惠及居民4200户", "补充完善档案材料210份", "完善财务报销审批流程，明确票据要求", "组织党员干部参观警示教育基地2次", "选派12名干部到一线挂职锻炼", "将考核结果与评先评优挂钩",
	"开通网上办事事项58个，平均办理时限压缩40%", "聘请第三方机构对26个项目开展审计", "印发《关于进一步加强作风建设的通知》", "落实“首问负责”“限时办结”等制度", "开展“回头看”3轮次，防止问题反弹", "逐一核对2019年以来的往来款项，清理18笔",
}

var forgeLeads = []string{"健全学习制度。", "强化督导检查。", "加强队伍建设。", "严格资金管理。", "压实工作责任。", "完善长效机制。"}

var forgeStatuses = []string{"该问题已完成整改。", "目前，该问题已整改到位。", "该项问题正在整改。", "该问题基本完成整改并持续推进。", "该问题已整改完成，并长期坚持。"}

var forgeStates = []string{"已完成", "基本完成", "正在推进", "长期坚持", "已完成并长期坚持", "已销号", "持续整改", "未完成"}

var forgeDeadlines = []string{"2024年12月31日前", "2025年6月底前", "立行立改", "长期坚持", "2025年底前，并长期坚持", "2025年3月", "2024年9月30日"}

var forgeUnits = []string{"办公室", "人事科", "财务科", "政策法规科", "机关党委", "综合执法大队", "项目建设科", "信访科"}

var forgeLeaders = []string{"党组书记、局长", "分管副局长", "党组成员", "副主任"}

// forge draws a report.
type forge struct {
	*rand.Rand
	b     strings.Builder
	full  bool     // full-width brackets and marks
	marks []string // the way of counting of each level
	used  map[string]bool
	style []string
	noisy bool // with the slips of copies and of hands
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

func (f *forge) chance(percent int) bool { return f.IntN(100) < percent }

func (f *forge) draw(name string, options ...string) string {
	choice := pick(f.Rand, options)
	f.style = append(f.style, name+"="+choice)
	return choice
}

var cnDigit = []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五", "十六", "十七", "十八", "十九", "二十"}

// label writes a number in one of the ways of counting.
func (f *forge) label(class string, n int) string {
	cn := strconv.Itoa(n)
	if n < len(cnDigit) {
		cn = cnDigit[n]
	}
	open, shut := "(", ")"
	if f.full {
		open, shut = "（", "）"
	}
	switch class {
	case "一、":
		return cn + "、"
	case "（一）":
		return open + cn + shut
	case "1.":
		return strconv.Itoa(n) + "."
	case "1．":
		return strconv.Itoa(n) + "．"
	case "1、":
		return strconv.Itoa(n) + "、"
	case "（1）":
		return open + strconv.Itoa(n) + shut
	case "⑴", "①":
		if n > 20 {
			return strconv.Itoa(n) + shut // there are no more of these signs
		}
		return string([]rune(class)[0] + rune(n-1))
	case "1）":
		return strconv.Itoa(n) + shut
	case "问题1：":
		return "问题" + strconv.Itoa(n) + "："
	case "一是":
		return cn + "是"
	case "第一，":
		return "第" + cn + "，"
	}
	return ""
}

func (f *forge) line(format string, args ...any) {
	fmt.Fprintf(&f.b, format+"\n", args...)
}

func (f *forge) fresh(list []string) string {
	for range 50 {
		if t := pick(f.Rand, list); !f.used[t] {
			f.used[t] = true
			return t
		}
	}
	t := pick(f.Rand, list) + "问题" + strconv.Itoa(len(f.used))
	f.used[t] = true
	return t
}

// paper draws a report of one of the shapes A to E.
func (f *forge) paper() forged {
	f.used = map[string]bool{}
	f.full = f.chance(60)
	f.noisy = f.chance(40)
	region := pick(f.Rand, []string{"示例区", "示例县", "示例市"})
	level := strings.TrimPrefix(region, "示例") + "委"
	unit := region + pick(f.Rand, []string{"水务局", "民政局", "商务局", "教育局", "统计局"})
	organ := pick(f.Rand, []string{"党组", "党委"})
	doc := forged{unit: unit}
	doc.title = fmt.Sprintf("中共%s%s关于%s第%s轮巡察整改进展情况的通报", unit, organ, level, cnDigit[2+f.IntN(8)])
	switch f.draw("title", "one", "lines", "page") {
	case "one":
		f.line("%s", doc.title)
	case "lines":
		at := strings.Index(doc.title, "关于")
		f.line("中共%s%s", unit, organ)
		f.line("%s", strings.TrimSuffix(doc.title[at:], "进展情况的通报"))
		f.line("进展情况的通报")
	case "page":
		f.line("首页 > 政务公开 > 公示公告")
		f.line("%s", doc.title)
		f.line("发布时间：2024-12-%02d 10:30  来源：%s  【字体：大 中 小】", 10+f.IntN(15), unit)
	}
	if f.chance(30) {
		f.line("")
	}
	f.line("根据%s统一部署，2024年3月%d日至5月%d日，%s第%s巡察组对%s%s开展了常规巡察，7月%d日反馈了巡察意见。现将整改进展情况公布如下。", level, 1+f.IntN(20), 1+f.IntN(20), level, cnDigit[1+f.IntN(9)], unit, organ, 1+f.IntN(28))
	top := f.draw("top", "three", "direct")
	indent := f.draw("indent", "", "　　", "    ", "\u00a0\u00a0")
	before := f.b.Len()
	count := 0
	if top == "three" {
		f.line("一、整改工作组织情况")
		f.line("%s高度重视，成立整改工作领导小组，召开专题会议%d次。", organ, 2+f.IntN(9))
		f.line("二、%s", pick(f.Rand, []string{"巡察反馈问题整改落实情况", "反馈意见整改情况", "具体问题整改落实情况"}))
		doc.sections = f.sections(1, &count)
		f.line("三、%s", pick(f.Rand, []string{"下一步工作打算", "下步工作安排", "存在的问题和下一步工作"}))
		f.line("持续抓好后续整改，健全长效机制。")
	} else {
		doc.sections = f.sections(0, &count)
	}
	if f.chance(60) {
		f.line("欢迎广大干部群众对整改落实情况进行监督。联系电话：0000-%d；邮政信箱：%s示例路1号；电子邮箱：shili@example.org。", 1000000+f.IntN(8999999), region)
	}
	f.line("中共%s%s", unit, organ)
	f.line("2024年12月%d日", 1+f.IntN(9))
	head, body := f.b.String()[:before], f.b.String()[before:]
	if indent != "" {
		var out strings.Builder
		for line := range strings.Lines(body) {
			out.WriteString(indent + line)
		}
		body = out.String()
	}
	doc.text = head + body
	if f.noisy {
		f.style = append(f.style, "noisy")
		doc.text += pick(f.Rand, []string{"", "扫一扫在手机打开当前页\n", "【打印】【关闭】\n上一篇：示例通知\n", "主办：示例区人民政府　承办：示例中心\n友情链接\n"})
	}
	if f.chance(20) {
		doc.text = strings.ReplaceAll(doc.text, "\n", "\r\n")
	}
	doc.style = strings.Join(f.style, " ")
	return doc
}

// sections draws the tree. from is the level at which it begins.
func (f *forge) sections(from int, count *int) []forgedSection {
	arabic := pick(f.Rand, []string{"1.", "1．", "1、"})
	levels := []string{"一、", "（一）", arabic, pick(f.Rand, []string{"（1）", "⑴"})}
	depth := 2 // levels of sections and issues
	switch f.draw("shape", "A", "B", "C", "E", "named", "skip") {
	case "A":
		depth = 3
		if from == 0 {
			depth = 3 + f.IntN(2)
		}
	case "named":
		levels[from+1] = "问题1："
	case "skip":
		levels[from+1] = "一是"
		if from == 1 {
			f.style = append(f.style, "(一是 under （一）)")
		}
	}
	f.marks = levels[from:min(len(levels), from+depth)]
	f.style = append(f.style, "marks="+strings.Join(f.marks, " "))
	lead := f.draw("lead", "针对", "关于", "none", "none问题")
	quote := f.draw("quote", "“”", "")
	running := f.chance(15) && f.marks[len(f.marks)-1] != "⑴" // there are twenty of these signs
	n := 0
	tell := f.draw("tell", "shi-lines", "shi-inline", "plain", "circled", "paren-inline", "keys")
	if strings.Contains(f.style[indexOf(f.style, "shape=")], "=E") {
		tell = "keys"
	}
	if strings.Contains(f.style[indexOf(f.style, "shape=")], "=C") {
		lead, quote = "none", ""
		if tell != "shi-inline" {
			tell = "runin"
		}
	}
	if f.marks[len(f.marks)-1] == "一是" {
		tell = "runin"
		lead = pick(f.Rand, []string{"针对", "关于"})
	}
	facts := f.draw("facts", "none", "status", "bracket")
	f.style = append(f.style, "final="+lead+quote+" "+tell)
	var grow func(level int) []forgedSection
	issues := func(level int) []forgedIssue {
		var out []forgedIssue
		if !running {
			n = 0
		}
		for range 2 + f.IntN(3) {
			n++
			out = append(out, f.issue(f.label(f.marks[level], n), lead, quote, tell, facts))
		}
		return out
	}
	grow = func(level int) []forgedSection {
		var out []forgedSection
		for i := range 2 + f.IntN(2) {
			s := forgedSection{label: f.label(f.marks[level], i+1)}
			if level == 0 {
				s.title = f.fresh(forgeAspects)
				f.line("%s%s", s.label, s.title)
			} else {
				s.title = f.fresh(forgeGroups)
				f.line("%s%s", s.label, s.title)
			}
			if level+2 < len(f.marks) {
				s.sections = grow(level + 1)
			} else {
				s.issues = issues(level + 1)
			}
			out = append(out, s)
		}
		return out
	}
	return grow(0)
}

func indexOf(list []string, prefix string) int {
	for i, s := range list {
		if strings.HasPrefix(s, prefix) {
			return i
		}
	}
	return 0
}

// issue draws one issue and writes it.
func (f *forge) issue(label, lead, quote, tell, facts string) forgedIssue {
	i := forgedIssue{label: label, title: f.fresh(forgeTitles)}
	heading := label
	if f.noisy && strings.Contains(quote, "“") {
		switch f.IntN(12) {
		case 0: // a number that a copy has lost
			heading = strings.Map(func(r rune) rune {
				if strings.ContainsRune("0123456789一二三四五六七八九十", r) {
					return -1
				}
				return r
			}, label)
		case 1:
			heading += pick(f.Rand, []string{" ", "　", "\u00a0"})
		}
	}
	inner := i.title
	if quote != "" && (lead == "针对" || lead == "关于") {
		inner = "“" + strings.NewReplacer("“", "‘", "”", "’").Replace(inner) + "”"
		i.title = strings.Trim(inner, "“”")
		if f.noisy && f.chance(8) && !strings.ContainsAny(i.title, "‘’") {
			inner = strings.TrimSuffix(inner, "”") // nobody closed it
		}
	}
	switch lead {
	case "none":
		heading += i.title
	case "none问题":
		heading += i.title + "问题"
		i.title += "问题"
	default:
		heading += lead + inner + "的问题"
	}
	if facts == "bracket" && tell != "runin" && tell != "shi-inline" && tell != "paren-inline" && tell != "keys" {
		i.leads = []string{pick(f.Rand, forgeUnits)}
		i.deadline = pick(f.Rand, forgeDeadlines)
		heading += "（责任单位：" + i.leads[0] + "；整改时限：" + i.deadline + "）"
	}
	deeds := f.deeds(1 + f.IntN(3))
	switch tell {
	case "runin":
		text := strings.Join(deeds, "。") + "。"
		i.measures = []forgedMeasure{{"", text}}
		f.status(&i, facts, &text, false)
		f.line("%s。%s", heading, text)
	case "plain":
		text := strings.Join(deeds, "；") + "。"
		i.measures = []forgedMeasure{{"", text}}
		f.line("%s%s", heading, pick(f.Rand, []string{"", "。"}))
		f.line("%s", text)
		f.statusLine(&i, facts)
	case "shi-lines", "circled":
		f.line("%s%s", heading, pick(f.Rand, []string{"", "。"}))
		class := map[string]string{"shi-lines": "一是", "circled": "①"}[tell]
		if len(deeds) == 1 {
			deeds = f.deeds(2)
		}
		for k, deed := range deeds {
			text := deed + "。"
			if f.chance(40) {
				text = pick(f.Rand, forgeLeads) + text
			}
			m := forgedMeasure{f.label(class, k+1), text}
			i.measures = append(i.measures, m)
			f.line("%s%s", m.label, m.text)
		}
		f.statusLine(&i, facts)
	case "shi-inline", "paren-inline":
		if len(deeds) == 1 {
			deeds = f.deeds(2)
		}
		class := map[string]string{"shi-inline": "一是", "paren-inline": "（1）"}[tell]
		if strings.HasPrefix(label, "（1") || strings.HasPrefix(label, "(1") || f.marks[len(f.marks)-1] == "（1）" {
			class = "①"
		}
		mark := pick(f.Rand, []string{"；", "。"})
		text := ""
		for k, deed := range deeds {
			end := mark
			if k == len(deeds)-1 {
				end = "。"
			}
			m := forgedMeasure{f.label(class, k+1), deed + end}
			i.measures = append(i.measures, m)
			text += m.label + m.text
		}
		f.status(&i, facts, &text, true)
		if f.chance(50) {
			f.line("%s。%s", heading, text)
		} else {
			f.line("%s", heading)
			f.line("%s", text)
		}
	case "keys":
		f.line("%s", heading)
		if f.chance(50) {
			f.line("问题表现：%s，有%d处不符合要求。", "抽查发现", 2+f.IntN(9))
		}
		if len(deeds) == 1 || f.chance(50) {
			text := ""
			for k, deed := range deeds {
				m := forgedMeasure{f.label("1.", k+1), deed + "。"}
				i.measures = append(i.measures, m)
				text += m.label + m.text
			}
			f.line("整改措施：%s", text)
		} else {
			f.line("整改措施：")
			for k, deed := range deeds {
				m := forgedMeasure{f.label("一是", k+1), deed + "。"}
				i.measures = append(i.measures, m)
				f.line("%s%s", m.label, m.text)
			}
		}
		i.leads = []string{pick(f.Rand, forgeUnits), pick(f.Rand, forgeUnits)}
		if i.leads[0] == i.leads[1] {
			i.leads = i.leads[:1]
		}
		f.line("责任单位：%s", strings.Join(i.leads, "、"))
		if f.chance(50) {
			i.leader = pick(f.Rand, forgeLeaders)
			f.line("责任领导：%s", i.leader)
		}
		i.deadline = pick(f.Rand, forgeDeadlines)
		f.line("整改时限：%s", i.deadline)
		i.status = pick(f.Rand, forgeStates)
		f.line("整改状态：%s", i.status)
	}
	return i
}

func (f *forge) deeds(n int) []string {
	var out []string
	for range n {
		deed := pick(f.Rand, forgeDeeds)
		for _, have := range out {
			if have == deed {
				deed = ""
			}
		}
		if deed != "" {
			out = append(out, deed)
		}
	}
	return out
}

// status ends a paragraph with the sentence that says how far it is.
func (f *forge) status(i *forgedIssue, facts string, text *string, _ bool) {
	if facts != "status" || f.chance(30) {
		return
	}
	sentence := pick(f.Rand, forgeStatuses)
	i.status = sentence
	*text += sentence
}

func (f *forge) statusLine(i *forgedIssue, facts string) {
	if facts != "status" || f.chance(30) {
		return
	}
	i.status = pick(f.Rand, forgeStatuses)
	f.line("%s", i.status)
}
