package importer

import (
	"archive/zip"
	"bytes"
	"go/ast"
	goparser "go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"rectify/site/model"
	"rectify/site/problem"
)

const aReport = "示例局党组关于区委巡察整改情况的通报\n一、反馈问题整改情况\n（一）关于“学习不够”的问题\n一是订计划。\n示例局党组\n2024年1月1日\n"

// Each code of the room has a paper that raises it, but for those of Update
// and the marks of formats, which other tests raise.
func TestEveryCodeHasAPaperThatRaisesIt(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(strings.Repeat(aReport, 10))
	must(t, err)
	papers := map[string][]byte{
		"too large.txt":        bytes.Repeat([]byte("a"), MaxInput+1),
		"unknown":              []byte("PK\x05\x06" + strings.Repeat("\x00", 18)),
		"no text.txt":          []byte("\x01\x00\x02"),
		"empty.txt":            nil,
		"scan.pdf":             []byte("%PDF-1.4"),
		"picture.png":          []byte("\x89PNG\r\n"),
		"secret.docx":          compound("EncryptedPackage"),
		"old.doc":              compound("WordDocument"),
		"old.xls":              compound("Workbook"),
		"other.rtf":            []byte(`{\rtf1}`),
		"cut.docx":             word(t, para("一"), nil)[:300],
		"named.xlsx":           []byte("PK"),
		"bomb.docx":            bomb(t),
		"lost.txt":             append([]byte(gbk), 0xff, ' '),
		"controls.txt":         []byte(aReport + "\x01"),
		"changes.docx":         word(t, `<w:p><w:ins><w:r><w:t>加</w:t></w:r></w:ins></w:p>`, nil),
		"note.docx":            word(t, para("一"), map[string]string{"word/footnotes.xml": `<w:footnotes xmlns:w="w"><w:footnote w:id="1"><w:p><w:r><w:t>数据由财政局提供</w:t></w:r></w:p></w:footnote></w:footnotes>`}),
		"hidden.docx":          word(t, para("一")+`<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>草稿</w:t></w:r></w:p>`, nil),
		"declared.txt":         []byte("示例局党组关于区委巡察整改情况的通报\n区委巡察组反馈问题5个。\n一、反馈问题整改情况\n（一）关于“学习不够”的问题\n一是订计划。\n"),
		"levels.txt":           []byte("示例局党组关于区委巡察整改情况的通报\n区委巡察组反馈问题3个。\n一、反馈问题整改情况\n（一）学习方面\n1.关于“学习不够”的问题\n一是订计划。\n2.关于“笔记不全”的问题\n一是补记。\n（二）作风方面\n1.关于“值班脱岗”的问题\n一是约谈。\n2.关于“文件积压”的问题\n一是清理。\n（三）廉政方面\n1.关于“公车私用”的问题\n一是问责。\n"),
		"keys.txt":             []byte("示例局党组关于区委巡察整改情况的通报\n一、组织领导情况\n（一）成立专班。责任单位：办公室。\n（二）召开会议。责任单位：办公室。\n二、反馈问题整改情况\n（一）关于“学习不够”的问题\n一是订计划。\n"),
		"sibling.txt":          []byte("示例局党组关于区委巡察整改情况的通报\n一、关于“学习不够”的问题\n一是订计划。\n二、关于“值班脱岗”的问题\n一是约谈。\n三、制度汇编\n四、关于“公车私用”的问题\n一是问责。\n"),
		"apart.csv":            []byte("序号,问题,整改措施,整改状态\n1,学习不够,1.订计划,已完成\n,,2.抓落实,正在整改\n"),
		"twice.txt":            []byte(aReport[:strings.Index(aReport, "示例局党组\n2024")] + "整改时限：2024年6月底前\n完成时限：2024年9月底前\n"),
		"undated.csv":          []byte("序号,问题,整改措施,整改状态\n1,学习不够,订计划,已完成\n"),
		"apart.docx":           word(t, para("一"), map[string]string{"word/header1.xml": "<h><t>内部</t></h>"}),
		"no issue.txt":         []byte("示例局关于巡察整改情况的通报\n没有别的。\n"),
		"told by place.txt":    []byte("示例局关于巡察整改情况的通报\n一、学习\n一是订计划。二是抓落实。\n二、作风\n一是约谈。二是检查。\n"),
		"gap.txt":              []byte("示例局党组关于区委巡察整改情况的通报\n一、反馈问题整改情况\n（一）关于“学习不够”的问题\n一是订计划。\n（三）关于“值班脱岗”的问题\n约谈。\n"),
		"title.txt":            []byte("某个说法\n一、整改情况\n（一）关于“学习不够”的问题\n一是订计划。\n"),
		"no unit.txt":          []byte("关于巡察整改情况的通报\n一、整改情况\n（一）关于“学习不够”的问题\n一是订计划。\n"),
		"year.txt":             []byte("示例局关于巡察整改情况的通报\n2024年3月1日至5月1日，区委巡察组开展了巡察。\n一、整改情况\n（一）关于“学习不够”的问题\n一是订计划。\n"),
		"status.csv":           []byte("序号,问题,整改措施,整改状态\n1,学习不够,订计划,看情况\n"),
		"foreign.txt":          []byte(aReport[:strings.Index(aReport, "示例局党组\n2024")] + "附件\n序号\t问题\t整改措施\n1\t别的问题\t做事\n"),
		"lines of a title.txt": []byte("示例局党组\n关于区委巡察整改情况的\n通报\n一、整改情况\n（一）关于“学习不够”的问题\n一是订计划。\n"),
		"broken.txt":           []byte("示例局党组关于区委巡察整改情况的通报\n一、整改情况\n（一）关于“学习不够，\n作风不实”的问题\n一是订计划。\n"),
	}
	raised := map[problem.Code]bool{problem.RowForeign: true, problem.NoDayOfChange: true} // by tests of Update
	for name, data := range papers {
		doc, list := Read(name, data)
		if doc != nil {
			list = append(list, Import(doc, Options{ID: "x"}).Notes...)
		}
		for _, p := range list {
			raised[p.Code] = true
		}
	}
	// What goes nowhere is so rare that it has to be made.
	doc, _ := Read("a.txt", []byte("甲\n"))
	r := &Result{Document: doc, Report: &model.Report{Paragraphs: doc.Paragraphs()}, Fates: []Fate{{Paragraph: 1, Kind: Unclaimed}}}
	lost := newParser(doc, Options{})
	r.noteUnclaimed(lost)
	for _, p := range r.Notes {
		raised[p.Code] = true
	}
	again, _ := Read("again.txt", []byte(aReport))
	first := Import(again, Options{ID: "first"})
	later := Import(again, Options{ID: "later"})
	later.NoteLike(first.Report)
	for _, p := range later.Notes {
		raised[p.Code] = true
	}
	names := importCodes(t)
	for name, code := range names {
		if !raised[code] {
			t.Errorf("no paper raises %s %s", code, name)
		}
	}
	if len(names) < 25 {
		t.Errorf("only %d codes found", len(names))
	}
}

