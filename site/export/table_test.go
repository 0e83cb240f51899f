package export

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"rectify/site/model"
)

// issueRow says what the row of an issue has to hold, straight from the model.
func issueRow(base string, language model.Language, report *model.Report, issue *model.Issue) map[string]string {
	path := "issues/" + issue.ID.String() + ".html"
	row := map[string]string{
		"id": issue.ID.String(), "report": string(report.ID), "report_title": report.Title, "unit": report.Unit,
		"published_at": string(report.PublishedAt), "path": path,
	}
	if base != "" {
		row["url"] = base + path
	}
	if w := issue.Withdrawn; w != nil {
		row["withdrawn_on"], row["withdrawn_why"] = string(w.On), w.Why
		row["updated"] = string(max(w.On, report.PublishedAt.Day()))
		return row
	}
	maps.Copy(row, map[string]string{
		"sections": trail(report.Outline, issue.ID), "label": issue.Label, "lead": issue.Lead, "title": issue.Title,
		"heading": issue.Heading(), "finding": issue.Finding, "goal": issue.Goal, "result": issue.Result,
		"measures":    strconv.Itoa(len(issue.Measures)),
		"status_code": string(issue.Status.Code), "status": issue.Status.Code.Word(language),
		"status_printed": issue.Status.Printed, "status_as_of": string(issue.Status.AsOf), "status_basis": issue.Status.Basis,
		"leader": issue.Owners.Leader, "supervisor": issue.Owners.Supervisor,
		"lead_units": strings.Join(issue.Owners.LeadUnits, "\n"), "co_units": strings.Join(issue.Owners.CoUnits, "\n"),
	})
	if d := issue.Deadline; d != nil {
		row["deadline"], row["deadline_code"], row["deadline_printed"] = string(d.Date), string(d.Kind), d.Printed
		row["deadline_kind"] = d.Kind.Word(language)
	}
	if p := issue.Publicity; p != nil {
		row["publicity_start"], row["publicity_end"] = string(p.Start), string(p.End)
	}
	var measures, paragraphs []string
	for i := range issue.Measures {
		measures = append(measures, issue.Measures[i].Intro+issue.Measures[i].Printed())
	}
	for _, n := range issue.Source.Paragraphs {
		paragraphs = append(paragraphs, strconv.Itoa(n))
	}
	row["measures_text"], row["paragraphs"] = strings.Join(measures, "\n"), strings.Join(paragraphs, " ")
	return row
}

// trail names the sections above an issue, one a line.
func trail(sections []model.Section, id model.IssueID) string {
	for _, s := range sections {
		if slices.Contains(s.Issues, id) {
			return s.Label + s.Title
		}
		if below := trail(s.Sections, id); below != "" {
			return s.Label + s.Title + "\n" + below
		}
	}
	return ""
}

func measureRow(report *model.Report, issue *model.Issue, i int) map[string]string {
	m := issue.Measures[i]
	row := map[string]string{
		"id": issue.ID.String(), "report": string(report.ID), "sections": trail(report.Outline, issue.ID),
		"title": issue.Title, "status_code": string(issue.Status.Code), "measure": strconv.Itoa(i + 1),
		"measure_label": m.Label, "measure_title": m.Title, "measure_text": m.Text,
	}
	return row
}

// free are columns that put a list into words; the golden shows them.
var free = []string{"follow_ups", "evidence", "corrections", "history", "updated"}

// wanted gives the rows that the tables have to hold.
func wanted(portal *model.Portal) (issues, measures []map[string]string) {
	base := exporter(portal, "").base
	for _, report := range portal.Public().Reports {
		for _, issue := range report.Issues {
			issues = append(issues, issueRow(base, portal.Language, report, issue))
			for i := range issue.Measures {
				if issue.Withdrawn == nil {
					measures = append(measures, measureRow(report, issue, i))
				}
			}
		}
	}
	return issues, measures
}

// compare holds the rows of a table against those wanted; word turns what is
// wanted into what the format may write instead.
func compare(t *testing.T, name string, rows [][]string, columns []column, want []map[string]string, word func(string) string) {
	t.Helper()
	if len(rows)-1 != len(want) {
		t.Fatalf("%s: %d rows, want %d", name, len(rows)-1, len(want))
	}
	for i, row := range want {
		for j, c := range columns {
			got := ""
			if j < len(rows[i+1]) {
				got = rows[i+1][j]
			}
			value, ok := row[c.key]
			if slices.Contains(free, c.key) || !ok && row["measure"] != "" {
				continue
			}
			if got != word(value) {
				t.Errorf("%s: row %d, %s: got %q, want %q", name, i+1, c.key, got, word(value))
			}
		}
	}
}

