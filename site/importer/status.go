package importer

import (
	"regexp"
	"strings"

	"rectify/site/model"
)

// statusForms are the words for each status, tried in this order: what is not
// done before what is done, since 未完成 holds 完成.
var statusForms = []struct {
	code model.StatusCode
	form *regexp.Regexp
}{
	{model.Overdue, regexp.MustCompile(`^(?:仍|尚|还)?(?:未按期|未按时|逾期未|超期未)(?:完成|办结|整改|销号)(?:整改|到位|任务)*$|^逾期$|^已逾期$|^未达到?序时进度(?:要求)?$`)},
	{model.Reopened, regexp.MustCompile(`^(?:已)?重新(?:列入|纳入)?整改$`)},
	{model.NotDone, regexp.MustCompile(`^(?:仍|尚|还|暂)?未(?:能)?(?:全部|全面|彻底)?(?:完成|整改|办结|销号|落实|启动|开展)(?:整改|到位|完成|任务|销号)*$|^(?:没有|没)(?:完成|整改)(?:整改|到位)*$`)},
	{model.BasicallyDone, regexp.MustCompile(`^(?:均|都|已|已经|现已|总体)*基本(?:上)?(?:已)?(?:完成|整改|办结|落实|解决)(?:整改|到位|任务|目标|完成)*(?:[，,、]?(?:并|需|将)?(?:持续整改|长期坚持|持续推进|持续巩固|持续坚持|持续深化))*$|^(?:已)?完成(?:阶段性?|年度)(?:整改)?(?:目标|任务)?(?:[，,、]?(?:并|需|将)?(?:持续整改|长期坚持|持续推进|持续巩固))*$|^(?:已)?(?:阶段性?|年度)(?:整改)?(?:目标|任务)?(?:已)?(?:完成|整改到位|办结)(?:[，,、]?(?:并|需|将)?(?:持续整改|长期坚持|持续推进|持续巩固))*$`)},
	{model.LongTerm, regexp.MustCompile(`^(?:需|需要|并|将)?(?:长期|持续)(?:坚持|整改坚持)(?:整改|推进)?$|^(?:长期|持续)整改$|^长期推进$`)},
	{model.InProgress, regexp.MustCompile(`^(?:仍在|正在|正|仍|均在|均正在)(?:持续|有序|稳步|加快|积极)?(?:整改|推进|办理|落实|实施|进行)(?:整改|落实|中|之中|当中)*$|^(?:正在|持续|稳步|有序|加快)?(?:整改|推进|办理|进行)(?:推进)?中$|^(?:已|均|总体|整体|基本|总体上|按期)*达到序时进度(?:要求)?$|^(?:正)?按?序时(?:进度)?推进(?:中|整改)?$|^(?:正在)?(?:持续|分阶段|稳步|有序)(?:整改|推进)(?:整改)?$|^部分(?:完成|整改)(?:整改|到位)?$|^取得阶段性(?:成效|进展)$`)},
	{model.Done, regexp.MustCompile(`^(?:均|都|已|已经|已于[^，,]{2,14}|于[^，,]{2,14}|现已|全部|按期|按时|全面)*(?:完成整改|整改完成|整改到位|整改落实到位|落实整改到位|整改销号|销号|办结|验收销号|完成销号|整改完毕|完成验收|通过验收并销号)(?:到位|任务|工作|销号|目标|验收|并销号|办结)*(?:[，,、]?(?:并|需|将)?(?:持续整改|长期坚持|持续推进|持续巩固|持续坚持|持续深化))*$` +
		`|^(?:均|都)?(?:已|已经|全部|均已|已全部|已按期|已按时|按期|按时|现已)+(?:完成|整改|落实|解决)(?:整改|到位|任务|目标|完毕)*(?:[，,、]?(?:并|需|将)?(?:持续整改|长期坚持|持续推进|持续巩固|持续坚持|持续深化))*$|^完成$`)},
}

// statusOf gives the code that words stand for when there is nothing else in
// the text.
func statusOf(words string) (model.StatusCode, bool) {
	words = strings.Trim(squeeze(words), "。.；;，,：:()（）【】[]“”\"")
	if words == "" || length(words) > 30 {
		return "", false
	}
	for _, s := range statusForms {
		if s.form.MatchString(words) {
			return s.code, true
		}
	}
	return "", false
}

