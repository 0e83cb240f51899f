package diff

import (
	"strings"
	"testing"
)

// shown writes runs as people mark up a text: [-gone-] and {+new+}.
func shown(runs []Run) string {
	var out strings.Builder
	for _, r := range runs {
		switch r.Op {
		case Removed:
			out.WriteString("[-" + r.Text + "-]")
		case Added:
			out.WriteString("{+" + r.Text + "+}")
		case Skip:
			out.WriteString("…")
		default:
			out.WriteString(r.Text)
		}
	}
	return out.String()
}

func TestTextsAreComparedAsPeopleWould(t *testing.T) {
	for _, test := range []struct{ old, new, want string }{
		{"示例局召开专题会3次。", "示例局召开专题会5次。", "示例局召开专题会[-3-]{+5+}次。"},
		{"整改资金4.89万元。", "整改资金14.8万元。", "整改资金[-4.89-]{+14.8+}万元。"},
		{"截至2025-03-01", "截至2025-04-01", "截至2025-[-03-]{+04+}-01"},
		{"一是建立台账,二是加强检查。", "一是建立台账,二是明确专人,三是加强检查。", "一是建立台账,二是{+明确专人,三是+}加强检查。"},
		{"对示例乙整改。", "对示例甲整改,对示例乙整改。", "{+对示例甲整改,+}对示例乙整改。"},
		{"", "示例", "{+示例+}"},
		{"示例", "", "[-示例-]"},
		{"已完成", "正在整改", "[-已完成-]{+正在整改+}"},
		{"逐项核对台账并公开结果", "组织专人核对清单并公布情况", "[-逐项-]{+组织专人+}核对[-台账-]{+清单+}并公[-开结果-]{+布情况+}"},
		{"报送材料逐级审核", "公开目录逐项说明", "[-报送材料逐级审核-]{+公开目录逐项说明+}"},
		{"按时完成。", "按时完成!", "按时完成[-。-]{+!+}"},
		{"甲。\n乙。", "甲。\n丙。\n乙。", "甲。\n{+丙。\n+}乙。"},
		{"A级12%", "B级12.5%", "[-A-]{+B+}级[-12-]{+12.5+}%"},
	} {
		if got := shown(Text(test.old, test.new)); got != test.want {
			t.Errorf("got  %s\nwant %s", got, test.want)
		}
	}
}

func TestEqualTextsHaveNoRuns(t *testing.T) {
	if runs := Text("示例", "示例"); runs != nil {
		t.Error(runs)
	}
}

func TestLongStretchesThatStayedAreLeftOut(t *testing.T) {
	long := strings.Repeat("长", 500)
	got := shown(shorten(Text(long+"甲"+long+"乙"+long, long+"丙"+long+"丁"+long)))
	piece := strings.Repeat("长", 40)
	if want := "…" + piece + "[-甲-]{+丙+}" + piece + "…" + piece + "[-乙-]{+丁+}" + piece + "…"; got != want {
		t.Errorf("got %s", got)
	}
}

func TestTextsWithNothingInCommonAreShownOneAfterTheOther(t *testing.T) {
	old, new := strings.Repeat("甲乙丙丁", 2000), strings.Repeat("子丑寅卯", 2000)
	if runs := Text(old, new); len(runs) != 2 || runs[0].Text != old || runs[1].Text != new {
		t.Errorf("%d runs", len(runs))
	}
}

func FuzzRunsMakeBothTexts(f *testing.F) {
	f.Add("一是甲,二是乙。", "一是甲,二是丙,三是乙。")
	f.Add("3.5万元", "13.5%")
	f.Fuzz(func(t *testing.T, old, new string) {
		var before, after strings.Builder
		last := Op("")
		for _, r := range Text(old, new) {
			if r.Op != Added {
				before.WriteString(r.Text)
			}
			if r.Op != Removed {
				after.WriteString(r.Text)
			}
			if r.Op == last || r.Text == "" {
				t.Fatalf("%q %q: two runs of one op, or an empty one", old, new)
			}
			last = r.Op
		}
		if old != new && (before.String() != old || after.String() != new) {
			t.Fatalf("%q %q: runs make %q and %q", old, new, before.String(), after.String())
		}
	})
}
