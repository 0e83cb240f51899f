//go:build linux

package conformance

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"rectify/site/publish"
	"rectify/site/release/archive"
)

// site is what visitors can get: path → content.
type site map[string]string

// text is the content of a page: its end repeats its beginning, so that a torn
// one is known for what it is.
func text(path string, version int) string {
	mark := fmt.Sprintf("%s 第 %d 版\n", path, version)
	return mark + strings.Repeat("示例区示例局整改情况。\n", 40+len(path)%50) + mark
}

// makeSite is an invented site of about n files, all of one version.
func makeSite(n, version int) site {
	s := site{}
	for _, path := range []string{
		"index.html", "404.html", "state.css", "issues/index.html", "data/issues.json", "search/00.js",
		"files/通报/整改 方案（第一批）.txt", "reports/xuncha/sections/s1.html", "robots.txt",
	} {
		s[path] = text(path, version)
	}
	for i := len(s); i < n; i++ {
		path := fmt.Sprintf("issues/%06d.html", 100000+i)
		s[path] = text(path, version)
	}
	s.dress(version)
	return s
}

// dress gives the site an asset whose name is that of its content, and lets the
// front door name it.
func (s site) dress(version int) {
	for path := range s {
		if strings.HasPrefix(path, "assets/") {
			delete(s, path)
		}
	}
	css := text("civic.css", version)
	name := "assets/civic." + sum(css)[:16] + ".css"
	s[name] = css
	s["index.html"] = text("index.html", version) + "asset=" + name + "\n"
}

// asset is what a front door names.
func asset(page string) string {
	_, name, _ := strings.Cut(page, "asset=")
	return strings.TrimSuffix(name, "\n")
}

func (s site) clone() site { return maps.Clone(s) }

// with is the site with some pages in another version.
func (s site) with(version int, paths ...string) site {
	changed := s.clone()
	for _, path := range paths {
		changed[path] = text(path, version)
	}
	return changed
}

func (s site) without(paths ...string) site {
	less := s.clone()
	for _, path := range paths {
		delete(less, path)
	}
	return less
}

func (s site) paths() []string { return slices.Sorted(maps.Keys(s)) }

func sum(text string) string {
	h := sha256.Sum256([]byte(text))
	return hex.EncodeToString(h[:])
}

// tree is the site as a release.
func (s site) tree(id string) *publish.Tree {
	t := &publish.Tree{ID: id, Open: func(path string) (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(s[path])), nil
	}}
	for _, path := range s.paths() {
		t.Files = append(t.Files, publish.File{Path: path, Size: int64(len(s[path])), SHA256: sum(s[path]), MediaType: archive.TypeOf(path)})
	}
	return t
}
