package site

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/afero"

	"rectify/site/audit"
	"rectify/site/load"
	"rectify/site/model"
	"rectify/site/publish"
	"rectify/site/publish/pack"
	"rectify/site/release/sign"
)

// PublishOptions say what to publish, and to which of the portal's targets.
type PublishOptions struct {
	Dir     string // the portal's folder
	Archive string // the folder of the archive; "" is ArchiveDir
	Target  string // the name of a target; for Rollback and Status also a folder, see IsFolder
	Release string // of the archive; "" is the newest
	Draft   bool   // the output folder instead of a release; for targets marked staging
	Out     string // the output folder, relative to Dir unless absolute; "" is OutDir
	DryRun  bool   // make the plan only

	// For a package: the release that the host has, "" for none, and where the key
	// comes from that signs its list. Key is asked where a package is written and
	// nowhere else; it may be nil, and give nil, for none.
	Since string
	Key   func() (*sign.Secret, error)

	Getenv func(string) string // where passwords and secret keys come from
	Home   string              // the user's folder, for ~/; may be ""
	Run    publish.Options
}

// OutDir is the folder into which a portal is built unless somebody names
// another.
const OutDir = "public"

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
	switch {
	case len(e.Have) == 0:
		return "the portal has no data/publish.yaml, which says where it is published to"
	case e.Name == "":
		return "no target is named; there are: " + strings.Join(e.Have, ", ")
	}
	return fmt.Sprintf("there is no target %q; there are: %s", e.Name, strings.Join(e.Have, ", "))
}

// NotStagingError says that a target shows approved releases only.
type NotStagingError struct{ Target string }

func (e *NotStagingError) Error() string {
	return fmt.Sprintf("the target %s is not marked staging, so it takes no draft", e.Target)
}

// ErrNotAPackage says that only packages hold what changed since a release: to
// other targets nothing else is sent anyway.
var ErrNotAPackage = errors.New("only a package can hold what changed since a release; other targets are sent nothing else anyway")

// ErrCarried says that a target is a package: what is on the far side of the
// air gap can be seen and changed there only.
var ErrCarried = errors.New("the target is a package that somebody carries; what the host has can be seen and changed there only")

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

// IsFolder says that a target is no name of publish.yaml but a folder of this
// machine, as whoever runs the host names one.
func IsFolder(target string) bool { return strings.ContainsAny(target, `/\.`) }

// ErrFolder says that a folder was named where a target has to be: what is
// published to a place, and how, is written down once and not at each call.
var ErrFolder = errors.New("publish takes the name of a target of data/publish.yaml, not a folder")

// Publish makes a release, or a draft, what visitors of a target see; or packs
// it, where the target is a package. It fails with the errors of this file, of
// package publish and of its rooms.
func Publish(ctx context.Context, o PublishOptions) (*Published, error) {
	if IsFolder(o.Target) {
		return nil, ErrFolder
	}
	t, err := o.target(ctx)
	if err != nil {
		return nil, err
	}
	if o.Since != "" && t.Type != model.PackageTarget {
		return nil, ErrNotAPackage
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
	done.Root = o.rootOf(t, done.Layout)
	return done, nil
}

// errPlanned ends a rollback that was to be planned only.
var errPlanned = errors.New("planned")

// Rollback makes an earlier release what visitors of a target see; "" is the one
// before. It fails as Publish does.
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
	var planned *publish.Plan
	if o.DryRun {
		o.Run.Planned = func(p *publish.Plan) error {
			planned = p
			return errPlanned
		}
	}
	res, err := to.Rollback(ctx, o.Release, find, o.Run)
	if errors.Is(err, errPlanned) {
		res, err = &publish.Result{Plan: *planned}, nil
	}
	if err != nil {
		return nil, err
	}
	return &Published{Target: o.Target, Type: t.Type, DryRun: o.DryRun, Result: res, Root: o.rootOf(t, res.Layout)}, nil
}

// TargetStatus says what is on a target.
type TargetStatus struct {
	Target string           `json:"target"`
	Type   model.TargetType `json:"type"`
	Root   string           `json:"root,omitempty"`

	// Newest is the newest release of the archive, "" if there is none.
	Newest string `json:"newest,omitempty"`
	*publish.Status
}

// Status looks at a target. With quick it does not read what it can tell from
// sizes and times. It fails as Publish does, and with ErrCarried for a package.
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
	newest, err := o.newest()
	if err != nil && !errors.Is(err, ErrNoArchive) {
		return nil, err
	}
	return &TargetStatus{Target: o.Target, Type: t.Type, Root: o.rootOf(t, s.Layout), Newest: newest, Status: s}, nil
}

// NginxConfig writes a server block for a portal.
func NginxConfig(n publish.Nginx) (string, error) {
	n.Policy = audit.Policy
	return publish.NginxConfig(n)
}

// Address is the base_url of the portal in a folder; "" where there is none.
func Address(ctx context.Context, dir string) string {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return ""
	}
	portal, _ := load.Load(ctx, afero.NewBasePathFs(afero.NewOsFs(), dir), DataDir)
	return string(portal.BaseURL)
}
