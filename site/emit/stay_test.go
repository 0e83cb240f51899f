package emit

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/spf13/afero"
)

func TestSiteStaysOnlyWhereTheFolderHoldsIt(t *testing.T) {
	ctx := context.Background()
	for name, c := range map[string]struct {
		change  func(fsys afero.Fs, dir string) error
		holds   bool
		unknown int
	}{
		"the same site": {func(afero.Fs, string) error { return nil }, true, 0},
		"a file of somebody": {func(fsys afero.Fs, dir string) error {
			return afero.WriteFile(fsys, filepath.Join(dir, "note.txt"), nil, 0o666)
		}, true, 1},
		"a file edited": {func(fsys afero.Fs, dir string) error {
			return afero.WriteFile(fsys, filepath.Join(dir, "issues/1.html"), []byte(text("issues/1.html", 2)), 0o666)
		}, false, 0},
		"a file removed": {func(fsys afero.Fs, dir string) error { return fsys.Remove(filepath.Join(dir, "issues/1.html")) }, false, 0},
		"a commit that died": {func(fsys afero.Fs, dir string) error {
			return afero.WriteFile(fsys, filepath.Join(dir, journalName), []byte(`{"format":1,"paths":[]}`), 0o666)
		}, false, 0},
		"nothing there": {func(fsys afero.Fs, dir string) error { return fsys.RemoveAll(dir) }, false, 0},
	} {
		t.Run(name, func(t *testing.T) {
			onEach(t, func(t *testing.T, fsys afero.Fs, dir string) {
				first := mustBuild(t, fsys, dir, before)
				if err := c.change(fsys, dir); err != nil {
					t.Fatal(err)
				}
				if _, holds, err := Stay(ctx, fsys, dir, "0"); holds || err != nil {
					t.Errorf("taken for another site: %v", err)
				}
				res, holds, err := Stay(ctx, fsys, dir, first.Digest)
				if err != nil || holds != c.holds || len(res.Unknown) != c.unknown {
					t.Fatalf("holds %t, unknown %q, %v", holds, res.Unknown, err)
				}
				if holds && (res.Unchanged != len(before) || res.Written != 0 || res.Digest != first.Digest) {
					t.Errorf("%+v", res)
				}
				mustBegin(t, fsys, dir) // no lock is left behind
			})
		})
	}
}
