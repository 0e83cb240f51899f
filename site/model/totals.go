package model

// Totals are the published totals of a report, counted from its data.
type Totals struct {
	Sections  []int // by depth: top sections first
	Issues    int   // without the withdrawn ones, of which only a number is left
	Measures  int
	Withdrawn int
	Status    map[StatusCode]int
}

// Totals counts what the data hold. It never looks at what the text declares.
func (r *Report) Totals() Totals {
	t := Totals{Status: map[StatusCode]int{}}
	t.count(r.Outline, 0)
	for _, issue := range r.Issues {
		if issue.Withdrawn != nil {
			t.Withdrawn++
			continue
		}
		t.Issues++
		t.Measures += len(issue.Measures)
		t.Status[issue.Status.Code]++
	}
	return t
}

func (t *Totals) count(sections []Section, depth int) {
	if len(sections) == 0 {
		return
	}
	if depth == len(t.Sections) {
		t.Sections = append(t.Sections, 0)
	}
	t.Sections[depth] += len(sections)
	for _, s := range sections {
		t.count(s.Sections, depth+1)
	}
}
