package publish

import (
	"context"
	"io"
	"slices"
	"time"
)

func (o *ordered) send(ctx context.Context, j *job) error {
	p := pending{Format: format, Release: j.tree.ID}
	if j.live != nil {
		for _, e := range j.live.Files {
			p.Paths = append(p.Paths, e.Path)
		}
	}
	if _, before, err := o.records(); err != nil {
		return err
	} else if before != nil {
		p.Paths = append(p.Paths, before.Paths...)
	}
	for _, i := range j.items {
		p.Paths = append(p.Paths, i.Path)
	}
	slices.Sort(p.Paths)
	p.Paths = slices.Compact(p.Paths)
	if err := save(o.store, pendingFile, p); err != nil {
		return err
	}
	if err := each(ctx, j.early, o.delete); err != nil {
		return err
	}
	missing := slices.DeleteFunc(slices.Clone(j.items), func(i *item) bool { return !j.needed(i) })
	if err := j.tree.fetch(ctx, missing); err != nil {
		return err
	}
	for r := range ranks {
		if !slices.ContainsFunc(missing, func(i *item) bool { return rankOf(i.Path) == r }) {
			continue
		}
		if err := j.barrier(); err != nil {
			return err
		}
		if err := each(ctx, missing, func(i *item) error { return o.put(j, i, r) }); err != nil {
			return err
		}
	}
	j.meter.phase(PhaseVerify)
	files, err := o.files(j.tree, j.live)
	if err != nil {
		return err
	}
	var host time.Time
	if o.clock != nil {
		if host, err = o.clock(); err != nil {
			return err
		}
	}
	if err := j.makeRecord(files, o.now(), host); err != nil {
		return err
	}
	if o.heads {
		for n, i := range j.items {
			j.record.Files[n].Header = i.header()
		}
	}
	return nil
}

func (o *ordered) put(j *job, i *item, r rank) error {
	if rankOf(i.Path) != r {
		return nil
	}
	if err := j.prepare(i); err != nil {
		return err
	}
	defer j.meter.file()
	open := func() (io.ReadCloser, error) {
		body, err := i.open()
		if err != nil {
			return nil, err
		}
		return struct {
			io.Reader
			io.Closer
		}{io.TeeReader(body, j.meter), body}, nil
	}
	if _, err := o.store.Put(i.Stored, open); err != nil {
		return wrap(err, "send "+i.Path)
	}
	return nil
}

func (o *ordered) delete(name string) error { return wrap(o.store.Delete(name), "delete "+name) }

// turn takes away what is stale. Visitors have seen the new pages since the
// last of them was sent.
func (o *ordered) turn(ctx context.Context, j *job) error {
	if err := j.barrier(); err != nil {
		return err
	}
	for r := ranks - 1; r >= 0; r-- {
		gone := slices.DeleteFunc(slices.Clone(j.gone), func(p string) bool { return rankOf(p) != r })
		if err := each(ctx, gone, o.delete); err != nil {
			return err
		}
	}
	if len(j.gone) > 0 {
		if err := j.barrier(); err != nil {
			return err
		}
	}
	h, err := o.history()
	if err != nil {
		return err
	}
	if j.plan.Live != j.tree.ID {
		h.add(j.tree.ID, j.back, o.now())
		if err := save(o.store, historyName, h); err != nil {
			return err
		}
	}
	if err := save(o.store, recordFile, j.record); err != nil {
		return err
	}
	return o.store.Drop(pendingFile)
}
