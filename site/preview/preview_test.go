package preview

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"rectify/site/problem"
)

func page(text string) fstest.MapFS {
	return fstest.MapFS{
		"index.html":             {Data: []byte("<!doctype html><body>" + text + "</body>")},
		"404.html":               {Data: []byte("<!doctype html><body>no such page</body>")},
		".rectify/manifest.json": {Data: []byte("{}")},
	}
}

// started is a server over a folder with one data file, whose builds the test
// hands in one by one.
func started(t *testing.T) (s *Server, builds chan<- Result, get func(path string) (int, string)) {
	t.Helper()
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	if err := os.MkdirAll(data, 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(data, "portal.yaml"), "format: 1\nname: <示例>\n")
	write(t, filepath.Join(dir, "secret.txt"), "secret")
	if err := os.Symlink(filepath.Join(dir, "secret.txt"), filepath.Join(data, "link.txt")); err != nil {
		t.Fatal(err)
	}
	results := make(chan Result, 1)
	s = New(Options{Dir: dir, Watch: []string{data}, Build: func(ctx context.Context) Result {
		select {
		case r := <-results:
			return r
		case <-ctx.Done():
			return Result{}
		}
	}})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { s.Run(ctx); close(done) }()
	server := httptest.NewServer(s)
	t.Cleanup(func() { cancel(); <-done; server.Close() })
	return s, results, func(path string) (int, string) {
		t.Helper()
		response, err := http.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		text, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return response.StatusCode, string(text)
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestPageWaitsForTheFirstBuild(t *testing.T) {
	_, builds, get := started(t)
	go func() {
		time.Sleep(20 * time.Millisecond)
		builds <- Result{Files: page("good")}
	}()
	if code, text := get("/"); code != http.StatusOK || !strings.Contains(text, "good") || !strings.Contains(text, "live.js") {
		t.Errorf("%d %s", code, text)
	}
}

func TestSiteThatWasNeverGoodSaysWhatIsWrong(t *testing.T) {
	_, builds, get := started(t)
	builds <- Result{Problems: problem.List{problem.New(problem.BadDate, problem.Place{File: "data/portal.yaml", Line: 2, Column: 1}, "x", "y")}}
	if code, text := get("/"); code != http.StatusInternalServerError || !strings.Contains(text, "live.js") {
		t.Errorf("%d %s", code, text)
	}
	if _, text := get("/_rectify/answer.js?state=old"); !strings.Contains(text, "D013") || !strings.Contains(text, `"good":false`) {
		t.Error(text)
	}
}

func TestQuestionIsHeldBackUntilThereIsNews(t *testing.T) {
	s, builds, get := started(t)
	builds <- Result{Files: page("one")}
	get("/")
	answered := make(chan string)
	go func() {
		_, text := get("/_rectify/answer.js?state=" + s.state(1))
		answered <- text
	}()
	select {
	case text := <-answered:
		t.Fatalf("answered at once: %s", text)
	case <-time.After(100 * time.Millisecond):
	}
	builds <- Result{Files: page("two")}
	write(t, filepath.Join(s.o.Dir, "data", "portal.yaml"), "format: 1\nname: changed\n")
	select {
	case text := <-answered:
		if !strings.Contains(text, s.state(2)) || !strings.Contains(text, `"good":true`) {
			t.Error(text)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("no answer after a change")
	}
	if _, text := get("/index.html"); !strings.Contains(text, "two") {
		t.Error(text)
	}
}

func TestMissingPagesAreAnsweredAsAHostWould(t *testing.T) {
	_, builds, get := started(t)
	builds <- Result{Files: page("good")}
	for _, path := range []string{"/none.html", "/.rectify/manifest.json", "/../secret.txt"} {
		if code, text := get(path); code != http.StatusNotFound || !strings.Contains(text, "no such page") {
			t.Errorf("%s: %d %s", path, code, text)
		}
	}
}

func TestSourceShowsWatchedFilesAndNothingElse(t *testing.T) {
	_, builds, get := started(t)
	builds <- Result{Files: page("good")}
	code, text := get("/_rectify/source?file=data/portal.yaml&line=2")
	if code != http.StatusOK || !strings.Contains(text, `id="here">2  name: &lt;示例&gt;`) {
		t.Errorf("%d %s", code, text)
	}
	for _, file := range []string{"secret.txt", "data/../secret.txt", "data/link.txt", "/etc/passwd", "../x", "data"} {
		if code, text := get("/_rectify/source?file=" + file + "&line=1"); code != http.StatusNotFound {
			t.Errorf("%s: %d %s", file, code, text)
		}
	}
}
