package importer

import (
	"runtime"
	"strings"
	"testing"
)

// spent imports a paper, proves it, and tells how many bytes were taken from
// memory on the way: what grows with the square of a paper shows there, without a
// clock.
func spent(t *testing.T, data string) (allocated, page int) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	doc, list := Read("long.txt", []byte(data))
	if doc == nil {
		t.Fatal(list)
	}
	result := Import(doc, Options{ID: "long"})
	html, err := result.Proof()
	must(t, err)
	runtime.ReadMemStats(&after)
	return int(after.TotalAlloc - before.TotalAlloc), len(html)
}

func TestAPaperOfTwiceTheLengthCostsTwiceAsMuch(t *testing.T) {
	for name, piece := range map[string]string{
		"short lines":         "甲\n",
		"lines of prose":      "学习不深入。加强了学习。\n",
		"years":               "2024年3月5日，完成。\n",
		"telephones":          "联系电话：022-00000000\n",
		"one title":           "一、\n",
		"rows":                "|甲|乙|\n",
		"results":             "整改任务：\n完成情况：\n已完成一。\n已完成二。\n",
		"measures":            "（一）关于甲的问题\n一是改。\n又改。\n",
		"one line of dates":   "2024年3月5日完成，",
		"paragraphs of HTML":  "<p>一、甲</p>",
		"items of HTML":       "<ol><li>甲</li>",
		"spanned cells":       "<table><tr><td rowspan=999 colspan=999>问题</td></tr>",
		"brackets in a line":  "（责任单位：甲局）",
		"marks in a line":     "（1）①1.",
		"one broken sentence": "甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸\n",
	} {
		t.Run(name, func(t *testing.T) {
			const size = 30000
			n := size / len(piece)
			one, page := spent(t, strings.Repeat(piece, n))
			two, pages := spent(t, strings.Repeat(piece, 2*n))
			if two > 3*one {
				t.Errorf("takes %d bytes, and %d for twice the length", one, two)
			}
			if pages > 3*page {
				t.Errorf("the page of the proof has %d bytes, and %d for twice the length", page, pages)
			}
		})
	}
}

func TestATableOfTooManyCellsKeepsItsText(t *testing.T) {
	var b strings.Builder
	b.WriteString("<html><body><table><tr><td>序号</td><td>问题</td><td>整改措施</td></tr>")
	for range 300 {
		b.WriteString("<tr><td rowspan=999 colspan=999>甲局食堂</td></tr>")
	}
	doc, list := Read("a.html", []byte(b.String()+"<tr><td>末行</td></tr></table>"))
	if doc == nil {
		t.Fatal(list)
	}
	if n := strings.Count(doc.Text, "甲局食堂"); n != 300 || !strings.Contains(doc.Text, "末行") {
		t.Errorf("%d of 300 cells stay, the last row stays: %v", n, strings.Contains(doc.Text, "末行"))
	}
}
