package ledger

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"

	"rectify/site/model"
	"rectify/site/problem"
)

var sameData = cmp.Options{cmpopts.IgnoreTypes(model.Where{}), cmpopts.EquateEmpty()}

func TestAWorkbookThatNobodyEditedChangesNothing(t *testing.T) {
	reading, data := edited(t, example(t), "", func(*excelize.File) {})
	if !Is(data) || len(reading.Changed)+len(reading.New)+len(reading.Gone)+len(reading.Problems) > 0 {
		t.Errorf("%+v", reading)
	}
}

func TestAWorkbookIsMadeForAClerk(t *testing.T) {
	data, err := Write(small())
	must(t, err)
	worked(t, data, func(book *excelize.File) {
		if diff := cmp.Diff([]string{guideSheet, baseSheet, "demo"}, book.GetSheetList()); diff != "" {
			t.Error(diff)
		}
		if visible, _ := book.GetSheetVisible(baseSheet); visible {
			t.Error("the base is to be seen")
		}
		if visible, _ := book.GetColVisible("demo", "A"); visible {
			t.Error("the numbers are to be seen")
		}
		panes, err := book.GetPanes("demo")
		must(t, err)
		if !panes.Freeze || panes.YSplit != headRow {
			t.Errorf("panes %+v", panes)
		}
		lists, err := book.GetDataValidations("demo")
		must(t, err)
		var formulas []string
		for _, v := range lists {
			formulas = append(formulas, v.Formula1)
		}
		for _, word := range []string{"基本完成", "立行立改"} {
			if !slices.ContainsFunc(formulas, func(f string) bool { return strings.Contains(f, word) }) {
				t.Errorf("no list offers %s: %q", word, formulas)
			}
		}
		text, err := book.GetCellValue("demo", at(t, book, "demo", headMeasures, 3))
		must(t, err)
		if want := "一是订计划。每月一次。\n　　不走过场。\n〔引言〕同时：\n二是抽查"; text != want {
			t.Errorf("measures %q, want %q", text, want)
		}
	})
}

func TestEditedCellsAreTheOnlyChanges(t *testing.T) {
	portal := small()
	reading, _ := edited(t, portal, "", func(book *excelize.File) {
		set(t, book, headStatus, 3, "已整改到位")
		set(t, book, headBasis, 3, "2025年6月30日现场核查，已整改到位。")
		set(t, book, headDeadline, 3, time.Date(2025, 9, 30, 0, 0, 0, 0, time.UTC))
		set(t, book, headDay, 3, "2025-07-01")
		set(t, book, headMeasures, 3, "一是订计划。每月一次。\n　　不走过场。\n三是新的一条\n  第二段")
		set(t, book, headLead, 4, "督查室、办公室")
		set(t, book, headVisible, 4, "不公开")
	})
	if len(reading.Problems) > 0 || len(reading.Changed) != 2 {
		t.Fatalf("%+v", reading)
	}
	want := *portal.Reports[0].Issues[0]
	want.Status = model.Status{Code: model.Done, Printed: "已整改到位", Basis: "2025年6月30日现场核查，已整改到位。", AsOf: "2025-07-01"}
	want.Deadline = &model.Deadline{Date: "2025-09-30", Kind: model.ByDate}
	want.Measures = []model.Measure{want.Measures[0], {Label: "三是", Text: "新的一条\n第二段"}}
	if diff := cmp.Diff(&want, reading.Changed[0].Now, sameData); diff != "" {
		t.Errorf("want (-) and got (+):\n%s", diff)
	}
	if reading.Changed[0].Day != "2025-07-01" || len(reading.Changed[0].Cells) != 4 {
		t.Errorf("%+v", reading.Changed[0])
	}
	second := *portal.Reports[0].Issues[1]
	second.Owners.LeadUnits, second.Visibility = []string{"督查室", "办公室"}, model.Internal
	if diff := cmp.Diff(&second, reading.Changed[1].Now, sameData); diff != "" {
		t.Errorf("want (-) and got (+):\n%s", diff)
	}
}

