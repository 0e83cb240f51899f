package site

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/spf13/afero"

	"rectify/site/internal/synth"
)

// What an archive may take and a release may cost, for 10,000 items and
// releasesMeasured releases of which each changed one item in a hundred.
const (
	archiveAllowed   = 90.0 // MB
	releaseAllowed   = 2.0  // builds
	releasesMeasured = 50
)

// BenchmarkRelease makes release after release of invented portals, each with
// another hundredth of the items changed, and measures the size of the archive
// and how many builds a release costs: the same data are built beside it, into
// a folder of their own. -short makes five releases instead of fifty and says
// what fifty would take if each took what these did.
func BenchmarkRelease(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		b.Run(fmt.Sprintf("items=%d", n), func(b *testing.B) {
			for b.Loop() {
				benchReleases(b, n)
			}
		})
	}
}

func benchReleases(b *testing.B, n int) {
	dir := b.TempDir()
	must(b, synth.Write(afero.NewBasePathFs(afero.NewOsFs(), dir), n, 1))
	d := newOffice(b, dir, key(b, 1))
	issues, err := filepath.Glob(filepath.Join(dir, synth.Dir, "reports", "*", "issues", "*.yaml"))
	must(b, err)
	rounds := releasesMeasured
	if testing.Short() {
		rounds = 5
	}
	var builds, releases []time.Duration
	first := 0.0 // MB
	for round := range rounds {
		for i := round; i < len(issues) && round > 0; i += 100 {
			name, err := filepath.Rel(dir, issues[i])
			must(b, err)
			d.write(name, d.read(name)+fmt.Sprintf("result: 示例局已经办结,见第%d期。\n", round))
		}
		id := fmt.Sprintf("r%02d", round)
		d.approve(id)
		// The first of each writes every file; what counts are those after it.
		if every := max(1, rounds/10); round > 0 && round%every == 0 {
			beside := d.options()
			beside.Out = "beside"
			start := time.Now()
			_, err := Build(context.Background(), beside)
			must(b, err)
			builds = append(builds, time.Since(start))
			start = time.Now()
			_, err = d.tryRelease(id)
			must(b, err)
			releases = append(releases, time.Since(start))
			b.Logf("%s: build %.1f s, release %.1f s, archive %.1f MB", id, builds[len(builds)-1].Seconds(), releases[len(releases)-1].Seconds(), megabytes(b, filepath.Join(dir, ArchiveDir)))
		} else {
			_, err := d.tryRelease(id)
			must(b, err)
		}
		d.day = d.day.AddDate(0, 0, 7)
		if round == 0 {
			first = megabytes(b, filepath.Join(dir, ArchiveDir))
		}
	}
	size, ratio := megabytes(b, filepath.Join(dir, ArchiveDir)), median(releases).Seconds()/median(builds).Seconds()
	b.ReportMetric(size, "MB")
	b.ReportMetric(ratio, "builds/release")
	if rounds < releasesMeasured {
		// What changes in every release is whole again after 32 differences, which
		// a short run does not meet: the true figure lies above.
		each := (size - first) / float64(rounds-1)
		b.Logf("NOT measured: %d releases of the kind would take about %.0f MB (first %.1f, each further one %.2f), and more where files are stored whole again",
			releasesMeasured, first+each*(releasesMeasured-1), first, each)
	}
	if size > archiveAllowed || ratio > releaseAllowed {
		b.Errorf("%d releases of %d items take %.1f MB (at most %.0f), and a release costs %.1f builds (at most %.0f)", rounds, n, size, archiveAllowed, ratio, releaseAllowed)
	}
}

// megabytes is the apparent size of all files in a folder.
func megabytes(b *testing.B, dir string) (size float64) {
	b.Helper()
	must(b, fs.WalkDir(os.DirFS(dir), ".", func(_ string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		info, err := e.Info()
		if err == nil {
			size += float64(info.Size()) / 1e6
		}
		return err
	}))
	return size
}

func median(all []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(all))
	return sorted[len(sorted)/2]
}
