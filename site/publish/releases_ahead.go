package publish

import (
	"context"
	"slices"
	"strings"
)

// lookAhead looks for what is on the target beyond what visitors see: the release
// itself, or what an interrupted publication left of it.
func (r *releases) lookAhead(ctx context.Context, j *job) error {
	id := j.tree.ID
	if j.plan.Live == id {
		return nil // it is mended under the visitors' eyes, file by file
	}
	dir := releaseDir(id)
	whole, err := r.look(ctx, dir, id, j.tree)
	if err != nil {
		return err
	}
	if whole != nil && whole.record != nil && whole.record.Digest != j.tree.Digest() {
		return &TakenError{Release: id}
	}
	found := whole
	if whole == nil {
		dir = partDir(id)
		if found, err = r.look(ctx, dir, id+partEnding, j.tree); err != nil || found == nil {
			return err
		}
	}
	j.ahead = found
	if err := r.fathom(ctx, j, dir); err != nil {
		return err
	}
	ready := whole != nil && whole.record != nil
	names := map[string]bool{}
	for _, i := range j.items {
		names[i.Path] = true
		good := j.has(i.Path) == i.SHA256
		ready = ready && (good || i.kept != 0)
		if good && whole == nil && j.found[i.Path] != i.SHA256 {
			j.plan.Resumed++
		}
	}
	if whole != nil && whole.record != nil {
		for _, e := range whole.record.Files {
			names[e.Path] = names[e.Path] || e.Kept != 0
		}
	}
	ready = ready && !slices.ContainsFunc(found.files, func(f Found) bool { return !names[f.Path] })
	if j.plan.Ready = ready; ready {
		j.record = whole.record
	}
	return nil
}

// fathom finds out what is in the files ahead, as far as they could be of use.
func (r *releases) fathom(ctx context.Context, j *job, dir string) error {
	found := j.ahead
	wanted := make(map[string]*item, len(j.items))
	for _, i := range j.items {
		wanted[i.Path] = i
	}
	if found.record != nil && found.record.For == j.tree.Digest() {
		before, live := found.record.byPath(), j.shown.byPath()
		for _, f := range found.files {
			i, ok := wanted[f.Path]
			e, was := before[f.Path]
			replaced := !was || e.Size != f.Size || e.Stamp != "" && e.Stamp != f.Stamp
			if _, known := found.sums[f.Path]; known || !ok || !replaced || f.kind != KindFile || f.Size != i.Size {
				continue
			}
			see, shown := live[f.Path]
			switch {
			case found.record.Date != "" && f.Stamp == found.record.Date: // it was sent
				found.sums[f.Path] = i.SHA256
			case shown && j.found[f.Path] != "" && f.Size == see.Size && f.untouched(see): // it was linked
				found.sums[f.Path] = j.found[f.Path]
			}
		}
	}
	return r.read(ctx, dir, found, func(p string) int64 {
		if i, ok := wanted[p]; ok {
			return i.Size
		}
		return -1
	})
}

// back plans to turn the link to a release that is still here and unharmed.
func (r *releases) back(ctx context.Context, id string, redacted []string) (*job, error) {
	if !isID(id) {
		return nil, nil
	}
	whole, err := r.look(ctx, releaseDir(id), id, nil)
	if err != nil || whole == nil || whole.record == nil {
		return nil, err
	}
	known := whole.record.byPath()
	if err := r.read(ctx, releaseDir(id), whole, func(p string) int64 {
		if e, ok := known[p]; ok && e.Stamp == "" {
			return e.Size
		}
		return -1
	}); err != nil {
		return nil, err
	}
	t := &Tree{ID: id, Redacted: redacted}
	var own []*item
	for _, e := range whole.record.Files {
		file := File{Path: e.Path, Size: e.Size, SHA256: e.SHA256, Beside: e.Beside}
		if e.Kept != 0 {
			continue
		}
		if whole.sums[e.Path] != e.SHA256 {
			return nil, nil
		}
		own = append(own, &item{Stored: Stored{File: file}, source: e.Source, twin: e.Source != ""})
		if e.Source == "" {
			t.Files = append(t.Files, file)
		}
	}
	t.Files = append(t.Files, whole.record.Redacted...)
	slices.SortFunc(t.Files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	if t.Digest() != whole.record.Digest {
		return nil, nil
	}
	return r.against(ctx, t, func(map[string]entry) ([]*item, error) { return own, nil })
}
