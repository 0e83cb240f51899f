package page

import (
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"maps"
	"slices"
	"strings"

	"rectify/site/model"
)

// listed is an issue with what lists show of its place, and the day as of which
// its data are.
type listed struct {
	issue         *model.Issue
	section, unit string
	day           model.Date
}

// dayOf is the day as of which the data of an issue are. A page tells the newest
// such day of what it shows and not that of the portal: a status of today would
// otherwise change every page, and say of each that it was looked at today.
func dayOf(report *model.Report, issue *model.Issue) model.Date {
	return max(report.AsOf, issue.Status.AsOf)
}

// newestOf is the newest day of listed issues.
func newestOf(all []listed) string {
	var newest model.Date
	for _, l := range all {
		newest = max(newest, l.day)
	}
	return string(newest)
}

// value is one value of a filter with the issues that have it.
type value struct {
	key, text string // key is its name in addresses; text may be empty, and is shown
	issues    []listed
	reports   []*model.Report // that they stand in; of reports, units and rounds only
}

// filter is one way to divide the issues.
type filter struct {
	dir, title string
	values     []*value
	byText     map[string]*value // by the text, or by the key where texts may be alike
}

// value finds the value of this name and makes it where there is none.
func (f *filter) value(name, text, key string) *value {
	v := f.byText[name]
	if v == nil {
		v = &value{key: key, text: text}
		f.byText[name] = v
		f.values = append(f.values, v)
	}
	return v
}

func (f *filter) add(text, key string, l listed) {
	v := f.value(text, text, key)
	if n := len(v.issues); n == 0 || v.issues[n-1].issue != l.issue {
		v.issues = append(v.issues, l)
	}
}

// addReport notes a report under a value; its issues follow.
func (f *filter) addReport(name, text, key string, r *model.Report) {
	v := f.value(name, text, key)
	v.reports = append(v.reports, r)
}

// The filters by the folders of their pages.
const (
	byStatus = "status"
	byOwner  = "owners"
	byReport = "reports"
	byUnit   = "units"
	byRound  = "rounds"
	byYear   = "years"
)

func (b *Book) filter(dir string) *filter {
	for _, f := range b.filters {
		if f.dir == dir {
			return f
		}
	}
	return nil
}

// index looks at every issue once. A withdrawn one stands in the list of all
// issues and nowhere else: only that it was withdrawn is told of it.
func (b *Book) index() {
	for i, dir := range []string{byStatus, byReport, byOwner, byUnit, byRound, byYear} {
		b.filters = append(b.filters, &filter{dir: dir, title: b.words.filters[i], byText: map[string]*value{}})
	}
	status, reports, owners := b.filter(byStatus), b.filter(byReport), b.filter(byOwner)
	units, rounds, years := b.filter(byUnit), b.filter(byRound), b.filter(byYear)
	b.documents, b.near = map[string]*document{}, kin{}
	for _, report := range b.portal.Reports {
		v := b.view(report)
		year, round := yearOf(report), roundOf(report)
		b.reportEvents(report)
		reports.addReport(string(report.ID), report.Title, string(report.ID), report)
		units.addReport(report.Unit, report.Unit, "", report)
		if round != "" {
			rounds.addReport(round, round, "", report)
		}
		for _, issue := range report.Issues {
			l := listed{issue, v.sectionTitle(issue.Section), report.Unit, dayOf(report, issue)}
			b.listed = append(b.listed, l)
			b.issueEvents(issue)
			if issue.Withdrawn != nil {
				b.withdrawn++
				continue
			}
			status.add(string(issue.Status.Code), string(issue.Status.Code), l)
			reports.add(string(report.ID), "", l)
			for _, unit := range slices.Concat(issue.Owners.LeadUnits, issue.Owners.CoUnits) {
				owners.add(unit, "", l)
			}
			units.add(report.Unit, "", l)
			if round != "" {
				rounds.add(round, "", l)
			}
			if year != "" {
				years.add(year, year, l)
			}
			for i := range issue.FollowUps {
				b.promises = append(b.promises, promise{issue, &issue.FollowUps[i]})
			}
			b.indexDocuments(issue)
		}
	}
	codes := model.StatusCodes()
	slices.SortFunc(status.values, func(x, y *value) int {
		return cmp.Compare(slices.Index(codes, model.StatusCode(x.key)), slices.Index(codes, model.StatusCode(y.key)))
	})
	for _, v := range status.values {
		v.text = model.StatusCode(v.key).Word(b.portal.Language)
	}
	slices.SortFunc(years.values, func(x, y *value) int { return cmp.Compare(y.key, x.key) })
	byCount := func(x, y *value) int { return cmp.Compare(len(y.issues), len(x.issues)) }
	slices.SortStableFunc(owners.values, byCount)
	slices.SortStableFunc(units.values, byCount)
	for _, f := range []*filter{owners, units, rounds} {
		giveKeys(f.values)
	}
	b.orderDocuments()
	for _, unit := range units.values {
		maps.Copy(b.near, kinOf(unit.issues))
	}
	slices.SortStableFunc(b.promises, func(x, y promise) int {
		return cmp.Compare(cmp.Or(x.Due.End(), "9999"), cmp.Or(y.Due.End(), "9999"))
	})
	slices.SortStableFunc(b.events, func(x, y event) int { return cmp.Compare(y.on, x.on) })
}

// roundOf is the inspection to which a report answers, as reports of other
// units may answer to it too. Rounds are counted anew at each level.
func roundOf(r *model.Report) string {
	if r.Inspection.Round == "" {
		return ""
	}
	return strings.Join(strings.Fields(r.Inspection.Level+" "+r.Inspection.Round+" "+r.Inspection.Kind), " ")
}

// yearOf is the year in which a report was published.
func yearOf(r *model.Report) string {
	day := cmp.Or(r.PublishedAt.Day(), r.SignedOn, r.AsOf)
	return string(day[:min(4, len(day))])
}

// giveKeys names values in addresses. A name in Chinese characters would be
// escaped there beyond recognition, and its reading is not certain (a 乐 may be
// le or yue), so the key is a hash: it depends on nothing but the name, and the
// address stays when others come and go. Of two names with the same hash, which
// nobody will see, the latter in order gets a longer one.
func giveKeys(values []*value) {
	taken := map[string]bool{}
	for _, v := range slices.SortedFunc(slices.Values(values), func(x, y *value) int { return cmp.Compare(x.text, y.text) }) {
		v.key = hashed(v.text, 10)
		for n := 11; taken[v.key]; n++ {
			v.key = hashed(v.text, n)
		}
		taken[v.key] = true
	}
}

// hashed is n characters that stand for a text: digits and letters a to v.
func hashed(text string, n int) string {
	sum := sha256.Sum256([]byte(text))
	return strings.ToLower(base32.HexEncoding.EncodeToString(sum[:]))[:n]
}
