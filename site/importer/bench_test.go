package importer

import (
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

// long is the real report again and again: about 500 pages.
func long(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile(realReport + "/source.txt")
	must(t, err)
	text := string(data)
	from, to := strings.Index(text, "(一)关于“学习"), strings.Index(text, "    三、存在的主要问题")
	return []byte(text[:from] + strings.Repeat(text[from:to], 60) + text[to:])
}

func BenchmarkImport500Pages(b *testing.B) {
	data := long(b)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		doc, _ := Read("long.txt", data)
		Import(doc, Options{ID: "long"}).Files()
	}
}

func TestFiveHundredPagesImportInSecondsAndLittleMemory(t *testing.T) {
	data := long(t)
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	doc, list := Read("long.txt", data)
	if doc == nil {
		t.Fatal(list)
	}
	result := Import(doc, Options{ID: "long"})
	took := time.Since(start)
	runtime.GC()
	runtime.ReadMemStats(&after)
	if n := len(result.Report.Issues); n != 60*30 {
		t.Errorf("%d issues", n)
	}
	// Generous, since the machine is shared.
	if took > 20*time.Second {
		t.Errorf("took %s for %d bytes", took, len(data))
	}
	if held := int64(after.HeapAlloc) - int64(before.HeapAlloc); held > 10*int64(len(data))+10<<20 {
		t.Errorf("holds %d bytes for a file of %d", held, len(data))
	}
	runtime.KeepAlive(result)
	t.Logf("%d bytes in %s", len(data), took)
}
