//go:build office

package ledger

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rectify/site/model"
)

// convert lets LibreOffice save a file in another format.
func convert(t *testing.T, dir, file, format string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	out := filepath.Join(dir, format)
	cmd := exec.CommandContext(ctx, "soffice", "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")), "--headless", "--convert-to", format, "--outdir", out, file)
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, text)
	}
	return filepath.Join(out, strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))+"."+format)
}

// The workbook goes through LibreOffice as through a clerk's hands: opened,
// edited, saved. The edit is made in the flat XML that LibreOffice itself wrote,
// so that the file that comes back is all its own.
func TestLibreOfficeEditsTheWorkbook(t *testing.T) {
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Fatal("soffice is missing (Debian: libreoffice-calc-nogui)")
	}
	dir := t.TempDir()
	data, err := Write(small())
	must(t, err)
	name := filepath.Join(dir, "台账.xlsx")
	must(t, os.WriteFile(name, data, 0o644))

	same := convert(t, dir, name, "xlsx")
	data, err = os.ReadFile(same)
	must(t, err)
	reading, err := Read("台账.xlsx", data, small(), words(), "")
	must(t, err)
	if !Is(data) || len(reading.Changed)+len(reading.New)+len(reading.Gone)+len(reading.Problems) > 0 {
		t.Fatalf("opened and saved, and now: %+v", reading)
	}

	flat := convert(t, dir, name, "fods")
	data, err = os.ReadFile(flat)
	must(t, err)
	text := string(data)
	at := strings.Index(text, `table:name="demo"`)
	for _, edit := range [][2]string{{">正在整改<", ">已整改到位<"}, {">该问题正在整改。<", ">2025年7月1日核查。<"}, {">2025年6月底前<", ">2025年底前<"}} {
		if !strings.Contains(text[at:], edit[0]) {
			t.Fatalf("no %s in the sheet", edit[0])
		}
		text = text[:at] + strings.Replace(text[at:], edit[0], edit[1], 1)
	}
	must(t, os.WriteFile(flat, []byte(text), 0o644))
	data, err = os.ReadFile(convert(t, dir, flat, "xlsx"))
	must(t, err)
	reading, err = Read("台账.xlsx", data, small(), words(), "2025-07-01")
	must(t, err)
	if len(reading.Changed) != 1 || len(reading.Problems) > 0 {
		t.Fatalf("%+v", reading)
	}
	now := reading.Changed[0].Now
	if now.Status.Code != model.Done || now.Status.Basis != "2025年7月1日核查。" || now.Deadline.Printed != "2025年底前" || len(reading.Changed[0].Cells) != 3 {
		t.Errorf("%+v, %+v", now, reading.Changed[0].Cells)
	}
}
