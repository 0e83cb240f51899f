package site

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"

	"rectify/site/model"
	"rectify/site/publish"
	"rectify/site/publish/local"
	"rectify/site/publish/pack"
	"rectify/site/release/archive"
	"rectify/site/release/sign"
)

// ApplyOptions say how a package becomes the site of a folder.
type ApplyOptions struct {
	Package, Dir string
	Keys         []sign.Public // one of them has to have signed; none: no signature is checked
	Layout       publish.Layout
	Gzip         bool
	Keep         int // releases to keep, the live one among them; 0 is as for other targets
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
	SignedByKey   Signed = "good"      // signed by one of the keys that were given
	SignedUnknown Signed = "unchecked" // signed, and no key was given
	Unsigned      Signed = "unsigned"
)

// Forgery says how a package differs from what the holder of a key signed.
type Forgery string

// What may be wrong with the signatures of a package.
const (
	ForgeryUnsigned Forgery = "unsigned" // there is no signature
	ForgeryKey      Forgery = "key"      // it is another key's, or of something else
	ForgeryFiles    Forgery = "files"    // the files of the site are not those of the signed manifest
	ForgeryBeside   Forgery = "beside"   // a file lies beside the release that no signature speaks of
)

// SignatureError says that a package is not what the holder of a key signed.
type SignatureError struct {
	Package string
	Why     Forgery
	Path    string // with ForgeryBeside
}

func (e *SignatureError) Error() string {
	text := map[Forgery]string{
		ForgeryUnsigned: "is not signed",
		ForgeryKey:      "is signed by another key, or was changed since",
		ForgeryFiles:    "holds other files than the manifest of its release names",
		ForgeryBeside:   "holds a file that no signature speaks of",
	}[e.Why]
	if e.Path != "" {
		text += ": " + e.Path
	}
	return fmt.Sprintf("the package %s %s", e.Package, text)
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
	if done.Signed, err = checkSigned(p, o.Keys); err != nil {
		return nil, err
	}
	to := publish.Target{Dial: local.Dial(o.Dir), Layout: o.Layout, Gzip: o.Gzip, Keep: cmp.Or(o.Keep, keepReleases)}
	// One that does not fit leaves not even a lock behind.
	if o.DryRun || done.Package.Base != "" {
		plan, err := to.Plan(ctx, p.Tree(), o.Run)
		if err != nil {
			return nil, err
		}
		done.Result = &publish.Result{Plan: *plan}
	}
	if o.DryRun {
		return o.done(done), nil
	}
	if done.Result, err = to.Publish(ctx, p.Tree(), o.Run); err != nil {
		return nil, err
	}
	return o.done(done), nil
}

func (o ApplyOptions) done(a *Applied) *Applied {
	a.Root = PublishOptions{}.rootOf(model.Target{Type: model.LocalTarget, Path: o.Dir}, a.Layout)
	return a
}

// checkSigned finds out who made a package. A signature over its list speaks
// for all of it. One over the manifest of its release speaks for the files of
// that release, and what lies beside them may then be of a harmless kind only.
func checkSigned(p *pack.Package, keys []sign.Public) (Signed, error) {
	refuse := func(why Forgery, path string) (Signed, error) {
		return "", &SignatureError{Package: p.Summary().Path, Why: why, Path: path}
	}
	sheets, err := p.Signed()
	if err != nil {
		return "", err
	}
	named := map[string][]byte{pack.ListName: p.List()}
	for _, s := range sheets {
		if s.Name != pack.ListName {
			named[s.Name] = s.Data
		}
	}
	manifest, has := named[archive.ManifestName]
	if has && !isManifestOf(manifest, p.Tree()) {
		return refuse(ForgeryFiles, "")
	}
	list, release := provenBy(named, pack.ListName, keys), provenBy(named, archive.ManifestName, keys)
	switch {
	case list == proofNone && release == proofNone && len(keys) == 0:
		return Unsigned, nil
	case len(keys) == 0:
		return SignedUnknown, nil
	case list == proofNone && release == proofNone:
		return refuse(ForgeryUnsigned, "")
	case list == proofBad || release == proofBad:
		return refuse(ForgeryKey, "")
	case list == proofGood:
		return SignedByKey, nil
	case len(p.Tree().Redacted) > 0:
		return refuse(ForgeryBeside, pack.ListName)
	}
	for _, f := range p.Tree().Files {
		if f.Beside && !harmless.MatchString(f.Path) {
			return refuse(ForgeryBeside, f.Path)
		}
	}
	return SignedByKey, nil
}

// harmless are the files beside a release that prove themselves, or that no
// browser shows as a page: manifests, sums, the log, what was redacted.
var harmless = regexp.MustCompile(`^releases/([a-z0-9-]+/manifest\.json(\.minisig|\.sig)?|[a-z0-9-]+/sha256sums\.txt|log/checkpoint|log/tile/[a-z0-9/.]+|redactions/[0-9a-f]+/redaction\.json(\.minisig|\.sig)?)$`)

// proof is what the signatures over a file of a package are worth.
type proof int

const (
	proofNone proof = iota // there are none
	proofGood              // all are of one of the keys
	proofBad
)

func provenBy(named map[string][]byte, file string, keys []sign.Public) (found proof) {
	for _, ending := range sign.Endings() {
		signature, ok := named[file+ending]
		if !ok {
			continue
		}
		if !slices.ContainsFunc(keys, func(k sign.Public) bool { return k.Verify(ending, named[file], signature) }) {
			return proofBad
		}
		found = proofGood
	}
	return found
}

// isManifestOf says that a manifest is that of a tree.
func isManifestOf(manifest []byte, t *publish.Tree) bool {
	var m archive.Manifest
	if json.Unmarshal(manifest, &m) != nil {
		return false
	}
	var files []archive.File
	for _, f := range t.Files {
		if !f.Beside {
			files = append(files, archive.File{Path: f.Path, SHA256: f.SHA256})
		}
	}
	sums := sha256.Sum256(archive.Sums(files))
	return m.ID == t.ID && m.Site.Sums == hex.EncodeToString(sums[:])
}
