package sheet

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"rectify/site/model"
	"rectify/site/problem"
	"rectify/site/release/diff"
)

func demo() Sheet {
	was, now := diff.Totals{Issues: 2}, diff.Totals{Issues: 3}
	return Sheet{
		ID: "2025-04", Portal: "示例<公开>", Unit: "示例局", Day: "2025-04-01", Previous: "2025-03",
		Content: "sha256:" + strings.Repeat("0123456789abcdef", 4), Code: "04HM-ASW9-NF6Y",
		Checkpoint: "example.org/log\n1\nAAAA\n", Keys: []Key{{"示例密钥", "SHA256:xyz", "2025-03-01", ""}},
		Changes: &diff.Changes{
			Before: &was, After: now, Previous: "2025-03",
			Items: []diff.Item{
				{ID: 200001, Title: "示例问题", Kind: diff.Changed, Changes: []diff.Change{{Kind: diff.MeasureEdited, N: 1, Runs: diff.Text("一是甲。", "一是乙。")}}},
				{ID: 200002, Kind: diff.Withdrawn, Changes: []diff.Change{{Kind: diff.Withdrawal, On: "2025-04-01", Why: "示例原因"}}},
			},
			Vanished: []diff.Lost{{ID: 200003, In: "demo"}},
		},
	}
}

func printed(t *testing.T, s Sheet) string {
	t.Helper()
	var out strings.Builder
	if err := s.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestSheetCarriesWhatIsSignedAndWhatPaperIsGoodFor(t *testing.T) {
	for lang, words := range map[problem.Lang][]string{
		problem.Chinese: {"拟稿", "保密审查", "签发", "网站公布审签单"},
		problem.English: {"Drafted by", "Secrecy review", "Approved by"},
	} {
		s := demo()
		s.Lang = lang
		text := printed(t, s)
		for _, want := range append(words,
			s.Content, s.Code, "2025-03", "SHA256:xyz", "<code>AAAA</code>", "<del>甲</del><ins>乙</ins>", "示例原因", "200003", "示例&lt;公开&gt;", "size: A4",
		) {
			if !strings.Contains(text, want) {
				t.Errorf("language %d: no %q", lang, want)
			}
		}
		if _, err := html.Parse(strings.NewReader(text)); err != nil {
			t.Error(err)
		}
		if m := regexp.MustCompile(`(src|href)=`).FindString(text); m != "" || strings.Contains(text, "<script") {
			t.Error("the sheet needs something beside itself")
		}
	}
}

func TestFirstSheetShowsEverythingThatIsPublished(t *testing.T) {
	s := demo()
	s.Previous, s.Checkpoint, s.Keys = "", "", nil
	s.Changes = diff.Compare(nil, diff.Side{Portal: &model.Portal{}})
	s.Full = []Paragraph{{"(1)示例问题", "一是示例。"}}
	text := printed(t, s)
	for _, want := range []string{"无(首次公布)", "还没有(首次公布之后产生)", "没有密钥", "一是示例。"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q", want)
		}
	}
}

func TestComparisonNamesItsSides(t *testing.T) {
	var out strings.Builder
	if err := (Comparison{Portal: "示例公开", From: "2025-03", Changes: demo().Changes}).Write(&out); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "示例公开：2025-03 与 现在的数据") || strings.Contains(out.String(), "拟稿") {
		t.Error(out.String())
	}
}

func TestCodeIsDrawnWithItsQuietZone(t *testing.T) {
	svg, err := drawn("sha256:00")
	if err != nil {
		t.Fatal(err)
	}
	// A finder pattern stands in the corner, behind four modules of white.
	if !strings.Contains(string(svg), `<path d="M4 4h7v1h-7z`) {
		t.Error(svg)
	}
}
