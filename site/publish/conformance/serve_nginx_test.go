//go:build linux

package conformance

import (
	"compress/gzip"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rectify/site/audit"
	"rectify/site/publish"
)

func TestNginxServesTheSiteAsThePageForAdministratorsSays(t *testing.T) {
	for at, called := range map[string]string{"/": "", "/gongkai/zg/": "公开 网站; {1} #'a'"} {
		t.Run(at, func(t *testing.T) {
			p := newPlace(t, localReleases)
			p.to.Gzip = true
			s := makeSite(30, 1)
			s["releases/r1.wacz"] = string(noise(50_000))
			s["follow-ups.ics"], s["data/issues.csv"] = text("follow-ups.ics", 1), text("data/issues.csv", 1)
			p.mustPublish(t, "r1", s)
			root := p.root()
			if called != "" { // folders may have any name
				named := filepath.Join(t.TempDir(), called)
				check(t, os.Symlink(p.dir, named))
				root = filepath.Join(named, "current")
			}
			base := nginx(t, root, at)
			css := asset(s["index.html"])

			for name, kind := range map[string]string{
				"": "text/html; charset=utf-8", "issues/": "text/html; charset=utf-8", "issues/100020.html": "text/html; charset=utf-8",
				css: "text/css; charset=utf-8", "search/00.js": "application/javascript; charset=utf-8",
				"data/issues.json": "application/json; charset=utf-8", "data/issues.csv": "text/csv; charset=utf-8",
				"follow-ups.ics": "text/calendar; charset=utf-8", "releases/r1.wacz": "application/wacz+zip",
			} {
				answer, body := get(t, base+name)
				file := name
				if name == "" || strings.HasSuffix(name, "/") {
					file += "index.html"
				}
				if answer.StatusCode != 200 || body != s[file] {
					t.Errorf("%q: %s", name, answer.Status)
				}
				if got := answer.Header.Get("Content-Type"); got != kind {
					t.Errorf("%q has the type %q, want %q", name, got, kind)
				}
				age := "max-age=60"
				if name == css {
					age = "max-age=31536000"
				}
				if got := answer.Header.Get("Cache-Control"); got != age {
					t.Errorf("%q: Cache-Control %q, want %q", name, got, age)
				}
				safe(t, name, answer)
			}

			answer, body := get(t, base+"no/such/page.html")
			if answer.StatusCode != 404 || body != s["404.html"] {
				t.Errorf("a missing page: %s %.80q", answer.Status, body)
			}
			safe(t, "404", answer)

			for _, name := range []string{"issues/100020.html", css, "data/issues.json"} {
				answer, body = get(t, base+name, "Accept-Encoding", "gzip")
				z, err := gzip.NewReader(strings.NewReader(body))
				if err != nil || answer.Header.Get("Content-Encoding") != "gzip" || !strings.Contains(answer.Header.Get("Vary"), "Accept-Encoding") {
					t.Fatalf("%s does not come compressed: %v %v", name, err, answer.Header)
				}
				if plain, _ := io.ReadAll(z); string(plain) != s[name] {
					t.Errorf("%s is another file when compressed", name)
				}
				safe(t, name, answer)
			}

			check(t, os.Remove(filepath.Join(root, "follow-ups.ics.gz")))
			if answer, _ = get(t, base+"follow-ups.ics", "Accept-Encoding", "gzip"); answer.Header.Get("Content-Encoding") != "gzip" {
				t.Error("a file that was not compressed before is not compressed on its way")
			}

			answer, body = get(t, base+"releases/r1.wacz", "Range", "bytes=100-199")
			if answer.StatusCode != 206 || body != s["releases/r1.wacz"][100:200] {
				t.Errorf("a part of a file: %s, %d bytes", answer.Status, len(body))
			}

			for _, name := range []string{".rectify/lock", "issues/.hidden", "..%2f..%2f.rectify/history.json.gz", "assets../.rectify/history.json.gz", "assets/../../../.rectify/history.json.gz"} {
				if answer, _ := get(t, base+name); answer.StatusCode != 404 && answer.StatusCode != 400 {
					t.Errorf("%s: %s", name, answer.Status)
				}
			}
			post, err := http.Post(base, "text/plain", strings.NewReader("x"))
			check(t, err)
			_ = post.Body.Close()
			if post.StatusCode != 403 {
				t.Errorf("a POST: %s", post.Status)
			}
			if at != "/" {
				answer, _ := get(t, strings.TrimSuffix(base, "/"))
				if answer.StatusCode != 301 || answer.Header.Get("Location") != at {
					t.Errorf("without the last slash: %s %q", answer.Status, answer.Header.Get("Location"))
				}
			}
			if six := strings.Replace(base, "127.0.0.1", "[::1]", 1); hasIPv6() {
				if answer, _ := get(t, six); answer.StatusCode != 200 {
					t.Errorf("over IPv6: %s", answer.Status)
				}
			} else if os.Getenv("CI") != "" {
				t.Error("this machine has no IPv6 to listen on")
			}

			// A switch needs no reload, and a page that is gone is gone.
			after := s.with(2, "404.html", "index.html").without("issues/100020.html")
			p.mustPublish(t, "r2", after)
			if _, body := get(t, base); body != after["index.html"] {
				t.Error("the new front door is not served")
			}
			for _, header := range [][]string{nil, {"Accept-Encoding", "gzip"}} {
				if answer, _ := get(t, base+"issues/100020.html", header...); answer.StatusCode != 404 {
					t.Errorf("a deleted page: %s", answer.Status)
				}
			}
			if answer, _ := get(t, base+css); answer.StatusCode != 200 {
				t.Errorf("the asset of a page that somebody just read: %s", answer.Status)
			}
		})
	}
}

