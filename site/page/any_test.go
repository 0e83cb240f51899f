package page_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"path"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/afero"

	"rectify/site/load"
	"rectify/site/model"
	"rectify/site/page"
	"rectify/site/scaffold"
)

// An edit takes something away from the files of a portal and says what.
type edit func(dice *rand.Rand, files map[string]string) string

// edits are what people leave out, weighed by how often each is drawn.
var edits = []edit{dropFile, dropIssue, dropReport, dropLine, dropBlock, dropBlock, dropBlock, emptyList, otherLanguage, withdraw, withdrawReport}

func pick(dice *rand.Rand, files map[string]string, match func(string) bool) string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if match(name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return names[dice.IntN(len(names))]
}

func isYAML(name string) bool { return path.Ext(name) == ".yaml" }

func dropFile(dice *rand.Rand, files map[string]string) string {
	name := pick(dice, files, func(name string) bool { return path.Base(name) != "portal.yaml" })
	delete(files, name)
	return "without " + name
}

func dropReport(dice *rand.Rand, files map[string]string) string {
	name := pick(dice, files, func(name string) bool { return path.Base(name) == "report.yaml" })
	for file := range files {
		if name != "" && strings.HasPrefix(file, path.Dir(name)+"/") {
			delete(files, file)
		}
	}
	return "without the report of " + name
}

// dropIssue takes a file away and its id out of the outline.
func dropIssue(dice *rand.Rand, files map[string]string) string {
	name := pick(dice, files, func(name string) bool { return path.Base(path.Dir(name)) == "issues" })
	_, rest, _ := strings.Cut("\n"+files[name], "\nid: ")
	id, _, _ := strings.Cut(rest, "\n")
	delete(files, name)
	report := path.Join(path.Dir(path.Dir(name)), "report.yaml")
	for _, form := range []string{", " + id, id + ", ", id} {
		if strings.Contains(files[report], form) && len(id) == 6 {
			files[report] = strings.Replace(files[report], form, "", 1)
			break
		}
	}
	return "without the issue " + name
}

func dropLine(dice *rand.Rand, files map[string]string) string {
	return cut(dice, files, func(string) bool { return true }, func(lines []string, at int) int { return at + 1 })
}

// dropBlock takes a key away with all that is indented under it.
func dropBlock(dice *rand.Rand, files map[string]string) string {
	return cut(dice, files, isYAML, func(lines []string, at int) int {
		depth := indent(lines[at])
		for at++; at < len(lines) && (indent(lines[at]) > depth || strings.TrimSpace(lines[at]) == ""); at++ {
		}
		return at
	})
}

func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

func cut(dice *rand.Rand, files map[string]string, match func(string) bool, end func([]string, int) int) string {
	name := pick(dice, files, match)
	lines := strings.SplitAfter(files[name], "\n")
	from := dice.IntN(len(lines))
	to := end(lines, from)
	what := strings.Join(lines[from:to], "")
	files[name] = strings.Join(slices.Delete(lines, from, to), "")
	return fmt.Sprintf("%s without line %d: %q", name, from+1, what)
}

// emptyList leaves a key with no value, or a list of one line with no items.
func emptyList(dice *rand.Rand, files map[string]string) string {
	name := pick(dice, files, isYAML)
	lines := strings.SplitAfter(files[name], "\n")
	at := dice.IntN(len(lines))
	key, _, ok := strings.Cut(lines[at], ": [")
	if !ok {
		return "as it was"
	}
	lines[at] = key + ": []\n"
	files[name] = strings.Join(lines, "")
	return fmt.Sprintf("%s with %s: []", name, strings.TrimSpace(key))
}

// withdraw takes an issue back that was public.
func withdraw(dice *rand.Rand, files map[string]string) string {
	name := pick(dice, files, func(name string) bool { return path.Base(path.Dir(name)) == "issues" })
	if name != "" && !strings.Contains(files[name], "withdrawn:") && !strings.Contains(files[name], "visibility:") {
		files[name] += "\nwithdrawn: {on: 2025-10-01, why: 示例}\n"
	}
	return "with " + name + " withdrawn"
}

func withdrawReport(dice *rand.Rand, files map[string]string) string {
	name := pick(dice, files, func(name string) bool { return path.Base(name) == "report.yaml" })
	for file := range files {
		if name != "" && strings.HasPrefix(file, path.Dir(name)+"/issues/") && !strings.Contains(files[file], "withdrawn:") {
			files[file] += "\nwithdrawn: {on: 2025-10-01, why: 示例}\n"
		}
	}
	return "with all of " + name + " withdrawn"
}

func otherLanguage(_ *rand.Rand, files map[string]string) string {
	files["data/portal.yaml"] = strings.Replace(files["data/portal.yaml"], "language: zh-CN", "language: en", 1)
	return "in English"
}

