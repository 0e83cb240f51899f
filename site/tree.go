package site

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/afero"

	"rectify/site/emit"
	"rectify/site/model"
	"rectify/site/publish"
	"rectify/site/publish/local"
	"rectify/site/publish/pack"
	"rectify/site/release/archive"
	"rectify/site/release/sign"
)

// ErrNothingToPublish says that the archive has no release yet.
var ErrNothingToPublish = errors.New("the archive has no release yet")

// UnfinishedError says that the output folder holds no finished site.
type UnfinishedError struct{ Dir string }

func (e *UnfinishedError) Error() string { return fmt.Sprintf("%s holds no finished site", e.Dir) }

// tree gives what is to be published to a target.
func (o PublishOptions) tree(t model.Target) (tree *publish.Tree, done func(), err error) {
	if o.Draft {
		if !t.Staging {
			return nil, nil, &NotStagingError{Target: string(t.Name)}
		}
		tree, err = draft(o.full(o.Out))
		return tree, func() {}, err
	}
	find, done, err := o.find(t)
	if err != nil {
		return nil, nil, err
	}
	id := o.Release
	if id == "" {
		if id, err = o.newest(); err != nil {
			done()
			return nil, nil, err
		}
	}
	if tree, err = find(id); err != nil {
		done()
		return nil, nil, err
	}
	return tree, done, nil
}

// newest is the id of the newest release of the archive.
func (o PublishOptions) newest() (string, error) {
	a, err := archive.Open(filepath.Join(o.Dir, archiveDir))
	if errors.Is(err, fs.ErrNotExist) {
		return "", ErrNothingToPublish
	}
	if err != nil {
		return "", err
	}
	defer a.Close()
	r := a.Newest()
	if r == nil {
		return "", ErrNothingToPublish
	}
	return r.ID, nil
}

// draft makes a tree of an output folder, by the manifest that its build left.
// What was edited there since does not pass: publish reads what it sends.
func draft(dir string) (*publish.Tree, error) {
	status, err := emit.Inspect(afero.NewOsFs(), dir)
	if err != nil {
		return nil, err
	}
	if status.State != emit.Finished {
		return nil, &UnfinishedError{Dir: dir}
	}
	t := &publish.Tree{Open: func(name string) (io.ReadCloser, error) {
		return os.Open(filepath.Join(dir, filepath.FromSlash(name)))
	}}
	for _, f := range status.Files {
		t.Files = append(t.Files, publish.File{Path: f.Path, Size: f.Size, SHA256: f.SHA256})
	}
	t.ID = publish.Draft(t.Files)
	return t, nil
}

// pack writes a package, or with DryRun says what it would hold.
func (o PublishOptions) pack(ctx context.Context, t model.Target, tree *publish.Tree) (*pack.Summary, error) {
	c := pack.Contents{Tree: tree}
	if o.Since != "" {
		find, done, err := o.find(t)
		if err != nil {
			return nil, err
		}
		defer done()
		if c.Base, err = find(o.Since); err != nil {
			return nil, err
		}
	}
	if !o.Draft {
		sheets, err := o.signed(tree.ID)
		if err != nil {
			return nil, err
		}
		c.Signed = sheets
	}
	form := pack.Form(t.Form)
	if form == "" {
		form = pack.Zip
	}
	dir, err := o.outside("path", t.Path, DataDir, "themes", o.Out, archiveDir)
	if err != nil {
		return nil, err
	}
	s := c.Plan()
	s.Path = filepath.Join(dir, c.Name(form))
	if o.DryRun {
		return &s, nil
	}
	s, err = c.Write(ctx, dir, form, o.Run.Progress)
	return &s, err
}

