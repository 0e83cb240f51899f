package importer

import (
	"strings"
	"testing"
	"unicode/utf16"

	"rectify/site/problem"
)

// Notepad's “Unicode” is UTF-16 with the low byte first, and its “Unicode big
// endian” the other way round. The mark at the start says which.
func TestUTF16IsReadInTheOrderThatItsMarkSays(t *testing.T) {
	const text = "示例局党组关于巡察整改情况的通报\n一、学习不够深入"
	little, big := []byte{0xff, 0xfe}, []byte{0xfe, 0xff}
	for _, u := range utf16.Encode([]rune(text)) {
		little = append(little, byte(u), byte(u>>8))
		big = append(big, byte(u>>8), byte(u))
	}
	for name, data := range map[string][]byte{"low byte first": little, "high byte first": big} {
		doc, list := Read("通报.txt", data)
		if doc == nil {
			t.Fatalf("%s: %v", name, list)
		}
		if doc.Text != text || doc.Encoding != UTF16 {
			t.Errorf("%s: read as %s %q", name, doc.Encoding, doc.Text)
		}
	}
}

// What a portal cannot take is refused before it is looked at.
func TestMoreTextThanAPortalTakesIsRefused(t *testing.T) {
	line := "一是订计划。\n"
	for _, size := range []int{MaxText + len(line), 5 * MaxText} {
		doc, list := Read("a.txt", []byte(aReport+strings.Repeat(line, size/len(line))))
		if doc != nil || len(list) != 1 || list[0].Code != problem.InputTooLarge {
			t.Errorf("%d bytes: %v", size, list)
		}
	}
	// One paragraph of all that is allowed is read like any other.
	doc, list := Read("a.txt", []byte(aReport+strings.Repeat("一是订计划，二是抓落实。", MaxText/40)))
	if doc == nil {
		t.Fatal(list)
	}
	if r := Import(doc, Options{ID: "t"}); len(r.Report.Issues) != 1 {
		t.Errorf("%d issues", len(r.Report.Issues))
	}
}
