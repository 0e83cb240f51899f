package export

import (
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/spf13/afero"

	"rectify/site/internal/synth"
)

// deflated compresses a sheet that is written in parts of a size.
func deflated(t *testing.T, sheet string, size int) []byte {
	t.Helper()
	var out bytes.Buffer
	d, err := newRowDeflater(&out)
	for text := []byte(sheet); err == nil && len(text) > 0; {
		n := min(size, len(text))
		_, err = d.Write(text[:n])
		text = text[n:]
	}
	if err == nil {
		err = d.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestSheetComesBackFromItsPieces(t *testing.T) {
	row := func(n int) string { return fmt.Sprintf("<row r=%d>示例</row>", n) }
	var rows strings.Builder
	for n := range 3 * rowsAPiece {
		rows.WriteString(row(n))
	}
	for what, sheet := range map[string]string{
		"empty": "", "no row": "<sheet/>", "rows only": rows.String(), "an end": "<sheet>" + rows.String() + "</sheet>",
		"a long row": "<row>" + strings.Repeat("示例", 200_000) + "</row>" + rows.String(),
	} {
		whole := deflated(t, sheet, len(sheet)+1)
		back, err := io.ReadAll(flate.NewReader(bytes.NewReader(whole)))
		if err != nil || string(back) != sheet {
			t.Errorf("%s: %v, %d bytes of %d", what, err, len(back), len(sheet))
		}
		if !bytes.Equal(whole, deflated(t, sheet, 7)) {
			t.Errorf("%s: how it is written matters", what)
		}
	}
}

// unseen is how many bytes of a file stand in no run of 16 that an older one has.
func unseen(old, data []byte) (n int) {
	const run = 16
	runs := map[string]bool{}
	for i := 0; i+run <= len(old); i++ {
		runs[string(old[i:i+run])] = true
	}
	for i := 0; i < len(data); {
		if i+run <= len(data) && runs[string(data[i:i+run])] {
			i += run
			continue
		}
		n++
		i++
	}
	return n
}

func TestOneChangedIssueChangesFewBytesOfTheWorkbook(t *testing.T) {
	fs := afero.NewMemMapFs()
	if err := synth.Write(fs, 400, 1); err != nil {
		t.Fatal(err)
	}
	portal := loaded(t, fs)
	const name = "data/issues.xlsx"
	before := made(t, exporter(portal, base))[name]
	portal.Reports[0].Issues[100].Result = "示例局已经办结,比以前的文字长一些。"
	after := made(t, exporter(portal, base))[name]
	if n := unseen(before, after); n == 0 || n > len(after)/20 {
		t.Errorf("%d of %d bytes are new", n, len(after))
	}
}
