package release

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"rectify/site/problem"
	"rectify/site/release/archive"
	"rectify/site/release/sign"
	"rectify/site/release/snapshot"
	"rectify/site/release/sums"
	"rectify/site/release/tilelog"
)

// ErrNoRelease says that a tree is not a release: it lacks the manifest and the
// sums that would tell what belongs to it.
var ErrNoRelease = errors.New("it holds no release: there is no releases/<id>/" + archive.SumsName)

// VerifyTree checks a release outside an archive, a published folder or a
// snapshot of it, against the manifest that lies beside it: every file of the
// release and no other, the signatures, the log, and the snapshots that lie
// beside it too. It fails with ErrNoRelease where there is nothing to check.
func VerifyTree(ctx context.Context, c snapshot.Contents, trust Trust) (Verdict, error) {
	v, err := verifyTree(ctx, c, trust)
	if err != nil {
		return Verdict{}, err
	}
	return v.Verdict, nil
}

func verifyTree(ctx context.Context, c snapshot.Contents, trust Trust) (*treeVerifier, error) {
	v := newTreeVerifier(c, trust)
	ids := v.candidates()
	if len(ids) == 0 {
		return nil, ErrNoRelease
	}
	for _, f := range c.Faults {
		code := map[snapshot.Wrong]problem.Code{
			snapshot.Missing: problem.ArchiveMissing, snapshot.Changed: problem.ArchiveChanged, snapshot.Unexpected: problem.ArchiveUnexpected,
		}[f.What]
		v.add(code, f.Name, path.Base(f.Name))
	}
	if err := v.release(ctx, ids); err != nil {
		return nil, err
	}
	if trust.FromSite {
		v.add(problem.KeysFromSite, "releases/keys")
	}
	v.Problems.Sort()
	// A changed file is no longer what two lists say of it.
	v.Problems = slices.CompactFunc(v.Problems, func(a, b problem.Problem) bool {
		return a.Code == b.Code && a.Place.File == b.Place.File && slices.Equal(a.Args, b.Args)
	})
	return v, nil
}

type treeVerifier struct {
	verifier
	tree      snapshot.Contents
	manifests map[string]*archive.Manifest
	digests   map[string]string
	stones    []*archive.Redaction
	redacted  map[string]bool // digests of contents that may be missing
	known     map[string]bool // companions that were read, by their paths
}

func newTreeVerifier(c snapshot.Contents, trust Trust) *treeVerifier {
	name := func(p string) string {
		if strings.HasPrefix(p, "log/") || strings.HasPrefix(p, "redactions/") {
			return "releases/" + p
		}
		return p
	}
	return &treeVerifier{
		verifier: newVerifier(trust, name), tree: c,
		manifests: map[string]*archive.Manifest{}, digests: map[string]string{}, redacted: map[string]bool{}, known: map[string]bool{},
	}
}

// candidates are the releases of which there are sums: the one that the tree is.
func (v *treeVerifier) candidates() (ids []string) {
	for _, name := range v.tree.Names {
		if id, ok := companionOf(name, archive.SumsName); ok {
			ids = append(ids, id)
		}
	}
	return ids
}

// companionOf gives the release beside whose manifest a file of a name lies.
func companionOf(path, name string) (id string, ok bool) {
	rest, ok := strings.CutPrefix(path, "releases/")
	if ok {
		id, ok = strings.CutSuffix(rest, "/"+name)
	}
	return id, ok && !strings.Contains(id, "/")
}

func (v *treeVerifier) release(ctx context.Context, ids []string) error {
	v.documents()
	id, list := v.choose(ids)
	if id == "" {
		return nil // none fits, and that has been said
	}
	m := v.manifests[id]
	v.Releases = []string{id}
	// Of the releases whose manifests lie here too this says nothing.
	v.Signed = 0
	if v.good["releases/"+id+"/"+archive.ManifestName] {
		v.Signed = 1
	}
	v.tombstones(m)
	v.explanation(m)
	listed, err := v.contents(ctx, m, list)
	if err != nil {
		return err
	}
	state := 0
	for _, name := range v.tree.Names {
		switch {
		case listed[name] || v.known[name] || v.packed(name, listed):
		case v.isSnapshot(name):
			if err := v.nested(ctx, name); err != nil {
				return err
			}
		case v.tree.Kind == snapshot.KindSite && ofTools(name):
			state++
		default:
			v.add(problem.ArchiveUnexpected, name, path.Base(name))
		}
	}
	if state > 0 {
		v.add(problem.StateUnread, stateDir)
	}
	return nil
}

