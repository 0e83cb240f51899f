package load

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"rectify/site/model"
)

func TestApprovalsAndKeysAreRead(t *testing.T) {
	got := loadWorld(t, "approvals")
	want := []*model.Approval{
		{
			ID: "2025-03", DraftedBy: model.Act{Who: "信息科", On: "2025-03-01"}, ReviewedBy: model.Act{Who: "办公室", On: "2025-03-02"},
			ApprovedBy: model.Act{Who: "示例", On: "2025-03-03"}, Note: "示例",
			ContentDigest: "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		},
		{ID: "2025-04"},
	}
	if diff := cmp.Diff(want, got.Approvals, withoutPlaces); diff != "" {
		t.Error(diff)
	}
	trust := &model.Trust{Keys: []model.TrustedKey{{
		Name: "示例局公布密钥", Public: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g",
		From: "2025-03-01", Until: "2026-02-28", Note: "到期更换",
	}}}
	if diff := cmp.Diff(trust, got.Trust, withoutPlaces); diff != "" {
		t.Error(diff)
	}
	if got.Public().Approvals != nil || got.Public().Trust == nil {
		t.Error("approvals are public, or keys are not")
	}
	for day, in := range map[model.Date]bool{"2025-02-28": false, "2025-03-01": true, "2026-02-28": true, "2026-03-01": false} {
		if trust.Keys[0].In(day) != in {
			t.Errorf("on %s the key signs: %v", day, !in)
		}
	}
}
