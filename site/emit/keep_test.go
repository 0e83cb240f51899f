package emit

import (
	"crypto/sha256"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/afero"
)

func TestOnlyAFileThatIsAsRememberedIsKept(t *testing.T) {
	onEach(t, func(t *testing.T, fsys afero.Fs, dir string) {
		mustBuild(t, fsys, dir, before)
		if err := afero.WriteFile(fsys, filepath.Join(dir, "issues/1.html"), []byte(text("issues/1.html", 7)), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := fsys.Remove(filepath.Join(dir, "turn")); err != nil {
			t.Fatal(err)
		}
		tx := mustBegin(t, fsys, dir)
		kept := map[string]bool{}
		for path, content := range before {
			ok, err := tx.Keep(path, int64(len(content)), sha256.Sum256([]byte(content)))
			if err != nil {
				t.Fatal(err)
			}
			kept[path] = ok
			if !ok {
				if err := tx.Put(path, []byte(content)); err != nil {
					t.Fatal(err)
				}
			}
			if got, err := tx.Read(path); err != nil || string(got) != content {
				t.Errorf("%s reads %q: %v", path, got, err)
			}
		}
		for path := range before {
			if changed := path == "issues/1.html" || path == "turn"; kept[path] == changed {
				t.Errorf("%s: kept %t", path, kept[path])
			}
		}
		if ok, _ := tx.Keep("new.html", 3, sha256.Sum256([]byte("new"))); ok {
			t.Error("kept a file that is not there")
		}
		if _, err := tx.Keep("../x.html", 3, [32]byte{}); err == nil {
			t.Error("a path out of the folder is taken")
		}
		res, err := tx.Commit(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"issues/1.html"}, res.Replaced); diff != "" {
			t.Errorf("replaced (-want +got):\n%s", diff)
		}
		if res.Written != 2 || res.Unchanged != len(before)-2 {
			t.Errorf("%d written, %d unchanged", res.Written, res.Unchanged)
		}
		wantSite(t, fsys, dir, before)
		wantState(t, fsys, dir, Finished)
		if _, err := tx.Keep("index.html", 1, [32]byte{}); err == nil {
			t.Error("a build that is over keeps on")
		}
	})
}
