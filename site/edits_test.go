package site

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// editor changes a portal's files as people do over the months, at random but
// repeatably. It knows YAML and nothing of what the program makes of it.
type editor struct {
	t    *testing.T
	dir  string
	dice *rand.Rand
	next int // number of the next issue that it makes up

	// What a build is told beside the data.
	program, baseURL, now string
}

// edits are the kinds of change. Each says what it did, "" where there was
// nothing of the sort to change.
var edits = []func(*editor) string{
	(*editor).reword, (*editor).reword, (*editor).retitle, (*editor).restate, (*editor).restate, (*editor).add, (*editor).add,
	(*editor).move, (*editor).hide, (*editor).withdraw, (*editor).remove, (*editor).own, (*editor).promise,
	(*editor).section, (*editor).report, (*editor).newReport, (*editor).noReport, (*editor).prose, (*editor).portal, (*editor).theme, (*editor).style,
	(*editor).otherProgram, (*editor).otherAddress, (*editor).otherClock, (*editor).touch, (*editor).evidence,
}

func (e *editor) path(name string) string { return filepath.Join(e.dir, filepath.FromSlash(name)) }

func (e *editor) write(name, text string) {
	e.t.Helper()
	if err := os.MkdirAll(filepath.Dir(e.path(name)), 0o755); err != nil {
		e.t.Fatal(err)
	}
	if err := os.WriteFile(e.path(name), []byte(text), 0o644); err != nil {
		e.t.Fatal(err)
	}
}

// glob gives files below the portal's folder, sorted.
func (e *editor) glob(pattern string) []string {
	found, err := filepath.Glob(e.path(pattern))
	if err != nil {
		e.t.Fatal(err)
	}
	for i := range found {
		rel, err := filepath.Rel(e.dir, found[i])
		if err != nil {
			e.t.Fatal(err)
		}
		found[i] = filepath.ToSlash(rel)
	}
	return found
}

// pick takes one of the files of a pattern, "" where there is none.
func (e *editor) pick(pattern string) string {
	found := e.glob(pattern)
	if len(found) == 0 {
		return ""
	}
	return found[e.dice.IntN(len(found))]
}

const (
	issueFiles  = "data/reports/*/issues/*.yaml"
	reportFiles = "data/reports/*/report.yaml"
)

// change reads a YAML file, changes its mapping and writes it.
func (e *editor) change(name string, do func(root *yaml.Node)) {
	e.t.Helper()
	data, err := os.ReadFile(e.path(name))
	if err != nil {
		e.t.Fatal(err)
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		e.t.Fatal(err)
	}
	do(doc.Content[0])
	if data, err = yaml.Marshal(&doc); err != nil {
		e.t.Fatal(err)
	}
	e.write(name, string(data))
}

// member gives the value under a key, nil where it is not written.
func member(n *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// set writes YAML under a key; "" takes the key away.
func set(n *yaml.Node, key, value string) {
	n.Content = slices.Clone(n.Content)
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			n.Content = slices.Delete(n.Content, i, i+2)
			break
		}
	}
	if value == "" {
		return
	}
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(value), &doc); err != nil {
		panic(err)
	}
	n.Content = append(n.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: key}, doc.Content[0])
}

// phrase is a text that stands nowhere else.
func (e *editor) phrase() string {
	words := []string{"台账", "经费", "公示", "核对", "整改", "示例", "制度", "检查", "培训", "档案", "资产", "合同"}
	var b strings.Builder
	for range 3 + e.dice.IntN(6) {
		b.WriteString(words[e.dice.IntN(len(words))])
	}
	return fmt.Sprintf("%s第%d次。", b.String(), e.dice.IntN(100000))
}

// reword changes a text of an issue.
func (e *editor) reword() string {
	name := e.pick(issueFiles)
	if name == "" {
		return ""
	}
	key := []string{"finding", "goal", "result"}[e.dice.IntN(3)]
	e.change(name, func(root *yaml.Node) { set(root, key, fmt.Sprintf("%q", e.phrase())) })
	return "reword " + key + " of " + name
}

func (e *editor) retitle() string {
	name := e.pick(issueFiles)
	if name == "" {
		return ""
	}
	e.change(name, func(root *yaml.Node) { set(root, "title", fmt.Sprintf("%q", e.phrase()+"《示例办法》")) })
	return "retitle " + name
}

// restate gives an issue another status.
func (e *editor) restate() string {
	name := e.pick(issueFiles)
	if name == "" {
		return ""
	}
	code := []string{"done", "in_progress", "long_term", "not_done"}[e.dice.IntN(4)]
	day := fmt.Sprintf("2025-%02d-%02d", 1+e.dice.IntN(12), 1+e.dice.IntN(28))
	e.change(name, func(root *yaml.Node) {
		set(root, "status", fmt.Sprintf("{code: %s, as_of: %s, basis: %q}", code, day, e.phrase()))
	})
	return "status of " + name + " is " + code + " as of " + day
}