// safe checks the headers that keep a page what it is.
func safe(t testing.TB, name string, answer *http.Response) {
	t.Helper()
	for header, want := range map[string]string{
		"Content-Security-Policy": audit.Policy + "; frame-ancestors 'self'",
		"X-Content-Type-Options":  "nosniff",
		"X-Frame-Options":         "SAMEORIGIN",
		"Referrer-Policy":         "strict-origin-when-cross-origin",
		"Permissions-Policy":      "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
		"Server":                  "nginx",
	} {
		if got := answer.Header.Get(header); got != want {
			t.Errorf("%q: %s is %q, want %q", name, header, got, want)
		}
	}
}

func TestNginxBlockRefusesWhatWouldMeanSomethingElse(t *testing.T) {
	good := publish.Nginx{Root: "/srv/zg/current", Path: "/zg/", Name: "www.example.org", Port: 80, Policy: audit.Policy}
	if _, err := publish.NginxConfig(good); err != nil {
		t.Fatal(err)
	}
	for what, change := range map[string]func(*publish.Nginx){
		"a path without its slashes": func(n *publish.Nginx) { n.Path = "zg" },
		"a block in the path":        func(n *publish.Nginx) { n.Path = "/zg/ { } location /x/" },
		"a variable in the root":     func(n *publish.Nginx) { n.Root = "/srv/$host" },
		"a relative root":            func(n *publish.Nginx) { n.Root = "srv" },
		"a quote in the root":        func(n *publish.Nginx) { n.Root = `/srv/a"; autoindex on; alias "/` },
		"a line end in the root":     func(n *publish.Nginx) { n.Root = "/srv/a\nb" },
		"an escape in the root":      func(n *publish.Nginx) { n.Root = `/srv/a\` },
		"a directive in the name":    func(n *publish.Nginx) { n.Name = "x; autoindex on" },
	} {
		n := good
		change(&n)
		if text, err := publish.NginxConfig(n); err == nil {
			t.Errorf("%s was taken:\n%s", what, text)
		}
	}
}
