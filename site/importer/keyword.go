package importer

import "regexp"

// keyKind is what a key of a block or the header of a column stands for.
type keyKind uint8

const (
	keyNone keyKind = iota
	keyIssue
	keyFinding
	keyGoal
	keyMeasures
	keyBoth     // 整改措施及成效: measures with what came of them; the result beside 整改措施
	keyProgress // 整改情况: measures where nothing else holds them, else the result
	keyResult
	keyLead
	keyCo
	keyLeader
	keySupervisor
	keyOwners // 整改责任: who leads and who does it, under words of their own
	keyDeadline
	keyStatus
	keyPublicity
	keyContact
	keyNumber
	keySection
	keyEvidence
	keyNext // 下一步措施, 是否属实: kept with the result, under its own words
	keyRemark
	keyTick // 已完成 as the name of a column: a √ in it says how far the issue is
)

// keyWords are the words that clerks use. Longer ones are found first.
var keyWords = map[string]keyKind{
	"整改任务": keyIssue, "任务": keyIssue, "反馈问题": keyIssue, "督察反馈问题": keyIssue, "巡察反馈问题": keyIssue, "巡视反馈问题": keyIssue, "反馈意见": keyIssue, "整改事项": keyIssue, "问题": keyIssue,
	"审计发现问题": keyIssue, "发现问题": keyIssue, "反馈的问题": keyIssue, "问题名称": keyIssue, "任务名称": keyIssue, "事项": keyIssue, "整改问题": keyIssue, "具体问题": keyIssue, "整改内容": keyIssue, "问题清单": keyIssue, "审计查出问题": keyIssue, "查出问题": keyIssue, "检查发现问题": keyIssue, "建议内容": keyIssue, "提案内容": keyIssue, "问题内容": keyIssue, "反馈问题内容": keyIssue, "问题描述": keyIssue, "督察反馈意见": keyIssue, "主要问题": keyIssue, "存在的问题": keyIssue, "存在问题": keyIssue, "信访问题": keyIssue, "举报问题": keyIssue, "交办问题": keyIssue, "反映问题": keyIssue, "反映的问题": keyIssue, "巡察反馈": keyIssue, "巡视反馈": keyIssue,
	"问题表现": keyFinding, "具体表现": keyFinding, "主要表现": keyFinding, "表现": keyFinding, "问题具体表现": keyFinding, "基本情况": keyFinding, "问题情况": keyFinding, "核实情况": keyFinding, "调查核实情况": keyFinding, "问题详情": keyFinding, "具体情况": keyFinding, "原因分析": keyFinding, "问题原因": keyFinding, "问题简述": keyFinding, "具体问题表现": keyFinding,
	"整改目标": keyGoal, "目标": keyGoal, "工作目标": keyGoal, "整改要求": keyGoal, "验收标准": keyGoal, "整改标准": keyGoal, "整改目标要求": keyGoal,
	"整改措施": keyMeasures, "措施": keyMeasures, "整改举措": keyMeasures, "主要措施": keyMeasures, "具体措施": keyMeasures, "具体整改措施": keyMeasures, "整改主要措施": keyMeasures, "工作措施": keyMeasures, "拟采取措施": keyMeasures, "采取措施": keyMeasures, "采取的措施": keyMeasures, "整改具体措施": keyMeasures, "整改主要举措": keyMeasures, "具体举措": keyMeasures, "主要做法": keyMeasures, "整改做法": keyMeasures, "处理和整改情况": keyProgress, "处理和整改措施": keyMeasures, "处理整改措施": keyMeasures,
	"整改情况": keyProgress, "整改落实情况": keyProgress, "落实情况": keyProgress, "整改工作情况": keyProgress, "整改进展": keyProgress, "进展情况": keyProgress, "整改进展情况": keyProgress, "工作进展": keyProgress, "目前进展": keyProgress, "整改落实": keyProgress, "办理情况": keyProgress, "处理情况": keyProgress, "整改": keyProgress, "推进情况": keyProgress, "整改推进情况": keyProgress, "主要工作及成效": keyBoth, "采取的措施及成效": keyBoth, "措施及成效": keyBoth, "整改主要工作及成效": keyBoth, "整改措施及成效": keyBoth, "主要整改措施及成效": keyBoth, "整改措施落实情况": keyBoth, "措施落实情况": keyBoth,
	"完成情况": keyResult, "整改完成情况": keyResult, "整改结果": keyResult, "整改成效": keyResult, "成效": keyResult, "结果": keyResult, "办理结果": keyResult, "办结情况": keyResult, "整改效果": keyResult, "取得成效": keyResult, "验收情况": keyResult, "验收结果": keyResult, "任务完成情况": keyResult, "目标完成情况": keyResult, "取得的成效": keyResult, "处理结果": keyResult, "是否属实": keyNext,
	"责任单位": keyLead, "牵头单位": keyLead, "责任部门": keyLead, "整改责任单位": keyLead, "主责单位": keyLead, "牵头部门": keyLead, "整改单位": keyLead, "主办单位": keyLead, "责任科室": keyLead, "牵头科室": keyLead, "整改责任部门": keyLead, "牵头责任单位": keyLead, "主体责任单位": keyLead, "整改牵头单位": keyLead, "责任主体": keyLead, "整改责任主体": keyLead, "整改主体": keyLead, "承办单位": keyLead, "办理单位": keyLead, "牵头责任部门": keyLead,
	"配合单位": keyCo, "协办单位": keyCo, "配合部门": keyCo, "参与单位": keyCo, "协同单位": keyCo, "配合科室": keyCo, "协助单位": keyCo, "会办单位": keyCo, "配合责任单位": keyCo, "责任配合单位": keyCo,
	"责任领导": keyLeader, "分管领导": keyLeader, "牵头领导": keyLeader, "责任人": keyLeader, "整改责任人": keyLeader, "包案领导": keyLeader, "包保领导": keyLeader, "负责人": keyLeader, "牵头人": keyLeader, "整改负责人": keyLeader, "主要责任人": keyLeader, "责任县领导": keyLeader, "牵头责任人": keyLeader, "包抓领导": keyLeader, "直接责任人": keyLeader, "第一责任人": keyLeader, "具体责任人": keyLeader,
	"整改责任": keyOwners, "责任分工": keyOwners, "责任分解": keyOwners, "整改责任分工": keyOwners, "责任落实": keyOwners,
	"督导单位": keySupervisor, "督办单位": keySupervisor, "监督单位": keySupervisor, "验收单位": keySupervisor, "督导部门": keySupervisor, "指导单位": keySupervisor, "监管单位": keySupervisor, "督促单位": keySupervisor, "销号单位": keySupervisor, "督导责任单位": keySupervisor, "监督部门": keySupervisor, "督办部门": keySupervisor, "行业主管部门": keySupervisor, "省级督导单位": keySupervisor, "督导人": keySupervisor,
	"整改时限": keyDeadline, "完成时限": keyDeadline, "整改期限": keyDeadline, "时限": keyDeadline, "完成时间": keyDeadline, "整改时间": keyDeadline, "完成期限": keyDeadline, "时限要求": keyDeadline, "整改完成时限": keyDeadline, "完成时限要求": keyDeadline, "办结时限": keyDeadline, "计划完成时间": keyDeadline, "整改完成时间": keyDeadline, "预计完成时间": keyDeadline, "期限": keyDeadline, "整改时限要求": keyDeadline, "拟完成时间": keyDeadline, "完成整改时限": keyDeadline, "目标时限": keyDeadline,
	"整改状态": keyStatus, "状态": keyStatus, "完成状态": keyStatus, "是否完成": keyStatus, "销号情况": keyStatus, "整改进度": keyStatus, "是否完成整改": keyStatus, "进度": keyStatus, "整改完成状态": keyStatus, "当前状态": keyStatus, "完成进度": keyStatus, "办理状态": keyStatus, "是否销号": keyStatus, "是否办结": keyStatus, "是否整改到位": keyStatus, "整改结论": keyStatus, "目前状态": keyStatus, "整改类别": keyStatus,
	"公示期": keyPublicity, "公示时间": keyPublicity, "公示期限": keyPublicity,
	"联系电话": keyContact, "监督电话": keyContact, "电话": keyContact, "举报电话": keyContact, "咨询电话": keyContact, "通信地址": keyContact, "通讯地址": keyContact, "邮寄地址": keyContact, "邮政信箱": keyContact, "电子邮箱": keyContact, "邮箱": keyContact, "来信地址": keyContact, "联系方式": keyContact, "联系人": keyContact, "传真": keyContact, "邮编": keyContact, "邮政编码": keyContact, "联系地址": keyContact, "地址": keyContact, "受理单位": keyContact, "受理时间": keyContact, "监督方式": keyContact, "电子信箱": keyContact,
	"受理编号": keyNumber, "信访件编号": keyNumber, "举报件编号": keyNumber, "交办件编号": keyNumber, "案件编号": keyNumber, "举报编号": keyNumber, "整改序号": keyNumber, "整改任务编号": keyNumber, "序号": keyNumber, "编号": keyNumber, "问题序号": keyNumber, "任务序号": keyNumber, "问题编号": keyNumber, "任务编号": keyNumber,
	"方面": keySection, "类别": keySection, "问题类别": keySection, "问题分类": keySection, "分类": keySection, "问题类型": keySection, "一级指标": keySection, "反馈方面": keySection, "问题方面": keySection, "所属方面": keySection, "领域": keySection, "板块": keySection, "大类": keySection, "专题": keySection, "问题领域": keySection,
	"佐证材料": keyEvidence, "证明材料": keyEvidence, "佐证": keyEvidence, "附件": keyEvidence,
	"备注": keyRemark, "说明": keyRemark, "其他": keyRemark,
}

