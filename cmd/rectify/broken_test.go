package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// smallPortal is a good portal with every kind of file; everything in it is
// invented.
var smallPortal = map[string]string{
	"data/portal.yaml":    "format: 1\nname: 示例公开\nunit: 示例区示例局\n",
	"data/pages/about.md": "# 关于示例\n\n虚构的门户。\n",
	"data/reports/demo/report.yaml": `title: 示例通报
unit: 示例局
published_at: 2025-03-05 09:30
as_of: 2025-03-01
outline:
  - id: s1
    title: 示例方面
    issues: [200001, 200002]
`,
	"data/reports/demo/source.txt": "示例通报\n(1)示例问题甲\n一是示例措施。\n",
	"data/reports/demo/issues/a.yaml": `id: 200001
title: 示例问题甲
measures:
  - label: 一是
    text: 示例措施。
status:
  code: done
  basis: 示例措施已完成。
source: {paragraphs: [2, 3]}
`,
	"data/reports/demo/issues/b.yaml": "id: 200002\ntitle: 示例问题乙\n",
}

func newPortal(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range smallPortal {
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, name), text)
	}
	return dir
}

// tree gives path → content of all files below a folder.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		files[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestBrokenDataNameTheirPlaceAndLeaveTheSiteAsItIs(t *testing.T) {
	const (
		portal = "data/portal.yaml"
		report = "data/reports/demo/report.yaml"
		issue  = "data/reports/demo/issues/a.yaml"
	)
	tests := []struct {
		what, file, old, new string
		want                 []string // place, severity and code, in order
	}{
		{"an unknown key", issue, "title:", "titel:", []string{issue + ":2:1 错误 D008"}},
		{"a duplicate key", issue, "title: 示例问题甲\n", "title: 示例问题甲\ntitle: 又一个\n", []string{issue + ":3:1 错误 D009"}},
		{"a list where text belongs", issue, "title: 示例问题甲", "title: [甲]", []string{issue + ":2:8 错误 D010"}},
		{"a missing title", issue, "title: 示例问题甲\n", "", []string{issue + ":1:1 错误 D011"}},
		{"an unknown status", issue, "code: done", "code: 已整改", []string{issue + ":7:9 错误 D012"}},
		{"a day that no calendar has", report, "as_of: 2025-03-01", "as_of: 2025-02-30", []string{report + ":4:8 错误 D013"}},
		{"an id of five digits", issue, "id: 200001", "id: 20001", []string{issue + ":1:5 错误 D014"}},
		{"an outline that names nothing", report, "200002]", "200002, 200003]", []string{report + ":8:30 错误 D015"}},
		{"an issue outside the outline", report, ", 200002]", "]", []string{"data/reports/demo/issues/b.yaml:1:5 错误 D016"}},
		{"the same id twice", "data/reports/demo/issues/b.yaml", "200002", "200001", []string{"data/reports/demo/issues/b.yaml:1:5 错误 D017", report + ":8:22 错误 D015"}},
		{"text cut by a comment", issue, "text: 示例措施。", "text: 示例措施 # 二是", []string{issue + ":5:16 错误 D018"}},
		{"an address without https", portal, "name:", "base_url: example\nname:", []string{portal + ":2:11 错误 D019"}},
		{"a paragraph that the source lacks", issue, "[2, 3]", "[2, 33]", []string{issue + ":9:26 错误 D021"}},
		{"a paragraph of a source that is not there", report, "outline:", "furniture: [1000]\noutline:", []string{report + ":5:13 错误 D021"}},
		{"an address that nothing can be put behind", portal, "name:", "base_url: https://www.example.org/?a=1\nname:", []string{portal + ":2:11 错误 D019"}},
		{"a theme that is not there", portal, "name:", "theme: none\nname:", []string{portal + ":2:8 错误 D020"}},
		{"evidence outside its folder", issue, "source:", "evidence:\n  - {file: ../source.txt, title: 示例, date: 2025}\nsource:", []string{issue + ":10:12 错误 D041"}},
		{"a file that is not UTF-8", issue, "示例问题甲", "\xff", []string{issue + ":2:8 错误 D001"}},
		{"broken YAML", issue, "measures:\n", "measures: [\n", []string{issue + ":3:11 错误 D005"}},
		{"a page without a title", "data/pages/about.md", "# 关于示例", "关于示例", []string{"data/pages/about.md:1:1 错误 D023"}},
		{"data of a newer format", portal, "format: 1", "format: 99", []string{portal + ":1:9 错误 D024"}},
	}
	dir := newPortal(t)
	if code, _, stderr := call(t, "build", "-C", dir); code != exitGood {
		t.Fatalf("the good portal: exit %d\n%s", code, stderr)
	}
	before := tree(t, filepath.Join(dir, "public"))
	for _, test := range tests {
		t.Run(test.what, func(t *testing.T) {
			name, good := filepath.Join(dir, test.file), smallPortal[test.file]
			bad := strings.Replace(good, test.old, test.new, 1)
			if bad == good {
				t.Fatalf("%q does not stand in %s", test.old, test.file)
			}
			write(t, name, bad)
			defer write(t, name, good)
			code, _, stderr := call(t, "build", "-C", dir)
			if code != exitData {
				t.Errorf("exit %d, want %d", code, exitData)
			}
			for _, want := range test.want {
				if !strings.Contains(stderr, want) {
					t.Errorf("no %q in\n%s", want, stderr)
				}
			}
			if got := strings.Count(stderr, "错误 "); got != len(test.want) {
				t.Errorf("%d errors, want %d:\n%s", got, len(test.want), stderr)
			}
			if diff := cmp.Diff(before, tree(t, filepath.Join(dir, "public"))); diff != "" {
				t.Errorf("public changed:\n%s", diff)
			}
		})
	}
}

