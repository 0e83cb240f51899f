package site

import (
	"cmp"
	"context"

	"rectify/site/check"
	"rectify/site/export"
	"rectify/site/load"
	"rectify/site/model"
	"rectify/site/page"
)

// book reads and checks the data and prepares their pages.
func (b *build) book(ctx context.Context) (*page.Book, error) {
	stop := b.watch.start(StageLoad)
	portal, digest, found := load.Again(ctx, b.fs, DataDir, parsed{b.cache, []byte(b.Program)})
	stop()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := b.found(found, false); err != nil {
		return nil, err
	}
	stop = b.watch.start(StageCheck)
	found = nil
	if !b.unchecked {
		found = check.Run(portal, check.Options{BaseURL: b.BaseURL, Clock: b.Now, FS: b.fs, Dir: DataDir})
	}
	stop()
	if err := b.found(found, false); err != nil {
		return nil, err
	}
	defer b.watch.start(StagePage)()
	b.portal, b.data = portal, digest
	if err := b.remember(ctx, portal.Public()); err != nil {
		return nil, err
	}
	return bookOf(portal.Public(), b.Options, b.history), nil
}

// bookOf prepares the pages of a public portal. They tell of the files that
// export will make, so they are given the list of them.
func bookOf(portal *model.Portal, o Options, h history) *page.Book {
	var data []page.DataFile
	for _, e := range export.Catalogue(portal, cmp.Or(o.BaseURL, string(portal.BaseURL))) {
		file := page.DataFile{Path: e.Path, Title: e.Title, Type: e.Type, About: e.About, Schema: e.Schema, Report: e.Report}
		for _, f := range e.Fields {
			file.Fields = append(file.Fields, page.DataField{Key: f.Key, Word: f.Word})
		}
		data = append(data, file)
	}
	return page.New(portal, page.Options{BaseURL: o.BaseURL, Now: o.Now, Data: data, Releases: h.releases, Keys: h.keys})
}
