package preview

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"mime"
	"net"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"

	"rectify/site/problem"
)

//go:embed live.js
var liveJS []byte

//go:embed live.css
var liveCSS []byte

// Result is what one build came to. Files is nil where there is no site.
type Result struct {
	Files    fs.FS
	Problems problem.List
	Failure  string // why there is no site, where no problem says so
}

// Options say what to show.
type Options struct {
	Dir   string                           // the portal's folder; problems name files below it
	Watch []string                         // folders whose changes start a build
	Lang  problem.Lang                     // of what the preview itself says
	Build func(ctx context.Context) Result // makes the site; never called twice at once
	Built func(Result)                     // told after each build; may be nil
}

// Server shows the newest good site and says what is wrong since.
type Server struct {
	o       Options
	session int64 // tells this run from an earlier one whose pages are still open

	mu      sync.Mutex
	n       int           // of the newest build
	good    int           // number of the build that files come from; 0: none yet
	files   fs.FS         //
	newest  Result        //
	changed chan struct{} // closed when the next build ends
}

// New makes a server; Run must be called for it to build anything.
func New(o Options) *Server {
	return &Server{o: o, session: time.Now().UnixNano(), changed: make(chan struct{})}
}

// Run builds at once and after every change, until ctx ends.
func (s *Server) Run(ctx context.Context) {
	changes := watch(ctx, s.o.Watch)
	for {
		result := s.o.Build(ctx)
		if ctx.Err() != nil {
			return
		}
		s.keep(result)
		if s.o.Built != nil {
			s.o.Built(result)
		}
		if _, ok := <-changes; !ok {
			return
		}
	}
}

func (s *Server) keep(r Result) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	s.newest = r
	if r.Files != nil {
		s.good, s.files = s.n, r.Files
	}
	close(s.changed)
	s.changed = make(chan struct{})
}

// now is what is shown: the newest good site and the number of the newest build.
func (s *Server) now() (files fs.FS, good, n int, newest Result, changed <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.files, s.good, s.n, s.newest, s.changed
}

func (s *Server) state(n int) string { return fmt.Sprintf("%x-%d", s.session, n) }

// ServeHTTP answers requests of this machine only: the listener is bound to the
// loopback address, and a Host of another name would be a web page trying to
// read the preview through the reader's browser.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !local(r.Host) {
		http.Error(w, "this preview answers to 127.0.0.1 only", http.StatusForbidden)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	// A page of another site could load the answers as scripts and read lines
	// of the data in them. Browsers say where a request comes from.
	if site := r.Header.Get("Sec-Fetch-Site"); strings.HasPrefix(r.URL.Path, "/_rectify/") && site != "" && site != "same-origin" && site != "none" {
		http.Error(w, "the preview's own files are for its own pages", http.StatusForbidden)
		return
	}
	switch r.URL.Path {
	case "/_rectify/answer.js":
		s.answer(w, r)
	case "/_rectify/live.js":
		send(w, "a.js", liveJS)
	case "/_rectify/live.css":
		send(w, "a.css", liveCSS)
	case "/_rectify/source":
		s.source(w, r)
	default:
		s.page(w, r)
	}
}

func local(host string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = host
	}
	return name == "localhost" || net.ParseIP(strings.Trim(name, "[]")).IsLoopback()
}

func send(w http.ResponseWriter, name string, data []byte) {
	kind := mime.TypeByExtension(path.Ext(name))
	if kind == "" {
		kind = "application/octet-stream"
	}
	w.Header().Set("Content-Type", kind)
	_, _ = w.Write(data) // the reader may have gone
}

// page serves a file of the newest good site. There is no redirect from
// index.html to its folder, since every link names its file.
func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	files, good, _, newest, changed := s.now()
	for files == nil && newest.Problems == nil && newest.Failure == "" {
		// The first build is still at work.
		select {
		case <-changed:
		case <-r.Context().Done():
			return
		}
		files, good, _, newest, changed = s.now()
	}
	if files == nil {
		w.WriteHeader(http.StatusInternalServerError)
		send(w, "a.html", s.live([]byte("<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>rectify</title><body></body></html>"), 0))
		return
	}
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	if name == "" || strings.HasSuffix(r.URL.Path, "/") {
		name = path.Join(name, "index.html")
	}
	data, err := fs.ReadFile(files, name)
	if err != nil || hidden(name) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusNotFound)
		name = "404.html"
		if data, err = fs.ReadFile(files, name); err != nil {
			data = []byte("<!doctype html><meta charset=\"utf-8\"><title>404</title><body>404</body>")
		}
	}
	if path.Ext(name) == ".html" {
		data = s.live(data, good)
	}
	send(w, name, data)
}

// hidden keeps the records of the output folder out of sight.
func hidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.Contains(name, "/.")
}

// live adds the preview's script and styles to a page made by build n.
func (s *Server) live(html []byte, n int) []byte {
	lang := s.o.Lang
	tags := fmt.Sprintf(
		`<link rel="stylesheet" href="/_rectify/live.css"><script src="/_rectify/live.js" data-state="%s" data-show="%s"></script>`,
		s.state(n), [...]string{"先看上一次成功的网站", "Show the last good site"}[lang],
	)
	if at := bytes.LastIndex(html, []byte("</body>")); at >= 0 {
		return bytes.Join([][]byte{html[:at], []byte(tags), html[at:]}, nil)
	}
	return append(html[:len(html):len(html)], tags...)
}

// patience is how long a question is held back: shorter than what proxies and
// browsers put up with.
const patience = 25 * time.Second

// answer says what is new since the state that the page knows, as soon as there
// is something to say.
func (s *Server) answer(w http.ResponseWriter, r *http.Request) {
	_, good, n, newest, changed := s.now()
	if r.URL.Query().Get("state") == s.state(n) {
		select {
		case <-changed:
			_, good, n, newest, _ = s.now()
		case <-time.After(patience):
		case <-r.Context().Done():
			return
		}
	}
	data, err := json.Marshal(s.message(good, n, newest))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	send(w, "a.js", append(append([]byte("rectifyAnswer("), data...), ");"...))
}

// message is what live.js is told.
type message struct {
	State    string `json:"state"`
	Good     bool   `json:"good"`
	Title    string `json:"title"`
	Problems []row  `json:"problems"`
}

type row struct {
	Place    string `json:"place"`
	Href     string `json:"href"`
	Severity string `json:"severity"`
	Code     string `json:"code"`
	Text     string `json:"text"`
	Frame    string `json:"frame"`
	Hint     string `json:"hint"`
}

func (s *Server) message(good, n int, newest Result) message {
	lang := s.o.Lang
	m := message{State: s.state(n), Good: n == good, Problems: []row{}}
	if m.Good {
		return m
	}
	m.Title = [...]string{"这次改动有错误,网站没有更新", "This change has errors; the site was not updated"}[lang]
	for _, p := range newest.Problems {
		if p.Severity != problem.Error {
			continue
		}
		r := row{
			Place: p.Place.String(), Severity: p.Severity.Word(lang), Code: string(p.Code),
			Text: p.Text(lang), Hint: p.Hint(lang),
		}
		if p.Frame != nil {
			r.Frame = p.Frame.Text + "\n" + p.Frame.Mark
			r.Href = sourceHref(p.Place)
		}
		m.Problems = append(m.Problems, r)
	}
	if newest.Failure != "" {
		m.Problems = append(m.Problems, row{Text: newest.Failure, Severity: problem.Error.Word(lang)})
	}
	return m
}
