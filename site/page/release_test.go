package page_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rectify/site/model"
	"rectify/site/page"
)

// told is a portal of three issues, the last of them withdrawn, with two
// releases before its own.
func told() (*model.Portal, []page.Release) {
	portal := owned([]string{"示例科"}, []string{"示例科"}, []string{"示例科"})
	issues := portal.Reports[0].Issues
	issues[2].Withdrawn = &model.Withdrawal{On: "2025-03-20", Why: "示例原因"}
	item := func(i int, kind, word string, texts ...string) page.ReleaseItem {
		one := page.ReleaseItem{Issue: issues[i].ID, Report: portal.Reports[0].ID, Title: issues[i].Title, Kind: kind, Word: word}
		for _, text := range texts {
			one.Changes = append(one.Changes, page.ChangeText{Label: "完成情况", Runs: []page.TextRun{{Op: "added", Text: text}}})
		}
		return one
	}
	beside := func(id string) []string {
		return []string{"releases/" + id + "/manifest.json", "releases/" + id + "/manifest.json.minisig"}
	}
	withdrawn := item(2, "withdrawn", "撤回", "示例原因")
	withdrawn.Title = ""
	return portal.Public(), []page.Release{
		{
			ID: "2025-01", Time: "2025-01-05 10:00", Content: "sha256:01", Code: "AAAA", Manifest: "m1", Files: 9, Bytes: 2048, Signer: "SHA256:xyz",
			Beside: beside("2025-01"), Snapshots: []page.Snapshot{{Path: "releases/2025-01/2025-01.zip", Size: 4096}},
			Checkpoint: "example.org/log\n1\nAAAA\n", Log: "releases/log/checkpoint",
			Changes: page.ReleaseChanges{First: true, Summary: "首次公布", Totals: []page.ReleaseTotal{{Label: "问题", After: "3"}}},
		},
		{
			ID: "2025-02", Time: "2025-02-05 10:00", Content: "sha256:02", Manifest: "m2", Beside: beside("2025-02"), Checkpoint: "example.org/log\n2\nBBBB\n", Log: "releases/log/checkpoint",
			Machine: "releases/2025-02.changes.json", Changes: page.ReleaseChanges{Summary: "变动 2 项", Issues: []page.ReleaseItem{item(0, "changed", "变动", "甲"), item(2, "changed", "变动", "已撤回的话")}},
		},
		{
			ID: "2025-03", Time: "2025-03-21 10:00", Current: true, Content: "sha256:03", Signer: "SHA256:xyz", Beside: beside("2025-03"), Log: "releases/log/checkpoint", Sums: "releases/2025-03/sha256sums.txt",
			Machine: "releases/2025-03.changes.json", Changes: page.ReleaseChanges{Summary: "变动 1 项,撤回 1 项", Issues: []page.ReleaseItem{item(0, "changed", "变动", "乙"), withdrawn}},
		},
	}
}

// pagesOf gives the pages of a portal by path.
func pagesOf(portal *model.Portal, o page.Options) map[string]page.Page {
	pages := map[string]page.Page{}
	for p := range page.New(portal, o).Pages() {
		pages[p.Path] = p
	}
	return pages
}

