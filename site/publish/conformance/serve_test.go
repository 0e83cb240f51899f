//go:build linux

package conformance

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/url"
	"path"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"

	"rectify/site/publish"
)

// get asks a server as a browser does, without following or unpacking.
func get(t testing.TB, address string, header ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	check(t, err)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	answer, err := (&http.Transport{DisableCompression: true}).RoundTrip(r)
	check(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	check(t, err)
	return answer, string(body)
}

// visitor reads files of a place as visitors do.
func (p *place) visitor(t testing.TB) func(name string) (string, error) {
	if p.kind == bucketed {
		c := client(t, gateway(t, store))
		prefix := path.Base(p.dir) + "/"
		return func(name string) (string, error) {
			o, err := c.GetObject(t.Context(), bucket, prefix+name, minio.GetObjectOptions{})
			if err != nil {
				return "", err
			}
			defer o.Close()
			data, err := io.ReadAll(o)
			if minio.ToErrorResponse(err).Code == "NoSuchKey" {
				return "", fs.ErrNotExist
			}
			return string(data), err
		}
	}
	base := nginx(t, p.root(), "/")
	browser := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 8}}
	return func(name string) (string, error) {
		answer, err := browser.Get(base + (&url.URL{Path: name}).EscapedPath())
		if err != nil {
			return "", err
		}
		defer answer.Body.Close()
		body, err := io.ReadAll(answer.Body)
		switch {
		case err != nil:
			return "", err
		case answer.StatusCode == http.StatusNotFound:
			return "", fs.ErrNotExist
		case answer.StatusCode != http.StatusOK:
			return "", fmt.Errorf("%s: %s", name, answer.Status)
		}
		return string(body), nil
	}
}

// Readers in a loop, while the site is switched again and again: every answer is
// a whole file of some release, and what a page names is there.
func TestReadersSeeWholeReleasesDuringSwitches(t *testing.T) {
	const files = 60
	var sites []site
	for v := range versions {
		sites = append(sites, versioned(files, v))
	}
	onEach(t, func(t *testing.T, p *place) {
		p.mustPublish(t, "v0", sites[0])
		visit := p.visitor(t)
		var asked, absent atomic.Int64
		done := make(chan struct{})
		var readers sync.WaitGroup
		look := func(name string) string {
			got, err := visit(name)
			asked.Add(1)
			if errors.Is(err, fs.ErrNotExist) && p.kind == sftpPlain {
				// This server cannot replace a file in one step: it is nobody's
				// for a moment. doc.go and the plan say so.
				absent.Add(1)
				return ""
			}
			if err != nil {
				t.Errorf("%s: %v", name, err)
				return ""
			}
			for _, s := range sites {
				if s[name] == got {
					return got
				}
			}
			t.Errorf("%s is torn or of no release: %.100q", name, got)
			return ""
		}
		for range 3 {
			readers.Go(func() {
				names := sites[0].without("assets").paths()
				for {
					select {
					case <-done:
						return
					case <-time.After(4 * time.Millisecond):
					}
					if page := look("index.html"); page != "" {
						look(asset(page))
					}
					if name := names[rand.IntN(len(names))]; !strings.HasPrefix(name, "assets/") {
						look(name)
					}
				}
			})
		}
		switches := pick(12, 100)
		for n := range switches {
			v := (n + 1) % versions
			if p.hasReleases() && n%4 == 3 {
				res, err := p.to.Rollback(t.Context(), "", find(nil), publish.Options{})
				check(t, err)
				if res.Sent > 0 {
					t.Errorf("going back sent %d files", res.Sent)
				}
				continue
			}
			p.base = nil
			p.mustPublish(t, fmt.Sprintf("v%d", v), sites[v])
		}
		close(done)
		readers.Wait()
		t.Logf("%d switches, %d requests, %d absent", switches, asked.Load(), absent.Load())
		if asked.Load() < int64(switches) {
			t.Errorf("only %d requests: the readers were not where the work is", asked.Load())
		}
	}, kinds...)
}

