package archive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
)

// pendingPath marks a redaction of which the tombstone is there and the content
// may still be: whoever writes next goes on with it.
const pendingPath = ".redacting"

// Tombstone is what Redact asks its caller for: the redaction as it is signed,
// and the log with it.
type Tombstone struct {
	Redaction  []byte            // as Redaction.Encode gives it
	Signatures map[string][]byte // by ending
	Log        map[string][]byte
	Checkpoint []byte
}

// Redact takes the content of a file out of the archive in the folder dir for
// good, wherever it lies there: in every release that has it, under every path,
// and with it the kept snapshots of these releases. What other versions were
// differences of is kept whole instead. The digest stays, and a tombstone says
// when and why; entomb is given the archive under its lock and the redaction
// without time, signature and log, and completes it.
//
// It fails with an *UnknownError or a *NoFileError where there is no such file,
// and with ErrRedacted where its content is gone already.
func Redact(ctx context.Context, dir, id, part, name string, entomb func(*Archive, *Redaction) (Tombstone, error)) (*Redaction, error) {
	tx, err := Begin(dir)
	if err != nil {
		return nil, err
	}
	defer tx.Abort()
	a := tx.a
	r, err := a.Release(id)
	if err != nil {
		return nil, err
	}
	files, err := r.Files(part)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(files, func(f File) bool { return f.Path == name })
	switch {
	case i < 0:
		return nil, &NoFileError{Release: id, Path: name}
	case files[i].Redacted:
		return nil, fmt.Errorf("%s of release %s: %w", name, id, ErrRedacted)
	}
	t := &Redaction{Format: Format, SHA256: files[i].SHA256, Size: files[i].Size}
	if t.Places, err = a.Places(t.SHA256); err != nil {
		return nil, err
	}
	stone, err := entomb(a, t)
	if err != nil {
		return nil, err
	}
	t.Digest = digestOf(stone.Redaction)
	const stage = stageDir + "/redaction"
	if err := a.root.Mkdir(stage, 0o777); err != nil {
		return nil, tx.wrap(stage, err)
	}
	contents := map[string][]byte{tombstoneName: stone.Redaction, checkpointName: stone.Checkpoint}
	for ending, signature := range stone.Signatures {
		contents[tombstoneName+ending] = signature
	}
	if err := a.prepare(stage, contents, stone.Log, stone.Checkpoint); err != nil {
		return nil, err
	}
	if err := a.place(pendingPath, nil); err != nil {
		return nil, err
	}
	if _, err := a.enter(stage, redactionsDir, t.SHA256); err != nil {
		return nil, err
	}
	t.dir = path.Join(redactionsDir, t.SHA256)
	a.redactions = append(a.redactions, t)
	a.redacted[t.SHA256] = true
	if err := a.heal(); err != nil {
		return nil, err
	}
	return t, a.purge(ctx)
}

// Places lists where the content of a digest lies, also where it was redacted.
func (a *Archive) Places(sha string) ([]Place, error) {
	var out []Place
	for _, r := range a.releases {
		for _, part := range []string{Data, Site} {
			files, err := r.Files(part)
			if err != nil {
				return nil, err
			}
			for _, f := range files {
				if f.SHA256 == sha {
					out = append(out, Place{r.ID, part, f.Path})
				}
			}
		}
	}
	return out, nil
}

// purge makes the packs free of everything that was redacted. It may be begun
// again after it was interrupted.
func (a *Archive) purge(ctx context.Context) error {
	if len(a.releases) == 0 {
		return a.settled()
	}
	c := checker{a: a, versions: map[string][]version{}, known: make([]bool, len(a.releases))}
	if err := c.lists(); err != nil {
		return err
	}
	plan := surgery{drop: map[int]map[string]bool{}, whole: map[int]map[string][]byte{}}
	if err := plan.examine(ctx, a, c.versions); err != nil {
		return err
	}
	// From the newest to the oldest: what was a difference of a content is whole
	// before that content goes.
	for _, r := range slices.Backward(a.releases) {
		if len(plan.drop[r.seq])+len(plan.whole[r.seq]) > 0 {
			if err := plan.operate(a, r); err != nil {
				return err
			}
		}
		if err := a.dropCopies(r); err != nil {
			return err
		}
	}
	return a.settled()
}

