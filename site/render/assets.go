package render

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"iter"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/afero"

	"rectify/site/page"
	"rectify/site/problem"
)

// assetsLayout is the one layout that is not for a page; doc.go says what it
// has to do. assetsPage is where Hugo writes what it prints; it is not
// published.
const (
	assetsLayout = "assets"
	assetsPage   = "assets.json"
)

// assetName is assets/<name>.<hash>.<ext>. The hash lets a host keep the file
// for ever.
var assetName = regexp.MustCompile(`^assets/[a-z0-9][a-z0-9.-]*\.([0-9a-f]{8,64})\.[a-z0-9]+$`)

// buildAssets runs the asset batch: a project whose only page has the layout
// assets. A theme without that layout has no assets.
func (r *Renderer) buildAssets() problem.List {
	if !r.theme.hasLayout(assetsLayout) {
		return nil
	}
	at := problem.Place{File: r.theme.label(layoutFile(assetsLayout))}
	only, err := NewContent(page.Page{Path: assetsPage, Layout: assetsLayout, Data: struct{}{}}, nil)
	source := afero.NewMemMapFs()
	if err == nil {
		err = r.project(source, root, slices.Values([]Content{only}), false)
	}
	if err != nil {
		return problem.List{problem.New(problem.ThemeFailed, at, err.Error())}
	}
	out, talk, err := build(source, r.clock)
	list := r.theme.problems(talk, err, nil) // no page to name
	if list.HasErrors() {
		return list
	}
	files, err := readAll(out)
	if err != nil {
		return problem.List{problem.New(problem.ThemeFailed, at, err.Error())}
	}
	printed := files[assetsPage]
	delete(files, assetsPage)
	names := map[string]string{}
	if err := json.Unmarshal(printed, &names); err != nil {
		return append(list, problem.New(problem.AssetsNotNamed, at, err.Error()))
	}
	r.assets, r.built = map[string]string{}, files
	for _, key := range slices.Sorted(maps.Keys(names)) {
		name := strings.TrimPrefix(names[key], "/") // .RelPermalink starts with one
		r.assets[key] = name
		if _, ok := files[name]; !ok {
			list = append(list, problem.New(problem.PageNotMade, at, name))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if _, clash := r.theme.files["static/"+name]; clash {
			list = append(list, problem.New(problem.DuplicatePath, at, name))
		}
		switch m := assetName.FindStringSubmatch(name); {
		case !strings.HasPrefix(name, "assets/"):
			list = append(list, problem.New(problem.UnexpectedFile, at, name))
		case m == nil, !strings.HasPrefix(digest(files[name]), m[1]):
			list = append(list, problem.New(problem.AssetWithoutHash, at, name))
		}
	}
	return list
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// AssetNames are the names that layouts/assets.html printed, from the portal's
// root; a template reads them as site.Params.assets.
func (r *Renderer) AssetNames() map[string]string { return maps.Clone(r.assets) }

// Assets puts the built assets and the theme's static files, sorted by path.
func (r *Renderer) Assets(put Put) error {
	files := maps.Collect(r.files())
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := put(name, slices.Clone(files[name])); err != nil {
			return err
		}
	}
	return nil
}

// files are those that no page makes.
func (r *Renderer) files() iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		for name, data := range r.built {
			if !yield(name, data) {
				return
			}
		}
		for name, data := range r.theme.files {
			if rest, ok := strings.CutPrefix(name, "static/"); ok && !yield(rest, data) {
				return
			}
		}
	}
}
