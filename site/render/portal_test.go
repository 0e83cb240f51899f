package render

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"rectify/site/page"
	"rectify/site/problem"
)

// The portal of the tests: a few pages of several layouts.

var testSite = page.Site{
	Name: "整改公开", Lang: "zh-CN", Home: "index.html",
	Nav: []page.Link{{Text: "首页", Href: "index.html"}},
}

func issue(i int) page.Page {
	id := fmt.Sprint(100000 + i)
	return page.Page{Path: "issues/" + id + ".html", Layout: page.LayoutIssue, Data: page.Issue{
		Frame: page.Frame{
			Kind: page.LayoutIssue, Root: "../", Title: "问题" + id, Published: "2024-11-08 14:43",
			Canonical: "https://example.org/p/issues/" + id + ".html", QR: "qr/issues/" + id + ".png",
			Crumbs: []page.Link{{Text: "首页", Href: "../index.html"}},
		},
		Issue: page.IssueBody{
			ID: id, Title: "懒政怠政凸显 " + id,
			Measures: []page.Measure{{N: "1", Label: "一是", Title: "加大力度。", First: "对文化馆……"}},
		},
	}}
}

func issues(n int) []page.Page {
	out := make([]page.Page, n)
	for i := range out {
		out[i] = issue(i)
	}
	return out
}

// portal is a page of every layout of the test theme, and three issues.
func portal() []page.Page {
	frame := func(kind, title string) page.Frame { return page.Frame{Kind: kind, Title: title} }
	section := page.Section{Frame: frame(page.LayoutSection, "第一节"), Printed: []string{"(一)学习方面"}, Total: "1048576"}
	section.Root = "../../../"
	return append([]page.Page{
		{Path: "index.html", Layout: page.LayoutHome, Data: page.Home{
			Frame: frame(page.LayoutHome, "首页"), Intro: "公开整改情况",
			FollowUps: []page.FollowUpCard{{
				FollowUp: page.FollowUp{Due: "2025-02-01", Text: "返还资金"},
				Issue:    page.Link{Text: "问题", Href: "issues/100001.html"},
			}},
		}},
		{Path: "reports/binhai/sections/s1.html", Layout: page.LayoutSection, Data: section},
		{Path: "pages/about.html", Layout: page.LayoutProse, Data: page.Prose{
			Frame: page.Frame{Kind: page.LayoutProse, Title: "说明", Root: "../"}, HTML: "<p>说明 &amp; 范围</p>",
		}},
		{Path: "sitemap.html", Layout: page.LayoutSiteMap, Data: page.SiteMap{
			Frame: frame(page.LayoutSiteMap, "网站地图"), Groups: []page.LinkGroup{{Title: "问题"}},
		}},
		{Path: "404.html", Layout: page.LayoutNotFound, Data: page.NotFound{Frame: frame(page.LayoutNotFound, "404"), Bare: true}},
	}, issues(3)...)
}

// files are the changes that a test makes to the test theme, as a portal's own
// files would; gone takes a file away.
type files map[string]string

const gone = "\x00gone"

func theme(t testing.TB, changes files) *Theme {
	t.Helper()
	base := fstest.MapFS{}
	err := fs.WalkDir(os.DirFS("testdata/theme"), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || changes[name] == gone {
			return err
		}
		data, err := os.ReadFile("testdata/theme/" + name)
		base[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	own := fstest.MapFS{}
	for name, content := range changes {
		if content != gone {
			own[name] = &fstest.MapFile{Data: []byte(content)}
		}
	}
	th, err := OpenTheme(Layer{Name: "themes/civic", FS: base}, Layer{Name: "theme", FS: own})
	if err != nil {
		t.Fatal(err)
	}
	return th
}

func renderer(t testing.TB, changes files) *Renderer {
	t.Helper()
	r, list := New(theme(t, changes), Options{Site: testSite})
	if list.HasErrors() {
		t.Fatalf("New: %s", report(list))
	}
	return r
}

// render renders the pages with the changed test theme.
func render(t testing.TB, changes files, pages ...page.Page) (map[string]string, problem.List) {
	t.Helper()
	return pagesOf(t, renderer(t, changes), pages)
}

func pagesOf(t testing.TB, r *Renderer, pages []page.Page) (map[string]string, problem.List) {
	t.Helper()
	out := map[string]string{}
	list, err := r.Pages(context.Background(), slices.Values(pages), func(name string, data []byte) error {
		if _, twice := out[name]; twice {
			t.Errorf("%s was put twice", name)
		}
		out[name] = string(data)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out, list
}

// report writes problems as a person would see them.
func report(list problem.List) string {
	var b strings.Builder
	for _, p := range list {
		fmt.Fprintf(&b, "%s %s %s: %s\n", p.Severity, p.Code, p.Place, p.Text(problem.English))
	}
	return b.String()
}