// keyForms know the words that are put together from the parts of others:
// 整改措施及进展, 县级责任领导, 拟完成整改时间. They are tried in order.
var keyForms = []struct {
	kind keyKind
	form *regexp.Regexp
}{
	{keyNext, regexp.MustCompile(`^(?:下一?步|下一阶段|下阶段|后续|今后)(?:的)?(?:整改|工作|推进|巩固)*(?:措施|打算|计划|安排|举措|工作|方向|思路|整改)$`)},
	{keyNext, regexp.MustCompile(`^(?:尚|暂|仍)?(?:未|没有)(?:能)?(?:按期|按时|如期|全部)?(?:完成|整改到位|整改|办结|销号|达到序时进度)(?:整改)?(?:的)?(?:主要)?(?:原因|原因分析|原因说明|情况说明)$`)},
	{keyNext, regexp.MustCompile(`^(?:对)?(?:相关|有关)?(?:责任|涉事)?(?:人|人员|单位|责任人|企业)?(?:的)?(?:被)?(?:处理|问责|追责|追责问责|处分|责任追究)情况$`)},
	{keyCo, regexp.MustCompile(`^(?:整改)?(?:配合|协办|协助|协同|参与|会办)(?:整改|责任)*(?:单位|部门|科室|股室|处室|领导|人)$`)},
	{keySupervisor, regexp.MustCompile(`^(?:省级|市级|县级|区级|行业|整改)?(?:督导|督办|督查|督促|监督|监管|验收|销号|指导|核查|督改)(?:责任)?(?:单位|部门|科室|领导|人|责任人)$`)},
	{keyLeader, regexp.MustCompile(`^(?:省级|市级|县级|区级|镇级|整改|党委|党组|主要)*(?:责任|分管|牵头|包案|包抓|包保|包联|挂点|挂牌|主管|联系|直接|第一|具体|负责)+(?:的)?(?:区|县|市|镇|局|校)?(?:领导|人员?|负责人|责任人|同志|领导及责任人)$`)},
	{keyLead, regexp.MustCompile(`^(?:省级|市级|县级|区级|整改|具体|主要)*(?:责任|牵头|主办|承办|主责|落实|实施|办理|整改|主体)+(?:整改)?(?:单位|部门|科室|股室|处室|主体|支部|党组织|机构|单位及责任人|单位和责任人|单位[(（]部门[)）]|部门[(（]单位[)）])$`)},
	{keyStatus, regexp.MustCompile(`^(?:是否.{2,8}|(?:问题|任务|整改|目前|当前|完成)*(?:状态|进度|类型及状态|结论))$`)},
	{keyPublicity, regexp.MustCompile(`^公示(?:起止)?(?:时间|期|期限|日期)$`)},
	{keyDeadline, regexp.MustCompile(`^(?:整改|完成|任务|目标|办结|计划|预计|拟|要求|销号|序时|推进)*(?:完成|整改|办结|销号)*(?:时限|期限|时间|日期|时间节点|时限要求|时间要求)$`)},
	{keyGoal, regexp.MustCompile(`^(?:整改|工作|任务|验收|销号|预期|办结|办理)+(?:完成)?(?:目标|标准|要求)$`)},
	{keyBoth, regexp.MustCompile(`^(?:已|所|拟|采取的?|整改|主要|具体|工作|问题|目前|当前)*(?:措施|举措|做法|工作)(?:及|和|与|、)?(?:其|整改|工作|取得的?)*(?:落实|推进|完成|实施|执行|阶段性)*(?:进展|成效|效果|情况|进度|进展情况|成效情况|落实)$`)},
	{keyMeasures, regexp.MustCompile(`^(?:已|所|拟|采取的?|整改|主要|具体|工作|短期|长期|针对性|目前|当前)*(?:整改)?(?:措施|举措|做法)(?:清单|内容)?$`)},
	{keyResult, regexp.MustCompile(`^(?:整改|任务|目标|工作|问题|取得的?|办理|验收|核查|现场)*(?:完成|成效|效果|结果|验收|销号|办结|成果)(?:情况|结论|意见|效果)*$`)},
	{keyProgress, regexp.MustCompile(`^(?:整改|问题|任务|工作|具体|目前|当前|最新|阶段|任务整改|问题整改)*(?:进展|落实|推进|办理|处理|整改|处置|开展)(?:工作)?(?:情况|进展|状况)$`)},
	{keyProgress, regexp.MustCompile(`^(?:我|本|该)(?:局|委|办|院|校|镇|乡|街道|中心|单位|公司|部|厅|站|所|馆|会)(?:党组|党委|党支部)?(?:整改|办理|落实)(?:情况|落实情况|进展)?$`)},
	{keyContact, regexp.MustCompile(`^(?:监督|举报|联系|投诉|咨询|反馈|受理|意见)+(?:举报)?(?:电话|邮箱|信箱|邮件|地址|方式|渠道|电子邮箱)$`)},
	{keyFinding, regexp.MustCompile(`^(?:(?:区委|市委|县委|省委|校党委)?(?:巡察|巡视|督察|督查|审计|检查|反馈)(?:组|报告)?(?:反馈)?(?:意见|情况|报告|中)?)(?:指出|认为|反映|显示|提出|发现)$|^(?:问题|具体|主要|存在|详细|反馈|现场)*(?:表现|描述|原因|原因分析|简述|现状|核实情况|调查情况|事实|情况说明)$`)},
	{keyIssue, regexp.MustCompile(`^(?:中央|省级|市级|省|市|区|县|本轮)?(?:巡察|巡视|督察|督查|审计|检查|环保督察)?(?:反馈|指出|发现|移交|交办|查出|存在|整改|信访|具体)+的?(?:具体|主要|突出)?(?:问题|任务|事项)(?:内容|名称|概述|简述|描述)?$|^(?:信访|举报|投诉|交办|转办)(?:件)?(?:举报|反映|投诉)?(?:的)?(?:主要)?(?:内容|问题|问题基本情况|基本情况)$`)},
}

// longestKey is the most characters that a key has.
const longestKey = 14

// keyOf gives what a word stands for as a key.
func keyOf(word string) keyKind {
	if kind := keyWords[word]; kind != keyNone {
		return kind
	}
	if n := length(word); n < 4 || n > longestKey {
		return keyNone
	}
	for _, f := range keyForms {
		if f.form.MatchString(word) {
			return f.kind
		}
	}
	return keyNone
}
