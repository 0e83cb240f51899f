package render

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"rectify/site/page"
)

// BenchmarkPages renders 1,000 issue pages, with and without a QR code, and
// shows what a second batch costs and what a single page costs (serve).
func BenchmarkPages(b *testing.B) {
	for _, c := range []struct {
		n, batch int
		qr       bool
	}{{1000, 1000, false}, {1000, 1000, true}, {1000, 100, false}, {1, 1000, false}} {
		b.Run(fmt.Sprintf("n=%d/batch=%d/qr=%t", c.n, c.batch, c.qr), func(b *testing.B) {
			r, list := New(theme(b, nil), Options{Site: testSite, BatchSize: c.batch})
			if r == nil {
				b.Fatal(report(list))
			}
			pages := issues(c.n)
			if !c.qr {
				for i, p := range pages {
					data := p.Data.(page.Issue)
					data.QR = ""
					pages[i].Data = data
				}
			}
			b.ReportAllocs()
			for b.Loop() {
				list, err := r.Pages(context.Background(), slices.Values(pages), func(string, []byte) error { return nil })
				if err != nil || len(list) > 0 {
					b.Fatalf("%v\n%s", err, report(list))
				}
			}
		})
	}
}
