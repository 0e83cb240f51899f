package site

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/afero"

	"rectify/site/model"
	"rectify/site/page"
	"rectify/site/problem"
	"rectify/site/release"
	"rectify/site/release/archive"
	"rectify/site/release/diff"
)

// differing is how many files a rebuild names before it only counts.
const differing = 20

// rebuild makes the site of a release again, from its archived data and with
// this program, and compares every byte.
func rebuild(ctx context.Context, a *archive.Archive, r *archive.Release, o Options) (found problem.List, err error) {
	place := problem.Place{File: path.Join("releases", r.ID)}
	disk, gone, err := archivedData(ctx, r)
	if err != nil {
		return nil, err
	}
	files, err := r.Files(archive.Site)
	if err != nil {
		return nil, err
	}
	if len(gone) > 0 || sourceGone(a, r, files) {
		return problem.List{problem.New(problem.RebuildRedacted, place, r.ID)}, nil
	}
	// Images and evidence are archived once, as part of the site.
	err = r.Each(ctx, archive.Site, func(f archive.File) bool { return dataPath(f.Path) != "" }, func(f archive.File, data []byte) error {
		return afero.WriteFile(disk, path.Join(DataDir, dataPath(f.Path)), data, 0o644)
	})
	if err != nil {
		return nil, err
	}
	var in inputs
	text, err := afero.ReadFile(disk, inputsName)
	if err == nil {
		err = json.Unmarshal(text, &in)
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", inputsName, err)
	}
	if err := copyThemes(disk, o.Dir); err != nil {
		return nil, err
	}
	if o.Version != r.Program.Version {
		found = append(found, problem.New(problem.RebuildVersion, place, r.Program.Version, o.Version))
	}
	made := &digester{was: r, sums: map[string]string{}}
	b, err := newBuild(Options{
		Dir: o.Dir, Out: "site", OutFS: afero.NewMemMapFs(), BaseURL: r.Portal.BaseURL, Now: model.Date(r.Program.Clock), Progress: o.Progress, source: disk,
	})
	if err != nil {
		return nil, err
	}
	b.unchecked = true
	b.tell = func(public *model.Portal) (history, error) {
		now, err := b.side(public)
		if err != nil {
			return history{}, err
		}
		if content := release.ContentDigest(public, now.Evidence, now.Images); content != r.Content {
			found = append(found, problem.New(problem.ContentWrong, place, r.Content, content))
		}
		return historyThen(a, r, public, in)
	}
	b.instead = made
	book, err := b.book(ctx)
	if err != nil {
		return found, err
	}
	theme, err := b.theme()
	if err != nil {
		return found, err
	}
	if theme.Digest() != r.Program.Theme {
		found = append(found, problem.New(problem.RebuildTheme, place))
	}
	if err := b.write(ctx, book); err != nil {
		return found, err
	}
	return append(found, made.compare(r.ID, files)...), nil
}

// sourceGone tells whether something is redacted of what the site was made from
// and what is archived as a part of it: images, evidence, or what changed in this
// release or, when this one was made, in one before.
func sourceGone(a *archive.Archive, r *archive.Release, files []archive.File) bool {
	if slices.ContainsFunc(files, func(f archive.File) bool { return f.Redacted && dataPath(f.Path) != "" }) {
		return true
	}
	for _, t := range a.Redactions() {
		for _, p := range t.Places {
			if p.Part == archive.Site && p.Path == archive.ChangesPath(p.Release) && t.Log.Index > r.Log.Index {
				if one, err := a.Release(p.Release); err == nil && one.Log.Index <= r.Log.Index {
					return true
				}
			}
		}
	}
	return false
}

// dataPath is where a file of a site came from, below the folder of data; ""
// for one that was made.
func dataPath(site string) string {
	if name, ok := strings.CutPrefix(site, "files/"); ok {
		report, file, _ := strings.Cut(name, "/")
		return path.Join("reports", report, "files", file)
	}
	if strings.HasPrefix(site, "images/") {
		return site
	}
	return ""
}

// historyThen is what the site of a release told of releases.
func historyThen(a *archive.Archive, r *archive.Release, public *model.Portal, in inputs) (history, error) {
	h := history{}
	h.addKeys(public.Trust, model.Date(r.Program.Clock))
	for _, one := range a.Releases() {
		if one.ID == r.ID {
			break
		}
		if err := h.add(one, public, in.Snapshots[one.ID], gone(a, one, r.Log.Index)); err != nil {
			return h, err
		}
	}
	text, err := r.Changes()
	if err != nil {
		return h, err
	}
	changes := &diff.Changes{}
	if err := json.Unmarshal(text, changes); err != nil {
		return h, fmt.Errorf("read the changes of release %s: %w", r.ID, err)
	}
	return h, h.addCurrent(page.Release{
		ID: r.ID, Time: minuteOf(r.Time), Content: r.Content, Code: release.ShortCode(r.Content), Signer: r.Signer,
	}, changes, public.Language)
}

// copyThemes lays the portal's own themes beside archived data: a theme is no
// part of an archive.
func copyThemes(disk afero.Fs, dir string) error {
	own := afero.NewBasePathFs(afero.NewOsFs(), dir)
	if there, _ := afero.DirExists(own, "themes"); !there {
		return nil
	}
	return afero.Walk(own, "themes", func(name string, info fs.FileInfo, err error) error {
		switch {
		case err != nil:
			return err
		case info.IsDir() && info.Name() == "node_modules":
			return filepath.SkipDir
		case !info.Mode().IsRegular():
			return nil
		}
		data, err := afero.ReadFile(own, name)
		if err != nil {
			return err
		}
		return afero.WriteFile(disk, filepath.ToSlash(name), data, 0o644)
	})
}
