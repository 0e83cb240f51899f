package importer

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rectify/site/model"
	"rectify/site/problem"
)

const earlier = `示例局党组关于区委巡察整改情况的通报
2024年1月，区委巡察组反馈了意见。
一、反馈问题整改落实情况
（一）学习方面
1.关于“学习不够深入”的问题
一是制定计划。二是每月学习。
正在整改。
2.关于“调研不实”的问题
一是蹲点调研。
（二）作风方面
1.关于“值班脱岗”的问题
约谈2人。
2.关于“公文差错多”的问题
培训1次。
示例局党组
2024年3月1日
`

// In the later paper one issue is worded anew, one has moved, one is new and one
// is gone.
const afterwards = `示例局党组关于区委巡察集中整改情况的通报
2024年1月，区委巡察组反馈了意见。
一、反馈问题整改落实情况
（一）作风方面
1.关于“值班脱岗”的问题
约谈2人。加装考勤设备3台。
2.关于“机关食堂浪费”的问题
推行小份菜。
（二）学习方面
1.关于“学习不够深入、不够系统”的问题
一是制定计划。二是每月学习。三是检查笔记。
该问题已完成整改。
示例局党组
2024年9月1日
`

func papers(t *testing.T) (old, first *model.Report, later *Result) {
	t.Helper()
	read := func(text string) *Result {
		doc, list := Read("通报.txt", []byte(text))
		if doc == nil {
			t.Fatal(list)
		}
		return Import(doc, Options{ID: "r"})
	}
	return read(earlier).Report, read(earlier).Report, read(afterwards)
}

func titled(r *model.Report, title string) *model.Issue {
	for _, issue := range r.Issues {
		if strings.Contains(issue.Title, title) {
			return issue
		}
	}
	return nil
}

func TestALaterPaperKeepsIdsAndSaysWhatIsNewChangedAndGone(t *testing.T) {
	old, first, later := papers(t)
	old.PublishedAt = "2024-03-02 09:00"
	first.PublishedAt = "2024-03-02 09:00"
	got := Update(old, first, later, UpdateOptions{})
	for _, title := range []string{"学习不够深入", "值班脱岗", "调研不实", "公文差错多"} {
		if a, b := titled(old, title), titled(got.Report, title); b == nil || a.ID != b.ID {
			t.Errorf("%s has another id", title)
		}
	}
	if len(got.New) != 1 || got.New[0].Title != "机关食堂浪费" || len(got.Gone) != 2 {
		t.Errorf("new %d, gone %d", len(got.New), len(got.Gone))
	}
	learning := titled(got.Report, "学习不够深入")
	want := []model.Change{{On: "2024-09-01", What: "状态", From: "正在整改", To: "已完成整改", Basis: "示例局党组关于区委巡察集中整改情况的通报"}}
	if diff := cmp.Diff(want, learning.History, sameData); diff != "" {
		t.Errorf("history: want (-) and got (+):\n%s", diff)
	}
	if got.Report.PublishedAt != "2024-03-02 09:00" {
		t.Errorf("published at %s", got.Report.PublishedAt)
	}
	if got.Report.Title != "示例局党组关于区委巡察集中整改情况的通报" || got.Report.AsOf != "2024-09-01" {
		t.Errorf("title %s, as of %s", got.Report.Title, got.Report.AsOf)
	}
	for _, s := range got.Report.Outline {
		if a := sectionByID(old.Outline, s.ID); a == nil || a.Title != s.Title {
			t.Errorf("section %s is now %s", s.Title, s.ID)
		}
	}
	if diff := cmp.Diff(titled(old, "调研不实").Section, sectionOf(got.Report, titled(old, "调研不实").ID)); diff != "" {
		t.Errorf("an issue that is gone has moved: %s", diff)
	}
}

func sectionOf(r *model.Report, id model.IssueID) model.Slug {
	var find func(list []model.Section) model.Slug
	find = func(list []model.Section) model.Slug {
		for _, s := range list {
			for _, i := range s.Issues {
				if i == id {
					return s.ID
				}
			}
			if found := find(s.Sections); found != "" {
				return found
			}
		}
		return ""
	}
	return find(r.Outline)
}

