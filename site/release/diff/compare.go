package diff

import (
	"maps"
	"slices"

	"rectify/site/model"
)

// Side is one public state of a portal.
type Side struct {
	Portal *model.Portal // see model.Portal.Public

	// Evidence gives the digests of evidence files, by report/file.
	Evidence map[string]string

	// Images gives the digests of the portal's images, by name.
	Images map[string]string

	// Redacted are the issues of an archived state of which the data had to be
	// redacted, so that nobody can say what they were, with their reports.
	Redacted map[model.IssueID]model.Slug

	// Gone are the data files of an archived state that had to be redacted, by
	// their paths below the folder of data.
	Gone map[string]bool

	// Totals are those that the state had when it was whole; nil where Portal
	// is all there was.
	Totals *Totals
}

// totals counts what a side publishes.
func (s *Side) totals() Totals {
	if s.Totals != nil {
		return *s.Totals
	}
	return totals(s.Portal)
}

// issueIn is an issue with what it takes to compare it.
type issueIn struct {
	*model.Issue
	report  *model.Report
	section string // heading of its section
}

// Compare says how after differs from before; before is nil for a first state.
func Compare(before *Side, after Side) *Changes {
	c := &Changes{Format: Format, After: after.totals(), Items: []Item{}}
	if before == nil {
		for _, r := range after.Portal.Reports {
			c.Reports = append(c.Reports, Report{ID: r.ID, Title: r.Title, Kind: New, Issues: len(r.Issues)})
		}
		return c
	}
	was := before.totals()
	c.Before = &was
	c.Portal = append(portalChanges(before, after.Portal), images(before.Images, after.Images)...)
	c.Reports = reports(before, after.Portal)
	old, there := issues(before.Portal), map[model.IssueID]bool{}
	for _, now := range inOrder(after.Portal) {
		there[now.ID] = true
		was, known := old[now.ID]
		item := Item{ID: now.ID, Report: now.report.ID, Title: now.Title, Kind: Changed}
		switch {
		case before.Redacted[now.ID] != "" && now.Withdrawn == nil:
			item.Changes = []Change{{Kind: WasRedacted}}
		case now.Withdrawn != nil && (!known || was.Withdrawn == nil):
			item.Kind, item.Title = Withdrawn, ""
			item.Changes = []Change{withdrawal(now.Withdrawn)}
		case now.Withdrawn != nil:
			item.Title = ""
			if withdrawal(was.Withdrawn).isOther(withdrawal(now.Withdrawn)) {
				item.Changes = []Change{withdrawal(now.Withdrawn)}
			}
		case !known:
			item.Kind = New
		case was.Withdrawn != nil:
			c.Back = append(c.Back, Lost{now.ID, now.report.ID})
			item.Kind = New
		default:
			item.Changes = changes(was, now, before.Evidence, after.Evidence)
		}
		if item.Kind != Changed || len(item.Changes) > 0 {
			c.Items = append(c.Items, item)
		}
	}
	for _, was := range inOrder(before.Portal) {
		if !there[was.ID] && before.Redacted[was.ID] == "" {
			c.Vanished = append(c.Vanished, Lost{was.ID, was.report.ID})
		}
	}
	for _, id := range slices.Sorted(maps.Keys(before.Redacted)) {
		if !there[id] {
			c.Vanished = append(c.Vanished, Lost{id, before.Redacted[id]})
		}
	}
	return c
}

func withdrawal(w *model.Withdrawal) Change {
	return Change{Kind: Withdrawal, On: w.On, Why: w.Why}
}

func (c Change) isOther(d Change) bool { return c.On != d.On || c.Why != d.Why }

// inOrder lists the issues in the order of the portal.
func inOrder(p *model.Portal) []issueIn {
	var out []issueIn
	for _, report := range p.Reports {
		headings := map[model.Slug]string{}
		eachSection(report.Outline, func(s *model.Section) { headings[s.ID] = s.Label + s.Title })
		for _, issue := range report.Issues {
			out = append(out, issueIn{issue, report, headings[issue.Section]})
		}
	}
	return out
}

func issues(p *model.Portal) map[model.IssueID]issueIn {
	out := map[model.IssueID]issueIn{}
	for _, i := range inOrder(p) {
		out[i.ID] = i
	}
	return out
}

func eachSection(sections []model.Section, do func(*model.Section)) {
	for i := range sections {
		do(&sections[i])
		eachSection(sections[i].Sections, do)
	}
}

func totals(p *model.Portal) Totals {
	t := Totals{Reports: len(p.Reports), Status: map[string]int{}}
	for _, report := range p.Reports {
		for _, issue := range report.Issues {
			t.Issues++
			if issue.Withdrawn != nil {
				t.Withdrawn++
				continue
			}
			t.Measures += len(issue.Measures)
			t.FollowUps += len(issue.FollowUps)
			t.Status[string(issue.Status.Code)]++
		}
	}
	return t
}

// align pairs the entries of two lists: first those that are equal, in order,
// then what lies between two such pairs, one by one. An index is -1 where there
// is no other.
func align[T any](old, new []T, equal func(a, b *T) bool) [][2]int {
	// A table of the longest common parts; the lists have a few dozen entries.
	table := make([][]int, len(old)+1)
	for i := range table {
		table[i] = make([]int, len(new)+1)
	}
	for i := len(old) - 1; i >= 0; i-- {
		for j := len(new) - 1; j >= 0; j-- {
			if equal(&old[i], &new[j]) {
				table[i][j] = table[i+1][j+1] + 1
			} else {
				table[i][j] = max(table[i+1][j], table[i][j+1])
			}
		}
	}
	var pairs [][2]int
	i, j := 0, 0
	fill := func(toI, toJ int) {
		for ; i < toI && j < toJ; i, j = i+1, j+1 {
			pairs = append(pairs, [2]int{i, j})
		}
		for ; i < toI; i++ {
			pairs = append(pairs, [2]int{i, -1})
		}
		for ; j < toJ; j++ {
			pairs = append(pairs, [2]int{-1, j})
		}
	}
	for x, y := 0, 0; x < len(old) && y < len(new); {
		switch {
		case equal(&old[x], &new[y]):
			fill(x, y)
			pairs = append(pairs, [2]int{x, y})
			x, y = x+1, y+1
			i, j = x, y
		case table[x+1][y] >= table[x][y+1]:
			x++
		default:
			y++
		}
	}
	fill(len(old), len(new))
	return pairs
}

// rank puts the changes of an item into the order of their kinds.
func rank(list []Change) []Change {
	kinds := Kinds()
	slices.SortStableFunc(list, func(a, b Change) int {
		return slices.Index(kinds, a.Kind) - slices.Index(kinds, b.Kind)
	})
	return list
}
