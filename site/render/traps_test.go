package render

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"rectify/site/page"
	"rectify/site/problem"
)

// A test for each way in which Hugo goes wrong without a word.

func TestAsManyFilesComeOutAsPagesGoIn(t *testing.T) {
	pages := issues(10)
	// Names that make Hugo drop, move or overwrite pages.
	for i, name := range []string{
		"index.html", "issues/index.html", "a/index.html", "404.html", "sitemap.html", "_index.html",
		"2099-01-01-later.html", "A/Upper.html", "a/b/c/d.html", "tags/x.html",
	} {
		pages[i].Path = name
	}
	out, list := render(t, nil, pages...)
	if len(list) > 0 {
		t.Error(report(list))
	}
	var want []string
	for _, p := range pages {
		want = append(want, outputs(p)...)
	}
	slices.Sort(want)
	if got := slices.Sorted(maps.Keys(out)); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPagesOfTheFutureAndThePastAreMade(t *testing.T) {
	pages := issues(3)
	for i, day := range []string{"2099-01-01", "1901-01-01", "0001-01-01"} {
		data := pages[i].Data.(page.Issue)
		data.Published = day
		pages[i].Data = data
	}
	out, list := render(t, files{"layouts/issue.html": `{{ printf "%T %s" .Params.published .Params.published }}{{ partial "qr.html" . }}`}, pages...)
	if len(list) > 0 {
		t.Error(report(list))
	}
	if got := out[pages[0].Path]; !strings.HasPrefix(got, "string 2099-01-01") {
		t.Errorf("got %q", got)
	}
}

func TestIndexOfOursIsNotOverwritten(t *testing.T) {
	r, list := New(theme(t, nil), Options{Site: testSite, BatchSize: 2})
	if len(list) > 0 {
		t.Fatal(report(list))
	}
	out, list := pagesOf(t, r, portal())
	if len(list) > 0 {
		t.Error(report(list))
	}
	if !strings.Contains(out["index.html"], "公开整改情况") {
		t.Errorf("index.html is %q", out["index.html"])
	}
}

func TestBigNumbersKeepTheirDigits(t *testing.T) {
	out, _ := render(t, nil, portal()...)
	if got := out["reports/binhai/sections/s1.html"]; !strings.Contains(got, "共 1048576 个问题") {
		t.Errorf("got %q", got)
	}
}

// Hugo takes layouts/home.html for the home page of its own, and shows our
// page with layouts/single.html, page.html or all.html.
func TestLayoutIsFoundWhateverHugoCallsByItsName(t *testing.T) {
	names := append(
		page.Layouts(),
		"page", "taxonomy", "term", "index", "single", "list", "all", "rss", "404", "alias", "robots", "html", "json",
		"calendar", "status", "zh-cn", "en", "render-link", "hugo",
	)
	changes, pages := files{}, []page.Page(nil)
	for _, name := range names {
		changes[layoutFile(name)] = `{{ define "main" }}layout ` + name + `;{{ end }}`
		pages = append(pages, page.Page{Path: "x/" + name + ".html", Layout: name, Data: page.NotFound{}})
	}
	out, list := render(t, changes, pages...)
	if len(list) > 0 {
		t.Error(report(list))
	}
	for _, name := range names {
		if got := out["x/"+name+".html"]; !strings.Contains(got, "layout "+name+";") || !strings.Contains(got, "<header>") {
			t.Errorf("layout %s gave %q", name, got)
		}
	}
}

func TestSecondPageOfAPathIsAProblemEvenInAnotherBatch(t *testing.T) {
	r, _ := New(theme(t, nil), Options{Site: testSite, BatchSize: 3})
	pages := issues(8)
	pages[7].Path = pages[0].Path
	_, list := pagesOf(t, r, pages)
	if len(list) != 1 || list[0].Code != problem.DuplicatePath || list[0].Args[0] != "issues/100000.html" {
		t.Error(report(list))
	}
}

func TestProblemIsSaidOnceAndNotOnceABatch(t *testing.T) {
	changes := files{"layouts/issue.html": `{{ .Params.title.x }}`}
	r, _ := New(theme(t, changes), Options{Site: testSite, BatchSize: 3})
	out, list := pagesOf(t, r, issues(20))
	if len(list) != 1 || len(out) != 0 {
		t.Errorf("%d files\n%s", len(out), report(list))
	}
}

func TestBatchWithAnErrorPutsNothingAndTheOthersGoOn(t *testing.T) {
	r, _ := New(theme(t, files{"layouts/home.html": `{{ .Params.title.x }}`}), Options{Site: testSite, BatchSize: 5})
	pages := append(portal()[:1], issues(8)...)
	out, list := pagesOf(t, r, pages)
	if len(list) != 1 || len(out) != 2*4 {
		t.Errorf("%d files\n%s", len(out), report(list))
	}
}

func TestFilesArePutInTheOrderOfThePages(t *testing.T) {
	r, _ := New(theme(t, nil), Options{Site: testSite, BatchSize: 4})
	pages := issues(10)
	shuffle(pages)
	var got, want []string
	for _, p := range pages {
		want = append(want, outputs(p)...)
	}
	_, err := r.Pages(context.Background(), slices.Values(pages), func(name string, _ []byte) error {
		got = append(got, name)
		return nil
	})
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%v: got %q, want %q", err, got, want)
	}
}

