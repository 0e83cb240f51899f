package archive

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEveryReleaseComesBackAsItWas(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "archive")
	releases := []tree{portal("2025-03-01"), portal("2025-04-01"), portal("2025-04-01"), portal("2025-05-01")}
	delete(releases[1], "site/issues/100003.html")
	releases[2]["site/files/示例 材料.txt"] = "示例"
	releases[3]["site/index.html"] = ""
	for i, files := range releases {
		mustRelease(t, dir, fmt.Sprintf("2025-%02d", i+3), files)
	}
	a := open(t, dir)
	for i, want := range releases {
		if diff := cmp.Diff(want, restored(t, a, fmt.Sprintf("2025-%02d", i+3))); diff != "" {
			t.Errorf("release %d:\n%s", i, diff)
		}
	}
	if found := faults(t, dir); len(found) > 0 {
		t.Error(found)
	}
}

func TestWhatDidNotChangeIsKeptOnceAndADateCostsAFewBytes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "archive")
	first := portal("2025-03-01")
	for id := range 200 {
		first[fmt.Sprintf("site/issues/%d.html", 200000+id)] = page(id, "2025-03-01")
	}
	second := tree{}
	for key, text := range first {
		second[key] = strings.ReplaceAll(text, "2025-03-01", "2025-04-01")
	}
	mustRelease(t, dir, "a", first)
	mustRelease(t, dir, "b", first)
	mustRelease(t, dir, "c", second)
	size := func(id string) int64 {
		info, err := os.Stat(filepath.Join(dir, "releases", id, filesName))
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	if n := size("b"); n > 300 {
		t.Errorf("a release in which nothing changed takes %d bytes", n)
	}
	if n := size("c"); n > 205*60 {
		t.Errorf("205 pages with another date take %d bytes", n)
	}
}

func TestFileIsKeptWholeAgainBehindManyDifferences(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "archive")
	for i := range maxDepth + 3 {
		mustRelease(t, dir, fmt.Sprintf("r%02d", i), portal(fmt.Sprintf("2025-03-%02d", i)))
	}
	a := open(t, dir)
	whole := 0
	for i, r := range a.Releases() {
		p, err := openPack(a.root, r.path(filesName))
		if err != nil {
			t.Fatal(err)
		}
		for !p.end {
			if p.at.key == "site/index.html" && p.at.full {
				whole++
			}
			if err := p.next(); err != nil {
				t.Fatal(err)
			}
		}
		p.close()
		if diff := cmp.Diff(portal(fmt.Sprintf("2025-03-%02d", i)), restored(t, a, r.ID)); diff != "" {
			t.Fatal(diff)
		}
	}
	if whole != 2 {
		t.Errorf("the page was kept whole %d times, want 2", whole)
	}
}

func TestSameReleasesGiveTheSameArchive(t *testing.T) {
	one, two := filepath.Join(t.TempDir(), "archive"), filepath.Join(t.TempDir(), "archive")
	for _, dir := range []string{one, two} {
		mustRelease(t, dir, "a", portal("2025-03-01"))
		mustRelease(t, dir, "b", portal("2025-04-01"))
	}
	if diff := cmp.Diff(disk(t, one), disk(t, two)); diff != "" {
		t.Error(diff)
	}
}

func TestNothingThatIsThereIsWrittenAgain(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "archive")
	mustRelease(t, dir, "a", portal("2025-03-01"))
	before := disk(t, dir)
	mustRelease(t, dir, "b", portal("2025-04-01"))
	after := disk(t, dir)
	for name, text := range before {
		if name != checkpointPath && after[name] != text {
			t.Errorf("%s changed", name)
		}
	}
	var exists *ExistsError
	if err := release(dir, "a", portal("2025-05-01")); !errors.As(err, &exists) {
		t.Errorf("the id of a release was taken twice: %v", err)
	}
	if diff := cmp.Diff(after, disk(t, dir)); diff != "" {
		t.Error(diff)
	}
}

