package site

import (
	"archive/zip"
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
	Checkpoint []byte        // one that somebody kept
	Rebuild    []string      // releases to build again; "all" for all, "newest"
}

// VerifyResult is the verdict.
type VerifyResult struct {
	release.Verdict
	Kind    string   `json:"kind"` // archive, site, bag, zip, wacz
	Path    string   `json:"path"`
	Rebuilt []string `json:"rebuilt,omitempty"` // releases that gave the same bytes again
}

// Verify checks an archive, a published site or a snapshot. What is wrong with
// it stands in the verdict; an error says that it could not be looked at.
func Verify(ctx context.Context, o VerifyOptions) (VerifyResult, error) {
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return VerifyResult{}, err
	}
	o.Dir = dir
	v := VerifyResult{Path: o.Path}
	at := o.Path
	if at == "" {
		v.Path, at = ArchiveDir, o.archiveDir()
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
	trust, err := o.trust(ctx, at)
	if err != nil {
		return VerifyResult{}, err
	}
	switch {
	case !info.IsDir():
		err = v.file(ctx, at, trust)
	case isArchive(at):
		err = v.archive(ctx, at, trust, o)
	default:
		err = v.folder(ctx, at, trust)
	}
	return v, err
}

// isArchive tells an archive from a site, which has manifests too.
func isArchive(dir string) bool {
	packs, _ := filepath.Glob(filepath.Join(dir, "releases", "*", "files.tar.gz"))
	lists, _ := filepath.Glob(filepath.Join(dir, "releases", "*", "lists.tar.gz"))
	return len(packs)+len(lists) > 0
}

// trust finds the keys: those given, those of the portal's trust.yaml, or, as
// the last resort, those that come with what is verified.
func (o *VerifyOptions) trust(ctx context.Context, at string) (release.Trust, error) {
	t := release.Trust{Old: o.Checkpoint}
	if len(o.Keys) > 0 {
		for _, k := range o.Keys {
			t.Keys = append(t.Keys, release.Key{Public: k})
		}
		return t, nil
	}
	own := afero.NewBasePathFs(afero.NewOsFs(), o.Dir)
	if there, _ := afero.Exists(own, path.Join(DataDir, "trust.yaml")); there {
		trust, found := load.Trust(own, DataDir)
		if found.HasErrors() {
			return t, &ProblemError{Problems: found}
		}
		var err error
		t.Keys, err = release.Keys(trust)
		return t, err
	}
	t.FromSite = true
	text, err := os.ReadFile(filepath.Join(at, filepath.FromSlash(signersPath)))
	if err != nil {
		text = signersIn(ctx, at)
	}
	for line := range strings.Lines(string(text)) {
		if _, key, ok := strings.Cut(line, "ssh-ed25519 "); ok {
			if public, err := sign.ParsePublic("ssh-ed25519 " + key); err == nil {
				t.Keys = append(t.Keys, release.Key{Public: public})
			}
		}
	}
	return t, nil
}

// signersIn reads the keys that a snapshot or an archive brings along; nil where
// it has none, or cannot be read, which the verification says.
func signersIn(_ context.Context, at string) []byte {
	if isArchive(at) {
		a, _, err := archive.OpenAnyway(at)
		if err != nil {
			return nil
		}
		defer a.Close()
		if a.Newest() == nil {
			return nil
		}
		text, _ := a.Newest().Read(archive.Site, signersPath)
		return text
	}
	z, err := zip.OpenReader(at)
	if err != nil {
		return nil
	}
	defer z.Close()
	contents, err := contentsOf(at, &z.Reader)
	if err != nil {
		return nil
	}
	text, _ := contents.Read(signersPath)
	return text
}

func contentsOf(at string, z *zip.Reader) (snapshot.Contents, error) {
	if strings.EqualFold(filepath.Ext(at), ".wacz") {
		return snapshot.OpenWACZ(z)
	}
	return snapshot.OpenZip(z)
}

