package importer

import (
	"html"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/text/encoding/simplifiedchinese"

	"rectify/site/model"
)

// page is the real report as a government site would show it.
func page(t *testing.T, wrapper string) string {
	t.Helper()
	data, err := os.ReadFile(realReport + "/source.txt")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html><html><head><meta charset="utf-8"><title>示例网</title>
<meta name="ArticleTitle" content="` + lines[0] + `"><meta name="PubDate" content="2024-11-08 14:43"><meta name="ContentSource" content="区文化和旅游局">
<script>var a = "不应出现。";</script><style>p{}</style></head><body>
<div class="header"><ul><li><a href="/">首页</a></li><li><a href="/a">政务公开</a></li></ul></div>
<div class="crumb">当前位置：<a href="/">首页</a> > <a href="/b">巡察整改</a></div>
<h1>` + lines[0] + "</h1>\n<div class=info>发布日期: 2024-11-08 14:43 来源: 区文化和旅游局</div><p style='display: none'>隐藏的字。</p>\n" + wrapper)
	for _, line := range lines[4 : len(lines)-4] {
		b.WriteString("<p>　　<span>" + html.EscapeString(line) + "</span></p>\n")
	}
	b.WriteString(`</div><div class="share">分享到</div><div class="footer"><a href="#">重点链接</a><p>版权所有 示例</p></div></body></html>`)
	return b.String()
}

func TestAWebPageGivesTheSameReportAsItsText(t *testing.T) {
	portal, want := realData(t)
	for name, wrapper := range map[string]string{"a known name": `<div id="zoom">`, "no name": `<div class="x1">`} {
		text := page(t, wrapper)
		gbk, err := simplifiedchinese.GBK.NewEncoder().String(strings.Replace(text, "charset=\"utf-8\"", "charset=gb2312", 1))
		if err != nil {
			t.Fatal(err)
		}
		for encoding, data := range map[string]string{"UTF-8": text, "GBK": gbk} {
			t.Run(name+" "+encoding, func(t *testing.T) {
				doc, list := Read("page.html", []byte(data))
				if doc == nil {
					t.Fatal(list)
				}
				got := Import(doc, Options{ID: want.ID, Contact: portal.Contact})
				for _, word := range []string{"不应出现", "隐藏的字"} {
					if strings.Contains(doc.Text, word) {
						t.Errorf("%s is in the text", word)
					}
				}
				options := cmp.Options{sameData, cmpopts.IgnoreTypes(model.SourceRef{}), cmpopts.IgnoreFields(model.Report{}, "Furniture", "Paragraphs")}
				if diff := cmp.Diff(want, got.Report, options); diff != "" {
					t.Errorf("data (-) and page (+):\n%s", diff)
				}
				if totals := got.Totals(); totals.Kept != totals.Characters {
					t.Errorf("%+v %v", totals, got.Notes)
				}
				reload(t, got)
			})
		}
	}
}

func TestATableOfAPageKeepsItsRowsApart(t *testing.T) {
	doc, list := Read("page.html", []byte(`<html><body><h1>示例局整改问题清单公示</h1><table>
<tr><th>序号</th><th>方面</th><th>问题</th><th>整改措施</th><th>责任单位</th><th>完成时限</th><th>整改状态</th></tr>
<tr><td>1</td><td rowspan="2">学习方面</td><td>学习不系统</td><td><p>1.制定计划。</p><p>2.每月学习。</p></td><td>办公室</td><td>2024.6</td><td>已完成</td></tr>
<tr><td>2</td><td rowspan="1">学以致用不够</td><td>开展调研</td><td>办公室、业务科</td><td>长期坚持</td><td>持续整改</td></tr>
<tr><td>3</td><td>作风方面</td><td rowspan="2">值班脱岗</td><td>约谈2人</td><td>人事科</td><td>立行立改</td><td>已完成</td></tr>
<tr><td></td><td></td><td>排班公示</td><td></td><td></td><td></td></tr>
</table></body></html>`))
	if doc == nil {
		t.Fatal(list)
	}
	got := Import(doc, Options{ID: "example"})
	want := `section |学习方面
 issue 1|学习不系统 [1.制定计划。] [2.每月学习。] done 2024-06 办公室
 issue 2|学以致用不够 [开展调研] long_term  办公室、业务科
section |作风方面
 issue 3|值班脱岗 [约谈2人] [排班公示] done  人事科
`
	if diff := cmp.Diff(want, brief(got.Report)); diff != "" {
		t.Errorf("want (-) and got (+):\n%s", diff)
	}
	if totals := got.Totals(); totals.Kept != totals.Characters {
		t.Errorf("%+v %v", totals, got.Notes)
	}
}

// brief shows the outline of a report with what stands in its issues.
func brief(r *model.Report) string {
	issues := map[model.IssueID]*model.Issue{}
	for _, i := range r.Issues {
		issues[i.ID] = i
	}
	var b strings.Builder
	var walk func(list []model.Section)
	walk = func(list []model.Section) {
		for _, s := range list {
			b.WriteString("section " + s.Label + "|" + s.Title + "\n")
			for _, id := range s.Issues {
				i := issues[id]
				b.WriteString(" issue " + i.Label + "|" + i.Title)
				for _, m := range i.Measures {
					b.WriteString(" [" + m.Printed() + "]")
				}
				b.WriteString(" " + string(i.Status.Code))
				if i.Deadline != nil {
					b.WriteString(" " + string(i.Deadline.Date))
				}
				b.WriteString(" " + strings.Join(i.Owners.LeadUnits, "、") + "\n")
			}
			walk(s.Sections)
		}
	}
	walk(r.Outline)
	return b.String()
}
