package site

import (
	"slices"
	"strings"
	"testing"

	"rectify/site/release/sheet"
)

// Who reviews a sheet for secrets has to see every word that is new.
func TestApprovalSheetShowsTheWholeTextOfWhatIsNew(t *testing.T) {
	dir := t.TempDir()
	layDemo(t, dir)
	d := newOffice(t, dir, key(t, 1))
	d.edit("data/reports/demo/report.yaml", "outline:", "parts:\n  - text: 示例引言。\n  - outline: true\noutline:")
	if all := told(d.approve("a").Sheet); !strings.Contains(all, "示例引言。") || !strings.Contains(all, "示例措施。") {
		t.Errorf("the first sheet has %q", all)
	}
	d.release("b")

	d.write("data/reports/demo/issues/c.yaml", "id: 200003\ntitle: 示例问题丙\nfinding: 示例发现。\nresult: 示例结果。\n"+
		"owners: {leader: 示例局局长, lead_units: [示例科]}\ndeadline: {kind: immediate, printed: 立行立改}\n")
	d.edit("data/reports/demo/report.yaml", "200002]", "200002, 200003]")
	next := told(d.approve("c").Sheet)
	for _, want := range []string{"示例问题丙", "示例发现。", "示例结果。", "示例局局长", "示例科", "立行立改"} {
		if !strings.Contains(next, want) {
			t.Errorf("no %q in %q", want, next)
		}
	}
	if i := slices.IndexFunc([]string{"示例引言。", "示例措施。"}, func(old string) bool { return strings.Contains(next, old) }); i >= 0 {
		t.Errorf("what was published before is told again: %q", next)
	}
}

func told(s sheet.Sheet) string {
	var all strings.Builder
	for _, p := range s.Full {
		all.WriteString(p.Heading + "\n" + p.Text + "\n")
	}
	return all.String()
}
