package release

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"rectify/site/problem"
	"rectify/site/release/archive"
	"rectify/site/release/tilelog"
)

// Tree is a site outside an archive: a published folder, or a snapshot of it.
type Tree struct {
	Names []string                          // every file, slash separated
	Read  func(name string) ([]byte, error) // fails with fs.ErrNotExist
	Extra map[string]bool                   // names that this kind of tree has beside the site
}

// ErrNoRelease says that a tree is not a release: it lacks the manifest and the
// sums that would tell what belongs to it.
var ErrNoRelease = errors.New("it holds no release: there is no releases/<id>/" + archive.SumsName)

// VerifyTree checks a site against the manifest that lies beside it: every file
// of the release and no other, the signatures, the log.
func VerifyTree(ctx context.Context, tree Tree, trust Trust) (Verdict, error) {
	v := treeVerifier{verifier: verifier{trust: trust, name: func(p string) string {
		if strings.HasPrefix(p, "log/") || strings.HasPrefix(p, "redactions/") {
			return "releases/" + p
		}
		return p
	}}, tree: tree, there: map[string]bool{}}
	for _, name := range tree.Names {
		v.there[name] = true
	}
	id := ""
	for _, name := range tree.Names {
		if rest, ok := strings.CutPrefix(name, "releases/"); ok && path.Base(rest) == archive.SumsName && strings.Count(rest, "/") == 1 {
			id = path.Dir(rest)
		}
	}
	if id == "" {
		return Verdict{}, ErrNoRelease
	}
	if err := v.release(ctx, id); err != nil {
		return Verdict{}, err
	}
	if trust.FromSite {
		v.add(problem.KeysFromSite, "releases/keys")
	}
	v.Problems.Sort()
	return v.Verdict, nil
}

type treeVerifier struct {
	verifier
	tree      Tree
	there     map[string]bool
	manifests map[string]*archive.Manifest
	digests   map[string]string
	redacted  map[string]bool
}

func (v *treeVerifier) release(ctx context.Context, id string) error {
	v.documents(id)
	m := v.manifests[id]
	if m == nil {
		return nil // its manifest cannot be read, and that has been said
	}
	v.Releases = []string{id}
	sums, err := v.tree.Read("releases/" + id + "/" + archive.SumsName)
	if err != nil {
		return err
	}
	if digestOf(sums) != m.Site.Sums {
		v.add(problem.ArchiveChanged, "releases/"+id+"/"+archive.SumsName, archive.SumsName)
		return nil
	}
	listed, err := v.contents(ctx, m, sums)
	if err != nil {
		return err
	}
	for _, name := range v.tree.Names {
		if !listed[name] && !v.beside(name) && !v.packed(name, listed) {
			v.add(problem.ArchiveUnexpected, name, path.Base(name))
		}
	}
	return nil
}

// documents reads what lies beside the site of a release: manifests, also of
// others, redactions, the log.
func (v *treeVerifier) documents(of string) {
	v.manifests, v.digests, v.redacted = map[string]*archive.Manifest{}, map[string]string{}, map[string]bool{}
	var all []logged
	for _, name := range v.tree.Names {
		dir, base := path.Split(name)
		rest, ok := strings.CutPrefix(dir, "releases/")
		if !ok {
			continue
		}
		read := func(base string) ([]byte, error) { return v.tree.Read(dir + base) }
		id := strings.TrimSuffix(rest, "/")
		switch {
		case base == archive.ManifestName && archive.ValidID(id):
			data, err := v.tree.Read(name)
			m := &archive.Manifest{}
			if err == nil {
				err = json.Unmarshal(data, m)
			}
			if err != nil || m.ID != id {
				v.add(problem.ArchiveUnreadable, name, "manifest")
				continue
			}
			v.manifests[id], v.digests[id] = m, digestOf(data)
			all = append(all, logged{"releases/" + id, m.Log, entryOf(releaseEntry, id, digestOf(data)), nil, m.Signer != ""})
			signed := v.Signed
			if v.signatures(name, m.Signer, id, m.Time, read); id != of {
				v.Signed = signed
			}
		case base == "redaction.json" && strings.HasPrefix(id, "redactions/"):
			data, err := v.tree.Read(name)
			t := &archive.Redaction{}
			if err == nil {
				err = json.Unmarshal(data, t)
			}
			if err != nil {
				v.add(problem.ArchiveUnreadable, name, "redaction")
				continue
			}
			t.Digest = digestOf(data)
			v.redacted[t.SHA256] = true
			all = append(all, logged{id, t.Log, entryOf(redactionEntry, t.SHA256, t.Digest), nil, t.Signer != ""})
			v.redaction(t, func(_ *archive.Redaction, base string) ([]byte, error) { return read(base) })
		}
	}
	v.chain()
	v.treeLog(all)
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
	newest, err := v.tree.Read(dir + "checkpoint")
	if err != nil {
		v.add(problem.ArchiveMissing, dir+"checkpoint", "checkpoint")
		return
	}
	var names []string
	for _, name := range v.tree.Names {
		if rest, ok := strings.CutPrefix(name, dir); ok && rest != "checkpoint" {
			names = append(names, rest)
		}
	}
	read := func(name string) ([]byte, error) { return v.tree.Read(dir + name) }
	// A host keeps what the log was when the site was sent there: the newest
	// checkpoint decides.
	if c, err := tilelog.ParseCheckpoint(newest); err == nil {
		all = slices.DeleteFunc(all, func(l logged) bool { return l.entry.Index >= c.Size })
	}
	v.log("log/", newest, names, read, all)
}

