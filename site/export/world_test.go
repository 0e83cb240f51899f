package export

import (
	"bytes"
	"context"
	"flag"
	"path"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/spf13/afero"
	"github.com/xuri/excelize/v2"

	"rectify/site/internal/synth"
	"rectify/site/load"
	"rectify/site/model"
	"rectify/site/page"
	"rectify/site/scaffold"
)

var update = flag.Bool("update", false, "write the goldens anew")

// portals gives the portals on which the promises of this room are tried: the
// real one, the example with its internal items, a small one and an invented
// one of a few hundred issues. They are whole, as load gives them.
func portals(t testing.TB) map[string]*model.Portal {
	t.Helper()
	example, many := afero.NewMemMapFs(), afero.NewMemMapFs()
	if err := scaffold.Write(example, "portal", scaffold.Example); err != nil {
		t.Fatal(err)
	}
	if err := synth.Write(many, 300, 1); err != nil {
		t.Fatal(err)
	}
	return map[string]*model.Portal{
		"real":    loaded(t, afero.NewBasePathFs(afero.NewOsFs(), "../..")),
		"example": loaded(t, afero.NewBasePathFs(example, "portal")),
		"small":   small(t),
		"many":    loaded(t, many),
		"empty":   {Name: "空", Unit: "示例局", Language: model.EnglishInterface},
	}
}

func loaded(t testing.TB, fs afero.Fs) *model.Portal {
	t.Helper()
	portal, found := load.Load(context.Background(), fs, "data")
	if found.HasErrors() {
		t.Fatal(found)
	}
	return portal
}

const golden = "testdata/small.txtar"