// Every code of the room has its mistake here, with the cell where it is shown.
func TestMistakesAreNamedAtTheirCells(t *testing.T) {
	for name, try := range map[string]struct {
		work func(*testing.T, *excelize.File)
		code problem.Code
		head string
		row  int
	}{
		"no date": {func(t *testing.T, b *excelize.File) {
			set(t, b, headDeadline, 3, "2025-13-1")
			set(t, b, headDay, 3, "2025-01-01")
		}, problem.LedgerBadDate, headDeadline, 3},
		"no day of a change": {func(t *testing.T, b *excelize.File) { set(t, b, headDeadline, 3, "2025年底前") }, problem.LedgerNoDay, headDay, 3},
		"a day that is none": {func(t *testing.T, b *excelize.File) {
			set(t, b, headDeadline, 3, "2025年底前")
			set(t, b, headDay, 3, "昨天")
		}, problem.LedgerBadDate, headDay, 3},
		"a status of no kind": {func(t *testing.T, b *excelize.File) { set(t, b, headStatus, 4, "差不多") }, problem.LedgerBadStatus, headStatus, 4},
		"a status without a basis": {func(t *testing.T, b *excelize.File) {
			set(t, b, headStatus, 4, "已完成")
			set(t, b, headDay, 4, "2025-01-01")
		}, problem.LedgerNoBasis, headBasis, 4},
		"a status with the basis of the last": {func(t *testing.T, b *excelize.File) {
			set(t, b, headStatus, 3, "已完成")
			set(t, b, headDay, 3, "2025-01-01")
		}, problem.LedgerNoBasis, headBasis, 3},
		"a kind of deadline that is not of the list": {func(t *testing.T, b *excelize.File) { set(t, b, headKind, 4, "尽快") }, problem.LedgerBadKind, headKind, 4},
		"a kind without its date": {func(t *testing.T, b *excelize.File) {
			set(t, b, headKind, 4, "限期完成")
			set(t, b, headDay, 4, "2025-01-01")
		}, problem.LedgerKindNoDate, headDeadline, 4},
		"a number nobody knows":     {func(t *testing.T, b *excelize.File) { set(t, b, headID, 4, "999999") }, problem.LedgerUnknownID, headID, 4},
		"a number twice":            {func(t *testing.T, b *excelize.File) { set(t, b, headID, 4, "200001") }, problem.LedgerSameID, headID, 4},
		"a title that is gone":      {func(t *testing.T, b *excelize.File) { set(t, b, headTitle, 4, "") }, problem.LedgerNoTitle, headTitle, 4},
		"a new row without a title": {func(t *testing.T, b *excelize.File) { set(t, b, headMeasures, 5, "做事") }, problem.LedgerNoTitle, headTitle, 5},
		"a new row under no heading": {func(t *testing.T, b *excelize.File) {
			set(t, b, headTitle, 5, "新问题")
			set(t, b, headSection, 5, "（九）没有的")
		}, problem.LedgerNoSection, headSection, 5},
		"a new row with a title that there is": {func(t *testing.T, b *excelize.File) {
			set(t, b, headTitle, 5, "值班脱岗")
			set(t, b, headMeasures, 5, "另一件事")
		}, problem.LedgerSameTitle, headTitle, 5},
		"neither public nor internal":   {func(t *testing.T, b *excelize.File) { set(t, b, headVisible, 4, "半公开") }, problem.LedgerBadVisible, headVisible, 4},
		"the column of numbers is gone": {func(t *testing.T, b *excelize.File) { must(t, b.SetCellStr("demo", "A2", "")) }, problem.LedgerNoColumn, "", 2},
	} {
		t.Run(name, func(t *testing.T) {
			var cell string
			reading, data := edited(t, small(), "", func(book *excelize.File) {
				try.work(t, book)
				cell = at(t, book, "demo", try.head, try.row)
			})
			mistakes := slices.DeleteFunc(slices.Clone(reading.Problems), func(p problem.Problem) bool { return p.Severity < problem.Error })
			if len(mistakes) != 1 || mistakes[0].Code != try.code || mistakes[0].Place.Cell != cell || mistakes[0].Place.Sheet != "demo" {
				t.Fatalf("%v, want %s at %s", reading.Problems, try.code, cell)
			}
			marked, err := Mark(data, reading.Problems)
			must(t, err)
			isMarked(t, marked, cell, mistakes[0])
		})
	}
}

func isMarked(t *testing.T, data []byte, cell string, p problem.Problem) {
	t.Helper()
	worked(t, data, func(book *excelize.File) {
		comments, err := book.GetComments("demo")
		must(t, err)
		if len(comments) != 1 || comments[0].Cell != cell || !strings.Contains(comments[0].Text, p.Text(problem.Chinese)) {
			t.Errorf("comments %+v", comments)
		}
		if fill := fillOf(t, book, cell); !slices.Contains(fill.Color, red) {
			t.Errorf("%s is %v", cell, fill.Color)
		}
		listed, err := book.GetCellValue(listSheet, "C2")
		must(t, err)
		if listed != Sentence(p) || !strings.HasPrefix(listed, "第") {
			t.Errorf("listed as %q", listed)
		}
	})
}

