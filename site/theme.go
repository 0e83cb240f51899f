package site

import (
	"fmt"
	"path"

	"github.com/spf13/afero"

	"rectify/site/model"
	"rectify/site/problem"
	"rectify/site/render"
	"rectify/themes"
)

// openTheme lays the portal's own files, themes/<name>, over the built-in
// theme. A name without a folder is a problem.Problem, as the error, unless it
// is the built-in one's.
func openTheme(portal afero.Fs, name model.Slug) (*render.Theme, error) {
	dir := path.Join("themes", string(name))
	own, err := afero.DirExists(portal, dir)
	if err != nil {
		return nil, fmt.Errorf("look for the theme %s: %w", dir, err)
	}
	if !own && name != model.DefaultTheme {
		return nil, problem.New(problem.MissingFile, problem.Place{}, dir)
	}
	layers := []render.Layer{{Name: themes.CivicName, FS: themes.Civic()}}
	if own {
		layers = append(layers, render.Layer{Name: dir, FS: afero.NewIOFS(afero.NewBasePathFs(portal, dir))})
	}
	return render.OpenTheme(layers...)
}
