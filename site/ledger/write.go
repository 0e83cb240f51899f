package ledger

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"rectify/site/model"
)

const (
	guideSheet = "填写说明"
	baseSheet  = "_base"
	listSheet  = "需要改正"
	baseMark   = "rectify ledger 1" // in A1 of the base: what the file is, and how it is laid out
	titleRow   = 1
	headRow    = 2
	maxSheet   = 31 // characters of a sheet's name
	maxCell    = 32000
	maxBase    = excelize.TotalRows - 1
)

// TooLongError says that a text does not fit into a cell.
type TooLongError struct {
	Issue model.IssueID
	Head  string
}

func (e *TooLongError) Error() string {
	return fmt.Sprintf("%s of issue %s is longer than a cell can be", e.Head, e.Issue)
}

// Write gives the workbook of a portal: instructions, a sheet a report, and the
// base. Withdrawn issues are left out. It fails with a *TooLongError.
func Write(portal *model.Portal) ([]byte, error) {
	b := &binder{file: excelize.NewFile(), names: map[string]bool{}}
	defer b.file.Close()
	if err := b.styles(); err != nil {
		return nil, err
	}
	if err := b.guide(); err != nil {
		return nil, err
	}
	if _, err := b.file.NewSheet(baseSheet); err != nil {
		return nil, err
	}
	b.base = [][]string{append([]string{baseMark, "sheet"}, keys()...)}
	for _, report := range portal.Reports {
		if err := b.report(report); err != nil {
			return nil, err
		}
	}
	for i, row := range b.base {
		for k, text := range row {
			if text == "" {
				continue
			}
			if err := b.put(baseSheet, i+1, k+1, text); err != nil {
				return nil, err
			}
		}
	}
	if err := b.file.SetSheetVisible(baseSheet, false, true); err != nil {
		return nil, err
	}
	if index, err := b.file.GetSheetIndex(b.first); err == nil && b.first != "" {
		b.file.SetActiveSheet(index)
	}
	var out bytes.Buffer
	if err := b.file.Write(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func keys() []string {
	var out []string
	for _, c := range columns() {
		out = append(out, c.key)
	}
	return out
}

// binder puts a workbook together.
type binder struct {
	file                     *excelize.File
	names                    map[string]bool
	first                    string
	base                     [][]string
	title, head, text, plain int // styles
}

func (b *binder) styles() error {
	border := []excelize.Border{}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		border = append(border, excelize.Border{Type: side, Color: "BFBFBF", Style: 1})
	}
	const asText = 49
	var err error
	style := func(s excelize.Style) int {
		if err != nil {
			return 0
		}
		var id int
		id, err = b.file.NewStyle(&s)
		return id
	}
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	b.title = style(excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}, Alignment: &excelize.Alignment{Vertical: "center"}})
	b.head = style(excelize.Style{
		Font: &excelize.Font{Bold: true}, Border: border, Alignment: &excelize.Alignment{Vertical: "center", Horizontal: "center", WrapText: true},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E7E6E6"}},
	})
	b.text = style(excelize.Style{NumFmt: asText, Border: border, Alignment: top})
	b.plain = style(excelize.Style{NumFmt: asText, Border: border, Alignment: top, Font: &excelize.Font{Color: "7F7F7F"}})
	return err
}

func (b *binder) put(sheet string, row, col int, text string) error {
	cell, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		return err
	}
	return b.file.SetCellStr(sheet, cell, text)
}

// sheetName makes a name for a report that Excel takes and that is not taken.
func (b *binder) sheetName(report *model.Report) string {
	name := string(report.ID)
	for n := 1; ; n++ {
		tail := ""
		if n > 1 {
			tail = "-" + strconv.Itoa(n)
		}
		if try := name[:min(len(name), maxSheet-len(tail))] + tail; !b.names[try] {
			b.names[try] = true
			return try
		}
	}
}

