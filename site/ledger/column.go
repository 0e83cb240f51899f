package ledger

import (
	"slices"
	"strings"
	"time"

	"rectify/site/model"
	"rectify/site/problem"
)

// Words understand what a clerk writes in a cell.
type Words struct {
	// Status reads 已整改到位; ok is false for words that are no status.
	Status func(text string) (code model.StatusCode, ok bool)
	// Deadline reads 2025年6月底前，并长期坚持.
	Deadline func(text string) (model.Deadline, bool)
	// Measure takes 一是修订制度。明确流程。 apart.
	Measure func(text string) model.Measure
	// Names parts a list of units.
	Names func(text string) []string
}

// column is a value of an issue in a cell.
type column struct {
	key   string
	head  string // in the header row
	width float64
	show  func(*model.Issue) string
	// take sets the value from a cell. A nil take is a column that is only read
	// by people. The code and arguments of a mistake come back, or "".
	take func(w *Words, i *model.Issue, cell string) (problem.Code, []string)
	list []string // of the drop-down
}

// headDay is the column with the day of a change. It is no value of an issue.
const headDay = "变动日期"

// Heads that other places name.
const (
	headID       = "编号"
	headSection  = "所在标题"
	headTitle    = "问题"
	headStatus   = "整改状态"
	headBasis    = "状态依据"
	headKind     = "时限类型"
	headDeadline = "完成时限"
	headMeasures = "整改措施"
	headResult   = "完成情况"
	headVisible  = "公开范围"
	headLeader   = "责任人"
	headLead     = "责任单位"
)

// formerHeads are names that columns had in workbooks of earlier versions, with
// those that they have now.
var formerHeads = map[string]string{"责任领导": headLeader, "牵头单位": headLead}

// headOf gives the name of a column as it is called now.
func headOf(cell string) string {
	cell = squeezed(cell)
	if now, ok := formerHeads[cell]; ok {
		return now
	}
	return cell
}

func kindWord(kind model.DeadlineKind) string { return kind.Word(model.SimplifiedChinese) }

func statusList() []string {
	var out []string
	for _, code := range model.StatusCodes() {
		out = append(out, code.Word(model.SimplifiedChinese))
	}
	return out
}

func kindList() []string {
	var out []string
	for _, kind := range model.DeadlineKinds() {
		out = append(out, kindWord(kind))
	}
	return out
}

// prose makes a column of a text.
func prose(key, head string, width float64, of func(*model.Issue) *string) column {
	return column{
		key: key, head: head, width: width, show: func(i *model.Issue) string { return *of(i) },
		take: func(_ *Words, i *model.Issue, cell string) (problem.Code, []string) {
			*of(i) = cell
			return "", nil
		},
	}
}

// units makes a column of a list of units.
func units(key, head string, of func(*model.Issue) *[]string) column {
	return column{
		key: key, head: head, width: 18, show: func(i *model.Issue) string { return strings.Join(*of(i), "、") },
		take: func(w *Words, i *model.Issue, cell string) (problem.Code, []string) {
			*of(i) = w.Names(cell)
			return "", nil
		},
	}
}

// columns are the values of a row in their order. Number, section and the day of
// a change stand beside them.
func columns() []column {
	return []column{
		{key: "label", head: "序号", width: 7, show: func(i *model.Issue) string { return i.Label }, take: takeLabel},
		{key: "title", head: headTitle, width: 30, show: func(i *model.Issue) string { return i.Title }, take: takeTitle},
		prose("finding", "发现的情况", 30, func(i *model.Issue) *string { return &i.Finding }),
		prose("goal", "整改目标", 24, func(i *model.Issue) *string { return &i.Goal }),
		{key: "measures", head: headMeasures, width: 60, show: func(i *model.Issue) string { return showMeasures(i.Measures) }, take: takeMeasures},
		prose("result", headResult, 36, func(i *model.Issue) *string { return &i.Result }),
		{key: "status", head: headStatus, width: 14, show: showStatus, take: takeStatus, list: statusList()},
		prose("basis", headBasis, 30, func(i *model.Issue) *string { return &i.Status.Basis }),
		{key: "kind", head: headKind, width: 14, show: showKind, take: takeKind, list: kindList()},
		{key: "deadline", head: headDeadline, width: 18, show: showDeadline, take: takeDeadline},
		prose("leader", headLeader, 14, func(i *model.Issue) *string { return &i.Owners.Leader }),
		units("lead_units", headLead, func(i *model.Issue) *[]string { return &i.Owners.LeadUnits }),
		units("co_units", "配合单位", func(i *model.Issue) *[]string { return &i.Owners.CoUnits }),
		prose("supervisor", "督导单位", 16, func(i *model.Issue) *string { return &i.Owners.Supervisor }),
		{key: "visibility", head: headVisible, width: 10, show: showVisible, take: takeVisible, list: visibleWords[:]},
	}
}

