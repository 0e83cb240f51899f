package importer

import (
	"regexp"
	"slices"
	"strings"

	"rectify/site/model"
)

var (
	// 4个方面 53条问题 56项具体表现 160条任务
	countFront = regexp.MustCompile(`([0-9０-９]+|[一二三四五六七八九十百]+)\s*(大方面|方面|大类|个|条|项|类|处|件)?(?:的|反馈|主要|突出)?(方面|具体表现|具体问题|主要问题|突出问题|整改问题|反馈问题|问题|整改措施|具体措施|措施|整改任务|任务|事项|整改事项|表现|大类|类|意见|建议)`)
	// 3个方面6项, and no word of what
	countBare = regexp.MustCompile(`(?:方面|大类|类)(?:的|共|共计)?\s*([0-9０-９]+)\s*(项|条)(?:[，,。；;、]|$)`)
	// 整改措施117项 问题25个
	countBack = regexp.MustCompile(`(整改措施|具体措施|措施|整改任务|任务|整改事项|具体问题|问题|整改意见|意见建议)\s*(?:共|共计|共有)?\s*([0-9０-９]+|[一二三四五六七八九十百]+)\s*(个|条|项|类|件)`)
	// 已完成19个
	countDone = regexp.MustCompile(`(` + progressWords + `)(?:的)?\s*(?:问题|任务|整改任务|措施|整改措施)?\s*([0-9０-９]+)\s*(个|条|项|类|件)`)
	// 4个正在有序推进
	countLeft = regexp.MustCompile(`(?:其余|剩余|另有|还有|尚有)?([0-9０-９]+)\s*(个|条|项|件)(?:问题|任务|措施|整改任务)?(?:均)?(` + progressWords + `)`)
	// a clause that starts so, in a sentence about the inspection
	anchorStart = regexp.MustCompile(`^(?:[^，,。]{0,6}?)(?:共|共计|分别|一共|累计)?(?:指出|提出|反馈|梳理出?|查出|移交)(?:了|的)?(?:存在)?[0-9一二三四五六七八九十]+\s*(?:个|条|项|类|大?方面)`)
	// what makes a count the inspection's own
	anchor = regexp.MustCompile(`(?:巡察|巡视|督察|督查|审计|检查|专项检查)(?:组|报告|工作报告|意见)?[^，,。；;]{0,8}?(?:反馈|指出|移交|发现|提出|涉及|查出|反映)|反馈(?:的|了|意见)?(?:指出|提出|涉及|中)?(?:的|我局|我单位)?[0-9一二三四五六七八九十]+\s*(?:个|条|项|类|方面)`)
)

// progressWords say how far a number of matters is.
const progressWords = `已全部完成整改|已基本完成整改|基本完成整改|已完成整改|已整改完成|整改完成|已完成|应完成|完成整改|已整改到位|已整改|已销号|已办结|基本完成|正在有序推进|正在持续推进|正在推进|正在整改|持续推进|持续整改|长期坚持|达到序时进度|未达到序时进度|未按期完成|尚未完成|未完成|部分完成`

// what a unit says of all that the inspection counted
var (
	breaksDown = regexp.MustCompile(`反馈|指出|提出|梳理|细化|分解|形成|制定|制订|明确|确定|列出|认领|涉及|反映|查出|共有|共计|应完成`)
	otherCount = regexp.MustCompile(`征求|收集|走访|解决|排查|检查|抽查|自查|线索|信访|受理|调研|回访|学习|培训`)
)

var speaksOf = regexp.MustCompile(`巡察|巡视|督察|督查|审计|反馈`)

// declared reads the totals that the text itself states, with the words that
// say so. Only what the inspection counted, and what the unit did about all of
// it, is a total; the many other counts of a report are not. Before the issues
// begin, a paper speaks of all of them; behind, only where it names the
// inspection.
func (p *parser) declared() {
	seen := map[string]bool{}
	opening := true
	for _, d := range p.allParts() {
		for _, text := range strings.Split(d.Text, "\n") {
			if !opening && !speaksOf.MatchString(text) {
				continue
			}
			found := false
			for _, s := range sentences(text) {
				before := len(p.report.Declared)
				p.declaredIn(text[s.from:s.to], opening, seen)
				if found {
					p.progressIn(text[s.from:s.to], seen)
				}
				found = found || len(p.report.Declared) > before
			}
		}
		opening = opening && !d.Outline
	}
}

// allParts gives the narrative parts, with those in parts.
func (p *parser) allParts() []*model.Part {
	var out []*model.Part
	var walk func(list []*draftPart)
	walk = func(list []*draftPart) {
		for _, d := range list {
			out = append(out, &d.part)
			walk(d.kids)
		}
	}
	walk(p.parts)
	return out
}

