package load

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/afero"

	"rectify/site/model"
)

// again publishes a portal into memory and loads what was written.
func again(t *testing.T, fs afero.Fs, dir string, portal *model.Portal) (*model.Portal, map[string]string) {
	t.Helper()
	disk, texts := afero.NewMemMapFs(), map[string]string{}
	for file, err := range Published(fs, dir, portal) {
		check(t, err)
		check(t, afero.WriteFile(disk, "data/"+file.Name, file.Data, 0o644))
		texts[file.Name] = string(file.Data)
	}
	// Images and evidence lie in the site, whence whoever builds again takes them.
	for _, image := range portal.Images {
		data, err := ReadFile(fs, dir, "images/"+image.Name)
		check(t, err)
		check(t, afero.WriteFile(disk, "data/images/"+image.Name, data, 0o644))
	}
	for _, report := range portal.Reports {
		for _, issue := range report.Issues {
			for _, e := range issue.Evidence {
				name := "reports/" + string(report.ID) + "/files/" + e.File
				data, err := ReadFile(fs, dir, name)
				check(t, err)
				check(t, afero.WriteFile(disk, "data/"+name, data, 0o644))
			}
		}
	}
	got, found := Load(context.Background(), disk, "data")
	if found.HasErrors() {
		for _, p := range found {
			t.Errorf("%s %s: %s", p.Code, p.Place, p)
		}
		t.FailNow()
	}
	return got, texts
}

func TestWhatIsPublishedLoadsAsTheSamePublicPortal(t *testing.T) {
	for _, dir := range []string{"../..", "../scaffold/example"} {
		fs := afero.NewReadOnlyFs(afero.NewBasePathFs(afero.NewOsFs(), dir))
		portal, found := Load(context.Background(), fs, "data")
		if found.HasErrors() {
			t.Fatal(found)
		}
		public := portal.Public()
		got, _ := again(t, fs, "data", public)
		if diff := cmp.Diff(public, got.Public(), withoutPlaces); diff != "" {
			t.Errorf("%s (-data +published):\n%s", dir, diff)
		}
	}
}

func TestNothingThatIsNotPublicIsPublished(t *testing.T) {
	disk := afero.NewMemMapFs()
	for name, text := range map[string]string{
		"data/portal.yaml":                 "format: 1 # 密语\nname: 示例\nunit: 示例局\n",
		"data/pages/about.md":              "# 关于\n\n一<!-- 密语 -->二\n\n<!--\n密语\n-->\n\n三\n",
		"data/releases/2025-03.yaml":       "approved_by: {who: 密语, on: 2025-03-01}\n",
		"data/reports/demo/source.txt":     "示例通报\n\n密语之一\n示例段\n",
		"data/reports/demo/report.yaml":    "# 密语\ntitle: 示例通报\nunit: 示例局\noutline:\n  - {id: a, title: 甲, issues: [200001, 200002, 200003]}\n  - {id: b, title: 密语, issues: [200004]}\n",
		"data/reports/demo/issues/密语.yaml": "# 密语\nid: 200001\ntitle: 示例问题\nmeasures:\n  - text: |-\n      示例措施。\n      第二段。\n",
		"data/reports/demo/issues/b.yaml":  "id: 200002\ntitle: 密语\nfinding: 密语\nsource: {paragraphs: [2]}\nevidence: [{file: 密语.pdf, title: 密语}]\nwithdrawn: {on: 2025-03-01, why: 示例原因}\n",
		"data/reports/demo/issues/c.yaml":  "id: 200003\ntitle: 密语\nvisibility: internal\n",
		"data/reports/demo/issues/d.yaml":  "id: 200004\ntitle: 密语\nvisibility: internal\n",
	} {
		check(t, afero.WriteFile(disk, name, []byte(text), 0o644))
	}
	portal, found := Load(context.Background(), disk, "data")
	if found.HasErrors() {
		t.Fatal(found)
	}
	public := portal.Public()
	got, texts := again(t, disk, "data", public)
	if diff := cmp.Diff(public, got.Public(), withoutPlaces); diff != "" {
		t.Error(diff)
	}
	for name, text := range texts {
		if strings.Contains(name+text, "密语") || strings.Contains(text, "200003") || strings.Contains(text, "200004") {
			t.Errorf("%s:\n%s", name, text)
		}
	}
	want := `id: 200001
title: "示例问题"
measures:
  - text: |-
      示例措施。
      第二段。
status:
  code: "not_stated"
`
	if diff := cmp.Diff(want, texts["reports/demo/issues/200001.yaml"]); diff != "" {
		t.Error(diff)
	}
	if got := texts["reports/demo/source.txt"]; got != "示例通报\n\n(已撤回)\n示例段\n" {
		t.Errorf("source.txt: %q", got)
	}
	if got := texts["pages/about.md"]; got != "# 关于\n\n一二\n\n\n三\n" {
		t.Errorf("about.md: %q", got)
	}
}

func FuzzWrittenTextIsReadBack(f *testing.F) {
	for _, text := range []string{
		"", "示例", " 示例 ", "一\n二", "一\n\n二", "  一\n二", "一\n", "a: b # c", "- x", `"\`, "\t", "'", "null", "~", "1e3", "{", "|", "%", "@", "`", "---", "...",
		strings.Repeat("长", 80), strings.Repeat("长", 80) + ": #", "\ufeff", "\u200b", "\U0001F600\n" + strings.Repeat("x", 70), strings.Repeat("x ", 70) + "\n- y",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, _, ok := newSource("x", []byte(text))
		if !ok || s.text != text || strings.Contains(text, "\r") {
			t.Skip("no text that load would have taken")
		}
		issue := &model.Issue{ID: 200001, Title: "示例", Finding: text, Measures: []model.Measure{{Text: text, Title: "示例"}}, Owners: model.Owners{LeadUnits: []string{text, "示例"}}}
		if strings.TrimSpace(text) == "" {
			t.Skip("blank counts as absent")
		}
		d := &decoder{}
		d.source, _, _ = newSource("issue.yaml", yamlOf(issue))
		var got model.Issue
		if root := d.root(); root != nil {
			d.decode(root, &got)
		}
		if len(d.list) > 0 {
			t.Fatalf("%v in\n%s", d.list, yamlOf(issue))
		}
		if diff := cmp.Diff(issue, &got, withoutPlaces); diff != "" {
			t.Fatalf("%s\n%s", diff, yamlOf(issue))
		}
	})
}
