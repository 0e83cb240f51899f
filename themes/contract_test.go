package themes_test

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"

	"rectify/site/page"
	"rectify/themes"
)

// contract says what a layout is given.
var contract = map[string]any{
	page.LayoutHome: page.Home{}, page.LayoutIssue: page.Issue{}, page.LayoutIssues: page.Issues{},
	page.LayoutReport: page.Report{}, page.LayoutSection: page.Section{}, page.LayoutText: page.Text{},
	page.LayoutContact: page.ContactPage{}, page.LayoutProse: page.Prose{}, page.LayoutSiteMap: page.SiteMap{},
	page.LayoutNotFound: page.NotFound{}, page.LayoutFilter: page.Filter{}, page.LayoutTimeline: page.Timeline{},
	page.LayoutFollowUps: page.FollowUps{}, page.LayoutDocuments: page.Documents{}, page.LayoutGroups: page.Groups{},
	page.LayoutSearch: page.Search{}, page.LayoutData: page.Data{}, page.LayoutReleases: page.Releases{}, page.LayoutRelease: page.ReleasePage{},
}

// some are keys that only some kinds of page have; what is the same on all pages
// asks for them and does without.
var some = []string{"bare", "issue"}

func civic(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(themes.Civic(), "layouts", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".html" {
			return err
		}
		text, err := fs.ReadFile(themes.Civic(), name)
		files[strings.TrimPrefix(name, "layouts/")] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestTemplatesReadWhatTheContractHasAndAllOfIt follows every value from the
// struct of a page through layouts and partials.
func TestTemplatesReadWhatTheContractHasAndAllOfIt(t *testing.T) {
	for _, layout := range page.Layouts() {
		if contract[layout] == nil {
			t.Errorf("this test does not know what the layout %s is given", layout)
		}
	}
	w := newWalker(civic(t), page.Site{}, some)
	for layout, data := range contract {
		w.layout(layout, data)
	}
	w.alone("assets.html")
	for _, fault := range w.faults() {
		t.Error(fault)
	}
	for _, field := range w.unread() {
		t.Errorf("no template shows %s", field)
	}
}

func TestWalkerFindsWhatIsNotInTheContract(t *testing.T) {
	type leaf struct {
		Text string `json:"text"`
	}
	type data struct {
		One  leaf   `json:"one"`
		Many []leaf `json:"many"`
		Idle string `json:"idle"`
	}
	for text, want := range map[string]string{
		`{{ .Params.two }}`:                                              "demo.html: data has no two",
		`{{ .Params.one.txt }}`:                                          "demo.html: leaf has no txt",
		`{{ with .Params.one }}{{ .txt }}{{ end }}`:                      "demo.html: leaf has no txt",
		`{{ range .Params.many }}{{ .txt }}{{ end }}`:                    "demo.html: leaf has no txt",
		`{{ range $x := .Params.many }}{{ $x.txt }}{{ end }}`:            "demo.html: leaf has no txt",
		`{{ $p := .Params }}{{ with $p.one }}{{ $p.two }}{{ end }}`:      "demo.html: data has no two",
		`{{ partial "a.html" (dict "x" .Params.one) }}`:                  "_partials/a.html: leaf has no txt",
		`{{ partial "b.html" (dict "x" .Params.one) }}`:                  "there is no partial b.html",
		`{{ partial "a.html" (dict "y" .Params.one) }}`:                  "_partials/a.html: the values given have no x",
		`{{ site.Params.nothing }}`:                                      "demo.html: leaf has no nothing",
		`{{ if .Params.many }}{{ else }}{{ .Params.two }}{{ end }}`:      "demo.html: data has no two",
		`{{ printf "%s" (or .Params.one.text .Params.two) }}`:            "demo.html: data has no two",
		`{{ .Params.one.text }}{{ range .Params.many }}{{ . }}{{ end }}`: "",
	} {
		w := newWalker(map[string]string{
			"baseof.html": `{{ block "main" . }}{{ end }}`, "demo.html": `{{ define "main" }}` + text + `{{ end }}`,
			"_partials/a.html": `{{ .x.txt }}`,
		}, leaf{}, nil)
		w.layout("demo", data{})
		if got := strings.Join(w.faults(), "\n"); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
		if !slices.Contains(w.unread(), "data.idle") {
			t.Errorf("%s: unread are %v", text, w.unread())
		}
	}
}
