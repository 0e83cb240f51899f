package load

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/afero"

	"rectify/site/problem"
)

// fuzzed are the files that take the fuzzer's bytes, one at a time.
var fuzzed = []string{
	"data/portal.yaml",
	"data/reports/a/report.yaml",
	"data/reports/a/issues/1.yaml",
	"data/reports/a/source.txt",
	"data/pages/about.md",
}

// lineless are the codes that speak of a whole file.
var lineless = map[problem.Code]bool{
	problem.ByteOrderMark: true,
	problem.WindowsLines:  true,
	problem.FileTooLarge:  true,
	problem.MissingFile:   true,
}

var unfilled = regexp.MustCompile(`\{[0-9]\}`)

func FuzzLoad(f *testing.F) {
	for _, file := range worlds(f) {
		w := openWorld(f, file)
		for _, content := range w.archive.Files {
			for i, name := range fuzzed {
				base := name[strings.LastIndex(name, "/")+1:]
				if strings.HasSuffix(content.Name, base) || strings.Contains(content.Name, "/issues/") && i == 2 || strings.HasSuffix(content.Name, ".md") && i == 4 {
					f.Add(uint8(i), content.Data)
				}
			}
		}
	}
	f.Add(uint8(0), []byte("\xff\xfe\x00"))
	f.Add(uint8(0), []byte("---"))
	f.Add(uint8(2), []byte("id: 100001\r\ntitle: \u2028甲\r\n"))
	f.Add(uint8(2), []byte("? {a: [b}"))
	f.Add(uint8(4), []byte("# a\n<!-- b\n<p onclick=x>\n| a |\n|:-:|"))
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		files := map[string]string{
			"data/portal.yaml":             "format: 1\nname: 甲\nunit: 乙\n",
			"data/reports/a/report.yaml":   "title: 甲\nunit: 乙\noutline: [{id: a, title: 甲, issues: [100001]}]\n",
			"data/reports/a/issues/1.yaml": "id: 100001\ntitle: 甲\nsource: {paragraphs: [1]}\n",
			"data/reports/a/source.txt":    "一\n",
			"data/pages/about.md":          "# 甲\n",
		}
		name := fuzzed[int(which)%len(fuzzed)]
		files[name] = string(data)
		mem := afero.NewMemMapFs()
		for file, text := range files {
			write(t, mem, file, text)
		}
		portal, list := Load(context.Background(), mem, "data")
		for _, p := range list {
			lines := strings.Count(files[p.Place.File], "\n") + 1
			switch {
			case files[p.Place.File] == "" && p.Place.File != name:
				t.Errorf("%s is in no file: %q", p.Code, p.Place.File)
			case lineless[p.Code]:
			case p.Place.Line < 1 || p.Place.Line > lines || p.Place.Column < 1:
				t.Errorf("%s has the place %s in a file of %d lines", p.Code, p.Place, lines)
			}
			for _, lang := range []problem.Lang{problem.Chinese, problem.English} {
				if text := p.Text(lang) + p.Hint(lang); len(p.Args) == 0 && unfilled.MatchString(text) {
					t.Errorf("%s lacks arguments: %s", p.Code, text)
				}
			}
		}
		if !list.HasErrors() && (portal.Name == "" || len(portal.Reports) != 1 || len(portal.Reports[0].Issues) != 1 || len(portal.Prose) != 1) {
			t.Errorf("something is lost without a problem: %+v", portal)
		}
		_, again := Load(context.Background(), mem, "data")
		if report(list) != report(again) {
			t.Errorf("another list the second time:\n%s\n%s", report(list), report(again))
		}
	})
}
