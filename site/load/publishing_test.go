package load

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/afero"

	"rectify/site/model"
)

func TestTargetsAreRead(t *testing.T) {
	fs := openWorld(t, "testdata/targets.txtar").onDisk(t)
	got, list := Publishing(context.Background(), fs, "data")
	if len(list) > 0 {
		t.Fatal(report(list))
	}
	want := &model.Publishing{Targets: []model.Target{
		{Name: "neiwang", Type: model.LocalTarget, Path: "/srv/zg", Gzip: true, Keep: 5},
		{
			Name: "waiwang", Type: model.SFTPTarget, Staging: true, Path: "zg", Host: "www.example.org", User: "zg", KeyFile: "~/.ssh/zg",
			HostKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g",
		},
		{
			Name: "yun", Type: model.S3Target, Endpoint: "https://oss.example.org", Bucket: "zg", Prefix: "a/zg", Lookup: model.LookupDNS,
			Archive: []model.ArchivePart{model.ArchiveManifests, model.ArchiveSnapshots},
		},
		{Name: "usb", Type: model.PackageTarget, Path: "/media/usb", Form: model.FolderPackage},
	}}
	if diff := cmp.Diff(want, got, withoutPlaces); diff != "" {
		t.Error(diff)
	}
}

func TestAPortalNeedNotBePublished(t *testing.T) {
	got, list := Publishing(context.Background(), afero.NewMemMapFs(), "data")
	if got != nil || len(list) > 0 {
		t.Errorf("got %v, %v", got, list)
	}
}
