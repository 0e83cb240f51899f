package diff

import (
	"fmt"
	"strconv"
	"strings"

	"rectify/site/model"
	"rectify/site/problem"
)

// pair is a word in both languages, indexed by problem.Lang.
type pair [2]string

var kindWords = map[ChangeKind]pair{
	Withdrawal:     {"撤回", "withdrawn"},
	StatusMoved:    {"状态", "status"},
	WasReopened:    {"重新整改", "reopened"},
	DeadlineMoved:  {"整改时限", "deadline"},
	MeasureAdded:   {"新增措施", "measure added"},
	MeasureEdited:  {"措施修改", "measure edited"},
	MeasureRemoved: {"措施删去", "measure removed"},
	PromiseAdded:   {"新增承诺", "promise added"},
	PromiseEdited:  {"承诺修改", "promise edited"},
	PromiseRemoved: {"承诺删去", "promise removed"},
	EvidenceAdded:  {"新增证明材料", "evidence added"},
	EvidenceEdited: {"证明材料修改", "evidence edited"},
	EvidenceGone:   {"证明材料删去", "evidence removed"},
	Corrected:      {"更正", "corrected"},
	Noted:          {"变动记录", "history"},
	WasRedacted:    {"有修改", "edited"},
}

var itemWords = map[ItemKind]pair{
	New:       {"新增", "new"},
	Changed:   {"变动", "changed"},
	Withdrawn: {"撤回", "withdrawn"},
	Gone:      {"撤下", "gone"},
}

// fieldWords name fields by their keys in the data files.
var fieldWords = map[string]pair{
	"leader": {"责任人", "responsible person"}, "lead_units": {"责任单位", "responsible units"}, "co_units": {"配合单位", "co-operating units"}, "supervisor": {"督导单位", "supervisor"},
	"report": {"所在通报", "report"}, "section": {"所在方面", "section"}, "label": {"序号", "label"}, "lead": {"引语", "lead"}, "title": {"标题", "title"}, "printed": {"印出的标题", "heading as printed"},
	"finding": {"发现的情况", "finding"}, "goal": {"整改目标", "goal"}, "result": {"完成情况", "result"}, "publicity": {"公示期", "public notice"},
	"corrections": {"更正记录", "corrections"}, "history": {"变动记录", "history"},
	"title_lines": {"文件标题", "document's title"}, "issuer": {"发出单位", "issuer"}, "unit": {"单位", "unit"}, "region": {"地区", "region"}, "source": {"来源", "source"},
	"published_at": {"公布时间", "time of publication"}, "signed_by": {"落款", "signature"}, "signed_on": {"落款日期", "day of signature"}, "as_of": {"数据截至", "data as of"},
	"inspection.level": {"巡察级别", "level of inspection"}, "inspection.round": {"轮次", "round"}, "inspection.kind": {"巡察类型", "kind of inspection"}, "inspection.team": {"巡察组", "team"},
	"inspection.start": {"巡察开始", "start of inspection"}, "inspection.end": {"巡察结束", "end of inspection"}, "inspection.findings_on": {"反馈日期", "findings delivered on"},
	"contact": {"联系方式", "contact"}, "declared": {"声明数", "declared totals"}, "metrics": {"成效数字", "metrics"}, "parts": {"叙述部分", "narrative"}, "outline": {"目录", "outline"}, "order": {"问题的先后", "order of issues"}, "source_text": {"通报原文", "source text"},
	"name": {"网站名称", "name"}, "description": {"网站说明", "description"}, "keywords": {"关键词", "keywords"}, "language": {"界面语言", "language"}, "base_url": {"网址", "address"}, "theme": {"主题", "theme"}, "parent": {"上级网站", "parent site"}, "footer": {"页尾链接", "footer"}, "licence": {"使用许可", "licence"},
	"official.site_id_code": {"网站标识码", "site id code"}, "official.icp": {"ICP备案号", "ICP filing"}, "official.police_filing": {"公安机关备案号", "police filing"}, "official.police_url": {"备案查询网址", "police filing's address"},
	"look.colour": {"主色", "main colour"}, "look.logo": {"标志", "logo"}, "stale_after": {"多少天后提示数据不是最新", "days until the data count as old"},
	"official.party_mark_image": {"党政机关标识的图片", "picture of the party and government mark"}, "official.error_image": {"找错标识的图片", "picture of the error report's mark"}, "official.police_image": {"公安备案图标", "picture of the police filing"},
	"official.party_mark_url": {"党政机关标识", "party and government mark"}, "official.error_url": {"找错网址", "error report's address"}, "official.sponsor": {"主办单位", "sponsor"}, "official.organiser": {"承办单位", "organiser"},
}

// deadlineWords name kinds of deadlines.
var deadlineWords = map[string]pair{
	string(model.ByDate): {"限期完成", "by a day"}, string(model.Immediate): {"立行立改", "immediately"}, string(model.LongTermDeadline): {"长期坚持", "long term"},
	string(model.ByDateThenLongTerm): {"限期完成并长期坚持", "by a day, then long term"}, string(model.Event): {"以某件事为期", "by an event"},
}

