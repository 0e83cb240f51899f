package importer

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// title is a heading taken apart. All offsets are bytes of the text behind the
// label: text[from:to] is the title itself, text[:end] the heading with its
// closing mark, text[end:] what runs on behind it.
type title struct {
	lead     string
	from, to int
	end      int
	quoted   bool // in quotation marks as a whole
	problem  bool // says 问题 or 方面 behind the title
	noted    bool // a bracket behind it says how far the matter is, who sees to it, or till when
}

var (
	leadForm = regexp.MustCompile(`^(?:关于|针对|对于|围绕|聚焦|反映的|指出的|对照|就|在|对)`)
	// what may stand between 针对 and the quotation mark
	fillForm = regexp.MustCompile(`^(?:(?:本轮|此次|这次)?(?:巡察|巡视|督察|审计|区委|市委|县委|省委|检查)?(?:组)?(?:反馈|指出|提出|发现|反映|移交)?(?:的|中|存在的|指出的)?)`)
	// what follows the closing quotation mark of a title
	tailForm = regexp.MustCompile(`^(?:的|等|这一|方面|方面的|方面存在的|类|突出|具体|相关|有关|反馈)*(问题|方面|情况|建议|意见|提案)?(?:的)?(?:整改落实情况|整改进展情况|整改完成情况|整改情况|整改工作情况|落实情况|整改措施|整改落实|整改)?(?:[(（][^()（）]{0,120}[)）])?([。.．，,：:；;]|$)`)
	// the end of a title without quotation marks
	problemForm = regexp.MustCompile(`的(?:建议|提案|议案)(?:[(（][^()（）]{1,20}[)）])?$|(?:的)?问题(?:的)?(?:整改落实情况|整改进展情况|整改完成情况|整改情况|整改工作情况|落实情况|整改落实|整改)?$`)
	aspectForm  = regexp.MustCompile(`方面(?:存在的|的)?(?:突出|主要)?(?:问题)?(?:的)?(?:整改落实情况|整改进展情况|整改完成情况|整改情况|整改)?$`)
	bracketEnd  = regexp.MustCompile(`[(（【\[]([^()（）【】\[\]]{1,160})[)）】\]]$`)
)

const maxTitle = 160 // characters; what is longer is a sentence, not a title

// parseTitle takes apart the text behind a label.
func parseTitle(text string) title {
	skip := len(text) - len(strings.TrimLeft(text, " \t\u3000\u00a0"))
	lead := leadForm.FindString(text[skip:])
	if t, ok := quotedTitle(text, skip, lead); ok {
		return t
	}
	end, closed := headingEnd(text, lead)
	to := end
	if closed > 0 {
		to -= closed
	}
	t := title{from: skip, to: to, end: end}
	from, to := trimSpan(text, skip, to)
	t.from, t.to = from, to
	// A bracket at the end names owners and dates; it is no title.
	if m := bracketEnd.FindStringIndex(text[t.from:t.to]); m != nil && m[0] > 0 && isNote(text[t.from+m[0]:t.to]) {
		t.from, t.to = trimSpan(text, t.from, t.from+m[0])
		t.noted = true
	}
	body := text[t.from:t.to]
	named := lead == "关于" || lead == "针对" || lead == "对于" || lead == "围绕" || lead == "反映的" || lead == "指出的"
	aspect, fault := aspectForm.FindStringIndex(body), problemForm.FindStringIndex(body)
	switch {
	case aspect != nil && (named || lead == "在"):
		// 关于在…方面存在的问题
		t.problem, t.lead = true, lead
		if strings.HasPrefix(body[len(lead):], "在") {
			t.lead += "在"
		}
		t.to = t.from + aspect[0]
		t.from += len(t.lead)
	case fault != nil:
		t.problem = true
		if named {
			t.lead = lead
			t.to = t.from + fault[0]
			t.from += len(lead)
		}
	case aspect != nil:
		t.problem = true
	case lead == "关于" || lead == "针对":
		t.lead = lead
		t.from += len(lead)
	}
	t.from, t.to = stray(text, t.from, t.to)
	if t.from >= t.to {
		t.lead = ""
		t.from, t.to = trimSpan(text, skip, end-closed)
	}
	return t
}

