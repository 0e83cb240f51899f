package search

import (
	"strings"
	"testing"
)

func TestWhatIsWrittenDifferentlyAndIsTheSameReadsTheSame(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"整改　措施\n", "整改措施"},
		{"5A 景区", "5a景区"},
		{"５Ａ景区", "5a景区"},
		{"“邮轮+”产业", "邮轮+产业"},
		{"《示例办法》、制度。", "示例办法制度"},
		{"第Ⅱ级㎡①", "第ii级m21"},
		{"zero\u200bwidth\ufeff\u00ad", "zerowidth"},
		{"e\u0301té", "été"},
		{"𠀀字𠮷", "𠀀字𠮷"},
		{"字\ufe00", "字"},
		{"……——", "......——"},
		{"。", "。"},
		{" \n\t", ""},
		{"", ""},
		{"4.89万元", "4.89万元"},
		{"1,234", "1\x1f234"},
		{"5、6", "5\x1f6"},
		{"2024-11-08", "2024\x1f11\x1f08"},
		{"(1)2", "1\x1f2"},
		{"第1.示例", "第1示例"},
		{"12 345", "12345"},
	} {
		if got := normal(test.text).String(); got != test.want {
			t.Errorf("%q reads %q and should read %q", test.text, got, test.want)
		}
	}
}

func TestAnOtherwisePunctuatedCopyIsFound(t *testing.T) {
	text := normal("对“懒政怠政”问题,逐项核对(共 4.89 万元)。").String()
	for _, query := range []string{"懒政怠政问题", "对“懒政怠政”问题，逐项核对（共4.89万元）", "怠政' 问题 逐项", "４．８９万元"} {
		if q := normal(query).String(); !strings.Contains(text, q) {
			t.Errorf("%q reads %q, which is not in %q", query, q, text)
		}
	}
	for _, query := range []string{"489万元", "89.4", "共489"} {
		if q := normal(query).String(); strings.Contains(text, q) {
			t.Errorf("%q reads %q, which is in %q", query, q, text)
		}
	}
}
