package check

import (
	"path"
	"runtime"
	"sync"

	"github.com/spf13/afero"

	"rectify/site/model"
	"rectify/site/problem"
)

// Options are what a build decides beside the data.
type Options struct {
	BaseURL string     // given for this build; "" means the portal's own
	Clock   model.Date // the day against which deadlines are held; "" takes the newest day of what is public

	// FS holds the portal's folder, in which the places of the model name
	// files, and Dir is its folder of data ("" means "data"). Without FS the
	// rules about files are left out, and places within long texts are not
	// exact.
	FS  afero.Fs
	Dir string
}

// rule is one question to the data. Rules run at the same time; none of them
// changes the subject.
type rule func(*subject) problem.List

var rules = []rule{
	owner, officialForms, contact, look,
	fileNames, outline, emptiness, labelGaps, withdrawals,
	statuses, dateOrder, years, histories, deadlines, totals,
	texts, leaks, fidelity,
	evidence, folder,
}

// subject is what the rules look at.
type subject struct {
	whole  *model.Portal // with what is internal
	public *model.Portal // what will be shown; nearly all rules look at this
	years  yearRange     // in which dates are likely
	known  map[string]bool
	files  files
	Options
}

// Run applies every rule to a portal as load gives it, with what is internal.
// The list is sorted; the same data give the same list. Problems about personal
// data come with frames in which the numbers are masked.
func Run(portal *model.Portal, o Options) problem.List {
	s := newSubject(portal, o)
	lists := make([]problem.List, len(rules))
	all(len(rules), func(i int) { lists[i] = rules[i](s) })
	var found problem.List
	for _, list := range lists {
		found = append(found, list...)
	}
	for i := range found {
		if found[i].Place.File == "" {
			// Nothing of the file could be read, or a program made the portal.
			found[i].Place.File = path.Join(s.Dir, "portal.yaml")
		}
	}
	found.Sort()
	s.mask(found)
	return found
}

func newSubject(portal *model.Portal, o Options) *subject {
	s := &subject{whole: portal, public: portal.Public(), Options: o}
	if s.Clock == "" {
		s.Clock = s.public.NewestDay()
	}
	if s.Dir == "" {
		s.Dir = "data"
	}
	s.years = likelyYears(s.public, s.Clock)
	s.known = contacts(s.public)
	s.files = files{fs: o.FS, opened: map[string]*lines{}}
	return s
}

// all calls do for 0 to n-1, as many at once as there are processors.
func all(n int, do func(int)) {
	var group sync.WaitGroup
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range n {
		free <- struct{}{}
		group.Go(func() {
			do(i)
			<-free
		})
	}
	group.Wait()
}

// reportFile names a file or folder of a report.
func (s *subject) reportFile(report *model.Report, name string) string {
	return path.Join(s.Dir, "reports", string(report.ID), name)
}

// reportPlace is where a problem about a whole report is shown.
func (s *subject) reportPlace(report *model.Report) problem.Place {
	if at := report.Self(); at.File != "" {
		return at
	}
	return problem.Place{File: s.reportFile(report, "report.yaml")}
}

// quoted puts a value into the quotation marks of a message.
func quoted(text string) string { return "“" + text + "”" }

// short cuts a text that is quoted in a message.
func short(text string) string {
	const longest = 30
	n := 0
	for i := range text {
		if n++; n > longest {
			return text[:i] + "…"
		}
	}
	return text
}