// bomb makes a file that says of its part that it is too large.
func bomb(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, err := z.CreateRaw(&zip.FileHeader{Name: "word/document.xml", Method: zip.Store, CompressedSize64: 1, UncompressedSize64: maxPart + 1})
	must(t, err)
	_, err = w.Write([]byte("x"))
	must(t, err)
	must(t, z.Close())
	return out.Bytes()
}

// compound makes a file of Microsoft's old container with a stream of a name.
func compound(stream string) []byte {
	out := []byte("\xd0\xcf\x11\xe0")
	for _, r := range stream {
		out = append(out, byte(r), 0)
	}
	return out
}

// importCodes gives the codes that the source of the room names.
func importCodes(t *testing.T) map[string]problem.Code {
	t.Helper()
	all := map[string]problem.Code{}
	parsed, err := goparser.ParseFile(token.NewFileSet(), "../problem/codes_import.go", nil, 0)
	must(t, err)
	ast.Inspect(parsed, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if ok && len(spec.Values) == 1 {
			if value, ok := spec.Values[0].(*ast.BasicLit); ok {
				all[spec.Names[0].Name] = problem.Code(strings.Trim(value.Value, `"`))
			}
		}
		return true
	})
	files, err := filepath.Glob("*.go")
	must(t, err)
	used := map[string]problem.Code{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := goparser.ParseFile(token.NewFileSet(), file, nil, 0)
		must(t, err)
		ast.Inspect(parsed, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := s.X.(*ast.Ident); ok && x.Name == "problem" && all[s.Sel.Name] != "" {
					used[s.Sel.Name] = all[s.Sel.Name]
				}
			}
			return true
		})
	}
	for name, code := range all {
		if used[name] == "" {
			t.Errorf("%s %s is never raised", code, name)
		}
	}
	return used
}
