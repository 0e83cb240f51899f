package main

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path"
	"regexp"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// These tests keep the plan of the house true: its fences and its map.

const house = "../.."

type packageInfo struct {
	ImportPath string
	Imports    []string
}

func packages(t *testing.T) []packageInfo {
	t.Helper()
	list := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	list.Dir = house
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []packageInfo
	decoder := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p packageInfo
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

type fence struct {
	Files []string
	Allow []string
	Deny  []struct{ Pkg, Desc string }
}

// guards says whether the fence is about a package: whether one of its file
// patterns ("**/site/load/*.go", "!…" for an exception) covers its folder.
func (f fence) guards(importPath string) bool {
	covered := false
	for _, pattern := range f.Files {
		pattern, exception := strings.CutPrefix(pattern, "!")
		folder := strings.TrimPrefix(path.Dir(pattern), "**")
		switch {
		case pattern == "$test":
		case folder == "" || strings.HasSuffix(importPath, folder):
			covered = !exception
		}
	}
	return covered
}

// refuses gives the reason why an import is over the fence, "" if it is not.
func (f fence) refuses(imported string) string {
	for _, allowed := range f.Allow {
		if imported == allowed {
			return ""
		}
	}
	for _, denied := range f.Deny {
		if imported == denied.Pkg || strings.HasPrefix(imported, denied.Pkg+"/") {
			return denied.Desc
		}
	}
	return ""
}

func fences(t *testing.T) map[string]fence {
	t.Helper()
	data, err := os.ReadFile(house + "/.golangci.yml")
	if err != nil {
		t.Fatal(err)
	}
	var config struct {
		Linters struct {
			Settings struct {
				Depguard struct{ Rules map[string]fence }
			}
		}
	}
	if err := yaml.Unmarshal(data, &config); err != nil {
		t.Fatal(err)
	}
	return config.Linters.Settings.Depguard.Rules
}

func TestNoRoomLooksOverItsFence(t *testing.T) {
	rules := fences(t)
	for _, p := range packages(t) {
		for name, f := range rules {
			if !f.guards(p.ImportPath) {
				continue
			}
			for _, imported := range p.Imports {
				if why := f.refuses(imported); why != "" {
					t.Errorf("%s imports %s: %s (rule %s of .golangci.yml)", p.ImportPath, imported, why, name)
				}
			}
		}
	}
}

func TestEveryRoomHasAFence(t *testing.T) {
	rules := fences(t)
	for _, p := range packages(t) {
		room, ok := strings.CutPrefix(p.ImportPath, "rectify/site/")
		if !ok || strings.HasPrefix(room, "internal/") {
			continue
		}
		if f, ok := rules[room]; !ok || !f.guards(p.ImportPath) {
			t.Errorf("the room %s has no rule in .golangci.yml", room)
		}
	}
}

// The fences themselves are tried with an import that each must refuse.
func TestFencesRefuseWhatTheySayTheyRefuse(t *testing.T) {
	rules := fences(t)
	for _, try := range []struct{ rule, pkg, imported string }{
		{"model", "rectify/site/model", "rectify/site/load"},
		{"emit", "rectify/site/emit", "rectify/site/page"},
		{"hugo", "rectify/site/page", "github.com/gohugoio/hugo/hugolib"},
		{"yaml", "rectify/cmd/rectify", "gopkg.in/yaml.v3"},
		{"tdewolff", "rectify/site", "github.com/tdewolff/minify/v2"},
	} {
		f := rules[try.rule]
		if !f.guards(try.pkg) || f.refuses(try.imported) == "" {
			t.Errorf("rule %s lets %s import %s", try.rule, try.pkg, try.imported)
		}
	}
	if rules["hugo"].guards("rectify/site/render") {
		t.Error("render may not import Hugo, says the rule")
	}
}

func TestReadmeMapNamesEveryRoomAndNoOther(t *testing.T) {
	data, err := os.ReadFile(house + "/README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(data), "## The house")
	if !ok {
		t.Fatal("README has no section “The house”")
	}
	section, _, _ := strings.Cut(rest, "\n## ")
	named := map[string]bool{}
	for _, m := range regexp.MustCompile("`((?:cmd|site|themes)/[a-z0-9/]*)`").FindAllStringSubmatch(section, -1) {
		named[strings.TrimSuffix(m[1], "/")] = true
	}
	for _, p := range packages(t) {
		dir := strings.TrimPrefix(p.ImportPath, "rectify/")
		if !named[dir] && dir != "site" && dir != "themes" {
			t.Errorf("the map does not name %s", dir)
		}
		delete(named, dir)
	}
	for dir := range named {
		if info, err := os.Stat(house + "/" + dir); err != nil || !info.IsDir() {
			t.Errorf("the map names %s, which is not there", dir)
		}
	}
}

func TestTheExampleInTheReadmeIsGoodData(t *testing.T) {
	readme, err := os.ReadFile(house + "/README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(readme), "```yaml\n")
	example, _, ok := strings.Cut(rest, "```\n")
	if !ok {
		t.Fatal("README shows no YAML")
	}
	dir := newPortal(t)
	write(t, dir+"/data/reports/demo/issues/b.yaml", example)
	code, stdout, stderr := call(t, "check", "-C", dir)
	// The small portal has neither the issue in its outline nor its paragraphs;
	// what the example itself says must be understood.
	for _, refused := range []string{"D005", "D008", "D009", "D010", "D011", "D012", "D013", "D014", "D018", "D019"} {
		if strings.Contains(stderr, refused) {
			t.Errorf("exit %d: %s%s", code, stdout, stderr)
		}
	}
	if !strings.Contains(stderr, "D016") {
		t.Errorf("the example was not read: %s", stderr)
	}
}
