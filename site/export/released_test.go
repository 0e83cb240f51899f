package export

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rectify/site/model"
	"rectify/site/page"
)

// releases are two, of which the second changed four issues.
func releases(issue *model.Issue) []page.Release {
	return []page.Release{
		{ID: "2025-05", Time: "2025-05-06 10:00", Changes: page.ReleaseChanges{First: true, Summary: "首次公布"}},
		{ID: "2025-06", Time: "2025-06-06 10:00", Changes: page.ReleaseChanges{
			Summary: "变动 4 项",
			Issues: []page.ReleaseItem{
				{Issue: 200008, Report: "other", Title: "示例新问题", Kind: "new", Word: "新增"},
				{Issue: issue.ID, Report: "demo", Title: issue.Title, Kind: "changed", Word: "变动", Changes: []page.ChangeText{
					{Label: "状态", Runs: []page.TextRun{{Op: "removed", Text: "正在整改"}, {Op: "added", Text: "已完成"}}, Note: "截至 2025-06-01"},
					{Label: "完成情况", Runs: []page.TextRun{
						{Op: "skip", N: "20"}, {Op: "same", Text: "开展"}, {Op: "removed", Text: "15"}, {Op: "added", Text: "16"}, {Op: "same", Text: "场"}, {Op: "removed", Text: "党课"}, {Op: "same", Text: "。"}, {Op: "added", Text: "示例。"},
					}},
				}},
				{Issue: 200004, Report: "demo", Kind: "withdrawn", Word: "撤回", Changes: []page.ChangeText{{Label: "撤回", Note: "重复;2025-05-20"}}},
			},
		}},
	}
}

func released(t *testing.T, portal *model.Portal, list []page.Release, path string) (lines []string) {
	t.Helper()
	e := New(page.New(portal.Public(), page.Options{BaseURL: base, Releases: list}), portal)
	files := made(t, e)
	checkAtom(t, strings.TrimSuffix(path, ".json")+".atom", files[strings.TrimSuffix(path, ".json")+".atom"])
	checkJSONFeed(t, path, files[path])
	var feed struct {
		Items []jsonItem `json:"items"`
	}
	if err := json.Unmarshal(files[path], &feed); err != nil {
		t.Fatal(err)
	}
	for _, i := range feed.Items {
		if strings.Contains(i.URL, "/releases/") || strings.Contains(i.DatePublished, "T10:00") {
			lines = append(lines, fmt.Sprintf("%s %s %s: %s", i.DatePublished, strings.TrimPrefix(i.URL, base), i.Title, i.ContentText))
		}
	}
	return lines
}

func TestFeedTellsOfEveryReleaseAndEveryIssueThatItChanged(t *testing.T) {
	portal := small(t)
	issue := portal.Reports[0].Issues[0]
	got := released(t, portal, releases(issue), jsonFeedPath)
	want := []string{
		"2025-06-06T10:00:00+08:00 releases/2025-06.html 2025-06 期: 变动 4 项",
		"2025-06-06T10:00:00+08:00 releases/2025-06.html 新增：示例新问题: 2025-06 期",
		"2025-06-06T10:00:00+08:00 issues/" + issue.ID.String() + ".html 变动：" + issue.Title + ": 状态：正在整改 → 已完成（截至 2025-06-01）\n完成情况：15 → 16；删去 党课；示例。",
		"2025-06-06T10:00:00+08:00 issues/200004.html 撤回：200004: 撤回（重复;2025-05-20）",
		"2025-05-06T10:00:00+08:00 releases/2025-05.html 2025-05 期: 首次公布",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	own := released(t, portal, releases(issue), reportFile("demo", jsonFeedPath))
	if diff := cmp.Diff(want[2:4], own); diff != "" {
		t.Errorf("the report's own feed:\n%s", diff)
	}
}

func TestFeedHasAllOfTheNewestRelease(t *testing.T) {
	portal := small(t)
	list := releases(portal.Reports[0].Issues[0])
	for n, want := range map[int]int{3: 3, 300: 300, 900: maxTold - 1} {
		newest := &list[1].Changes
		newest.Issues = nil
		for i := range n {
			newest.Issues = append(newest.Issues, page.ReleaseItem{Issue: model.IssueID(300000 + i), Report: "demo", Title: "示例", Word: "新增"})
		}
		items := 0
		for _, line := range released(t, portal, list, jsonFeedPath) {
			if strings.Contains(line, "新增") {
				items++
			}
		}
		if items != want {
			t.Errorf("of %d issues %d are told", n, items)
		}
	}
}