func (p *parser) declaredIn(sentence string, opening bool, seen map[string]bool) {
	clauses := clausesOf(sentence, place{0, len(sentence)})
	speaks := speaksOf.MatchString(sentence)
	for i := 0; i < len(clauses); i++ {
		c := clauses[i]
		part := sentence[c.from:c.to]
		ours := anchor.MatchString(part) || anchorStart.MatchString(part) && speaks || opening && breaksDown.MatchString(part) && !otherCount.MatchString(part)
		if !ours || len(countsIn(part)) == 0 {
			continue
		}
		end := i
		counted := func(k int) bool {
			return k < len(clauses) && len(countsIn(sentence[clauses[k].from:clauses[k].to])) > 0
		}
		for counted(end+1) || end+2 < len(clauses) && counted(end+2) && strings.HasPrefix(sentence[clauses[end+1].from:], "截至") {
			end++
		}
		to := c.from + len(strings.TrimRight(sentence[c.from:clauses[end].to], "。；;，,！ "))
		quote := strings.TrimSpace(sentence[c.from:to])
		asOf := model.Date("")
		if at := strings.Index(sentence, "截至"); at >= 0 {
			for _, d := range datesIn(sentence[at:min(len(sentence), at+60)]) {
				asOf = d.date()
				if d.end {
					asOf = model.Date(d.period())
				}
				break
			}
		}
		for _, n := range countsIn(quote) {
			key := n.Label + count(n.N)
			if seen[key] || seen[n.Label] {
				continue
			}
			seen[key], seen[n.Label] = true, true
			n.Quote, n.AsOf = quote, asOf
			p.report.Declared = append(p.report.Declared, n)
		}
		i = end
	}
}

// progressIn reads 截至2025年2月底，已完成18项，持续推进3项。 behind the sentence that
// said how many there are.
func (p *parser) progressIn(sentence string, seen map[string]bool) {
	all := countDone.FindAllStringSubmatchIndex(sentence, -1)
	for _, m := range countLeft.FindAllStringSubmatchIndex(sentence, -1) {
		all = append(all, []int{m[0], m[1], m[6], m[7], m[2], m[3], m[4], m[5]})
	}
	if len(all) == 0 || length(sentence) > 120 {
		return
	}
	quote := strings.TrimRight(sentence, "。；;！ ")
	var asOf model.Date
	if dates := datesIn(sentence); len(dates) > 0 {
		if asOf = dates[0].date(); dates[0].end {
			asOf = model.Date(dates[0].period())
		}
	}
	for _, m := range all {
		label := sentence[m[2]:m[3]]
		if n := anyNumber(sentence[m[4]:m[5]]); n > 0 && !seen[label] {
			seen[label] = true
			p.report.Declared = append(p.report.Declared, model.Declared{Label: label, N: n, Unit: sentence[m[6]:m[7]], AsOf: asOf, Quote: quote})
		}
	}
}

// countsIn finds the counts of a text in order.
func countsIn(text string) []model.Declared {
	type at struct {
		place
		model.Declared
	}
	var all []at
	taken := func(from, to int) bool {
		for _, a := range all {
			if from < a.to && a.from < to {
				return true
			}
		}
		return false
	}
	add := func(m []int, label, number, unit string) {
		n := anyNumber(number)
		if n == 0 || taken(m[0], m[1]) || strings.HasPrefix(text[m[1]:], "线索") || strings.HasSuffix(strings.TrimRight(text[:m[0]], " "), "第") || quoted(text, m[0]) {
			return
		}
		all = append(all, at{place{m[0], m[1]}, model.Declared{Label: label, N: n, Unit: unit, Of: countedAs(label)}})
	}
	group := func(m []int, i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return text[m[2*i]:m[2*i+1]]
	}
	for _, m := range countDone.FindAllStringSubmatchIndex(text, -1) {
		add(m, group(m, 1), group(m, 2), group(m, 3))
	}
	for _, m := range countLeft.FindAllStringSubmatchIndex(text, -1) {
		add(m, group(m, 3), group(m, 1), group(m, 2))
	}
	for _, m := range countFront.FindAllStringSubmatchIndex(text, -1) {
		label, unit := group(m, 3), group(m, 2)
		if label == "类" && unit == "" || unit == label {
			unit = ""
		}
		add(m, label, group(m, 1), unit)
	}
	for _, m := range countBare.FindAllStringSubmatchIndex(text, -1) {
		// 反馈3个方面6项: what the aspects hold has no name.
		if n := anyNumber(group(m, 1)); n > 0 && !taken(m[2], m[5]) {
			all = append(all, at{place{m[2], m[5]}, model.Declared{Label: group(m, 2), N: n, Of: model.CountIssues}})
		}
	}
	for _, m := range countBack.FindAllStringSubmatchIndex(text, -1) {
		add(m, group(m, 1), group(m, 2), group(m, 3))
	}
	slices.SortFunc(all, func(a, b at) int { return a.from - b.from })
	out := make([]model.Declared, len(all))
	for i, a := range all {
		out[i] = a.Declared
	}
	return out
}