// report writes the sheet of one report.
func (b *binder) report(report *model.Report) error {
	name := b.sheetName(report)
	if _, err := b.file.NewSheet(name); err != nil {
		return err
	}
	if b.first == "" {
		b.first = name
	}
	all := columns()
	last := len(all) + 3
	if err := b.put(name, titleRow, 2, report.Title); err != nil {
		return err
	}
	heads := []string{headID, headSection}
	for _, c := range all {
		heads = append(heads, c.head)
	}
	heads = append(heads, headDay)
	for i, head := range heads {
		if err := b.put(name, headRow, i+1, head); err != nil {
			return err
		}
	}
	row := headRow
	err := eachIssue(report, func(issue *model.Issue, section string) error {
		if issue.Withdrawn != nil {
			return nil
		}
		row++
		cells := []string{issue.ID.String(), section}
		base := []string{issue.ID.String(), name}
		for _, c := range all {
			text := c.show(issue)
			if len(utf16.Encode([]rune(text))) > maxCell {
				return &TooLongError{issue.ID, c.head}
			}
			cells, base = append(cells, text), append(base, text)
		}
		for i, text := range cells {
			if err := b.put(name, row, i+1, text); err != nil {
				return err
			}
		}
		if len(b.base) < maxBase {
			b.base = append(b.base, base)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return b.look(name, all, max(row, headRow+1), last)
}

// eachIssue gives the issues of a report with the headings above them.
func eachIssue(report *model.Report, do func(*model.Issue, string) error) error {
	byID := map[model.IssueID]*model.Issue{}
	for _, issue := range report.Issues {
		byID[issue.ID] = issue
	}
	var walk func(list []model.Section, above string) error
	walk = func(list []model.Section, above string) error {
		for i := range list {
			s := &list[i]
			path := sectionPath(above, s)
			for _, id := range s.Issues {
				if issue := byID[id]; issue != nil {
					if err := do(issue, path); err != nil {
						return err
					}
				}
			}
			if err := walk(s.Sections, path); err != nil {
				return err
			}
		}
		return nil
	}
	return walk(report.Outline, "")
}

func sectionPath(above string, s *model.Section) string {
	own := strings.TrimSpace(s.Label + s.Title)
	if above == "" {
		return own
	}
	return above + " / " + own
}

// look makes a sheet pleasant: widths, wrapped text, a frozen head, drop-downs.
func (b *binder) look(sheet string, all []column, rows, last int) error {
	corner := func(col, row int) string {
		cell, _ := excelize.CoordinatesToCellName(col, row) // the numbers are ours
		return cell
	}
	widths := []float64{9, 24}
	for _, c := range all {
		widths = append(widths, c.width)
	}
	widths = append(widths, 12)
	for i, width := range widths {
		col, _ := excelize.ColumnNumberToName(i + 1)
		if err := b.file.SetColWidth(sheet, col, col, width); err != nil {
			return err
		}
	}
	for _, s := range []struct {
		from, to string
		style    int
	}{
		{corner(2, titleRow), corner(2, titleRow), b.title},
		{corner(1, headRow), corner(last, headRow), b.head},
		{corner(1, headRow+1), corner(2, rows), b.plain},
		{corner(3, headRow+1), corner(last, rows), b.text},
	} {
		if err := b.file.SetCellStyle(sheet, s.from, s.to, s.style); err != nil {
			return err
		}
	}
	if err := b.file.SetRowHeight(sheet, titleRow, 28); err != nil {
		return err
	}
	if err := b.file.SetColVisible(sheet, "A", false); err != nil {
		return err
	}
	// Number, heading, label and title stay in sight.
	if err := b.file.SetPanes(sheet, &excelize.Panes{Freeze: true, XSplit: 4, YSplit: headRow, TopLeftCell: corner(5, headRow+1), ActivePane: "bottomRight"}); err != nil {
		return err
	}
	for i, c := range all {
		if c.list == nil {
			continue
		}
		v := excelize.NewDataValidation(true)
		v.SetSqref(corner(i+3, headRow+1) + ":" + corner(i+3, rows+200))
		if err := v.SetDropList(c.list); err != nil {
			return err
		}
		// Other words may be right: a status as the paper prints it.
		v.SetError(excelize.DataValidationErrorStyleWarning, c.head, "通常从列表中选择；也可以照原文填写。")
		if err := b.file.AddDataValidation(sheet, v); err != nil {
			return err
		}
	}
	return b.file.AutoFilter(sheet, corner(1, headRow)+":"+corner(last, rows), nil)
}

// guide writes the sheet of instructions.
func (b *binder) guide() error {
	if err := b.file.SetSheetName("Sheet1", guideSheet); err != nil {
		return err
	}
	for i, line := range guideLines {
		if err := b.put(guideSheet, i+1, 1, line); err != nil {
			return err
		}
	}
	if err := b.file.SetColWidth(guideSheet, "A", "A", 100); err != nil {
		return err
	}
	style, err := b.file.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
	if err != nil {
		return err
	}
	if err := b.file.SetCellStyle(guideSheet, "A1", "A"+strconv.Itoa(len(guideLines)), style); err != nil {
		return err
	}
	return b.file.SetCellStyle(guideSheet, "A1", "A1", b.title)
}

var guideLines = []string{
	"整改台账填写说明",
	"1. 一份通报一张表，一个问题一行。直接在格子里改，改完保存（.xlsx），然后运行：rectify import 台账.xlsx 看计划，核对后加 --write 写入。",
	"2. 只有改过的格子会写入，没改的格子不动；数据文件里的注释和顺序都保留。",
	"3. 整改状态：从下拉列表选，也可以照原文填写（如“已整改到位”）。原文没有写明的选“未注明”。改了状态，要在“状态依据”写明依据（原句，或注明日期的说明）。",
	"4. 完成时限：写日期（2025-06-30、2025-06、2025），或照原文写（2025年底前，并长期坚持）。时限类型从下拉列表选。",
	"5. 改了状态或时限，在“变动日期”填写哪一天变的，会记入这个问题的变动记录；也可以在导入时用 --on 2025-06-30 统一给出。",
	"6. 整改措施：一条措施一行；同一条措施的第二段起，行首空两格；引出后面几条措施的话，行首写“〔引言〕”。格子里换行按 Alt+Enter。",
	"7. 单位之间用顿号隔开。",
	"8. 新增问题：在表的末尾加一行，“所在标题”照抄同一标题下别的行；编号不用填，导入时自动给。",
	"9. 删去一行不会删去数据：已经公开的问题要撤下，请在它的数据文件里写 withdrawn（撤回）和原因。",
	"10. 公开范围：选“不公开”的问题只留在数据里，网站上不出现。",
	"11. 填错的格子，导入时会得到一份标红的台账，每个红格子有批注，“需要改正”表里逐条列出。照着改好再导入。",
	"12. 隐藏的“编号”列是程序认行用的，不要改。可以移动、隐藏别的列，也可以排序、筛选，但不要改第二行的列名。",
}