// own changes who answers for an issue.
func (e *editor) own() string {
	name := e.pick(issueFiles)
	if name == "" {
		return ""
	}
	e.change(name, func(root *yaml.Node) {
		set(root, "owners", fmt.Sprintf("{lead_units: [示例%d科], co_units: [示例办]}", e.dice.IntN(4)))
	})
	return "owners of " + name
}

func (e *editor) promise() string {
	name := e.pick(issueFiles)
	if name == "" {
		return ""
	}
	e.change(name, func(root *yaml.Node) {
		set(root, "follow_ups", fmt.Sprintf("[{due: 2025-%02d-01, text: %q}]", 1+e.dice.IntN(12), e.phrase()))
	})
	return "promise of " + name
}

// sections gives all sections of an outline that may hold issues.
func sections(outline *yaml.Node) (all []*yaml.Node) {
	if outline == nil {
		return nil
	}
	for _, s := range outline.Content {
		all = append(all, s)
		all = append(all, sections(member(s, "sections"))...)
	}
	return all
}

// place puts an issue into a section of a report, or takes it out of all.
func (e *editor) place(report, id string, in bool) {
	e.change(report, func(root *yaml.Node) {
		all := sections(member(root, "outline"))
		for _, s := range all {
			if issues := member(s, "issues"); issues != nil {
				issues.Content = slices.DeleteFunc(slices.Clone(issues.Content), func(n *yaml.Node) bool { return n.Value == id })
			}
		}
		if !in || len(all) == 0 {
			return
		}
		s := all[e.dice.IntN(len(all))]
		if member(s, "issues") == nil {
			set(s, "issues", "[]")
		}
		issues := member(s, "issues")
		at := e.dice.IntN(len(issues.Content) + 1)
		issues.Content = slices.Insert(slices.Clone(issues.Content), at, &yaml.Node{Kind: yaml.ScalarNode, Value: id})
	})
}

func reportOf(issue string) string {
	return filepath.ToSlash(filepath.Dir(filepath.Dir(issue))) + "/report.yaml"
}

func (e *editor) idOf(issue string) (id string) {
	e.change(issue, func(root *yaml.Node) { id = member(root, "id").Value })
	return id
}

// add makes up an issue.
func (e *editor) add() string {
	report := e.pick(reportFiles)
	if report == "" {
		return ""
	}
	e.next++
	id := fmt.Sprint(700000 + e.next)
	name := filepath.ToSlash(filepath.Dir(report)) + "/issues/new-" + id + ".yaml"
	e.write(name, fmt.Sprintf("id: %s\ntitle: %s\nmeasures:\n  - text: %s\n", id, e.phrase(), e.phrase()))
	e.place(report, id, true)
	return "add " + name
}

func (e *editor) move() string {
	name := e.pick(issueFiles)
	if name == "" {
		return ""
	}
	e.place(reportOf(name), e.idOf(name), true)
	return "move " + name
}

func (e *editor) remove() string {
	name := e.pick(issueFiles)
	if name == "" {
		return ""
	}
	e.place(reportOf(name), e.idOf(name), false)
	if err := os.Remove(e.path(name)); err != nil {
		e.t.Fatal(err)
	}
	return "remove " + name
}

// hide makes an issue internal or public again. What the source says of it goes
// with it: nothing internal may stand there.
func (e *editor) hide() string {
	name := e.pick(issueFiles)
	if name == "" {
		return ""
	}
	visibility := ""
	e.change(name, func(root *yaml.Node) {
		if v := member(root, "visibility"); v == nil {
			visibility = "internal"
			e.blacken(name, root)
		}
		set(root, "visibility", visibility)
	})
	return "visibility of " + name + " is " + visibility
}

// blacken takes the paragraphs of an issue out of the source.
func (e *editor) blacken(name string, root *yaml.Node) {
	source := filepath.ToSlash(filepath.Dir(filepath.Dir(name))) + "/source.txt"
	data, err := os.ReadFile(e.path(source))
	ref := member(root, "source")
	if err != nil || ref == nil {
		return
	}
	gone := map[string]bool{}
	for _, n := range member(ref, "paragraphs").Content {
		gone[n.Value] = true
	}
	lines, paragraph := strings.Split(string(data), "\n"), 0
	for i, line := range lines {
		if strings.TrimSpace(line) == "" {
			continue
		}
		if paragraph++; gone[fmt.Sprint(paragraph)] {
			lines[i] = "(略)"
		}
	}
	e.write(source, strings.Join(lines, "\n"))
	set(root, "source", "")
}

func (e *editor) withdraw() string {
	name := e.pick(issueFiles)
	if name == "" {
		return ""
	}
	e.change(name, func(root *yaml.Node) {
		if member(root, "withdrawn") != nil {
			set(root, "withdrawn", "")
			return
		}
		set(root, "withdrawn", fmt.Sprintf("{on: 2025-10-01, why: %q}", e.phrase()))
	})
	return "withdraw " + name
}

