//go:build office

package importer

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// The files of testdata/office are written anew by the LibreOffice that is
// there, from the same sources; the same has to come of them.
func TestLibreOfficeWritesPapersThatAreRecognised(t *testing.T) {
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Fatal("soffice is missing (Debian: libreoffice-writer-nogui, libreoffice-calc-nogui)")
	}
	for _, try := range []struct {
		source, name string
		args         []string
	}{
		{"numbered.fodt", "numbered.docx", []string{"--convert-to", "docx"}},
		{"tracked.fodt", "tracked.docx", []string{"--convert-to", "docx"}},
		{"table.html", "table.docx", []string{"--infilter=HTML (StarWriter)", "--convert-to", "docx:MS Word 2007 XML"}},
		{"ledger.fods", "ledger.xlsx", []string{"--convert-to", "xlsx"}},
	} {
		t.Run(try.name, func(t *testing.T) {
			dir := t.TempDir()
			ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
			defer cancel()
			args := append([]string{"-env:UserInstallation=file://" + filepath.ToSlash(filepath.Join(dir, "profile")), "--headless"}, try.args...)
			args = append(args, "--outdir", dir, filepath.Join("testdata/office", try.source))
			if out, err := exec.CommandContext(ctx, "soffice", args...).CombinedOutput(); err != nil {
				t.Fatalf("soffice: %v\n%s", err, out)
			}
			data, err := os.ReadFile(filepath.Join(dir, try.name))
			must(t, err)
			doc, list := Read(try.name, data)
			if doc == nil {
				t.Fatal(list)
			}
			want, err := os.ReadFile("testdata/office/" + try.name + ".want")
			must(t, err)
			if diff := cmp.Diff(string(want), show(Import(doc, Options{ID: "example"}))); diff != "" {
				t.Errorf("want (-) and got (+):\n%s", diff)
			}
		})
	}
}