// contents holds every file of the list against its digest.
func (v *treeVerifier) contents(ctx context.Context, m *archive.Manifest, sums []byte) (listed map[string]bool, err error) {
	listed = map[string]bool{}
	for line := range strings.Lines(string(sums)) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		sum, name, ok := parseSum(strings.TrimSuffix(line, "\n"))
		if !ok {
			v.add(problem.ArchiveUnreadable, "releases/"+m.ID+"/"+archive.SumsName, line)
			continue
		}
		listed[name] = true
		data, err := v.tree.Read(name)
		switch {
		case errors.Is(err, fs.ErrNotExist) && v.redacted[sum]:
		case errors.Is(err, fs.ErrNotExist):
			v.add(problem.ArchiveMissing, name, path.Base(name))
		case err != nil:
			v.add(problem.ArchiveUnreadable, name, err.Error())
		case digestOf(data) != sum && !(name == MarkName && digestOf(data) == m.Mark):
			v.add(problem.ArchiveChanged, name, path.Base(name))
		default:
			v.Files++
		}
	}
	return listed, nil
}

// MarkName is the one file that an archived copy replaces, to show that it is
// one.
const MarkName = "state.css"

// parseSum reads a line of sha256sum.
func parseSum(line string) (sum, name string, ok bool) {
	escaped := strings.HasPrefix(line, `\`)
	sum, name, ok = strings.Cut(strings.TrimPrefix(line, `\`), "  ")
	if escaped {
		name = strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\r`, "\r").Replace(name)
	}
	return sum, name, ok && len(sum) == 64
}

// beside tells what lies beside a site and is looked at elsewhere, or belongs
// to the tool that put it there.
func (v *treeVerifier) beside(name string) bool {
	if v.tree.Extra[name] || strings.HasPrefix(name, ".rectify/") || strings.HasPrefix(name, "releases/log/") {
		return true
	}
	rest, ok := strings.CutPrefix(name, "releases/")
	if !ok {
		return false
	}
	dir, base := path.Split(rest)
	dir = strings.TrimSuffix(dir, "/")
	if strings.HasPrefix(dir, "redactions/") {
		return strings.HasPrefix(base, "redaction.json")
	}
	if v.manifests[dir] == nil {
		return false
	}
	switch base {
	case archive.ManifestName, archive.ManifestName + ".minisig", archive.ManifestName + ".sig", archive.SumsName, dir + ".zip", dir + ".wacz":
		return true
	}
	return false
}

// packed tells whether a file is another one, compressed for a web server that
// sends it so.
func (v *treeVerifier) packed(name string, listed map[string]bool) bool {
	base, ok := strings.CutSuffix(name, ".gz")
	if !ok || !listed[base] && !v.beside(base) {
		return false
	}
	want, err := v.tree.Read(base)
	if err != nil {
		return false
	}
	data, err := v.tree.Read(name)
	if err != nil {
		return false
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return false
	}
	got, err := io.ReadAll(io.LimitReader(z, int64(len(want))+1))
	return err == nil && bytes.Equal(got, want)
}