// choose finds the release that the tree is: the one whose sums are those of its
// manifest. Sums of any other are too much: they would let the tree pass for
// that one.
func (v *treeVerifier) choose(ids []string) (id string, list []byte) {
	for _, one := range ids {
		at := "releases/" + one + "/" + archive.SumsName
		v.known[at] = true
		m := v.manifests[one]
		if m == nil {
			if !slices.Contains(v.tree.Names, "releases/"+one+"/"+archive.ManifestName) {
				v.add(problem.ArchiveMissing, "releases/"+one+"/"+archive.ManifestName, archive.ManifestName)
			}
			continue // or it cannot be read, and that has been said
		}
		text, err := v.tree.Read(at)
		switch {
		case err != nil:
			v.add(problem.ArchiveUnreadable, at, problem.Reason(err))
		case digestOf(text) != m.Site.Sums:
			v.add(problem.ArchiveChanged, at, archive.SumsName)
		case id == "":
			id, list = one, text
		case m.Log.Index > v.manifests[id].Log.Index:
			v.add(problem.ArchiveUnexpected, "releases/"+id+"/"+archive.SumsName, archive.SumsName)
			id, list = one, text
		default:
			v.add(problem.ArchiveUnexpected, at, archive.SumsName)
		}
	}
	return id, list
}

// documents reads what lies beside the site of a release: manifests, also of
// others, redactions, the log.
func (v *treeVerifier) documents() {
	var all []logged
	for _, name := range v.tree.Names {
		dir, base := path.Split(name)
		rest, ok := strings.CutPrefix(dir, "releases/")
		if !ok {
			continue
		}
		id := strings.TrimSuffix(rest, "/")
		switch {
		case base == archive.ManifestName && archive.ValidID(id):
			if l, ok := v.manifest(name, id); ok {
				all = append(all, l)
			}
		case base == redactionName && strings.HasPrefix(id, "redactions/"):
			if l, ok := v.tombstone(name, strings.TrimPrefix(id, "redactions/")); ok {
				all = append(all, l)
			}
		}
	}
	v.chain()
	v.treeLog(all)
}

// read marks a document and its signatures as known and gives its bytes.
func (v *treeVerifier) read(name string) ([]byte, error) {
	v.known[name] = true
	return v.tree.Read(name)
}

func (v *treeVerifier) manifest(name, id string) (logged, bool) {
	data, err := v.read(name)
	m := &archive.Manifest{}
	if err == nil {
		m, err = archive.ParseManifest(data)
	}
	if err != nil || m.ID != id {
		words := problem.Both("它不是一期的清单", "it is no manifest of a release")
		if err == nil {
			words = problem.Both("它是第 "+m.ID+" 期的清单", "it is the manifest of release "+m.ID)
		}
		v.add(problem.ArchiveUnreadable, name, words)
		for _, ending := range sign.Endings() {
			_, _ = v.read(name + ending) // no strangers, whatever they sign
		}
		return logged{}, false
	}
	v.manifests[id], v.digests[id] = m, digestOf(data)
	v.signatures(name, m.Signer, id, m.Time, v.beside(name))
	v.own(name, m, v.digests[id])
	return logged{path: "releases/" + id, entry: m.Log, line: entryOf(releaseEntry, id, digestOf(data)), signer: m.Signer, time: m.Time}, true
}

// beside reads what lies beside a document.
func (v *treeVerifier) beside(name string) func(string) ([]byte, error) {
	return func(base string) ([]byte, error) { return v.read(path.Dir(name) + "/" + base) }
}