// quotedTitle reads “…”的问题, with or without a lead.
func quotedTitle(text string, skip int, lead string) (title, bool) {
	at := skip + len(lead)
	if lead != "" {
		fill := fillForm.FindString(text[at:])
		if r, _ := utf8.DecodeRuneInString(text[at+len(fill):]); isOpening(r) {
			at += len(fill)
		}
	}
	open, size := utf8.DecodeRuneInString(text[at:])
	if !isOpening(open) {
		return title{}, false
	}
	for _, end := range closings(text[at+size:], open) {
		after := at + size + end.to
		m := tailForm.FindStringSubmatchIndex(text[after:])
		if m == nil {
			continue
		}
		t := title{lead: text[skip:at], from: at + size, to: at + size + end.from, end: after + m[1], quoted: true, problem: m[2] >= 0}
		// The mark that closes a heading is a comma only behind 问题.
		if comma := strings.HasPrefix(text[after+m[4]:], ",") || strings.HasPrefix(text[after+m[4]:], "，"); comma && !t.problem {
			continue
		}
		return t, t.from < t.to
	}
	return title{}, false
}

func isOpening(r rune) bool { return strings.ContainsRune("“\"‘「『＂", r) }

// place is a stretch of a text.
type place struct{ from, to int }

// closings gives the places of quotation marks that may close the one before
// the text: first the one that fits by depth, then all others.
func closings(text string, open rune) []place {
	closing := map[rune]rune{'“': '”', '‘': '’', '「': '」', '『': '』', '"': '"', '＂': '＂'}[open]
	var first, rest []place
	depth := 1
	for i, r := range text {
		switch {
		case i > 3*maxTitle:
			return append(first, rest...)
		case r == closing || r == '"' && open == '“' || r == '“' && open == '“' && depth == 1 && tailForm.MatchString(text[i+len("“"):]) && strings.HasPrefix(strings.TrimPrefix(text[i+len("“"):], "的"), "问题"):
			// “ … “的问题: the wrong mark closes, as people type it.
			depth--
			p := place{i, i + utf8.RuneLen(r)}
			if depth == 0 {
				first = append(first, p)
			} else {
				rest = append(rest, p)
			}
		case r == open:
			depth++
		}
	}
	return append(first, rest...)
}

// headingEnd finds where a heading without quotation marks around it ends:
// behind the first full stop or colon, or the comma behind 问题. closed is the
// size of that mark.
func headingEnd(text, lead string) (end, closed int) {
	depth := 0
	// Marks without a partner, as people leave them, open nothing.
	loose := strings.Count(text, "“") != strings.Count(text, "”") || strings.Count(text, "‘") != strings.Count(text, "’")
	for i, r := range text {
		size := utf8.RuneLen(r)
		if r == utf8.RuneError {
			size = 1
		}
		switch r {
		case '“', '‘', '”', '’':
			if loose {
				continue
			}
		}
		switch r {
		case '“', '《', '（', '(', '‘', '【':
			depth++
			continue
		case '”', '》', '）', ')', '’', '】':
			depth = max(0, depth-1)
			continue
		}
		if depth > 0 && i < 3*maxTitle {
			continue
		}
		switch r {
		case '。', '！', '？':
			return i + size, size
		case '：', ':':
			if rest := text[i+size:]; r == ':' && rest != "" && rest[0] >= '0' && rest[0] <= '9' {
				continue // a time of day
			}
			return i + size, size
		case '，', ',', '；', ';':
			before := text[:i]
			if (lead == "关于" || lead == "针对" || lead == "对于") && (strings.HasSuffix(before, "问题") || strings.HasSuffix(before, "方面")) {
				return i + size, size
			}
			if m, ok := parseMark(text[i+size:]); ok && m.class == shi && m.num == 1 {
				return i + size, size
			}
			if lead == "在" && strings.HasSuffix(before, "方面") {
				return i + size, size
			}
		}
	}
	return len(text), 0
}

// stray leaves out quotation marks at the ends that have no partner.
func stray(text string, from, to int) (int, int) {
	part := text[from:to]
	for _, pair := range [][2]string{{"“", "”"}, {"‘", "’"}} {
		opens, closes := strings.Count(part, pair[0]), strings.Count(part, pair[1])
		if opens > closes && strings.HasPrefix(part, pair[0]) {
			from += len(pair[0])
			part = text[from:to]
		} else if closes > opens && strings.HasSuffix(part, pair[1]) {
			to -= len(pair[1])
			part = text[from:to]
		}
	}
	return trimSpan(text, from, to)
}

