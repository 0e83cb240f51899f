package publish

import (
	"context"
	"slices"
	"strings"
	"time"
)

const (
	recordFile  = "record.json.gz"  // what the last finished publication left
	pendingFile = "pending.json.gz" // what the one under way will have made
)

// ordered is the layout in which the files of a site have their own names and
// are replaced one by one: assets, then data, then pages, then the front door.
// Each step waits for the one before, and what is stale goes last.
type ordered struct {
	store Store
	list  func(may expected) ([]Found, error) // where files are read to know them; else nil
	sweep func() error                        // where the shelf has to be swept; else nil
	pack  packing
	adopt bool
	heads bool // headers are stored with the content
	gap   bool // see Plan.Gap
	now   func() time.Time
	clock func() (time.Time, error) // of the host, where stamps are times; else nil
}

func (o *ordered) layout() Layout { return LayoutPlain }
func (o *ordered) state() Shelf   { return o.store }
func (o *ordered) begin() error   { return nil }

func (o *ordered) tidy() error {
	if o.sweep == nil {
		return nil
	}
	return o.sweep()
}

// pending says what a publication under way makes, so that its files are known
// for ours if it does not come to its end.
type pending struct {
	Format  int      `json:"format"`
	Release string   `json:"release"`
	Paths   []string `json:"paths"`
}

func (o *ordered) records() (*record, *pending, error) {
	rec, err := loadRecord(o.store, recordFile)
	if err != nil {
		return nil, nil, err
	}
	var p pending
	ok, err := load(o.store, pendingFile, &p)
	if err != nil {
		return nil, nil, err
	}
	if !ok || !isID(p.Release) || slices.ContainsFunc(p.Paths, func(p string) bool { return checkPath(p) != nil }) {
		return rec, nil, nil
	}
	return rec, &p, nil
}

func (o *ordered) plan(ctx context.Context, t *Tree) (*job, error) {
	j := &job{tree: t, spool: &spool{}, plan: &Plan{Release: t.ID, Layout: LayoutPlain, Gap: o.gap}}
	if err := o.fill(ctx, j); err != nil {
		j.close()
		return nil, err
	}
	return j, nil
}

// fill holds a tree against what is on the target.
func (o *ordered) fill(ctx context.Context, j *job) error {
	t := j.tree
	rec, under, err := o.records()
	if err != nil {
		return err
	}
	files, err := o.files(t, rec)
	if err != nil {
		return err
	}
	j.live, j.found = rec, contents(files, rec)
	if err := o.confirm(ctx, t, j.found, files, rec); err != nil {
		return err
	}
	owned := map[string]bool{}
	if rec != nil {
		j.plan.Live = rec.Release
		for _, e := range rec.Files {
			owned[e.Path] = true
		}
		if rec.Release == t.ID && rec.Digest != t.Digest() {
			return &TakenError{Release: t.ID}
		}
	}
	if j.under = under != nil; j.under {
		for _, p := range under.Paths {
			owned[p] = true
		}
	} else {
		j.plan.Drift = drift(rec, files, j.found)
	}
	good := intact(rec, j.found)
	if j.items, err = items(ctx, t, o.pack, good, j.spool); err != nil {
		return err
	}
	j.items = append(j.items, keepers(rec, j.items, func(p string) bool { _, ok := good[p]; return ok }, o.now())...)
	if err := o.compare(ctx, j, files, rec, owned); err != nil {
		return err
	}
	o.countOrdered(j, files, rec, owned)
	o.stale(j, files, owned)
	return nil
}

// files lists what the store has. Where files have to be read for that, it is those
// of a tree and of a record.
func (o *ordered) files(t *Tree, rec *record) ([]Found, error) {
	if o.list == nil {
		return o.store.Files()
	}
	return o.list(expecting(t, rec))
}

// confirm reads the files whose stamps prove nothing.
func (o *ordered) confirm(ctx context.Context, t *Tree, sums map[string]string, files []Found, rec *record) error {
	known, may := rec.byPath(), expecting(t, rec)
	var doubtful []Found
	for _, f := range files {
		if e, ok := known[f.Path]; ok && e.Stamp == "" && sums[f.Path] == "" && may(f.Path, f.Size) {
			doubtful = append(doubtful, f)
		}
	}
	good := make([]bool, len(doubtful))
	err := each(ctx, indexes(doubtful), func(n int) (err error) {
		e := known[doubtful[n].Path]
		good[n], err = o.store.Holds(doubtful[n], Stored{File: File{Path: e.Path, Size: e.Size, SHA256: e.SHA256}}, nil)
		return err
	})
	for n, f := range doubtful {
		if good[n] {
			sums[f.Path] = known[f.Path].SHA256
		}
	}
	return err
}

