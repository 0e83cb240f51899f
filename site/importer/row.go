package importer

import (
	"slices"
	"strings"
)

// makeRow puts the cells of a row into one paragraph, a tab between them, so that
// an empty cell leaves the others in their columns; only before the first text
// there is none, since a paragraph starts with its text. Each cell is its lines;
// own tells cells that are printed here.
func makeRow(cells [][]string, own []bool) (text string, row *Row) {
	row = &Row{Cells: make([]string, len(cells)), At: make([][]place, len(cells))}
	var b strings.Builder
	tabs := 0
	for i, lines := range cells {
		row.Cells[i] = strings.Join(lines, "\n")
		if wide := i > 0 && !own[i] && slices.Equal(lines, cells[i-1]); i > 0 && !wide {
			tabs++
		}
		if !own[i] {
			continue
		}
		first := true
		for _, line := range lines {
			line, _ = clean(line)
			line = strings.TrimSpace(strings.NewReplacer("\n", " ", "\t", " ").Replace(line))
			if line == "" {
				continue
			}
			switch {
			case !first:
				b.WriteByte(' ')
			case b.Len() > 0:
				b.WriteString(strings.Repeat("\t", tabs))
			}
			tabs = 0
			first = false
			row.At[i] = append(row.At[i], place{b.Len(), b.Len() + len(line)})
			b.WriteString(line)
		}
	}
	return b.String(), row
}

// textTables finds tables in a plain text: lines with the same mark, a tab or
// |, between three cells or more, under a line of column names.
func (d *Document) textTables() {
	var raw []string
	for line := range strings.Lines(d.Text) {
		if strings.TrimSpace(line) != "" {
			raw = append(raw, strings.TrimRight(line, "\n"))
		}
	}
	table := 0
	for i := 0; i < len(d.Blocks); i++ {
		split := separator(d.Blocks[i].Text)
		if split == "" || headerScore(cut2(raw[i], split)) < 2 {
			continue
		}
		table++
		for ; i < len(d.Blocks) && strings.Contains(raw[i], split); i++ {
			d.Blocks[i].Row = textRow(raw[i], d.Blocks[i].Text, split)
			d.Blocks[i].Row.Table = table
		}
	}
}

func separator(line string) string {
	for _, mark := range []string{"\t", "|", "｜"} {
		if strings.Count(line, mark) >= 2 {
			return mark
		}
	}
	return ""
}

func cut2(line, mark string) []string {
	if mark != "\t" {
		line = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(line), mark), mark)
	}
	return strings.Split(line, mark)
}

// textRow cuts a line into cells. raw still has the tabs at its start, which
// stand for empty cells.
func textRow(raw, text, mark string) *Row {
	cells := cut2(raw, mark)
	row := &Row{Cells: make([]string, len(cells)), At: make([][]place, len(cells))}
	at := 0
	for i, cell := range cells {
		cell = strings.TrimSpace(cell)
		row.Cells[i] = cell
		if cell == "" {
			continue
		}
		if found := strings.Index(text[at:], cell); found >= 0 {
			at += found
			row.At[i] = []place{{at, at + len(cell)}}
			at += len(cell)
		}
	}
	return row
}

// headerKind tells what a column holds by its name.
func headerKind(name string) keyKind {
	name = squeeze(name)
	if at := strings.IndexAny(name, "（(【"); at > 0 {
		name = name[:at]
	}
	name = strings.Trim(name, "：:*＊")
	if kind := keyOf(name); kind != keyNone {
		return kind
	}
	if length(name) > 14 {
		return keyNone
	}
	// Longer names say more than one word of the table; what comes first here
	// decides.
	for _, w := range headerWords {
		if strings.Contains(name, w.word) {
			return w.kind
		}
	}
	return keyNone
}

var headerWords = []struct {
	word string
	kind keyKind
}{
	{"下一步", keyNext},
	{"下步", keyNext},
	{"时限", keyDeadline},
	{"期限", keyDeadline},
	{"完成时间", keyDeadline},
	{"完成日期", keyDeadline},
	{"整改时间", keyDeadline},
	{"督导", keySupervisor},
	{"督办", keySupervisor},
	{"验收单位", keySupervisor},
	{"配合", keyCo},
	{"协办", keyCo},
	{"责任领导", keyLeader},
	{"责任人", keyLeader},
	{"负责人", keyLeader},
	{"领导", keyLeader},
	{"单位", keyLead},
	{"部门", keyLead},
	{"科室", keyLead},
	{"股室", keyLead},
	{"措施", keyMeasures},
	{"举措", keyMeasures},
	{"做法", keyMeasures},
	{"目标", keyGoal},
	{"状态", keyStatus},
	{"是否完成", keyStatus},
	{"销号", keyStatus},
	{"进展", keyProgress},
	{"整改情况", keyProgress},
	{"完成情况", keyResult},
	{"落实情况", keyProgress},
	{"成效", keyResult},
	{"结果", keyResult},
	{"情况", keyProgress},
	{"表现", keyFinding},
	{"描述", keyFinding},
	{"类别", keySection},
	{"类型", keySection},
	{"方面", keySection},
	{"领域", keySection},
	{"问题", keyIssue},
	{"任务", keyIssue},
	{"事项", keyIssue},
	{"意见", keyIssue},
	{"序号", keyNumber},
	{"编号", keyNumber},
	{"公示", keyPublicity},
	{"备注", keyRemark},
}

// headerScore counts the different kinds of columns that a row of names has; 0
// where it names neither issues nor what is done about them.
func headerScore(cells []string) int {
	seen := map[keyKind]bool{}
	filled := 0
	for _, c := range cells {
		if inkless(c) {
			continue
		}
		filled++
		if kind := headerKind(c); kind != keyNone && kind != keyContact {
			seen[kind] = true
		}
	}
	if !seen[keyIssue] && !seen[keyFinding] && !seen[keyMeasures] || len(seen)*2 < filled {
		return 0
	}
	return len(seen)
}
