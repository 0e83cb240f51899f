package problem

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/afero"
)

func TestEveryCodeSpeaksBothLanguagesWithTheSameArguments(t *testing.T) {
	argument := regexp.MustCompile(`\{\d+\}`)
	form := regexp.MustCompile(`^[DTOIR]\d{3}$`)
	for _, code := range Codes() {
		e := code.entry()
		if !form.MatchString(string(code)) {
			t.Errorf("%s: not a code", code)
		}
		used := [2]map[string]bool{{}, {}}
		for _, lang := range []Lang{Chinese, English} {
			if e.text[lang] == "" {
				t.Errorf("%s has no text in language %d", code, lang)
			}
			for _, a := range argument.FindAllString(e.text[lang]+e.hint[lang], -1) {
				used[lang][a] = true
			}
		}
		if (e.hint[Chinese] == "") != (e.hint[English] == "") {
			t.Errorf("%s has a hint in one language only", code)
		}
		if diff := cmp.Diff(used[Chinese], used[English]); diff != "" {
			t.Errorf("%s uses different arguments (-zh +en):\n%s", code, diff)
		}
	}
}

func TestMarkStandsUnderThePlaceWhereChineseIsTwoCellsWide(t *testing.T) {
	fs := afero.NewMemMapFs()
	if err := afero.WriteFile(fs, "data/a.yaml", []byte("title: 问题\nstatus: 已整改\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	list := List{New(UnknownCode, Place{File: "data/a.yaml", Line: 1, Column: 9}, "状态", "题", "done")}
	list.AddFrames(fs)
	want := Frame{Text: "title: 问题", Mark: strings.Repeat(" ", len("title: ")+2) + "^"}
	if diff := cmp.Diff(&want, list[0].Frame); diff != "" {
		t.Error(diff)
	}
}

func TestFrameOfALongLineShowsAWindow(t *testing.T) {
	f := NewFrame(strings.Repeat("字", 500), 251)
	if n := len([]rune(f.Text)); n != 2*window+2 {
		t.Errorf("frame has %d characters", n)
	}
	if cellsBefore := strings.Index(f.Mark, "^"); cellsBefore != 1+2*window {
		t.Errorf("mark stands at cell %d", cellsBefore)
	}
}

func TestFrameCannotDriveATerminal(t *testing.T) {
	f := NewFrame("a\x1b[31m\tb\xff\u202ec", 3)
	if strings.ContainsAny(f.Text, "\x1b\t\u202e") || !strings.Contains(f.Text, "\uFFFD") {
		t.Errorf("frame text %q", f.Text)
	}
}

func TestListSortsByPlaceWhateverTheOrderOfFinding(t *testing.T) {
	a := New(BadDate, Place{File: "a", Line: 2, Column: 1}, "x", "y")
	b := New(BadID, Place{File: "a", Line: 10, Column: 1}, "x", "y")
	c := New(BadID, Place{File: "b", Line: 1, Column: 1}, "x", "y")
	list := List{c, b, a}
	list.Sort()
	if diff := cmp.Diff(List{a, b, c}, list); diff != "" {
		t.Error(diff)
	}
}

func TestStrictRaisesWarningsAndLeavesTheListItCameFrom(t *testing.T) {
	list := List{New(NoBaseURL, Place{}), New(WindowsLines, Place{})}
	strict := list.Strict()
	if list.HasErrors() || !strict.HasErrors() || strict.Count(Error) != 1 {
		t.Errorf("list %v, strict %v", list, strict)
	}
}

func TestArgumentInBothLanguagesReadsInTheOneAskedFor(t *testing.T) {
	p := New(UnknownCode, Place{}, Both("状态", "status"), "已整改", "done")
	if got := p.Text(Chinese); got != "状态“已整改”不是可用的代码" {
		t.Error(got)
	}
	if got := p.Text(English); got != "status “已整改” is not a usable code" {
		t.Error(got)
	}
}
