package ledger

import (
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"rectify/site/problem"
)

// What she writes under a name that is none of ours would be passed over in
// silence; so the name is a mistake, at its cell, and nothing is read.
func TestEveryColumnIsKnownByItsName(t *testing.T) {
	for name, try := range map[string]struct {
		head, put string
		want      []problem.Code
	}{
		"renamed": {headTitle, "问题描述", []problem.Code{problem.LedgerNoColumn, problem.LedgerBadColumn}},
		"emptied": {headStatus, "", []problem.Code{problem.LedgerNoColumn}},
		"twice":   {"配合单位", "牵头单位", []problem.Code{problem.LedgerNoColumn, problem.LedgerBadColumn}},
		"former":  {headLead, "牵头单位", nil},
		"older":   {headLeader, "责任领导", nil},
		"spaced":  {headDeadline, " 完成 时限\n", nil},
	} {
		t.Run(name, func(t *testing.T) {
			var cell string
			reading, data := edited(t, small(), "", func(book *excelize.File) {
				set(t, book, headMeasures, 3, "改过的措施")
				cell = at(t, book, "demo", try.head, headRow)
				must(t, book.SetCellStr("demo", cell, try.put))
			})
			var got []problem.Code
			for _, p := range reading.Problems {
				if p.Severity == problem.Error {
					got = append(got, p.Code)
					if p.Place.Cell != cell {
						t.Errorf("%s at %s, want %s", p.Code, p.Place.Cell, cell)
					}
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, try.want) {
				t.Fatalf("mistakes %v, want %v", got, try.want)
			}
			if changed := len(reading.Changed) > 0; changed == (len(try.want) > 0) {
				t.Errorf("changes: %+v", reading.Changed)
			}
			if len(try.want) == 0 {
				return
			}
			marked, err := Mark(data, reading.Problems)
			must(t, err)
			worked(t, marked, func(book *excelize.File) {
				if fill := fillOf(t, book, cell); !slices.Contains(fill.Color, red) {
					t.Errorf("%s is %v", cell, fill.Color)
				}
			})
		})
	}
}

func TestTheDayOfAChangeIsReadAsClerksWriteIt(t *testing.T) {
	for text, want := range map[string]string{
		"2025.12.1": "2025-12-01", "2025/12/1": "2025-12-01", "2025年12月1日": "2025-12-01", "2025-12-01": "2025-12-01", "46022": "2025-12-31", "12月1日": "12月1日", "": "",
	} {
		if got := changeDay(text); got != want {
			t.Errorf("%q is read as %q, want %q", text, got, want)
		}
	}
}