// section renames a heading.
func (e *editor) section() string {
	report := e.pick(reportFiles)
	if report == "" {
		return ""
	}
	e.change(report, func(root *yaml.Node) {
		if all := sections(member(root, "outline")); len(all) > 0 {
			set(all[e.dice.IntN(len(all))], "title", fmt.Sprintf("%q", e.phrase()))
		}
	})
	return "section of " + report
}

// report changes what is told of a whole report, its place among the others too.
func (e *editor) report() string {
	report := e.pick(reportFiles)
	if report == "" {
		return ""
	}
	e.change(report, func(root *yaml.Node) {
		set(root, "title", fmt.Sprintf("%q", e.phrase()))
		set(root, "published_at", fmt.Sprintf("2025-%02d-11 09:00", 1+e.dice.IntN(9)))
		if e.dice.IntN(2) == 0 {
			set(root, "unit", fmt.Sprintf("示例%d局", e.dice.IntN(3)))
		}
	})
	return "facts of " + report
}

func (e *editor) newReport() string {
	e.next++
	dir := fmt.Sprintf("data/reports/new-%d", e.next)
	e.write(dir+"/report.yaml", fmt.Sprintf(
		"title: %s\nunit: 示例新局\npublished_at: 2025-06-01 10:00\noutline:\n  - id: a\n    title: 示例方面\n    issues: [%d]\n", e.phrase(), 700000+e.next,
	))
	e.write(dir+"/issues/a.yaml", fmt.Sprintf("id: %d\ntitle: %s\n", 700000+e.next, e.phrase()))
	return "new report " + dir
}

func (e *editor) noReport() string {
	report := e.pick("data/reports/new-*/report.yaml")
	if report == "" {
		return ""
	}
	if err := os.RemoveAll(filepath.Dir(e.path(report))); err != nil {
		e.t.Fatal(err)
	}
	return "no more " + report
}

func (e *editor) prose() string {
	name := fmt.Sprintf("data/pages/note-%d.md", e.dice.IntN(3))
	if _, err := os.Stat(e.path(name)); err == nil && e.dice.IntN(2) == 0 {
		if err := os.Remove(e.path(name)); err != nil {
			e.t.Fatal(err)
		}
		return "remove " + name
	}
	e.write(name, "# "+e.phrase()+"\n\n"+e.phrase()+"\n")
	return "write " + name
}

// portal changes what all pages share.
func (e *editor) portal() string {
	key := []string{"name", "unit", "description"}[e.dice.IntN(3)]
	e.change("data/portal.yaml", func(root *yaml.Node) { set(root, key, fmt.Sprintf("%q", e.phrase())) })
	return "portal's " + key
}

// theme overlays a template, or takes it away again.
func (e *editor) theme() string {
	const name = "themes/civic/layouts/_partials/skip-link.html"
	if _, err := os.Stat(e.path(name)); err == nil && e.dice.IntN(2) == 0 {
		if err := os.Remove(e.path(name)); err != nil {
			e.t.Fatal(err)
		}
		return "theme without " + name
	}
	e.write(name, fmt.Sprintf(`<a class="civic-skip civic-skip--%d" href="#main">{{ i18n "skip" }}</a>`+"\n", e.dice.IntN(100)))
	return "theme with " + name
}

// style changes a built asset, whose name changes with it.
func (e *editor) style() string {
	e.write("themes/civic/assets/css/print.css", fmt.Sprintf("@media print { .civic-page { margin: %dpx; } }\n", e.dice.IntN(100)))
	return "style"
}

func (e *editor) otherProgram() string {
	e.program = fmt.Sprintf("program %d", e.dice.IntN(3))
	return e.program
}

func (e *editor) otherAddress() string {
	e.baseURL = []string{"", "https://www.example.org/a/", "https://www.example.org/b/"}[e.dice.IntN(3)]
	return "address " + e.baseURL
}

func (e *editor) otherClock() string {
	e.now = []string{"", "2025-05-05", "2026-01-01"}[e.dice.IntN(3)]
	return "clock " + e.now
}

// touch writes a file as it was, as copying does.
func (e *editor) touch() string {
	name := e.pick(issueFiles)
	if name == "" {
		return ""
	}
	data, err := os.ReadFile(e.path(name))
	if err != nil {
		e.t.Fatal(err)
	}
	e.write(name, string(data))
	return "touch " + name
}

// evidence gives an issue a file, or its file another content.
func (e *editor) evidence() string {
	name := e.pick(issueFiles)
	if name == "" {
		return ""
	}
	e.write(filepath.ToSlash(filepath.Dir(filepath.Dir(name)))+"/files/note.txt", e.phrase())
	e.change(name, func(root *yaml.Node) { set(root, "evidence", "[{file: note.txt, title: 示例材料}]") })
	return "evidence of " + name
}
