package emit

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/afero"
)

// Two sites with every kind of difference: changed, unchanged, new, gone with
// its folder, a file that becomes a folder, a folder that becomes a file, and a
// name that changes its case only.
var (
	before = site{
		"index.html":       text("index.html", 1),
		"issues/1.html":    text("issues/1.html", 1),
		"issues/2.html":    text("issues/2.html", 1),
		"old/deep/gone.md": text("old/deep/gone.md", 1),
		"turn":             text("turn", 1),
		"back/a.html":      text("back/a.html", 1),
		"Case.html":        text("Case.html", 1),
	}
	after = site{
		"index.html":        text("index.html", 2),
		"issues/1.html":     text("issues/1.html", 2),
		"issues/2.html":     text("issues/2.html", 1),
		"new/deep/page.css": text("new/deep/page.css", 2),
		"turn/a.html":       text("turn/a.html", 2),
		"back":              text("back", 2),
		"case.html":         text("case.html", 2),
	}
	third = site{
		"index.html":    text("index.html", 3),
		"issues/2.html": text("issues/2.html", 1),
		"new/other.css": text("new/other.css", 3),
		"old/deep.html": text("old/deep.html", 3),
	}
)

// accidents returns the ways to die at step n.
func accidents(n int) map[string]*faulty {
	return map[string]*faulty{
		"kill":        {at: n},
		"kill midway": {at: n, half: true},
		"power cut 1": {at: n, dice: rand.New(rand.NewPCG(1, uint64(n)))},
		"power cut 2": {at: n, half: true, dice: rand.New(rand.NewPCG(2, uint64(n)))},
	}
}

// steps counts the steps of a build, so that each can be the last one.
func steps(t *testing.T, start func(t *testing.T) string, s site) int {
	t.Helper()
	counter := &faulty{}
	if _, err := build(counter, start(t), s, Options{}); err != nil {
		t.Fatal(err)
	}
	if counter.steps < 20 {
		t.Fatalf("the build took only %d steps: the accidents are not where the work is", counter.steps)
	}
	return counter.steps
}

