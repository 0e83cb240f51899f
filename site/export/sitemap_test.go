package export

import (
	"bytes"
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rectify/site/model"
	"rectify/site/page"
)

type listedURL struct {
	Loc     string `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 loc"`
	LastMod string `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 lastmod"`
}

// siteMap reads a site map or an index of site maps.
func siteMap(t *testing.T, data []byte) (kind string, entries []listedURL) {
	t.Helper()
	var doc struct {
		XMLName xml.Name
		URLs    []listedURL `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 url"`
		Maps    []listedURL `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemap"`
	}
	if err := xml.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	return doc.XMLName.Local, append(doc.URLs, doc.Maps...)
}

// pagesOf are the pages that a site map has to list.
func pagesOf(portal *model.Portal) (paths []string) {
	for p := range page.New(portal.Public(), page.Options{}).Pages() {
		if p.Path != "404.html" {
			paths = append(paths, p.Path)
		}
	}
	return paths
}

func TestSiteMapListsEveryPageButTheErrorPage(t *testing.T) {
	for name, portal := range portals(t) {
		kind, entries := siteMap(t, made(t, exporter(portal, base))[siteMapPath])
		var got []string
		for _, e := range entries {
			got = append(got, strings.TrimPrefix(e.Loc, base))
			// Nothing says when prose was written.
			if (e.LastMod == "") != (name == "empty" || strings.Contains(e.Loc, "/pages/")) {
				t.Errorf("%s: %s was changed on %q", name, e.Loc, e.LastMod)
			}
		}
		if diff := cmp.Diff(pagesOf(portal), got); diff != "" || kind != "urlset" {
			t.Errorf("%s: %s %s", name, kind, diff)
		}
	}
}

func TestSiteMapOfWatchedPagesIsTheSame(t *testing.T) {
	portal := portals(t)["example"]
	watched := exporter(portal, base)
	n := 0
	for range watched.Watch(watched.book.Pages()) {
		n++
	}
	if n != len(pagesOf(portal))+1 {
		t.Errorf("%d pages went by", n)
	}
	if diff := cmp.Diff(made(t, exporter(portal, base))[siteMapPath], made(t, watched)[siteMapPath]); diff != "" {
		t.Error(diff)
	}
}

func TestSiteMapThatIsTooLongIsSplit(t *testing.T) {
	portal := portals(t)["many"]
	e := exporter(portal, base)
	want := pagesOf(portal)
	for _, limit := range []struct{ urls, size int }{{100, maxBytes}, {maxURLs, 9_000}, {1, maxBytes}, {maxURLs, 1}} {
		files := e.splitSiteMap(limit.urls, limit.size)
		kind, index := siteMap(t, bytesOf(t, files[0]))
		if files[0].Path != "sitemap.xml" || kind != "sitemapindex" || len(index) != len(files)-1 {
			t.Fatalf("%s is a %s of %d, and there are %d", files[0].Path, kind, len(index), len(files)-1)
		}
		var got []string
		for i, f := range files[1:] {
			data := bytesOf(t, f)
			kind, entries := siteMap(t, data)
			if kind != "urlset" || index[i].Loc != base+f.Path || index[i].LastMod == "" && !strings.Contains(string(data), "/pages/") {
				t.Errorf("%s is a %s, the index says %+v", f.Path, kind, index[i])
			}
			if len(entries) > limit.urls || len(data) > limit.size && len(entries) > 1 {
				t.Errorf("%s has %d entries in %d bytes", f.Path, len(entries), len(data))
			}
			for _, entry := range entries {
				got = append(got, strings.TrimPrefix(entry.Loc, base))
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
}

func bytesOf(t *testing.T, f File) []byte {
	t.Helper()
	data, err := f.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestAddressesAreASCII(t *testing.T) {
	portal := small(t) // its base_url is written with Chinese characters
	for path, data := range made(t, exporter(portal, "")) {
		if strings.HasSuffix(path, ".xlsx") {
			continue
		}
		if bytes.Contains(data, []byte("example.org/示例")) {
			t.Errorf("%s holds an address that is none", path)
		}
	}
	if got := exporter(portal, "").url("files/a b/开放.txt"); got != "https://www.example.org/%E7%A4%BA%E4%BE%8B/files/a%20b/%E5%BC%80%E6%94%BE.txt" {
		t.Error(got)
	}
}

func TestRobotsAreLetInAndFindTheSiteMap(t *testing.T) {
	portal := small(t)
	portal.BaseURL = ""
	if got := string(made(t, exporter(portal, ""))[robotsPath]); got != "User-agent: *\nDisallow:\n" {
		t.Errorf("%q", got)
	}
	if got := string(made(t, exporter(portal, base))[robotsPath]); !strings.HasSuffix(got, "\nSitemap: "+base+"sitemap.xml\n") {
		t.Errorf("%q", got)
	}
}

// TestXMLIsWellFormedToALibraryOfAnother asks xmllint.
func TestXMLIsWellFormedToALibraryOfAnother(t *testing.T) {
	tool, err := exec.LookPath("xmllint")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("xmllint is missing (Debian: libxml2-utils)")
		}
		t.Skip("xmllint is missing")
	}
	dir := t.TempDir()
	args := []string{"--noout", "--nonet"}
	for name, portal := range portals(t) {
		for path, data := range made(t, exporter(portal, base)) {
			if ext := filepath.Ext(path); ext == ".atom" || ext == ".xml" {
				file := filepath.Join(dir, name+"-"+strings.ReplaceAll(path, "/", "-"))
				if err := os.WriteFile(file, data, 0o644); err != nil {
					t.Fatal(err)
				}
				args = append(args, file)
			}
		}
	}
	if out, err := exec.Command(tool, args...).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
