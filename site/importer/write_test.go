package importer

import (
	"context"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/afero"

	"rectify/site/load"
	"rectify/site/model"
	"rectify/site/problem"
)

// reload writes a result into a portal in memory and loads it again.
func reload(t testing.TB, result *Result) *model.Report {
	t.Helper()
	fs := afero.NewMemMapFs()
	put := func(name string, data []byte) {
		if err := afero.WriteFile(fs, name, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("data/portal.yaml", []byte("format: 1\nname: 示例\nunit: 示例单位\n"))
	for _, file := range result.Files() {
		put(path.Join("data/reports", string(result.Report.ID), file.Name), file.Data)
	}
	portal, list := load.Load(context.Background(), fs, "data")
	for _, p := range list {
		if p.Code != problem.MissingField {
			t.Errorf("%s: %s", p.Place, p.Text(problem.English))
		}
	}
	if len(portal.Reports) != 1 {
		t.Fatalf("%d reports", len(portal.Reports))
	}
	return portal.Reports[0]
}

func TestWhatIsWrittenLoadsAsTheSameReport(t *testing.T) {
	for _, name := range []string{
		realReport + "/source.txt",
		"../scaffold/example/data/reports/wenhua-xuncha-2025/source.txt",
		"../scaffold/example/data/reports/wenhua-shenji-2024/source.txt",
		"../scaffold/example/data/reports/shuiwu-ducha-2025/source.txt",
	} {
		result := importFile(t, name, Options{ID: "example"})
		if diff := cmp.Diff(result.Report, reload(t, result), sameData); diff != "" {
			t.Errorf("%s: written (-) and loaded (+):\n%s", name, diff)
		}
	}
}

// The files made by hand have comments that the importer cannot know.
var ownLines = regexp.MustCompile(`(?m)^#.*\n|^\n`)

func TestTheRealFilesAreWrittenAsTheyWereByHand(t *testing.T) {
	portal, want := realData(t)
	result := importFile(t, realReport+"/source.txt", Options{ID: want.ID, Contact: portal.Contact})
	for _, file := range result.Files() {
		hand, err := os.ReadFile(path.Join(realReport, file.Name))
		if err != nil {
			t.Error(err)
			continue
		}
		a, b := string(hand), string(file.Data)
		if strings.HasSuffix(file.Name, "report.yaml") {
			a, b = ownLines.ReplaceAllString(a, ""), ownLines.ReplaceAllString(b, "")
		}
		if diff := cmp.Diff(a, b); diff != "" {
			t.Errorf("%s: by hand (-) and written (+):\n%s", file.Name, diff)
		}
	}
}

func TestTextsThatYAMLMisreadsAreQuoted(t *testing.T) {
	for _, text := range []string{
		"1.", "1", "1e3", "yes", "null", "~", "2024-1-2", "- a", "a: b", "a #b", "#1", "*", "&a", "! 注意", "“引号”", "a'b", `"a"`, `a\b`,
		"'", "12:30", "【一】", "[一]", "{一}", "%", "@", "`", "?", ": a", "a:", "---", "...", "0x10", "1,000", "一\t二", "=", "<<", "| a", "> a",
	} {
		issue := &model.Issue{ID: 123456, Label: text, Title: text, Finding: text + "\n" + text, Owners: model.Owners{LeadUnits: []string{text, text}}}
		report := &model.Report{
			ID: "r", Title: text, Unit: text, TitleLines: []string{text}, Issues: []*model.Issue{issue},
			Outline: []model.Section{{ID: "1", Title: text, Issues: []model.IssueID{123456}}},
		}
		issue.Section = "1"
		issue.Status.Code = model.NotStated
		result := &Result{Report: report, Document: &Document{Text: "一"}}
		got := reload(t, result)
		report.Paragraphs = []string{"一"}
		if diff := cmp.Diff(report, got, sameData); diff != "" {
			t.Errorf("%q: written (-) and loaded (+):\n%s", text, diff)
		}
	}
}