// countedAs says which of our totals a declared one stands beside.
func countedAs(label string) model.Counted {
	switch label {
	case "方面", "大类":
		return model.CountSections
	case "问题", "具体问题", "整改问题", "反馈问题", "主要问题", "突出问题":
		return model.CountIssues
	case "整改措施", "措施", "具体措施":
		return model.CountMeasures
	}
	return ""
}

// metricForms are results in figures; they have to speak of what was done.
var metricForms = []struct {
	kind string
	form *regexp.Regexp
}{
	{"收回资金", regexp.MustCompile(`(?:已|共|累计|共计|均已)?(?:收回|追缴|追回|追讨|收缴|退缴|挽回|清收)[^，,。；;0-9０-９]{0,16}?(?:资金|款项|款|费用|损失|补贴|补助|结余)?[^，,。；;0-9０-９]{0,6}?([0-9０-９][0-9０-９,.．]*)\s*(余?亿元|余?万元|余?元)`)},
	{"清退退还资金", regexp.MustCompile(`(?:已|共|累计|共计|均已)?(?:清退|退还|退回|返还)[^，,。；;0-9０-９]{0,16}?(?:资金|款项|款|费用|补贴|补助|结余)?[^，,。；;0-9０-９]{0,6}?([0-9０-９][0-9０-９,.．]*)\s*(余?亿元|余?万元|余?元)`)},
	{"上缴财政", regexp.MustCompile(`(?:已|共|累计|其中)?(?:上缴|缴入|上交)(?:区|县|市|省)?(?:国库|财政)[^，,。；;0-9０-９]{0,8}?([0-9０-９][0-9０-９,.．]*)\s*(余?亿元|余?万元|余?元)`)},
	{"制度", regexp.MustCompile(`(?:共|累计|已)?(?:新?建立|新?制定|修订|出台|完善|健全|新建)(?:和|并|、|或)?(?:修订|完善|制定|健全)?(?:各类|各项|相关|内部)?(?:规章)?(?:制度|制度机制|规章制度|制度规定|制度办法|制度文件)\s*([0-9０-９]+)\s*(余?项|余?个|余?件)`)},
	{"处分", regexp.MustCompile(`(?:给予|共给予)?(?:党纪政务|党纪|政务)处分\s*([0-9０-９]+)\s*(人次|人)`)},
	{"问责", regexp.MustCompile(`(?:追责问责|问责|追究责任)\s*([0-9０-９]+)\s*(人次|人)`)},
	{"立案", regexp.MustCompile(`立案(?:审查调查|审查|查处)?\s*([0-9０-９]+)\s*(件|起|人)`)},
}

// still tells a clause about what is to come: no result.
var still = regexp.MustCompile(`将|拟|应|需|计划|预计|要求|力争|不少于|目标`)

// metrics reads results in figures, wherever the report tells them.
func (p *parser) metrics() {
	seen := map[string]bool{}
	read := func(text string) {
		if !strings.ContainsAny(text, "收追清退返挽上缴制修订出建处问立讨") {
			return
		}
		for _, f := range metricForms {
			for _, m := range f.form.FindAllStringSubmatchIndex(text, -1) {
				quote := text[m[0]:m[1]]
				start := strings.LastIndexAny(text[:m[0]], "。；;，,") + 1
				if seen[quote] || still.MatchString(text[start:m[1]]) {
					continue
				}
				seen[quote] = true
				p.report.Metrics = append(p.report.Metrics, model.Metric{
					Kind: f.kind, Value: fold(text[m[2]:m[3]]), Unit: text[m[4]:m[5]], Quote: quote,
				})
			}
		}
	}
	for _, part := range p.allParts() {
		read(part.Text)
	}
	for _, d := range p.allIssues() {
		for k := range d.issue.Measures {
			read(d.issue.Measures[k].Text)
		}
		read(d.issue.Result)
	}
}

// allIssues gives the issues in the order of the outline.
func (p *parser) allIssues() []*draftIssue {
	var out []*draftIssue
	var walk func(list []*draftSection)
	walk = func(list []*draftSection) {
		for _, d := range list {
			out = append(out, d.issues...)
			walk(d.kids)
		}
	}
	walk(p.outline)
	return out
}
