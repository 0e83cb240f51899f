package export

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"

	"rectify/site/model"
)

const base = "https://www.example.org/x/"

var uuid = regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)

func TestFeedsHoldWhatTheirFormatsRequire(t *testing.T) {
	for name, portal := range portals(t) {
		for path, data := range made(t, exporter(portal, base)) {
			switch {
			case strings.HasSuffix(path, ".atom"):
				t.Run(name+" "+path, func(t *testing.T) { checkAtom(t, path, data) })
			case strings.HasSuffix(path, "feed.json"):
				t.Run(name+" "+path, func(t *testing.T) { checkJSONFeed(t, path, data) })
			}
		}
	}
}

// checkAtom looks for what RFC 4287 says a feed and its entries must have, by a
// decoder of its own, since a reader of feeds forgives much.
func checkAtom(t *testing.T, path string, data []byte) {
	type link struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	}
	type node struct {
		ID      []string `xml:"http://www.w3.org/2005/Atom id"`
		Title   []string `xml:"http://www.w3.org/2005/Atom title"`
		Updated []string `xml:"http://www.w3.org/2005/Atom updated"`
		Author  []string `xml:"http://www.w3.org/2005/Atom author>name"`
		Summary []string `xml:"http://www.w3.org/2005/Atom summary"`
		Links   []link   `xml:"http://www.w3.org/2005/Atom link"`
	}
	var feed struct {
		XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		node
		Entries []node `xml:"http://www.w3.org/2005/Atom entry"`
	}
	if err := xml.Unmarshal(data, &feed); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	newest := ""
	for i, n := range append([]node{feed.node}, feed.Entries...) {
		if len(n.ID) != 1 || len(n.Title) != 1 || len(n.Updated) != 1 || len(n.Author) != 1 {
			t.Fatalf("node %d lacks something: %+v", i, n)
		}
		if !uuid.MatchString(n.ID[0]) || seen[n.ID[0]] {
			t.Errorf("node %d: the id %s is not one, or not the only one", i, n.ID[0])
		}
		seen[n.ID[0]] = true
		if _, err := time.Parse(time.RFC3339, n.Updated[0]); err != nil || !strings.HasSuffix(n.Updated[0], "+08:00") {
			t.Errorf("node %d: %v", i, n.Updated[0])
		}
		alternate := 0
		for _, l := range n.Links {
			if !strings.HasPrefix(l.Href, base) {
				t.Errorf("node %d leads to %s", i, l.Href)
			}
			if l.Rel == "alternate" {
				alternate++
			}
			if l.Rel == "self" && l.Href != base+path {
				t.Errorf("the feed says it is at %s", l.Href)
			}
		}
		if alternate != 1 || i > 0 && (len(n.Summary) != 1 || n.Summary[0] == "") {
			t.Errorf("node %d has no content: %+v", i, n)
		}
		if i > 0 {
			newest = max(newest, n.Updated[0])
		}
	}
	if feed.Updated[0] != newest {
		t.Errorf("updated %s, and the newest entry is of %s", feed.Updated[0], newest)
	}
	if parsed, err := gofeed.NewParser().Parse(bytes.NewReader(data)); err != nil || parsed.FeedType != "atom" || len(parsed.Items) != len(feed.Entries) {
		t.Errorf("a feed reader sees %v (%v)", parsed, err)
	}
}

func checkJSONFeed(t *testing.T, path string, data []byte) {
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if feed.FeedType != "json" || feed.FeedVersion != "1.1" && !strings.Contains(feed.FeedVersion, "1.1") || feed.Title == "" || feed.FeedLink != base+path || !strings.HasPrefix(feed.Link, base) {
		t.Errorf("%+v", feed)
	}
	for _, item := range feed.Items {
		if !uuid.MatchString(item.GUID) || item.Title == "" || item.PublishedParsed == nil || item.UpdatedParsed == nil ||
			!strings.HasPrefix(item.Link, base) || item.Content+item.Description == "" {
			t.Errorf("%+v", item)
		}
	}
}

// told lists the entries of the portal's feed as “day kind title”.
func told(t *testing.T, portal *model.Portal) (lines []string, ids map[string]string) {
	t.Helper()
	var feed struct {
		Items []jsonItem `json:"items"`
	}
	if err := json.Unmarshal(made(t, exporter(portal, base))[jsonFeedPath], &feed); err != nil {
		t.Fatal(err)
	}
	ids = map[string]string{}
	for _, i := range feed.Items {
		line := fmt.Sprintf("%s %s", i.DatePublished[:10], i.Title)
		lines = append(lines, line)
		ids[i.ID] = line
	}
	return lines, ids
}

