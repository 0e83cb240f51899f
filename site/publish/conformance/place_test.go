//go:build linux

package conformance

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rectify/site/publish"
	"rectify/site/publish/local"
	"rectify/site/publish/pack"
	"rectify/site/publish/s3"
	"rectify/site/publish/sftp"
)

// kind is a kind of target, with its layout.
type kind string

const (
	localReleases kind = "local"
	localPlain    kind = "local plain"
	sftpReleases  kind = "sftp"
	sftpPlain     kind = "sftp without extensions"
	bucketed      kind = "s3"
	packaged      kind = "package"
)

// kinds are all that there are; each case runs for each, unless it says why not.
var kinds = []kind{localReleases, localPlain, sftpReleases, sftpPlain, bucketed, packaged}

// withoutExtensions are the requests that an old or a strict server refuses.
const withoutExtensions = "posix-rename,hardlink,fsync,statvfs,fstatvfs,copy-data,limits"

// place is a target with ways to look at it that are not the target's own.
type place struct {
	kind kind
	dir  string // what lies there, as a folder of this machine
	to   publish.Target
	base *publish.Tree // packaged: what the far side has
	box  string        // packaged: where packages lie
}

// spec is how another process reaches the same place.
type spec struct {
	Kind kind
	Dir  string
	SFTP sftp.Config
	S3   s3.Config
}

var places atomic.Int64

func newSpec(t testing.TB, k kind) spec {
	t.Helper()
	name := fmt.Sprintf("site-%d", places.Add(1))
	s := spec{Kind: k}
	switch k {
	case localReleases, localPlain, packaged:
		s.Dir = filepath.Join(mnt, "local", name)
		t.Cleanup(func() { _ = os.RemoveAll(s.Dir) })
	case sftpReleases, sftpPlain:
		s.Dir = filepath.Join(jail, name)
		check(t, os.Mkdir(s.Dir, 0o755))
		check(t, os.Chown(s.Dir, nobody, nobody))
		t.Cleanup(func() { _ = os.RemoveAll(s.Dir) })
		var server sshKind
		if k == sftpPlain {
			server.denied = withoutExtensions
		}
		s.SFTP = sshd(t, server).config("/" + name)
	case bucketed:
		s.Dir = filepath.Join(store, bucket, name)
		t.Cleanup(func() { _ = os.RemoveAll(s.Dir) })
		s.S3 = bucketConfig(gateway(t, store), name)
	}
	return s
}

func (s spec) target() publish.Target {
	switch s.Kind {
	case sftpReleases, sftpPlain:
		return publish.Target{Dial: sftp.Dial(s.SFTP), Keep: 2}
	case bucketed:
		return publish.Target{Dial: s3.Dial(s.S3)}
	case localPlain:
		return publish.Target{Dial: local.Dial(s.Dir), Layout: publish.LayoutPlain}
	}
	return publish.Target{Dial: local.Dial(s.Dir), Keep: 2}
}

func newPlace(t testing.TB, k kind) *place {
	t.Helper()
	s := newSpec(t, k)
	return &place{kind: k, dir: s.Dir, to: s.target(), box: t.TempDir()}
}

// onEach runs a case in a place of each kind. They wait for their servers more
// than they work, so they do it side by side.
func onEach(t *testing.T, run func(t *testing.T, p *place), kinds ...kind) {
	for _, k := range kinds {
		t.Run(string(k), func(t *testing.T) {
			t.Parallel()
			run(t, newPlace(t, k))
		})
	}
}

// soon is for links that are cut on purpose.
func soon(n int) time.Duration {
	if n > 20 {
		return -1
	}
	return time.Millisecond
}

// publish makes a tree the site of the place.
func (p *place) publish(ctx context.Context, tree *publish.Tree, o publish.Options) (*publish.Result, error) {
	if o.Wait == nil {
		o.Wait = soon
	}
	if p.kind != packaged {
		return p.to.Publish(ctx, tree, o)
	}
	contents := pack.Contents{Tree: tree, Base: p.base}
	form := []pack.Form{pack.Zip, pack.Folder}[len(tree.ID)%2]
	made, err := contents.Write(ctx, p.box, form, nil)
	if err != nil {
		return nil, err
	}
	res, err := p.apply(ctx, made.Path, o)
	if err == nil {
		p.base = tree
	}
	return res, err
}

