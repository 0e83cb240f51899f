package ledger

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/spf13/afero"
	"github.com/xuri/excelize/v2"

	"rectify/site/load"
	"rectify/site/model"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// example is the invented portal 示例区.
func example(t testing.TB) *model.Portal {
	t.Helper()
	fs := afero.NewReadOnlyFs(afero.NewBasePathFs(afero.NewOsFs(), "../scaffold/example"))
	portal, list := load.Load(context.Background(), fs, "data")
	if list.HasErrors() {
		t.Fatal(list)
	}
	return portal
}

// small is a portal with two issues.
func small() *model.Portal {
	return &model.Portal{Reports: []*model.Report{{
		ID: "demo", Title: "示例局整改情况通报",
		Outline: []model.Section{{ID: "a", Label: "（一）", Title: "学习方面", Issues: []model.IssueID{200001}}, {ID: "b", Label: "（二）", Title: "作风方面", Sections: []model.Section{{ID: "b-1", Label: "1.", Title: "值班", Issues: []model.IssueID{200002}}}}},
		Issues: []*model.Issue{
			{
				ID: 200001, Label: "1.", Title: "学习不够", Section: "a", Status: model.Status{Code: model.InProgress, Printed: "正在整改", Basis: "该问题正在整改。"},
				Measures: []model.Measure{{Label: "一是", Title: "订计划。", Text: "每月一次。\n不走过场。"}, {Intro: "同时：", Label: "二是", Text: "抽查"}},
				Deadline: &model.Deadline{Date: "2025-06-30", Kind: model.ByDate, Printed: "2025年6月底前"},
				Owners:   model.Owners{Leader: "局长", LeadUnits: []string{"办公室", "人事科"}},
			},
			{ID: 200002, Label: "1.", Title: "值班脱岗", Section: "b-1", Status: model.Status{Code: model.NotStated}},
		},
	}}}
}

// words stand in for the importer's.
func words() *Words {
	return &Words{
		Status: func(text string) (model.StatusCode, bool) {
			if text == "已整改到位" {
				return model.Done, true
			}
			return "", false
		},
		Deadline: func(text string) (model.Deadline, bool) {
			if strings.Contains(text, "年底前") {
				return model.Deadline{Date: "2025-12-31", Kind: model.ByDate, Printed: text}, true
			}
			return model.Deadline{}, false
		},
		Measure: func(text string) model.Measure {
			if rest, ok := strings.CutPrefix(text, "三是"); ok {
				return model.Measure{Label: "三是", Text: rest}
			}
			return model.Measure{Text: text}
		},
		Names: func(text string) []string { return strings.FieldsFunc(text, func(r rune) bool { return r == '、' }) },
	}
}

// edited writes a workbook, lets a clerk work in it, and reads it again.
func edited(t testing.TB, portal *model.Portal, on model.Date, work func(*excelize.File)) (*Reading, []byte) {
	t.Helper()
	data, err := Write(portal)
	must(t, err)
	data = worked(t, data, work)
	reading, err := Read("台账.xlsx", data, portal, words(), on)
	must(t, err)
	return reading, data
}

func worked(t testing.TB, data []byte, work func(*excelize.File)) []byte {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(data))
	must(t, err)
	defer book.Close()
	work(book)
	var out bytes.Buffer
	must(t, book.Write(&out))
	return out.Bytes()
}

// at finds the cell of a column in the row of an issue.
func at(t testing.TB, book *excelize.File, sheet, head string, row int) string {
	t.Helper()
	rows, err := book.GetRows(sheet)
	must(t, err)
	for i, c := range rows[headRow-1] {
		if c == head {
			cell, err := excelize.CoordinatesToCellName(i+1, row)
			must(t, err)
			return cell
		}
	}
	t.Fatalf("no column %s", head)
	return ""
}

// set writes into a column of a row of the sheet demo; the first row of issues
// is 3.
func set(t testing.TB, book *excelize.File, head string, row int, value any) {
	t.Helper()
	must(t, book.SetCellValue("demo", at(t, book, "demo", head, row), value))
}
