package render

import (
	"cmp"
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/afero"

	"rectify/site/page"
)

// A project is a folder as the hugo command expects it:
//
//	hugo.json            settings, the portal's Site as params, the mounts
//	content/000000.md    one page each, front matter only, numbered
//	layouts/ assets/ i18n/ static/    the theme as it is
//
// Content files are numbered because Hugo reads meaning into names: an
// index.md would swallow its sister pages, and 2024-01-02-x.md sets a date.

// view is the name by which Hugo knows a layout. Hugo reads meaning into those
// too: it takes layouts/home.html and layouts/section.html for its own kinds
// and shows a page of ours with some other layout, without a word. The prefix
// keeps every name ours.
func view(layout string) string { return "page-" + layout }

func viewFile(layout string) string { return "layouts/" + view(layout) + ".html" }

// layoutOf is the way back from Hugo's name of a template ("page-issue.html",
// "_partials/head.html") to the theme's file.
func layoutOf(template string) string {
	return "layouts/" + strings.TrimPrefix(template, view(""))
}

// mounts tells Hugo where the theme's files lie. Layouts get their view names
// here and not by renaming, so that a designer finds every file of a staged
// project under the name that it has in the theme.
func (t *Theme) mounts(lang string) []object {
	words, _ := t.words(lang)
	targets := map[string]string{"content": "content", words: words}
	for _, name := range t.names() {
		dir, rest, _ := strings.Cut(name, "/")
		layout, isHTML := strings.CutSuffix(rest, ".html")
		sub, _, inSub := strings.Cut(rest, "/")
		switch {
		case dir == "i18n":
			// Only the language in use: a text that it lacks must be missed and
			// not be taken from another.
		case dir != "layouts":
			targets[dir] = dir
		case inSub:
			targets["layouts/"+sub] = "layouts/" + sub
		case isHTML && layout != "baseof":
			targets[name] = viewFile(layout)
		default:
			targets[name] = name
		}
	}
	var out []object
	for source, target := range targets {
		out = append(out, object{"source": source, "target": target})
	}
	slices.SortFunc(out, func(a, b object) int {
		return strings.Compare(a["source"].(string), b["source"].(string))
	})
	return out
}

// project writes a project of the pages into a folder of a file system.
// Static files are left out where only hugolib will read it: that library does
// not copy them.
func (r *Renderer) project(fs afero.Fs, dir string, pages iter.Seq[Content], static bool) error {
	write := func(name string, data []byte) error {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := fs.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		return afero.WriteFile(fs, name, data, 0o644)
	}
	if err := write("hugo.json", r.config); err != nil {
		return err
	}
	for name, data := range r.theme.files {
		if !static && strings.HasPrefix(name, "static/") {
			continue
		}
		if err := write(name, data); err != nil {
			return err
		}
	}
	i := 0
	for c := range pages {
		if err := write(contentName(i), c.data); err != nil {
			return err
		}
		i++
	}
	return nil
}

func contentName(i int) string { return fmt.Sprintf("content/%06d.md", i) }

// Stage writes the project of the given pages at the root of dst, with the
// built assets among its static files, so that the hugo command can show it.
// A designer edits the files there and copies them back to the theme.
func (r *Renderer) Stage(pages iter.Seq[page.Page], dst afero.Fs) error {
	var failed error
	contents := func(yield func(Content) bool) {
		for p := range pages {
			c, err := NewContent(p, nil)
			if failed = err; err != nil || !yield(c) {
				return
			}
		}
	}
	if err := cmp.Or(r.project(dst, "", contents, true), failed); err != nil {
		return fmt.Errorf("stage the Hugo project: %w", err)
	}
	for name, data := range r.built {
		name = filepath.Join("static", filepath.FromSlash(name))
		if err := dst.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return fmt.Errorf("stage the Hugo project: %w", err)
		}
		if err := afero.WriteFile(dst, name, data, 0o644); err != nil {
			return fmt.Errorf("stage the Hugo project: %w", err)
		}
	}
	return nil
}
