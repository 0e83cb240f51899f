package importer

import (
	"strings"
	"testing"
)

func readIn(t *testing.T, name, text string) *Result {
	t.Helper()
	doc, list := Read(name, []byte(text))
	if doc == nil {
		t.Fatal(list)
	}
	r := Import(doc, Options{ID: "t"})
	sound(t, r)
	return r
}

func TestACellThatReachesDownSpeaksOfEachIssueBesideIt(t *testing.T) {
	r := readIn(t, "a.html", `<html><body><h1>示例局关于巡察整改情况的公示</h1><table>
<tr><th>序号</th><th>问题</th><th>整改措施</th><th>责任单位</th><th>完成时限</th></tr>
<tr><td>1</td><td>学习不够</td><td>订计划</td><td rowspan="3">办公室、人事科</td><td rowspan="2">2025年6月底前</td></tr>
<tr><td>2</td><td>笔记不全</td><td>补记</td></tr>
<tr><td>3</td><td>值班脱岗</td><td>约谈</td><td>立行立改</td></tr>
<tr><td>4</td><td>公车私用</td><td>问责</td><td></td><td>立行立改</td></tr></table></body></html>`)
	want := `section |示例局关于巡察整改情况的公示
 issue 1|学习不够 [订计划] not_stated 2025-06-30 办公室、人事科
 issue 2|笔记不全 [补记] not_stated 2025-06-30 办公室、人事科
 issue 3|值班脱岗 [约谈] not_stated  办公室、人事科
 issue 4|公车私用 [问责] not_stated  
`
	if got := brief(r.Report); got != want {
		t.Errorf("got %s", got)
	}
}

func TestWhatAPageHidesInATableIsLeftOut(t *testing.T) {
	doc, list := Read("a.html", []byte(`<html><head><style>.off{display:none}</style></head><body><h1>示例局关于巡察整改情况的公示</h1><table>
<tr><th>序号</th><th>问题</th><th>整改措施</th><th class="off">内部意见</th></tr>
<tr><td>1</td><td>学习不够<span class="off">草稿不公开</span></td><td>订计划</td><td class="off">暂缓不公开</td></tr>
<tr class="off"><td>2</td><td>整行不公开</td><td>约谈</td><td></td></tr></table></body></html>`))
	if doc == nil {
		t.Fatal(list)
	}
	if strings.Contains(doc.Text, "不公开") || !strings.Contains(doc.Text, "学习不够") || !strings.Contains(doc.Text, "订计划") {
		t.Errorf("read %q", doc.Text)
	}
	if len(list) == 0 {
		t.Error("nothing is said of it")
	}
}

func TestTextBehindALedgerIsNotOfItsLastIssue(t *testing.T) {
	cell := func(text string) string { return `<w:tc>` + para(text) + `</w:tc>` }
	row := func(cells ...string) string {
		return `<w:tr>` + cell(cells[0]) + cell(cells[1]) + cell(cells[2]) + cell(cells[3]) + `</w:tr>`
	}
	box := `<w:p><w:r><w:pict><w:txbxContent>` + para("说明：本表由办公室汇总。") + `</w:txbxContent></w:pict></w:r></w:p>`
	body := para("示例局党组关于区委巡察整改情况的通报") + para("一、反馈问题整改情况") + para("（一）关于“学习不够”的问题") + para("一是订计划。") +
		`<w:tbl>` + row("序号", "问题", "责任单位", "整改状态") + row("1", "学习不够", "办公室", "已完成") + `</w:tbl>` + box + para("本局将继续抓好整改。")
	doc, list := Read("a.docx", word(t, body, nil))
	if doc == nil {
		t.Fatal(list)
	}
	r := Import(doc, Options{ID: "t"})
	sound(t, r)
	i := r.Report.Issues[0]
	if len(r.Report.Issues) != 1 || i.Result != "" || len(i.Measures) != 1 || i.Measures[0].Text != "订计划。" || i.Status.Printed != "已完成" {
		t.Errorf("got %s", show(r))
	}
}

func TestAnEmptyCellKeepsTheOthersInTheirColumns(t *testing.T) {
	doc, list := Read("a.csv", []byte("序号,问题,整改措施,责任单位,整改状态\n1,学习不够,订计划,,已完成\n2,笔记不全,,办公室,\n"))
	if doc == nil {
		t.Fatal(list)
	}
	want := "序号\t问题\t整改措施\t责任单位\t整改状态\n1\t学习不够\t订计划\t\t已完成\n2\t笔记不全\t\t办公室\n"
	if doc.Text != want {
		t.Errorf("text %q", doc.Text)
	}
	// The text is read again as the table was.
	again := readIn(t, "source.txt", "示例局关于巡察整改情况的公示\n"+doc.Text)
	if got := brief(again.Report); !strings.Contains(got, "学习不够 [订计划] done \n") || !strings.Contains(got, "笔记不全 not_stated 办公室") {
		t.Errorf("got %s", got)
	}
}

func TestARowWithNothingButAFaultIsAnIssue(t *testing.T) {
	r := readIn(t, "a.csv", "序号,问题,整改措施,责任单位\n,党的建设方面,,\n1,学习不够,订计划,办公室\n,笔记未及时检查,,\n,作风建设方面,,\n2,值班脱岗,约谈,督查室\n")
	want := `section |党的建设方面
 issue 1|学习不够 [订计划] not_stated 办公室
 issue |笔记未及时检查 not_stated 
section |作风建设方面
 issue 2|值班脱岗 [约谈] not_stated 督查室
`
	if got := brief(r.Report); got != want {
		t.Errorf("got %s", got)
	}
}

// Each row is a measure with a status of its own: none is the issue's, unless all
// say the same.
func TestRowsOfMeasuresSpeakOfTheIssueOnlyWhereTheyAgree(t *testing.T) {
	r := readIn(t, "a.csv", "序号,问题,整改措施,责任单位,完成时限,整改状态\n1,学习不够,1.订计划,办公室,2024年6月底,已完成\n,,2.抓落实,人事科,2024年12月底,正在整改\n2,值班脱岗,1.约谈,督查室,2024年6月底,已完成\n,,2.检查,督查室,2024年6月底,已完成\n")
	want := `section |问题清单
 issue 1|学习不够 [1.订计划] [2.抓落实] not_stated 办公室、人事科
 issue 2|值班脱岗 [1.约谈] [2.检查] done 2024-06-30 督查室
`
	if got := brief(r.Report); got != want {
		t.Errorf("got %s", got)
	}
	if got, want := r.Report.Issues[0].Result, "完成时限：2024年6月底\n整改状态：已完成\n完成时限：2024年12月底\n整改状态：正在整改"; got != want {
		t.Errorf("result %q", got)
	}
}
