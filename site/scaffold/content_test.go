package scaffold

import (
	"encoding/binary"
	"flag"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rectify/site/export"
)

var update = flag.Bool("update", false, "write the schemas anew")

// modeline starts the comment by which an editor finds the schema of a file.
const modeline = "yaml-language-server: $schema="

func TestSchemasAreThoseOfTheProgram(t *testing.T) {
	for _, kind := range export.Kinds() {
		want, err := export.Schema(kind)
		if err != nil {
			t.Fatal(err)
		}
		name := "schema/" + string(kind) + ".json"
		if *update {
			if err := os.WriteFile(name, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s is old; run go test ./site/scaffold -update (-program +file):\n%s", name, diff)
		}
	}
}

func TestEveryDataFileNamesItsSchema(t *testing.T) {
	for _, portal := range []Kind{Blank, Example} {
		files := files(portal)
		for name, text := range files {
			if path.Ext(name) != ".yaml" {
				continue
			}
			kind := "issue"
			switch path.Base(name) {
			case "portal.yaml", "report.yaml":
				kind = strings.TrimSuffix(path.Base(name), ".yaml")
			}
			first, _, _ := strings.Cut(string(text), "\n")
			schema, ok := strings.CutPrefix(first, "# "+modeline)
			if at := path.Join(path.Dir(name), schema); !ok || at != schemaDir+"/"+kind+".json" || files[at] == nil {
				t.Errorf("%s/%s: first line %q", portal, name, first)
			}
		}
	}
}

func TestTextsOfTheReportsAreTheirSources(t *testing.T) {
	for _, kind := range []Kind{Blank, Example} {
		_, portal := laid(t, kind)
		for _, report := range portal.Public().Reports {
			if report.ID == "shuiwu-ducha-2025" {
				continue // prints its fields as “整改目标：…”, which is another shape
			}
			if diff := cmp.Diff(report.Content(), report.Text()); diff != "" {
				t.Errorf("%s (-source +data):\n%s", report.ID, diff)
			}
		}
	}
}

func TestExampleFillsTwoPagesOfTheListOfIssues(t *testing.T) {
	_, portal := laid(t, Example)
	units, issues := map[string]bool{}, 0
	for _, report := range portal.Public().Reports {
		units[report.Unit] = true
		issues += len(report.Issues)
	}
	if len(portal.Reports) != 3 || len(units) != 2 || issues <= 50 {
		t.Errorf("%d reports of %d units with %d public issues", len(portal.Reports), len(units), issues)
	}
}

// Whatever could be taken for somebody's must not stand in invented files.
func TestNothingInThePortalsCouldBeTakenForSomebodys(t *testing.T) {
	address := regexp.MustCompile(`https?://[^\s"/)]+`)
	mail := regexp.MustCompile(`[\w.]+@[\w.]+`)
	telephone := regexp.MustCompile(`\b\d{3,4}-\d{7,8}\b`)
	digits := regexp.MustCompile(`[0-9Xx]{11,}`)
	for _, kind := range []Kind{Blank, Example} {
		for name, data := range files(kind) {
			if path.Ext(name) == ".png" || strings.HasPrefix(name, schemaDir) {
				continue
			}
			for _, found := range address.FindAllString(string(data), -1) {
				namespace := path.Ext(name) == ".svg" && found == "http://www.w3.org"
				if found != "https://www.example.org" && found != "https://www.gov.cn" && !namespace {
					t.Errorf("%s: host %s", name, found)
				}
			}
			for _, found := range mail.FindAllString(string(data), -1) {
				if !strings.HasSuffix(found, "@example.org") {
					t.Errorf("%s: mail address %s", name, found)
				}
			}
			for _, found := range telephone.FindAllString(string(data), -1) {
				if !strings.HasPrefix(found, "0000-000000") {
					t.Errorf("%s: telephone %s", name, found)
				}
			}
			if found := digits.FindString(string(data)); found != "" && path.Ext(name) != ".pdf" {
				t.Errorf("%s: number %s", name, found)
			}
		}
	}
}

func TestEvidenceIsNamedOnceAndCarriesNoTraceOfItsMaker(t *testing.T) {
	disk, portal := laid(t, Example)
	named := map[string]bool{}
	for _, report := range portal.Reports {
		for _, issue := range report.Issues {
			for _, e := range issue.Evidence {
				named[path.Join(dataDir, "reports", string(report.ID), "files", e.File)] = true
			}
		}
	}
	kinds := map[string]bool{}
	for name, text := range tree(t, disk, ".") {
		if !strings.Contains(name, "/files/") {
			continue
		}
		if !named[name] {
			t.Errorf("no issue names %s", name)
		}
		delete(named, name)
		kinds[path.Ext(name)] = true
		switch path.Ext(name) {
		case ".pdf":
			if regexp.MustCompile(`/Info|/Author|/Producer|/Metadata|/ID`).MatchString(text) {
				t.Errorf("%s tells who made it", name)
			}
		case ".png":
			if diff := cmp.Diff([]string{"IHDR", "IDAT", "IEND"}, chunks(text)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
		}
	}
	for name := range named {
		t.Errorf("there is no file %s", name)
	}
	if len(kinds) != 4 {
		t.Errorf("kinds of files: %v", kinds)
	}
}

// chunks lists the chunks of a PNG picture.
func chunks(png string) []string {
	var names []string
	for at := 8; at+8 <= len(png); {
		size := binary.BigEndian.Uint32([]byte(png[at:]))
		names = append(names, png[at+4:at+8])
		at += int(size) + 12
	}
	return names
}

func marked(text string) bool {
	return slices.ContainsFunc(InternalMarks(), func(mark string) bool { return strings.Contains(text, mark) })
}

func TestInternalItemsAndNothingElseAreMarked(t *testing.T) {
	_, portal := laid(t, Example)
	if !portal.HasInternal() {
		t.Fatal("no internal item")
	}
	for text := range portal.InternalTexts() {
		if len([]rune(text)) >= 12 && !marked(text) {
			t.Errorf("an internal text is not marked: %s", text)
		}
	}
	public := portal.Public()
	for text := range public.PublicTexts() {
		if marked(text) {
			t.Errorf("a public text is marked: %s", text)
		}
	}
	for _, report := range public.Reports {
		for _, paragraph := range report.Paragraphs {
			if marked(paragraph) {
				t.Errorf("the source of %s holds %s", report.ID, paragraph)
			}
		}
	}
}