func TestReleasesAreToldOnTheirPageOnTheFirstPageAndWithTheirIssues(t *testing.T) {
	portal, releases := told()
	pages := pagesOf(portal, page.Options{Releases: releases, Keys: page.Keys{
		List:    []page.Key{{Name: "示例密钥", Fingerprint: "SHA256:xyz", From: "2025-01-01", Path: "releases/keys/minisign.pub"}},
		Signers: "releases/keys/allowed_signers", Minisign: "releases/keys/minisign.pub",
	}})
	list := pages["releases/index.html"].Data.(page.Releases)
	var ids []string
	for _, card := range list.Items {
		ids = append(ids, card.ID)
	}
	if diff := cmp.Diff([]string{"2025-03", "2025-02", "2025-01"}, ids); diff != "" {
		t.Error(diff)
	}
	oldest, current := list.Items[2], list.Items[0]
	if !current.Current || current.Manifest != "" || current.Size != "" || oldest.Manifest != "m1" || oldest.Files != "9" || oldest.Size == "" {
		t.Errorf("oldest %+v, current %+v", oldest, current)
	}
	if want := (page.Download{Name: "2025-01.zip", Href: "2025-01/2025-01.zip", Size: "4 KB"}); !slices.Contains(oldest.Downloads, want) {
		t.Errorf("downloads %+v", oldest.Downloads)
	}
	if diff := cmp.Diff([]string{"example.org/log", "2", "BBBB"}, list.Checkpoint); diff != "" {
		t.Error(diff)
	}
	want := &page.VerifyHelp{
		Sums: "sha256sum -c --quiet releases/2025-03/sha256sums.txt", List: "sha256sum releases/2025-03/sha256sums.txt",
		Minisign: "minisign -Vm releases/2025-03/manifest.json -p releases/keys/minisign.pub",
		SSH:      "ssh-keygen -Y verify -f releases/keys/allowed_signers -I release -n rectify-release -s releases/2025-03/manifest.json.sig < releases/2025-03/manifest.json",
	}
	if diff := cmp.Diff(want, list.Verify); diff != "" {
		t.Error(diff)
	}

	home := pages["index.html"].Data.(page.Home).Release
	if home == nil || home.Link.Href != "releases/2025-03.html" || len(home.Items) != 2 || home.Items[0].Changes != nil {
		t.Errorf("home %+v", home)
	}
	id := portal.Reports[0].Issues[0].ID.String()
	told := pages["issues/"+id+".html"].Data.(page.Issue).Releases
	if len(told) != 2 || told[0].Release.Href != "../releases/2025-03.html" || told[0].Changes[0].Runs[0].Text != "乙" || told[1].Changes[0].Runs[0].Text != "甲" {
		t.Errorf("the issue tells %+v", told)
	}
}

func TestOfAWithdrawnIssueOlderReleasesTellItsNumberOnly(t *testing.T) {
	portal, releases := told()
	pages := pagesOf(portal, page.Options{Releases: releases})
	for id, changes := range map[string]int{"2025-02": 0, "2025-03": 1} {
		thing := pages["releases/"+id+".html"].Data.(page.ReleasePage).Issues[1]
		if !strings.Contains(thing.Link.Text, "已撤回") || thing.Link.Href == "" || len(thing.Changes) != changes {
			t.Errorf("%s tells %+v", id, thing)
		}
	}
}

func TestLongReleaseAndManyReleasesAreDividedIntoPages(t *testing.T) {
	portal, releases := told()
	newest := &releases[2].Changes
	one := newest.Issues[0]
	for i := range 120 {
		one.Issue = model.IssueID(300000 + i)
		newest.Issues = append(newest.Issues, one)
	}
	newest.Reports = []page.ReleaseItem{{Report: "demo", Title: "示例", Word: "变动"}}
	for i := range 60 {
		older := releases[0]
		older.ID = fmt.Sprintf("2024-%02d", i)
		releases = slices.Insert(releases, i, older)
	}
	pages := pagesOf(portal, page.Options{Releases: releases})
	seen := 0
	for i, path := range []string{"releases/2025-03.html", "releases/2025-03/2.html", "releases/2025-03/3.html"} {
		p := pages[path].Data.(page.ReleasePage)
		seen += len(p.Issues)
		if p.Pages.Count != "3" || (len(p.Reports) > 0) != (i == 0) || i == 1 && (p.Pages.Previous != "../2025-03.html" || p.Pages.Next != "3.html") {
			t.Errorf("%s: %+v", path, p.Pages)
		}
	}
	if seen != 122 {
		t.Errorf("%d issues are told", seen)
	}
	second := pages["releases/index-2.html"].Data.(page.Releases)
	if len(second.Items) != 13 || second.Verify != nil || second.Pages.Previous != "index.html" {
		t.Errorf("second page: %d releases, %+v", len(second.Items), second.Pages)
	}
}