func TestAbortedReleaseLeavesTheArchiveAsItWas(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "archive")
	for _, there := range []bool{false, true} {
		before := map[string]string{}
		if there {
			mustRelease(t, dir, "a", portal("2025-03-01"))
			before = disk(t, dir)
		}
		tx, err := Begin(dir)
		if err != nil {
			t.Fatal(err)
		}
		if err := tx.Put(Site, "index.html", []byte("示例")); err != nil {
			t.Fatal(err)
		}
		if _, _, err := tx.Seal(t.Context()); err != nil {
			t.Fatal(err)
		}
		tx.Abort()
		if !there {
			if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("a folder was left: %v", err)
			}
			continue
		}
		if diff := cmp.Diff(before, disk(t, dir)); diff != "" {
			t.Error(diff)
		}
	}
}

func TestOneWriterAtATime(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "archive")
	tx, err := Begin(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Abort()
	var locked *LockedError
	if _, err := Begin(dir); !errors.As(err, &locked) || locked.PID != os.Getpid() {
		t.Errorf("got %v", err)
	}
}

func TestFolderOfSomebodyElseIsRefused(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "letter.txt"), []byte("示例"), 0o644); err != nil {
		t.Fatal(err)
	}
	var foreign *ForeignError
	if _, err := Begin(dir); !errors.As(err, &foreign) || foreign.Found != "letter.txt" {
		t.Errorf("got %v", err)
	}
	if len(disk(t, dir)) != 1 {
		t.Errorf("the folder was touched: %v", disk(t, dir))
	}
}

func TestPathsThatLeadOutAreRefused(t *testing.T) {
	for _, name := range []string{"", ".", "../x", "/x", "a/../../x", "a//b", "a/"} {
		tx, err := Begin(filepath.Join(t.TempDir(), "archive"))
		if err != nil {
			t.Fatal(err)
		}
		if err := tx.Put(Site, name, nil); err == nil {
			t.Errorf("%q was taken", name)
		}
		tx.Abort()
	}
}

func TestSamePathWithOtherContentIsRefused(t *testing.T) {
	tx, err := Begin(filepath.Join(t.TempDir(), "archive"))
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Abort()
	for i, text := range []string{"一", "一", "二"} {
		if err := tx.Put(Site, "a.html", []byte(text)); (err != nil) != (i == 2) {
			t.Errorf("%d: %v", i, err)
		}
	}
	if _, _, err := tx.Seal(t.Context()); err == nil {
		t.Error("a release with two contents for one path was sealed")
	}
}

func TestCompanionsLieBesideTheSite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "archive")
	mustRelease(t, dir, "a", portal("2025-03-01"))
	mustRelease(t, dir, "b", portal("2025-04-01"))
	a := open(t, dir)
	r, err := a.Release("a")
	if err != nil {
		t.Fatal(err)
	}
	companions, err := a.Companions(r)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range companions {
		data, err := c.Bytes()
		if err != nil || digestOf(data) != c.SHA256 || int64(len(data)) != c.Size {
			t.Errorf("%s: %v", c.Path, err)
		}
		got = append(got, string(c.Kind())+" "+c.Path)
	}
	want := []string{
		"manifest releases/a/manifest.json",
		"manifest releases/a/sha256sums.txt",
		"manifest releases/b/manifest.json",
		"log releases/log/checkpoint",
		"log releases/log/tile/0/000.p/1",
		"log releases/log/tile/0/000.p/2",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestFirstReleaseKeepsItsLogWhereTheDiskDoesNotConfirmIt(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "archive")
	tx, err := Begin(dir)
	if err != nil {
		t.Fatal(err)
	}
	refused := errors.New("the disk refuses")
	tx.a.sync = func(string) error { return refused }
	site, data, err := tx.Seal(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	m := Manifest{Format: Format, ID: "a", Site: site, Data: data, Log: Entry{"example.org/log", 0}}
	manifest, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	err = tx.Commit(Final{Manifest: manifest, Log: map[string][]byte{"tile/0/000.p/1": []byte("a")}, Checkpoint: []byte("example.org/log\n1\nroot\n")})
	if !errors.Is(err, refused) || !tx.Entered() {
		t.Errorf("%v, entered %v", err, tx.Entered())
	}
	a := open(t, dir)
	if a.Newest() == nil {
		t.Error("the release is not there")
	}
	if _, err := a.LogFile("tile/0/000.p/1"); err != nil {
		t.Error(err)
	}
}
