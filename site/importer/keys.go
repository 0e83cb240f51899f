package importer

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// keyKind is what a key of a block or the header of a column stands for.
type keyKind uint8

const (
	keyNone keyKind = iota
	keyIssue
	keyFinding
	keyGoal
	keyMeasures
	keyProgress // 整改情况: measures where nothing else holds them, else the result
	keyResult
	keyLead
	keyCo
	keyLeader
	keySupervisor
	keyDeadline
	keyStatus
	keyPublicity
	keyContact
	keyNumber
	keySection
	keyEvidence
	keyRemark
)

// keyWords are the words that clerks use. Longer ones are found first.
var keyWords = map[string]keyKind{
	"整改任务": keyIssue, "任务": keyIssue, "反馈问题": keyIssue, "督察反馈问题": keyIssue, "巡察反馈问题": keyIssue, "巡视反馈问题": keyIssue, "反馈意见": keyIssue, "整改事项": keyIssue, "问题": keyIssue,
	"审计发现问题": keyIssue, "发现问题": keyIssue, "反馈的问题": keyIssue, "问题名称": keyIssue, "任务名称": keyIssue, "事项": keyIssue, "整改问题": keyIssue, "具体问题": keyIssue, "整改内容": keyIssue, "问题清单": keyIssue, "审计查出问题": keyIssue, "查出问题": keyIssue, "检查发现问题": keyIssue, "建议内容": keyIssue, "提案内容": keyIssue, "问题内容": keyIssue, "反馈问题内容": keyIssue, "问题描述": keyIssue, "督察反馈意见": keyIssue, "主要问题": keyIssue, "存在的问题": keyIssue, "存在问题": keyIssue, "信访问题": keyIssue, "举报问题": keyIssue, "交办问题": keyIssue,
	"问题表现": keyFinding, "具体表现": keyFinding, "主要表现": keyFinding, "表现": keyFinding, "问题具体表现": keyFinding, "基本情况": keyFinding, "问题情况": keyFinding, "核实情况": keyFinding, "调查核实情况": keyFinding, "问题详情": keyFinding, "具体情况": keyFinding, "原因分析": keyFinding, "问题原因": keyFinding, "问题简述": keyFinding, "具体问题表现": keyFinding,
	"整改目标": keyGoal, "目标": keyGoal, "工作目标": keyGoal, "整改要求": keyGoal, "验收标准": keyGoal, "整改标准": keyGoal, "整改目标要求": keyGoal,
	"整改措施": keyMeasures, "措施": keyMeasures, "整改举措": keyMeasures, "主要措施": keyMeasures, "具体措施": keyMeasures, "具体整改措施": keyMeasures, "整改主要措施": keyMeasures, "工作措施": keyMeasures, "拟采取措施": keyMeasures, "采取措施": keyMeasures, "采取的措施": keyMeasures, "整改具体措施": keyMeasures, "整改主要举措": keyMeasures, "具体举措": keyMeasures, "主要做法": keyMeasures, "整改做法": keyMeasures, "处理和整改情况": keyProgress,
	"整改情况": keyProgress, "整改落实情况": keyProgress, "落实情况": keyProgress, "整改工作情况": keyProgress, "整改进展": keyProgress, "进展情况": keyProgress, "整改进展情况": keyProgress, "工作进展": keyProgress, "目前进展": keyProgress, "整改落实": keyProgress, "办理情况": keyProgress, "处理情况": keyProgress, "整改": keyProgress, "推进情况": keyProgress, "整改推进情况": keyProgress, "主要工作及成效": keyProgress, "采取的措施及成效": keyProgress, "措施及成效": keyProgress, "整改主要工作及成效": keyProgress, "整改措施及成效": keyProgress, "主要整改措施及成效": keyProgress, "整改措施落实情况": keyProgress, "措施落实情况": keyProgress,
	"完成情况": keyResult, "整改完成情况": keyResult, "整改结果": keyResult, "整改成效": keyResult, "成效": keyResult, "结果": keyResult, "办理结果": keyResult, "办结情况": keyResult, "整改效果": keyResult, "取得成效": keyResult, "验收情况": keyResult, "验收结果": keyResult, "任务完成情况": keyResult, "目标完成情况": keyResult, "取得的成效": keyResult, "处理结果": keyResult, "是否属实": keyResult,
	"责任单位": keyLead, "牵头单位": keyLead, "责任部门": keyLead, "整改责任单位": keyLead, "主责单位": keyLead, "牵头部门": keyLead, "整改单位": keyLead, "主办单位": keyLead, "责任科室": keyLead, "牵头科室": keyLead, "整改责任部门": keyLead, "牵头责任单位": keyLead, "主体责任单位": keyLead, "整改牵头单位": keyLead, "责任主体": keyLead, "整改责任主体": keyLead, "整改主体": keyLead, "承办单位": keyLead, "办理单位": keyLead, "牵头责任部门": keyLead,
	"配合单位": keyCo, "协办单位": keyCo, "配合部门": keyCo, "参与单位": keyCo, "协同单位": keyCo, "配合科室": keyCo, "协助单位": keyCo, "会办单位": keyCo, "配合责任单位": keyCo, "责任配合单位": keyCo,
	"责任领导": keyLeader, "分管领导": keyLeader, "牵头领导": keyLeader, "责任人": keyLeader, "整改责任人": keyLeader, "包案领导": keyLeader, "包保领导": keyLeader, "负责人": keyLeader, "牵头人": keyLeader, "整改负责人": keyLeader, "主要责任人": keyLeader, "责任县领导": keyLeader, "牵头责任人": keyLeader, "包抓领导": keyLeader, "直接责任人": keyLeader, "第一责任人": keyLeader, "具体责任人": keyLeader,
	"督导单位": keySupervisor, "督办单位": keySupervisor, "监督单位": keySupervisor, "验收单位": keySupervisor, "督导部门": keySupervisor, "指导单位": keySupervisor, "监管单位": keySupervisor, "督促单位": keySupervisor, "销号单位": keySupervisor, "督导责任单位": keySupervisor, "监督部门": keySupervisor, "督办部门": keySupervisor, "行业主管部门": keySupervisor, "省级督导单位": keySupervisor, "督导人": keySupervisor,
	"整改时限": keyDeadline, "完成时限": keyDeadline, "整改期限": keyDeadline, "时限": keyDeadline, "完成时间": keyDeadline, "整改时间": keyDeadline, "完成期限": keyDeadline, "时限要求": keyDeadline, "整改完成时限": keyDeadline, "完成时限要求": keyDeadline, "办结时限": keyDeadline, "计划完成时间": keyDeadline, "整改完成时间": keyDeadline, "预计完成时间": keyDeadline, "期限": keyDeadline, "整改时限要求": keyDeadline, "拟完成时间": keyDeadline, "完成整改时限": keyDeadline, "目标时限": keyDeadline,
	"整改状态": keyStatus, "状态": keyStatus, "完成状态": keyStatus, "是否完成": keyStatus, "销号情况": keyStatus, "整改进度": keyStatus, "是否完成整改": keyStatus, "进度": keyStatus, "整改完成状态": keyStatus, "当前状态": keyStatus, "完成进度": keyStatus, "办理状态": keyStatus, "是否销号": keyStatus, "是否办结": keyStatus, "是否整改到位": keyStatus, "整改结论": keyStatus, "目前状态": keyStatus, "整改类别": keyStatus,
	"公示期": keyPublicity, "公示时间": keyPublicity, "公示期限": keyPublicity,
	"联系电话": keyContact, "监督电话": keyContact, "电话": keyContact, "举报电话": keyContact, "咨询电话": keyContact, "通信地址": keyContact, "通讯地址": keyContact, "邮寄地址": keyContact, "邮政信箱": keyContact, "电子邮箱": keyContact, "邮箱": keyContact, "来信地址": keyContact, "联系方式": keyContact, "联系人": keyContact, "传真": keyContact, "邮编": keyContact, "邮政编码": keyContact, "联系地址": keyContact, "地址": keyContact, "受理单位": keyContact, "受理时间": keyContact, "监督方式": keyContact, "电子信箱": keyContact,
	"序号": keyNumber, "编号": keyNumber, "问题序号": keyNumber, "任务序号": keyNumber, "问题编号": keyNumber, "任务编号": keyNumber,
	"方面": keySection, "类别": keySection, "问题类别": keySection, "问题分类": keySection, "分类": keySection, "问题类型": keySection, "一级指标": keySection, "反馈方面": keySection, "问题方面": keySection, "所属方面": keySection, "领域": keySection, "板块": keySection, "大类": keySection, "专题": keySection, "问题领域": keySection,
	"佐证材料": keyEvidence, "证明材料": keyEvidence, "佐证": keyEvidence, "附件": keyEvidence,
	"备注": keyRemark, "说明": keyRemark, "其他": keyRemark,
}

