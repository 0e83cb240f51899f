package importer

import (
	"strings"
	"testing"

	"rectify/site/problem"
)

// What a page hides by a class is not published; what it may show stays.
func TestClassesThatAPageHidesAreLeftOutAndSaid(t *testing.T) {
	page := `<html><head><style>/* .kept{display:none} */ .draft, #old {color:red; display : none}
@media print { .print{display:none} } .tab{display:none} .tab.on{display:block} .own{display:none} .below p{display:none}</style></head><body>
<h1>示例局党组关于区委巡察整改情况的通报</h1><p>一、关于“学习不够”的问题</p><p class="x draft">草稿不公开。</p><div id="old"><p>旧稿不公开。</p></div>
<p class="kept">甲保留。</p><p class="print">乙保留。</p><p class="tab">丙保留。</p><p class="own" style="display:block">丁保留。</p><div class="below"><p>戊保留。</p></div></body></html>`
	doc, list := Read("a.html", []byte(page))
	if doc == nil {
		t.Fatal(list)
	}
	if strings.Contains(doc.Text, "不公开") {
		t.Errorf("hidden text in %q", doc.Text)
	}
	for _, text := range []string{"甲保留", "乙保留", "丙保留", "丁保留", "戊保留"} {
		if !strings.Contains(doc.Text, text) {
			t.Errorf("%s is lost from %q", text, doc.Text)
		}
	}
	if len(list) != 1 || list[0].Code != problem.HiddenDropped || list[0].Args[0] != "2" {
		t.Errorf("said %v", list)
	}
}
