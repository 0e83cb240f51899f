package render

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
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
	digest string
}

// OpenTheme lays the layers one on another: a file of a later layer replaces
// the one of the same path. The first is the built-in theme, the second the
// portal's own files; a layer whose FS is nil or whose folder does not exist
// is empty.
func OpenTheme(layers ...Layer) (*Theme, error) {
	t := &Theme{files: map[string][]byte{}, layer: map[string]string{}}
	for i, l := range layers {
		if i == 0 {
			t.first = l.Name
		}
		if l.FS == nil {
			continue
		}
		for _, dir := range themeDirs {
			if err := t.read(l, dir); err != nil {
				return nil, fmt.Errorf("read theme %s: %w", l.Name, err)
			}
		}
	}
	if len(t.files) == 0 {
		return nil, errors.New("read theme: no layer has a file")
	}
	t.digest = t.sum()
	return t, nil
}

func (t *Theme) read(l Layer, dir string) error {
	return fs.WalkDir(l.FS, dir, func(name string, d fs.DirEntry, err error) error {
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
		t.files[name] = data
		t.layer[name] = l.Name
		return nil
	})
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
