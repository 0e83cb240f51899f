package check

import (
	"path"
	"strings"

	"github.com/spf13/afero"

	"rectify/site/problem"
)

// folder looks for files that nobody reads: an issue under issue/ or with the
// ending .yml would be missing on the site without a word.
func folder(s *subject) problem.List {
	if s.FS == nil {
		return nil
	}
	t := tidy{fs: s.FS}
	t.look(s.Dir, room{
		folders: []string{"images", "pages", "reports", "releases", "schema"},
		files:   []string{"portal.yaml", "publish.yaml", "trust.yaml"},
	})
	t.look(path.Join(s.Dir, "pages"), room{ending: ".md"})
	t.look(path.Join(s.Dir, "releases"), room{ending: ".yaml"})
	for _, report := range t.look(path.Join(s.Dir, "reports"), room{anyFolder: true}) {
		dir := path.Join(s.Dir, "reports", report)
		t.look(dir, room{folders: []string{"issues", "files"}, files: []string{"report.yaml", "source.txt"}})
		t.look(path.Join(dir, "issues"), room{ending: ".yaml"})
	}
	return t.found
}

// room is what is read of one folder.
type room struct {
	folders   []string
	files     []string
	ending    string // every file with it is read
	anyFolder bool
}

type tidy struct {
	fs    afero.Fs
	found problem.List
}

// look goes through one folder and gives the names of the folders in it.
func (t *tidy) look(dir string, r room) (folders []string) {
	infos, err := afero.ReadDir(t.fs, dir)
	if err != nil {
		return nil // it is missing, or load reports it
	}
	for _, info := range infos {
		name := info.Name()
		if ignored(name) || isReadme(name) {
			continue
		}
		isDir := info.IsDir()
		if info.Mode().Type() != 0 && !isDir {
			// What a link leads to is what load reads.
			if target, err := t.fs.Stat(path.Join(dir, name)); err == nil {
				isDir = target.IsDir()
			}
		}
		switch {
		case isDir && (r.anyFolder || contains(r.folders, name)):
			folders = append(folders, name)
		case !isDir && (contains(r.files, name) || r.ending != "" && path.Ext(name) == r.ending):
		default:
			shown := name
			if isDir {
				shown += "/"
			}
			t.found = append(t.found, problem.New(problem.StrayFile,
				problem.Place{File: path.Join(dir, name)}, shown, r.advice(name, isDir)))
		}
	}
	return folders
}

// isReadme tells notes to the people who work with the folder.
func isReadme(name string) bool {
	switch strings.ToLower(stem(name)) {
	case "readme", "说明", "使用说明":
		return true
	}
	return false
}

func contains(names []string, name string) bool {
	for _, n := range names {
		if n == name {
			return true
		}
	}
	return false
}

// advice says what would be read there.
func (r room) advice(name string, isDir bool) string {
	likely := r.files
	if isDir {
		likely = r.folders
	}
	for _, n := range likely {
		if near(name, n) {
			if isDir {
				n += "/"
			}
			return problem.Both("应叫 "+n, "it should be called "+n)
		}
	}
	switch {
	case r.anyFolder:
		return problem.Both("这里只有一份通报一个的文件夹", "here stand folders only, one for each report")
	case r.ending != "" && isDir:
		return problem.Both("这里不读下一层的文件夹", "no folder is read here")
	case r.ending != "":
		return problem.Both("文件名要以 "+r.ending+" 结尾", "its name has to end with "+r.ending)
	}
	var known []string
	known = append(known, r.files...)
	for _, f := range r.folders {
		known = append(known, f+"/")
	}
	return problem.Both("这里只读 "+strings.Join(known, "、"), "what is read here is "+strings.Join(known, ", "))
}

// near tells whether one name was probably meant for the other: it differs in
// capitals, in its ending, in the plural, or by one letter.
func near(name, known string) bool {
	a, b := strings.ToLower(stem(name)), strings.ToLower(stem(known))
	if a == b {
		return true
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || len(a) < 3 {
		return false
	}
	same := 0
	for same < len(a) && a[same] == b[same] {
		same++
	}
	if len(a) == len(b) {
		return a[same+1:] == b[same+1:]
	}
	return a[same:] == b[same+1:]
}
