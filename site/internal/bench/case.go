package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/spf13/afero"

	"rectify/site/internal/synth"
)

// kase is what happened before the run.
type kase string

const (
	clean     kase = "clean"
	unchanged kase = "unchanged"
	oneItem   kase = "one item"
	footer    kase = "footer"
)

var cases = []kase{clean, unchanged, oneItem, footer}

// templates are those of Eleventy.
//
//go:embed all:eleventy
var embedded embed.FS

var templates = func() fs.FS {
	sub, err := fs.Sub(embedded, "eleventy")
	if err != nil {
		panic(err)
	}
	return sub
}()

// settled is how long data lie before they are built: whoever trusts the time of
// a file waits until it cannot change any more.
const settled = 2500 * time.Millisecond

// measureSize measures all contestants in all cases for one size.
func measureSize(ctx context.Context, o options, n int) ([]measurement, error) {
	w := &world{options: o, n: n, dir: filepath.Join(o.work, fmt.Sprint(n)), failed: map[string]bool{}}
	if err := os.RemoveAll(w.dir); err != nil {
		return nil, err
	}
	defer os.RemoveAll(w.dir)
	if err := w.lay(); err != nil {
		return nil, err
	}
	best := map[string]measurement{}
	for range o.rounds {
		for _, k := range cases {
			if err := w.prepare(ctx, k); err != nil {
				return nil, err
			}
			for _, m := range w.turn(ctx, k) {
				if before, ok := best[m.key()]; !ok || m.CPU < before.CPU {
					best[m.key()] = m
				}
			}
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
		}
	}
	return slices.Collect(maps.Values(best)), nil
}

// world is a portal with what was made of it for each contestant.
type world struct {
	options
	n      int
	dir    string
	edits  int
	failed map[string]bool // contestants that are not asked again
}

func (w *world) path(name string) string { return filepath.Join(w.dir, filepath.FromSlash(name)) }

// lay makes the portal, and a second one that shares its data: what feeds the
// others must not fill the memory of the one that is measured.
func (w *world) lay() error {
	if err := synth.WriteProvince(afero.NewBasePathFs(afero.NewOsFs(), w.path("portal")), w.n, 1); err != nil {
		return err
	}
	if err := os.MkdirAll(w.path("feeder"), 0o755); err != nil {
		return err
	}
	if err := os.Symlink("../portal/data", w.path("feeder/data")); err != nil {
		return err
	}
	if err := os.CopyFS(w.path("eleventy"), templates); err != nil {
		return err
	}
	return os.Symlink(filepath.Join(w.npm, "node_modules"), w.path("eleventy/node_modules"))
}

// prepare edits the portal as the case says, and gives the others the same
// content: a Hugo project of all pages, and the issues as JSON. None of this is
// measured.
func (w *world) prepare(ctx context.Context, k kase) error {
	if err := w.change(k); err != nil {
		return err
	}
	if w.only != "rectify" {
		if err := w.feed(ctx); err != nil {
			return err
		}
	}
	time.Sleep(settled)
	return nil
}

func (w *world) change(k kase) error {
	w.edits++
	switch k {
	case clean:
		for _, made := range []string{"portal/public", "portal/.rectify", "hugo", "eleventy/_site", "eleventy/.cache"} {
			if err := os.RemoveAll(w.path(made)); err != nil {
				return err
			}
		}
	case oneItem:
		return w.rewrite("data/reports/demo-001/issues/100007.yaml", "status", fmt.Sprintf(
			"{code: long_term, as_of: 2025-02-02, basis: 示例的第%d次说明。}", w.edits))
	case footer:
		return w.rewrite("data/portal.yaml", "footer", fmt.Sprintf(
			"[{title: 示例链接, links: [{title: 示例网站第%d版, url: https://www.example.org/}]}]", w.edits))
	}
	return nil
}

// rewrite gives a key of a file another value, which stands on one line.
func (w *world) rewrite(name, key, value string) error {
	name = w.path("portal/" + name)
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	line := regexp.MustCompile(`(?m)^` + key + `:.*\n`)
	data = append(line.ReplaceAll(data, nil), key+": "+value+"\n"...)
	return os.WriteFile(name, data, 0o644)
}

func (w *world) feed(ctx context.Context) error {
	made := w.path("feeder/public")
	m := w.process(ctx, w.path("feeder"), w.rectify, "build", "-q", "--stage", w.path("project"))
	if m.Failed != "" {
		return fmt.Errorf("feed the others: %s", m.Failed)
	}
	if err := os.MkdirAll(w.path("eleventy/_data"), 0o755); err != nil {
		return err
	}
	if err := os.Rename(filepath.Join(made, "data/issues.json"), w.path("eleventy/_data/portal.json")); err != nil {
		return err
	}
	return errors.Join(os.RemoveAll(made), os.RemoveAll(w.path("feeder/.rectify")))
}

// turn measures all contestants.
func (w *world) turn(ctx context.Context, k kase) (all []measurement) {
	ask := func(name, out string, before *measurement, dir, program string, args ...string) *measurement {
		if w.failed[name] || w.only != "" && !strings.Contains(","+w.only+",", ","+name+",") {
			return nil
		}
		m := w.process(ctx, w.path(dir), program, args...)
		if before != nil {
			m = before.and(m)
		}
		m.Items, m.Name, m.Case = w.n, name, k
		if m.Failed == "" {
			m.Files, m.Bytes = weigh(w.path(out))
		}
		fmt.Fprintf(os.Stderr, "%s\n", m)
		w.failed[name] = m.Failed != ""
		all = append(all, m)
		return &m
	}
	ask("rectify", "portal/public", nil, "portal", w.rectify, "build", "-q")
	hugo := ask("hugo", "hugo", nil, "project", w.hugo, "--minify", "--quiet", "-d", w.path("hugo"))
	if hugo != nil && hugo.Failed == "" {
		ask("hugo+pagefind", "hugo", hugo, "", filepath.Join(w.npm, "node_modules/@pagefind/linux-x64/bin/pagefind_extended"), "--site", w.path("hugo"))
		if err := os.RemoveAll(w.path("hugo/pagefind")); err != nil {
			fatal(err)
		}
	}
	ask("eleventy", "eleventy/_site", nil, "eleventy", "node", "node_modules/@11ty/eleventy/cmd.cjs", "--quiet")
	return all
}

// weigh counts what a contestant made.
func weigh(dir string) (files int, bytes int64) {
	_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == ".rectify":
			return fs.SkipDir
		case d.IsDir():
			return nil
		}
		if info, err := d.Info(); err == nil {
			files++
			bytes += info.Size()
		}
		return nil
	})
	return files, bytes
}