// startAbsent returns a folder that is not there yet. It lies in memory where
// the system offers that: these tests make thousands of builds, and what they
// know of the disk is in faulty, not in the disk.
func startAbsent(t *testing.T) string {
	dir, err := os.MkdirTemp("/dev/shm", "emit")
	if err != nil {
		return filepath.Join(t.TempDir(), "public")
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return filepath.Join(dir, "public")
}

func startFinished(t *testing.T) string {
	dir := startAbsent(t)
	mustBuild(t, &faulty{}, dir, before)
	return dir
}

func TestAfterAnAccidentAtAnyStepFilesAreWholeAndTheNextBuildRepairs(t *testing.T) {
	for name, start := range map[string]func(*testing.T) string{"first build": startAbsent, "second build": startFinished} {
		last := steps(t, start, after)
		for n := 1; n <= last; n++ {
			for accident, disk := range accidents(n) {
				t.Run(fmt.Sprintf("%s/%s at step %d", name, accident, n), func(t *testing.T) {
					t.Parallel()
					dir := start(t)
					_, err := build(disk, dir, after, Options{})
					disk.bury()
					if !disk.dead {
						return // from four workers, a build may take a step less
					}
					status := wantWhole(t, dir, before, after)
					if err == nil && status.State == Unfinished {
						t.Fatal("the build said that all went well, and the folder is unfinished")
					}

					next := []site{after, before, third}[n%3]
					if res := mustBuild(t, &faulty{}, dir, next); len(res.Replaced)+len(res.Unknown) > 0 {
						t.Errorf("the repair takes what a build made for handwork: %+v", res)
					}
					wantSite(t, afero.NewOsFs(), dir, next)
					wantState(t, afero.NewOsFs(), dir, Finished)
				})
			}
		}
	}
}

func TestWhatWasReportedAsDoneSurvivesAPowerCut(t *testing.T) {
	for name, start := range map[string]func(*testing.T) string{"first build": startAbsent, "second build": startFinished} {
		t.Run(name, func(t *testing.T) {
			dir := start(t)
			disk := &faulty{all: true}
			mustBuild(t, disk, dir, after)
			disk.bury()
			wantSite(t, afero.NewOsFs(), dir, after)
			wantState(t, afero.NewOsFs(), dir, Finished)
		})
	}
}

func TestAnAccidentDuringTheRepairIsRepairedToo(t *testing.T) {
	last := steps(t, startFinished, after)
	for n := 5; n <= last; n += 4 {
		for m := 3 + n%5; m <= last; m += 5 {
			t.Run(fmt.Sprintf("steps %d and %d", n, m), func(t *testing.T) {
				t.Parallel()
				dir := startFinished(t)
				// The same site again is a case of its own: what the first build
				// has moved is right already when the second one comes.
				for i, s := range []site{after, []site{after, third}[(n+m)%2]} {
					disk := &faulty{at: []int{n, m}[i], dice: rand.New(rand.NewPCG(uint64(n), uint64(m)))}
					_, _ = build(disk, dir, s, Options{})
					disk.bury()
					wantWhole(t, dir, before, after, third)
				}
				mustBuild(t, &faulty{}, dir, before)
				wantSite(t, afero.NewOsFs(), dir, before)
				wantState(t, afero.NewOsFs(), dir, Finished)
			})
		}
	}
}

func TestAnAbortedBuildDoesNotHideThatAnEarlierOneDied(t *testing.T) {
	last := steps(t, startFinished, after)
	died := 0
	for n := 1; n <= last; n++ {
		dir := startFinished(t)
		disk := &faulty{at: n}
		_, _ = build(disk, dir, after, Options{})
		disk.bury()
		state := wantWhole(t, dir, before, after).State
		if state != Unfinished {
			continue
		}
		died++
		tx := mustBegin(t, afero.NewOsFs(), dir)
		if err := tx.Put("index.html", []byte(third["index.html"])); err != nil {
			t.Fatal(err)
		}
		if err := tx.Abort(); err != nil {
			t.Fatal(err)
		}
		wantState(t, afero.NewOsFs(), dir, Unfinished)
		mustBuild(t, &faulty{}, dir, third)
		wantSite(t, afero.NewOsFs(), dir, third)
	}
	if died == 0 {
		t.Fatal("no accident fell into a commit")
	}
}

func TestAFullDiskTearsNothingAndTheErrorSaysWhatToDo(t *testing.T) {
	for name, start := range map[string]func(*testing.T) string{"first build": startAbsent, "second build": startFinished} {
		last := steps(t, start, after)
		hit := 0
		for n := 1; n <= last; n++ {
			for _, half := range []bool{false, true} {
				dir := start(t)
				disk := &faulty{at: n, full: true, half: half}
				_, err := build(disk, dir, after, Options{})
				disk.bury()
				if err == nil {
					continue // nothing after this step needs space
				}
				hit++
				var full *FullError
				if !errors.As(err, &full) || !strings.HasPrefix(full.Path, filepath.Dir(dir)) {
					t.Fatalf("%s, step %d: not a FullError that names a file: %v", name, n, err)
				}
				if strings.Contains(full.Path, "stage/") || !strings.Contains(err.Error(), "free some space") {
					t.Fatalf("%s, step %d: the error names no file that the user knows, or no way out: %v", name, n, err)
				}
				wantWhole(t, dir, before, after)
				mustBuild(t, &faulty{}, dir, after)
				wantSite(t, afero.NewOsFs(), dir, after)
				wantState(t, afero.NewOsFs(), dir, Finished)
			}
		}
		if hit < 20 {
			t.Fatalf("the disk was full only %d times", hit)
		}
	}
}

func TestAFullDiskIsMetBeforeAnythingPublicMovesWhereNoFolderIsNew(t *testing.T) {
	edited := maps.Clone(before)
	edited["index.html"], edited["issues/3.html"] = text("index.html", 2), text("issues/3.html", 2)
	delete(edited, "back/a.html")
	last := steps(t, startFinished, edited)
	for n := 1; n <= last; n++ {
		dir := startFinished(t)
		disk := &faulty{at: n, full: true}
		_, err := build(disk, dir, edited, Options{})
		disk.bury()
		if err == nil {
			continue
		}
		wantState(t, afero.NewOsFs(), dir, Finished)
		wantSite(t, afero.NewOsFs(), dir, before)
	}
}

func TestADiskThatIsFullWhilePuttingLeavesTheOldSite(t *testing.T) {
	dir := startFinished(t)
	disk := &faulty{full: true, half: true}
	tx := mustBegin(t, disk, dir)
	disk.at = disk.steps + 2
	var full *FullError
	if err := tx.Put("index.html", []byte("new")); !errors.As(err, &full) || full.Path != filepath.Join(dir, "index.html") {
		t.Fatalf("got %v, want a FullError that names index.html", err)
	}
	if _, err := tx.Commit(t.Context()); !errors.As(err, &full) {
		t.Fatalf("a build with a hole was committed: %v", err)
	}
	wantSite(t, afero.NewOsFs(), dir, before)
	wantState(t, afero.NewOsFs(), dir, Finished)
}
