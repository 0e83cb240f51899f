package audit

import (
	"archive/zip"
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"rectify/site/problem"
)

var update = flag.Bool("update", false, "write what was found into testdata/*.txtar")

// shell is the page around the files of the small sites in testdata that do
// not begin with <!doctype: those give the inside of main, behind its h1.
const shell = `<!doctype html><html lang=zh-CN><meta charset=utf-8>` +
	`<meta http-equiv=Content-Security-Policy content="` + Policy + `"><title>标题</title>` +
	`<meta name=SiteName content=站><meta name=ColumnName content=栏><meta name=ColumnDescription content=栏>` +
	`<meta name=ColumnKeywords content=栏><meta name=ColumnType content=栏><meta name=ArticleTitle content=题>` +
	`<meta name=PubDate content="2024-11-08 14:43"><meta name=ContentSource content=源>` +
	`<main><h1>标题</h1>%s</main>`

// world is one small site: files, the options in the comment above them, and
// the problems that are wanted, one in a line: code, place, arguments.
type world struct {
	options Options
	places  bool // lines and columns count too
	files   []txtar.File
	want    string
}

func readWorld(t testing.TB, file string) (world, *txtar.Archive) {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	w := world{options: Options{Lang: "zh-CN"}}
	var private, public []string
	for line := range strings.Lines(string(archive.Comment)) {
		key, value, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		number, _ := strconv.Atoi(value)
		switch key {
		case "lang":
			w.options.Lang = strings.Trim(value, `"`)
		case "base":
			w.options.BaseURL = value
		case "private":
			private = append(private, value)
		case "public":
			public = append(public, value)
		case "issue page":
			w.options.Budgets.IssuePage = number
		case "css":
			w.options.Budgets.CSS = number
		case "js":
			w.options.Budgets.JS = number
		case "search":
			w.options.Budgets.SearchJS = number
		case "places":
			w.places = true
		default:
			t.Fatalf("%s: unknown option %q", file, key)
		}
	}
	if private != nil {
		w.options.Private = slices.Values(private)
		w.options.Public = slices.Values(public)
	}
	for _, f := range archive.Files {
		if f.Name == "want" {
			w.want = string(f.Data)
			continue
		}
		if strings.HasSuffix(f.Name, ".html") && !bytes.HasPrefix(f.Data, []byte("<!doctype")) && !bytes.HasPrefix(f.Data, []byte("raw:")) {
			f.Data = fmt.Appendf(nil, shell, bytes.TrimSpace(f.Data))
		}
		f.Data = bytes.TrimPrefix(f.Data, []byte("raw:\n"))
		w.files = append(w.files, f)
	}
	return w, archive
}

func (w world) audit() problem.List {
	a := New(w.options)
	var out problem.List
	for _, f := range w.files {
		out = append(out, a.Add(f.Name, f.Data)...)
	}
	return append(out, w.finish(a)...)
}

// finish ends an audit; it may read the world's files again.
func (w world) finish(a *Auditor) problem.List {
	found, err := a.Finish(func(path string) ([]byte, error) {
		for _, f := range w.files {
			if f.Name == path {
				return f.Data, nil
			}
		}
		return nil, fs.ErrNotExist
	})
	if err != nil {
		panic(err)
	}
	return found
}

func (w world) lines(l problem.List) string {
	var out strings.Builder
	l.Sort()
	for _, p := range l {
		if !w.places {
			p.Place.Line, p.Place.Column = 0, 0
		}
		fmt.Fprintf(&out, "%s %s", p.Code, p.Place)
		for _, a := range p.Args {
			out.WriteString(" " + strconv.Quote(a))
		}
		out.WriteByte('\n')
	}
	return out.String()
}

func worlds(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no testdata: %v", err)
	}
	return files
}

