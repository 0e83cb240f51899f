package load

import (
	"cmp"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strconv"

	"rectify/site/model"
	"rectify/site/problem"
)

// draft is a report on its way: what its files gave, and what of it is known
// to be lost. What refers to something lost is not reported.
type draft struct {
	report      *model.Report
	issues      []*issueDraft // by file name
	outlineLost bool          // some issues may be missing from the outline
	issuesLost  bool          // some files of issues gave no id
	sourceRead  bool
}

// issueDraft is an issue on its way.
type issueDraft struct {
	issue        *model.Issue
	measuresLost bool
}

// draft lays down the jobs for the files of one report.
func (l *loader) draft(folder string) *draft {
	d := &draft{report: &model.Report{ID: l.slug(folder, path.Base(folder))}}
	l.jobs = append(l.jobs, func() {
		decoded := l.fill(path.Join(folder, "report.yaml"), nil, d.report)
		d.outlineLost = decoded == nil || decoded.broken["outline"] ||
			decoded.torn && len(d.report.Outline) == 0
	}, func() {
		name := path.Join(folder, "source.txt")
		if _, err := l.stat(name); errors.Is(err, fs.ErrNotExist) {
			d.sourceRead = true // a report without a source has no paragraphs
		} else if s, ok := l.source(name, nil, true); ok {
			d.report.Paragraphs, d.sourceRead = s.paragraphs(), true
		}
	})
	files, list := l.entries(path.Join(folder, "issues"))
	l.add(list...)
	d.issuesLost = len(list) > 0
	for _, file := range files {
		if path.Ext(file.name) != ".yaml" {
			continue
		}
		i := &issueDraft{issue: &model.Issue{}}
		d.issues = append(d.issues, i)
		l.jobs = append(l.jobs, func() {
			decoded := l.fill(file.name, file.info, i.issue)
			i.measuresLost = decoded == nil || decoded.broken["measures"] || decoded.torn
			if i.issue.Status.Code == "" {
				i.issue.Status.Code = model.NotStated
			}
		})
	}
	return d
}

// assemble puts the portal together and checks what refers to what.
func (l *loader) assemble(portal *model.Portal, drafts []*draft) {
	firsts := map[model.IssueID]problem.Place{} // of each id in the portal
	for _, d := range drafts {
		own := map[model.IssueID]*model.Issue{}
		for _, i := range d.issues {
			id := i.issue.ID
			if id == 0 {
				d.issuesLost = true
				continue
			}
			l.followUps(i)
			l.evidence(d, i.issue)
			at := i.issue.At("id")
			if first, taken := firsts[id]; taken {
				l.add(problem.New(problem.DuplicateID, at, id.String(), first.String()))
			} else {
				firsts[id] = at
			}
			if own[id] == nil {
				own[id] = i.issue
			}
		}
		o := outline{draft: d, loader: l, issues: own, sections: map[model.Slug]problem.Place{}, places: map[model.IssueID]problem.Place{}}
		o.walk(d.report.Outline)
		o.rest()
		l.sources(d)
		portal.Reports = append(portal.Reports, d.report)
	}
	slices.SortStableFunc(portal.Reports, func(a, b *model.Report) int {
		return cmp.Or(-cmp.Compare(a.PublishedAt, b.PublishedAt), cmp.Compare(a.ID, b.ID))
	})
}

// outline puts the issues of a report into the order of its tree.
type outline struct {
	*draft
	*loader
	issues   map[model.IssueID]*model.Issue // with a file in the report
	sections map[model.Slug]problem.Place   // seen so far
	places   map[model.IssueID]problem.Place
}

func (o *outline) walk(sections []model.Section) {
	for i := range sections {
		s := &sections[i]
		if s.ID != "" {
			at := s.At("id")
			if first, twice := o.sections[s.ID]; twice {
				o.add(problem.New(problem.DuplicateInTree, at, string(s.ID), first.String()))
			} else {
				o.sections[s.ID] = at
			}
		}
		for i, id := range s.Issues {
			o.place(s, id, s.AtEntry("issues", i))
		}
		o.walk(s.Sections)
	}
}

