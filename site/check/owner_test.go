package check

import (
	"strings"
	"testing"

	"rectify/site/model"
	"rectify/site/problem"
)

func TestOwnerNamesWhatIsMissingAndNothingElse(t *testing.T) {
	portal := &model.Portal{Official: model.Official{ICP: "示ICP备00000000号", Sponsor: "示例区"}}
	found := owner(newSubject(portal, Options{}))
	if len(found) != 2 || found[0].Code != problem.NoBaseURL || found[1].Code != problem.MissingMarks {
		t.Fatalf("got %v", found)
	}
	if text := found[1].Args[0]; !strings.Contains(text, "site_id_code") || strings.Contains(text, "icp") {
		t.Errorf("marks named: %s", text)
	}
}

func TestOwnerIsContentWithAnAddressGivenForOneBuild(t *testing.T) {
	for _, p := range Run(&model.Portal{}, Options{BaseURL: "https://example.org/"}) {
		if p.Code == problem.NoBaseURL {
			t.Error("NoBaseURL although the build was given an address")
		}
	}
}
