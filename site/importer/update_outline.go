package importer

import (
	"slices"

	"rectify/site/model"
)

// outline gives the sections of the paper the ids of the old ones that they
// are: addresses are for ever. What an editor wrote over a heading stays.
func (u *revising) outline(later []model.Section, ids map[model.IssueID]model.IssueID) []model.Section {
	used := map[model.Slug]bool{}
	free := map[model.Slug]bool{}
	var all []*model.Section
	var collect func(list []model.Section)
	collect = func(list []model.Section) {
		for i := range list {
			all = append(all, &list[i])
			used[list[i].ID], free[list[i].ID] = true, true
			collect(list[i].Sections)
		}
	}
	collect(u.old.Outline)
	home := map[model.IssueID]model.Slug{}
	for _, issue := range u.old.Issues {
		home[issue.ID] = issue.Section
	}
	// find gives the old section with the same title, or the one that most of
	// the issues were in.
	find := func(s *model.Section) *model.Section {
		var best *model.Section
		most := 0
		for _, old := range all {
			if !free[old.ID] {
				continue
			}
			if sectionKey(old) == sectionKey(s) {
				return old
			}
			shared := 0
			for _, id := range s.Issues {
				if home[ids[id]] == old.ID {
					shared++
				}
			}
			if shared > most && shared*2 > len(s.Issues) {
				best, most = old, shared
			}
		}
		return best
	}
	var walk func(list []model.Section) []model.Section
	walk = func(list []model.Section) []model.Section {
		out := slices.Clone(list)
		for i := range out {
			s := &out[i]
			if old := find(s); old != nil {
				s.ID, free[old.ID] = old.ID, false
				u.headings(s, old)
			} else {
				for used[s.ID] {
					s.ID += "-n"
				}
				used[s.ID] = true
			}
			s.Sections = walk(s.Sections)
			s.Issues = slices.Clone(s.Issues)
			for k, id := range s.Issues {
				s.Issues[k] = ids[id]
			}
		}
		return out
	}
	return walk(later)
}

// headings keeps what an editor wrote of a section.
func (u *revising) headings(s, old *model.Section) {
	first := sectionByID(u.first.Outline, old.ID)
	if first == nil {
		return
	}
	for _, f := range []struct {
		key                string
		now, first, target *string
	}{
		{"label", &old.Label, &first.Label, &s.Label},
		{"lead", &old.Lead, &first.Lead, &s.Lead},
		{"title", &old.Title, &first.Title, &s.Title},
		{"printed", &old.Printed, &first.Printed, &s.Printed},
		{"summary", &old.Summary, &first.Summary, &s.Summary},
	} {
		if *f.now != *f.first && *f.now != *f.target {
			if *f.first != *f.target {
				u.r.Changed = append(u.r.Changed, Changed{Key: "outline " + string(old.ID) + " " + f.key, Before: short(*f.now), After: short(*f.target), Kept: true})
			}
			*f.target = *f.now
		}
	}
}

func sectionKey(s *model.Section) string { return bareTitle(s.Title) }
