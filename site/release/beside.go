package release

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"rectify/site/problem"
	"rectify/site/release/archive"
	"rectify/site/release/snapshot"
)

// stateDir is the folder in which the tools that write an output folder, or
// send it somewhere, keep what they know of it. No server hands it out.
const stateDir = ".rectify"

// stateForm is what they keep there.
var stateForm = regexp.MustCompile(`^\.rectify/((manifest|seen)\.json|journal|lock|(record|pending)\.json(\.gz)?|history\.json\.gz|records/[a-z0-9][a-z0-9-]*(\.part)?\.json\.gz)(\.new)?$`)

// ofTools tells files of the tools' own state by their names. What stands in
// them is nobody's page and is not looked at, which is said.
func ofTools(name string) bool { return stateForm.MatchString(name) }

// packed tells whether a file is another one, compressed for a web server that
// sends it so.
func (v *treeVerifier) packed(name string, listed map[string]bool) bool {
	base, ok := strings.CutSuffix(name, ".gz")
	if !ok || v.tree.Kind != snapshot.KindSite || !listed[base] && !v.known[base] {
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

// explanation looks whether the README of a snapshot is the one that this
// program writes: people are told there what to trust.
func (v *treeVerifier) explanation(m *archive.Manifest) {
	if v.tree.Kind == snapshot.KindSite {
		return
	}
	name := snapshot.ReadmeName
	if v.tree.Kind == snapshot.KindBag {
		name = "data/" + name
	}
	at, err := time.Parse(time.RFC3339, m.Time)
	if err != nil {
		return // which has been said
	}
	own := snapshot.Release{ID: m.ID, Name: m.Portal.Name, Unit: m.Portal.Unit, Time: at, Content: m.Content}
	switch {
	case v.tree.Readme == nil:
		v.add(problem.ArchiveMissing, name, snapshot.ReadmeName)
	case !own.Explains(v.tree.Readme):
		v.add(problem.GuideChanged, name, snapshot.ReadmeName)
	}
}

// isSnapshot tells the snapshots that an archive kept and that lie beside a
// published site.
func (v *treeVerifier) isSnapshot(name string) bool {
	id := path.Base(path.Dir(name))
	return v.tree.Kind == snapshot.KindSite && v.manifests[id] != nil &&
		(name == "releases/"+id+"/"+id+".zip" || name == "releases/"+id+"/"+id+".wacz")
}

// nested verifies a snapshot that lies beside a published site.
func (v *treeVerifier) nested(ctx context.Context, name string) error {
	data, err := v.tree.Read(name)
	if err != nil {
		v.add(problem.SnapshotDamaged, name, problem.Reason(err))
		return nil
	}
	id := path.Base(path.Dir(name))
	return v.snapshot(ctx, name, bytes.NewReader(data), int64(len(data)), id, v.digests[id])
}

// kept verifies the snapshots that an archive keeps for download.
func (v *verifier) kept(ctx context.Context, a *archive.Archive) error {
	for _, r := range a.Releases() {
		for _, s := range a.Snapshots(r) {
			file, err := r.Open(path.Base(s.Path))
			if err == nil {
				err = errors.Join(v.snapshot(ctx, s.Path, file, s.Size, r.ID, r.Digest), file.Close())
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// snapshot verifies one that has to be of a release, and takes what is wrong
// with it into the list.
func (v *verifier) snapshot(ctx context.Context, name string, in io.ReaderAt, size int64, id, manifest string) error {
	trust := v.trust
	trust.Old, trust.FromSite = nil, false
	c, err := snapshot.Open(in, size, name)
	var inner *treeVerifier
	if err == nil {
		inner, err = verifyTree(ctx, c, trust)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err == nil && inner.OK() && (!slices.Equal(inner.Releases, []string{id}) || inner.digests[id] != manifest) {
		err = errors.New(problem.Both("它不是第 "+id+" 期的", "it is not that of release "+id))
	}
	if err != nil {
		v.add(problem.SnapshotDamaged, name, problem.Reason(err))
		return nil
	}
	for _, p := range inner.Problems {
		if p.Severity == problem.Error {
			p.Place.File = v.name(name) + ": " + p.Place.File
			v.Problems = append(v.Problems, p)
		}
	}
	return nil
}
