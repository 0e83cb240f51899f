package site

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rectify/site/model"
)

// sentence is where the real report declares its totals.
const sentence = "针对巡察反馈的4个方面53条问题,制定整改措施117项"

// promise is a follow-up as it stands on a page: the sentence, the day if there
// is one, and on home the page of its issue.
type promise struct{ Text, Due, Page string }

var realPromises = map[model.IssueID]promise{
	864323: {Text: "图书馆在清查固定资产实物的同时查对固定资产记账凭证,将按流程完成资产报废和核销手续"},
	517666: {Text: "被告将于 2025年2月1日前向原告滨海新区文化馆一次性返还其违规领取的养老金、医疗保险基金共计约 4.89万元", Due: "2025-02-01"},
	125323: {Text: "涉及文化馆大港馆区未取得产权证的问题,多次同区规资局商讨,拟进行土地置换方式推进,需要按照规资部门程序和要求操作落实。"},
	580075: {Text: "涉及‘塘沽大剧院底商二房东’房屋租赁问题,协议还在有效期,将按照有关部门要求执行,并于2026年合同结束停止委托出租。", Due: "2026年"},
}

func issueFile(id model.IssueID) string { return "issues/" + id.String() + ".html" }

func TestRealReportHasAPageForEachOfItsThirtyIssues(t *testing.T) {
	dir, result := built(t, Options{})
	report := realReport(t)
	totals := report.Totals()
	if diff := cmp.Diff([]int{4, 11}, totals.Sections); diff != "" || totals.Issues != 30 || totals.Measures != 61 {
		t.Fatalf("the data hold %+v", totals)
	}
	measures := 0
	for _, issue := range report.Issues {
		doc := parse(t, dir, issueFile(issue.ID))
		if articles := all(doc, "article[data-issue]"); len(articles) != 1 {
			t.Errorf("%v: %d articles", issue.ID, len(articles))
		}
		shown := all(doc, "article [data-measure]")
		if len(shown) != len(issue.Measures) {
			t.Errorf("%v: %d measures shown, want %d", issue.ID, len(shown), len(issue.Measures))
			continue
		}
		for i, m := range shown {
			measures++
			printed := report.Paragraphs[issue.Source.Paragraphs[i+1]-1]
			if diff := cmp.Diff(printed, text(m)); diff != "" {
				t.Errorf("%v measure %d (-source +page):\n%s", issue.ID, i+1, diff)
			}
		}
	}
	if measures != 61 {
		t.Errorf("%d measures compared, want 61", measures)
	}
	if result.Pages < 30 {
		t.Errorf("%d pages", result.Pages)
	}
}

func TestFullTextIsTheSourceParagraphByParagraph(t *testing.T) {
	dir, _ := built(t, Options{})
	report := realReport(t)
	shown := texts(parse(t, dir, "reports/binhai-wl-2024/text.html"), "[id^=p-]")
	// The furniture of the original page stands behind the text, folded.
	want := report.Content()
	for _, n := range report.Furniture {
		want = append(want, report.Paragraphs[n-1])
	}
	if diff := cmp.Diff(want, shown); diff != "" {
		t.Errorf("(-source +page):\n%s", diff)
	}
}

func TestHomeSetsDeclaredBesidePublishedTotalsUnderTheSentence(t *testing.T) {
	dir, _ := built(t, Options{})
	home := parse(t, dir, "index.html")
	figures := [][]string{{"方面", "4", "声明 4 个"}, {"类", "11"}, {"问题", "30", "声明 53 条"}, {"措施", "61", "声明 117 项"}}
	var shown [][]string
	for _, item := range all(home, "dl.civic-figures > div") {
		shown = append(shown, texts(item, "dt, dd > span"))
	}
	if diff := cmp.Diff(figures, shown); diff != "" {
		t.Errorf("figures (-want +page):\n%s", diff)
	}
	if diff := cmp.Diff([]string{sentence}, texts(home, ".civic-home__standing q")); diff != "" {
		t.Errorf("sentence (-want +page):\n%s", diff)
	}
	tables := all(parse(t, dir, "reports/binhai-wl-2024/index.html"), "section[aria-labelledby=totals] table")
	if len(tables) == 0 {
		t.Fatal("the report has no table of totals")
	}
	if diff := cmp.Diff([]string{"项目", "声明", "公开"}, texts(tables[0], "thead th")); diff != "" {
		t.Errorf("head (-want +page):\n%s", diff)
	}
	var rows [][]string
	for _, row := range all(tables[0], "tbody tr") {
		rows = append(rows, texts(row, "q, th, td:not(:has(q))"))
	}
	want := [][]string{{sentence}, {"方面", "4 个", "4"}, {"问题", "53 条", "30"}, {"整改措施", "117 项", "61"}}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("rows (-want +page):\n%s", diff)
	}
	if source := strings.Join(realReport(t).Paragraphs, "\n"); strings.Count(source, sentence) != 1 {
		t.Error("the source does not say so, or says it twice")
	}
}

