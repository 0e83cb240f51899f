package export

import (
	"bytes"
	"path"
	"strings"
	"testing"

	"rectify/site/model"
	"rectify/site/scaffold"
)

// unpacked gives all files of a portal, workbooks as their parts, the lines of
// calendars unfolded.
func unpacked(t *testing.T, portal *model.Portal) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for name, data := range made(t, exporter(portal, base)) {
		switch path.Ext(name) {
		case ".xlsx":
			for part, content := range parts(t, data) {
				out[name+"/"+part] = content
			}
		case ".ics":
			out[name] = bytes.ReplaceAll(data, []byte("\r\n "), nil)
		default:
			out[name] = data
		}
	}
	return out
}

// TestNothingInternalIsExported hands the whole portal over, as a careless
// caller might.
func TestNothingInternalIsExported(t *testing.T) {
	for name, marks := range map[string][]string{"example": scaffold.InternalMarks(), "small": {"机密"}} {
		portal := portals(t)[name]
		if !portal.HasInternal() {
			t.Fatalf("%s has nothing internal", name)
		}
		for _, report := range portal.Reports {
			for _, issue := range report.Issues {
				if issue.Visibility == model.Internal {
					marks = append(marks, issue.ID.String())
					for _, e := range issue.Evidence {
						marks = append(marks, e.File)
					}
				}
			}
		}
		for file, data := range unpacked(t, portal) {
			for _, mark := range marks {
				if bytes.Contains(data, []byte(mark)) {
					t.Errorf("%s: %s holds %q", name, file, mark)
				}
			}
		}
	}
}

func TestMarksWouldBeFoundIfTheyWereThere(t *testing.T) {
	portal := small(t)
	portal.Reports[0].Issues[2].Visibility = model.Public
	found := map[string]bool{}
	for file, data := range unpacked(t, portal) {
		if bytes.Contains(data, []byte("机密标题")) {
			found[file] = true
		}
	}
	for _, file := range []string{issuesJSONPath, issuesCSVPath, workbookPath + "/xl/worksheets/sheet1.xml"} {
		if !found[file] {
			t.Errorf("the mark was not found in %s: %v", file, found)
		}
	}
}

func TestWithdrawnIssueSaysOnlyWhenAndWhy(t *testing.T) {
	portal := small(t)
	issue := portal.Reports[0].Issues[3]
	issue.History = []model.Change{{On: "2025-05-01", What: "撤回的变动"}}
	issue.Corrections = []model.Correction{{On: "2025-05-01", What: "撤回的更正"}}
	issue.FollowUps = []model.FollowUp{{Due: "2026", Text: "撤回的承诺"}}
	issue.Status = model.Status{Code: model.Done, AsOf: "2025-05-02", Basis: "撤回的依据"}
	why := 0
	for file, data := range unpacked(t, portal) {
		text := string(data)
		if strings.Contains(text, "撤回的标题") || strings.Contains(text, "撤回的措施") || strings.Contains(text, "撤回的变动") ||
			strings.Contains(text, "撤回的更正") || strings.Contains(text, "撤回的承诺") || strings.Contains(text, "撤回的依据") {
			t.Errorf("%s holds what was withdrawn", file)
		}
		if strings.Contains(text, "重复统计") && strings.Contains(text, "200004") {
			why++
		}
	}
	// JSON, CSV and workbook, and both feeds of portal and report.
	if why != 7 {
		t.Errorf("%d files say why", why)
	}
}
