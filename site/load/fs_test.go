package load

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/afero"

	"rectify/site/model"
	"rectify/site/problem"
)

// comparePortals looks at the values and at their places.
func comparePortals(a, b *model.Portal) string {
	return cmp.Diff(a, b, cmp.Exporter(func(typ reflect.Type) bool {
		return strings.HasPrefix(typ.PkgPath(), "rectify/")
	}))
}

// shuffled gives the names of a directory in another order each time.
type shuffled struct{ afero.Fs }

type shuffledFile struct{ afero.File }

func (s shuffled) Open(name string) (afero.File, error) {
	f, err := s.Fs.Open(name)
	if err != nil {
		return nil, err
	}
	return shuffledFile{f}, nil
}

func (f shuffledFile) Readdir(n int) ([]fs.FileInfo, error) {
	infos, err := f.File.Readdir(n)
	rand.Shuffle(len(infos), func(i, j int) { infos[i], infos[j] = infos[j], infos[i] })
	return infos, err
}

func TestTheOrderOfTheDirectoryDoesNotMatter(t *testing.T) {
	for _, file := range worlds(t) {
		w := openWorld(t, file)
		if w.disk || len(w.denied) > 0 {
			continue // these need a disk, and add nothing here
		}
		mem := w.inMemory(t)
		portal, list := Load(context.Background(), mem, "data")
		for range 3 {
			again, listAgain := Load(context.Background(), shuffled{mem}, "data")
			if diff := comparePortals(portal, again); diff != "" {
				t.Fatalf("%s: another portal:\n%s", file, diff)
			}
			if diff := cmp.Diff(list, listAgain); diff != "" {
				t.Fatalf("%s: another list:\n%s", file, diff)
			}
		}
	}
}

func TestTheFolderMayLieAnywhere(t *testing.T) {
	w := openWorld(t, "testdata/outline.txtar")
	mem := afero.NewMemMapFs()
	w.build(t, mem, "")
	for _, c := range []struct {
		fs        afero.Fs
		dir, file string
	}{
		{mem, "./data/", "data/reports/b/report.yaml"},
		{afero.NewBasePathFs(mem, "data"), ".", "reports/b/report.yaml"},
	} {
		_, list := Load(context.Background(), c.fs, c.dir)
		if got := list[len(list)-1].Place.File; got != c.file || len(list) != 6 {
			t.Errorf("in %q: %d problems, the last in %s", c.dir, len(list), got)
		}
	}
}

func TestAFileThatGrewOverTheLimitIsRefused(t *testing.T) {
	w := openWorld(t, "testdata/ignored.txtar")
	mem := afero.NewMemMapFs()
	w.build(t, mem, "")
	write(t, mem, "data/pages/about.md", "# 关于\n"+strings.Repeat("一", MaxSize))
	_, list := Load(context.Background(), smaller{mem}, "data")
	want := "D004 data/pages/about.md the file has 2097153 bytes, the limit is 2097152\n"
	if got := report(list); got != want {
		t.Errorf("got %swant %s", got, want)
	}
}

// smaller says that files are smaller than they are.
type smaller struct{ afero.Fs }

type smallerFile struct{ afero.File }

type smallerInfo struct{ fs.FileInfo }

func (s smaller) Open(name string) (afero.File, error) {
	f, err := s.Fs.Open(name)
	return smallerFile{f}, err
}

func (f smallerFile) Readdir(n int) ([]fs.FileInfo, error) {
	infos, err := f.File.Readdir(n)
	for i := range infos {
		infos[i] = smallerInfo{infos[i]}
	}
	return infos, err
}

func (smallerInfo) Size() int64 { return 1 }

func TestACancelledContextEndsTheReading(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	portal, _ := Load(ctx, openWorld(t, "testdata/good.txtar").inMemory(t), "data")
	if len(portal.Prose) > 0 || len(portal.Reports[0].Issues) > 0 {
		t.Error("files were read after the end")
	}
}

func TestAnAliasBombIsNotExpanded(t *testing.T) {
	var b strings.Builder
	b.WriteString("a0: &a0 [x]\n")
	for i := 1; i < 40; i++ {
		fmt.Fprintf(&b, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 20), ", "))
	}
	mem := afero.NewMemMapFs()
	write(t, mem, "data/portal.yaml", b.String())
	_, list := Load(context.Background(), mem, "data")
	used := 0
	for _, p := range list {
		if p.Code == problem.AliasUsed {
			used++
		}
	}
	if want := 40 + 39*20; used != want {
		t.Errorf("%d anchors and aliases found, want %d", used, want)
	}
}

func TestTheFaultOfALargeFileIsFound(t *testing.T) {
	line := "- {title: 甲, text: 乙}\n"
	for _, size := range []int{maxSearched - 1000, MaxSize - 1000} {
		text := "format: 1\nfooter:\n" + strings.Repeat(line, size/len(line)) + "broken"
		mem := afero.NewMemMapFs()
		write(t, mem, "data/portal.yaml", text)
		_, list := Load(context.Background(), mem, "data")
		want := strings.Count(text, "\n") + 1
		if len(list) != 1 || list[0].Code != problem.Syntax || list[0].Place.Line < want-1 || list[0].Place.Line > want {
			t.Errorf("%d bytes: %v, want line %d", size, list, want)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	mem := afero.NewMemMapFs()
	write(b, mem, "data/portal.yaml", "format: 1\nname: 巡察整改公开\nunit: 某局\n")
	var ids []string
	for i := range 1000 {
		id := fmt.Sprint(100000 + i)
		ids = append(ids, id)
		issue := strings.NewReplacer("ID", id, "TEXT", strings.Repeat("对文化馆退休职工应退回违规领取的养老金和医疗待遇问题,研究决定实施法律诉讼。", 3)).Replace(`id: ID
label: (2)
lead: 针对
title: 懒政怠政凸显
measures:
  - label: 一是
    title: 加大力度处理历史遗留问题。
    text: |-
      TEXT
  - label: 二是
    title: 加强对文旅消费券的效果评估。
    text: |-
      TEXT
follow_ups:
  - due: 2025-02-01
    text: TEXT
    measure: 1
source: {paragraphs: [1, 2, 3]}
`)
		write(b, mem, "data/reports/a/issues/"+id+".yaml", issue)
	}
	write(b, mem, "data/reports/a/source.txt", "一\n二\n三\n")
	write(b, mem, "data/reports/a/report.yaml", "title: 通报\nunit: 某局\noutline:\n  - id: \"1\"\n    title: 方面\n    issues: ["+strings.Join(ids, ", ")+"]\n")
	var before, after runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&before)
	b.ReportAllocs()
	var portal *model.Portal
	for b.Loop() {
		var list problem.List
		portal, list = Load(context.Background(), mem, "data")
		if len(list) > 0 || len(portal.Reports[0].Issues) != 1000 {
			b.Fatal(report(list))
		}
	}
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric((float64(after.HeapAlloc)-float64(before.HeapAlloc))/1000, "kept-B/issue")
	runtime.KeepAlive(portal)
	runtime.KeepAlive(mem)
}

// onRealDisk gives a folder of the real disk as Load's callers do.
func onRealDisk(t testing.TB, dir string) afero.Fs {
	t.Helper()
	dir, err := filepath.Abs(dir)
	check(t, err)
	return afero.NewBasePathFs(afero.NewOsFs(), dir)
}