// key is a key word with the mark that ends it, found in a text.
type key struct {
	kind keyKind
	word string
	from int // of the word, or of the bracket before it
	end  int // behind the colon: where the value starts
}

// longestKey is the most characters that a key has.
const longestKey = 10

// keyAt reads a key with its colon at the start of a text. A label or a bracket
// may stand before it: （一）整改目标： 【整改措施】.
func keyAt(text string) (key, bool) {
	at := 0
	if m, ok := parseMark(text); ok && m.class != named && m.class != namedStep && m.class != shi {
		at = m.size
	}
	at += len(text[at:]) - len(strings.TrimLeft(text[at:], " \u3000\u00a0\t*●■◆▲·•"))
	bracket := false
	if r, size := utf8.DecodeRuneInString(text[at:]); r == '【' || r == '[' || r == '（' || r == '(' {
		at += size
		bracket = r == '【' || r == '['
	}
	start := at
	n := 0
	var word strings.Builder
	for i, r := range text[start:] {
		if n > longestKey+2 {
			return key{}, false
		}
		switch {
		case r == '：' || r == ':' || bracket && (r == '】' || r == ']'):
			kind := keyWords[strings.TrimSuffix(strings.TrimSuffix(word.String(), "如下"), "为")]
			if kind == keyNone {
				return key{}, false
			}
			end := start + i + utf8.RuneLen(r)
			if next, size := utf8.DecodeRuneInString(text[end:]); bracket && (next == '：' || next == ':') {
				end += size
			}
			return key{kind, word.String(), at, end}, true
		case r == ' ' || r == '\u3000' || r == '\u00a0' || r == '\t':
			continue
		case r < 0x4e00:
			return key{}, false
		}
		word.WriteRune(r)
		n++
	}
	return key{}, false
}

