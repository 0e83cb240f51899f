package site

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/afero"

	"rectify/site/load"
	"rectify/site/problem"
	"rectify/site/release"
	"rectify/site/release/archive"
	"rectify/site/release/sign"
	"rectify/site/release/snapshot"
)

// VerifyOptions say what to verify and what to trust.
type VerifyOptions struct {
	Options
	Path       string        // an archive, a folder of a site, a .wacz or a .zip; "" for the portal's archive
	Keys       []sign.Public // trusted instead of those of the portal's trust.yaml
	Trust      string        // a folder whose trust.yaml is used instead of the portal's
	Checkpoint []byte        // one that somebody kept
	Rebuild    []string      // releases to build again; "all" for all, "newest"
}

// TrustName is the file of the public keys and their periods, in the data.
const TrustName = "trust.yaml"

// VerifyResult is the verdict.
type VerifyResult struct {
	release.Verdict
	Kind    string   `json:"kind"` // archive, site, bag, zip, wacz
	Path    string   `json:"path"`
	Rebuilt []string `json:"rebuilt,omitempty"`     // releases that gave the same bytes again
	Unbuilt []string `json:"not_rebuilt,omitempty"` // of those asked for, what was redacted and cannot be built
}

// RebuildError says that there is nothing to build a release from: a site or a
// snapshot has no archived data, or not as they were read.
type RebuildError struct{ Kind string }

func (e *RebuildError) Error() string {
	return "a release can be built again from an archive only, and this is a " + e.Kind
}

// Verify checks an archive, a published site or a snapshot. What is wrong with
// it stands in the verdict; an error says that it could not be looked at, or a
// *RebuildError that it cannot be built again.
func Verify(ctx context.Context, o VerifyOptions) (VerifyResult, error) {
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return VerifyResult{}, err
	}
	o.Dir = dir
	v := VerifyResult{Path: o.Path}
	at := o.Path
	if at == "" {
		v.Path, at = cmp.Or(o.Archive, ArchiveDir), o.archiveDir()
		if _, err := os.Stat(at); errors.Is(err, fs.ErrNotExist) {
			return VerifyResult{}, ErrNoArchive
		}
	} else if !filepath.IsAbs(at) {
		at = filepath.Join(dir, at)
	}
	info, err := os.Stat(at)
	if err != nil {
		return VerifyResult{}, err
	}
	var own *archive.Archive
	if own, err = o.own(at); err != nil {
		return VerifyResult{}, err
	}
	if own != nil {
		defer own.Close()
	}
	if info.IsDir() && (o.Path == "" || isArchive(at)) {
		err = v.archive(ctx, at, own, o)
	} else {
		err = v.outside(ctx, at, info, own, o)
	}
	return v, err
}

// own opens the portal's archive, which what is verified must agree with; nil
// where there is none, or it is the thing itself.
func (o *VerifyOptions) own(at string) (*archive.Archive, error) {
	dir := o.archiveDir()
	there, err := os.Stat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if self, err := os.Stat(at); err != nil || os.SameFile(self, there) {
		return nil, err
	}
	a, _, err := archive.OpenAnyway(dir) // its own damage is found when it is verified
	return a, err
}

// isArchive tells an archive from a site, which has manifests too.
func isArchive(dir string) bool {
	packs, _ := filepath.Glob(filepath.Join(dir, "releases", "*", "files.tar.gz"))
	lists, _ := filepath.Glob(filepath.Join(dir, "releases", "*", "lists.tar.gz"))
	return len(packs)+len(lists) > 0
}