func (o *outline) place(s *model.Section, id model.IssueID, at problem.Place) {
	if first, twice := o.places[id]; twice {
		o.add(problem.New(problem.DuplicateInTree, at, id.String(), first.String()))
		return
	}
	o.places[id] = at
	issue := o.issues[id]
	if issue == nil {
		if !o.issuesLost {
			o.add(problem.New(problem.UnresolvedIssue, at, id.String()))
		}
		return
	}
	issue.Section = s.ID
	o.report.Issues = append(o.report.Issues, issue)
}

// rest reports the issues that the outline does not name. They stay with the
// report, behind the others, so that the rules of check see them.
func (o *outline) rest() {
	for _, i := range o.draft.issues {
		id := i.issue.ID
		if _, named := o.places[id]; named || o.issues[id] != i.issue {
			continue
		}
		o.report.Issues = append(o.report.Issues, i.issue)
		if !o.outlineLost {
			o.add(problem.New(problem.IssueNotInOutline, i.issue.At("id"), id.String()))
		}
	}
}

// followUps checks that each promise of an issue points at one of its measures.
func (l *loader) followUps(i *issueDraft) {
	if i.measuresLost {
		return
	}
	count := len(i.issue.Measures)
	for n := range i.issue.FollowUps {
		f := &i.issue.FollowUps[n]
		at := f.At("measure")
		if at == f.Self() || f.Measure >= 1 && f.Measure <= count {
			continue
		}
		wanted := problem.Both("措施的序号,1 至 "+strconv.Itoa(count), "the number of a measure, 1 to "+strconv.Itoa(count))
		if count == 0 {
			wanted = problem.Both("留空:这个问题没有措施", "left out: the issue has no measures")
		}
		l.add(problem.New(problem.BadValue, at, strconv.Itoa(f.Measure), wanted))
	}
}

// evidence notes the sizes of files and refuses links that lead out of the data
// folder. Whether the files are there, and fit to be published, is for check to
// say.
func (l *loader) evidence(d *draft, issue *model.Issue) {
	for i := range issue.Evidence {
		e := &issue.Evidence[i]
		name := path.Join(l.root, "reports", string(d.report.ID), "files", e.File)
		if err := l.follow(name); errors.Is(err, errOutside) {
			l.add(problem.New(problem.SymlinkOutside, e.At("file")))
		} else if info, err := l.stat(name); err == nil && info.Mode().IsRegular() {
			e.Size = int(info.Size())
		}
	}
}

// sources checks all numbers that point into the source text.
func (l *loader) sources(d *draft) {
	count := -1 // unknown
	if d.sourceRead {
		count = len(d.report.Paragraphs)
	}
	l.paragraphs(&d.report.Where, "furniture", d.report.Furniture, count)
	check := func(ref *model.SourceRef) { l.paragraphs(&ref.Where, "paragraphs", ref.Paragraphs, count) }
	var parts func([]model.Part)
	parts = func(list []model.Part) {
		for i := range list {
			check(&list[i].Source)
			parts(list[i].Parts)
		}
	}
	parts(d.report.Parts)
	var sections func([]model.Section)
	sections = func(list []model.Section) {
		for i := range list {
			check(&list[i].Source)
			sections(list[i].Sections)
		}
	}
	sections(d.report.Outline)
	for _, i := range d.issues {
		check(&i.issue.Source)
	}
}

func (l *loader) paragraphs(where *model.Where, key string, numbers []int, count int) {
	seen := make(map[int]bool, len(numbers))
	for i, n := range numbers {
		switch at, text := where.AtEntry(key, i), strconv.Itoa(n); {
		case n < 1:
			l.add(problem.New(problem.BadValue, at, text, problem.Both("段号,从 1 数起", "the number of a paragraph, counted from 1")))
		case count >= 0 && n > count:
			l.add(problem.New(problem.BadParagraph, at, text, strconv.Itoa(count)))
		case seen[n]:
			l.add(problem.New(problem.ListedTwice, at, text))
		}
		seen[n] = true
	}
}
