package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"rectify/site/page"
	"rectify/site/problem"
)

// Layer is one source of theme files. Name is what problems call it, with
// forward slashes: a file layouts/issue.html of the layer "themes/civic" is
// reported as themes/civic/layouts/issue.html.
type Layer struct {
	Name string
	FS   fs.FS
}

// themeDirs are the folders of a theme that mean something. Whatever else lies
// beside them (README, theme.toml, node_modules) is not read.
var themeDirs = []string{"assets", "i18n", "layouts", "static"}

// ThemeDirs are the folders of a theme that are read, and no other.
func ThemeDirs() []string { return slices.Clone(themeDirs) }

// Theme is a set of files in memory. It does not change once it is open, and
// may be shared.
type Theme struct {
	files  map[string][]byte
	layer  map[string]string // path → name of the layer that it came from
	first  string            // name of the first layer, where new files belong
	idle   []string          // files of later layers that nothing has a use for
	digest string
}

// OpenTheme lays the layers one on another: a file of a later layer replaces
// the one of the same path, and words in i18n/ replace the words of the same
// key. The first is the built-in theme, the second the portal's own files; a
// layer whose FS is nil or whose folder does not exist is empty.
func OpenTheme(layers ...Layer) (*Theme, error) {
	t := &Theme{files: map[string][]byte{}, layer: map[string]string{}}
	var added []string
	for i, l := range layers {
		if i == 0 {
			t.first = l.Name
		}
		if l.FS == nil {
			continue
		}
		for _, dir := range themeDirs {
			more, err := t.read(l, dir)
			if err != nil {
				return nil, fmt.Errorf("read theme %s: %w", l.Name, err)
			}
			if i > 0 {
				added = append(added, more...)
			}
		}
	}
	for _, name := range added {
		if !t.wants(name) {
			t.idle = append(t.idle, name)
		}
	}
	if len(t.files) == 0 {
		return nil, errors.New("read theme: no layer has a file")
	}
	t.digest = t.sum()
	return t, nil
}

// read lays the files of one folder of a layer over those that are there, and
// names those that replaced none.
func (t *Theme) read(l Layer, dir string) (added []string, err error) {
	err = fs.WalkDir(l.FS, dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			if name == dir && errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			return err
		}
		// Editors and file managers leave .swp, .DS_Store and the like, which
		// would change the digest, and be published if they lie in static/.
		if strings.HasPrefix(d.Name(), ".") {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			return nil
		}
		// A link could publish any file of the machine.
		if d.Type()&fs.ModeSymlink != 0 {
			return fmt.Errorf("%s is a link: copy the file itself into the theme", name)
		}
		data, err := fs.ReadFile(l.FS, name)
		if err != nil {
			return err
		}
		below, replaces := t.files[name]
		if !replaces {
			added = append(added, name)
		} else if dir == "i18n" {
			data = overWords(below, data)
		}
		t.files[name] = data
		t.layer[name] = l.Name
		return nil
	})
	return added, err
}

var (
	word  = regexp.MustCompile(`(?m)^([a-z][a-z0-9_]*):.*\n?`)
	plain = regexp.MustCompile(`\A(?:(?:#.*|[a-z][a-z0-9_]*: +(?:"[^"\n]*"|[^\s"'\[{|>&*!%@].*)|)(?:\r?\n|\z))*\z`)
)

// overWords is a file of words, a line each, with the words of another over it:
// who changes one need not repeat the rest, and gets new ones with the program.
// A file of another form replaces the whole; what is wrong in it is found there.
func overWords(below, above []byte) []byte {
	if !plain.Match(above) || !plain.Match(below) {
		return above
	}
	changed := map[string]bool{}
	for _, m := range word.FindAllSubmatch(above, -1) {
		changed[string(m[1])] = true
	}
	kept := word.ReplaceAllFunc(below, func(line []byte) []byte {
		if changed[string(word.FindSubmatch(line)[1])] {
			return nil
		}
		return line
	})
	return slices.Concat(above, []byte("\n"), kept) // places in the upper file stay right
}

// wants says whether a file that replaces none is of use: a page or a language
// of its own has one, static files are published, and of the rest some template
// has to name it.
func (t *Theme) wants(name string) bool {
	dir, rest, _ := strings.Cut(name, "/")
	if dir == "static" || dir == "i18n" {
		return true
	}
	quoted := []byte(`"` + strings.TrimPrefix(rest, "_partials/") + `"`)
	for other, data := range t.files {
		if other != name && strings.HasPrefix(other, "layouts/") && bytes.Contains(data, quoted) {
			return true
		}
	}
	return dir == "layouts" && !strings.Contains(rest, "/") && slices.Contains(page.Layouts(), strings.TrimSuffix(rest, ".html"))
}

// unused are the files that a designer laid down in vain.
func (t *Theme) unused() problem.List {
	var list problem.List
	for _, name := range t.idle {
		list = append(list, problem.New(problem.ThemeFileIdle, problem.Place{File: t.label(name)}, name))
	}
	return list
}

// sum hashes every path and content, with lengths so that no two themes can
// write the same stream.
func (t *Theme) sum() string {
	h := sha256.New()
	for _, name := range t.names() {
		fmt.Fprintf(h, "%d %d %s\n", len(name), len(t.files[name]), name)
		h.Write(t.files[name])
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Digest names the files of the theme: SHA-256 in hex over sorted paths and
// contents.
func (t *Theme) Digest() string { return t.digest }

func (t *Theme) names() []string { return slices.Sorted(maps.Keys(t.files)) }

// label is what a reader calls a file of the theme, whether it exists or not.
func (t *Theme) label(name string) string {
	l, ok := t.layer[name]
	if !ok {
		l = t.first
	}
	return path.Join(l, name)
}

func layoutFile(layout string) string { return "layouts/" + layout + ".html" }

func (t *Theme) hasLayout(layout string) bool {
	_, ok := t.files[layoutFile(layout)]
	return ok
}

// words finds the i18n file of a language, whatever the case of its name
// ("zh-CN.yaml", "zh-cn.yaml").
func (t *Theme) words(lang string) (name string, ok bool) {
	want := strings.ToLower("i18n/" + lang + ".yaml")
	for _, name := range t.names() {
		if strings.ToLower(name) == want {
			return name, true
		}
	}
	return "i18n/" + lang + ".yaml", false
}
