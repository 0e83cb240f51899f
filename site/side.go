package site

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
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
	disk, redacted, err := archivedData(ctx, r)
	if err != nil {
		return nil, err
	}
	portal, found := load.Load(ctx, disk, DataDir)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if found.HasErrors() && len(redacted) == 0 {
		return nil, fmt.Errorf("read the archived data of release %s: %w", r.ID, &ProblemError{Problems: found})
	}
	side := &diff.Side{Portal: portal.Public(), Evidence: map[string]string{}, Images: map[string]string{}, Redacted: redacted}
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

// archivedData lays the archived data of a release into memory, as the folder
// of a portal. redacted are the issues whose data are gone.
func archivedData(ctx context.Context, r *archive.Release) (disk afero.Fs, redacted map[model.IssueID]bool, err error) {
	disk, redacted = afero.NewMemMapFs(), map[model.IssueID]bool{}
	err = r.Each(ctx, archive.Data, nil, func(f archive.File, data []byte) error {
		if f.Redacted {
			var id model.IssueID
			if id.UnmarshalText([]byte(strings.TrimSuffix(path.Base(f.Path), ".yaml"))) == nil {
				redacted[id] = true
			}
			return nil
		}
		return afero.WriteFile(disk, f.Path, data, 0o644)
	})
	return disk, redacted, err
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
