package importer

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"rectify/site/model"
	"rectify/site/problem"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestALedgerIsReadFromItsSheets(t *testing.T) {
	book := excelize.NewFile()
	must(t, book.SetSheetName("Sheet1", "政治建设"))
	_, err := book.NewSheet("作风建设")
	must(t, err)
	set := func(sheet, cell string, value any) { must(t, book.SetCellValue(sheet, cell, value)) }
	row := func(sheet, cell string, values ...any) { must(t, book.SetSheetRow(sheet, cell, &values)) }
	set("政治建设", "A1", "示例局巡察反馈问题整改台账")
	must(t, book.MergeCell("政治建设", "A1", "H1"))
	set("政治建设", "A2", "填报单位：示例局")
	row("政治建设", "A4", "序号", "反馈问题", "具体表现", "整改措施", "责任单位", "责任人", "完成时限", "整改状态")
	row("政治建设", "A5", 1, "学习不够深入", "计划没有落实", "1.制定计划。\n2.每月学习两次。", "办公室、党建科", "王主任", time.Date(2024, 6, 30, 0, 0, 0, 0, time.UTC), "已完成")
	row("政治建设", "A6", 2, "调研不实", "只看不问", "一是蹲点调研；二是公开结果。", "业务科", "李科长", "2025.12", "正在整改")
	row("政治建设", "A7", "", "", "", "三是建立制度。", "", "", "", "")
	row("政治建设", "A8", 3, "公文不规范", "", "培训1次", "办公室", "", "立行立改", "完成")
	must(t, book.MergeCell("政治建设", "B6", "B7"))
	row("作风建设", "A1", "序号", "反馈问题", "具体表现", "整改措施", "责任单位", "责任人", "完成时限", "整改状态")
	row("作风建设", "A2", 1, "值班脱岗", "", "约谈2人", "人事科", "张科长", "2025-13-1", "短期攻坚")
	var out bytes.Buffer
	must(t, book.Write(&out))
	doc, list := Read("台账.xlsx", out.Bytes())
	if doc == nil {
		t.Fatal(list)
	}
	got := Import(doc, Options{ID: "example"})
	want := `section |政治建设
 issue 1|学习不够深入 [1.制定计划。] [2.每月学习两次。] done 2024-06-30 办公室、党建科
 issue 2|调研不实 [一是蹲点调研；] [二是公开结果。] [三是建立制度。] in_progress 2025-12 业务科
 issue 3|公文不规范 [培训1次] done  办公室
section |作风建设
 issue 1|值班脱岗 [约谈2人] not_stated 人事科
`
	if diff := cmp.Diff(want, brief(got.Report)); diff != "" {
		t.Errorf("want (-) and got (+):\n%s", diff)
	}
	if got.Report.Title != "示例局巡察反馈问题整改台账" {
		t.Errorf("title %q", got.Report.Title)
	}
	if totals := got.Totals(); totals.Kept != totals.Characters {
		t.Errorf("%+v", totals)
	}
	places := map[problem.Code]string{}
	for _, n := range got.Notes {
		places[n.Code] = n.Place.String()
	}
	if places[problem.FieldUnread] != "台账.xlsx[作风建设!A2]" {
		t.Errorf("notes %v", got.Notes)
	}
	last := got.Report.Issues[3]
	if last.Status.Printed != "短期攻坚" || last.Owners.Leader != "张科长" || !strings.Contains(last.Result, "2025-13-1") {
		t.Errorf("%+v", last)
	}
	reload(t, got)
}

func TestALedgerAsCSVIsReadWhateverItsEncoding(t *testing.T) {
	text := "示例局整改台账,,,\r\n序号,问题,整改措施,完成时限\r\n1,学习不够,\"1.订计划。\r\n2.抓落实。\",2024年6月底前\r\n2,\"值班,脱岗\",约谈,45473\r\n"
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(text)
	must(t, err)
	for encoding, data := range map[Encoding]string{UTF8: "\ufeff" + text, GB18030: gbk} {
		doc, list := Read("台账.csv", []byte(data))
		if doc == nil {
			t.Fatal(list)
		}
		if doc.Encoding != encoding {
			t.Errorf("read as %s, want %s", doc.Encoding, encoding)
		}
		want := `section |示例局整改台账
 issue 1|学习不够 [1.订计划。] [2.抓落实。] not_stated 2024-06-30 
 issue 2|值班,脱岗 [约谈] not_stated 2024-06-30 
`
		if diff := cmp.Diff(want, brief(Import(doc, Options{ID: "example"}).Report)); diff != "" {
			t.Errorf("%s: want (-) and got (+):\n%s", encoding, diff)
		}
	}
}

func TestATableIsJoinedToTheIssuesOfTheText(t *testing.T) {
	doc, _ := Read("a.txt", []byte(`示例局关于巡察整改情况的通报
区委巡察组反馈了意见。
一、反馈问题整改情况
（一）关于“学习不够深入”的问题。
一是制定计划。每月学习。
（二）关于“值班制度不落实”的问题。
对2人约谈。
附件：整改任务分工表
序号	问题	责任单位	完成时限
1	学习不够深入	办公室	2024年6月底前
2	关于值班制度不落实的问题	人事科	立行立改
`))
	got := Import(doc, Options{ID: "example"})
	want := `section 一、|反馈问题整改情况
 issue （一）|学习不够深入 [一是制定计划。每月学习。] not_stated 2024-06-30 办公室
 issue （二）|值班制度不落实 [对2人约谈。] not_stated  人事科
`
	if diff := cmp.Diff(want, brief(got.Report)); diff != "" {
		t.Errorf("want (-) and got (+):\n%s", diff)
	}
	if deadline := got.Report.Issues[1].Deadline; deadline == nil || deadline.Kind != model.Immediate {
		t.Errorf("deadline %+v", deadline)
	}
}
