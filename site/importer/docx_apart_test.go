package importer

import (
	"strings"
	"testing"

	"rectify/site/problem"
)

// Word keeps footnotes beside the text, and shows no hidden text. Neither is
// published, and both are said: a clerk sees the notes on her page.
func TestNotesAndHiddenTextsAreLeftOutAndSaid(t *testing.T) {
	body := para("示例局党组关于区委巡察整改情况的通报") + para("一、反馈问题整改情况") + para("（一）关于“学习不够”的问题") +
		`<w:p><w:r><w:t>一是订计划。</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>此句不公开。</w:t></w:r>` +
		`<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>二是抓落实。</w:t></w:r></w:p>`
	const ns = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	doc, list := Read("通报.docx", word(t, body, map[string]string{
		"word/footnotes.xml": `<w:footnotes ` + ns + `><w:footnote w:id="-1" w:type="separator"><w:p/></w:footnote><w:footnote w:id="1"><w:p><w:r><w:t>数据由示例县</w:t></w:r><w:r><w:t>财政局提供。</w:t></w:r></w:p></w:footnote></w:footnotes>`,
		"word/endnotes.xml":  `<w:endnotes ` + ns + `><w:endnote w:id="1"><w:p><w:r><w:t>截至六月。</w:t></w:r></w:p></w:endnote></w:endnotes>`,
	}))
	if doc == nil {
		t.Fatal(list)
	}
	if strings.Contains(doc.Text, "不公开") || !strings.Contains(doc.Text, "一是订计划。二是抓落实。") {
		t.Errorf("the text is %q", doc.Text)
	}
	var said []string
	for _, p := range list {
		if p.Severity == problem.Warning {
			said = append(said, string(p.Code)+" "+strings.Join(p.Args, " "))
		}
	}
	want := []string{"I030 数据由示例县财政局提供。", "I030 截至六月。", "I031 1"}
	if strings.Join(said, "|") != strings.Join(want, "|") {
		t.Errorf("warned of %q, want %q", said, want)
	}
}
