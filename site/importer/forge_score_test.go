package importer

import (
	"flag"
	"math/rand/v2"
	"strings"
	"testing"

	"rectify/site/model"
)

// tally counts what was found of what there was.
type tally struct{ found, there, claimed int }

func (t *tally) add(o tally) {
	t.found += o.found
	t.there += o.there
	t.claimed += o.claimed
}

func (t tally) recall() float64 {
	if t.there == 0 {
		return 1
	}
	return float64(t.found) / float64(t.there)
}

func (t tally) precision() float64 {
	if t.claimed == 0 {
		return 1
	}
	return float64(t.found) / float64(t.claimed)
}

// scores are the qualities that are asked of the importer.
type scores struct {
	titles, parents, measures, statuses, owners, deadlines, characters tally
}

func (s *scores) add(o scores) {
	s.titles.add(o.titles)
	s.parents.add(o.parents)
	s.measures.add(o.measures)
	s.statuses.add(o.statuses)
	s.owners.add(o.owners)
	s.deadlines.add(o.deadlines)
	s.characters.add(o.characters)
}

func (s *scores) log(t testing.TB, name string) {
	t.Helper()
	t.Logf("%s: titles %.3f/%.3f parents %.3f measures %.3f/%.3f statuses %.3f/%.3f owners %.3f/%.3f deadlines %.3f/%.3f coverage %.4f", name,
		s.titles.recall(), s.titles.precision(), s.parents.recall(), s.measures.recall(), s.measures.precision(),
		s.statuses.recall(), s.statuses.precision(), s.owners.recall(), s.owners.precision(), s.deadlines.recall(), s.deadlines.precision(), s.characters.recall())
}

// demand holds the scores against what is promised.
func (s *scores) demand(t testing.TB) {
	t.Helper()
	for _, d := range []struct {
		name string
		got  float64
		want float64
	}{
		{"titles found", s.titles.recall(), 0.98},
		{"titles right", s.titles.precision(), 0.98},
		{"parents right", s.parents.recall(), 0.98},
		{"measures found", s.measures.recall(), 0.97},
		{"measures right", s.measures.precision(), 0.97},
		{"statuses found", s.statuses.recall(), 0.95},
		{"statuses right", s.statuses.precision(), 0.95},
		{"owners found", s.owners.recall(), 0.95},
		{"deadlines found", s.deadlines.recall(), 0.95},
		{"characters kept", s.characters.recall(), 1},
	} {
		if d.got < d.want {
			t.Errorf("%s: %.4f, wanted %.2f", d.name, d.got, d.want)
		}
	}
}

// tidy is a text as it is compared: without white space, and without the mark
// that closes it.
func tidy(text string) string { return strings.TrimRight(squeeze(text), "。；;，,、：:") }

