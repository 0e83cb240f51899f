package archive

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func threeReleases(t *testing.T) (dir string, releases map[string]tree) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "archive")
	releases = map[string]tree{"a": portal("2025-03-01"), "b": portal("2025-04-01"), "c": portal("2025-05-01")}
	delete(releases["b"], "site/issues/100003.html")
	releases["c"]["site/files/示例 材料.txt"] = "示例"
	for _, id := range []string{"a", "b", "c"} {
		mustRelease(t, dir, id, releases[id])
	}
	return dir, releases
}

func TestArchiveIsReadByTheScriptThatLiesInIt(t *testing.T) {
	dir, releases := threeReleases(t)
	for id, want := range releases {
		out := t.TempDir()
		text, err := exec.Command("python3", filepath.Join(dir, "restore.py"), id, out).CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		got := tree(disk(t, out))
		delete(got, "site/"+ChangesPath(id))
		delete(got, "site.jsonl")
		delete(got, "data.jsonl")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s\n%s", id, text, diff)
		}
	}
}

func TestScriptInTheArchiveNamesWhatIsNotAsItWas(t *testing.T) {
	dir, _ := threeReleases(t)
	other := filepath.Join(t.TempDir(), "archive")
	forged := portal("2025-03-01")
	forged["site/issues/100001.html"] = page(1, "2025-03-02")
	mustRelease(t, other, "a", forged)
	data, err := os.ReadFile(filepath.Join(other, "releases/a", filesName))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "releases/a", filesName), data, 0o644); err != nil {
		t.Fatal(err)
	}
	text, err := exec.Command("python3", filepath.Join(dir, "restore.py"), "a", t.TempDir()).CombinedOutput()
	if err == nil || !strings.Contains(string(text), "not as it was: site/issues/100001.html") {
		t.Errorf("%v\n%s", err, text)
	}
}

func TestScriptInTheArchiveMixesNoReleases(t *testing.T) {
	dir, _ := threeReleases(t)
	out := t.TempDir()
	script := filepath.Join(dir, "restore.py")
	if text, err := exec.Command("python3", script, "c", out).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	before := disk(t, out)
	text, err := exec.Command("python3", script, "b", out).CombinedOutput()
	if err == nil || !strings.Contains(string(text), "is not empty") {
		t.Errorf("%v\n%s", err, text)
	}
	if diff := cmp.Diff(before, disk(t, out)); diff != "" {
		t.Error(diff)
	}
}

// What README.txt tells people without Python to do.
func TestArchiveIsReadWithTarAndXdelta(t *testing.T) {
	dir, releases := threeReleases(t)
	const script = `
set -e
for id in a b c; do
	mkdir new; tar xzf "$1/releases/$id/files.tar.gz" -C new
	mkdir -p new/full new/delta result
	(cd new/delta; find . -type f) | while read -r f; do
		xdelta3 -d -s "result/$f" "new/delta/$f" patched
		mv patched "result/$f"
	done
	cp -r new/full/. result/
	rm -r new
done`
	run := exec.Command("sh", "-c", script, "sh", dir)
	run.Dir = t.TempDir()
	if text, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	got := disk(t, filepath.Join(run.Dir, "result"))
	for name, want := range releases["c"] {
		if got[name] != want {
			t.Errorf("%s is %q, want %q", name, got[name], want)
		}
	}
}