// settled says that nothing is pending.
func (a *Archive) settled() error {
	if err := a.root.Remove(pendingPath); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return wrapWrite(path.Join(a.dir, pendingPath), err)
	}
	return a.syncUp(".")
}

// surgery is what has to be done to packs, by the number of their release.
type surgery struct {
	drop  map[int]map[string]bool
	whole map[int]map[string][]byte // instead of a difference
}

func (s *surgery) examine(ctx context.Context, a *Archive, versions map[string][]version) error {
	packs, seqs, err := a.open(filesName, len(a.releases)-1)
	defer closeAll(packs)
	if err != nil {
		return err
	}
	return sweep(ctx, packs, seqs, func(key string, steps []step) error {
		list := versions[key]
		if !slices.ContainsFunc(list, func(v version) bool { return a.redacted[v.sha] }) {
			return nil
		}
		var data []byte
		gone := false // whether the version before is redacted
		for _, st := range steps {
			i := slices.IndexFunc(list, func(v version) bool { return v.seq == st.seq })
			if i < 0 {
				return damagedBy(key, st)
			}
			// A version that an earlier purge dropped has no step.
			gone = gone || i > 0 && a.redacted[list[i-1].sha]
			made, err := st.apply(key, data)
			if err != nil {
				return err
			}
			data = made
			switch {
			case a.redacted[list[i].sha]:
				if s.drop[st.seq] == nil {
					s.drop[st.seq] = map[string]bool{}
				}
				s.drop[st.seq][key] = true
				gone = true
				continue
			case gone && !st.full:
				if s.whole[st.seq] == nil {
					s.whole[st.seq] = map[string][]byte{}
				}
				s.whole[st.seq][key] = bytes.Clone(data)
			}
			gone = false
		}
		return nil
	})
}

// operate writes the pack of a release anew and puts it into its place.
func (s *surgery) operate(a *Archive, r *Release) error {
	old, err := openPack(a.root, r.path(filesName))
	if err != nil {
		return err
	}
	defer old.close()
	const name = stageDir + "/pack"
	_ = a.root.Remove(name)
	file, err := a.root.Create(name)
	if err != nil {
		return wrapWrite(path.Join(a.dir, name), err)
	}
	pack := newPackWriter(file)
	for !old.end {
		key, prefix := old.at.key, delta
		if old.at.full {
			prefix = full
		}
		data, whole := s.whole[r.seq][key]
		switch {
		case s.drop[r.seq][key]:
		case whole:
			err = pack.entry(full+key, data)
		default:
			if data, err = old.read(); err == nil {
				err = pack.entry(prefix+key, data)
			}
		}
		if err == nil {
			err = old.next()
		}
		if err != nil {
			return errors.Join(err, pack.close())
		}
	}
	if err := pack.close(); err != nil {
		return wrapWrite(path.Join(a.dir, name), err)
	}
	if err := a.rename(name, r.path(filesName)); err != nil {
		return err
	}
	return a.syncUp(r.path(""))
}

// dropCopies removes what may hold a redacted content of a release a second
// time: its kept snapshots, and the copy of its changes.
func (a *Archive) dropCopies(r *Release) error {
	var names []string
	for _, part := range []string{Data, Site} {
		files, err := r.Files(part)
		if err != nil {
			return err
		}
		for _, f := range files {
			if !f.Redacted {
				continue
			}
			names = append(names, r.ID+".zip", r.ID+".wacz")
			if f.Path == ChangesPath(r.ID) && part == Site {
				names = append(names, changesName)
			}
		}
	}
	for _, name := range names {
		if err := a.root.Remove(r.path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return wrapWrite(path.Join(a.dir, r.path(name)), err)
		}
	}
	return nil
}
