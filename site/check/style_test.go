package check

import (
	"fmt"
	"strings"
	"testing"
)

func TestMarksThatMayStandAloneAndMarksThatMayNot(t *testing.T) {
	tests := map[string]string{
		"": "",
		"“甲‘乙’丙”(丁)《戊〈己〉》":  "",
		"涉及‘塘沽大剧院’问题":       "",
		"1)甲;2)乙":           "",
		"一)甲;二)乙":           "",
		"(一)甲;a)乙":          "",
		"it’s 示例":           "",
		"“甲\n“乙”":           "", // a quotation of two paragraphs
		"(甲）":               "D072@4",
		"“甲":                "D071@0",
		"甲”":                "D071@3",
		"《甲”":               "D071@6 D071@0",
		"“甲《乙”":             "D071@6",
		"甲)":                "D071@3",
		"甲,乙，丙":             "D072@7",
		"甲,乙\n丙，丁":          "", // two paragraphs
		"甲，时间14:43,共1,000个": "D072@17",
		"甲：14:43":           "",
		"甲，“乙,丙”":           "", // somebody else's words
		"甲。乙.丙":             "D072@9",
		"甲。3.5倍":            "",
		"甲（乙）(abc)":         "",
		"甲（乙）丙(abc)":        "D072@15",
		"你好!再见！":            "D072@13",
	}
	for text, want := range tests {
		c := scanner{}
		c.scan(value{text: text}, false, true, false)
		c.finish()
		var got []string
		for _, h := range c.hits {
			got = append(got, fmt.Sprintf("%s@%d", h.code, h.offset))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: got %v, want %q", text, got, want)
		}
	}
}

func TestMarksRunOnFromTheTitleOfAMeasureIntoItsText(t *testing.T) {
	c := scanner{}
	c.scan(value{text: "修订“台账"}, false, true, false)
	c.scan(value{text: "管理”制度"}, false, true, true)
	c.finish()
	if len(c.hits) > 0 {
		t.Errorf("got %+v", c.hits)
	}
}

func TestGarbledTextIsToldFromRareCharacters(t *testing.T) {
	for _, text := range []string{
		"涓滴之功", "浠水县", "逍遥津", "鐨子", "3×“三”", "café", "Übung, naïve", "浙江省衢州市", "锟铻", "张琪、李珏、王玮",
	} {
		c := scanner{}
		c.scan(value{text: text}, false, false, false)
		if len(c.hits) > 0 {
			t.Errorf("%s: %+v", text, c.hits)
		}
	}
	for text, was := range map[string]string{
		"鏂囦欢":     "文件",
		"整改鐨勫伐浣?": "的工",
		"锛屽悓鏃?":   "，同",
		"Ã¤ndern": "ä",
		"â€œç”²":  "“甲",
	} {
		c := scanner{}
		c.scan(value{text: text}, false, false, false)
		if len(c.hits) != 1 || !strings.Contains(c.hits[0].args[1], was) {
			t.Errorf("%s: %+v", text, c.hits)
		}
	}
}
