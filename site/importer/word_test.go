package importer

import (
	"testing"

	"rectify/site/model"
)

func TestANumberThatIsTakenGivesTheNextFreeOne(t *testing.T) {
	free := func(model.IssueID) bool { return false }
	first := NewID(free, "甲", "乙")
	again := NewID(func(id model.IssueID) bool { return id == first }, "甲", "乙")
	if again != first+1 && (first != lastID || again != firstID) {
		t.Errorf("%d is taken, and %d follows", first, again)
	}
	p := newParser(&Document{}, Options{})
	seen := map[model.IssueID]bool{}
	for range 100 {
		id := p.newID([]string{"甲", "乙"})
		if seen[id] || id < firstID || id > lastID {
			t.Fatalf("%d was given", id)
		}
		seen[id] = true
	}
}