// words that say what is wrong, as titles of issues do
var faults = []string{
	"不够", "不到位", "不力", "不足", "不严", "不实", "不深", "不强", "不高", "不全", "不细", "不紧", "不准", "不规范", "不健全", "不完善",
	"不及时", "不明显", "不扎实", "不充分", "不彻底", "不严格", "不精准", "不明确", "不落实", "不平衡", "不均衡", "不合理", "不清", "不畅",
	"不优", "不大", "不好", "不牢", "不快", "不突出", "不紧密", "不认真", "不严肃", "不符", "不一致", "不达标", "不统一", "不完整", "不通", "不便", "不亮", "不成",
	"不主动", "不积极", "不科学", "不匹配", "不协调", "不顺", "不适应", "不善", "不敢", "不愿", "不会", "不作为", "不担当", "不开展", "不执行", "不按", "不用心", "不过硬", "不聚焦",
	"差距", "欠缺", "短板", "偏差", "漏洞", "缺失", "缺位", "缺乏", "缺少", "盲区", "死角", "弱项", "温差", "落差", "薄弱", "滞后", "弱化", "虚化", "淡化", "混乱",
	"松散", "涣散", "淡薄", "缓慢", "迟缓", "偏低", "偏少", "偏慢", "偏弱", "偏高", "偏软", "较弱", "较低", "较慢", "较少", "较差", "走过场", "流于形式", "形式化", "形式主义", "官僚主义",
	"问题突出", "凸显", "松懈", "宽松软", "违规", "违法", "违反", "违建", "超标", "超期", "超范围", "未", "没有", "尚未", "依然", "仍", "时有发生", "失管", "失察", "失范", "失责", "脱节", "断档", "老化", "闲置", "浪费",
	"隐患", "脱岗", "漏岗", "空岗", "生硬", "反弹", "回潮", "走样", "变形", "缩水", "积压", "失真", "滞留", "超概", "超支", "挪用", "挤占", "截留", "套取", "套用", "吃拿卡要", "推诿", "扯皮", "懒政", "怠政", "敷衍", "繁琐", "拖延", "拖沓", "臃肿", "冗长", "畏难", "躺平", "守摊", "脱实向虚", "失序", "失守", "错位", "越位", "偏离", "偏移", "跑偏", "缺项", "空白", "瓶颈", "滋生", "蔓延", "频发", "多发", "高发", "风险较高", "矛盾突出", "怨言", "疲软", "疲沓", "被动", "零散", "零星", "碎片化", "同质化", "表面化", "庸俗化", "娱乐化", "空泛",
	"一言堂", "攀比", "浮于", "空转", "悬浮", "漂浮", "虚浮", "梗阻", "软弱", "断层", "老龄化", "流失", "下滑", "失衡", "落空", "倒挂", "空壳", "无序", "脏乱差", "扰民", "污染", "直排", "渗漏", "破损", "拖欠", "积案", "久拖", "悬而未决",
	"形同虚设", "名存实亡", "屡禁不止", "屡查屡犯", "有章不循", "以罚代管", "重建轻管", "宽松软", "选择性", "重形式", "单一", "随意", "粗放", "笼统", "挂账", "停在", "欠账", "乱象", "隐瞒", "虚报", "照抄", "打折扣", "上热下冷", "一刀切", "弄虚作假", "过慢", "过低", "过长", "过早", "过于", "返黑", "事后", "不",
}

// faultEnds say so only at the end of a title: 班次少, not 少年.
var faultEnds = []string{"难", "差", "慢", "少", "弱", "迟", "漏", "乱", "空", "缺", "虚", "懒", "散", "拖", "低", "长", "多", "轻", "浅", "窄", "旧", "堵"}

