package site

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// sh runs a command in a folder, as somebody types it who has read it somewhere.
func sh(t *testing.T, dir, command string) (string, error) {
	t.Helper()
	run := exec.Command("sh", "-c", command)
	run.Dir = dir
	out, err := run.CombinedOutput()
	return string(out), err
}

// A reader has the site, or a snapshot, and sha256sum, unzip, minisign and
// ssh-keygen; the page of releases and the README say what to type.
func TestReleaseIsVerifiedWithTheCommandsThatItsPageAndItsSnapshotGive(t *testing.T) {
	d := twoReleases(t, "示例结果。", key(t, 1))
	public := filepath.Join(d.dir, "public")
	onPage := texts(parse(t, public, "releases/index.html"), "section[aria-labelledby=release-verify] code")
	if len(onPage) != 4 {
		t.Fatalf("the page gives %q", onPage)
	}
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
	if len(inReadme) != 4 {
		t.Fatalf("the snapshot gives %q", inReadme)
	}
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