func TestProblemIsShownWithItsLineAndAMarkUnderThePlace(t *testing.T) {
	dir := newPortal(t)
	write(t, filepath.Join(dir, "data/reports/demo/issues/b.yaml"), "id: 200002\ntitle: 示例问题乙\nstatus: {code: 已整改}\n")
	_, _, stderr := call(t, "build", "-C", dir)
	want := `data/reports/demo/issues/b.yaml:3:16 错误 D012 状态“已整改”不是可用的代码
    status: {code: 已整改}
                   ^
    → 只写英文代码;可用:done 已完成、basically_done 基本完成`
	if !strings.Contains(stderr, want) {
		t.Errorf("got\n%s\nwant\n%s", stderr, want)
	}
}

func TestReportWithoutItsSourceSaysWhichParagraphIsMissing(t *testing.T) {
	dir := newPortal(t)
	if err := os.Remove(filepath.Join(dir, "data/reports/demo/source.txt")); err != nil {
		t.Fatal(err)
	}
	code, _, stderr := call(t, "build", "-C", dir)
	if code != exitData || !strings.Contains(stderr, "a.yaml:9:23 错误 D021") {
		t.Errorf("exit %d\n%s", code, stderr)
	}
}

func TestLinkAmongTheEvidencePublishesNothing(t *testing.T) {
	dir := newPortal(t)
	secret := filepath.Join(t.TempDir(), "secret.txt")
	write(t, secret, "secret")
	files := filepath.Join(dir, "data/reports/demo/files")
	if err := os.Mkdir(files, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(files, "x.txt")); err != nil {
		t.Fatal(err)
	}
	issue := filepath.Join(dir, "data/reports/demo/issues/b.yaml")
	write(t, issue, "id: 200002\ntitle: 示例问题乙\nevidence:\n  - {file: x.txt, title: 示例, date: 2025}\n")
	code, _, stderr := call(t, "build", "-C", dir)
	if code != exitData || !strings.Contains(stderr, "b.yaml:4:12 错误 D007") {
		t.Errorf("exit %d\n%s", code, stderr)
	}
}
