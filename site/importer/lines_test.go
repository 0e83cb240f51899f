package importer

import "testing"

func TestACountOfThingsBehindALabelIsNoDecimal(t *testing.T) {
	for text, want := range map[string]int{
		"4.3个项目没有评价": 4, "1.3家码头建成收集池": 1, "1.5个百分点的差距": 0, "1.5个月内完成": 0, "1.2年期": 0, "3.1村务公开": 0,
	} {
		m, ok := countsOn(text, 3)
		if ok != (want > 0) || m.num != want {
			t.Errorf("%s is read as item %d, want %d", text, m.num, want)
		}
	}
}