func TestWhatWasEditedByHandStays(t *testing.T) {
	old, first, later := papers(t)
	learning := titled(old, "学习不够深入")
	learning.Status = model.Status{Code: model.LongTerm, Printed: "长期坚持", Basis: "办公室2024年5月台账"}
	learning.Evidence = []model.Evidence{{File: "a.txt", Title: "计划"}}
	old.Unit = "示例区示例局"
	got := Update(old, first, later, UpdateOptions{})
	now := titled(got.Report, "学习不够深入")
	if now.Status.Code != model.LongTerm || len(now.Evidence) != 1 || len(now.History) != 0 {
		t.Errorf("%+v", now)
	}
	if got.Report.Unit != "示例区示例局" {
		t.Errorf("unit %s", got.Report.Unit)
	}
	kept := 0
	for _, c := range got.Changed {
		if c.Kept {
			kept++
			if c.Key != "status" || c.After != "已完成整改" {
				t.Errorf("%+v", c)
			}
		}
	}
	if kept != 1 {
		t.Errorf("%d values are said to be kept", kept)
	}
}

func TestWhatWasTakenBackStaysSo(t *testing.T) {
	old, first, later := papers(t)
	for _, title := range []string{"学习不够深入", "公文差错多"} {
		titled(old, title).Withdrawn = &model.Withdrawal{On: "2024-06-01", Why: "重复"}
	}
	got := Update(old, first, later, UpdateOptions{})
	if now := titled(got.Report, "学习不够深入"); now == nil || now.Withdrawn == nil || now.Title != "学习不够深入" || now.Status.Code != model.InProgress {
		t.Errorf("%+v", now)
	}
	if len(got.Gone) != 1 || got.Gone[0].Title != "调研不实" || len(got.Report.Issues) != 5 {
		t.Errorf("gone %v of %d", got.Gone, len(got.Report.Issues))
	}
	if n := len(got.Changed); n == 0 || !slices.ContainsFunc(got.Changed, func(c Changed) bool { return c.Kept && c.Key == "withdrawn" }) {
		t.Errorf("%+v", got.Changed)
	}
}

func TestAChangeWithoutADayIsSaid(t *testing.T) {
	old, first, _ := papers(t)
	doc, list := Read("台账.csv", []byte("序号,问题,整改措施,责任单位,完成时限,整改状态\n1,调研不实,另一种说法,业务科,2024年12月底前,正在整改\n"))
	if doc == nil {
		t.Fatal(list)
	}
	got := Update(old, first, Import(doc, Options{ID: "x"}), UpdateOptions{})
	if len(got.Notes) != 1 || got.Notes[0].Code != problem.NoDayOfChange || len(titled(got.Report, "调研不实").History) > 0 {
		t.Errorf("%v", got.Notes)
	}
}

func TestALedgerSaysHowFarIssuesAreAndNothingElse(t *testing.T) {
	old, first, _ := papers(t)
	doc, list := Read("台账.csv", []byte("序号,问题,整改措施,责任单位,完成时限,整改状态\n1,调研不实,另一种说法,业务科,2024年12月底前,正在整改\n2,不认识的问题,做事,办公室,立行立改,已完成\n"))
	if doc == nil {
		t.Fatal(list)
	}
	got := Update(old, first, Import(doc, Options{ID: "x"}), UpdateOptions{On: "2024-10-08"})
	now := titled(got.Report, "调研不实")
	if now.Status.Code != model.InProgress || now.Deadline == nil || now.Deadline.Date != "2024-12-31" || now.Owners.LeadUnits[0] != "业务科" || len(now.History) != 2 {
		t.Errorf("%+v", now)
	}
	if now.Measures[0].Printed() != "一是蹲点调研。" {
		t.Errorf("measures are now those of the ledger: %+v", now.Measures)
	}
	if len(got.Report.Issues) != len(old.Issues) || len(got.New)+len(got.Gone) != 0 || len(got.Notes) != 1 {
		t.Errorf("issues %d, notes %v", len(got.Report.Issues), got.Notes)
	}
}

func TestOnlyALaterPaperOfTheSameInspectionIsLikeAReport(t *testing.T) {
	read := func(text string) *Result {
		doc, list := Read("a.txt", []byte(text))
		if doc == nil {
			t.Fatal(list)
		}
		return Import(doc, Options{ID: "a"})
	}
	paper := "示例局党组关于区委第三轮巡察整改情况的通报\n一、反馈问题整改情况\n（一）关于“学习不够”的问题\n一是订计划。\n（二）关于“值班脱岗”的问题\n一是约谈。\n"
	have := read(paper).Report
	for text, want := range map[string]bool{
		paper: true,
		strings.ReplaceAll(paper, "值班脱岗", "公车私用"):           false,
		strings.ReplaceAll(paper, "第三轮", "第四轮"):             false,
		strings.ReplaceAll(paper, "示例局党组", "示例镇党委"):         false,
		strings.ReplaceAll(paper, "一是订计划。", "一是订计划，二是抓落实。"): true,
	} {
		later := read(text)
		before := len(later.Notes)
		later.NoteLike(have)
		if got := len(later.Notes) > before; got != want {
			t.Errorf("like the report: %v, of\n%s", got, text)
		}
	}
}