func fillOf(t *testing.T, book *excelize.File, cell string) excelize.Fill {
	t.Helper()
	id, err := book.GetCellStyle("demo", cell)
	must(t, err)
	style, err := book.GetStyle(id)
	must(t, err)
	return style.Fill
}

func TestAMistakeReadsAsAClerkReads(t *testing.T) {
	p := problem.New(problem.LedgerBadDate, problem.Place{File: "台账.xlsx", Sheet: "demo", Cell: "F12"}, headDeadline, "2025-13-1")
	if got := Sentence(p); !strings.HasPrefix(got, "第12行 F列 完成时限“2025-13-1”不是日期。") {
		t.Error(got)
	}
}

func TestMarksOfAnEarlierLookAreTakenAway(t *testing.T) {
	var cell string
	reading, data := edited(t, small(), "", func(book *excelize.File) {
		set(t, book, headStatus, 4, "差不多")
		cell = at(t, book, "demo", headStatus, 4)
		must(t, book.AddComment("demo", excelize.Comment{Cell: "D3", Author: "王科长", Text: "请核对"}))
	})
	marked, err := Mark(data, reading.Problems)
	must(t, err)
	again := worked(t, marked, func(book *excelize.File) { set(t, book, headStatus, 4, "未注明") })
	reading, err = Read("台账.xlsx", again, small(), words(), "")
	must(t, err)
	if len(reading.Problems)+len(reading.Changed) > 0 {
		t.Fatalf("%+v", reading)
	}
	clean, err := Mark(again, nil)
	must(t, err)
	worked(t, clean, func(book *excelize.File) {
		comments, err := book.GetComments("demo")
		must(t, err)
		if len(comments) != 1 || comments[0].Author != "王科长" {
			t.Errorf("comments %+v", comments)
		}
		if fill := fillOf(t, book, cell); slices.Contains(fill.Color, red) {
			t.Error("the cell is still red")
		}
	})
}

func TestResultThatSaysTheStatusOfBeforeIsPointedOut(t *testing.T) {
	for result, warned := range map[string]bool{"正在整改。": true, "": false, "已完成": false, "正在整改,已修订制度两项。": false} {
		portal := small()
		portal.Reports[0].Issues[0].Result = result
		data, err := Write(portal)
		must(t, err)
		data = worked(t, data, func(book *excelize.File) {
			set(t, book, headStatus, 3, "已完成")
			set(t, book, headBasis, 3, "示例局八月验收。")
			set(t, book, headDay, 3, "2025-08-01")
		})
		reading, err := Read("台账.xlsx", data, portal, words(), "")
		must(t, err)
		if len(reading.Changed) != 1 {
			t.Errorf("%q: the change is lost: %v", result, reading.Problems)
		}
		if got := len(reading.Problems) == 1 && reading.Problems[0].Code == problem.LedgerOldResult; got != warned {
			t.Errorf("%q: %v", result, reading.Problems)
		}
	}
}

func TestWhatTheDataChangedMeanwhileIsNotChangedBack(t *testing.T) {
	data, err := Write(small())
	must(t, err)
	portal := small()
	portal.Reports[0].Issues[0].Result = "数据里新写的"
	portal.Reports[0].Issues[1].Goal = "数据里新写的"
	data = worked(t, data, func(book *excelize.File) { set(t, book, "整改目标", 4, "台账里新写的") })
	reading, err := Read("台账.xlsx", data, portal, words(), "")
	must(t, err)
	if len(reading.Changed) > 0 || len(reading.Problems) != 1 || reading.Problems[0].Code != problem.LedgerConflict {
		t.Errorf("%+v", reading)
	}
}

func TestAnIssueThatWasWithdrawnMeanwhileIsNotChanged(t *testing.T) {
	data, err := Write(small())
	must(t, err)
	portal := small()
	portal.Reports[0].Issues[1].Withdrawn = &model.Withdrawal{On: "2025-08-01", Why: "重复"}
	reading, err := Read("台账.xlsx", data, portal, words(), "")
	must(t, err)
	if len(reading.Changed)+len(reading.Gone)+len(reading.Problems) > 0 {
		t.Errorf("nobody edited it: %+v", reading)
	}
	data = worked(t, data, func(book *excelize.File) { set(t, book, "整改目标", 4, "新的目标") })
	reading, err = Read("台账.xlsx", data, portal, words(), "")
	must(t, err)
	if len(reading.Changed) > 0 || len(reading.Problems) != 1 || reading.Problems[0].Code != problem.LedgerWithdrawn {
		t.Errorf("%+v", reading)
	}
}

