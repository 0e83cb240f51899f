package site

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
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

	// Unproven is what of the package no signature speaks of, though it is signed:
	// people should not follow these, and rectify does not.
	Unproven []string `json:"unproven,omitempty"`

	DryRun bool   `json:"dry_run"`
	Root   string `json:"root"`
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
	ForgeryRedacted Forgery = "redacted" // a file of the release would go, or not come, and no signature says so
	ForgeryExtra    Forgery = "extra"    // among the signatures lies something that is none
)

// SignatureError says that a package is not what the holder of a key signed.
type SignatureError struct {
	Package string
	Why     Forgery
	Path    string // with ForgeryBeside, ForgeryRedacted and ForgeryExtra
}

func (e *SignatureError) Error() string {
	text := map[Forgery]string{
		ForgeryUnsigned: "is not signed",
		ForgeryKey:      "is signed by another key, or was changed since",
		ForgeryFiles:    "holds other files than the manifest of its release names",
		ForgeryBeside:   "holds a file that no signature speaks of",
		ForgeryRedacted: "would take a file away, and no signature says so",
		ForgeryExtra:    "has something else among its signatures",
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
	if _, err := os.Stat(filepath.Join(o.Dir, DataDir, "portal.yaml")); err == nil {
		return nil, &PlaceError{What: "path", Path: o.Dir} // a portal, not its host
	}
	p, err := pack.Open(o.Package)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	done := &Applied{Package: p.Summary(), DryRun: o.DryRun}
	// Who made it is known from its small files, before gigabytes are read.
	if done.Signed, done.Unproven, err = checkSigned(p, o.Keys); err != nil {
		return nil, err
	}
	if err := p.Verify(ctx, o.Run.Progress); err != nil {
		return nil, err
	}
	o.Run.Onward = true
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
// that release: all of them have to come then, and what lies beside them may be
// of a harmless kind only.
func checkSigned(p *pack.Package, keys []sign.Public) (who Signed, unproven []string, err error) {
	refuse := func(why Forgery, path string) (Signed, []string, error) {
		return "", nil, &SignatureError{Package: p.Summary().Path, Why: why, Path: path}
	}
	sheets, err := p.Signed()
	if err != nil {
		return "", nil, err
	}
	named := map[string][]byte{}
	for _, s := range sheets {
		if !isSignature(s.Name) {
			return refuse(ForgeryExtra, s.Name)
		}
		named[s.Name] = s.Data
	}
	named[pack.ListName] = p.List()
	if manifest, has := named[archive.ManifestName]; has {
		sums := sumsOf(p.Tree())
		if given, has := named[archive.SumsName]; !isManifestOf(manifest, p.Tree()) || has && !bytes.Equal(given, sums) {
			return refuse(ForgeryFiles, "")
		}
	} else if _, has := named[archive.SumsName]; has {
		return refuse(ForgeryExtra, archive.SumsName)
	}
	list, release := provenBy(named, pack.ListName, keys), provenBy(named, archive.ManifestName, keys)
	switch {
	case list == proofNone && release == proofNone && len(keys) == 0:
		return Unsigned, nil, nil
	case len(keys) == 0:
		return SignedUnknown, nil, nil
	case list == proofNone && release == proofNone:
		return refuse(ForgeryUnsigned, "")
	case list == proofBad || release == proofBad:
		return refuse(ForgeryKey, "")
	case list == proofGood:
		return SignedByKey, nil, nil
	case len(p.Tree().Redacted) > 0:
		return refuse(ForgeryRedacted, pack.ListName)
	}
	for _, f := range p.Tree().Files {
		if f.Redacted {
			return refuse(ForgeryRedacted, f.Path)
		}
		if f.Beside && !harmless.MatchString(f.Path) {
			return refuse(ForgeryBeside, f.Path)
		}
	}
	return SignedByKey, pack.Texts(), nil
}

// isSignature tells the names of what may lie in signed/.
func isSignature(name string) bool {
	if name == archive.ManifestName || name == archive.SumsName {
		return true
	}
	for _, ending := range sign.Endings() {
		if name == archive.ManifestName+ending || name == pack.ListName+ending {
			return true
		}
	}
	return false
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
	return m.ID == t.ID && m.Site.Sums == hexSum(sumsOf(t))
}

// sumsOf are the sums of the files of a release, as its manifest means them.
func sumsOf(t *publish.Tree) []byte {
	var files []archive.File
	for _, f := range t.Files {
		if !f.Beside {
			files = append(files, archive.File{Path: f.Path, SHA256: f.SHA256})
		}
	}
	return archive.Sums(files)
}
