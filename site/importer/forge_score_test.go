package importer

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
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
		{"owners right", s.owners.precision(), 0.95},
		{"deadlines found", s.deadlines.recall(), 0.95},
		{"deadlines right", s.deadlines.precision(), 0.95},
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

// titleKey is a title as it is compared: whether 的问题 belongs to it is a matter of
// taste.
func titleKey(text string) string { return strings.TrimSuffix(tidy(text), "的问题") }

// expected is an issue that has to be found, with the headings above it.
type expected struct {
	forgedIssue
	path string           // of the headings: /一、甲/（一）乙; what stands above may be more
	code model.StatusCode // "" is not asked for
	due  string           // the day of the deadline; "" is not asked for
}

// expects lists the issues of a forged paper.
func (doc *forged) expects() []expected {
	var out []expected
	var walk func(list []forgedSection, above string)
	walk = func(list []forgedSection, above string) {
		for _, sec := range list {
			path := above
			if sec.label+sec.title != "" {
				path += "/" + tidy(sec.label+sec.title)
			}
			for _, issue := range sec.issues {
				out = append(out, expected{issue, path, "", ""})
			}
			walk(sec.sections, path)
		}
	}
	walk(doc.sections, "")
	return out
}

// score holds a result against what the paper holds. wrong collects the first
// mistakes in words.
func score(r *Result, list []expected) (s scores, wrong []string) {
	say := func(format string, args ...any) {
		if len(wrong) < 8 {
			wrong = append(wrong, fmt.Sprintf(format, args...))
		}
	}
	have, parents := map[string]*model.Issue{}, map[model.IssueID]string{}
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
		have[titleKey(issue.Title)] = issue
		s.measures.claimed += len(issue.Measures)
		if issue.Status.Printed != "" {
			s.statuses.claimed++
		}
		s.owners.claimed += len(issue.Owners.LeadUnits)
		if issue.Owners.Leader != "" {
			s.owners.claimed++
		}
		if issue.Deadline != nil {
			s.deadlines.claimed++
		}
	}
	for _, want := range list {
		s.titles.there++
		s.parents.there++
		s.measures.there += len(want.measures)
		got := have[titleKey(want.title)]
		if got == nil {
			say("no issue %s", want.title)
			got = &model.Issue{}
		} else {
			s.titles.found++
		}
		if got.Title != "" && strings.HasSuffix(parents[got.ID], want.path) {
			s.parents.found++
		} else if got.Title != "" {
			say("issue %s stands under %s, not %s", want.title, parents[got.ID], want.path)
		}
		texts := map[string]int{}
		for _, m := range got.Measures {
			texts[tidy(m.Label+m.Title+m.Text)]++
		}
		for _, m := range want.measures {
			key := tidy(m.label + m.text)
			if texts[key] == 0 && want.status != "" {
				key = tidy(m.label + m.text + want.status) // the sentence may stay behind the only measure
			}
			if texts[key] > 0 {
				texts[key]--
				s.measures.found++
			} else if got.Title != "" {
				say("issue %s has no measure %s%s", want.title, m.label, m.text)
			}
		}
		if want.status != "" || want.code != "" {
			s.statuses.there++
			if got.Status.Printed != "" && (strings.Contains(want.status, got.Status.Printed) || want.status != "" && strings.Contains(got.Status.Printed, tidy(want.status))) && (want.code == "" || want.code == got.Status.Code) {
				s.statuses.found++
			} else if got.Title != "" {
				say("issue %s has the status %s %q, not %s %q", want.title, got.Status.Code, got.Status.Printed, want.code, want.status)
			}
		}
		for _, lead := range want.leads {
			s.owners.there++
			if slices.Contains(got.Owners.LeadUnits, lead) {
				s.owners.found++
			} else if got.Title != "" {
				say("issue %s has the owners %q, not %s", want.title, got.Owners.LeadUnits, lead)
			}
		}
		if want.leader != "" {
			s.owners.there++
			if got.Owners.Leader == want.leader {
				s.owners.found++
			} else if got.Title != "" {
				say("issue %s has the leader %q, not %s", want.title, got.Owners.Leader, want.leader)
			}
		}
		if want.deadline != "" {
			s.deadlines.there++
			if got.Deadline != nil && (tidy(got.Deadline.Printed) == tidy(want.deadline) || string(got.Deadline.Date) == want.deadline) && (want.due == "" || string(got.Deadline.Date) == want.due) {
				s.deadlines.found++
			} else if got.Title != "" {
				say("issue %s has no deadline %s", want.title, want.deadline)
			}
		}
	}
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
	all, kinds := scores{}, map[string]*scores{}
	shown := 0
	for seed := range rounds {
		doc, name := forgedPaper(seed)
		read, list := Read(name, []byte(doc.text))
		if read == nil {
			t.Fatal(list)
		}
		result := Import(read, Options{ID: "forged"})
		sound(t, result)
		s, wrong := score(result, doc.expects())
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
