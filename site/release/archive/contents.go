package archive

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"rectify/site/problem"
)

// Files lists the files of a part (Site or Data), sorted by path. What the list
// says is what the manifest vouches for.
func (r *Release) Files(part string) ([]File, error) {
	data, err := r.list(part)
	if err != nil {
		return nil, err
	}
	files, err := decodeList(data)
	if err != nil {
		return nil, unreadable(r.path(listsName), err)
	}
	for i := range files {
		files[i].Redacted = r.a.redacted[files[i].SHA256]
	}
	return files, nil
}

// list puts the list of a part together from this release and those before it.
func (r *Release) list(part string) ([]byte, error) {
	var packs []*packReader
	defer func() {
		for _, p := range packs {
			p.close()
		}
	}()
	var steps []step
	key := listKey(part)
	for seq := r.seq; ; seq-- {
		if seq < 0 {
			return nil, damaged(problem.ArchiveMissing, r.path(listsName), listKey(part))
		}
		p, err := openPack(r.a.root, r.a.releases[seq].path(listsName))
		if err != nil {
			return nil, err
		}
		packs = append(packs, p)
		for !p.end && p.at.key < key {
			if err := p.next(); err != nil {
				return nil, err
			}
		}
		if p.end || p.at.key != key {
			return nil, damaged(problem.ArchiveMissing, p.name, key)
		}
		steps = append(steps, step{p, seq, p.at.full})
		if p.at.full {
			break
		}
	}
	slices.Reverse(steps)
	data, _, err := content(key, steps)
	if err != nil {
		return nil, err
	}
	if digestOf(data) != r.Part(part).List {
		return nil, damaged(problem.ArchiveChanged, r.path(listsName), key)
	}
	return data, nil
}

// listKey is the name of the list of a part in a pack of lists.
func listKey(part string) string { return part + ".jsonl" }

// Each calls do with the content of every file of a part that want asks for
// (nil asks for all), in the order of their paths; of a redacted file the
// content is nil. It reads the packs once, however many files are wanted, and
// has one file in memory at a time. Contents are checked against their digests:
// where one is wrong Each fails with a *DamagedError.
func (r *Release) Each(ctx context.Context, part string, want func(File) bool, do func(File, []byte) error) error {
	files, err := r.Files(part)
	if err != nil {
		return err
	}
	if want != nil {
		files = slices.DeleteFunc(files, func(f File) bool { return !want(f) })
	}
	return r.a.contents(ctx, r.seq, part, files, func(f File, data []byte, _ int) error { return do(f, data) })
}

// Read gives the content of one file. For many files use Each, which reads the
// packs once for all.
func (r *Release) Read(part, name string) ([]byte, error) {
	var out []byte
	found := false
	err := r.Each(context.Background(), part, func(f File) bool { return f.Path == name }, func(f File, data []byte) error {
		out, found = data, true
		if f.Redacted {
			return fmt.Errorf("%s of release %s: %w", name, r.ID, ErrRedacted)
		}
		return nil
	})
	if err == nil && !found {
		err = fmt.Errorf("%s of release %s: %w", name, r.ID, fs.ErrNotExist)
	}
	return out, err
}

// contents gives files of one part as they were in release seq; files are
// sorted by path.
func (a *Archive) contents(ctx context.Context, seq int, part string, files []File, do func(f File, data []byte, depth int) error) error {
	if len(files) == 0 {
		return nil
	}
	packs, seqs, err := a.open(filesName, seq)
	defer closeAll(packs)
	if err != nil {
		return err
	}
	next := 0
	// missed deals with files that no pack has before key.
	missed := func(key string) error {
		for ; next < len(files) && (key == "" || part+"/"+files[next].Path < key); next++ {
			if !files[next].Redacted {
				return damaged(problem.ArchiveMissing, a.releases[seq].path(filesName), part+"/"+files[next].Path)
			}
			if err := do(files[next], nil, 0); err != nil {
				return err
			}
		}
		return nil
	}
	done := errors.New("done")
	err = sweep(ctx, packs, seqs, func(key string, steps []step) error {
		if err := missed(key); err != nil {
			return err
		}
		if next == len(files) {
			return done
		}
		f := files[next]
		if key != part+"/"+f.Path {
			return nil
		}
		next++
		if f.Redacted {
			return do(f, nil, 0)
		}
		data, depth, err := content(key, steps)
		if err != nil {
			return err
		}
		if digestOf(data) != f.SHA256 {
			return damaged(problem.ArchiveChanged, steps[len(steps)-1].pack.name, key)
		}
		return do(f, data, depth)
	})
	if errors.Is(err, done) {
		return nil
	}
	if err != nil {
		return err
	}
	return missed("")
}

// open opens a pack of each release up to seq.
func (a *Archive) open(name string, seq int) (packs []*packReader, seqs []int, err error) {
	for _, r := range a.releases[:seq+1] {
		p, err := openPack(a.root, r.path(name))
		if err != nil {
			return packs, seqs, err
		}
		packs, seqs = append(packs, p), append(seqs, r.seq)
	}
	return packs, seqs, nil
}

func closeAll(packs []*packReader) {
	for _, p := range packs {
		p.close()
	}
}
