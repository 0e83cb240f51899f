package importer

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rectify/site/problem"
)

// word packs the body of a document, with lists that count 一、 （一） 1. （1）.
func word(t testing.TB, body string, parts map[string]string) []byte {
	t.Helper()
	const ns = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"`
	level := func(n int, format, text string) string {
		return fmt.Sprintf(`<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/></w:lvl>`, n, format, text)
	}
	all := map[string]string{
		"[Content_Types].xml": "<Types/>",
		"word/document.xml":   `<?xml version="1.0" encoding="UTF-8"?><w:document ` + ns + `><w:body>` + body + `<w:sectPr/></w:body></w:document>`,
		"word/numbering.xml": `<w:numbering ` + ns + `><w:abstractNum w:abstractNumId="0">` + level(0, "chineseCounting", "%1、") + level(1, "chineseCountingThousand", "（%2）") +
			level(2, "decimal", "%3.") + level(3, "decimal", "（%4）") + level(4, "decimalEnclosedCircle", "%5") + `</w:abstractNum>` +
			`<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="8"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="3"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>`,
		"word/styles.xml": `<w:styles ` + ns + `><w:style w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>` +
			`<w:style w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>` +
			`<w:style w:styleId="t"><w:name w:val="Title"/></w:style></w:styles>`,
	}
	for name, text := range parts {
		all[name] = text
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	names := make([]string, 0, len(all))
	for name := range all {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		f, err := z.Create(name)
		if err == nil {
			_, err = f.Write([]byte(all[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func para(text string) string { return `<w:p><w:r><w:t>` + text + `</w:t></w:r></w:p>` }

func listed(num, level int, text string) string {
	return fmt.Sprintf(`<w:p><w:pPr><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr></w:pPr><w:r><w:t>%s</w:t></w:r></w:p>`, level, num, text)
}

func styled(style, text string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
}

func TestWordNumbersAreCountedAsWordShowsThem(t *testing.T) {
	body := styled("t", "示例局党组关于区委巡察整改情况的通报") + para("区委巡察组进行了巡察。") +
		styled("1", "组织情况") + para("加强领导。") +
		styled("1", "反馈问题整改情况") +
		styled("2", "关于“甲”的问题") + listed(7, 2, "关于“乙”的问题") +
		listed(7, 3, "针对“丙不够”的问题。") + para("一是做了。") + listed(7, 3, "针对“丁不足”的问题。") + para("做了。") +
		listed(7, 2, "关于“戊”的问题") + listed(7, 3, "针对“己不严”的问题。") + listed(7, 4, "加强检查。") + listed(7, 4, "加强考核。") +
		styled("2", "关于“庚”的问题") + listed(7, 2, "关于“辛”的问题") + listed(8, 3, "针对“壬不实”的问题。") + para("做了。") +
		para("示例局党组") + para("2024年3月1日")
	doc, list := Read("a.docx", word(t, body, nil))
	if doc == nil {
		t.Fatal(list)
	}
	want := []string{
		"示例局党组关于区委巡察整改情况的通报", "区委巡察组进行了巡察。", "一、组织情况", "加强领导。", "二、反馈问题整改情况",
		"（一）关于“甲”的问题", "1.关于“乙”的问题", "（1）针对“丙不够”的问题。", "一是做了。", "（2）针对“丁不足”的问题。", "做了。",
		"2.关于“戊”的问题", "（1）针对“己不严”的问题。", "①加强检查。", "②加强考核。",
		"（二）关于“庚”的问题", "1.关于“辛”的问题", "（1）针对“壬不实”的问题。", "做了。", "示例局党组", "2024年3月1日",
	}
	if diff := cmp.Diff(want, doc.Paragraphs()); diff != "" {
		t.Errorf("want (-) and read (+):\n%s", diff)
	}
	got := Import(doc, Options{ID: "example"})
	outline := `section （一）|甲
section 1.|乙
 issue （1）|丙不够 [一是做了。] not_stated 
 issue （2）|丁不足 [做了。] not_stated 
section 2.|戊
 issue （1）|己不严 [①加强检查。] [②加强考核。] not_stated 
section （二）|庚
section 1.|辛
 issue （1）|壬不实 [做了。] not_stated 
`
	if diff := cmp.Diff(outline, brief(got.Report)); diff != "" {
		t.Errorf("want (-) and got (+):\n%s", diff)
	}
}

func TestWordTextIsReadAsItIsShown(t *testing.T) {
	body := para("通报") +
		`<w:p><w:r><w:t xml:space="preserve">留 </w:t></w:r><w:ins><w:r><w:t>加</w:t></w:r></w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:br/><w:t>行</w:t><w:br w:type="page"/></w:r></w:p>` +
		`<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>` + para("框。") + `</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>` + para("框。") + `</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>` +
		`<w:p><w:r><w:fldChar/><w:instrText>PAGE</w:instrText><w:t>域</w:t></w:r><w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink></w:p>` +
		`<w:sdt><w:sdtContent>` + para("控件") + `</w:sdtContent></w:sdt>`
	doc, list := Read("a.docx", word(t, body, map[string]string{
		"word/header1.xml":   "<h><t>内部资料</t></h>",
		"word/footnotes.xml": `<w:footnotes><w:footnote w:type="separator" w:id="-1"/><w:footnote w:type="continuationSeparator" w:id="0"/><w:footnote w:id="1"><t>注</t></w:footnote></w:footnotes>`,
		"word/comments.xml":  `<w:comments><w:comment w:id="1"><t>不要公开</t></w:comment></w:comments>`,
	}))
	if doc == nil {
		t.Fatal(list)
	}
	if diff := cmp.Diff([]string{"通报", "留 加", "行", "框。", "域链", "控件"}, doc.Paragraphs()); diff != "" {
		t.Errorf("want (-) and read (+):\n%s", diff)
	}
	codes := map[problem.Code]int{}
	for _, p := range list {
		codes[p.Code]++
	}
	if codes[problem.ChangesAccepted] != 1 || codes[problem.SetApart] != 2 || codes[problem.NoteDropped] != 1 || codes[problem.HiddenDropped] != 1 {
		t.Errorf("notes: %v", list)
	}
}

func TestAWordTableOfContentsIsNoText(t *testing.T) {
	body := styled("t", "示例局党组关于区委巡察整改情况的通报") + styled("c", "一、反馈问题整改情况") + styled("c", "（一）学习不够") +
		para("一、反馈问题整改情况") + para("（一）学习不够。") + para("一是订计划。") + para("二是抓考核。")
	styles := `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:styleId="t"><w:name w:val="Title"/></w:style><w:style w:styleId="c"><w:name w:val="toc 1"/></w:style></w:styles>`
	doc, list := Read("a.docx", word(t, body, map[string]string{"word/styles.xml": styles}))
	if doc == nil {
		t.Fatal(list)
	}
	want := `section 一、|反馈问题整改情况
 issue （一）|学习不够 [一是订计划。] [二是抓考核。] not_stated 
`
	if diff := cmp.Diff(want, brief(Import(doc, Options{ID: "example"}).Report)); diff != "" {
		t.Errorf("want (-) and got (+):\n%s", diff)
	}
}

func TestWordTableKeepsMergedCells(t *testing.T) {
	cell := func(properties, text string) string {
		return `<w:tc><w:tcPr>` + properties + `</w:tcPr>` + para(text) + `</w:tc>`
	}
	row := func(cells ...string) string { return `<w:tr>` + strings.Join(cells, "") + `</w:tr>` }
	body := para("示例局整改台账") + `<w:tbl>` +
		row(cell("", "序号"), cell("", "问题"), cell(`<w:gridSpan w:val="2"/>`, "整改措施"), cell("", "责任单位"), cell("", "完成时限")) +
		row(cell("", "1"), cell(`<w:vMerge w:val="restart"/>`, "学习不够"), cell(`<w:gridSpan w:val="2"/>`, "订计划"), cell("", "办公室"), cell("", "2025年底前")) +
		row(cell("", ""), cell(`<w:vMerge/>`, ""), cell(`<w:gridSpan w:val="2"/>`, "抓落实"), cell("", ""), cell("", "")) +
		row(cell("", "2"), cell("", "值班脱岗"), cell(`<w:gridSpan w:val="2"/>`, "约谈"), cell("", "人事科"), cell("", "立行立改")) + `</w:tbl>`
	doc, list := Read("a.docx", word(t, body, nil))
	if doc == nil {
		t.Fatal(list)
	}
	want := `section |示例局整改台账
 issue 1|学习不够 [订计划] [抓落实] not_stated 2025-12-31 办公室
 issue 2|值班脱岗 [约谈] not_stated  人事科
`
	if diff := cmp.Diff(want, brief(Import(doc, Options{ID: "example"}).Report)); diff != "" {
		t.Errorf("want (-) and got (+):\n%s", diff)
	}
}

func TestFilesThatCannotBeReadSayWhatToDo(t *testing.T) {
	wide := func(text string) string {
		var b strings.Builder
		for _, r := range text {
			b.WriteRune(r)
			b.WriteByte(0)
		}
		return b.String()
	}
	bomb := word(t, para(strings.Repeat("一", 1<<20)), nil)
	for name, try := range map[string]struct {
		data string
		code problem.Code
	}{
		"empty":     {"", problem.NothingToRead},
		"blank":     {" \n\t\n", problem.NothingToRead},
		"pdf":       {"%PDF-1.4", problem.PDFFile},
		"picture":   {"\x89PNG\r\n", problem.PictureFile},
		"doc":       {"\xd0\xcf\x11\xe0" + wide("WordDocument"), problem.OldWordFile},
		"xls":       {"\xd0\xcf\x11\xe0" + wide("Workbook"), problem.OldWorkbook},
		"encrypted": {"\xd0\xcf\x11\xe0" + wide("EncryptedPackage"), problem.EncryptedFile},
		"rtf":       {`{\rtf1`, problem.OtherFormat},
		"binary":    {"\x01\x00\x02", problem.NotText},
		"cut zip":   {string(bomb[:len(bomb)/2]), problem.BrokenArchive},
		"other zip": {"PK\x05\x06" + strings.Repeat("\x00", 18), problem.UnknownFormat},
	} {
		doc, list := Read("f", []byte(try.data))
		if doc != nil || len(list) != 1 || list[0].Code != try.code {
			t.Errorf("%s: %v", name, list)
		}
	}
}

func TestAContainerThatSaysNothingIsToldByItsName(t *testing.T) {
	for name, want := range map[string]problem.Code{
		"通报.doc": problem.OldWordFile,
		"通报.WPS": problem.OldWordFile,
		"台账.xls": problem.OldWorkbook,
		"台账.et":  problem.OldWorkbook,
		"通报":     problem.UnknownFormat,
	} {
		doc, list := Read(name, []byte("\xd0\xcf\x11\xe0 and no names"))
		if doc != nil || len(list) != 1 || list[0].Code != want {
			t.Errorf("%s: %v", name, list)
		}
	}
}

func TestNumeralsAreThoseOfWord(t *testing.T) {
	for _, try := range []struct {
		n      int
		format string
		want   string
	}{
		{11, "chineseCounting", "十一"},
		{20, "chineseCountingThousand", "二十"},
		{105, "chineseCountingThousand", "一百零五"},
		{110, "chineseCounting", "一百一十"},
		{3, "chineseLegalSimplified", "叁"},
		{12, "decimalEnclosedCircle", "⑫"},
		{2, "decimalEnclosedParen", "⑵"},
		{21, "decimalEnclosedCircle", "21"},
		{12, "decimalFullWidth", "１２"},
		{4, "upperRoman", "IV"},
		{28, "lowerLetter", "bb"},
		{2, "ideographTraditional", "乙"},
		{5, "decimal", "5"},
		{7, "decimalZero", "07"},
	} {
		if got := numeral(try.n, try.format); got != try.want {
			t.Errorf("%d as %s: %s, want %s", try.n, try.format, got, try.want)
		}
	}
}

func TestAnOpenDocumentIsCalledWhatItIs(t *testing.T) {
	for kind, mime := range map[string]string{"ODT": "text", "ODS": "spreadsheet", "ODP": "presentation"} {
		var out bytes.Buffer
		z := zip.NewWriter(&out)
		for _, part := range [][2]string{{"mimetype", "application/vnd.oasis.opendocument." + mime}, {"content.xml", "<x/>"}} {
			f, err := z.Create(part[0])
			must(t, err)
			_, err = f.Write([]byte(part[1]))
			must(t, err)
		}
		must(t, z.Close())
		doc, list := Read("f", out.Bytes())
		if doc != nil || len(list) != 1 || list[0].Code != problem.OtherFormat || list[0].Args[0] != kind {
			t.Errorf("%s: %v", kind, list)
		}
	}
}
