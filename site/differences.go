package site

import (
	"context"

	"rectify/site/load"
	"rectify/site/release/diff"
)

// Diff says how one state of a portal differs from another: from names a
// release, to another one or, where it is "", the working data. It gives the
// portal's name too.
func Diff(ctx context.Context, o Options, from, to string) (*diff.Changes, string, error) {
	b, err := newBuild(o)
	if err != nil {
		return nil, "", err
	}
	defer b.close()
	a, err := openArchive(o)
	if err != nil {
		return nil, "", err
	}
	defer a.Close()
	side := func(id string) (*diff.Side, error) {
		r, err := a.Release(id)
		if err != nil {
			return nil, err
		}
		return sideOf(ctx, r)
	}
	before, err := side(from)
	if err != nil {
		return nil, "", err
	}
	var after *diff.Side
	if to != "" {
		after, err = side(to)
	} else {
		after = &diff.Side{}
		// Data that are half written can be compared: what cannot be read stops
		// it, what is only wrong does not.
		portal, found := load.Load(ctx, b.fs, DataDir)
		if found.HasErrors() {
			return nil, "", b.found(found, false)
		}
		*after, err = b.side(portal.Public())
	}
	if err != nil {
		return nil, "", err
	}
	c := diff.Compare(before, *after)
	c.Previous, c.Release = from, to
	return c, after.Portal.Name, nil
}