// headsOf gives the names of all columns of a sheet, in their order.
func headsOf() []string {
	out := []string{headID, headSection}
	for _, c := range columns() {
		out = append(out, c.head)
	}
	return append(out, headDay)
}

var visibleWords = [2]string{"公开", "不公开"}

func showVisible(i *model.Issue) string {
	if i.Visibility == model.Internal {
		return visibleWords[1]
	}
	return visibleWords[0]
}

// takeVisible reads 公开 or 不公开. An empty cell of a new row says 公开, as an
// empty key of a data file does.
func takeVisible(_ *Words, i *model.Issue, cell string) (problem.Code, []string) {
	switch cell {
	case visibleWords[1]:
		i.Visibility = model.Internal
	case visibleWords[0]:
		i.Visibility = ""
	default:
		return problem.LedgerBadVisible, []string{cell}
	}
	return "", nil
}

func takeLabel(_ *Words, i *model.Issue, cell string) (problem.Code, []string) {
	i.Label = cell
	return "", nil
}

func takeTitle(_ *Words, i *model.Issue, cell string) (problem.Code, []string) {
	if cell == "" {
		return problem.LedgerNoTitle, nil
	}
	i.Title, i.Printed = strings.ReplaceAll(cell, "\n", ""), ""
	return "", nil
}

// showStatus shows the words as printed; 未注明 where there are none.
func showStatus(i *model.Issue) string {
	if i.Status.Printed != "" {
		return i.Status.Printed
	}
	return i.Status.Code.Word(model.SimplifiedChinese)
}

func takeStatus(w *Words, i *model.Issue, cell string) (problem.Code, []string) {
	if cell == "" || cell == model.NotStated.Word(model.SimplifiedChinese) {
		i.Status.Code, i.Status.Printed = model.NotStated, ""
		return "", nil
	}
	for _, code := range model.StatusCodes() {
		if code.Word(model.SimplifiedChinese) == cell {
			i.Status.Code, i.Status.Printed = code, cell
			return "", nil
		}
	}
	code, ok := w.Status(cell)
	if !ok {
		return problem.LedgerBadStatus, []string{cell, strings.Join(statusList(), "、")}
	}
	i.Status.Code, i.Status.Printed = code, cell
	return "", nil
}

func showKind(i *model.Issue) string {
	if i.Deadline == nil {
		return ""
	}
	return kindWord(i.Deadline.Kind)
}

func takeKind(_ *Words, i *model.Issue, cell string) (problem.Code, []string) {
	if cell == "" {
		// Without a kind there is no deadline, unless the cell behind gives one.
		i.Deadline = nil
		return "", nil
	}
	kinds := model.DeadlineKinds()
	at := slices.IndexFunc(kinds, func(kind model.DeadlineKind) bool { return kindWord(kind) == cell })
	if at < 0 {
		return problem.LedgerBadKind, []string{cell, strings.Join(kindList(), "、")}
	}
	deadline := model.Deadline{}
	if i.Deadline != nil {
		deadline = *i.Deadline
	}
	deadline.Kind = kinds[at]
	i.Deadline = &deadline
	return "", nil
}

func showDeadline(i *model.Issue) string {
	switch d := i.Deadline; {
	case d == nil:
		return ""
	case d.Printed != "":
		return d.Printed
	default:
		return string(d.Date)
	}
}

func takeDeadline(w *Words, i *model.Issue, cell string) (problem.Code, []string) {
	if cell == "" {
		if i.Deadline != nil && (i.Deadline.Kind == model.Immediate || i.Deadline.Kind == model.LongTermDeadline) {
			deadline := *i.Deadline
			deadline.Date, deadline.Printed = "", ""
			i.Deadline = &deadline
			return "", nil
		}
		i.Deadline = nil
		return "", nil
	}
	var period model.Period
	if period.UnmarshalText([]byte(cell)) == nil {
		deadline := model.Deadline{Kind: model.ByDate}
		if i.Deadline != nil && i.Deadline.Kind != model.Immediate && i.Deadline.Kind != model.LongTermDeadline {
			deadline.Kind = i.Deadline.Kind
		}
		deadline.Date = period
		i.Deadline = &deadline
		return "", nil
	}
	deadline, ok := w.Deadline(cell)
	if !ok || looksLikeDay(cell) {
		return problem.LedgerBadDate, []string{headDeadline, cell}
	}
	i.Deadline = &deadline
	return "", nil
}

// looksLikeDay tells digits that stand for a day and name none: 2025-13-1.
func looksLikeDay(text string) bool {
	if strings.Trim(text, "0123456789-/.年月日 ") != "" {
		return false
	}
	for _, layout := range []string{"2006-1-2", "2006/1/2", "2006.1.2", "2006年1月2日", "2006-1", "2006/1", "2006.1", "2006年1月", "2006年", "2006"} {
		if _, err := time.Parse(layout, text); err == nil {
			return false
		}
	}
	return true
}
