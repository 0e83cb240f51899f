package importer

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The files of testdata/office were written by LibreOffice and pandoc, as its
// README says; beside each stands what has to come of it.
func TestFilesOfRealProgramsAreRecognised(t *testing.T) {
	files, err := filepath.Glob("testdata/office/*")
	must(t, err)
	tried := 0
	for _, file := range files {
		switch filepath.Ext(file) {
		case ".docx", ".html", ".xlsx":
		default:
			continue
		}
		tried++
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			must(t, err)
			doc, list := Read(filepath.Base(file), data)
			if doc == nil {
				t.Fatal(list)
			}
			result := Import(doc, Options{ID: "example"})
			sound(t, result)
			if totals := result.Totals(); totals.Kept != totals.Characters {
				t.Errorf("%d of %d characters are in the data", totals.Kept, totals.Characters)
			}
			if diff := cmp.Diff(result.Report, reload(t, result), sameData); diff != "" {
				t.Errorf("written (-) and loaded (+):\n%s", diff)
			}
			got := show(result)
			want := file + ".want"
			if *update {
				must(t, os.WriteFile(want, []byte(got), 0o644))
				return
			}
			expected, err := os.ReadFile(want)
			must(t, err)
			if diff := cmp.Diff(string(expected), got); diff != "" {
				t.Errorf("want (-) and got (+):\n%s", diff)
			}
		})
	}
	if tried < 7 {
		t.Errorf("only %d files", tried)
	}
}
