package site

import (
	"archive/zip"
	"context"
	"encoding/json"
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
	"rectify/site/model"
	"rectify/site/page"
	"rectify/site/problem"
	"rectify/site/release"
	"rectify/site/release/archive"
	"rectify/site/release/diff"
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
	if v.Kind == "zip" {
		tree.Extra = map[string]bool{snapshot.ReadmeName: true, snapshot.SumsName: true}
	}
	if slices.Contains(contents.Names, "bagit.txt") {
		v.Kind = "bag"
		tree = bagged(tree, &v.Problems)
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
		tree = bagged(tree, &v.Problems)
	}
	return v.tree(ctx, tree, trust)
}

func (v *VerifyResult) tree(ctx context.Context, tree release.Tree, trust release.Trust) error {
	verdict, err := release.VerifyTree(ctx, tree, trust)
	verdict.Problems = append(v.Problems, verdict.Problems...)
	verdict.Problems.Sort()
	v.Verdict = verdict
	return err
}

// bagged holds the payload of a bag against its manifest and gives the site in
// it.
func bagged(bag release.Tree, found *problem.List) release.Tree {
	add := func(code problem.Code, name string) {
		*found = append(*found, problem.New(code, problem.Place{File: name}, path.Base(name)))
	}
	manifest, err := bag.Read("manifest-sha256.txt")
	if err != nil {
		add(problem.ArchiveMissing, "manifest-sha256.txt")
	}
	listed := map[string]bool{}
	for line := range strings.Lines(string(manifest)) {
		sum, name, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		name = strings.NewReplacer("%0A", "\n", "%0D", "\r", "%25", "%").Replace(name)
		listed[name] = true
		data, err := bag.Read(name)
		switch {
		case err != nil:
			add(problem.ArchiveMissing, name)
		case hexSum(data) != sum:
			add(problem.ArchiveChanged, name)
		}
	}
	const prefix = "data/site/"
	site := release.Tree{Read: func(name string) ([]byte, error) { return bag.Read(prefix + name) }}
	for _, name := range bag.Names {
		if strings.HasPrefix(name, "data/") && !listed[name] {
			add(problem.ArchiveUnexpected, name)
		}
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			site.Names = append(site.Names, rest)
		}
	}
	return site
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
	if len(o.Rebuild) == 0 || !verdict.OK() {
		return nil
	}
	a, err := archive.Open(at)
	if err != nil {
		return err
	}
	defer a.Close()
	for _, r := range a.Releases() {
		if !slices.Contains(o.Rebuild, r.ID) && !slices.Contains(o.Rebuild, "all") && !(slices.Contains(o.Rebuild, "newest") && r == a.Newest()) {
			continue
		}
		found, err := rebuild(ctx, a, r, o.Options)
		if err != nil {
			return fmt.Errorf("build release %s again: %w", r.ID, err)
		}
		if !found.HasErrors() {
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

// differing is how many files a rebuild names before it only counts.
const differing = 20

// rebuild makes the site of a release again, from its archived data and with
// this program, and compares every byte.
func rebuild(ctx context.Context, a *archive.Archive, r *archive.Release, o Options) (found problem.List, err error) {
	place := problem.Place{File: path.Join("releases", r.ID)}
	disk, redacted, err := archivedData(ctx, r)
	if err != nil {
		return nil, err
	}
	if len(redacted) > 0 {
		return problem.List{problem.New(problem.RebuildRedacted, place, r.ID)}, nil
	}
	files, err := r.Files(archive.Site)
	if err != nil {
		return nil, err
	}
	// Evidence is archived once, as part of the site.
	err = r.Each(ctx, archive.Site, func(f archive.File) bool { return strings.HasPrefix(f.Path, "files/") }, func(f archive.File, data []byte) error {
		report, name, _ := strings.Cut(strings.TrimPrefix(f.Path, "files/"), "/")
		return afero.WriteFile(disk, path.Join(DataDir, "reports", report, "files", name), data, 0o644)
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
		evidence, err := b.evidence(public)
		if err != nil {
			return history{}, err
		}
		if content := release.ContentDigest(public, evidence); content != r.Content {
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

// historyThen is what the site of a release told of releases.
func historyThen(a *archive.Archive, r *archive.Release, public *model.Portal, in inputs) (history, error) {
	h := history{}
	h.addKeys(public.Trust, model.Date(r.Program.Clock))
	for _, one := range a.Releases() {
		if one.ID == r.ID {
			break
		}
		if err := h.add(one, public, in.Snapshots[one.ID]); err != nil {
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
