package site

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// sh runs a command in a folder, as somebody types it who has read it somewhere.
func sh(t testing.TB, dir, command string) (string, error) {
	t.Helper()
	run := exec.Command("sh", "-c", command)
	run.Dir = dir
	out, err := run.CombinedOutput()
	return string(out), err
}

// A reader has the site, or a snapshot, and sha256sum, unzip, minisign and
// ssh-keygen; the page of releases and the README say what to type.
func TestReleaseIsVerifiedWithTheCommandsThatItsPageAndItsSnapshotGive(t *testing.T) {
	public := ""
	host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, _ := strings.CutPrefix(r.URL.Path, "/zg/")
		data, err := os.ReadFile(filepath.Join(public, filepath.FromSlash(name)))
		if err != nil {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		_, _ = w.Write(data) // who goes away has no use for it
	}))
	defer host.Close()
	d := twoReleasesAt(t, host.URL+"/zg/", "示例结果。", key(t, 1))
	public = filepath.Join(d.dir, "public")
	onPage := texts(parse(t, public, "releases/index.html"), "section[aria-labelledby=release-verify] code")
	if len(onPage) != 7 {
		t.Fatalf("the page gives %q", onPage)
	}
	if hrefs := all(parse(t, public, "releases/index.html"), `a[href="b/sha256sums.txt"]`); len(hrefs) == 0 {
		t.Error("no link leads to the list of files")
	}
	if page := d.read("public/releases/index.html"); strings.Contains(page, "zip 快照") {
		t.Error("the page tells of a zip, and there is none")
	}
	// Who has nothing but the page fetches the site and finds it whole.
	fetched := t.TempDir()
	for i, command := range onPage {
		out, err := sh(t, fetched, command)
		if err != nil || i < 4 && out != "" {
			t.Errorf("%s: %v\n%s", command, err, out)
		}
	}
	for name, sum := range digests(t, public) {
		if strings.HasPrefix(name, "releases/log/") || strings.HasPrefix(name, "releases/a/") {
			continue
		}
		if data, err := os.ReadFile(filepath.Join(fetched, filepath.FromSlash(name))); err != nil || hexSum(data) != sum {
			t.Errorf("%s was not fetched as it is: %v", name, err)
		}
	}
	if err := os.WriteFile(filepath.Join(fetched, "示例 多出.html"), []byte("示例"), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := sh(t, fetched, onPage[3]); err != nil || out != "示例 多出.html\n" {
		t.Errorf("what was added: %q, %v", out, err)
	}
	onPage = slices.Delete(onPage[2:], 1, 2)
	unpacked := t.TempDir()
	if out, err := sh(t, unpacked, "unzip -q "+filepath.Join(d.dir, "b.zip")); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	readme, err := os.ReadFile(filepath.Join(unpacked, "README.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var inReadme []string
	whole := strings.ReplaceAll(string(readme), "\\\n", "")
	for _, m := range regexp.MustCompile(`(?m)^ {7}([a-z].*)$`).FindAllStringSubmatch(whole, -1) {
		inReadme = append(inReadme, m[1])
	}
	if len(inReadme) != 5 {
		t.Fatalf("the snapshot gives %q", inReadme)
	}
	// As it says, the mark is the one file that is another.
	if out, err := sh(t, unpacked, inReadme[2]+" 2>/dev/null"); err == nil || out != "state.css: FAILED\n" {
		t.Errorf("%s: %v %s", inReadme[2], err, out)
	}
	inReadme = slices.Delete(inReadme, 2, 3)
	var manifest struct {
		Site struct {
			Sums string `json:"sums_sha256"`
		} `json:"site"`
	}
	if err := json.Unmarshal([]byte(d.read("public/releases/b/manifest.json")), &manifest); err != nil || manifest.Site.Sums == "" {
		t.Fatal(manifest, err)
	}
	for dir, commands := range map[string][]string{public: onPage, unpacked: inReadme} {
		for _, command := range commands {
			out, err := sh(t, dir, command)
			if err != nil {
				t.Errorf("%s: %v\n%s", command, err, out)
			}
			if strings.HasSuffix(command, "sha256sums.txt") && !strings.Contains(command, "-c") && !strings.HasPrefix(out, manifest.Site.Sums) {
				t.Errorf("%s: %s, and the manifest says %s", command, out, manifest.Site.Sums)
			}
		}
	}
	// In a snapshot the page's first command names the mark and nothing else.
	if out, _ := sh(t, unpacked, onPage[0]+" 2>/dev/null"); strings.Count(out, "\n") != 1 || !strings.HasPrefix(out, "state.css") {
		t.Errorf("in the snapshot: %s", out)
	}

	// Each of them says no where it should.
	d.edit("public/issues/200001.html", "示例结果", "另一结果")
	d.edit("public/releases/b/manifest.json", "示例公开", "示例公閧")
	d.flip("public/releases/b/sha256sums.txt")
	for i, command := range onPage {
		out, err := sh(t, public, command)
		if i == 1 && strings.HasPrefix(out, manifest.Site.Sums) || i != 1 && err == nil {
			t.Errorf("nothing is wrong for %s: %s", command, out)
		}
	}
}
