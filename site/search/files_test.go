package search

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"rectify/site/model"
	"rectify/site/page"
)

// contents are the files of an index by their paths.
func contents(x *Indexer) map[string]string {
	files := map[string]string{}
	for f := range x.Files() {
		files[f.Path] = string(f.Data)
	}
	return files
}

func filesOf(portal *model.Portal) map[string]string {
	return contents(indexed(portal, func(page.Page) {}))
}

// changed are the files that two indexes do not have in common.
func changed(a, b map[string]string) []string {
	var out []string
	for path := range a {
		if a[path] != b[path] {
			out = append(out, path)
		}
	}
	for path := range b {
		if _, ok := a[path]; !ok {
			out = append(out, path)
		}
	}
	slices.Sort(out)
	return out
}

func TestTheSamePagesGiveTheSameFiles(t *testing.T) {
	if files := changed(filesOf(examplePortal(t)), filesOf(examplePortal(t))); len(files) > 0 {
		t.Errorf("differ: %v", files)
	}
}

func TestFilesAreFewInAFolderAndCallTheirNames(t *testing.T) {
	folders := map[string]int{}
	files := filesOf(synthetic(t, 1000))
	for path, data := range files {
		folders[path[:strings.LastIndex(path, "/")]]++
		name := strings.TrimSuffix(strings.TrimPrefix(path, "search/"), ".js")
		if !regexp.MustCompile(`^[a-z0-9/-]+$`).MatchString(name) {
			t.Errorf("%s is no plain name", path)
		}
		if !strings.HasPrefix(data, `rectifySearch("`+name+`",`) || !strings.HasSuffix(data, ")\n") {
			t.Errorf("%s does not call its name: %.60s", path, data)
		}
	}
	for folder, n := range folders {
		if n > 1000 {
			t.Errorf("%d files in %s", n, folder)
		}
	}
	if _, ok := files["search/meta.js"]; !ok {
		t.Error("there is no search/meta.js")
	}
}

func TestAnEditChangesFewFiles(t *testing.T) {
	portal := synthetic(t, 1000)
	issue := portal.Reports[1].Issues[7]
	issue.Source.Paragraphs = nil // else the paragraph would still say what it said
	before := filesOf(portal)
	text := []rune(issue.Measures[0].Text)
	text[5], text[6] = '鑫', '焱'
	issue.Measures[0].Text = string(text)
	replaced := changed(before, filesOf(portal))
	t.Logf("two characters replaced: %d of %d files change", len(replaced), len(before))
	if len(replaced) > 20 {
		t.Errorf("two characters replaced change %d files: %v", len(replaced), replaced)
	}
	issue.Measures[0].Text += "又及。"
	added := changed(before, filesOf(portal))
	t.Logf("and three added: %d", len(added))
	if len(added) > 60 {
		t.Errorf("three characters more change %d files", len(added))
	}
}

func TestAnIssueMoreLeavesTheTextsOfTheOthers(t *testing.T) {
	portal := synthetic(t, 1000)
	before := filesOf(portal)
	report := portal.Reports[0]
	issue := *report.Issues[3]
	issue.ID, issue.Title = 999999, "示例新问题"
	issue.Source.Paragraphs = nil
	report.Issues = append(report.Issues, &issue)
	last := report.Outline[len(report.Outline)-1]
	issue.Section = last.ID
	last.Issues = append(last.Issues, issue.ID)
	texts := 0
	all := changed(before, filesOf(portal))
	for _, path := range all {
		if strings.HasPrefix(path, "search/d/") {
			texts++
		}
	}
	t.Logf("%d of %d files change, %d of them texts", len(all), len(before), texts)
	if texts > 4 {
		t.Errorf("%d texts change", texts)
	}
}