var (
	howMany  = regexp.MustCompile(`[0-9一二三四五六七八九十]+\s*(?:个|处|项|条|件|起|人|户|家|名|笔|份|元|万)`)
	ofThings = regexp.MustCompile(`[0-9０-９一二三四五六七八九十]+\s*(?:个|处|项|条|件|起|宗|户|家|笔|份)`)
	ofTheWay = regexp.MustCompile(`^(?:截至目前|目前为止|目前|现)[，,]?`)
)

// lastWord reads the clause that ends an issue's text and says with 目前 how far
// it is, or that speaks of 整改: 逐项核实，目前均已整改到位。 Where the sentence counts things, it speaks of
// those things and not of the issue.
func lastWord(text string) (found, bool) {
	list := sentences(text)
	if len(list) == 0 {
		return found{}, false
	}
	s := list[len(list)-1]
	clauses := clausesOf(text, s)
	c := clauses[len(clauses)-1]
	part := text[c.from:c.to]
	at := ofTheWay.FindStringIndex(part)
	switch {
	case at == nil && strings.Contains(part, "整改") && !ofThings.MatchString(text[s.from:s.to]):
		at = []int{0, 0} // ……，已完成整改。
	case at == nil || howMany.MatchString(text[s.from:s.to]):
		return found{}, false
	}
	code, ok := statusOf(part[at[1]:])
	to := c.from + len(strings.TrimRight(part, "。.；;，,！ "))
	return found{code, c.from + at[1], to, s}, ok
}

// sectionStatus reads a heading that says of all matters under it how far they
// are: 集中整改期内已完成的整改事项. A heading with two such words says neither.
func sectionStatus(title string) (found, bool) {
	m := sectionForm.FindStringSubmatchIndex(title)
	if m == nil {
		return found{}, false
	}
	code, ok := statusOf(title[m[2]:m[3]])
	return found{code, m[2], m[3], place{0, len(title)}}, ok
}

var sectionForm = regexp.MustCompile(`^(?:集中整改(?:期|期限|期间|阶段)?内?|目前|现阶段|截至目前|关于)?(?:应完成且)?(已经完成整改|已完成整改|已整改完成|已全部整改到位|已整改到位|已完成|已销号|基本完成|正在整改|正在推进整改|正在推进|正在持续推进|尚未完成|未完成|尚未整改到位|长期坚持|需长期坚持|需要长期坚持|持续整改|需持续整改)(?:整改)?(?:的)?(?:整改)?(?:任务|事项|问题)(?:[（(，,]?(?:共|计)?[0-9]+(?:项|个|条)[)）]?|整改情况|情况)?$`)

// isStatus tells words that are a status and nothing else: they promise nothing.
func isStatus(words string) bool {
	_, ok := statusOf(about.ReplaceAllString(words, ""))
	if !ok {
		_, ok = statusOf(words)
	}
	return ok
}

// about matches what may stand before the words of a status: 目前, 该问题.
var about = regexp.MustCompile(`^(?:截至目前|目前为止|目前|现|至此|截至[^，,。]{1,16})?[，,]?(?:(?:该|此|本|上述|以上|这|反馈的?|涉及的?)(?:项|条|类|个|些|\d+[个项条])?(?:反馈|整改|巡察|督察|审计)?(?:问题|任务|事项|工作|情况)?|(?:问题|整改任务|整改工作|整改))?(?:现|目前)?(?:整改)?(?:均|都)?`)

var subjects = regexp.MustCompile(`(?:该|此|本|上述|以上|这|反馈)(?:项|条|类|个|些)?(?:反馈|整改|巡察|督察|审计)?(?:问题|任务|事项|整改)|^(?:整改任务|整改工作|整改)`)

// found is a status in a text.
type found struct {
	code     model.StatusCode
	from, to int // the words as printed
	basis    place
}