func exampleFiles(t *testing.T) map[string]string {
	t.Helper()
	fs := afero.NewMemMapFs()
	if err := scaffold.Write(fs, "portal", scaffold.Example); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, name := range scaffold.Files(scaffold.Example) {
		data, err := afero.ReadFile(fs, "portal/"+name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(name, "data/") && !strings.HasPrefix(name, "data/schema/") {
			files[name] = string(data)
		}
	}
	return files
}

// loadFiles gives nil where the files have errors: such a portal is not built.
func loadFiles(t *testing.T, files map[string]string) *model.Portal {
	t.Helper()
	fs := afero.NewMemMapFs()
	for name, text := range files {
		if err := afero.WriteFile(fs, name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	portal, found := load.Load(context.Background(), fs, "data")
	if found.HasErrors() {
		return nil
	}
	return portal
}

// makeAll makes everything that a build asks of a book. Two pages at one path,
// or none at all, are as wrong as a panic.
func makeAll(portal *model.Portal, o page.Options) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	book := page.New(portal.Public(), o)
	taken := map[string]bool{}
	for p := range book.Pages() {
		if taken[p.Path] {
			return fmt.Errorf("two pages at %s", p.Path)
		}
		taken[p.Path] = true
		if _, err := json.Marshal(p.Data); err != nil {
			return fmt.Errorf("%s: %w", p.Path, err)
		}
	}
	for _, file := range book.Files() {
		if taken[file.Path] {
			return fmt.Errorf("two files at %s", file.Path)
		}
		taken[file.Path] = true
	}
	if _, err := json.Marshal(book.Site()); err != nil {
		return err
	}
	if !taken["index.html"] {
		return fmt.Errorf("no home among %d files", len(taken))
	}
	return nil
}

// Each of the eight walks takes one thing after another away from the example;
// what makes the data wrong is put back, so each walk goes far.
func TestWhateverPortalLoadsBecomesPages(t *testing.T) {
	const walks, steps = 8, 200 / 8
	moved := 0
	for seed := range uint64(walks) {
		dice := rand.New(rand.NewPCG(seed, 200))
		files := exampleFiles(t)
		var done []string
		for range steps {
			next := maps.Clone(files)
			change := edits[dice.IntN(len(edits))](dice, next)
			if maps.Equal(files, next) {
				continue
			}
			portal := loadFiles(t, next)
			if portal == nil {
				continue
			}
			files, done, moved = next, append(done, change), moved+1
			o := page.Options{}
			if dice.IntN(2) == 0 {
				o = page.Options{BaseURL: "https://www.example.org/zg", Now: "2025-06-30"}
			}
			if err := makeAll(portal, o); err != nil {
				t.Errorf("walk %d, %+v: %v\n%s", seed, o, err, strings.Join(done, "\n"))
				break
			}
		}
	}
	if moved < walks*steps*2/5 {
		t.Errorf("only %d of %d changed portals could be loaded: too little is tried", moved, walks*steps)
	}
}

// The portals that walks hardly reach: nearly nothing is left.
func TestPortalOfLittleBecomesPages(t *testing.T) {
	const (
		portal = "format: 1\nname: 甲\nunit: 乙\n"
		report = "title: 甲\nunit: 乙\n"
		issue  = "id: 200001\ntitle: 丙\n"
	)
	for name, files := range map[string]map[string]string{
		"no report":                {},
		"a report of nothing":      {"report.yaml": report},
		"a source of nothing":      {"report.yaml": report, "source.txt": ""},
		"a source and no data":     {"report.yaml": report, "source.txt": "甲\n\n乙\n"},
		"a section without issues": {"report.yaml": report + "outline: [{id: s, title: 丁}]\n"},
		"an issue of a title": {
			"report.yaml": report + "outline: [{id: s, title: 丁, issues: [200001]}]\n", "issues/a.yaml": issue,
		},
		"parts without headings": {"report.yaml": report + "parts: [{text: 戊, outline: true}]\n", "source.txt": "戊\n"},
		"an internal issue only": {
			"report.yaml":   report + "outline: [{id: s, title: 丁, issues: [200001]}]\n",
			"issues/a.yaml": issue + "visibility: internal\n",
		},
		"no measure for a promise": {
			"report.yaml":   report + "outline: [{id: s, title: 丁, issues: [200001]}]\n",
			"issues/a.yaml": issue + "follow_ups: [{text: 己}]\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			all := map[string]string{"data/portal.yaml": portal}
			for file, text := range files {
				all["data/reports/a/"+file] = text
			}
			p := loadFiles(t, all)
			if p == nil {
				t.Fatal("the portal does not load, so nothing is tried")
			}
			if err := makeAll(p, page.Options{}); err != nil {
				t.Error(err)
			}
		})
	}
}
