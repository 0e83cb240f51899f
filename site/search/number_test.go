package search

import (
	"fmt"
	"slices"
	"testing"
)

// reportsOf makes an index of reports with a day and so many issues each.
func reportsOf(issues map[string]int) *Indexer {
	x := New()
	x.add(&document{path: "pages/about.html", blocks: []block{{"关于", true}}})
	days := make([]string, 0, len(issues))
	for day := range issues {
		days = append(days, day)
	}
	slices.Sort(days)
	slices.Reverse(days) // as they stand in a portal
	for _, day := range days {
		x.reports[day] = &report{id: day, day: day}
		x.add(&document{path: day, report: day, blocks: []block{{"通报", true}}})
		for i := range issues[day] {
			x.add(&document{path: fmt.Sprint(day, i), report: day, issue: true, blocks: []block{{"问题", true}}})
		}
	}
	return x
}

func numbersOf(x *Indexer) map[string]uint32 {
	out := map[string]uint32{}
	numbers, _ := x.order()
	for i, d := range x.docs {
		out[d.path] = numbers[i]
	}
	return out
}

func TestNewerReportsHaveHigherNumbersAndTheFirstIssueTheHighest(t *testing.T) {
	n := numbersOf(reportsOf(map[string]int{"2023-01-01": 20, "2024-01-01": 3}))
	order := []string{"2024-01-010", "2024-01-011", "2024-01-012", "2024-01-01", "2023-01-010", "2023-01-0119", "2023-01-01", "pages/about.html"}
	for i := range order[1:] {
		if n[order[i]] <= n[order[i+1]] {
			t.Errorf("%s has number %d, %s %d", order[i], n[order[i]], order[i+1], n[order[i+1]])
		}
	}
	if n["pages/about.html"] != 0 {
		t.Errorf("the first number is not given")
	}
}

func TestAnIssueMoreMovesNoOther(t *testing.T) {
	before := reportsOf(map[string]int{"2023-01-01": 20, "2024-01-01": 30})
	after := reportsOf(map[string]int{"2023-01-01": 21, "2024-01-01": 30})
	_, places := before.order()
	if _, more := after.order(); more != places {
		t.Errorf("the row grows from %d to %d", places, more)
	}
	moved := numbersOf(after)
	for path, n := range numbersOf(before) {
		if moved[path] != n {
			t.Errorf("%s moves from %d to %d", path, n, moved[path])
		}
	}
}