// file verifies a snapshot.
func (v *VerifyResult) file(ctx context.Context, at string, trust release.Trust) error {
	v.Kind = strings.ToLower(strings.TrimPrefix(filepath.Ext(at), "."))
	broken := func(err error) {
		v.Problems = append(v.Problems, problem.New(problem.SnapshotDamaged, problem.Place{File: filepath.ToSlash(v.Path)}, err.Error()))
	}
	z, err := zip.OpenReader(at)
	if err != nil {
		broken(err)
		return nil
	}
	defer z.Close()
	contents, err := contentsOf(at, &z.Reader)
	if err != nil {
		broken(err)
		return nil
	}
	tree := release.Tree{Names: contents.Names, Read: contents.Read}
	switch {
	case slices.Contains(contents.Names, "bagit.txt"):
		v.Kind = "bag"
		tree = v.bagged(tree)
	case v.Kind == "zip":
		tree.Extra = map[string]bool{snapshot.ReadmeName: true, snapshot.SumsName: true}
		v.sums(tree, snapshot.SumsName, strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\r`, "\r"))
	}
	return v.tree(ctx, tree, trust)
}

// folder verifies a site, or a bag that holds one.
func (v *VerifyResult) folder(ctx context.Context, at string, trust release.Trust) error {
	v.Kind = "site"
	root, err := os.OpenRoot(at)
	if err != nil {
		return err
	}
	defer root.Close()
	tree := release.Tree{Read: root.ReadFile}
	err = fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			tree.Names = append(tree.Names, name)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("read %s: %w", at, err)
	}
	if slices.Contains(tree.Names, "bagit.txt") {
		v.Kind = "bag"
		tree = v.bagged(tree)
	}
	return v.tree(ctx, tree, trust)
}

func (v *VerifyResult) tree(ctx context.Context, tree release.Tree, trust release.Trust) error {
	verdict, err := release.VerifyTree(ctx, tree, trust)
	verdict.Problems = append(v.Problems, verdict.Problems...)
	verdict.Problems.Sort()
	// A changed file is no longer what two lists say of it.
	verdict.Problems = slices.CompactFunc(verdict.Problems, func(a, b problem.Problem) bool {
		return a.Code == b.Code && a.Place.File == b.Place.File && slices.Equal(a.Args, b.Args)
	})
	v.Verdict = verdict
	return err
}

// bagged holds a bag against its manifests and gives the site in it.
func (v *VerifyResult) bagged(bag release.Tree) release.Tree {
	escapes := strings.NewReplacer("%0A", "\n", "%0D", "\r", "%25", "%")
	listed := v.sums(bag, "manifest-sha256.txt", escapes)
	tags := v.sums(bag, "tagmanifest-sha256.txt", escapes)
	const prefix = "data/site/"
	site := release.Tree{Read: func(name string) ([]byte, error) { return bag.Read(prefix + name) }}
	for _, name := range bag.Names {
		if !listed[name] && !tags[name] && name != "tagmanifest-sha256.txt" {
			v.odd(problem.ArchiveUnexpected, name)
		}
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			site.Names = append(site.Names, rest)
		}
	}
	return site
}

func (v *VerifyResult) odd(code problem.Code, name string) {
	v.Problems = append(v.Problems, problem.New(code, problem.Place{File: name}, path.Base(name)))
}

// sums holds files against a list of the kind that sha256sum reads, and gives
// the names in it.
func (v *VerifyResult) sums(tree release.Tree, list string, escapes *strings.Replacer) map[string]bool {
	text, err := tree.Read(list)
	if err != nil {
		v.odd(problem.ArchiveMissing, list)
	}
	listed := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		sum, name, _ := strings.Cut(strings.TrimPrefix(strings.TrimSuffix(line, "\n"), `\`), "  ")
		name = escapes.Replace(name)
		listed[name] = true
		data, err := tree.Read(name)
		switch {
		case err != nil:
			v.odd(problem.ArchiveMissing, name)
		case hexSum(data) != sum:
			v.odd(problem.ArchiveChanged, name)
		}
	}
	return listed
}

// archive verifies an archive and builds releases again.
func (v *VerifyResult) archive(ctx context.Context, at string, trust release.Trust, o VerifyOptions) error {
	v.Kind = "archive"
	verdict, err := release.VerifyArchive(ctx, at, trust)
	if err != nil {
		return err
	}
	if trust.FromSite && verdict.Signed > 0 {
		verdict.Problems = append(verdict.Problems, problem.New(problem.KeysFromSite, problem.Place{File: "releases/keys"}))
	}
	v.Verdict = verdict
	if !verdict.OK() {
		return nil
	}
	a, err := archive.Open(at)
	if err != nil {
		return err
	}
	defer a.Close()
	if err := v.snapshots(ctx, a, trust); err != nil {
		return err
	}
	if len(o.Rebuild) == 0 || !v.OK() {
		return nil
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
		if !found.HasErrors() && !redacted {
			v.Rebuilt = append(v.Rebuilt, r.ID)
		}
		v.Problems = append(v.Problems, found...)
	}
	for _, id := range o.Rebuild {
		if id != "all" && id != "newest" {
			if _, err := a.Release(id); err != nil {
				return err
			}
		}
	}
	v.Problems.Sort()
	return nil
}

// snapshots verifies those that the archive keeps for download.
func (v *VerifyResult) snapshots(ctx context.Context, a *archive.Archive, trust release.Trust) error {
	trust.Old, trust.FromSite = nil, false
	for _, r := range a.Releases() {
		for _, s := range a.Snapshots(r) {
			one := VerifyResult{Path: path.Join("releases", r.ID, path.Base(s.Path))}
			err := one.file(ctx, filepath.Join(a.Dir(), filepath.FromSlash(one.Path)), trust)
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err == nil && one.OK() && !slices.Equal(one.Releases, []string{r.ID}) {
				err = fmt.Errorf("it is not that of release %s", r.ID)
			}
			if err != nil {
				one.Problems = append(one.Problems, problem.New(problem.SnapshotDamaged, problem.Place{File: one.Path}, err.Error()))
			}
			for _, p := range one.Problems {
				if p.Severity == problem.Error {
					if p.Place.File != one.Path {
						p.Place.File = one.Path + ": " + p.Place.File
					}
					v.Problems = append(v.Problems, p)
				}
			}
		}
	}
	return nil
}
