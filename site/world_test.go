package site

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"github.com/spf13/afero"
	"golang.org/x/net/html"

	"rectify/site/load"
	"rectify/site/model"
	"rectify/site/page"
	"rectify/site/scaffold"
)

// realPortal is the repository itself: its data folder holds the real report.
const realPortal = ".."

// examplePortal lays the example, which has every kind of content, into a
// folder of the test's own.
func examplePortal(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	layExample(t, dir)
	return dir
}

func layExample(t *testing.T, dir string) {
	t.Helper()
	if err := scaffold.Write(afero.NewOsFs(), dir, scaffold.Example); err != nil {
		t.Fatal(err)
	}
}

func layReal(t *testing.T, dir string) {
	t.Helper()
	if err := os.CopyFS(filepath.Join(dir, DataDir), os.DirFS(filepath.Join(realPortal, DataDir))); err != nil {
		t.Fatal(err)
	}
}

func loaded(t testing.TB, dir string) *model.Portal {
	t.Helper()
	portal, found := load.Load(context.Background(), afero.NewBasePathFs(afero.NewOsFs(), dir), DataDir)
	if found.HasErrors() {
		t.Fatal(found)
	}
	return portal
}

func realReport(t *testing.T) *model.Report {
	t.Helper()
	return loaded(t, realPortal).Reports[0]
}

// built builds the real portal into a folder of the test's own.
func built(t *testing.T, o Options) (string, Result) {
	t.Helper()
	o.Dir, o.Out = realPortal, t.TempDir()
	result, err := Build(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return o.Out, result
}

// digests gives path → SHA-256 of every public file in a folder.
func digests(t *testing.T, dir string) map[string]string {
	t.Helper()
	sums := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if d != nil && d.Name() == ".rectify" {
				return fs.SkipDir
			}
			return err
		}
		data, err := os.ReadFile(name)
		sum := sha256.Sum256(data)
		rel, _ := filepath.Rel(dir, name)
		sums[filepath.ToSlash(rel)] = hex.EncodeToString(sum[:])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return sums
}

func parse(t *testing.T, dir, path string) *html.Node {
	t.Helper()
	file, err := os.Open(filepath.Join(dir, filepath.FromSlash(path)))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	doc, err := html.Parse(file)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func text(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := range n.ChildNodes() {
		b.WriteString(text(c))
	}
	return b.String()
}

func all(n *html.Node, selector string) []*html.Node {
	return cascadia.QueryAll(n, cascadia.MustCompile(selector))
}

// texts are the texts of what a selector finds, without white space around.
func texts(n *html.Node, selector string) []string {
	var found []string
	for _, node := range all(n, selector) {
		found = append(found, strings.TrimSpace(text(node)))
	}
	return found
}

// demoHistory is what a site tells of one invented release.
func demoHistory() history {
	return history{releases: []page.Release{{
		ID: "2025-03", Time: "2025-03-05 09:30", Content: "sha256:00", Code: "0000-0000-0000", Manifest: "00", Files: 3, Bytes: 5000,
		Beside: []string{"releases/2025-03/manifest.json"}, Checkpoint: "example.org/log\n1\nroot\n", Log: logPath,
		Machine: "releases/2025-03.changes.json", Changes: page.ReleaseChanges{Summary: "首次公布", Totals: []page.ReleaseTotal{{Label: "问题", After: "30"}}},
	}}}
}
