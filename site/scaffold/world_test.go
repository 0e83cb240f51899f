package scaffold

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/spf13/afero"

	"rectify/site/load"
	"rectify/site/model"
	"rectify/site/problem"
)

// laid lays down a portal in memory and loads it.
func laid(t *testing.T, kind Kind) (afero.Fs, *model.Portal) {
	t.Helper()
	fs := afero.NewMemMapFs()
	if err := Write(fs, "portal", kind); err != nil {
		t.Fatal(err)
	}
	fs = afero.NewBasePathFs(fs, "portal")
	return fs, loaded(t, fs)
}

func loaded(t *testing.T, fs afero.Fs) *model.Portal {
	t.Helper()
	portal, found := load.Load(context.Background(), fs, dataDir)
	for _, p := range found {
		t.Error(p.Format(problem.Chinese))
	}
	if len(portal.Reports) == 0 {
		t.Fatal("no report was loaded")
	}
	return portal
}

// tree gives path → content of all files below a folder; an empty folder is
// listed with a slash behind its name.
func tree(t *testing.T, fs afero.Fs, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := afero.Walk(fs, dir, func(name string, info os.FileInfo, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if info.IsDir() {
			if inside, err := afero.ReadDir(fs, name); err != nil || len(inside) == 0 {
				found[rel+"/"] = ""
				return err
			}
			return nil
		}
		data, err := afero.ReadFile(fs, name)
		found[rel] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func put(t *testing.T, fs afero.Fs, name, text string) {
	t.Helper()
	if err := afero.WriteFile(fs, name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