// signed are the manifest of a release and its signatures.
func (o PublishOptions) signed(id string) (sheets []pack.Sheet, err error) {
	a, err := archive.Open(filepath.Join(o.Dir, archiveDir))
	if err != nil {
		return nil, err
	}
	defer a.Close()
	r, err := a.Release(id)
	if err != nil {
		return nil, err
	}
	for _, name := range []string{archive.ManifestName, archive.ManifestName + ".minisig", archive.ManifestName + ".sig"} {
		data, err := r.File(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		sheets = append(sheets, pack.Sheet{Name: name, Data: data})
	}
	return sheets, nil
}

// ApplyOptions say how a package becomes the site of a folder.
type ApplyOptions struct {
	Package, Dir string
	Key          string // a public key, or the name of a file with one; "" checks no signature
	Layout       publish.Layout
	Gzip         bool
	Keep         int
	DryRun       bool
	Run          publish.Options
}

// Applied says what was done with a package.
type Applied struct {
	Package pack.Summary `json:"package"`
	Signed  Signed       `json:"signed"`
	DryRun  bool         `json:"dry_run"`
	Root    string       `json:"root"`
	*publish.Result
}

// Signed says what is known of who made a package.
type Signed string

// What may be known of who made a package.
const (
	SignedByKey   Signed = "good"      // its manifest is signed by the key that was given
	SignedUnknown Signed = "unchecked" // it is signed, and no key was given
	Unsigned      Signed = "unsigned"  // there is no signature
	SignedNothing Signed = "draft"     // there is no manifest: it is no release
)

// SignatureError says that a package is not what the holder of a key signed.
type SignatureError struct {
	Package string
	Why     string // "unsigned", "key" (another key's, or forged), "list" (its files are not those of the manifest)
}

func (e *SignatureError) Error() string {
	return fmt.Sprintf("the package %s does not come from the holder of the key (%s)", e.Package, e.Why)
}

// Apply verifies a package and makes it the site of a folder. It fails with a
// *pack.BadError, a *SignatureError or a *publish.UnfitError before it touches
// anything.
func Apply(ctx context.Context, o ApplyOptions) (*Applied, error) {
	p, err := pack.Open(o.Package)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	done := &Applied{Package: p.Summary(), DryRun: o.DryRun}
	if err := p.Verify(ctx, o.Run.Progress); err != nil {
		return nil, err
	}
	if done.Signed, err = checkSigned(p, o.Key); err != nil {
		return nil, err
	}
	to := publish.Target{Dial: local.Dial(o.Dir), Layout: o.Layout, Gzip: o.Gzip, Keep: o.Keep}
	if o.DryRun {
		plan, err := to.Plan(ctx, p.Tree(), o.Run)
		if err != nil {
			return nil, err
		}
		done.Result = &publish.Result{Plan: *plan}
	} else if done.Result, err = to.Publish(ctx, p.Tree(), o.Run); err != nil {
		return nil, err
	}
	done.Root = rootOf(model.Target{Path: o.Dir}, done.Layout)
	return done, nil
}

// checkSigned holds the list of a package against the manifest of its release,
// and that against the key.
func checkSigned(p *pack.Package, key string) (Signed, error) {
	refuse := func(why string) (Signed, error) { return "", &SignatureError{Package: p.Summary().Path, Why: why} }
	sheets, err := p.Signed()
	if err != nil {
		return "", err
	}
	named := map[string][]byte{}
	for _, s := range sheets {
		named[s.Name] = s.Data
	}
	manifest, has := named[archive.ManifestName]
	if !has && key == "" {
		return SignedNothing, nil
	}
	var m archive.Manifest
	if !has || json.Unmarshal(manifest, &m) != nil {
		return refuse("unsigned")
	}
	var files []archive.File
	for _, f := range p.Tree().Files {
		if !f.Beside {
			files = append(files, archive.File{Path: f.Path, SHA256: f.SHA256})
		}
	}
	sums := sha256.Sum256(archive.Sums(files))
	if m.ID != p.Summary().Release || m.Site.Sums != hex.EncodeToString(sums[:]) {
		return refuse("list")
	}
	signatures := map[string][]byte{}
	for _, ending := range sign.Endings() {
		if signature, ok := named[archive.ManifestName+ending]; ok {
			signatures[ending] = signature
		}
	}
	switch {
	case key == "" && len(signatures) > 0:
		return SignedUnknown, nil
	case key == "":
		return Unsigned, nil
	case len(signatures) == 0:
		return refuse("unsigned")
	}
	if text, err := os.ReadFile(key); err == nil {
		key = string(text)
	}
	public, err := sign.ParsePublic(key)
	if err != nil {
		return "", err
	}
	for ending, signature := range signatures {
		if !public.Verify(ending, manifest, signature) {
			return refuse("key")
		}
	}
	return SignedByKey, nil
}
