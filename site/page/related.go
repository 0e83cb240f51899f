package page

import (
	"cmp"
	"slices"

	"rectify/site/model"
)

const (
	maxRelated = 5
	// commonplace is how many issues may share a thing before it says nothing
	// of two of them any more. It also keeps a large portal's pages cheap.
	commonplace = 50
)

// related finds issues that name the same documents or have the same owners:
// the rarer what they share, the closer they are. Behind them come those of the
// same unit that share a rare phrase, longer ones first. Of equally close ones
// the first in the portal comes first.
func (v *view) related(path string, issue *model.Issue) []Related {
	type candidate struct {
		issue *model.Issue
		score float64
		by    string
		text  string
	}
	var all []*candidate
	found := map[*model.Issue]*candidate{}
	share := func(with *model.Issue, n int, by, text string) {
		if with == issue {
			return
		}
		c := found[with]
		if c == nil {
			c = &candidate{issue: with, by: by, text: text}
			found[with] = c
			all = append(all, c)
		}
		c.score += 1 / float64(n)
	}
	for _, title := range titlesOf(issue) {
		if d := v.documents[title]; d != nil && len(d.issues) <= commonplace {
			for _, with := range d.issues {
				share(with, len(d.issues), "document", title)
			}
		}
	}
	owners := v.filter(byOwner)
	for _, unit := range slices.Compact(slices.Sorted(slices.Values(slices.Concat(issue.Owners.LeadUnits, issue.Owners.CoUnits)))) {
		if same := owners.byText[unit]; same != nil && len(same.issues) <= commonplace {
			for _, with := range same.issues {
				share(with.issue, len(same.issues), "owner", unit)
			}
		}
	}
	slices.SortStableFunc(all, func(x, y *candidate) int { return cmp.Compare(y.score, x.score) })
	var near []*candidate
	for _, with := range v.near[issue] {
		if phrase := shared(issue, with); phrase != "" && found[with] == nil {
			near = append(near, &candidate{issue: with, by: "words", text: phrase})
		}
	}
	slices.SortStableFunc(near, func(x, y *candidate) int { return cmp.Compare(len(y.text), len(x.text)) })
	all = append(all, near...)
	var out []Related
	for _, c := range all[:min(len(all), maxRelated)] {
		out = append(out, Related{*v.issueLink(path, c.issue), c.by, c.text})
	}
	return out
}