// small is the portal of the golden file.
func small(t testing.TB) *model.Portal {
	t.Helper()
	archive, err := txtar.ParseFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	fs := afero.NewMemMapFs()
	for _, f := range archive.Files {
		if strings.HasPrefix(f.Name, "data/") {
			if err := afero.WriteFile(fs, f.Name, f.Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	return loaded(t, fs)
}

func exporter(portal *model.Portal, base string) *Exporter {
	return New(page.New(portal.Public(), page.Options{BaseURL: base}), portal)
}

// made gives path → content of all files of a portal.
func made(t testing.TB, e *Exporter) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	for f := range e.Files() {
		data, err := f.Bytes()
		if err != nil {
			t.Fatalf("%s: %v", f.Path, err)
		}
		if files[f.Path] != nil {
			t.Errorf("%s is made twice", f.Path)
		}
		files[f.Path] = data
	}
	return files
}

// shown is a file as the golden has it.
func shown(t *testing.T, name string, data []byte) string {
	if path.Ext(name) != ".xlsx" {
		return strings.NewReplacer("\uFEFF", "<BOM>", "\r\n", "␍\n").Replace(string(data))
	}
	var out strings.Builder
	for sheet, rows := range sheets(t, data) {
		out.WriteString("[" + sheet + "]\n")
		for _, cells := range rows {
			out.WriteString(strings.ReplaceAll(strings.Join(cells, " | "), "\n", "⏎") + "\n")
		}
	}
	return out.String()
}

// sheets reads a workbook.
func sheets(t testing.TB, data []byte) func(func(string, [][]string) bool) {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return func(yield func(string, [][]string) bool) {
		for _, name := range book.GetSheetList() {
			rows, err := book.GetRows(name)
			if err != nil {
				t.Fatal(err)
			}
			if !yield(name, rows) {
				return
			}
		}
	}
}

func TestSmallPortalBecomesTheseFiles(t *testing.T) {
	archive, err := txtar.ParseFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	var kept []txtar.File
	want := map[string]string{}
	for _, f := range archive.Files {
		if name, ok := strings.CutPrefix(f.Name, "want/"); ok {
			want[name] = string(f.Data)
		} else {
			kept = append(kept, f)
		}
	}
	got := map[string]string{}
	for f := range exporter(small(t), "").Files() {
		if path.Dir(f.Path) == "data/schema" || path.Dir(f.Path) == "reports/demo" {
			continue // describe_test.go has the former; the latter are like those of the portal
		}
		data, err := f.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		text := shown(t, f.Path, data)
		got[f.Path] = text
		kept = append(kept, txtar.File{Name: "want/" + f.Path, Data: []byte(text)})
	}
	if *update {
		archive.Files = kept
		if err := afero.WriteFile(afero.NewOsFs(), golden, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got (go test ./site/export -update writes it anew):\n%s", diff)
	}
}

func TestTheSamePortalGivesTheSameBytes(t *testing.T) {
	once, again := portals(t), portals(t)
	for name := range once {
		first, second := made(t, exporter(once[name], "")), made(t, exporter(again[name], ""))
		for path := range first {
			if !bytes.Equal(first[path], second[path]) {
				t.Errorf("%s: two runs differ in %s", name, path)
			}
		}
	}
}

func TestCatalogueFilesAndLeftOutAgree(t *testing.T) {
	for name, portal := range portals(t) {
		for _, base := range []string{"", "https://www.example.org/x/"} {
			if base == "" {
				portal.BaseURL = ""
			}
			e := exporter(portal, base)
			files := made(t, e)
			for _, entry := range Catalogue(portal, base) {
				if files[entry.Path] == nil {
					t.Errorf("%s: %s is in the catalogue and is not made", name, entry.Path)
				}
				if entry.Title == "" || entry.About == "" || !strings.Contains(entry.Type, "/") {
					t.Errorf("%s: %+v says too little", name, entry)
				}
				if entry.Schema != "" && files[entry.Schema] == nil {
					t.Errorf("%s: the schema %s is not made", name, entry.Schema)
				}
				delete(files, entry.Path)
			}
			for path := range files {
				if path != robotsPath && !strings.HasPrefix(path, "sitemap") {
					t.Errorf("%s: %s is not in the catalogue", name, path)
				}
			}
			for _, left := range e.LeftOut() {
				if files[left.Path] != nil {
					t.Errorf("%s: %s is made and left out", name, left.Path)
				}
				if left.Reason == NoAddress && base != "" {
					t.Errorf("%s: %s is left out for want of an address that is given", name, left.Path)
				}
			}
		}
	}
}

func TestFilesThatNeedAnAddressAreLeftOutWithoutOne(t *testing.T) {
	portal := small(t)
	portal.BaseURL = ""
	want := []LeftOut{
		{"feed.atom", NoAddress},
		{"feed.json", NoAddress},
		{"reports/demo/feed.atom", NoAddress},
		{"reports/demo/feed.json", NoAddress},
		{"sitemap.xml", NoAddress},
	}
	if diff := cmp.Diff(want, exporter(portal, "").LeftOut()); diff != "" {
		t.Error(diff)
	}
	for path, data := range made(t, exporter(portal, "")) {
		if bytes.Contains(data, []byte("https://www.example.org/示例/")) || bytes.Contains(data, []byte(`"url": ""`)) {
			t.Errorf("%s holds an address", path)
		}
	}
	portal.Reports = nil
	want = []LeftOut{{"feed.atom", NoDate}, {"feed.json", NoDate}, {"follow-ups.ics", NoDay}}
	if diff := cmp.Diff(want, exporter(portal, "https://www.example.org/").LeftOut()); diff != "" {
		t.Error(diff)
	}
}

func TestAddressesAreThoseOfThePages(t *testing.T) {
	for name, portal := range portals(t) {
		public := portal.Public()
		book := page.New(public, page.Options{})
		exists := map[string]bool{}
		for p := range book.Pages() {
			exists[p.Path] = true
		}
		for _, f := range book.Files() {
			exists[f.Path] = true
		}
		e := New(book, portal)
		var want []string
		for _, report := range public.Reports {
			want = append(want, reportPath(report.ID), textPath(report.ID))
			for id := range trailsOf(report) {
				want = append(want, sectionPath(report.ID, id))
			}
		}
		for _, prose := range public.Prose {
			want = append(want, prosePath(prose.Name))
		}
		for r := range e.rows() {
			want = append(want, r.Path)
			for _, v := range r.Evidence {
				want = append(want, v.Path)
			}
		}
		for _, path := range want {
			if !exists[path] {
				t.Errorf("%s: no page is called %q", name, path)
			}
		}
	}
}