// Words is a change as people read it.
type Words struct {
	Label string // what the change is about
	Runs  []Run  // what it was and is
	Note  string // on what ground, as of which day
}

// Word names the kind of an item.
func (k ItemKind) Word(lang problem.Lang) string { return itemWords[k][lang] }

// In puts a change into words.
func (c Change) In(lang problem.Lang) Words {
	w := Words{Label: c.label(lang), Runs: c.Runs}
	from, to := c.From, c.To
	switch c.Kind {
	case StatusMoved, WasReopened:
		from, to = statusWord(c.FromCode, from, lang), statusWord(c.ToCode, to, lang)
	case DeadlineMoved:
		from = strings.TrimSpace(from + " " + deadlineWords[c.FromCode][lang])
		to = strings.TrimSpace(to + " " + deadlineWords[c.ToCode][lang])
	}
	if w.Runs == nil {
		if from != to && from != "" {
			w.Runs = append(w.Runs, Run{Op: Removed, Text: from})
		}
		if from != to && to != "" {
			w.Runs = append(w.Runs, Run{Op: Added, Text: to})
		}
		if from == to && to != "" {
			w.Runs = append(w.Runs, Run{Op: Same, Text: to})
		}
	}
	var notes []string
	add := func(words pair, value string) {
		if value != "" {
			notes = append(notes, words[lang]+value)
		}
	}
	add(pair{"", ""}, c.What)
	add(pair{"", ""}, c.Why)
	add(pair{"依据:", "basis: "}, c.Basis)
	switch {
	case c.On != "" && (c.Kind == StatusMoved || c.Kind == WasReopened):
		add(pair{"截至 ", "as of "}, string(c.On))
	default:
		add(pair{"", ""}, string(c.On))
	}
	exchanged := strings.HasPrefix(c.Field, "images.") && c.From == c.To
	if exchanged || c.Kind == EvidenceEdited && c.Field == "file" {
		notes = append(notes, pair{"文件内容换过", "the file itself was exchanged"}[lang])
	}
	if c.Kind == WasRedacted {
		notes = append(notes, pair{"先前的内容依规抹去,不列出", "what it was before was redacted and is not shown"}[lang])
	}
	w.Note = strings.Join(notes, pair{";", "; "}[lang])
	return w
}

func (c Change) label(lang problem.Lang) string {
	switch c.Kind {
	case WasRedacted:
		if c.Field != "" {
			return fieldWord(c.Field, lang)
		}
	case OwnersChanged, FieldEdited:
		return fieldWord(c.Field, lang)
	case MeasureAdded, MeasureEdited, MeasureRemoved, PromiseAdded, PromiseEdited, PromiseRemoved:
		if c.N > 0 {
			return fmt.Sprintf(pair{"%s(第 %d 条措施)", "%s (measure %d)"}[lang], kindWords[c.Kind][lang], c.N)
		}
	}
	return kindWords[c.Kind][lang]
}

func fieldWord(field string, lang problem.Lang) string {
	if name, ok := strings.CutPrefix(field, "pages."); ok {
		return pair{"说明页 ", "page "}[lang] + name
	}
	if name, ok := strings.CutPrefix(field, "images."); ok {
		return pair{"图片 ", "image "}[lang] + name
	}
	if strings.HasPrefix(field, "trust.") {
		return pair{"签名公钥", "key"}[lang]
	}
	if words, ok := fieldWords[field]; ok {
		return words[lang]
	}
	return field
}

// statusWord is the word of a code, with the words of the source where they
// are others.
func statusWord(code, printed string, lang problem.Lang) string {
	language := model.SimplifiedChinese
	if lang == problem.English {
		language = model.EnglishInterface
	}
	word := model.StatusCode(code).Word(language)
	if printed == "" || printed == word {
		return word
	}
	return word + "(" + printed + ")"
}

// Summary says in a few words how much changed.
func (c *Changes) Summary(lang problem.Lang) string {
	n := map[ItemKind]int{}
	for _, item := range c.Items {
		n[item.Kind]++
	}
	if c.Before == nil {
		return fmt.Sprintf(pair{"首次公布:通报 %d 份,问题 %d 个,措施 %d 条", "first release: %d reports, %d issues, %d measures"}[lang], c.After.Reports, c.After.Issues, c.After.Measures)
	}
	var parts []string
	for _, kind := range []ItemKind{New, Changed, Withdrawn} {
		if n[kind] > 0 {
			parts = append(parts, kind.Word(lang)+" "+strconv.Itoa(n[kind]))
		}
	}
	if len(parts) == 0 {
		if c.IsEmpty() {
			return pair{"没有变化", "nothing changed"}[lang]
		}
		return pair{"问题没有变化", "no issue changed"}[lang]
	}
	return pair{"问题:", "issues: "}[lang] + strings.Join(parts, pair{",", ", "}[lang])
}
