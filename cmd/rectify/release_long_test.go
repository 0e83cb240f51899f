//go:build long

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// approved writes the approval of a release of the data as they are.
func approved(t *testing.T, dir, id string) {
	t.Helper()
	if code, stdout, stderr := call(t, "approve", "-C", dir, "-q", id); code != exitGood {
		t.Fatalf("exit %d: %s%s", code, stdout, stderr)
	}
	name := filepath.Join(dir, "data", "releases", id+".yaml")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	write(t, name, strings.ReplaceAll(string(text), "{who: , on: }", "{who: 示例岗位, on: 2025-03-05}"))
}

// judged is what is looked at of what verify says.
type judged struct {
	Releases []string
	Verdict  string
}

// verdictOf is what verify says of the portal's archive.
func verdictOf(t *testing.T, dir string) (v judged, code int) {
	t.Helper()
	code, stdout, stderr := call(t, "verify", "-C", dir, "--json")
	if err := json.Unmarshal([]byte(stdout), &v); err != nil {
		t.Fatalf("%v: exit %d, %s%s", err, code, stdout, stderr)
	}
	return v, code
}

func TestLongKilledReleaseLeavesTheArchiveAsItWasOrComplete(t *testing.T) {
	dir := newPortal(t)
	// The whole of one release tells how long the rounds may live.
	approved(t, dir, "r0")
	start := time.Now()
	if out, err := exec.Command("rectify", "release", "-C", dir, "--unsigned", "r0").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	whole := time.Since(start)
	made, killed, unfinished := 1, 0, 0
	for killed < 50 {
		id := fmt.Sprintf("r%d", made)
		write(t, filepath.Join(dir, "data", "pages", "about.md"), fmt.Sprintf("# 关于示例\n\n虚构的门户,第 %d 期。\n", made))
		if _, err := os.Stat(filepath.Join(dir, "data", "releases", id+".yaml")); err != nil {
			approved(t, dir, id)
		}
		child := exec.Command("rectify", "release", "-C", dir, "--unsigned", id)
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		// Most of the life of a process is its beginning: half of the rounds aim
		// at the end.
		from := whole / 2 * time.Duration(rand.IntN(2))
		time.Sleep(from + rand.N(whole*6/5-from))
		_ = child.Process.Kill() // it may have ended
		var exit *exec.ExitError
		if err := child.Wait(); errors.As(err, &exit) && exit.ExitCode() == -1 {
			killed++
		} else if err != nil {
			t.Fatalf("the release failed by itself: %v", err)
		}
		v, code := verdictOf(t, dir)
		if code != exitGood || len(v.Releases) != made && len(v.Releases) != made+1 {
			t.Fatalf("after %d releases and a kill verify says (exit %d): %s", made, code, v.Verdict)
		}
		made = len(v.Releases)
		if _, err := os.Stat(filepath.Join(dir, "public", ".rectify", "journal")); err == nil {
			unfinished++
		}
		// Whatever was left of the site, the next build puts it right.
		if code, stdout, stderr := call(t, "build", "-C", dir, "-q"); code != exitGood {
			t.Fatalf("exit %d: %s%s", code, stdout, stderr)
		}
	}
	t.Logf("%d kills, %d releases made, the site was left unfinished %d times", killed, made, unfinished)
	if code, stdout, stderr := call(t, "verify", "-C", dir, "--rebuild", "--release", "all"); code != exitGood {
		t.Errorf("exit %d: %s%s", code, stdout, stderr)
	}
}

// The archive of the portal is a tmpfs of 4 MB in a mount namespace of the
// test's own; evidence of 700 KB a release fills it.
func TestLongFullDiskStopsAReleaseAndNothingElse(t *testing.T) {
	dir := newPortal(t)
	noise := make([]byte, 700_000)
	files := filepath.Join(dir, "data", "reports", "demo", "files")
	if err := os.MkdirAll(files, 0o755); err != nil {
		t.Fatal(err)
	}
	issue := filepath.Join(dir, "data", "reports", "demo", "issues", "b.yaml")
	text := "id: 200002\ntitle: 示例问题乙\nevidence:\n"
	for n := range 8 {
		id := fmt.Sprintf("r%d", n)
		for i := range noise {
			noise[i] = byte(rand.Uint32())
		}
		write(t, filepath.Join(files, id+".bin"), string(noise))
		text += "  - {file: " + id + ".bin, title: 示例材料" + id + "}\n"
		write(t, issue, text)
		approved(t, dir, id)
		write(t, filepath.Join(dir, id+".yaml"), text) // the data of this release
	}
	script := `mount -t tmpfs -o size=4m tmpfs archive || exit 9
for id in r0 r1 r2 r3 r4 r5 r6 r7; do
	cp $id.yaml data/reports/demo/issues/b.yaml
	rectify release --lang en --unsigned $id >said 2>&1 || { echo $? >code; break; }
done
rectify verify --lang en >verdict 2>&1 || exit 8
rectify verify --lang en public >>verdict 2>&1
cp -r archive kept`
	if err := os.Mkdir(filepath.Join(dir, "archive"), 0o755); err != nil {
		t.Fatal(err)
	}
	run := exec.Command("unshare", "-rm", "sh", "-c", script)
	run.Dir = dir
	if out, err := run.CombinedOutput(); err != nil {
		verdict, _ := os.ReadFile(filepath.Join(dir, "verdict"))
		t.Fatalf("a tmpfs in a mount namespace is needed (unshare -rm): %v\n%s%s", err, out, verdict)
	}
	read := func(name string) string {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	if said := read("said"); !strings.Contains(said, "the disk is full, the archive is as it was") || strings.TrimSpace(read("code")) != "1" {
		t.Errorf("it said: %s", said)
	}
	if v := read("verdict"); !strings.Contains(v, "verified: archive") || !strings.Contains(v, "verified: site") {
		t.Errorf("verify says: %s", v)
	}
	// Where there is room again it goes on.
	if err := os.Remove(filepath.Join(dir, "archive")); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(dir, "kept"), filepath.Join(dir, "archive")); err != nil {
		t.Fatal(err)
	}
	v, _ := verdictOf(t, dir)
	next := fmt.Sprintf("r%d", len(v.Releases))
	write(t, issue, read(next+".yaml"))
	if code, stdout, stderr := call(t, "release", "-C", dir, "--unsigned", next); code != exitGood {
		t.Errorf("exit %d: %s%s", code, stdout, stderr)
	}
	if v, code := verdictOf(t, dir); code != exitGood {
		t.Errorf("%s", v.Verdict)
	}
}
