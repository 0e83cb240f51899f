package page_test

import (
	"encoding/json"
	"strings"
	"testing"

	"rectify/site/model"
	"rectify/site/page"
)

// contents gives path → content of all pages of a portal.
func contents(t *testing.T, portal *model.Portal) map[string]string {
	t.Helper()
	all := map[string]string{}
	for p := range page.New(portal, page.Options{}).Pages() {
		data, err := json.Marshal(p.Data)
		if err != nil {
			t.Fatal(err)
		}
		all[p.Path] = string(data)
	}
	return all
}

// What a clerk does every month must not change the pages of other issues: each
// would be made, sent and archived again.
func TestStatusOfANewDayChangesNoPageOfAnotherIssue(t *testing.T) {
	portal := synthetic(t, 170)
	before := contents(t, portal)
	changed := portal.Reports[0].Issues[60]
	changed.Status = model.Status{Code: model.Done, Printed: "已整改", AsOf: "2030-01-01"}
	after := contents(t, portal)
	path := "issues/" + changed.ID.String() + ".html"
	if before[path] == after[path] {
		t.Fatal("its own page did not change")
	}
	for other, content := range after {
		isIssue := strings.HasPrefix(other, "issues/1")
		promises := strings.Contains(content, `"clock":"2030-01-01"`) // told as of the clock, which moved
		if isIssue && other != path && !promises && before[other] != content {
			t.Errorf("%s changed too", other)
		}
	}
}