func TestSmallSites(t *testing.T) {
	for _, file := range worlds(t) {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		t.Run(name, func(t *testing.T) {
			w, archive := readWorld(t, file)
			got := w.lines(w.audit())
			if *update {
				i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" })
				if i < 0 {
					archive.Files = append(archive.Files, txtar.File{Name: "want"})
					i = len(archive.Files) - 1
				}
				archive.Files[i].Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(w.want, got); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTheOrderOfFilesDoesNotShow(t *testing.T) {
	for _, file := range worlds(t) {
		w, _ := readWorld(t, file)
		if strings.Contains(file, "O018") {
			continue // of two files with one name, the first counts
		}
		for seed := range uint64(5) {
			r := rand.New(rand.NewPCG(seed, 0))
			r.Shuffle(len(w.files), func(i, j int) { w.files[i], w.files[j] = w.files[j], w.files[i] })
			a := New(w.options)
			lists := make([]problem.List, len(w.files))
			var wait sync.WaitGroup
			for i, f := range w.files {
				wait.Go(func() { lists[i] = a.Add(f.Name, f.Data) })
			}
			wait.Wait()
			got := w.lines(append(slices.Concat(lists...), w.finish(a)...))
			if diff := cmp.Diff(w.want, got); diff != "" {
				t.Errorf("%s (-in order +shuffled, at the same time):\n%s", file, diff)
			}
		}
	}
}

// A file that did not change is not looked at again; what is known of it must
// lead to the same findings.
func TestKeptFactsSayWhatTheFileSays(t *testing.T) {
	for _, file := range worlds(t) {
		w, _ := readWorld(t, file)
		first, later := New(w.options), New(w.options)
		if !bytes.Equal(first.Digest(), later.Digest()) {
			t.Errorf("%s: the same options have two digests", file)
		}
		var got problem.List
		for _, f := range w.files {
			looked := first.Look(f.Name, f.Data)
			kept := looked.AppendTo(nil)
			facts, err := ReadFacts(f.Name, kept)
			if err != nil {
				t.Fatalf("%s: %s: %v", file, f.Name, err)
			}
			got = append(got, facts.Problems()...)
			later.Take(facts)
			for n := range kept {
				if _, err := ReadFacts(f.Name, kept[:n]); err == nil {
					t.Fatalf("%s: %s: %d of %d bytes pass for facts", file, f.Name, n, len(kept))
				}
			}
		}
		if diff := cmp.Diff(w.want, w.lines(append(got, w.finish(later)...))); diff != "" {
			t.Errorf("%s (-looked at +kept):\n%s", file, diff)
		}
	}
}

func TestDigestFollowsEveryOption(t *testing.T) {
	seen := map[string]int{}
	for i, o := range []Options{
		{},
		{Lang: "zh-CN"},
		{BaseURL: "https://www.example.org/"},
		{Budgets: Budgets{CSS: 1}},
		{Private: slices.Values([]string{"某单位违规发放津贴补贴共计十二万元整"})},
		{Private: slices.Values([]string{"某单位违规发放津贴补贴共计十三万元整"})},
		{Private: slices.Values([]string{"某单位违规发放津贴补贴共计十二万元整"}), Public: slices.Values([]string{"某单位违规发放津贴补贴共计"})},
	} {
		digest := string(New(o).Digest())
		if other, ok := seen[digest]; ok {
			t.Errorf("options %d and %d have one digest", other, i)
		}
		seen[digest] = i
	}
}

func TestFilesThatAreOnlyKnownCanBeLinkedTo(t *testing.T) {
	a := New(Options{})
	a.Known("files/x/a.pdf")
	a.Known("releases/2024-1.html")
	got := a.Add("a.html", fmt.Appendf(nil, shell, `<a href=files/x/a.pdf>一</a><a href=releases/2024-1.html#any>二</a>`))
	if got = append(got, world{}.finish(a)...); len(got) > 0 {
		t.Errorf("problems: %v", world{}.lines(got))
	}
	a.Add("releases/2024-1.html", nil)
	if got := (world{}).lines(world{}.finish(a)); !strings.HasPrefix(got, "O018 releases/2024-1.html ") {
		t.Errorf("a known file that is added again is two files: %s", got)
	}
}

func TestPrivateTextIsFoundInsideWorkbooks(t *testing.T) {
	var book bytes.Buffer
	z := zip.NewWriter(&book)
	part, err := z.Create("xl/sharedStrings.xml")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write([]byte(`<sst><si><r><t>该单位于2023年</t></r><r><t>违规发放津贴</t></r></si></sst>`)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	a := New(Options{Private: slices.Values([]string{"经查，该单位于2023年违规发放津贴共计十二万元整。"})})
	if got, want := (world{}).lines(a.Add("data/issues.xlsx", book.Bytes())), "O022 data/issues.xlsx \"该单位于2023年违规发放津贴\"\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := a.Add("files/x/broken.xlsx", []byte("PK")); len(got) > 0 {
		t.Errorf("evidence is not judged: %v", got)
	}
}

func TestALongPageThatRepeatsItselfIsWithinItsBudget(t *testing.T) {
	s := new(scan)
	s.start(New(Options{}), "issues/100001.html", bytes.Repeat([]byte("巡察整改公开 abcdefghijklmnopqrstuvwxyz\n"), 2000))
	if s.weighPage(DefaultBudgets.IssuePage); len(s.out) > 0 {
		t.Errorf("%d bytes that compress well: %v", len(s.data), s.out)
	}
}

func TestEveryOutputCodeHasASmallSite(t *testing.T) {
	elsewhere := map[problem.Code]string{
		problem.MissingMarks: "the marks are in portal.yaml, where check looks",
		problem.NoBaseURL:    "the conductor knows whether an address was given, the files do not",
	}
	var raised strings.Builder
	for _, file := range worlds(t) {
		w, _ := readWorld(t, file)
		raised.WriteString(w.want)
	}
	for _, code := range problem.Codes() {
		if code[0] != 'O' {
			continue
		}
		covered := strings.Contains("\n"+raised.String(), "\n"+string(code)+" ")
		if _, exempt := elsewhere[code]; covered == exempt {
			t.Errorf("%s: covered by a small site: %t, exempt: %t", code, covered, exempt)
		}
	}
}

func TestTextsUseTheirArguments(t *testing.T) {
	for _, file := range worlds(t) {
		w, _ := readWorld(t, file)
		for _, p := range w.audit() {
			for _, lang := range []problem.Lang{problem.Chinese, problem.English} {
				if text := p.Text(lang) + p.Hint(lang); strings.Contains(text, "{0}") || strings.Contains(text, "{1}") || strings.Contains(text, "{2}") {
					t.Errorf("%s: %s lacks an argument: %s", file, p.Code, text)
				}
			}
		}
	}
}