func TestBothFormatsTellTheSame(t *testing.T) {
	files := made(t, exporter(portals(t)["example"], base))
	for path := range files {
		atom, ok := strings.CutSuffix(path, ".atom")
		if !ok {
			continue
		}
		a, err := gofeed.NewParser().Parse(bytes.NewReader(files[path]))
		if err != nil {
			t.Fatal(err)
		}
		j, err := gofeed.NewParser().Parse(bytes.NewReader(files[atom+".json"]))
		if err != nil {
			t.Fatal(err)
		}
		of := func(f *gofeed.Feed) (out []string) {
			for _, i := range f.Items {
				out = append(out, i.GUID+i.Title+i.Link+i.Updated+i.Published)
			}
			return out
		}
		if diff := cmp.Diff(of(a), of(j)); diff != "" || a.Title != j.Title {
			t.Error(diff)
		}
	}
}

func TestFeedTellsTheNewestFirst(t *testing.T) {
	portal := small(t)
	issue := portal.Reports[0].Issues[0]
	got, _ := told(t, portal)
	want := []string{
		"2025-05-20 撤回：200004",
		"2025-04-30 变动：" + issue.Title,
		"2025-04-30 变动：" + issue.Title,
		"2025-03-10 更正：" + issue.Title,
		"2025-03-01 示例通报",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestStatusIsNewsOnlyWhenNothingElseTellsIt(t *testing.T) {
	portal := small(t)
	report := portal.Reports[0]
	status := func(i int, printed string, day model.Date) {
		report.Issues[i].Status = model.Status{Code: model.InProgress, Printed: printed, AsOf: day}
	}
	report.Issues[0].Status.Printed = "别的说法"
	status(1, "正在整改", "2025-02-28") // known when the report was published
	got, _ := told(t, portal)
	if got[1] != "2025-04-30 状态更新：截至 2025-04-30：示例通报" || len(got) != 6 {
		t.Errorf("%q", got)
	}
	status(1, "", "2025-04-30")
	feed := exporter(portal, base).feed("", portal.Public().Reports, atomPath)
	want := report.Issues[0].Title + "：别的说法\n" + report.Issues[1].Title + "：正在整改"
	if feed.entries[1].text != want {
		t.Errorf("got %q, want %q", feed.entries[1].text, want)
	}
}

// TestIdentityOutlivesCorrectionsAndMoves holds what RFC 4287 asks of an id:
// nobody is told again what they know.
func TestIdentityOutlivesCorrectionsAndMoves(t *testing.T) {
	_, before := told(t, small(t))
	portal := small(t)
	report := portal.Reports[0]
	issue := report.Issues[0]
	portal.BaseURL = "https://elsewhere.example.org/"
	report.Title += "(改)"
	report.PublishedAt = "2025-03-01 09:31"
	issue.Title += "(改)"
	issue.History[0].What += "(改)"
	issue.History = append(issue.History, model.Change{On: "2025-06-01", What: "新"})
	issue.Corrections = append([]model.Correction{{On: "2025-03-09", What: "补"}}, issue.Corrections...)
	report.Issues[0], report.Issues[1] = report.Issues[1], report.Issues[0]
	_, after := told(t, portal)
	if len(after) != len(before)+2 {
		t.Errorf("%d entries before, %d after", len(before), len(after))
	}
	for id, line := range before {
		if after[id] == "" {
			t.Errorf("%s is not told under its id any more", line)
		}
	}
}

func TestFeedHasAnEnd(t *testing.T) {
	portal := portals(t)["many"]
	report := portal.Reports[0]
	for i, issue := range report.Issues {
		issue.History = []model.Change{{On: model.Date(fmt.Sprintf("2025-%02d-%02d", 4+i%9, 1+i%28)), What: "示例"}}
		issue.Status = model.Status{Code: model.InProgress, AsOf: "2025-12-31"}
	}
	got, _ := told(t, portal)
	if len(got) != maxEvents || got[0][:10] != "2025-12-31" || got[1][:10] != "2025-12-28" {
		t.Errorf("%d entries: %v", len(got), got[:3])
	}
	text := exporter(portal, base).feed("", portal.Public().Reports, atomPath).entries[0].text
	if lines := strings.Split(text, "\n"); len(lines) != maxLines+1 || lines[maxLines] != "……另有 250 个问题" {
		t.Errorf("%d lines, the last is %q", len(lines), lines[len(lines)-1])
	}
}
