package importer

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// long is the real report again and again. It has eight pages and a half.
func long(t testing.TB, pages int) []byte {
	t.Helper()
	data, err := os.ReadFile(realReport + "/source.txt")
	must(t, err)
	text := string(data)
	from, to := strings.Index(text, "(一)关于“学习"), strings.Index(text, "    三、存在的主要问题")
	return []byte(text[:from] + strings.Repeat(text[from:to], max(1, pages*60/500)) + text[to:])
}

// The figures to look at are MB/s, which has to stay about the same when the
// paper grows, and held-x-file: how many times the file's size stays in memory.
func BenchmarkImport(b *testing.B) {
	for _, pages := range []int{8, 100, 500} {
		b.Run(strconv.Itoa(pages)+"pages", func(b *testing.B) {
			data := long(b, pages)
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				doc, _ := Read("long.txt", data)
				Import(doc, Options{ID: "long"}).Files()
			}
			_, held := imported(b, data)
			b.ReportMetric(float64(held)/float64(len(data)), "held-x-file")
		})
	}
}

// imported imports a paper and tells how many bytes stay in memory for it.
func imported(t testing.TB, data []byte) (*Result, int64) {
	t.Helper()
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	doc, list := Read("long.txt", data)
	if doc == nil {
		t.Fatal(list)
	}
	result := Import(doc, Options{ID: "long"})
	runtime.GC()
	runtime.ReadMemStats(&after)
	return result, int64(after.HeapAlloc) - int64(before.HeapAlloc)
}

func TestFiveHundredPagesNeedLittleMemory(t *testing.T) {
	data := long(t, 500)
	result, held := imported(t, data)
	if n := len(result.Report.Issues); n != 60*30 {
		t.Errorf("%d issues", n)
	}
	if held > 10*int64(len(data))+10<<20 {
		t.Errorf("holds %d bytes for a file of %d", held, len(data))
	}
	runtime.KeepAlive(result)
}
