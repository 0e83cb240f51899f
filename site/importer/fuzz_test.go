package importer

import (
	"strings"
	"testing"
	"unicode"
)

// sound says what must hold of any document: what a fate says is in the data is
// there, and what is not in the data is listed.
func sound(t testing.TB, result *Result) {
	t.Helper()
	for _, d := range result.Differences() {
		t.Errorf("paragraph %d says %q is in %s, which is %q", d.Paragraph, d.Source, d.Path, d.Data)
	}
	for i, f := range result.Fates {
		text := result.Report.Paragraphs[i]
		missing := strings.Join(f.Missing(text), "")
		if f.Kind == Furniture {
			continue
		}
		covered := make([]bool, len(text))
		for _, u := range f.Uses {
			for k := u.From; k < u.To; k++ {
				covered[k] = true
			}
		}
		for k, r := range text {
			if (unicode.IsLetter(r) || unicode.IsNumber(r)) && !covered[k] && !strings.ContainsRune(missing, r) {
				t.Errorf("paragraph %d lost %q without a word", i+1, r)
			}
		}
		if (f.Kind == Unclaimed || f.Kind == Partly) != (missing != "") && (f.Kind == Partly) {
			t.Errorf("paragraph %d is %s but misses %q", i+1, f.Kind, missing)
		}
	}
	seen := map[string]bool{}
	for _, issue := range result.Report.Issues {
		if issue.Title == "" || issue.ID == 0 || seen[issue.ID.String()] {
			t.Errorf("issue without title or with a bad id: %+v", issue)
		}
		seen[issue.ID.String()] = true
	}
}

func FuzzImportLosesNothingAndDoesNotPanic(f *testing.F) {
	for _, data := range shapeSources(f) {
		f.Add(data)
	}
	for _, text := range []string{
		"一、\n", "（一）\n（1）\n1.\n", "整改任务：\n整改任务：\n", "关于“的问题。", "“”的问题", "一是二是三是", "①②③", "序号\t问题\t整改措施\n\t\t\n", "\x00\x01", "2024年\n",
		"1.1.1.1.1", "针对““””问题", "问题一：\n整改措施：1.\n", "|问题|措施|\n|一|二|", "<html><table><tr><td rowspan=9 colspan=9>问题</table>", "PK\x03\x04", "某局\n2024年13月40日",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, list := Read("fuzz", data)
		if doc == nil {
			if !list.HasErrors() {
				t.Error("no document and no reason")
			}
			return
		}
		result := Import(doc, Options{ID: "fuzz"})
		sound(t, result)
		for i, p := range result.Report.Paragraphs {
			if strings.TrimSpace(p) != p || p == "" {
				t.Errorf("paragraph %d is %q", i+1, p)
			}
		}
		if len(data) < 2000 {
			reload(t, result)
		}
	})
}

func FuzzWordFilesDoNotPanic(f *testing.F) {
	for _, body := range []string{
		para("一、甲"), listed(7, 1, "乙"), styled("1", "丙"), `<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="9"/><w:vMerge/></w:tcPr>` + para("丁") + `</w:tc></w:tr></w:tbl>`,
		`<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>` + para("框") + `</w:txbxContent></mc:Choice></mc:AlternateContent></w:r></w:p>`, `<w:p><w:ins><w:del>`, `</w:body>`,
	} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		doc, list := Read("a.docx", word(t, body, nil))
		if doc == nil {
			if !list.HasErrors() {
				t.Error("no document and no reason")
			}
			return
		}
		sound(t, Import(doc, Options{ID: "fuzz"}))
	})
}