// score holds a result against what the paper was made of. wrong collects the
// first mistakes in words.
func (doc *forged) score(r *Result) (s scores, wrong []string) {
	say := func(text string) {
		if len(wrong) < 6 {
			wrong = append(wrong, text)
		}
	}
	have := map[string]*model.Issue{}
	for _, issue := range r.Report.Issues {
		have[tidy(issue.Title)] = issue
	}
	parents := map[model.IssueID]string{}
	var sections func(list []model.Section, above string)
	sections = func(list []model.Section, above string) {
		for _, sec := range list {
			path := above + "/" + tidy(sec.Label+sec.Title)
			for _, id := range sec.Issues {
				parents[id] = path
			}
			sections(sec.Sections, path)
		}
	}
	sections(r.Report.Outline, "")
	s.titles.claimed = len(r.Report.Issues)
	for _, issue := range r.Report.Issues {
		s.measures.claimed += len(issue.Measures)
		if issue.Status.Printed != "" {
			s.statuses.claimed++
		}
	}
	var walk func(list []forgedSection, above string)
	walk = func(list []forgedSection, above string) {
		for _, sec := range list {
			path := above
			if sec.label+sec.title != "" {
				path += "/" + tidy(sec.label+sec.title)
			}
			for _, want := range sec.issues {
				s.titles.there++
				s.parents.there++
				s.measures.there += len(want.measures)
				got := have[tidy(want.title)]
				if got == nil {
					say("no issue " + want.title)
					continue
				}
				s.titles.found++
				if strings.HasSuffix(parents[got.ID], path) {
					s.parents.found++
				} else {
					say("issue " + want.title + " stands under " + parents[got.ID] + ", not " + path)
				}
				texts := map[string]int{}
				for _, m := range got.Measures {
					texts[tidy(m.Label+m.Title+m.Text)]++
				}
				for _, m := range want.measures {
					if texts[tidy(m.label+m.text)] > 0 {
						texts[tidy(m.label+m.text)]--
						s.measures.found++
					} else if want.status != "" && texts[tidy(m.label+m.text+want.status)] > 0 {
						s.measures.found++ // the sentence of the status may stay behind the only measure
					} else {
						say("issue " + want.title + " has no measure " + m.label + m.text)
					}
				}
				if want.status != "" {
					s.statuses.there++
					if got.Status.Printed != "" && strings.Contains(want.status, got.Status.Printed) && got.Status.Code != model.NotStated {
						s.statuses.found++
					} else {
						say("issue " + want.title + " has the status " + got.Status.Printed + ", not " + want.status)
					}
				}
				for _, lead := range want.leads {
					s.owners.there++
					for _, unit := range got.Owners.LeadUnits {
						if unit == lead {
							s.owners.found++
						}
					}
				}
				if want.leader != "" {
					s.owners.there++
					if got.Owners.Leader == want.leader {
						s.owners.found++
					}
				}
				if want.deadline != "" {
					s.deadlines.there++
					if got.Deadline != nil && got.Deadline.Printed == want.deadline {
						s.deadlines.found++
					} else {
						say("issue " + want.title + " has no deadline " + want.deadline)
					}
				}
			}
			walk(sec.sections, path)
		}
	}
	walk(doc.sections, "")
	totals := r.Totals()
	s.characters = tally{totals.Kept, totals.Characters, totals.Characters}
	return s, wrong
}

// -forged N prints one report with what comes of it, to look for a mistake:
// go test ./site/importer -run Forged -v -forged 43
var forgedSeed = flag.Int("forged", -1, "print the forged report of this number")

func forgedPaper(seed int) (doc forged, name string) {
	f := &forge{Rand: rand.New(rand.NewPCG(uint64(seed), 7))}
	switch seed % 5 {
	case 3:
		return f.ledger()
	case 4:
		return f.tasks(), "forged.txt"
	}
	return f.paper(), "forged.txt"
}

func TestForgedReportsAreTakenApartAsTheyWereMade(t *testing.T) {
	const rounds = 500
	var all, kinds = scores{}, map[string]*scores{}
	shown := 0
	for seed := range rounds {
		doc, name := forgedPaper(seed)
		read, list := Read(name, []byte(doc.text))
		if read == nil {
			t.Fatal(list)
		}
		result := Import(read, Options{ID: "forged"})
		sound(t, result)
		s, wrong := doc.score(result)
		if seed == *forgedSeed {
			t.Logf("%s\n%s\n%s", doc.style, doc.text, show(result))
		}
		all.add(s)
		kind := map[int]string{3: "tables", 4: "blocks"}[seed%5]
		if kinds[kind] == nil {
			kinds[kind] = &scores{}
		}
		kinds[kind].add(s)
		if len(wrong) > 0 && shown < 12 {
			shown++
			t.Logf("seed %d, %s:\n  %s", seed, doc.style, strings.Join(wrong, "\n  "))
		}
	}
	all.log(t, "all")
	for kind, s := range kinds {
		s.log(t, kind)
		s.demand(t)
	}
}
