package render

import (
	"errors"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/spf13/afero"

	"rectify/site/page"
)

func TestFileOfAPortalReplacesThatOfTheTheme(t *testing.T) {
	out, list := render(t, files{"layouts/_partials/header.html": "<header>mine</header>\n"}, portal()...)
	if len(list) > 0 || !strings.Contains(out["index.html"], "<header>mine</header>") {
		t.Errorf("got %q\n%s", out["index.html"], report(list))
	}
}

func TestDigestOfAThemeFollowsItsFiles(t *testing.T) {
	seen := map[string]string{}
	for what, changes := range map[string]files{
		"nothing":    nil,
		"content":    {"static/state.css": "x"},
		"name":       {"static/state.css": gone, "static/states.css": ""},
		"moved byte": {"static/a": "", "static/b": "x"},
		"other side": {"static/a": "x", "static/b": ""},
		"layout":     {"layouts/home.html": "x"},
		"word":       {"i18n/en.yaml": "home: x"},
	} {
		d := theme(t, changes).Digest()
		if other, ok := seen[d]; ok {
			t.Errorf("%s and %s have one digest", what, other)
		}
		seen[d] = what
	}
	if theme(t, nil).Digest() != theme(t, files{"README.md": "other", "node_modules/x": "y", "static/.DS_Store": "z"}).Digest() {
		t.Error("a file that means nothing changes the digest")
	}
}

func TestThemeWithoutFilesIsAnError(t *testing.T) {
	if _, err := OpenTheme(Layer{Name: "themes/civic", FS: fstest.MapFS{"README.md": {}}}); err == nil {
		t.Error("no error")
	}
}

func TestLayerThatIsNotThereIsEmpty(t *testing.T) {
	th, err := OpenTheme(
		Layer{Name: "themes/civic", FS: fstest.MapFS{"layouts/home.html": {}}},
		Layer{Name: "theme", FS: afero.NewIOFS(afero.NewBasePathFs(afero.NewMemMapFs(), "theme"))},
		Layer{Name: "none"},
	)
	if err != nil || len(th.files) != 1 {
		t.Errorf("%v, %d files", err, len(th.files))
	}
}

func TestWordsOfALaterLayerReplaceThoseOfTheSameKey(t *testing.T) {
	const own = "# Ours.\nsearch: 查找\nextra: \"a: b\"\n"
	for above, want := range map[string]string{
		own:               own + "\n# Theirs.\nskip: 跳到正文\n",
		"search: [查找\n":   "search: [查找\n", // found and told where it stands
		"search:\n  a: b": "search:\n  a: b",
	} {
		th, err := OpenTheme(
			Layer{Name: "themes/civic", FS: fstest.MapFS{"i18n/zh-CN.yaml": {Data: []byte("# Theirs.\nskip: 跳到正文\nsearch: 搜索\n")}}},
			Layer{Name: "theme", FS: fstest.MapFS{"i18n/zh-CN.yaml": {Data: []byte(above)}}},
		)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(th.files["i18n/zh-CN.yaml"]); got != want {
			t.Errorf("%q gives %q, want %q", above, got, want)
		}
	}
}

type failing struct{ fs.FS }

func (failing) Open(string) (fs.File, error) { return nil, errors.New("broken disk") }

func TestUnreadableLayerIsAnError(t *testing.T) {
	if _, err := OpenTheme(Layer{Name: "theme", FS: failing{}}); err == nil || !strings.Contains(err.Error(), "read theme theme: broken disk") {
		t.Errorf("err = %v", err)
	}
}

func TestAssetsAreBuiltOnceAndStaticFilesComeAlong(t *testing.T) {
	r := renderer(t, files{"static/img/seal.svg": "<svg/>"})
	got := map[string]string{}
	if err := r.Assets(func(name string, data []byte) error { got[name] = string(data); return nil }); err != nil {
		t.Fatal(err)
	}
	names := r.AssetNames()
	want := []string{names["css"], names["js"], "img/seal.svg", "state.css"}
	slices.Sort(want)
	if keys := slices.Sorted(maps.Keys(got)); !slices.Equal(keys, want) {
		t.Errorf("got %q, want %q", keys, want)
	}
	if css := got[names["css"]]; css != ":root{--red:#b3261e}h1{color:var(--red)}" {
		t.Errorf("css is %q: the order of layouts/assets.html is tokens, base", css)
	}
	stop := errors.New("full")
	if err := r.Assets(func(string, []byte) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("err = %v", err)
	}
}

func TestThemeWithoutScriptsOrAssetsWorks(t *testing.T) {
	css := `{{ $css := resources.Match "css/*.css" | resources.Concat "assets/a.css" | fingerprint }}{{ dict "css" $css.RelPermalink | jsonify }}`
	for what, changes := range map[string]files{
		"no scripts": {"assets/js/a.js": gone, "layouts/assets.html": css},
		"no assets":  {"assets/js/a.js": gone, "assets/css/base.css": gone, "assets/css/tokens.css": gone, "layouts/assets.html": gone},
	} {
		out, list := render(t, changes, portal()...)
		if len(list) > 0 || strings.Contains(out["index.html"], "<script") {
			t.Errorf("%s: %q\n%s", what, out["index.html"], report(list))
		}
	}
}

func TestIdentityAndKeyFollowWhatThePageDependsOn(t *testing.T) {
	a := renderer(t, nil)
	if b := renderer(t, nil); a.Identity() != b.Identity() {
		t.Error("the same portal has two identities")
	}
	site := testSite
	site.Footer = []page.LinkGroup{{Title: "其他"}}
	b, _ := New(theme(t, nil), Options{Site: site})
	c := renderer(t, files{"assets/css/base.css": "h1{}"})
	if a.Identity() == b.Identity() || a.Identity() == c.Identity() || a.AssetNames()["css"] == c.AssetNames()["css"] {
		t.Error("another portal or theme has the same identity")
	}
	key := func(p page.Page) [32]byte {
		c, err := NewContent(p, nil)
		if err != nil {
			t.Fatal(err)
		}
		return c.Key
	}
	moved, shown := issue(1), issue(1)
	moved.Path, shown.Layout = "other.html", "other"
	one, again := key(issue(1)), key(issue(1))
	if one != again || one == key(issue(2)) || one == key(moved) || one == key(shown) {
		t.Error("the key does not follow the page")
	}
}

// What the hugo command makes of a staged project is what Pages makes.
func TestStagedProjectGivesTheSamePages(t *testing.T) {
	r := renderer(t, nil)
	disk := afero.NewMemMapFs()
	if err := r.Stage(slices.Values(portal()), afero.NewBasePathFs(disk, root)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"hugo.json", "content/000000.md", "layouts/home.html", "static/state.css", "static/" + r.AssetNames()["css"]} {
		if ok, _ := afero.Exists(disk, filepath.Join(root, name)); !ok {
			t.Errorf("there is no %s", name)
		}
	}
	published, talk, err := build(disk, time.Now())
	if err != nil || len(talk) > 0 {
		t.Fatalf("%v %v", err, talk)
	}
	got, err := readAll(published)
	if err != nil {
		t.Fatal(err)
	}
	want, _ := pagesOf(t, r, portal())
	if !maps.EqualFunc(got, want, func(a []byte, b string) bool { return string(a) == b }) {
		t.Errorf("got %d files, want %d", len(got), len(want))
	}
}