// apply is what happens on the far side of the air gap.
func (p *place) apply(ctx context.Context, name string, o publish.Options) (*publish.Result, error) {
	carried, err := pack.Open(name)
	if err != nil {
		return nil, err
	}
	defer carried.Close()
	if err := carried.Verify(ctx, nil); err != nil {
		return nil, err
	}
	return p.to.Publish(ctx, carried.Tree(), o)
}

func (p *place) mustPublish(t testing.TB, id string, s site) *publish.Result {
	t.Helper()
	res, err := p.publish(t.Context(), s.tree(id), publish.Options{Yes: true})
	if err != nil {
		t.Fatalf("publish %s: %v", id, err)
	}
	return res
}

// hasReleases tells the places where visitors see all of a release at once.
func (p *place) hasReleases() bool {
	return p.kind == localReleases || p.kind == sftpReleases || p.kind == packaged
}

// root is the folder that a server would serve.
func (p *place) root() string {
	if p.hasReleases() {
		return filepath.Join(p.dir, "current")
	}
	return p.dir
}

// seen is all that visitors can get. Its old assets, which stay for those who
// are on the way, are left out unless the site s names them.
func (p *place) seen(t testing.TB, s site) site {
	t.Helper()
	found := site{}
	root, err := filepath.EvalSymlinks(p.root())
	if errors.Is(err, fs.ErrNotExist) {
		return found
	}
	check(t, err)
	check(t, filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		switch {
		case rel == publish.StateDir:
			return fs.SkipDir
		case d.IsDir():
			return nil
		}
		data, err := os.ReadFile(name)
		if strings.HasPrefix(rel, "assets/") && s[rel] == "" {
			return err
		}
		found[rel] = string(data)
		return err
	}))
	return found
}

// wantSite checks that visitors see a site, all of it and nothing else.
func (p *place) wantSite(t testing.TB, want site) {
	t.Helper()
	got := p.seen(t, want)
	if !slices.Equal(got.paths(), want.paths()) {
		t.Fatalf("visitors see other files (-want +got):\n%s", cmp.Diff(want.paths(), got.paths()))
	}
	for path := range want {
		if got[path] != want[path] {
			t.Fatalf("%s is not what was published:\n%.200s", path, got[path])
		}
	}
}

// wantWhole checks that visitors see whole files of one of some sites, and, in
// places with releases, all of one of them or nothing.
func (p *place) wantWhole(t testing.TB, sites ...site) {
	t.Helper()
	got := p.seen(t, nil)
	if p.hasReleases() {
		if len(got) == 0 {
			return
		}
		for _, s := range sites {
			if bare(s)["index.html"] == got["index.html"] && cmp.Equal(map[string]string(bare(s)), map[string]string(got)) {
				return
			}
		}
		t.Fatalf("visitors see no whole release, but %d files", len(got))
	}
	for path, content := range got {
		if !slices.ContainsFunc(sites, func(s site) bool { return s[path] == content }) {
			t.Fatalf("%s is torn: %.200q", path, content)
		}
	}
}

// bare is a site without its assets.
func bare(s site) site {
	return maps.Collect(func(yield func(string, string) bool) {
		for path, content := range s {
			if !strings.HasPrefix(path, "assets/") && !yield(path, content) {
				return
			}
		}
	})
}

// edit changes a file as somebody on the host would, and later than it was
// published.
func (p *place) edit(t testing.TB, path, content string) {
	t.Helper()
	name := filepath.Join(p.root(), path)
	if p.kind == bucketed {
		p.upload(t, path, content)
		return
	}
	if content == "" {
		check(t, os.Remove(name))
		return
	}
	check(t, os.MkdirAll(filepath.Dir(name), 0o755))
	check(t, os.WriteFile(name, []byte(content), 0o644))
	then := time.Now().Add(5 * time.Second)
	check(t, os.Chtimes(name, then, then))
}

// upload is what somebody with access to the storage would do.
func (p *place) upload(t testing.TB, path, content string) {
	t.Helper()
	bucketEdit(t, filepath.Base(p.dir)+"/"+path, content)
}
