package export

import (
	"io"
	"testing"

	"github.com/spf13/afero"

	"rectify/site/internal/synth"
)

// BenchmarkFiles writes every file of an invented portal of 10,000 issues; the
// memory is what is allocated in all, not what is held at once.
func BenchmarkFiles(b *testing.B) {
	fs := afero.NewMemMapFs()
	if err := synth.Write(fs, 10_000, 1); err != nil {
		b.Fatal(err)
	}
	portal := loaded(b, fs)
	for f := range exporter(portal, base).Files() {
		if len(f.Path) > len("reports/") && f.Path[:len("reports/")] == "reports/" {
			continue
		}
		b.Run(f.Path, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				n, err := f.WriteTo(io.Discard)
				if err != nil {
					b.Fatal(err)
				}
				b.SetBytes(n)
			}
		})
	}
}