// compare finds out which files of the target are right already. Of those that
// the record does not know, the store is asked.
func (o *ordered) compare(ctx context.Context, j *job, files []Found, rec *record, owned map[string]bool) error {
	there := make(map[string]Found, len(files))
	for _, f := range files {
		there[f.Path] = f
	}
	known := rec.byPath()
	var ask []*item
	for _, i := range j.items {
		f, ok := there[i.Path]
		if !ok || i.kept != 0 {
			continue
		}
		// Headers that were stored with the content are part of it.
		stale := o.heads && known[i.Path].Header != i.header() && known[i.Path].Path != ""
		switch _, sure := j.found[i.Path]; {
		case sure && stale:
			j.found[i.Path] = "stored with other headers"
		case !sure && !stale && f.kind == KindFile:
			ask = append(ask, i)
		}
	}
	if err := j.tree.fetch(ctx, ask); err != nil {
		return err
	}
	answers := make([]bool, len(ask))
	err := each(ctx, indexes(ask), func(n int) (err error) {
		i := ask[n]
		if err := j.prepare(i); err != nil {
			return err
		}
		answers[n], err = o.store.Holds(there[i.Path], i.Stored, i.open)
		return err
	})
	if err != nil {
		return err
	}
	for n, i := range ask {
		if answers[n] {
			j.found[i.Path] = i.SHA256
			if j.under && owned[i.Path] {
				j.plan.Resumed++
			}
		}
	}
	// Somebody's file under a name that we need, with another content.
	for _, i := range j.items {
		if f, ok := there[i.Path]; ok && !owned[i.Path] && !o.adopt && j.found[i.Path] != i.SHA256 {
			return &ForeignError{Path: f.Path, Adopt: true}
		}
	}
	return nil
}

// countOrdered fills in the plan.
func (o *ordered) countOrdered(j *job, files []Found, rec *record, owned map[string]bool) {
	known := rec.byPath()
	names := map[string]bool{}
	for _, i := range j.items {
		names[i.Path] = true
	}
	before := map[string]string{}
	for _, f := range files {
		if e := known[f.Path]; (owned[f.Path] || names[f.Path]) && e.Kept == 0 {
			before[f.Path] = j.found[f.Path]
		}
	}
	j.count(before, func(p string) bool {
		plain, isTwin := strings.CutSuffix(p, ".gz")
		return o.pack != packNot && isTwin && (owned[plain] || names[plain])
	})
	for _, i := range j.items {
		if j.needed(i) {
			j.plan.Send++
			j.plan.Bytes += i.Size
		}
	}
}

// stale sorts out what has to go: files of ours that the tree does not have.
// What stands in the way of a new one goes first.
func (o *ordered) stale(j *job, files []Found, owned map[string]bool) {
	names, folded, dirs := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, i := range j.items {
		names[i.Path], folded[fold(i.Path)] = true, true
		for dir := range parents(i.Path) {
			dirs[fold(dir)] = true
		}
	}
	for _, f := range files {
		if !owned[f.Path] || names[f.Path] {
			continue
		}
		inTheWay := folded[fold(f.Path)] || dirs[fold(f.Path)]
		for dir := range parents(f.Path) {
			inTheWay = inTheWay || folded[fold(dir)]
		}
		if inTheWay {
			j.early = append(j.early, f.Path)
		} else {
			j.gone = append(j.gone, f.Path)
		}
	}
	// Pages go before what they point to.
	slices.SortStableFunc(j.gone, func(a, b string) int { return int(rankOf(b)) - int(rankOf(a)) })
}

func (o *ordered) clean(context.Context, *job) error { return nil }

func (o *ordered) history() (*history, error) {
	var h history
	_, err := load(o.store, historyName, &h)
	return &h, err
}

// back has nothing to offer: there is one site on the target, and no other.
func (o *ordered) back(context.Context, string, []string) (*job, error) { return nil, nil }

func (o *ordered) inspect(context.Context) (*scene, error) {
	rec, under, err := o.records()
	if err != nil {
		return nil, err
	}
	s := &scene{record: rec, read: o.store.Read}
	if under != nil {
		s.unfinished = under.Release
	}
	if rec != nil {
		s.live, s.releases = rec.Release, []string{rec.Release}
		s.since, _ = time.Parse(time.RFC3339, rec.At)
	}
	s.files, err = o.files(nil, rec)
	return s, err
}
