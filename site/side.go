package site

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/afero"

	"rectify/site/load"
	"rectify/site/model"
	"rectify/site/release/archive"
	"rectify/site/release/diff"
)

// side is a public portal with the digests of its images and of the evidence
// that it names.
func (b *build) side(public *model.Portal) (diff.Side, error) {
	side := diff.Side{Portal: public, Evidence: map[string]string{}, Images: map[string]string{}}
	for _, image := range public.Images {
		data, err := load.ReadFile(b.fs, DataDir, "images/"+image.Name)
		if err != nil {
			return side, fmt.Errorf("read the image %s: %w", image.Name, err)
		}
		side.Images[image.Name] = hexSum(data)
	}
	for _, report := range public.Reports {
		for _, issue := range report.Issues {
			for _, e := range issue.Evidence {
				name := string(report.ID) + "/" + e.File
				if _, known := side.Evidence[name]; known {
					continue
				}
				data, err := load.ReadFile(b.fs, DataDir, path.Join("reports", string(report.ID), "files", e.File))
				if err != nil {
					return side, fmt.Errorf("read the evidence %s: %w", e.File, err)
				}
				side.Evidence[name] = hexSum(data)
			}
		}
	}
	return side, nil
}

// previousSide is the newest release of an archive as a side of a comparison,
// nil where there is none.
func previousSide(ctx context.Context, a *archive.Archive) (*diff.Side, error) {
	newest := a.Newest()
	if newest == nil {
		return nil, nil
	}
	return sideOf(ctx, newest)
}

// sideOf loads the archived data of a release.
func sideOf(ctx context.Context, r *archive.Release) (*diff.Side, error) {
	disk, gone, err := archivedData(ctx, r)
	if err != nil {
		return nil, err
	}
	portal, found := load.Load(ctx, disk, DataDir)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if found.HasErrors() && len(gone) == 0 {
		return nil, fmt.Errorf("read the archived data of release %s: %w", r.ID, &ProblemError{Problems: found})
	}
	side := &diff.Side{Portal: portal.Public(), Evidence: map[string]string{}, Images: map[string]string{}}
	if len(gone) > 0 {
		if side.Gone, side.Redacted, err = goneFrom(r, gone); err != nil {
			return nil, err
		}
		side.Totals = totalsThen(r)
	}
	files, err := r.Files(archive.Site)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if name, ok := strings.CutPrefix(f.Path, "files/"); ok {
			side.Evidence[name] = f.SHA256
		}
		if name, ok := strings.CutPrefix(f.Path, "images/"); ok {
			side.Images[name] = f.SHA256
		}
	}
	return side, nil
}

// totalsThen is what a release counted when it was made: its own account of it,
// or, where that had to go too, its manifest, which knows no follow-ups.
func totalsThen(r *archive.Release) *diff.Totals {
	if text, err := r.Changes(); err == nil {
		c := &diff.Changes{}
		if json.Unmarshal(text, c) == nil {
			return &c.After
		}
	}
	t := &diff.Totals{Reports: len(r.Reports), Status: map[string]int{}}
	for _, one := range r.Reports {
		t.Issues += one.Issues + one.Withdrawn
		t.Withdrawn += one.Withdrawn
		t.Measures += one.Measures
		for code, n := range one.Status {
			t.Status[code] += n
		}
	}
	return t
}

// archivedData lays the archived data of a release into memory, as the folder
// of a portal. gone are the files whose contents were redacted.
func archivedData(ctx context.Context, r *archive.Release) (disk afero.Fs, gone []string, err error) {
	disk = afero.NewMemMapFs()
	err = r.Each(ctx, archive.Data, nil, func(f archive.File, data []byte) error {
		if f.Redacted {
			gone = append(gone, f.Path)
			return nil
		}
		return afero.WriteFile(disk, f.Path, data, 0o644)
	})
	return disk, gone, err
}

// goneFrom says what of the data of a release cannot be compared: the files that
// are gone, below the folder of data, and the issues of which nothing can be
// said, because their own file or that of their report is among them.
func goneFrom(r *archive.Release, gone []string) (files map[string]bool, issues map[model.IssueID]model.Slug, err error) {
	files, issues = map[string]bool{}, map[model.IssueID]model.Slug{}
	for _, name := range gone {
		files[strings.TrimPrefix(name, DataDir+"/")] = true
	}
	all, err := r.Files(archive.Data)
	for _, f := range all {
		name := strings.TrimPrefix(f.Path, DataDir+"/")
		dir, base := path.Split(name)
		report, ok := strings.CutSuffix(dir, "/issues/")
		var id model.IssueID
		if !ok || id.UnmarshalText([]byte(strings.TrimSuffix(base, ".yaml"))) != nil {
			continue
		}
		if files[name] || files[report+"/report.yaml"] {
			issues[id] = model.Slug(path.Base(report))
		}
	}
	return files, issues, err
}

func hexSum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// openArchive opens the archive of a portal; a portal without releases has
// none, and then the error says so.
func openArchive(o Options) (*archive.Archive, error) {
	if o.Dir == "" {
		o.Dir = "."
	}
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return nil, err
	}
	o.Dir = dir
	a, err := archive.Open(o.archiveDir())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNoArchive
	}
	return a, err
}

// ErrNoArchive says that a portal has made no release yet.
var ErrNoArchive = errors.New("this portal has no archive: it has made no release yet")
