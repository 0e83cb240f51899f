package release

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"rectify/site/model"
	"rectify/site/problem"
	"rectify/site/release/archive"
	"rectify/site/release/sign"
)

// Key is a key that is trusted in a period.
type Key struct {
	Public      sign.Public
	From, Until model.Date // "" for no limit
}

// Keys takes the keys of trust.yaml.
func Keys(trust *model.Trust) ([]Key, error) {
	if trust == nil {
		return nil, nil
	}
	var keys []Key
	for _, k := range trust.Keys {
		public, err := sign.ParsePublic(string(k.Public))
		if err != nil {
			return nil, fmt.Errorf("read the key %q of trust.yaml: %w", k.Name, err)
		}
		keys = append(keys, Key{public, k.From, k.Until})
	}
	return keys, nil
}

// Trust is what a verification takes for granted.
type Trust struct {
	Keys     []Key
	FromSite bool             // the keys come from what is being verified
	Old      []byte           // a checkpoint that somebody kept; nil without one
	Own      *archive.Archive // what is verified must agree with its releases; nil without one
}

// Verdict is the result of a verification.
type Verdict struct {
	Releases   []string     `json:"releases"` // oldest first
	Signed     int          `json:"signed"`   // of them, with good signatures of a trusted key
	Files      int          `json:"files"`    // that were held against their digests
	Redacted   int          `json:"redacted"` // contents
	Checkpoint string       `json:"checkpoint,omitempty"`
	Problems   problem.List `json:"-"`
}

// OK tells that there is a release and nothing is wrong.
func (v *Verdict) OK() bool { return len(v.Releases) > 0 && !v.Problems.HasErrors() }

// VerifyArchive reads a whole archive and says everything that is wrong with it:
// contents, lists, manifests and their chain, signatures, the log, and what is
// missing or too much. It fails only where it could not look.
func VerifyArchive(ctx context.Context, dir string, trust Trust) (Verdict, error) {
	a, damage, err := archive.OpenAnyway(dir)
	if err != nil {
		return Verdict{}, err
	}
	defer a.Close()
	v := newVerifier(trust, func(path string) string { return path })
	for _, d := range damage {
		v.fault(d)
	}
	v.torn = slices.ContainsFunc(v.Problems, func(p problem.Problem) bool { return strings.HasPrefix(p.Place.File, "releases/") })
	found, err := a.Check(ctx)
	if err != nil {
		return Verdict{}, err
	}
	v.Problems = append(v.Problems, found...)
	for _, r := range a.Releases() {
		v.Releases = append(v.Releases, r.ID)
		v.Files += r.Site.Files + r.Data.Files
		v.signatures("releases/"+r.ID+"/"+archive.ManifestName, r.Signer, r.ID, r.Time, r.File)
		v.own("releases/"+r.ID+"/"+archive.ManifestName, &r.Manifest, r.Digest)
	}
	for _, t := range a.Redactions() {
		v.redaction(t, a.RedactionFile)
		v.places(a, t)
	}
	v.archiveLog(a)
	if len(v.Releases) == 0 {
		v.add(problem.NoReleases, "releases")
	}
	if v.OK() {
		if err := v.kept(ctx, a); err != nil {
			return Verdict{}, err
		}
	}
	if trust.FromSite && v.Signed > 0 {
		v.add(problem.KeysFromSite, "releases/keys")
	}
	v.Problems.Sort()
	return v.Verdict, nil
}

// verifier collects what is found. name turns a path of an archive into that of
// what is being verified.
type verifier struct {
	Verdict
	trust Trust
	name  func(string) string
	good  map[string]bool // documents with good signatures, by their paths
	torn  bool            // releases are there that the chain of manifests does not reach, and have been named
}

func newVerifier(trust Trust, name func(string) string) verifier {
	return verifier{trust: trust, name: name, good: map[string]bool{}}
}

func (v *verifier) add(code problem.Code, path string, args ...string) {
	v.Problems = append(v.Problems, problem.New(code, problem.Place{File: v.name(path)}, args...))
}

// fault takes damage into the list.
func (v *verifier) fault(err error) {
	var d *archive.DamagedError
	if errors.As(err, &d) {
		v.Problems = append(v.Problems, d.Problem)
		return
	}
	v.add(problem.ArchiveUnreadable, "", problem.Reason(err))
}

// signatures checks those of a document; read is given names of files that lie
// beside it.
func (v *verifier) signatures(path, signer, id, time string, read func(name string) ([]byte, error)) {
	if signer == "" {
		v.unsigned(path, id, dayOf(time))
		return
	}
	base := path[strings.LastIndex(path, "/")+1:]
	document, err := read(base)
	if err != nil {
		return // reported as missing
	}
	key, known := v.key(signer)
	if !known {
		v.add(problem.SignedByUnknown, path, signer)
		for _, ending := range sign.Endings() {
			_, _ = read(base + ending) // or they would be strangers in a site
		}
		return
	}
	good := true
	if day := dayOf(time); !key.in(day) {
		v.add(problem.SignedOutOfPeriod, path, signer, string(day), key.period())
		good = false
	}
	for _, ending := range sign.Endings() {
		signature, err := read(base + ending)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			v.add(problem.SignatureMissing, path, ending)
			good = false
		case err != nil:
			v.add(problem.ArchiveUnreadable, path+ending, problem.Reason(err))
			good = false
		case !key.Public.Verify(ending, document, signature):
			v.add(problem.SignatureWrong, path, ending)
			good = false
		}
	}
	v.good[path] = good
	if good && base == archive.ManifestName {
		v.Signed++
	}
}