// chain checks that every manifest names the digest of the one before it.
func (v *treeVerifier) chain() {
	for id, m := range v.manifests {
		if m.Previous == nil {
			continue
		}
		if digest, there := v.digests[m.Previous.ID]; !there || digest != m.Previous.Manifest {
			v.add(problem.ArchiveOrphan, "releases/"+id+"/"+archive.ManifestName, id, m.Previous.ID)
		}
	}
}

func (v *treeVerifier) treeLog(all []logged) {
	const dir = "releases/log/"
	newest, err := v.read(dir + "checkpoint")
	if err != nil {
		v.add(problem.ArchiveMissing, dir+"checkpoint", "checkpoint")
		return
	}
	var names []string
	for _, name := range v.tree.Names {
		if rest, ok := strings.CutPrefix(name, dir); ok && rest != "checkpoint" {
			names = append(names, rest)
			v.known[name] = true
		}
	}
	read := func(name string) ([]byte, error) { return v.tree.Read(dir + name) }
	v.order(all)
	// A snapshot has the log as it was when the release was made, and with it
	// what was redacted since: of that its log knows nothing.
	if c, err := tilelog.ParseCheckpoint(newest); err == nil {
		all = slices.DeleteFunc(all, func(l logged) bool { return l.entry.Index >= c.Size })
	}
	v.log("log/", newest, names, read, all)
}

// contents holds every file of the list against its digest.
func (v *treeVerifier) contents(ctx context.Context, m *archive.Manifest, list []byte) (listed map[string]bool, err error) {
	listed = map[string]bool{}
	lines, odd := sums.Coreutils.Parse(list)
	for _, line := range odd {
		v.add(problem.ArchiveUnreadable, "releases/"+m.ID+"/"+archive.SumsName, line)
	}
	for _, line := range lines {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		name := line.Name
		listed[name] = true
		data, err := v.tree.Read(name)
		switch {
		case errors.Is(err, fs.ErrNotExist) && v.redacted[line.SHA256]:
		case errors.Is(err, fs.ErrNotExist):
			v.add(problem.ArchiveMissing, name, path.Base(name))
		case err != nil:
			v.add(problem.ArchiveUnreadable, name, problem.Reason(err))
		case digestOf(data) != line.SHA256 && !(v.tree.Kind.Marked() && name == snapshot.MarkName && digestOf(data) == m.Mark):
			v.add(problem.ArchiveChanged, name, path.Base(name))
		default:
			v.Files++
		}
	}
	return listed, nil
}

// redactionName is the file of a redaction that is signed.
const redactionName = "redaction.json"

// tombstone reads a redaction. It excuses the absence of a content only when
// tombstones has judged it.
func (v *treeVerifier) tombstone(name, sha string) (logged, bool) {
	data, err := v.read(name)
	t := &archive.Redaction{}
	if err == nil {
		err = json.Unmarshal(data, t)
	}
	if err != nil || t.SHA256 != sha {
		v.add(problem.ArchiveUnreadable, name, problem.Both("它不是抹去"+sha+"的记录", "it is no record of the redaction of "+sha))
		return logged{}, false
	}
	t.Digest = digestOf(data)
	v.stones = append(v.stones, t)
	beside := v.beside(name)
	v.redaction(t, func(_ *archive.Redaction, base string) ([]byte, error) { return beside(base) })
	return logged{path: "redactions/" + sha, entry: t.Log, line: entryOf(redactionEntry, sha, t.Digest), signer: t.Signer, time: t.Time}, true
}

// tombstones lets contents be absent of which a redaction says so that is as
// good as the release itself: nobody may take a page out of a signed release by
// a note without a signature.
func (v *treeVerifier) tombstones(m *archive.Manifest) {
	for _, t := range v.stones {
		v.unsignedStone(t, func(id string) bool { return v.manifests[id] != nil && v.manifests[id].Signer != "" })
		at := "redactions/" + t.SHA256 + "/" + redactionName
		switch {
		case !slices.ContainsFunc(t.Places, func(p archive.Place) bool { return p.Release == m.ID }):
		case v.good[at], t.Signer == "" && m.Signer == "" && v.ownRedaction(m, t):
			v.redacted[t.SHA256] = true
		}
	}
}