// trust finds the keys: those given, those of the portal's trust.yaml, or, as
// the last resort, those that come with what is verified, which read is asked
// for.
func (o *VerifyOptions) trust(own *archive.Archive, read func(name string) ([]byte, error)) (release.Trust, error) {
	t := release.Trust{Old: o.Checkpoint, Own: own}
	if len(o.Keys) > 0 {
		for _, k := range o.Keys {
			t.Keys = append(t.Keys, release.Key{Public: k})
		}
		return t, nil
	}
	disk, folder := afero.NewBasePathFs(afero.NewOsFs(), o.Dir), DataDir
	if o.Trust != "" {
		disk, folder = afero.NewBasePathFs(afero.NewOsFs(), o.Trust), "."
	}
	if there, _ := afero.Exists(disk, path.Join(folder, TrustName)); there {
		trust, found := load.Trust(disk, folder)
		if found.HasErrors() {
			return t, &ProblemError{Problems: found}
		}
		var err error
		t.Keys, err = release.Keys(trust)
		return t, err
	}
	t.FromSite = true
	text, _ := read(signersPath) // without them everything signed is by nobody known
	for line := range strings.Lines(string(text)) {
		if _, key, ok := strings.Cut(line, "ssh-ed25519 "); ok {
			if public, err := sign.ParsePublic("ssh-ed25519 " + key); err == nil {
				t.Keys = append(t.Keys, release.Key{Public: public})
			}
		}
	}
	return t, nil
}

// outside verifies what is no archive: a snapshot, a site, a bag.
func (v *VerifyResult) outside(ctx context.Context, at string, info fs.FileInfo, own *archive.Archive, o VerifyOptions) error {
	v.Kind = strings.ToLower(strings.TrimPrefix(filepath.Ext(at), "."))
	var contents snapshot.Contents
	if info.IsDir() {
		root, err := os.OpenRoot(at)
		if err != nil {
			return err
		}
		defer root.Close()
		names, err := namesIn(root)
		if err != nil {
			return fmt.Errorf("read %s: %w", at, err)
		}
		contents = snapshot.OpenFolder(names, root.ReadFile)
	} else {
		file, err := os.Open(at)
		if err != nil {
			return err
		}
		defer file.Close()
		if contents, err = snapshot.Open(file, info.Size(), at); err != nil {
			v.Problems = append(v.Problems, problem.New(problem.SnapshotDamaged, problem.Place{File: filepath.ToSlash(v.Path)}, problem.Reason(err)))
			return nil
		}
	}
	v.Kind = string(contents.Kind)
	if len(o.Rebuild) > 0 {
		return &RebuildError{Kind: v.Kind}
	}
	trust, err := o.trust(own, contents.Read)
	if err != nil {
		return err
	}
	v.Verdict, err = release.VerifyTree(ctx, contents, trust)
	return err
}

// namesIn lists the files of a folder.
func namesIn(root *os.Root) (names []string, err error) {
	err = fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, name)
		}
		return err
	})
	return names, err
}

// fromNewest reads a file of the site of the newest release of an archive,
// however damaged that is.
func fromNewest(dir, name string) ([]byte, error) {
	a, _, err := archive.OpenAnyway(dir)
	if err != nil {
		return nil, err
	}
	defer a.Close()
	if a.Newest() == nil {
		return nil, fs.ErrNotExist
	}
	return a.Newest().Read(archive.Site, name)
}

// archive verifies an archive and builds releases again.
func (v *VerifyResult) archive(ctx context.Context, at string, own *archive.Archive, o VerifyOptions) error {
	v.Kind = "archive"
	trust, err := o.trust(own, func(name string) ([]byte, error) { return fromNewest(at, name) })
	if err != nil {
		return err
	}
	if v.Verdict, err = release.VerifyArchive(ctx, at, trust); err != nil || !v.OK() || len(o.Rebuild) == 0 {
		return err
	}
	a, err := archive.Open(at)
	if err != nil {
		return err
	}
	defer a.Close()
	for _, id := range o.Rebuild {
		if id != "all" && id != "newest" {
			if _, err := a.Release(id); err != nil {
				return err
			}
		}
	}
	for _, r := range a.Releases() {
		if !slices.Contains(o.Rebuild, r.ID) && !slices.Contains(o.Rebuild, "all") && !(slices.Contains(o.Rebuild, "newest") && r == a.Newest()) {
			continue
		}
		found, err := rebuild(ctx, a, r, o.Options)
		if err != nil {
			return fmt.Errorf("build release %s again: %w", r.ID, err)
		}
		redacted := slices.ContainsFunc(found, func(p problem.Problem) bool { return p.Code == problem.RebuildRedacted })
		switch {
		case redacted:
			v.Unbuilt = append(v.Unbuilt, r.ID)
		case !found.HasErrors():
			v.Rebuilt = append(v.Rebuilt, r.ID)
		}
		v.Problems = append(v.Problems, found...)
	}
	v.Problems.Sort()
	return nil
}