// unsigned judges a document without a signature. Anybody can make one; where a
// key could have signed it, that is no proof of anything.
func (v *verifier) unsigned(path, id string, day model.Date) {
	i := slices.IndexFunc(v.trust.Keys, func(k Key) bool { return k.in(day) })
	if v.trust.FromSite || i < 0 {
		v.add(problem.Unsigned, path, id)
		return
	}
	v.add(problem.UnsignedDespiteKey, path, id, v.trust.Keys[i].Public.Fingerprint())
}

// own holds a manifest against the archive that the portal keeps itself. Of
// another portal that archive knows nothing.
func (v *verifier) own(path string, m *archive.Manifest, digest string) {
	if v.trust.Own == nil || v.trust.Own.Newest() == nil || !samePortal(m, &v.trust.Own.Newest().Manifest) {
		return
	}
	switch r, err := v.trust.Own.Release(m.ID); {
	case err != nil:
		v.add(problem.NotInArchive, path, m.ID)
	case r.Digest != digest:
		v.add(problem.NotAsInArchive, path, m.ID)
	}
}

func samePortal(a, b *archive.Manifest) bool {
	return a.Portal.Name == b.Portal.Name || a.Portal.BaseURL != "" && a.Portal.BaseURL == b.Portal.BaseURL || a.Log.Origin == b.Log.Origin
}

// dayOf is the day of an RFC 3339 time.
func dayOf(time string) model.Date { return model.Date(time[:min(len(time), len("2006-01-02"))]) }

func (v *verifier) key(fingerprint string) (Key, bool) {
	i := slices.IndexFunc(v.trust.Keys, func(k Key) bool { return k.Public.Fingerprint() == fingerprint })
	if i < 0 {
		return Key{}, false
	}
	return v.trust.Keys[i], true
}

func (k Key) in(day model.Date) bool { return k.From <= day && (k.Until == "" || day <= k.Until) }

func (k Key) period() string {
	return cmp.Or(string(k.From), "…") + " – " + cmp.Or(string(k.Until), "…")
}

func (v *verifier) publics() []sign.Public {
	var keys []sign.Public
	for _, k := range v.trust.Keys {
		keys = append(keys, k.Public)
	}
	return keys
}

func (v *verifier) redaction(t *archive.Redaction, read func(t *archive.Redaction, name string) ([]byte, error)) {
	v.Redacted++
	for _, p := range t.Places {
		v.add(problem.WasRedacted, p.Release+": "+p.Path, t.Time[:min(len(t.Time), 10)], t.Reason)
	}
	v.signatures("redactions/"+t.SHA256+"/"+redactionName, t.Signer, t.SHA256, t.Time, func(name string) ([]byte, error) { return read(t, name) })
}

// places holds a redaction against the releases that it names.
func (v *verifier) places(a *archive.Archive, t *archive.Redaction) {
	at := "redactions/" + t.SHA256 + "/" + redactionName
	if real, err := a.Places(t.SHA256); err == nil && !v.torn && !slices.Equal(real, t.Places) {
		v.add(problem.RedactionDoubtful, at, problem.Both("它写的位置和各期的目录不符", "the places that it names are not those of the lists"))
	}
	v.unsignedStone(t, func(id string) bool {
		r, err := a.Release(id)
		return err == nil && r.Signer != ""
	})
}

// unsignedStone names a redaction without a signature that takes something out
// of a signed release: that everybody could do.
func (v *verifier) unsignedStone(t *archive.Redaction, signed func(id string) bool) {
	for _, p := range t.Places {
		if t.Signer == "" && signed(p.Release) {
			v.add(problem.RedactionDoubtful, "redactions/"+t.SHA256+"/"+redactionName,
				problem.Both("第 "+p.Release+" 期有签名,抹去它的内容的记录没有", "release "+p.Release+" is signed, the record of what was taken out of it is not"))
			return
		}
	}
}

// ownRedaction tells whether the portal's own archive has the redaction, where
// it can be asked.
func (v *verifier) ownRedaction(m *archive.Manifest, t *archive.Redaction) bool {
	own := v.trust.Own
	if own == nil || own.Newest() == nil || !samePortal(m, &own.Newest().Manifest) {
		return true
	}
	return slices.ContainsFunc(own.Redactions(), func(o *archive.Redaction) bool { return o.Digest == t.Digest })
}