// findStatus looks for the sentence that says how far an issue is. In prose it
// has to speak of the issue (该问题已完成整改) or to say nothing else (已整改。);
// where the text is known to be a result, its last clause is enough.
func findStatus(text string, result bool) (found, bool) {
	if !strings.ContainsAny(text, "改成办销度推坚期进") {
		return found{}, false
	}
	var best found
	ok := false
	for _, s := range sentences(text) {
		clauses := clausesOf(text, s)
		for i, c := range clauses {
			part := text[c.from:c.to]
			if length(part) > 60 {
				continue
			}
			// The last clauses together: 基本完成，并持续整改.
			to := c.to
			code, from, hit := statusClause(part, i == 0 && (len(clauses) == 1 || strings.HasPrefix(part, "目前") || strings.HasPrefix(part, "截至目前")), result)
			if !hit && result && i == len(clauses)-1 {
				code, from, hit = remainder(part)
			}
			if i+1 < len(clauses) && i+2 == len(clauses) {
				whole := text[c.from:clauses[i+1].to]
				if wide, at, both := statusClause(whole, i == 0, result); both {
					code, from, hit, to = wide, at, true, clauses[i+1].to
				}
			}
			if hit {
				best = found{code, c.from + from, to, place{s.from, s.to}}
				best.to = c.from + from + len(strings.TrimRight(text[c.from+from:to], "。.；;，,！ )）"))
				ok = true
				break
			}
		}
	}
	return best, ok
}

var restForm = regexp.MustCompile(`^(?:其余|剩余|其他|尚有|仍有|还有)[^，,。；]{0,10}?(未按期|未按时|未完成|未整改|尚未|正在整改|正在推进)`)

// remainder reads 其余39处未按期完成: what is left decides.
func remainder(part string) (code model.StatusCode, from int, ok bool) {
	part = strings.TrimRight(part, "。.；;，,！ ")
	m := restForm.FindStringSubmatchIndex(part)
	if m == nil {
		return "", 0, false
	}
	code, ok = statusOf(part[m[2]:])
	return code, m[2], ok
}

// statusClause reads one clause. alone tells that it is the whole sentence.
func statusClause(part string, alone, last bool) (code model.StatusCode, from int, ok bool) {
	part = strings.TrimRight(part, "。.；;，,！ ")
	if strings.HasPrefix(part, "重新") {
		if code, ok = statusOf(part); ok && code == model.Reopened {
			return code, 0, true
		}
	}
	if alone || last {
		if code, ok = statusOf(part); ok {
			return code, 0, true
		}
	}
	at := about.FindStringIndex(part)
	if at == nil || at[1] == 0 {
		return "", 0, false
	}
	// Longest prefix first, then shorter ones: 整改 may belong to the words.
	speaks := subjects.MatchString(part[:at[1]])
	if !speaks && !alone && !last {
		return "", 0, false
	}
	for _, end := range []int{at[1], at[1] - len("均"), at[1] - len("整改")} {
		if end <= 0 || end > at[1] || !strings.HasSuffix(part[:at[1]], part[end:at[1]]) {
			continue
		}
		if code, ok = statusOf(part[end:]); ok {
			return code, end, true
		}
	}
	return "", 0, false
}

// sentences gives the sentences of a text with their closing marks.
func sentences(text string) []place {
	var out []place
	start, depth := 0, 0
	for i, r := range text {
		switch r {
		case '“', '《', '（', '(':
			depth++
		case '”', '》', '）', ')':
			depth = max(0, depth-1)
		case '。', '；', ';', '！', '\n':
			if depth > 0 && r != '\n' {
				continue
			}
			end := i + len(string(r))
			if from, to := trimSpan(text, start, end); from < to {
				out = append(out, place{from, to})
			}
			start = end
		}
	}
	if from, to := trimSpan(text, start, len(text)); from < to {
		out = append(out, place{from, to})
	}
	return out
}

// clausesOf cuts a sentence at its commas; a clause keeps the mark behind it.
func clausesOf(text string, s place) []place {
	var out []place
	start, depth := s.from, 0
	for i, r := range text[s.from:s.to] {
		switch r {
		case '“', '《', '（', '(':
			depth++
		case '”', '》', '）', ')':
			depth = max(0, depth-1)
		case '，', ',':
			if depth == 0 {
				end := s.from + i + len(string(r))
				out = append(out, place{start, end})
				start = end
			}
		}
	}
	if start < s.to {
		out = append(out, place{start, s.to})
	}
	return out
}
