package minify

import (
	"os"
	"testing"
)

// BenchmarkFile minifies an issue page as the theme renders it.
func BenchmarkFile(b *testing.B) {
	benchmark(b, "testdata/issue.html")
}

func BenchmarkScript(b *testing.B) {
	benchmark(b, "testdata/search.js")
}

func benchmark(b *testing.B, name string) {
	data, err := os.ReadFile(name)
	if err != nil {
		b.Fatal(err)
	}
	m := New()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	size := 0
	for b.Loop() {
		out, err := m.File(name, data)
		if err != nil {
			b.Fatal(err)
		}
		size = len(out)
	}
	b.ReportMetric(float64(size)/float64(len(data))*100, "%left")
}