func TestRowsAreAddedAndNeverTakenAway(t *testing.T) {
	reading, _ := edited(t, small(), "", func(book *excelize.File) {
		must(t, book.RemoveRow("demo", 3))
		set(t, book, headTitle, 4, "新问题一") // under the heading of the row before
		set(t, book, headMeasures, 4, "做事")
		set(t, book, headTitle, 5, "新问题二")
		set(t, book, headSection, 5, "（一）学习方面")
	})
	if len(reading.New) != 2 || reading.New[0].Section != "b-1" || reading.New[1].Section != "a" || reading.New[0].Issue.Measures[0].Text != "做事" {
		t.Errorf("%+v", reading.New)
	}
	if len(reading.Gone) != 1 || reading.Gone[0].ID != 200001 || reading.Problems.HasErrors() {
		t.Errorf("gone %+v, %v", reading.Gone, reading.Problems)
	}
}

func TestANewRowThatWasImportedIsNotNewAgain(t *testing.T) {
	reading, _ := edited(t, small(), "", func(book *excelize.File) { set(t, book, headTitle, 5, "值班脱岗") })
	if len(reading.New)+len(reading.Changed)+len(reading.Problems) > 0 {
		t.Errorf("%+v", reading)
	}
}

func TestAClerkMayMoveColumnsRenameSheetsAndAddHerOwn(t *testing.T) {
	reading, _ := edited(t, small(), "2025-07-01", func(book *excelize.File) {
		must(t, book.InsertCols("demo", "C", 2))
		must(t, book.InsertRows("demo", 1, 3))
		must(t, book.SetSheetName("demo", "本单位台账"))
		_, err := book.NewSheet("会议记录")
		must(t, err)
		must(t, book.SetCellValue("会议记录", "A1", "随便写的"))
		must(t, book.SetCellValue("本单位台账", "C6", "自己的备注"))
		must(t, book.MergeCell("本单位台账", "B6", "B7"))
	})
	if len(reading.Changed)+len(reading.New)+len(reading.Gone) > 0 || reading.Problems.HasErrors() {
		t.Errorf("%+v", reading)
	}
}

// Whatever text cells get, they are read as the values that they show.
func TestAnyTextInACellComesBack(t *testing.T) {
	portal := example(t)
	random := rand.New(rand.NewPCG(3, 4))
	texts := []string{"=1+1", "'引号", "一\n二", "  前面空格", "1e5", "TRUE", "# 注", "\u200b零宽", "a\tb", "“引号”", "2025", strings.Repeat("长", 3000)}
	all := columns()
	for range 30 {
		var issue *model.Issue
		var c column
		for {
			report := portal.Reports[random.IntN(len(portal.Reports))]
			issue = report.Issues[random.IntN(len(report.Issues))]
			c = all[random.IntN(len(all))]
			if issue.Withdrawn == nil && (c.key == "finding" || c.key == "goal" || c.key == "result" || c.key == "leader") {
				break
			}
		}
		text := texts[random.IntN(len(texts))]
		reading, _ := edited(t, portal, "", func(book *excelize.File) {
			for _, sheet := range book.GetSheetList() {
				rows, err := book.GetRows(sheet)
				must(t, err)
				for i, cells := range rows {
					if sheet != baseSheet && len(cells) > 0 && cells[0] == issue.ID.String() {
						must(t, book.SetCellStr(sheet, at(t, book, sheet, c.head, i+1), text))
					}
				}
			}
		})
		if len(reading.Changed) != 1 {
			t.Fatalf("%s of %s: %+v", c.head, issue.ID, reading)
		}
		if got := c.show(reading.Changed[0].Now); got != clean(text) {
			t.Errorf("%s: wrote %q, read %q", c.head, text, got)
		}
	}
}

func TestATextThatDoesNotFitIsNamed(t *testing.T) {
	portal := small()
	portal.Reports[0].Issues[1].Finding = strings.Repeat("长", maxCell+1)
	if _, err := Write(portal); err == nil || !strings.Contains(err.Error(), "200002") {
		t.Errorf("%v", err)
	}
}

func FuzzReadDoesNotPanic(f *testing.F) {
	data, err := Write(small())
	must(f, err)
	f.Add(data)
	f.Add(data[:len(data)/2])
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(_ *testing.T, data []byte) {
		Is(data)
		if reading, err := Read("f", data, small(), words(), ""); err == nil {
			_, _ = Mark(data, reading.Problems)
		}
	})
}
