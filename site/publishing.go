package site

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/spf13/afero"

	"rectify/site/audit"
	"rectify/site/load"
	"rectify/site/model"
	"rectify/site/publish"
	"rectify/site/publish/local"
	"rectify/site/publish/pack"
	"rectify/site/publish/s3"
	"rectify/site/publish/sftp"
	"rectify/site/release/archive"
)

// PublishOptions say what to publish, and to which of the portal's targets.
type PublishOptions struct {
	Dir     string // the portal's folder
	Target  string // the name of a target
	Release string // of the archive; "" is the newest
	Draft   bool   // the output folder instead of a release; for targets marked staging
	Out     string // the output folder, for Draft; relative to Dir unless absolute
	Since   string // for a package: the release that the host has
	DryRun  bool   // make the plan only

	Getenv func(string) string // where passwords and secret keys come from
	Home   string              // the user's folder, for ~/; may be ""
	Run    publish.Options
}

// Published says what a run did, or with DryRun would do.
type Published struct {
	Target string           `json:"target"`
	Type   model.TargetType `json:"type"`
	DryRun bool             `json:"dry_run"`

	// Root is what the web server of the host serves; "" where that is not
	// known here.
	Root string `json:"root,omitempty"`

	*publish.Result               // of a target that is reached
	Package         *pack.Summary `json:"package,omitempty"` // of one that is carried to
}

// TargetError says that there is no target of a name.
type TargetError struct {
	Name string
	Have []string // empty: publish.yaml is not there
}

func (e *TargetError) Error() string {
	if len(e.Have) == 0 {
		return "the portal has no data/publish.yaml, which says where it is published to"
	}
	return fmt.Sprintf("there is no target %q; there are: %s", e.Name, strings.Join(e.Have, ", "))
}

// NotStagingError says that a target shows approved releases only.
type NotStagingError struct{ Target string }

func (e *NotStagingError) Error() string {
	return fmt.Sprintf("the target %s is not marked staging, so it takes no draft", e.Target)
}

// PlaceError says that something of a target lies where it must not.
type PlaceError struct {
	What string // "path" or "key_file"
	Path string
	In   string // the folder of the portal
}

func (e *PlaceError) Error() string {
	return fmt.Sprintf("%s %s of the target lies in the folder %s of the portal", e.What, e.Path, e.In)
}

// Targets reads where the portal is published to. It fails with a
// *ProblemError, and with a *TargetError where no place is named at all.
func Targets(ctx context.Context, dir string) ([]model.Target, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	base := afero.NewBasePathFs(afero.NewOsFs(), dir)
	p, found := load.Publishing(ctx, base, DataDir)
	found.AddFrames(base)
	switch {
	case found.HasErrors():
		return nil, &ProblemError{Problems: found}
	case p == nil:
		return nil, &TargetError{}
	}
	return p.Targets, nil
}

// target finds the target that the options name.
func (o PublishOptions) target(ctx context.Context) (model.Target, error) {
	targets, err := Targets(ctx, o.Dir)
	if err != nil {
		return model.Target{}, err
	}
	var names []string
	for _, t := range targets {
		if string(t.Name) == o.Target {
			return t, nil
		}
		names = append(names, string(t.Name))
	}
	return model.Target{}, &TargetError{Name: o.Target, Have: names}
}

// Publish makes a release, or a draft, what visitors of a target see; or packs
// it, where the target is a package.
func Publish(ctx context.Context, o PublishOptions) (*Published, error) {
	t, err := o.target(ctx)
	if err != nil {
		return nil, err
	}
	done := &Published{Target: string(t.Name), Type: t.Type, DryRun: o.DryRun}
	tree, release, err := o.tree(t)
	if err != nil {
		return nil, err
	}
	defer release()
	if t.Type == model.PackageTarget {
		done.Package, err = o.pack(ctx, t, tree)
		if err != nil {
			return nil, err
		}
		return done, nil
	}
	to, err := o.reach(t)
	if err != nil {
		return nil, err
	}
	if o.DryRun {
		plan, err := to.Plan(ctx, tree, o.Run)
		if err != nil {
			return nil, err
		}
		done.Result = &publish.Result{Plan: *plan}
	} else if done.Result, err = to.Publish(ctx, tree, o.Run); err != nil {
		return nil, err
	}
	done.Root = rootOf(t, done.Layout)
	return done, nil
}

// Rollback makes an earlier release what visitors of a target see; "" is the one
// before.
func Rollback(ctx context.Context, o PublishOptions) (*Published, error) {
	t, err := o.target(ctx)
	if err != nil {
		return nil, err
	}
	to, err := o.reach(t)
	if err != nil {
		return nil, err
	}
	find, release, err := o.find(t)
	if err != nil {
		return nil, err
	}
	defer release()
	res, err := to.Rollback(ctx, o.Release, find, o.Run)
	if err != nil {
		return nil, err
	}
	return &Published{Target: string(t.Name), Type: t.Type, Result: res, Root: rootOf(t, res.Layout)}, nil
}

// TargetStatus says what is on a target.
type TargetStatus struct {
	Target string           `json:"target"`
	Type   model.TargetType `json:"type"`
	Root   string           `json:"root,omitempty"`
	*publish.Status
}

