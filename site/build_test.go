package site

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"github.com/google/go-cmp/cmp"
	"github.com/spf13/afero"
	"golang.org/x/net/html"

	"rectify/site/load"
	"rectify/site/model"
	"rectify/site/page"
	"rectify/site/render"
)

// realPortal is the repository itself: its data folder holds the real report.
const realPortal = ".."

func realReport(t *testing.T) *model.Report {
	t.Helper()
	portal, found := load.Load(context.Background(), afero.NewBasePathFs(afero.NewOsFs(), realPortal), DataDir)
	if found.HasErrors() {
		t.Fatal(found)
	}
	return portal.Reports[0]
}

// built builds the real portal into a folder of the test's own.
func built(t *testing.T, o Options) (string, Result) {
	t.Helper()
	o.Dir, o.Out = realPortal, t.TempDir()
	result, err := Build(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return o.Out, result
}

func parse(t *testing.T, dir, path string) *html.Node {
	t.Helper()
	file, err := os.Open(filepath.Join(dir, filepath.FromSlash(path)))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	doc, err := html.Parse(file)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func text(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := range n.ChildNodes() {
		b.WriteString(text(c))
	}
	return b.String()
}

func all(n *html.Node, selector string) []*html.Node {
	return cascadia.QueryAll(n, cascadia.MustCompile(selector))
}

func TestRealReportHasAPageForEachOfItsThirtyIssues(t *testing.T) {
	dir, result := built(t, Options{})
	report := realReport(t)
	totals := report.Totals()
	if diff := cmp.Diff([]int{4, 11}, totals.Sections); diff != "" || totals.Issues != 30 || totals.Measures != 61 {
		t.Fatalf("the data hold %+v", totals)
	}
	measures := 0
	for _, issue := range report.Issues {
		doc := parse(t, dir, "issues/"+issue.ID.String()+".html")
		if articles := all(doc, "article[data-issue]"); len(articles) != 1 {
			t.Errorf("%v: %d articles", issue.ID, len(articles))
		}
		shown := all(doc, "article [data-measure]")
		if len(shown) != len(issue.Measures) {
			t.Errorf("%v: %d measures shown, want %d", issue.ID, len(shown), len(issue.Measures))
			continue
		}
		for i, m := range shown {
			measures++
			printed := report.Paragraphs[issue.Source.Paragraphs[i+1]-1]
			if diff := cmp.Diff(printed, text(m)); diff != "" {
				t.Errorf("%v measure %d (-source +page):\n%s", issue.ID, i+1, diff)
			}
		}
	}
	if measures != 61 {
		t.Errorf("%d measures compared, want 61", measures)
	}
	if result.Pages < 30 {
		t.Errorf("%d pages", result.Pages)
	}
}

func TestHomeShowsDeclaredAndPublishedTotalsWithTheSentence(t *testing.T) {
	dir, _ := built(t, Options{})
	home := text(parse(t, dir, "index.html"))
	for _, want := range []string{"53", "117", "30", "61", "针对巡察反馈的4个方面53条问题,制定整改措施117项"} {
		if !strings.Contains(home, want) {
			t.Errorf("home does not show %q", want)
		}
	}
}

func TestFullTextIsTheSourceParagraphByParagraph(t *testing.T) {
	dir, _ := built(t, Options{})
	report := realReport(t)
	doc := parse(t, dir, "reports/binhai-wl-2024/text.html")
	var shown []string
	for _, n := range all(doc, "[id^=p-]") {
		shown = append(shown, text(n))
	}
	// The furniture of the original page stands behind the text, folded.
	want := report.Content()
	for _, n := range report.Furniture {
		want = append(want, report.Paragraphs[n-1])
	}
	if diff := cmp.Diff(want, shown); diff != "" {
		t.Errorf("(-source +page):\n%s", diff)
	}
}

// digests gives path → SHA-256 of every public file in a folder.
func digests(t *testing.T, dir string) map[string]string {
	t.Helper()
	sums := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if d != nil && d.Name() == ".rectify" {
				return fs.SkipDir
			}
			return err
		}
		data, err := os.ReadFile(name)
		sum := sha256.Sum256(data)
		rel, _ := filepath.Rel(dir, name)
		sums[filepath.ToSlash(rel)] = hex.EncodeToString(sum[:])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return sums
}

func TestSameDataGiveTheSameBytesWhereverAndHoweverTheyAreBuilt(t *testing.T) {
	dir, _ := built(t, Options{BaseURL: "https://www.example.org/zg/"})
	want := digests(t, dir)
	if len(want) < 50 {
		t.Fatalf("only %d files", len(want))
	}
	compare := func(t *testing.T, dir string) {
		t.Helper()
		if diff := cmp.Diff(want, digests(t, dir)); diff != "" {
			t.Errorf("(-first +other):\n%s", diff)
		}
	}
	for _, zone := range []string{"Asia/Shanghai", "America/Los_Angeles"} {
		for _, procs := range []int{1, 4} {
			t.Run(zone, func(t *testing.T) {
				t.Setenv("TZ", zone)
				defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
				dir, _ := built(t, Options{BaseURL: "https://www.example.org/zg/"})
				compare(t, dir)
			})
		}
	}
	t.Run("another folder, its files made in another order", func(t *testing.T) {
		portal := filepath.Join(t.TempDir(), "门户 copy")
		copyReversed(t, filepath.Join(realPortal, DataDir), filepath.Join(portal, DataDir))
		out := t.TempDir()
		if _, err := Build(context.Background(), Options{Dir: portal, Out: out, BaseURL: "https://www.example.org/zg/"}); err != nil {
			t.Fatal(err)
		}
		compare(t, out)
	})
}

func copyReversed(t *testing.T, from, to string) {
	t.Helper()
	entries, err := os.ReadDir(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(to, 0o755); err != nil {
		t.Fatal(err)
	}
	for i := len(entries) - 1; i >= 0; i-- {
		source, target := filepath.Join(from, entries[i].Name()), filepath.Join(to, entries[i].Name())
		if entries[i].IsDir() {
			copyReversed(t, source, target)
			continue
		}
		data, err := os.ReadFile(source)
		if err == nil {
			err = os.WriteFile(target, data, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestEveryKindOfPageOfTheThemeIsPure(t *testing.T) {
	fs := afero.NewBasePathFs(afero.NewOsFs(), realPortal)
	portal, found := load.Load(context.Background(), fs, DataDir)
	if found.HasErrors() {
		t.Fatal(found)
	}
	book := bookOf(portal.Public(), Options{BaseURL: "https://www.example.org/"})
	theme, err := openTheme(fs, portal.Theme)
	if err != nil {
		t.Fatal(err)
	}
	renderer, found := render.New(theme, render.Options{Site: book.Site()})
	if found.HasErrors() {
		t.Fatal(found)
	}
	kinds := map[string]bool{}
	for p := range book.Pages() {
		kinds[p.Layout] = true
	}
	if len(kinds) != len(page.Layouts()) {
		t.Fatalf("the portal has pages of %d kinds, the contract names %d", len(kinds), len(page.Layouts()))
	}
	found, err = renderer.CheckPurity(context.Background(), slices.Collect(book.Pages()))
	if err != nil || len(found) > 0 {
		t.Error(found, err)
	}
}

func TestFilesForMachinesStandBesideThePagesThatTellOfThem(t *testing.T) {
	dir, result := built(t, Options{})
	for _, path := range []string{"data/issues.json", "data/issues.csv", "data/issues.xlsx", "follow-ups.ics", "robots.txt"} {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(path))); err != nil {
			t.Error(err)
		}
	}
	if !slices.Contains(result.LeftOut, LeftOut{"feed.atom", "base_url"}) {
		t.Errorf("left out: %v", result.LeftOut)
	}
	if links := all(parse(t, dir, "issues/index.html"), `a[href="../data/issues.xlsx"]`); len(links) != 1 {
		t.Errorf("the list of issues leads %d times to the workbook", len(links))
	}
	dir, result = built(t, Options{BaseURL: "https://www.example.org/zg/"})
	if len(result.LeftOut) > 0 {
		t.Errorf("left out: %v", result.LeftOut)
	}
	head := parse(t, dir, "reports/binhai-wl-2024/index.html")
	if feeds := all(head, `link[rel=alternate][href$="feed.atom"]`); len(feeds) != 2 {
		t.Errorf("a report's page names %d Atom feeds, want the portal's and its own", len(feeds))
	}
	var things []string
	for _, n := range all(head, `script[type="application/ld+json"]`) {
		var thing struct {
			Type string `json:"@type"`
		}
		if err := json.Unmarshal([]byte(text(n)), &thing); err != nil {
			t.Error(err)
		}
		things = append(things, thing.Type)
	}
	if !slices.Equal(things, []string{"Report", "BreadcrumbList"}) {
		t.Errorf("JSON-LD of %v", things)
	}
}

func TestSecondBuildTouchesNothing(t *testing.T) {
	out := t.TempDir()
	o := Options{Dir: realPortal, Out: out}
	first, err := Build(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	second, err := Build(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	if first.Written == 0 || second.Written != 0 || second.Unchanged != first.Written || second.Removed != 0 {
		t.Errorf("first %d written; second %d written, %d unchanged, %d removed", first.Written, second.Written, second.Unchanged, second.Removed)
	}
}

func TestInterruptedBuildWritesNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	out := t.TempDir()
	_, err := Build(ctx, Options{Dir: realPortal, Out: out, Progress: func(p Progress) {
		if p.Stage == StageRender && p.Done == 20 {
			cancel()
		}
	}})
	if err == nil {
		t.Fatal("the build did not notice")
	}
	if left := digests(t, out); len(left) > 0 {
		t.Errorf("files left: %v", left)
	}
}
