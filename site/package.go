package site

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"rectify/site/model"
	"rectify/site/publish"
	"rectify/site/publish/pack"
	"rectify/site/release/archive"
	"rectify/site/release/sign"
)

// pack writes a package, or with DryRun says what it would hold.
func (o PublishOptions) pack(ctx context.Context, t model.Target, tree *publish.Tree) (*pack.Summary, error) {
	c := pack.Contents{Tree: tree}
	if o.Since != "" {
		find, done, err := o.find(t)
		if err != nil {
			return nil, err
		}
		defer done()
		if c.Base, err = find(o.Since); err != nil {
			return nil, err
		}
	}
	var err error
	if !o.Draft {
		if c.Signed, err = o.signed(tree.ID); err != nil {
			return nil, err
		}
	}
	if o.Key != nil && !o.DryRun {
		secret, err := o.Key()
		if err != nil {
			return nil, err
		}
		if secret != nil {
			c.Sign = signer(*secret)
		}
	}
	form := pack.Form(t.Form)
	if form == "" {
		form = pack.Zip
	}
	dir, err := o.outside("path", t.Path)
	if err != nil {
		return nil, err
	}
	s := c.Plan()
	s.Path = filepath.Join(dir, c.Name(form))
	if o.DryRun {
		return &s, nil
	}
	s, err = c.Write(ctx, dir, form, o.Run.Progress)
	return &s, err
}

// signer signs the list of a package: what lies beside a release, and what is to
// go, is in no manifest.
func signer(secret sign.Secret) func(list []byte) ([]pack.Sheet, error) {
	return func(list []byte) ([]pack.Sheet, error) {
		signatures, err := secret.Sign(list, "package.json")
		if err != nil {
			return nil, fmt.Errorf("sign the package: %w", err)
		}
		var sheets []pack.Sheet
		for _, ending := range sign.Endings() {
			sheets = append(sheets, pack.Sheet{Name: pack.ListName + ending, Data: signatures[ending]})
		}
		return sheets, nil
	}
}

// signed are the manifest of a release, its signatures, and the sums that it names,
// by which the files can be checked by hand.
func (o PublishOptions) signed(id string) (sheets []pack.Sheet, err error) {
	a, err := o.openArchive()
	if err != nil {
		return nil, err
	}
	defer a.Close()
	r, err := a.Release(id)
	if err != nil {
		return nil, err
	}
	files, err := r.Files(archive.Site)
	if err != nil {
		return nil, err
	}
	names := []string{archive.ManifestName}
	for _, ending := range sign.Endings() {
		names = append(names, archive.ManifestName+ending)
	}
	for _, name := range names {
		data, err := r.File(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		sheets = append(sheets, pack.Sheet{Name: name, Data: data})
	}
	return append(sheets, pack.Sheet{Name: archive.SumsName, Data: archive.Sums(files)}), nil
}
