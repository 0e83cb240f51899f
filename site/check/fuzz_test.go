package check

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/spf13/afero"

	"rectify/site/load"
	"rectify/site/problem"
)

// fuzzed are the files that take the fuzzer's bytes, one at a time.
var fuzzed = []string{
	"data/reports/demo/issues/a.yaml",
	"data/reports/demo/report.yaml",
	"data/reports/demo/source.txt",
	"data/pages/about.md",
	"data/portal.yaml",
}

func FuzzCheck(f *testing.F) {
	for _, name := range worlds(f) {
		for _, file := range parse(f, name).Files {
			for i, known := range fuzzed {
				if file.Name == known {
					f.Add(uint8(i), file.Data)
				}
			}
		}
	}
	f.Add(uint8(0), []byte("id: 200001\ntitle: \"\\u201c\\u201c(\\uff09\"\nstatus: {code: done}\n"))
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		w := openWorld(t, "D063-evidence-unnamed")
		w.write(t, fuzzed[int(which)%len(fuzzed)], data)
		portal, _ := load.Load(context.Background(), w.fs, "data")
		o := Options{FS: w.fs, Dir: "data"}
		list := Run(portal, o)
		for _, p := range list {
			text, err := afero.ReadFile(w.fs, p.Place.File)
			switch {
			case p.Place.File == "":
				t.Errorf("%s has no place", p.Code)
			case p.Place.Line == 0:
			case err != nil:
				t.Errorf("%s names a line of %s: %v", p.Code, p.Place.File, err)
			case p.Place.Line > strings.Count(string(text), "\n")+1 || p.Place.Column < 1:
				t.Errorf("%s has the place %s in a file of %d bytes", p.Code, p.Place, len(text))
			}
			for _, lang := range []problem.Lang{problem.Chinese, problem.English} {
				if strings.Contains(p.Text(lang), " ⁄ ") && !bytes.Contains(data, []byte("⁄")) {
					t.Errorf("%s shows both languages at once: %s", p.Code, p.Text(lang))
				}
			}
		}
		if again := Run(portal, o); report(again) != report(list) {
			t.Errorf("another list the second time:\n%s\n%s", report(list), report(again))
		}
	})
}

// FuzzAuthors sees to it that no attachment, however broken, stops the check.
func FuzzAuthors(f *testing.F) {
	f.Add(office(f, "甲", "乙"))
	f.Add(photo("A"))
	f.Add(pdf(f, "王"))
	f.Add([]byte("%PDF-1.4 /Author (\\"))
	f.Add([]byte("%PDF-1.4 /Author<4"))
	f.Fuzz(func(_ *testing.T, data []byte) {
		readAuthors(bytes.NewReader(data), int64(len(data)))
	})
}