// verbs with which a measure starts
var verbs = []string{
	"加强", "强化", "完善", "健全", "建立", "开展", "组织", "制定", "修订", "召开", "推动", "推进", "落实", "严格", "提升", "提高", "压实", "深化", "规范", "坚持", "加大", "加快",
	"持续", "进一步", "督促", "严肃", "成立", "印发", "出台", "举一反三", "全面", "深入", "及时", "认真", "积极", "优化", "明确", "统筹", "扎实", "切实", "健康", "抓好", "抓实", "抓牢", "做好", "做实",
	"聚焦", "突出", "筑牢", "拓宽", "创新", "定期", "立即", "迅速", "牢固", "增强", "配齐", "配强", "选优", "细化", "梳理", "排查", "核查", "清理", "清退", "追缴", "收回", "补充", "公开", "公布", "对照", "靠前", "带头", "大力",
	"开通", "开设", "选派", "走访", "新建", "新增", "建设", "改造", "签订", "处置", "查处", "立案", "给予", "退还", "退回", "补发", "补齐", "补缴", "更新", "更换", "配备", "安装", "拆除", "清运", "修复", "办结", "化解", "解决", "委托", "招聘", "引进",
	"培训", "宣讲", "宣传", "发布", "编制", "编印", "汇编", "录入", "登记", "备案", "核实", "核对", "复核", "盘点", "移送", "追回", "上缴", "收缴", "协调", "对接", "下发", "逐一", "逐项", "责令", "督查", "实行", "实施", "推行", "启动", "完成",
	"发挥", "充分", "引导", "搭建", "构建", "打造", "盘活", "整合", "聘请", "邀请", "学习", "传达", "研究", "审议", "调整", "纠正", "整治", "约谈", "通报", "问责", "移交", "履行", "把握", "守好", "管好", "用好",
}

// likeness says how much a heading looks like an issue (above 0) or like a
// measure (below 0).
func likeness(text string, t title) float64 {
	heading := text[t.from:t.to]
	score := 0.0
	if t.lead == "" && !t.quoted && strings.HasSuffix(heading, "方面") && !isPlainFault(heading) {
		return 0 // a group, also where its name speaks of 腐败问题
	}
	if t.lead == "" && !t.quoted && tellsDeeds(heading) {
		// A sentence may end with 解决堵点问题.
		if startsWithAny(heading, verbs) {
			score -= 2
		}
		return score
	}
	if t.lead == "关于" || t.lead == "针对" || t.lead == "反映的" || t.lead == "指出的" || t.lead == "对于" {
		score++
		if t.problem {
			score++
		}
	}
	if t.quoted && t.problem {
		score++
	}
	if t.problem && strings.Contains(text[:t.end], "问题") {
		score++
	}
	if isFault(heading) {
		score++
	}
	if t.noted && score > 0 {
		score++ // 学习质量不高（已完成）
	}
	if t.lead == "" && startsWithAny(heading, verbs) && !t.problem && !endsFaulty(heading) {
		score -= 2
	}
	return score
}

// isPlainFault tells words that say what is wrong and that are nothing else:
// not the 不 of 不断.
func isPlainFault(text string) bool {
	text = innocent.Replace(text)
	for _, word := range faults {
		if length(word) > 1 && word != "没有" && strings.Contains(text, word) {
			return true
		}
	}
	return false
}

var deedForm = regexp.MustCompile(`[0-9]+\s*(?:余|多)?\s*(?:人次|轮次|场次|次|个|人|项|期|家|份|万元|亿元|元|篇|处|件|名|户|条|场|公里|亩|吨|台|套|座|笔|起|%)`)

// tellsDeeds tells a sentence that counts what was done, or runs long: no title,
// whatever faults it speaks of.
func tellsDeeds(text string) bool { return length(text) > 45 || deedForm.MatchString(text) }

// endsFaulty tells a title that begins like a measure and ends like an issue:
// 落实意识形态工作责任制不到位, but not 完善制度不健全的问题整改机制.
func endsFaulty(text string) bool {
	text = strings.TrimRight(text, "。.；;，,”’）) ")
	runes := []rune(text)
	const tail = 6
	end := string(runes[max(0, len(runes)-tail):])
	for _, word := range faultEnds {
		if strings.HasSuffix(end, word) {
			return true
		}
	}
	return isPlainFault(end)
}

// innocent takes out words that hold a word for a fault and name none.
var innocent = strings.NewReplacer("不断", "", "不懈", "", "不正之风", "", "不忘初心", "", "不敢腐", "", "不能腐", "", "不想腐", "", "不折不扣", "", "不动摇", "", "不松劲", "", "不停步", "", "不仅", "", "不少于", "", "不低于", "", "不但", "", "未来", "")

// isFault tells words that say what is wrong.
func isFault(text string) bool {
	text = innocent.Replace(text)
	for _, word := range faults {
		if strings.Contains(text, word) {
			return true
		}
	}
	text = strings.TrimRight(text, "。.；;，,”’）) ")
	for _, word := range faultEnds {
		if strings.HasSuffix(text, word) {
			return true
		}
	}
	return false
}
