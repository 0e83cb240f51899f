package check

import (
	"path"
	"slices"
	"strings"

	"github.com/spf13/afero"

	"rectify/site/model"
	"rectify/site/problem"
)

// evidence holds what the data say of attachments against the files that are
// there: each named file is there under exactly that name, has a date and
// carries no names of those who made it, and each file is named.
func evidence(s *subject) problem.List {
	lists := make([]problem.List, len(s.whole.Reports))
	all(len(lists), func(i int) {
		shelf := s.shelf(s.whole.Reports[i])
		lists[i] = s.evidence(s.public.Reports[i], shelf)
		lists[i] = append(lists[i], s.unnamed(s.whole.Reports[i], shelf)...)
	})
	return slices.Concat(lists...)
}

// shelf is the folder files/ of one report.
type shelf struct {
	dir   string
	known bool
	names []string // below dir, with / between folders
}

func (s *subject) shelf(report *model.Report) shelf {
	f := shelf{dir: s.reportFile(report, "files"), known: s.FS != nil}
	if f.known {
		f.list(s.FS, "", 0)
	}
	return f
}

// list collects the names below a folder. Links to folders are not followed,
// so that none leads in circles.
func (f *shelf) list(fsys afero.Fs, below string, depth int) {
	infos, err := afero.ReadDir(fsys, path.Join(f.dir, below))
	if err != nil || depth > 8 {
		return // load reports what cannot be read; a missing folder is empty
	}
	for _, info := range infos {
		name := path.Join(below, info.Name())
		switch {
		case ignored(info.Name()):
		case info.IsDir():
			f.list(fsys, name, depth+1)
		default:
			f.names = append(f.names, name)
		}
	}
}

func (s *subject) evidence(report *model.Report, shelf shelf) (found problem.List) {
	seen := map[string]bool{}
	names := s.ownNames(report)
	for _, issue := range report.Issues {
		for i := range issue.Evidence {
			e := &issue.Evidence[i]
			if e.Date == "" {
				found = append(found, problem.New(problem.EvidenceUndated, e.At("file"), short(e.File)))
			}
			if !shelf.known || seen[e.File] || badFileName(e.File) != "" {
				continue
			}
			seen[e.File] = true
			if !slices.Contains(shelf.names, e.File) {
				found = append(found, problem.New(problem.EvidenceMissing, e.At("file"), e.File, shelf.nearest(e.File)))
				continue
			}
			if tells := s.authors(path.Join(shelf.dir, e.File), names); len(tells) > 0 {
				found = append(found, problem.New(problem.EvidenceAuthor, e.At("file"), short(e.File), wordsOf(tells)))
			}
		}
	}
	return found
}

// ownNames are the names of units, which may stand in a file as its author's.
func (s *subject) ownNames(report *model.Report) []string {
	return []string{s.public.Unit, report.Unit, report.Issuer, report.SignedBy, report.Source}
}

// nearest names the file that was probably meant.
func (f *shelf) nearest(file string) string {
	for _, name := range f.names {
		if folded(name) == folded(file) {
			return problem.Both(",那里的文件叫“"+name+"”", ", the file there is called “"+name+"”")
		}
	}
	for _, name := range f.names {
		if strings.EqualFold(stem(name), stem(file)) {
			return problem.Both(",那里只有“"+name+"”", ", there is only “"+name+"”")
		}
	}
	return ""
}

func stem(name string) string {
	base := path.Base(name)
	return strings.TrimSuffix(base, path.Ext(base))
}

// unnamed lists the files that no issue of a report names. A file that only
// internal issues name stays inside, as it should.
func (s *subject) unnamed(report *model.Report, shelf shelf) (found problem.List) {
	named := map[string]bool{}
	for _, issue := range report.Issues {
		for _, e := range issue.Evidence {
			named[folded(e.File)] = true
		}
	}
	for _, name := range shelf.names {
		if !named[folded(name)] {
			found = append(found, problem.New(problem.EvidenceUnnamed, problem.Place{File: path.Join(shelf.dir, name)}, name))
		}
	}
	return found
}

// authors opens a file and says what it gives away of those who made it. The
// names of units are no secret.
func (s *subject) authors(name string, own []string) (tells []tell) {
	info, err := s.FS.Stat(name)
	if err != nil || !info.Mode().IsRegular() {
		return nil
	}
	file, err := s.FS.Open(name)
	if err != nil {
		return nil
	}
	defer file.Close()
	for _, t := range readAuthors(file, info.Size()) {
		if t.name == "" || !slices.Contains(own, t.name) {
			tells = append(tells, t)
		}
	}
	return tells
}

// ignored tells the traces of editors and systems, which nobody wrote.
func ignored(name string) bool {
	switch strings.ToLower(name) {
	case "thumbs.db", "desktop.ini":
		return true
	}
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") ||
		strings.HasSuffix(name, ".swp") || strings.HasSuffix(name, "~")
}
