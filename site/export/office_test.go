//go:build office

package export

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// csvOf are LibreOffice's options of a CSV file, for reading and writing:
// comma, quotes, UTF-8, from line 1, the columns as they come, quoted cells
// are texts, and (the last) every sheet into a file of its own.
const csvOf = "44,34,76,1,,0,true,true,false,false,false,-1"

// office converts files with LibreOffice.
func office(t *testing.T, dir string, args ...string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	args = append([]string{
		"-env:UserInstallation=file://" + filepath.ToSlash(filepath.Join(dir, "profile")), "--headless",
	}, args...)
	args = append(args, "--outdir", filepath.Join(dir, "out"))
	if out, err := exec.CommandContext(ctx, "soffice", args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
}

func rowsOf(t *testing.T, data []byte) [][]string {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\uFEFF")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestLibreOfficeReadsTheTables belongs to “make test-all”: LibreOffice is
// large and slow: the tag office keeps the file out of “make test”.
func TestLibreOfficeReadsTheTables(t *testing.T) {
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Fatal("soffice is missing (Debian: libreoffice-calc-nogui)")
	}
	for name, portal := range portals(t) {
		if name == "many" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			files := made(t, exporter(portal, ""))
			for _, path := range []string{workbookPath, issuesCSVPath, measuresCSVPath} {
				if err := os.WriteFile(filepath.Join(dir, filepath.Base(path)), files[path], 0o644); err != nil {
					t.Fatal(err)
				}
			}
			e := exporter(portal, "")

			office(t, dir, "--convert-to", "csv:Text - txt - csv (StarCalc):"+csvOf, filepath.Join(dir, "issues.xlsx"))
			issues, measures := wanted(portal)
			same := func(text string) string { return text }
			compare(t, "workbook", rowsOf(t, read(t, filepath.Join(dir, "out", "issues-"+e.words.issues+".csv"))), issueColumns, issues, same)
			compare(t, "workbook", rowsOf(t, read(t, filepath.Join(dir, "out", "issues-"+e.words.measure+".csv"))), measureColumns, measures, same)

			for _, path := range []string{issuesCSVPath, measuresCSVPath} {
				from := filepath.Join(dir, filepath.Base(path))
				to := filepath.Join(dir, "out", strings.TrimSuffix(filepath.Base(path), ".csv"))
				// As somebody opens it who takes what the dialogue offers: whatever
				// becomes of a cell, it is no formula.
				office(t, dir, "--infilter=CSV:44,34,76,1", "--convert-to", "fods", from)
				if bytes.Contains(read(t, to+".fods"), []byte("table:formula")) {
					t.Errorf("%s: a cell became a formula", path)
				}
				// With “quoted fields are text” all cells come back as they are.
				office(t, dir, "--infilter=CSV:"+csvOf, "--convert-to", "ods", from)
				office(t, dir, "--convert-to", "csv:Text - txt - csv (StarCalc):"+strings.TrimSuffix(csvOf, ",-1"), to+".ods")
				if diff := cmp.Diff(rowsOf(t, files[path]), rowsOf(t, read(t, to+".csv"))); diff != "" {
					t.Errorf("%s: -ours +LibreOffice\n%s", path, diff)
				}
			}
		})
	}
}
