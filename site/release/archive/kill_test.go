package archive

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rectify/site/problem"
)

// childEnv makes this test binary write one release after the other into the
// archive that it names, until it is killed or the disk is full.
const childEnv = "RECTIFY_ARCHIVE_TEST_CHILD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childEnv); dir != "" {
		fmt.Fprintln(os.Stderr, releaseForEver(dir))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// numbered is the release of a number: pages that change, and one that differs
// so much that it is kept whole.
func numbered(n int) (id string, files tree) {
	files = portal(fmt.Sprintf("第 %d 期", n))
	random := rand.New(rand.NewPCG(uint64(n), 7))
	noise := make([]byte, 20_000)
	for i := range noise {
		noise[i] = byte(random.Uint32())
	}
	files["site/files/noise.bin"] = string(noise)
	return fmt.Sprintf("r%05d", n), files
}

func releaseForEver(dir string) error {
	n := 0
	if a, err := Open(dir); err == nil {
		n = len(a.Releases())
		a.Close()
	}
	for ; ; n++ {
		id, files := numbered(n)
		if err := release(dir, id, files); err != nil {
			return err
		}
		fmt.Println(id)
	}
}

// wantSound fails unless the archive holds whole releases and nothing else but
// what an interrupted one may leave. It returns how many there are.
func wantSound(t *testing.T, dir string) int {
	t.Helper()
	a, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	found, err := a.Check(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range found {
		// Without releases the guides may not have come yet.
		if p.Severity == problem.Error && (len(a.Releases()) > 0 || p.Code != problem.ArchiveMissing) {
			t.Fatalf("%s %s: %s", p.Code, p.Place, p)
		}
	}
	if newest := a.Newest(); newest != nil {
		_, want := numbered(len(a.Releases()) - 1)
		for key, text := range restored(t, a, newest.ID) {
			if want[key] != text {
				t.Fatalf("%s of %s is not as it was", key, newest.ID)
			}
		}
	}
	return len(a.Releases())
}

func TestKilledProcessLeavesTheArchiveAsItWasOrComplete(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "archive")
	for round := range 60 {
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), childEnv+"="+dir)
		child.Stderr = os.Stderr
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		// One release at least, so that every round kills one in the making.
		if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
			t.Fatalf("round %d: the child wrote nothing: %v", round, err)
		}
		go func() { _, _ = io.Copy(io.Discard, out) }()
		time.Sleep(time.Duration(rand.IntN(40_000)) * time.Microsecond)
		if err := child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		var exit *exec.ExitError
		if err := child.Wait(); !errors.As(err, &exit) || exit.ExitCode() == 1 {
			t.Fatalf("the child ended by itself: %v", err)
		}
		n := wantSound(t, dir)
		if round%10 == 9 {
			t.Logf("round %d: %d releases", round, n)
			if err := os.RemoveAll(dir); err != nil { // the check reads all of them
				t.Fatal(err)
			}
		}
	}
}

// The disk is a tmpfs of 4 MB in a mount namespace of the test's own.
func TestFullDiskLeavesTheArchiveAsItWas(t *testing.T) {
	mountpoint := t.TempDir()
	script := fmt.Sprintf(`mount -t tmpfs -o size=4m tmpfs %[1]s || exit 9
%[2]s=%[1]s/archive %[3]s 2>%[4]s/error
cp -r %[1]s/archive %[4]s/`, mountpoint, childEnv, os.Args[0], t.TempDir())
	kept := script[strings.LastIndex(script, " ")+1 : len(script)-1]
	args := []string{"-rm", "sh", "-c", script}
	if text, err := exec.Command("unshare", args...).CombinedOutput(); err != nil {
		if os.Getenv("CI") == "" {
			t.Skipf("this system lets nobody mount a tmpfs (unshare -rm): %v\n%s", err, text)
		}
		t.Fatalf("a tmpfs in a mount namespace is needed (unshare -rm): %v\n%s", err, text)
	}
	said, err := os.ReadFile(filepath.Join(kept, "error"))
	if err != nil || !strings.Contains(string(said), "the disk is full, the archive is as it was") {
		t.Errorf("it said %q, %v", said, err)
	}
	dir := filepath.Join(kept, "archive")
	n := wantSound(t, dir)
	if n < 10 {
		t.Errorf("only %d releases fitted", n)
	}
	for name := range disk(t, dir) {
		if strings.HasPrefix(name, stageDir+"/") || strings.HasSuffix(name, fresh) {
			t.Errorf("%s was left and takes room", name)
		}
	}
	// Where there is room again it goes on.
	id, files := numbered(n)
	mustRelease(t, dir, id, files)
	if found := faults(t, dir); len(found) > 0 {
		t.Error(found)
	}
}