func TestStorageServesEachFileWithItsHeaders(t *testing.T) {
	for _, packed := range []bool{false, true} {
		t.Run(fmt.Sprintf("gzip %v", packed), func(t *testing.T) {
			p := newPlace(t, bucketed)
			p.to.Gzip = packed
			s := makeSite(30, 1)
			s["releases/r1.wacz"], s["qr/index.svg"] = string(noise(50_000)), text("qr/index.svg", 1)
			p.mustPublish(t, "r1", s)
			c := client(t, gateway(t, store))
			css := asset(s["index.html"])
			for name, kind := range map[string]string{
				"index.html": "text/html; charset=utf-8", css: "text/css; charset=utf-8", "data/issues.json": "application/json",
				"search/00.js": "text/javascript; charset=utf-8", "releases/r1.wacz": "application/wacz+zip", "qr/index.svg": "image/svg+xml",
				"files/通报/整改 方案（第一批）.txt": "text/plain; charset=utf-8",
			} {
				o, err := c.GetObject(t.Context(), bucket, path.Base(p.dir)+"/"+name, minio.GetObjectOptions{})
				check(t, err)
				info, err := o.Stat()
				check(t, err)
				body, err := io.ReadAll(o)
				check(t, err)
				if info.ContentType != kind {
					t.Errorf("%s has the type %q, want %q", name, info.ContentType, kind)
				}
				cache := "public, max-age=60"
				if name == css {
					cache = "public, max-age=31536000, immutable"
				}
				if got := info.Metadata.Get("Cache-Control"); got != cache {
					t.Errorf("%s: Cache-Control %q, want %q", name, got, cache)
				}
				isPacked := packed && !strings.HasSuffix(name, ".wacz")
				if got := info.Metadata.Get("Content-Encoding"); (got == "gzip") != isPacked {
					t.Errorf("%s: Content-Encoding %q", name, got)
				}
				if isPacked {
					z, err := gzip.NewReader(strings.NewReader(string(body)))
					check(t, err)
					body, err = io.ReadAll(z)
					check(t, err)
				}
				if string(body) != s[name] {
					t.Errorf("%s is another file", name)
				}
			}
			// What is compressed is known again without compressing it.
			after := s.with(2, "404.html")
			res := p.mustPublish(t, "r2", after)
			if res.Sent != 1 || res.Change != 1 {
				t.Errorf("one file changed: %+v", res)
			}
			if s := p.mustStatus(t, map[string]site{"r2": after}, false); !s.Equal {
				t.Errorf("status: %+v", s)
			}
		})
	}
}

func TestCompressedTwinsFollowTheirPages(t *testing.T) {
	onEach(t, func(t *testing.T, p *place) {
		p.to.Gzip = true
		before := makeSite(30, 1)
		p.mustPublish(t, "r1", before)
		after := before.with(2, "404.html", "issues/100020.html").without("issues/100021.html")
		p.base = nil
		res := p.mustPublish(t, "r2", after)
		if res.Change != 2 || res.Delete != 1 || res.Sent != 4 {
			t.Errorf("two pages changed, with their twins, and one went: %+v", res)
		}
		got := p.seen(t, after)
		for name, content := range after {
			if strings.HasPrefix(name, "assets/") || len(content) <= 1024 {
				continue
			}
			z, err := gzip.NewReader(strings.NewReader(got[name+".gz"]))
			if err != nil {
				t.Fatalf("%s.gz: %v", name, err)
			}
			if plain, _ := io.ReadAll(z); string(plain) != content {
				t.Errorf("%s.gz is of another page", name)
			}
		}
		if _, there := got["issues/100021.html.gz"]; there {
			t.Error("the twin of a deleted page is still there")
		}
		s := p.mustStatus(t, map[string]site{"r2": after}, false)
		if !s.Equal || s.Files != len(after) {
			t.Errorf("status: %+v", s)
		}
		// A twin that somebody changed is worse than a page: most would get it.
		p.edit(t, "404.html.gz", got["index.html.gz"])
		if s := p.mustStatus(t, map[string]site{"r2": after}, false); s.Equal || len(s.Edited) != 1 {
			t.Errorf("status: %+v", s)
		}
		p.base = nil
		p.mustPublish(t, "r2", after)
		if s := p.mustStatus(t, map[string]site{"r2": after}, false); !s.Equal {
			t.Errorf("status: %+v", s)
		}
	}, localReleases, localPlain, sftpReleases, sftpPlain, packaged)
}

func TestAssetsOfTheLastReleaseStayForAWhile(t *testing.T) {
	onEach(t, func(t *testing.T, p *place) {
		first, second, third := makeSite(20, 1), makeSite(20, 2), makeSite(20, 3)
		visit := p.visitor(t)
		for id, s := range map[string]site{"r1": first, "r2": second, "r3": third} {
			p.base = nil
			p.mustPublish(t, id, s)
		}
		for _, s := range []site{first, second, third} {
			if got, err := visit(asset(s["index.html"])); err != nil || got != s[asset(s["index.html"])] {
				t.Errorf("an asset of the last minutes: %v", err)
			}
		}
	}, kinds...)
}
