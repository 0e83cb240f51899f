package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"time"

	"github.com/spf13/afero"

	"rectify/site"
	"rectify/site/preview"
)

// firstPort is where the preview is looked for; a few more are tried when it is
// taken and nobody asked for a certain one.
const (
	firstPort = 8470
	morePorts = 20
)

type serveOptions struct {
	port int
	open bool
}

var serveCommand = command{
	name:    "serve",
	summary: words{"预览:保存即刷新", "preview: save and see"},
	help: words{
		`rectify serve
rectify serve --open
rectify serve --port 9000

在本机(127.0.0.1)预览网站。保存 data/ 或 themes/ 里的文件后,浏览器自动刷新;有错误时,
错误显示在网页上,上一次成功的网站还在下面。public/ 不受影响。按 Ctrl+C 结束。

  --port N   端口;默认 8470,被占用时用后面空闲的一个
  --open     打开浏览器`,
		`rectify serve
rectify serve --open
rectify serve --port 9000

Shows the site on this machine (127.0.0.1). When a file under data/ or themes/ is
saved the browser reloads; errors are shown over the page, the last good site
stays underneath. public/ is not touched. Ctrl+C ends it.

  --port N   the port; by default 8470, or the next free one
  --open     open the browser`,
	},
	setup: func(flags *flag.FlagSet) func(context.Context, *session, []string) error {
		var o serveOptions
		flags.IntVar(&o.port, "port", 0, "")
		flags.BoolVar(&o.open, "open", false, "")
		return func(ctx context.Context, s *session, args []string) error {
			if len(args) > 0 {
				return tooMany(args)
			}
			return o.run(ctx, s)
		}
	},
}

func (o *serveOptions) run(ctx context.Context, s *session) error {
	dir, err := filepath.Abs(s.dir)
	if err != nil {
		return err
	}
	listener, err := o.listen()
	if err != nil {
		return err
	}
	address := "http://" + listener.Addr().String() + "/"
	if err := s.result(map[string]string{"url": address}, address); err != nil {
		return errors.Join(err, listener.Close())
	}
	s.say(words{"在浏览器里打开上面的网址;按 Ctrl+C 结束", "open this address in a browser; Ctrl+C ends the preview"})
	files := afero.NewMemMapFs()
	show := preview.New(preview.Options{
		Dir: dir, Lang: s.lang,
		Watch: []string{filepath.Join(dir, site.DataDir), filepath.Join(dir, "themes")},
		Build: func(ctx context.Context) preview.Result { return s.buildInMemory(ctx, dir, files) },
		Built: s.sayBuilt,
	})
	server := &http.Server{Handler: show, ReadHeaderTimeout: 10 * time.Second}
	done := make(chan struct{})
	go func() {
		defer close(done)
		show.Run(ctx)
		// Open pages hold a question each; they are not waited for.
		_ = server.Close()
	}()
	if o.open {
		openBrowser(address)
	}
	if err := server.Serve(listener); err != nil && !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	<-done
	return nil
}

// listen takes the port that was asked for, or the first free one.
func (o *serveOptions) listen() (net.Listener, error) {
	from, to := firstPort, firstPort+morePorts
	if o.port != 0 {
		from, to = o.port, o.port
	}
	var last error
	for port := from; port <= to; port++ {
		listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		if err == nil {
			return listener, nil
		}
		last = err
	}
	return nil, &usageError{words{
		fmt.Sprintf("端口 %d 用不了(%v);换一个:rectify serve --port %d", from, last, from+1),
		fmt.Sprintf("port %d cannot be used (%v); name another: rectify serve --port %d", from, last, from+1),
	}}
}

// buildInMemory builds through the same conductor, into memory. The files of the
// build before are there still, so that only those that changed are made; they
// are exchanged one by one while the browser waits for the build to end.
func (s *session) buildInMemory(ctx context.Context, dir string, files afero.Fs) preview.Result {
	result, err := site.Build(ctx, site.Options{Dir: dir, Out: "site", OutFS: files, Program: program()})
	var failed *site.ProblemError
	switch {
	case err == nil:
		return preview.Result{Files: afero.NewIOFS(afero.NewBasePathFs(files, "site")), Problems: result.Problems}
	case errors.As(err, &failed):
		return preview.Result{Problems: failed.Problems}
	}
	_, text, _ := s.explain(ctx, err)
	return preview.Result{Failure: text}
}

// sayBuilt tells the terminal what the browser shows.
func (s *session) sayBuilt(r preview.Result) {
	now := time.Now().Format("15:04:05")
	if r.Files != nil {
		s.say(words{now + " 网站已更新", now + " site updated"})
		return
	}
	s.printProblems(r.Problems)
	s.say(words{now + " 有错误,网站没有更新 " + r.Failure, now + " errors, the site was not updated " + r.Failure})
}

// openBrowser asks the system to show an address; a system without a browser
// still has the address on its terminal.
func openBrowser(address string) {
	var opener *exec.Cmd
	switch runtime.GOOS {
	case "windows":
		opener = exec.Command("rundll32", "url.dll,FileProtocolHandler", address)
	case "darwin":
		opener = exec.Command("open", address)
	default:
		opener = exec.Command("xdg-open", address)
	}
	if opener.Start() == nil {
		go func() { _ = opener.Wait() }() // whatever the browser says is its own affair
	}
}

// isPortal says whether the folder is one of a portal: a double click on the
// program there means build, serve and open the browser.
func isPortal(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, site.DataDir, "portal.yaml"))
	return err == nil
}
