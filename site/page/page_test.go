package page_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/spf13/afero"

	"rectify/site/internal/synth"
	"rectify/site/load"
	"rectify/site/model"
	"rectify/site/page"
)

var update = flag.Bool("update", false, "write the goldens anew")

const golden = "testdata/small.txtar"

// shown are the pages whose whole structs stand in the golden file.
var shown = []string{
	"index.html", "issues/200001.html", "reports/demo/text.html", "reports/demo/sections/a.html", "404.html",
	"issues/200003.html", "timeline.html", "follow-ups.html", "documents.html", "data/index.html", "status/done.html",
}

func loadFrom(t testing.TB, fs afero.Fs) *model.Portal {
	t.Helper()
	portal, found := load.Load(context.Background(), fs, "data")
	if found.HasErrors() {
		t.Fatal(found)
	}
	return portal.Public()
}

func describe(t *testing.T, book *page.Book) []txtar.File {
	t.Helper()
	var list strings.Builder
	files := make([]txtar.File, 1, 1+len(shown))
	for p := range book.Pages() {
		data, err := json.Marshal(p.Data)
		if err != nil {
			t.Fatal(err)
		}
		var frame page.Frame
		if err := json.Unmarshal(data, &frame); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&list, "%s %s %s\n", p.Path, p.Layout, frame.Title)
		if slices.Contains(shown, p.Path) {
			var text bytes.Buffer
			encoder := json.NewEncoder(&text)
			encoder.SetEscapeHTML(false)
			encoder.SetIndent("", "  ")
			if err := encoder.Encode(p.Data); err != nil {
				t.Fatal(err)
			}
			files = append(files, txtar.File{Name: "want/" + p.Path + ".json", Data: text.Bytes()})
		}
	}
	files[0] = txtar.File{Name: "want/pages", Data: []byte(list.String())}
	return files
}

func TestSmallPortalBecomesThesePages(t *testing.T) {
	archive, err := txtar.ParseFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	fs := afero.NewMemMapFs()
	var kept, want []txtar.File
	for _, f := range archive.Files {
		if strings.HasPrefix(f.Name, "want/") {
			want = append(want, f)
			continue
		}
		kept = append(kept, f)
		if err := afero.WriteFile(fs, f.Name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got := describe(t, page.New(loadFrom(t, fs), page.Options{Data: []page.DataFile{
		{Path: "data/issues.json", Title: "全部问题", Type: "application/json", About: "示例。", Schema: "data/schema/issues.schema.json"},
		{Path: "data/issues.csv", Title: "问题表", Type: "text/csv", Fields: []page.DataField{{Key: "id", Word: "编号"}}},
		{Path: "follow-ups.ics", Title: "日历", Type: "text/calendar"},
		{Path: "reports/demo/feed.atom", Title: "订阅", Type: "application/atom+xml", Report: "demo"},
	}}))
	if *update {
		archive.Files = append(kept, got...)
		if err := os.WriteFile(golden, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if len(got) != len(want) {
		t.Fatalf("%d parts, want %d", len(got), len(want))
	}
	for i := range got {
		if diff := cmp.Diff(string(want[i].Data), string(got[i].Data)); diff != "" || got[i].Name != want[i].Name {
			t.Errorf("%s (-want +got):\n%s", got[i].Name, diff)
		}
	}
}

func synthetic(t testing.TB, n int) *model.Portal {
	t.Helper()
	fs := afero.NewMemMapFs()
	if err := synth.Write(fs, n, 1); err != nil {
		t.Fatal(err)
	}
	return loadFrom(t, fs)
}

func TestListShowsFiftyAPageAndLosesNone(t *testing.T) {
	portal := synthetic(t, 120)
	seen := map[string]int{}
	var pages []page.Issues
	for p := range page.New(portal, page.Options{}).Pages() {
		if list, ok := p.Data.(page.Issues); ok {
			pages = append(pages, list)
			for _, item := range list.Items {
				seen[item.ID]++
			}
		}
	}
	if len(pages) != 3 || len(pages[0].Items) != 50 || len(pages[2].Items) != 20 {
		t.Fatalf("%d pages", len(pages))
	}
	if len(seen) != 120 {
		t.Errorf("%d issues listed, want 120", len(seen))
	}
	first, last := pages[0].Pages, pages[2].Pages
	if first.Previous != "" || first.Next != "index-2.html" || last.Previous != "index-2.html" || last.Next != "" {
		t.Errorf("first %+v, last %+v", first, last)
	}
}

func TestLongListLeavesGapsInItsPagination(t *testing.T) {
	for p := range page.New(synthetic(t, 1000), page.Options{}).Pages() {
		if list, ok := p.Data.(page.Issues); ok && list.Pages.Current == "10" {
			var shown []string
			for _, link := range list.Pages.Links {
				if link.Gap {
					shown = append(shown, "…")
				}
				shown = append(shown, link.Text)
			}
			if got := strings.Join(shown, " "); got != "1 … 8 9 10 11 12 … 20" {
				t.Errorf("got %s", got)
			}
			return
		}
	}
	t.Error("no page 10")
}

func TestNeighboursLeadThroughAReportInItsOrder(t *testing.T) {
	portal := synthetic(t, 30)
	byPath := map[string]page.Issue{}
	var order []string
	for p := range page.New(portal, page.Options{}).Pages() {
		if issue, ok := p.Data.(page.Issue); ok {
			byPath[p.Path] = issue
			order = append(order, p.Path)
		}
	}
	for i, path := range order {
		var want string
		if i+1 < len(order) {
			want = strings.TrimPrefix(order[i+1], "issues/")
		}
		got := ""
		if next := byPath[path].Next; next != nil {
			got = next.Href
		}
		if got != want {
			t.Errorf("%s leads to %q, want %q", path, got, want)
		}
	}
}

func TestPromiseIsPassedWhenItsLastDayLiesBeforeTheClock(t *testing.T) {
	portal := &model.Portal{Reports: []*model.Report{{
		ID: "demo", AsOf: "2025-02-01",
		Issues: []*model.Issue{{ID: 200001, FollowUps: []model.FollowUp{{Due: "2025-01"}, {Due: "2025-02-01"}, {Due: "2025"}, {}}}},
	}}}
	for p := range page.New(portal, page.Options{}).Pages() {
		if issue, ok := p.Data.(page.Issue); ok {
			for i, want := range []bool{true, false, false, false} {
				if got := issue.Issue.FollowUps[i]; got.Passed != want || got.Clock != "2025-02-01" {
					t.Errorf("promise %q: %+v", got.Due, got)
				}
			}
			return
		}
	}
	t.Error("no issue page")
}

func TestPagesComeOutTheSameEveryTime(t *testing.T) {
	book := page.New(synthetic(t, 60), page.Options{})
	first, second := slices.Collect(book.Pages()), slices.Collect(book.Pages())
	if diff := cmp.Diff(first, second); diff != "" {
		t.Error(diff)
	}
	paths := map[string]bool{}
	for _, p := range first {
		if paths[p.Path] {
			t.Errorf("two pages want to be %s", p.Path)
		}
		paths[p.Path] = true
	}
}