func readCSV(t *testing.T, data []byte, columns []column) [][]string {
	t.Helper()
	text, ok := bytes.CutPrefix(data, []byte("\uFEFF"))
	if !ok {
		t.Error("there is no byte order mark")
	}
	if !bytes.HasSuffix(text, []byte("\r\n")) || bytes.Contains(text, []byte("\r\r")) {
		t.Error("records do not end with CRLF")
	}
	reader := csv.NewReader(bytes.NewReader(text))
	reader.FieldsPerRecord = len(columns)
	rows, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range columns {
		if rows[0][i] != c.key {
			t.Errorf("column %d is called %q, want %q", i, rows[0][i], c.key)
		}
	}
	return rows
}

func TestCSVReadsBackAsTheModel(t *testing.T) {
	for name, portal := range portals(t) {
		files := made(t, exporter(portal, ""))
		issues, measures := wanted(portal)
		compare(t, name, readCSV(t, files[issuesCSVPath], issueColumns), issueColumns, issues, harmless)
		compare(t, name, readCSV(t, files[measuresCSVPath], measureColumns), measureColumns, measures, harmless)
	}
}

func TestWorkbookReadsBackAsTheModel(t *testing.T) {
	same := func(text string) string { return text }
	for name, portal := range portals(t) {
		issues, measures := wanted(portal)
		n := 0
		for sheet, rows := range sheets(t, made(t, exporter(portal, ""))[workbookPath]) {
			n++
			columns, want := issueColumns, issues
			if n == 2 {
				columns, want = measureColumns, measures
			}
			compare(t, name+" "+sheet, rows, columns, want, same)
		}
		if n != 2 {
			t.Errorf("%s: %d sheets", name, n)
		}
	}
}

func TestWorkbookHoldsNothingButText(t *testing.T) {
	portal := small(t)
	nasty := []string{
		"=1+1", "+1", "-1", "@a", "=HYPERLINK(\"http://example.org\")", "2024-02-20", "1e3", "007", "TRUE", "(1)",
		"_x0041_", " a ", "a\tb", "<b>&amp;</b>", "]]>", "'", "\u200b零", "𠮷", "#N/A", "1/2",
	}
	issue := portal.Reports[0].Issues[0]
	issue.Measures = nil
	for _, text := range nasty {
		issue.Measures = append(issue.Measures, model.Measure{Text: text})
	}
	data := made(t, exporter(portal, ""))[workbookPath]
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	at, _ := excelize.CoordinatesToCellName(1+slices.IndexFunc(measureColumns, func(c column) bool { return c.key == "measure_text" }), 1)
	letter := strings.TrimRight(at, "1")
	for i, text := range nasty {
		cell := letter + strconv.Itoa(i+2)
		value, _ := book.GetCellValue("措施", cell)
		kind, _ := book.GetCellType("措施", cell)
		if value != text || kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
			t.Errorf("%s holds %q of type %v, want %q", cell, value, kind, text)
		}
	}
	for name, part := range parts(t, data) {
		if strings.HasPrefix(name, "xl/worksheets/") && (bytes.Contains(part, []byte("<f>")) || bytes.Contains(part, []byte("<v>"))) {
			t.Errorf("%s holds a formula or a number", name)
		}
	}
}

