package importer

import (
	"cmp"
	"slices"

	"rectify/site/model"
)

// How alike two issues have to be to be the same one in two papers.
const (
	sameTitle  = 0.72 // of titles alone
	nearTitle  = 0.4  // of titles, where the bodies are alike too
	sameBody   = 0.5
	labelBonus = 0.05
)

// matchIssues finds for each issue of a later paper the one of the earlier that
// it is: by its title, else by what is alike in title, measures and label. It
// gives for each index of later an index of earlier, or -1.
func matchIssues(earlier, later []*model.Issue) []int {
	out := make([]int, len(later))
	taken := make([]bool, len(earlier))
	byTitle := map[string][]int{}
	for i, issue := range earlier {
		key := bareTitle(issue.Title)
		byTitle[key] = append(byTitle[key], i)
	}
	for k, issue := range later {
		out[k] = -1
		// Of several with one title the first that is left: they keep their order.
		for _, i := range byTitle[bareTitle(issue.Title)] {
			if !taken[i] {
				out[k], taken[i] = i, true
				break
			}
		}
	}
	type pairing struct {
		earlier, later int
		alike          float64
	}
	var pairs []pairing
	titles, bodies := profiles(earlier)
	laterTitles, laterBodies := profiles(later)
	for k := range later {
		if out[k] >= 0 {
			continue
		}
		for i := range earlier {
			if taken[i] {
				continue
			}
			title := titles[i].dice(laterTitles[k])
			if title < nearTitle {
				continue
			}
			alike := title
			if later[k].Label != "" && fold(later[k].Label) == fold(earlier[i].Label) {
				alike += labelBonus
			}
			if alike >= sameTitle || bodies[i].dice(laterBodies[k]) >= sameBody {
				pairs = append(pairs, pairing{i, k, alike})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pairing) int { return cmp.Compare(b.alike, a.alike) })
	for _, p := range pairs {
		if out[p.later] < 0 && !taken[p.earlier] {
			out[p.later], taken[p.earlier] = p.earlier, true
		}
	}
	return out
}

// profile counts the pairs of neighbouring characters of a text.
type profile struct {
	grams map[[2]rune]int
	n     int
}

func profileOf(text string) profile {
	p := profile{grams: map[[2]rune]int{}}
	var before rune
	for _, r := range text {
		if !counts(r) {
			continue
		}
		if before != 0 {
			p.grams[[2]rune{before, r}]++
			p.n++
		}
		before = r
	}
	return p
}

// dice is 1 for the same pairs and 0 for no common one.
func (p profile) dice(q profile) float64 {
	if p.n+q.n == 0 {
		return 0
	}
	common := 0
	for g, n := range p.grams {
		common += min(n, q.grams[g])
	}
	return 2 * float64(common) / float64(p.n+q.n)
}

func profiles(issues []*model.Issue) (titles, bodies []profile) {
	for _, issue := range issues {
		titles = append(titles, profileOf(bareTitle(issue.Title)))
		body := issue.Finding
		for i := range issue.Measures {
			body += issue.Measures[i].Printed()
		}
		bodies = append(bodies, profileOf(fold(body)))
	}
	return titles, bodies
}
