package importer

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/afero"
	"golang.org/x/tools/txtar"

	"rectify/site/load"
	"rectify/site/model"
)

// loadIssue loads one issue's file in a portal made for it.
func loadIssue(t testing.TB, data []byte) *model.Issue {
	t.Helper()
	id := regexp.MustCompile(`(?m)^id:\s*(\d{6})`).FindSubmatch(data)
	if id == nil {
		t.Fatalf("no id in %s", data)
	}
	fs := afero.NewMemMapFs()
	for name, text := range map[string]string{
		"data/portal.yaml":              "format: 1\nname: 示例\nunit: 示例\n",
		"data/reports/r/report.yaml":    "title: 示例\nunit: 示例\noutline:\n  - id: a\n    title: 甲\n    issues: [" + string(id[1]) + "]\n",
		"data/reports/r/issues/a.yaml":  string(data),
		"data/reports/r/source.txt":     strings.Repeat("示例\n", 300),
		"data/reports/r/files/keep.txt": "x",
	} {
		must(t, afero.WriteFile(fs, name, []byte(text), 0o644))
	}
	portal, list := load.Load(context.Background(), fs, "data")
	if list.HasErrors() {
		t.Fatalf("%v\n%s", list, data)
	}
	return portal.Reports[0].Issues[0]
}

func TestEdits(t *testing.T) {
	files, err := filepath.Glob("testdata/edit/*.txtar")
	must(t, err)
	for _, file := range files {
		for _, crlf := range []bool{false, true} {
			archive, err := txtar.ParseFile(file)
			must(t, err)
			part := func(i int) string {
				text := string(archive.Files[i].Data)
				if crlf {
					text = strings.ReplaceAll(text, "\n", "\r\n")
				}
				return text
			}
			before := strings.TrimRight(part(0), "\r\n")
			from := loadIssue(t, []byte(before))
			to := loadIssue(t, []byte(before))
			for line := range strings.Lines(string(archive.Files[1].Data)) {
				change(t, to, strings.TrimSpace(line))
			}
			got, err := EditIssue([]byte(before), from, to)
			must(t, err)
			if diff := cmp.Diff(strings.TrimSpace(part(2)), strings.TrimSpace(string(got))); diff != "" {
				t.Errorf("%s: want (-) and got (+):\n%s", file, diff)
			}
			if diff := cmp.Diff(to, loadIssue(t, got), sameData); diff != "" {
				t.Errorf("%s: wanted (-) and loaded (+):\n%s", file, diff)
			}
		}
	}
}

func change(t *testing.T, i *model.Issue, line string) {
	t.Helper()
	key, value, _ := strings.Cut(line, " = ")
	switch strings.TrimSuffix(key, " =") {
	case "status.code":
		i.Status.Code = model.StatusCode(value)
	case "status.printed":
		i.Status.Printed = value
	case "goal":
		i.Goal = value
	case "owners.leader":
		i.Owners.Leader = value
	case "deadline":
		i.Deadline = &model.Deadline{Date: model.Period(value), Kind: model.ByDate, Printed: "2025年6月底前"}
	case "measures.1.text":
		i.Measures[1].Text = value
	case "history +":
		i.History = append(i.History, model.Change{On: "2025-01-01", What: "状态", From: "正在整改", To: "已完成"})
	default:
		t.Fatalf("no change %q", line)
	}
}

// Whatever fields change, in whatever file, the file holds the new values and
// every comment that it had.
func TestAnyEditGivesTheNewValuesAndKeepsComments(t *testing.T) {
	var texts []string
	for _, pattern := range []string{"../scaffold/example/data/reports/*/issues/*.yaml", realReport + "/issues/*.yaml"} {
		files, err := filepath.Glob(pattern)
		must(t, err)
		for _, file := range files {
			data, err := os.ReadFile(file)
			must(t, err)
			texts = append(texts, string(data))
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	rounds := 300
	if testing.Short() {
		rounds = 50
	}
	for round := range rounds {
		text := commented(random, texts[random.IntN(len(texts))])
		from := loadIssue(t, []byte(text))
		other := loadIssue(t, []byte(texts[random.IntN(len(texts))]))
		to := *from
		for _, f := range fieldsOf(reflect.TypeFor[model.Issue]()) {
			if f.key == "id" || f.key == "follow_ups" || random.IntN(3) > 0 {
				continue
			}
			reflect.ValueOf(&to).Elem().Field(f.index).Set(reflect.ValueOf(other).Elem().Field(f.index))
		}
		if len(to.FollowUps) > 0 {
			to.Measures = from.Measures
		}
		if random.IntN(2) == 0 && len(to.Measures) > 0 {
			to.Measures = append([]model.Measure(nil), to.Measures...)
			to.Measures[random.IntN(len(to.Measures))].Text = "改了 # 一个\n二" + strconv.Itoa(round)
		}
		got, err := EditIssue([]byte(text), from, &to)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if diff := cmp.Diff(&to, loadIssue(t, got), sameData); diff != "" {
			t.Fatalf("wanted (-) and loaded (+):\n%s\n%s", diff, got)
		}
		for line := range strings.Lines(text) {
			if strings.HasPrefix(line, "# 注") && !strings.Contains(string(got), line) {
				t.Fatalf("lost %q in\n%s\nof\n%s", line, got, text)
			}
		}
	}
}

// commented puts comments on lines of their own between the keys of a file.
func commented(random *rand.Rand, text string) string {
	var b strings.Builder
	n := 0
	for line := range strings.Lines(text) {
		if key := regexp.MustCompile(`^[a-z_]+:`).FindString(line); key != "" && random.IntN(2) == 0 {
			n++
			b.WriteString("# 注" + strconv.Itoa(n) + "\n")
		}
		b.WriteString(line)
	}
	return b.String()
}