// parts unpacks a workbook.
func parts(t testing.TB, data []byte) map[string][]byte {
	t.Helper()
	packed, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range packed.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if out[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func TestWorkbookIsForReading(t *testing.T) {
	data := made(t, exporter(small(t), ""))[workbookPath]
	packed, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range packed.File {
		names = append(names, f.Name)
		if !f.Modified.IsZero() && f.Modified.Year() > 1980 {
			t.Errorf("%s carries a time: %v", f.Name, f.Modified)
		}
	}
	if !slices.IsSorted(names) || names[0] != "[Content_Types].xml" {
		t.Errorf("the parts are not in order: %v", names)
	}
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	props, err := book.GetDocProps()
	if err != nil || props.Created != "2025-05-20T00:00:00Z" || props.Modified != props.Created || props.Title != "示例公开" {
		t.Errorf("%+v %v", props, err)
	}
	for _, name := range []string{"问题", "措施"} {
		panes, err := book.GetPanes(name)
		if err != nil || !panes.Freeze || panes.YSplit != 1 || panes.TopLeftCell != "A2" {
			t.Errorf("%s: the heading does not stay: %+v %v", name, panes, err)
		}
		if width, err := book.GetColWidth(name, "F"); err != nil || width < 20 {
			t.Errorf("%s: column F is %v wide %v", name, width, err)
		}
	}
	if sheet := parts(t, data)["xl/worksheets/sheet1.xml"]; !bytes.Contains(sheet, []byte("<autoFilter ref=")) {
		t.Error("the table cannot be filtered")
	}
}

// Excelize writes the rest of the sheet, and other programs are tried on what it
// writes: rows of ours must be the same.
func TestRowsAreWrittenAsExcelizeWritesThem(t *testing.T) {
	nasty := small(t)
	issue := nasty.Reports[0].Issues[0]
	for _, text := range []string{
		"_x0041_", "_x005F_", "_x005F_x0041_", "_x_x0041__x0041_", "a_b", " a", "a ", "\ta\r\nb\n", "<&>\"'", "]]>", "\ufffe\uffff\x01\xff", "𠮷\u2028",
	} {
		issue.Measures = append(issue.Measures, model.Measure{Text: text})
	}
	all := portals(t)
	all["nasty"] = nasty
	for name, portal := range all {
		e := exporter(portal, "https://www.example.org/x/")
		got := parts(t, made(t, e)[workbookPath])
		b, err := e.newWorkbook()
		if err != nil {
			t.Fatal(err)
		}
		for i, table := range []struct {
			name    string
			columns []column
			lines   iter.Seq[*line]
		}{{e.words.issues, issueColumns, e.issueLines()}, {e.words.measure, measureColumns, e.measureLines()}} {
			stream, err := b.begin(table.name, table.columns)
			if err != nil {
				t.Fatal(err)
			}
			row := 1
			for l := range table.lines {
				row++
				cells := make([]any, len(table.columns))
				for i, c := range table.columns {
					if text := c.value(l); text != "" {
						cells[i] = b.fit(text)
					}
				}
				if err := stream.SetRow(fmt.Sprint("A", row), cells, excelize.RowOpts{StyleID: b.text, Height: 60}); err != nil {
					t.Fatal(err)
				}
			}
			corner, _ := excelize.CoordinatesToCellName(len(table.columns), row)
			if err := errors.Join(b.file.AutoFilter(table.name, "A1:"+corner, nil), stream.Flush()); err != nil {
				t.Fatal(err)
			}
			b.sheets = append(b.sheets, sheet{})
			var out bytes.Buffer
			if err := b.file.Write(&out); err != nil {
				t.Fatal(err)
			}
			part := fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)
			if diff := cmp.Diff(string(parts(t, out.Bytes())[part]), string(got[part])); diff != "" {
				t.Errorf("%s: %s (-excelize +ours):\n%s", name, part, diff)
			}
		}
	}
}

func TestTextTooLongForACellSaysSo(t *testing.T) {
	b := &workbook{cut: chinese.cut}
	short := strings.Repeat("字", maxCell)
	if b.fit(short) != short {
		t.Error("a text that fits was cut")
	}
	for _, long := range []string{short + "字", strings.Repeat("𠮷", maxCell), "a" + strings.Repeat("𠮷", maxCell)} {
		got := b.fit(long)
		kept, cut := strings.CutSuffix(got, chinese.cut)
		if n := units(got); !cut || n > maxCell || n < maxCell-1 || !strings.HasPrefix(long, kept) {
			t.Errorf("%d units, cut: %v", n, cut)
		}
	}
}

func units(text string) (n int) {
	for _, r := range text {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

func TestTableLongerThanASheetGoesOn(t *testing.T) {
	e := exporter(portals(t)["many"], "")
	b, err := e.newWorkbook()
	if err != nil {
		t.Fatal(err)
	}
	b.rows = 101
	if err := b.table("问题", issueColumns, e.issueLines(), 300); err != nil {
		t.Fatal(err)
	}
	if err := b.table("措施", measureColumns, func(func(*line) bool) {}, 0); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := b.write(&out); err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for name, rows := range sheets(t, out.Bytes()) {
		got[name] = len(rows)
	}
	if diff := cmp.Diff(map[string]int{"问题": 101, "问题 2": 101, "问题 3": 101, "措施": 1}, got); diff != "" {
		t.Error(diff)
	}
}