// isKeyHeading tells a heading that is nothing but a key: （一）整改措施.
func isKeyHeading(text string) bool {
	kind := keyWords[squeeze(strings.TrimRight(text, "。：: "))]
	return kind != keyNone && kind != keyContact && kind != keySection && kind != keyRemark
}

// keyCut is a key in a paragraph with its value.
type keyCut struct {
	key
	value span // without the mark behind it
}

var innerKey = regexp.MustCompile(`(?:^|[。；;，,、\s(（【\[）)】\]])(` + keyAlternatives() + `)[:：]`)

// keyAlternatives lists the keys that may stand inside a paragraph, longest first.
func keyAlternatives() string {
	var words []string
	for word, kind := range keyWords {
		if length(word) >= 3 && kind != keyContact && kind != keyNumber && kind != keySection || kind == keyContact && length(word) > 3 {
			words = append(words, word)
		}
	}
	slices.SortFunc(words, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	return strings.Join(words, "|")
}

// splitKeys finds the keys of a paragraph that starts with one. ok is false
// where it does not.
func splitKeys(text string, s span) (cuts []keyCut, ok bool) {
	part := text[s.from:s.to]
	first, ok := keyAt(part)
	if !ok {
		if isKeyHeading(part) || isKeyLabelled(part) {
			kind := keyWords[squeeze(strings.TrimRight(unlabelled(part), "。：: "))]
			return []keyCut{{key{kind, squeeze(part), 0, len(part)}, span{s.par, s.to, s.to}}}, true
		}
		return nil, false
	}
	keys := []key{first}
	if strings.ContainsAny(part[first.end:], ":：") {
		for _, m := range innerKey.FindAllStringSubmatchIndex(part[first.end:], -1) {
			word := part[first.end+m[2] : first.end+m[3]]
			keys = append(keys, key{keyWords[word], word, first.end + m[2], first.end + m[1]})
		}
	}
	for i, k := range keys {
		to := len(part)
		if i+1 < len(keys) {
			to = keys[i+1].from
		}
		from, end := trimSpan(part, k.end, to)
		cuts = append(cuts, keyCut{k, span{s.par, s.from + from, s.from + end}})
	}
	return cuts, true
}

func unlabelled(text string) string {
	if m, ok := parseMark(text); ok {
		return text[m.size:]
	}
	return text
}

func isKeyLabelled(text string) bool {
	m, ok := parseMark(text)
	return ok && m.class != shi && isKeyHeading(text[m.size:])
}

// isNote tells a bracket at the end of a heading or paragraph that names
// owners, deadlines or a status.
func isNote(text string) bool {
	inner := strings.TrimFunc(text, func(r rune) bool { return strings.ContainsRune("()（）【】[] ", r) })
	if _, ok := keyAt(inner); ok {
		return true
	}
	if _, ok := statusOf(inner); ok && length(inner) <= 16 {
		return true
	}
	_, ok := deadlineOf(inner, "", nil)
	return ok && length(inner) <= 24
}
