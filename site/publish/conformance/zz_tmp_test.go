//go:build linux

package conformance

import (
	"context"
	"fmt"
	"io"
	"os"
	"sort"
	"sync"
	"testing"
	"time"

	"rectify/site/publish"
)

type timed struct {
	publish.Disk
	mu *sync.Mutex
	n  map[string]int
	d  map[string]time.Duration
}

func (t *timed) at(op string) func() {
	s := time.Now()
	return func() { t.mu.Lock(); t.n[op]++; t.d[op] += time.Since(s); t.mu.Unlock() }
}
func (t *timed) Lstat(n string) (publish.Info, error)   { defer t.at("lstat")(); return t.Disk.Lstat(n) }
func (t *timed) List(n string) ([]publish.Info, error)  { defer t.at("list")(); return t.Disk.List(n) }
func (t *timed) Read(n string, s int64, w io.Writer) error { defer t.at("read")(); return t.Disk.Read(n, s, w) }
func (t *timed) Create(n string, r io.Reader) error     { defer t.at("create")(); return t.Disk.Create(n, r) }
func (t *timed) Mkdir(n string) error                   { defer t.at("mkdir")(); return t.Disk.Mkdir(n) }
func (t *timed) Link(a, b string) error                 { defer t.at("link")(); return t.Disk.Link(a, b) }
func (t *timed) Rename(a, b string) error               { defer t.at("rename")(); return t.Disk.Rename(a, b) }
func (t *timed) Remove(a string) error                  { defer t.at("remove")(); return t.Disk.Remove(a) }

func TestZZ(t *testing.T) {
	for _, k := range []kind{sftpReleases, sftpPlain} {
		p := newPlace(t, k)
		dial := p.to.Dial
		s := makeSite(10000, 1)
		if os.Getenv("LAT") != "" {
			_ = dial
		}
		for v := 1; v <= 4; v++ {
			if v > 1 {
				for i := range 100 {
					path := fmt.Sprintf("issues/%06d.html", 100100+i*97)
					s[path] = text(path, v)
				}
			}
			td := &timed{mu: &sync.Mutex{}, n: map[string]int{}, d: map[string]time.Duration{}}
			p.to.Dial = func(ctx context.Context) (publish.Host, error) {
				h, err := dial(ctx)
				if err != nil {
					return nil, err
				}
				td.Disk = h.(publish.Disk)
				return td, nil
			}
			start := time.Now()
			var phases []string
			last, lastAt := publish.Phase(""), start
			_, err := p.to.Publish(t.Context(), s.tree(fmt.Sprintf("r%d", v)), publish.Options{Progress: func(g publish.Progress) {
				if g.Phase != last {
					phases = append(phases, fmt.Sprintf("%s %.2f", last, time.Since(lastAt).Seconds()))
					last, lastAt = g.Phase, time.Now()
				}
			}})
			check(t, err)
			phases = append(phases, fmt.Sprintf("%s %.2f", last, time.Since(lastAt).Seconds()))
			var ops []string
			for op, n := range td.n {
				ops = append(ops, fmt.Sprintf("%s %d×=%.2fs", op, n, td.d[op].Seconds()))
			}
			sort.Strings(ops)
			t.Logf("%s v%d %.2fs\n  %v\n  %v", k, v, time.Since(start).Seconds(), phases, ops)
		}
	}
}