func TestErrorOfPutStopsTheRun(t *testing.T) {
	r, _ := New(theme(t, nil), Options{Site: testSite, BatchSize: 2})
	full, calls, taken := errors.New("disk full"), 0, 0
	pages := func(yield func(page.Page) bool) {
		for _, p := range issues(20) {
			taken++
			if !yield(p) {
				return
			}
		}
	}
	_, err := r.Pages(context.Background(), pages, func(string, []byte) error { calls++; return full })
	if !errors.Is(err, full) || calls != 1 || taken != 2 {
		t.Errorf("err %v, %d calls, %d pages taken", err, calls, taken)
	}
}

func TestCancelledRunStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	r, _ := New(theme(t, nil), Options{Site: testSite, BatchSize: 2})
	calls := 0
	_, err := r.Pages(ctx, slices.Values(issues(20)), func(string, []byte) error { calls++; cancel(); return nil })
	if !errors.Is(err, context.Canceled) || calls != 4 {
		t.Errorf("err %v after %d files", err, calls)
	}
}

func TestNoPagesIsNoError(t *testing.T) {
	out, list := render(t, nil)
	if len(out) > 0 || len(list) > 0 {
		t.Errorf("%d files\n%s", len(out), report(list))
	}
}

func TestMissingWordLeavesItsMarkForAudit(t *testing.T) {
	r := renderer(t, files{"layouts/home.html": `{{ define "main" }}{{ T "nowhere" }}{{ end }}`})
	_, list := pagesOf(t, r, portal()[:1])
	if len(list) != 1 || list[0].Code != problem.NoWord {
		t.Fatal(report(list))
	}
	if !strings.Contains(string(r.config), `"enableMissingTranslationPlaceholders": true`) {
		t.Error("the placeholder is switched off")
	}
}

// Hugo's own language table is lower case; Site.Lang and the name of the file
// need not be.
func TestWordsAreFoundWhateverTheCaseOfTheLanguage(t *testing.T) {
	for _, lang := range []string{"zh-CN", "zh-cn", "en", "en-GB", "mn", "bo"} {
		site := testSite
		site.Lang = lang
		r, list := New(theme(t, files{"i18n/en-GB.yaml": "home: Home\n", "i18n/mn.yaml": "home: Home\n", "i18n/bo.yaml": "home: Home\n"}), Options{Site: site})
		if len(list) > 0 {
			t.Fatal(report(list))
		}
		out, list := pagesOf(t, r, portal()[:1])
		if len(list) > 0 || !strings.Contains(out["index.html"], ">Home<") && !strings.Contains(out["index.html"], ">首页<") {
			t.Errorf("%s: %q\n%s", lang, out["index.html"], report(list))
		}
		if !strings.Contains(out["index.html"], `<html lang="`+lang+`">`) {
			t.Errorf("%s: %.60q", lang, out["index.html"])
		}
	}
}

// A template must not ask for the time; one that does still gives the same
// bytes tomorrow.
func TestTimeOfABuildIsAlwaysTheSame(t *testing.T) {
	out, _ := render(t, files{"layouts/home.html": `{{ now.Format "2006-01-02 15:04:05" }}`}, portal()[:1]...)
	if got := out["index.html"]; got != "2000-01-01 00:00:00" {
		t.Errorf("now is %q", got)
	}
}

func TestPanicOfATemplateFunctionIsAProblem(t *testing.T) {
	_, list := render(t, files{"layouts/home.html": `{{ resources.Get (slice 1) }}`}, portal()[:1]...)
	if len(list) != 1 || list[0].Code != problem.ThemeFailed {
		t.Error(report(list))
	}
}

func TestManyPagesOfManyBatchesEqualOneBatch(t *testing.T) {
	one, _ := New(theme(t, nil), Options{Site: testSite, BatchSize: 300})
	many, _ := New(theme(t, nil), Options{Site: testSite, BatchSize: 7})
	a, _ := pagesOf(t, one, issues(300))
	b, _ := pagesOf(t, many, issues(300))
	if len(a) != 600 || !maps.Equal(a, b) {
		t.Errorf("%d and %d files, equal: %t", len(a), len(b), maps.Equal(a, b))
	}
	for i := range 300 {
		if name := fmt.Sprintf("issues/%d.html", 100000+i); !strings.Contains(a[name], fmt.Sprintf(`data-issue="%d"`, 100000+i)) {
			t.Fatalf("%s is another page", name)
		}
	}
}
