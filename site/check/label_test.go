package check

import "testing"

func TestLabelsCountInAllTheirForms(t *testing.T) {
	tests := map[string]label{
		"(1)": {1, "(1)"}, "（1）": {1, "(1)"}, "( 12 )": {12, "(1)"},
		"1.": {1, "1."}, "1．": {1, "1."}, "2、": {2, "1、"}, "１．": {1, "1."}, "3": {3, "1"},
		"①": {1, "①"}, "⑳": {20, "①"}, "⑴": {1, "⑴"}, "⒈": {1, "⒈"}, "㈡": {2, "㈠"},
		"一是": {1, "一是"}, "十一是": {11, "一是"}, "二十三、": {23, "一、"}, "（一）": {1, "(一)"}, "(十)": {10, "(一)"},
		"第三，": {3, "第一,"}, "其二,": {2, "其一,"}, "一百零五、": {105, "一、"}, "三十、": {30, "一、"},
		"": {}, "关于": {}, "·": {}, "二〇二四": {}, "20241108": {}, "附": {}, "A.": {},
	}
	for text, want := range tests {
		got := parseLabel(text)
		if want.n == 0 && got.n == 0 {
			continue
		}
		if got.n != want.n || got.form != parseLabel(want.form).form && got.form != want.form {
			t.Errorf("%q: got %+v, want %+v", text, got, want)
		}
	}
}
