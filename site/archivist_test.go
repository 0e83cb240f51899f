package site

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// An archivist who has nothing but the archive copies its commands, from the
// first to the last.
func TestCommandsInTheArchiveRunAsTheyStand(t *testing.T) {
	d := twoReleases(t, "示例结果。", key(t, 1))
	guide := strings.NewReplacer("\\\n", "", "<期号>", "b", "2025-03", "b").Replace(d.read("archive/README.txt"))
	var commands []string
	for _, m := range regexp.MustCompile(`(?m)^ {2}((?:python3|sha256sum|minisign|ssh-keygen|cd|jq) .*?)(?: {4,}[^ -].*)?$`).FindAllStringSubmatch(guide, -1) {
		commands = append(commands, m[1])
	}
	if len(commands) != 9 {
		t.Fatalf("the archive gives %q", commands)
	}
	out, err := sh(t, filepath.Join(d.dir, "archive"), "set -ex\n"+strings.Join(commands, "\n"))
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, want := range []string{" 0 not as they were", "Signature and comment signature verified", `Good "rectify-release" signature`} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	sums := regexp.MustCompile(`"sums_sha256": "([0-9a-f]+)"`).FindStringSubmatch(d.read("archive/releases/b/manifest.json"))
	if len(sums) != 2 || !strings.Contains(out, sums[1]+"  ../sha256sums.txt") {
		t.Errorf("the list is not %q:\n%s", sums, out)
	}
}
