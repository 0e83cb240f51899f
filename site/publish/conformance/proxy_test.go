//go:build linux

package conformance

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
	"testing"
)

// wire is a proxy for one server, on its own port, that does what bad networks
// do.
type wire struct {
	port    int
	cuts    atomic.Int64 // links that were cut
	swallow atomic.Bool  // from now on nothing passes, and nobody is told
}

// newWire cuts each link, with a reset, after a random number of bytes; limit 0
// never does.
func newWire(t testing.TB, to, limit int) *wire {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	t.Cleanup(func() { _ = l.Close() })
	w := &wire{port: l.Addr().(*net.TCPAddr).Port}
	go func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", to))
			if err != nil {
				_ = near.Close()
				continue
			}
			go w.join(near.(*net.TCPConn), far.(*net.TCPConn), limit)
		}
	}()
	return w
}

func (w *wire) join(near, far *net.TCPConn, limit int) {
	var left atomic.Int64
	if limit > 0 {
		left.Store(int64(limit/4 + rand.IntN(limit)))
	}
	cut := func() {
		_, _ = near.SetLinger(0), far.SetLinger(0) // a reset, not an end
		_, _ = near.Close(), far.Close()
	}
	pass := func(from, to net.Conn) {
		defer cut()
		buffer := make([]byte, 8<<10)
		for {
			n, err := from.Read(buffer)
			if err != nil {
				return
			}
			if w.swallow.Load() {
				continue
			}
			if limit > 0 && left.Add(-int64(n)) < 0 {
				w.cuts.Add(1)
				return
			}
			if _, err := to.Write(buffer[:n]); err != nil {
				return
			}
		}
	}
	go pass(near, far)
	go pass(far, near)
}

// newStorm is a proxy for an HTTP server that answers some requests with 503
// itself, resets others, and breaks some answers off in the middle.
func newStorm(t testing.TB, to int) (port int, faults *atomic.Int64) {
	t.Helper()
	target, err := url.Parse(fmt.Sprintf("http://127.0.0.1:%d", to))
	check(t, err)
	faults = &atomic.Int64{}
	// The signature is over the name by which the server was called.
	through := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target); r.Out.Host = r.In.Host },
		ErrorHandler: func(http.ResponseWriter, *http.Request, error) {
			panic(http.ErrAbortHandler)
		},
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch rand.IntN(12) {
		case 0:
			faults.Add(1)
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = io.WriteString(w, "<Error><Code>SlowDown</Code><Message>later</Message></Error>")
		case 1: // before the server hears of it
			faults.Add(1)
			panic(http.ErrAbortHandler)
		case 2: // after it did what was asked
			faults.Add(1)
			through.ServeHTTP(httptest.NewRecorder(), r)
			panic(http.ErrAbortHandler)
		default:
			through.ServeHTTP(w, r)
		}
	}))
	server.Config.ErrorLog = nil
	t.Cleanup(server.Close)
	at, err := url.Parse(server.URL)
	check(t, err)
	_, err = fmt.Sscan(at.Port(), &port)
	check(t, err)
	return port, faults
}