func TestExactlyFourIssuesCarryAPromiseInTheWordsOfTheSource(t *testing.T) {
	dir, _ := built(t, Options{})
	report := realReport(t)
	if len(report.Issues) != 30 {
		t.Fatalf("%d issues", len(report.Issues))
	}
	source := strings.Join(report.Paragraphs, "\n")
	atHome := map[string]promise{}
	for _, issue := range report.Issues {
		var want []promise
		if p, ok := realPromises[issue.ID]; ok {
			want = []promise{p}
			p.Page = issueFile(issue.ID)
			atHome[p.Page] = p
			if !strings.Contains(source, p.Text) {
				t.Errorf("%v: not the words of the source: %s", issue.ID, p.Text)
			}
		}
		if diff := cmp.Diff(want, promises(t, dir, issueFile(issue.ID))); diff != "" {
			t.Errorf("%v (-want +page):\n%s", issue.ID, diff)
		}
	}
	shown := promises(t, dir, "index.html")
	for _, p := range shown {
		if diff := cmp.Diff(atHome[p.Page], p); diff != "" {
			t.Errorf("home (-want +page):\n%s", diff)
		}
	}
	if len(shown) != 4 || len(atHome) != 4 {
		t.Errorf("home shows %d promises of %d", len(shown), len(atHome))
	}
}

// promises reads the follow-ups that a page shows.
func promises(t *testing.T, dir, page string) []promise {
	t.Helper()
	var found []promise
	for _, node := range all(parse(t, dir, page), ".civic-follow-ups__item") {
		p := promise{
			Text: strings.Join(texts(node, "blockquote"), " | "),
			Due:  strings.Join(texts(node, "time"), " | "),
		}
		for _, link := range all(node, ".civic-follow-up__line a[href]") {
			for _, a := range link.Attr {
				// Links to a measure lead into a page.
				if a.Key == "href" && !strings.Contains(a.Val, "#") {
					p.Page += a.Val
				}
			}
		}
		found = append(found, p)
	}
	return found
}

func TestEveryPageEndsInTheFourHeadingsOfTheOriginalPage(t *testing.T) {
	want := []string{"全国各省市政府网站", "天津市各区政府网站", "滨海新区政府系统网站", "重点链接"}
	for name, base := range map[string]string{"address known": "https://www.example.org/zg/", "address not known": ""} {
		t.Run(name, func(t *testing.T) {
			dir, result := built(t, Options{BaseURL: base})
			pages := 0
			for file := range digests(t, dir) {
				if filepath.Ext(file) != ".html" {
					continue
				}
				pages++
				doc := parse(t, dir, file)
				// Served at any depth, this page has no links and no lists of them.
				if file == "404.html" && base == "" {
					continue
				}
				if diff := cmp.Diff(want, texts(doc, "footer .civic-footer__group > span, footer .civic-footer__group summary")); diff != "" {
					t.Errorf("%s (-want +page):\n%s", file, diff)
				}
			}
			if pages != result.Pages {
				t.Errorf("%d pages looked at, %d made", pages, result.Pages)
			}
		})
	}
}

// method.md is written by hand: whoever changes the data has to change it too.
func TestFiguresOfTheMethodPageAgreeWithTheData(t *testing.T) {
	report := realReport(t)
	totals := report.Totals()
	labelled, unnumbered, promises := 0, 0, 0
	for _, issue := range report.Issues {
		promises += len(issue.FollowUps)
		numbered := 0
		for _, m := range issue.Measures {
			if m.Label != "" {
				numbered++
			}
		}
		labelled += numbered
		switch {
		case numbered == 0 && len(issue.Measures) == 1:
			unnumbered++
		case numbered != len(issue.Measures):
			t.Errorf("%v has measures of both kinds, which the page does not explain", issue.ID)
		}
	}
	declared := map[model.Counted]int{}
	for _, d := range report.Declared {
		declared[d.Of] = d.N
		if d.Quote != sentence {
			t.Errorf("%s is declared in another sentence: %s", d.Label, d.Quote)
		}
	}
	got := append(slices.Clone(totals.Sections), totals.Issues, totals.Measures,
		declared[model.CountSections], declared[model.CountIssues], declared[model.CountMeasures],
		labelled, unnumbered, totals.Status[model.NotStated], promises)
	if diff := cmp.Diff([]int{4, 11, 30, 61, 4, 53, 117, 48, 13, 30, 4}, got); diff != "" {
		t.Fatalf("the data (-want +got):\n%s", diff)
	}
	page, err := os.ReadFile(filepath.Join(realPortal, DataDir, "pages", "method.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		fmt.Sprintf("分成%d个方面、%d类、%d个问题，写了%d条整改措施。", totals.Sections[0], totals.Sections[1], totals.Issues, totals.Measures),
		"\n> " + sentence + "\n",
		fmt.Sprintf("\n- 方面：声明%d个，公开%d个。\n", declared[model.CountSections], totals.Sections[0]),
		fmt.Sprintf("\n- 问题：声明%d条，公开%d条。\n", declared[model.CountIssues], totals.Issues),
		fmt.Sprintf("\n- 整改措施：声明%d项，公开%d条。\n", declared[model.CountMeasures], totals.Measures),
		fmt.Sprintf("每处算一条，共%d条；没有这样分开写的问题有%d个，每个只有一段措施，各算一条。", labelled, unnumbered),
		fmt.Sprintf("因此，%d个问题的状态都是“未注明”。", totals.Status[model.NotStated]),
		fmt.Sprintf("现在列出%d处：", promises),
	} {
		if strings.Count(string(page), want) != 1 {
			t.Errorf("method.md does not say once %q", want)
		}
	}
}
