package preview

import (
	"html/template"
	"io"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"rectify/site/problem"
)

// largestSource is the most that is shown of one file.
const largestSource = 4 << 20

// sourceHref leads to the line of a problem. A file:// link would not do:
// browsers do not follow one from a page that came over http.
func sourceHref(p problem.Place) string {
	q := url.Values{"file": {p.File}, "line": {strconv.Itoa(p.Line)}}
	return "/_rectify/source?" + q.Encode() + "#here"
}

var sourcePage = template.Must(template.New("source").Parse(`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{{.File}}</title>
<link rel="stylesheet" href="/_rectify/live.css"></head>
<body><h1 class="rectify-live__title">{{.File}}</h1><p>{{.Full}}</p>
<pre class="rectify-live__frame">{{range .Lines}}<span class="rectify-live__line{{if .Here}} rectify-live__line--here{{end}}"{{if .Here}} id="here"{{end}}>{{.N}}  {{.Text}}</span>{{end}}</pre>
</body></html>
`))

type sourceLine struct {
	N    int
	Text string
	Here bool
}

// source shows a file of the watched folders with one line marked.
func (s *Server) source(w http.ResponseWriter, r *http.Request) {
	name := path.Clean(r.URL.Query().Get("file"))
	here, _ := strconv.Atoi(r.URL.Query().Get("line"))
	text, err := s.read(name)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	var lines []sourceLine
	for i, line := range strings.Split(text, "\n") {
		lines = append(lines, sourceLine{i + 1, strings.TrimSuffix(line, "\r"), i+1 == here})
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	// The reader may have gone.
	_ = sourcePage.Execute(w, map[string]any{"File": name, "Full": filepath.Join(s.o.Dir, name), "Lines": lines})
}

// read gives a file below a watched folder. os.Root keeps names and links from
// leading out of the portal's folder.
func (s *Server) read(name string) (string, error) {
	full := filepath.Join(s.o.Dir, filepath.FromSlash(name))
	watched := false
	for _, folder := range s.o.Watch {
		if rel, err := filepath.Rel(folder, full); err == nil && filepath.IsLocal(rel) {
			watched = true
		}
	}
	if !watched {
		return "", os.ErrNotExist
	}
	root, err := os.OpenRoot(s.o.Dir)
	if err != nil {
		return "", err
	}
	defer root.Close()
	file, err := root.Open(name)
	if err != nil {
		return "", err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, largestSource))
	return strings.ToValidUTF8(string(data), "\uFFFD"), err
}
