package page

import (
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"slices"
	"strings"

	"rectify/site/model"
)

// listed is an issue with the title of its section, as lists show it.
type listed struct {
	issue   *model.Issue
	section string
}

// value is one value of a filter with the issues that have it.
type value struct {
	key, text string // key is its name in addresses
	issues    []listed
}

// filter is one way to divide the issues.
type filter struct {
	dir, title string
	values     []*value
	byText     map[string]*value
}

func (f *filter) add(text, key string, l listed) {
	v := f.byText[text]
	if v == nil {
		v = &value{key: key, text: text}
		f.byText[text] = v
		f.values = append(f.values, v)
	}
	if n := len(v.issues); n == 0 || v.issues[n-1].issue != l.issue {
		v.issues = append(v.issues, l)
	}
}

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
	titles := b.words.filters
	for i, dir := range []string{"status", "owners", "units", "years"} {
		b.filters = append(b.filters, &filter{dir: dir, title: titles[i], byText: map[string]*value{}})
	}
	status, owners, units, years := b.filters[0], b.filters[1], b.filters[2], b.filters[3]
	b.documents = map[string]*document{}
	for _, report := range b.portal.Reports {
		v := b.view(report)
		year := yearOf(report)
		b.reportEvents(report)
		for _, issue := range report.Issues {
			l := listed{issue, v.sectionTitle(issue.Section)}
			b.listed = append(b.listed, l)
			b.issueEvents(issue)
			if issue.Withdrawn != nil {
				continue
			}
			status.add(string(issue.Status.Code), string(issue.Status.Code), l)
			for _, unit := range slices.Concat(issue.Owners.LeadUnits, issue.Owners.CoUnits) {
				owners.add(unit, "", l)
			}
			units.add(report.Unit, "", l)
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
	giveKeys(owners.values)
	giveKeys(units.values)
	b.orderDocuments()
	slices.SortStableFunc(b.promises, func(x, y promise) int {
		return cmp.Compare(cmp.Or(x.Due.End(), "9999"), cmp.Or(y.Due.End(), "9999"))
	})
	slices.SortStableFunc(b.events, func(x, y event) int { return cmp.Compare(y.on, x.on) })
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
