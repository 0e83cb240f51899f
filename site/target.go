package site

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"rectify/site/model"
	"rectify/site/publish"
	"rectify/site/publish/local"
	"rectify/site/publish/s3"
	"rectify/site/publish/sftp"
)

// PlaceError says that something of a target lies where it must not.
type PlaceError struct {
	What string // "path" or "key_file"
	Path string
	In   string // the folder of the portal that it lies in; "" where it is that of the portal itself, or one above it
}

func (e *PlaceError) Error() string {
	if e.In == "" {
		return fmt.Sprintf("%s %s of the target is the folder of the portal, or one above it", e.What, e.Path)
	}
	return fmt.Sprintf("%s %s of the target lies in the folder %s of the portal", e.What, e.Path, e.In)
}

// target finds the target that the options name.
func (o PublishOptions) target(ctx context.Context) (model.Target, error) {
	if IsFolder(o.Target) {
		return model.Target{Type: model.LocalTarget, Path: o.Target}, nil
	}
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

// keepReleases is how many releases stay on a host unless the target says more.
const keepReleases = 3

// reach says how to reach a target.
func (o PublishOptions) reach(t model.Target) (publish.Target, error) {
	to := publish.Target{Keep: cmp.Or(t.Keep, keepReleases), Gzip: t.Gzip, Layout: publish.Layout(t.Layout)}
	keyFile, err := o.outside("key_file", t.KeyFile)
	if err != nil {
		return to, err
	}
	secret := func(what string) string { return o.Getenv(SecretVariable(t.Name, what)) }
	switch t.Type {
	case model.LocalTarget:
		dir, err := o.outside("path", t.Path)
		if err != nil {
			return to, err
		}
		if inside, err := isWithin(o.full("."), dir); err != nil {
			return to, err
		} else if inside {
			return to, &PlaceError{What: "path", Path: t.Path}
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
		to.Dial = s3.Dial(s3.Config{
			Endpoint: string(t.Endpoint), Region: t.Region, Bucket: t.Bucket, Prefix: t.Prefix, Lookup: string(t.Lookup),
			AccessKey: secret("ACCESS_KEY"), SecretKey: secret("SECRET_KEY"), KeyFile: keyFile,
		})
	default:
		return to, ErrCarried
	}
	return to, nil
}

// SecretVariable names the environment variable that holds a secret of a target:
// what is PASSWORD, PASSPHRASE, ACCESS_KEY or SECRET_KEY.
func SecretVariable(target model.Slug, what string) string {
	return "RECTIFY_" + strings.ToUpper(strings.ReplaceAll(string(target), "-", "_")) + "_" + what
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

// outside is full for what must not lie in the folders of the portal: a secret
// would be published or archived, or a site would be published into itself.
func (o PublishOptions) outside(what, name string) (string, error) {
	if name == "" {
		return "", nil
	}
	full, err := filepath.Abs(o.full(name))
	if err != nil {
		return "", err
	}
	for _, folder := range []string{DataDir, "themes", o.out(), o.archive()} {
		switch inside, err := isWithin(full, o.full(folder)); {
		case err != nil:
			return "", err
		case inside:
			return "", &PlaceError{What: what, Path: name, In: folder}
		}
	}
	return full, nil
}

// isWithin says that a file or folder is a certain one, or lies in it: by name, and
// as the same folder under another name, such as a link. Neither has to be there.
func isWithin(name, folder string) (bool, error) {
	for _, p := range []*string{&name, &folder} {
		var err error
		if *p, err = resolved(*p); err != nil {
			return false, err
		}
	}
	if rel, err := filepath.Rel(folder, name); err == nil && filepath.IsLocal(rel) {
		return true, nil
	}
	there, err := os.Stat(folder)
	if err != nil {
		return false, nil //nolint:nilerr // what is not there has no other name
	}
	for dir := name; ; dir = filepath.Dir(dir) {
		if info, err := os.Stat(dir); err == nil && os.SameFile(info, there) {
			return true, nil
		}
		if dir == filepath.Dir(dir) {
			return false, nil
		}
	}
}

// resolved follows the links on the way to a file, as far as there is a way.
func resolved(name string) (string, error) {
	full, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	rest := ""
	for dir := full; ; dir = filepath.Dir(dir) {
		if found, err := filepath.EvalSymlinks(dir); err == nil {
			return filepath.Join(found, rest), nil
		}
		if dir == filepath.Dir(dir) {
			return full, nil
		}
		rest = filepath.Join(filepath.Base(dir), rest)
	}
}

func (o PublishOptions) out() string     { return cmp.Or(o.Out, OutDir) }
func (o PublishOptions) archive() string { return cmp.Or(o.Archive, ArchiveDir) }

// ErrElsewhere says that a folder is on another machine, where it has a name that
// is not known here.
var ErrElsewhere = errors.New("what the folder of the target is called on its host is not known here")

// ServedRoot is the folder that the server of a target serves, with slashes. Only
// a folder of this machine has a name that its server knows, too; for others it
// fails with ErrElsewhere.
func ServedRoot(ctx context.Context, o PublishOptions) (string, error) {
	t, err := o.target(ctx)
	if err != nil {
		return "", err
	}
	if t.Type != model.LocalTarget {
		return "", ErrElsewhere
	}
	layout := publish.LayoutReleases
	if t.Layout == model.PlainLayout {
		layout = publish.LayoutPlain
	}
	return filepath.ToSlash(o.rootOf(t, layout)), nil
}

// rootOf is the folder that the host's server serves.
func (o PublishOptions) rootOf(t model.Target, layout publish.Layout) string {
	root := t.Path
	switch t.Type {
	case model.S3Target:
		return ""
	case model.LocalTarget:
		if full, err := filepath.Abs(o.full(root)); err == nil {
			root = full
		}
	}
	if layout == publish.LayoutReleases {
		root = strings.TrimRight(root, `/\`) + "/current"
	}
	return root
}
