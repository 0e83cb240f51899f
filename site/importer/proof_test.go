package importer

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestTheProofShowsEveryParagraphAndWhereItWent(t *testing.T) {
	doc, _ := Read("a.txt", []byte("示例局关于整改情况的通报\n发布日期: 2024-01-02\n一、整改情况\n（一）关于“<甲>不够”的问题\n一是做了。二是做完了。\n示例局\n2024年1月1日\n"))
	page, err := Import(doc, Options{ID: "example"}).Proof()
	must(t, err)
	text := string(page)
	for _, want := range []string{"（100.0%）", "不属于正文：发布日期和来源", "&lt;甲&gt;", "问题 1 · 措施 2 · 正文", `id="p7"`, "一致"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing", want)
		}
	}
	root, err := html.Parse(strings.NewReader(text))
	must(t, err)
	rows := 0
	for n := range root.Descendants() {
		if n.Data == "tr" && strings.HasPrefix(htmlAttr(n, "id"), "p") {
			rows++
		}
		if n.Data == "script" || htmlAttr(n, "src") != "" {
			t.Errorf("the page needs %s", n.Data)
		}
	}
	if rows != len(doc.Blocks) {
		t.Errorf("%d rows for %d paragraphs", rows, len(doc.Blocks))
	}
}

func TestATextChangedAfterwardsIsADifference(t *testing.T) {
	doc, _ := Read("a.txt", []byte("示例局关于整改情况的通报\n一、整改情况\n（一）关于“甲不够”的问题\n一是做了。\n"))
	result := Import(doc, Options{ID: "example"})
	if d := result.Differences(); len(d) > 0 {
		t.Fatalf("%v", d)
	}
	result.Report.Issues[0].Measures[0].Text = "没有做。"
	if d := result.Differences(); len(d) != 1 || d[0].Path != "issues[0].measures[0].text" {
		t.Errorf("%v", d)
	}
}
