package check

import (
	"context"
	"fmt"
	"testing"

	"github.com/spf13/afero"

	"rectify/site/internal/synth"
	"rectify/site/load"
)

// BenchmarkCheck reads and checks an invented portal, as the command check
// does. cpu-s is the time of all processors for one run; 10,000 issues are to
// stay under 3. The part of check alone is measured beside it.
func BenchmarkCheck(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		fs := afero.NewMemMapFs()
		must(b, synth.Write(fs, n, 1))
		portal, found := load.Load(context.Background(), fs, synth.Dir)
		if found.HasErrors() {
			b.Fatal(found)
		}
		b.Run(fmt.Sprintf("items=%d", n), func(b *testing.B) {
			before := cpuSeconds()
			for b.Loop() {
				portal, _ := load.Load(context.Background(), fs, synth.Dir)
				Run(portal, Options{FS: fs})
			}
			b.ReportMetric((cpuSeconds()-before)/float64(b.N), "cpu-s/op")
		})
		b.Run(fmt.Sprintf("items=%d/check", n), func(b *testing.B) {
			before := cpuSeconds()
			for b.Loop() {
				Run(portal, Options{FS: fs})
			}
			b.ReportMetric((cpuSeconds()-before)/float64(b.N), "cpu-s/op")
		})
	}
}