// Status looks at a target. With quick it does not read what it can tell from
// sizes and times. It fails with ErrCarried for a package.
func Status(ctx context.Context, o PublishOptions, quick bool) (*TargetStatus, error) {
	t, err := o.target(ctx)
	if err != nil {
		return nil, err
	}
	to, err := o.reach(t)
	if err != nil {
		return nil, err
	}
	find, release, err := o.find(t)
	if err != nil {
		return nil, err
	}
	defer release()
	s, err := to.Status(ctx, find, quick, o.Run)
	if err != nil {
		return nil, err
	}
	return &TargetStatus{Target: string(t.Name), Type: t.Type, Root: rootOf(t, s.Layout), Status: s}, nil
}

// ErrCarried says that a target is a package: what is on the far side of the
// air gap can be seen there only.
var ErrCarried = errors.New("the target is a package that somebody carries; what the host has can be seen there only")

// keepReleases is how many releases stay on a host unless the target says more.
const keepReleases = 3

// reach says how to reach a target.
func (o PublishOptions) reach(t model.Target) (publish.Target, error) {
	to := publish.Target{Keep: cmp.Or(t.Keep, keepReleases), Gzip: t.Gzip, Layout: publish.Layout(t.Layout)}
	keyFile, err := o.outside("key_file", t.KeyFile, DataDir, "themes", o.Out, archiveDir)
	if err != nil {
		return to, err
	}
	secret := func(what string) string {
		return o.Getenv("RECTIFY_" + strings.ToUpper(strings.ReplaceAll(string(t.Name), "-", "_")) + "_" + what)
	}
	switch t.Type {
	case model.LocalTarget:
		dir, err := o.outside("path", t.Path, DataDir, "themes", o.Out, archiveDir)
		if err != nil {
			return to, err
		}
		to.Dial = local.Dial(dir)
	case model.SFTPTarget:
		c := sftp.Config{
			Host: t.Host, Port: t.Port, User: t.User, Path: t.Path, HostKey: string(t.HostKey), KeyFile: keyFile,
			Passphrase: secret("PASSPHRASE"), Password: secret("PASSWORD"), Agent: o.Getenv("SSH_AUTH_SOCK"),
		}
		switch {
		case t.KnownHosts != "":
			c.KnownHosts = []string{o.full(t.KnownHosts)}
		case o.Home != "":
			c.KnownHosts = []string{filepath.Join(o.Home, ".ssh", "known_hosts")}
		}
		to.Dial = sftp.Dial(c)
	case model.S3Target:
		c := s3.Config{
			Endpoint: string(t.Endpoint), Region: t.Region, Bucket: t.Bucket, Prefix: t.Prefix, Lookup: string(t.Lookup),
			AccessKey: secret("ACCESS_KEY"), SecretKey: secret("SECRET_KEY"), KeyFile: keyFile,
		}
		to.Dial = s3.Dial(c)
	default:
		return to, ErrCarried
	}
	return to, nil
}

// full is a path of publish.yaml: relative to the portal's folder, or to the
// user's with ~/.
func (o PublishOptions) full(name string) string {
	if rest, ok := strings.CutPrefix(name, "~/"); ok && o.Home != "" {
		return filepath.Join(o.Home, rest)
	}
	if name == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(o.Dir, name)
}

// outside is full for what must not lie in some folders of the portal: a secret
// would be published, or a site would be published into itself.
func (o PublishOptions) outside(what, name string, folders ...string) (string, error) {
	full := o.full(name)
	if full == "" {
		return "", nil
	}
	full, err := filepath.Abs(full)
	if err != nil {
		return "", err
	}
	for _, folder := range folders {
		if folder == "" {
			continue
		}
		own, err := filepath.Abs(o.full(folder))
		if err != nil {
			return "", err
		}
		if rel, err := filepath.Rel(own, full); err == nil && filepath.IsLocal(rel) {
			return "", &PlaceError{What: what, Path: name, In: folder}
		}
	}
	return full, nil
}

// rootOf is the folder that the host's server serves.
func rootOf(t model.Target, layout publish.Layout) string {
	if t.Type == model.S3Target {
		return ""
	}
	if layout == publish.LayoutReleases {
		return strings.TrimRight(t.Path, "/") + "/current"
	}
	return t.Path
}

// NginxConfig writes a server block for a portal.
func NginxConfig(n publish.Nginx) (string, error) {
	n.Policy = audit.Policy
	return publish.NginxConfig(n)
}

// find gives the releases of the archive. A portal without one has none.
func (o PublishOptions) find(t model.Target) (find publish.Find, done func(), err error) {
	a, err := archive.Open(filepath.Join(o.Dir, archiveDir))
	if errors.Is(err, fs.ErrNotExist) {
		return func(string) (*publish.Tree, error) { return nil, fs.ErrNotExist }, func() {}, nil
	}
	if err != nil {
		return nil, nil, err
	}
	var opened []*archivedTree
	find = func(id string) (*publish.Tree, error) {
		tree, err := openArchived(a, id, partsOf(t))
		if err != nil {
			return nil, err
		}
		opened = append(opened, tree)
		return tree.Tree, nil
	}
	return find, func() {
		for _, tree := range opened {
			tree.close()
		}
		_ = a.Close() // it was only read
	}, nil
}

// partsOf says what of the archive goes along with a release.
func partsOf(t model.Target) []model.ArchivePart {
	if len(t.Archive) > 0 {
		return t.Archive
	}
	return []model.ArchivePart{model.ArchiveManifests, model.ArchiveSignatures, model.ArchiveLog}
}
