package archive

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"slices"
)

// maxDepth is how many differences may lie on a full version of a file. It
// bounds what is lost with one damaged pack, and the time to read a file.
const maxDepth = 32

// Seal ends the Puts and prepares the packs. It returns what the manifest has
// to say of the two parts.
func (t *Tx) Seal(ctx context.Context) (site, data Part, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.done || t.failed != nil {
		return site, data, errors.Join(t.failed, errEnded)
	}
	if err = t.seal(ctx, &site, &data); err != nil {
		t.failed = err
		return Part{}, Part{}, fmt.Errorf("archive the release in %s: %w", t.a.dir, err)
	}
	return site, data, nil
}

func (t *Tx) seal(ctx context.Context, site, data *Part) error {
	keys := make([]string, 0, len(t.files))
	for key := range t.files {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	lists := map[string][]File{}
	for _, key := range keys {
		f := t.files[key]
		lists[f.part] = append(lists[f.part], f.File)
	}
	if err := t.sealLists(lists, map[string]*Part{Site: site, Data: data}); err != nil {
		return err
	}
	return t.sealFiles(ctx, keys)
}

func (t *Tx) sealLists(lists map[string][]File, parts map[string]*Part) error {
	pack, err := t.create(listsName)
	if err != nil {
		return err
	}
	for _, part := range []string{Data, Site} {
		list, err := encodeList(lists[part])
		if err != nil {
			return errors.Join(err, pack.close())
		}
		p := parts[part]
		p.Files, p.List, p.Sums = len(lists[part]), digestOf(list), digestOf(Sums(lists[part]))
		for _, f := range lists[part] {
			p.Bytes += f.Size
		}
		// Every maxDepth-th release has full lists, so that a reader need not
		// go further back.
		var old []byte
		newest := t.a.Newest()
		differs := newest != nil && (newest.seq+1)%maxDepth != 0
		if differs {
			if old, err = newest.list(part); err != nil {
				return errors.Join(err, pack.close())
			}
		}
		if _, err := pack.put(listKey(part), old, list, differs); err != nil {
			return errors.Join(t.wrap(stageDir, err), pack.close())
		}
	}
	return t.wrap(stageDir, pack.close())
}

// sealFiles writes what is new or has changed, in the order of the keys, while
// it goes through the older packs in the same order.
func (t *Tx) sealFiles(ctx context.Context, keys []string) error {
	pack, err := t.create(filesName)
	if err != nil {
		return err
	}
	put := func(f spooled, old []byte, differs bool) error {
		data := make([]byte, f.Size)
		if _, err := t.spool.ReadAt(data, f.from); err != nil {
			return err
		}
		_, err := pack.put(f.part+"/"+f.Path, old, data, differs)
		return t.wrap(stageDir, err)
	}
	for _, part := range []string{Data, Site} {
		if err := t.sealPart(ctx, part, keys, put); err != nil {
			return errors.Join(err, pack.close())
		}
	}
	return t.wrap(stageDir, pack.close())
}

func (t *Tx) sealPart(ctx context.Context, part string, keys []string, put func(f spooled, old []byte, differs bool) error) error {
	var changed []spooled // with those that are new
	var before []File     // what those that are not new were
	for _, key := range keys {
		f := t.files[key]
		if f.part != part || f.from < 0 {
			continue
		}
		changed = append(changed, f)
		if old, ok := t.previous[part][f.Path]; ok && !old.Redacted {
			before = append(before, old)
		}
	}
	next := 0
	upTo := func(name string) error { // new files that stand before a name
		for ; next < len(changed) && (name == "" || changed[next].Path < name); next++ {
			if err := put(changed[next], nil, false); err != nil {
				return err
			}
		}
		return ctx.Err()
	}
	if newest := t.a.Newest(); newest != nil {
		err := t.a.contents(ctx, newest.seq, part, before, func(f File, old []byte, depth int) error {
			if err := upTo(f.Path); err != nil {
				return err
			}
			next++
			return put(changed[next-1], old, depth < maxDepth)
		})
		if err != nil {
			return err
		}
	}
	return upTo("")
}

// create begins a pack of the release.
func (t *Tx) create(name string) (*packWriter, error) {
	file, err := t.a.root.OpenFile(path.Join(releaseStage, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, t.wrap(name, err)
	}
	return newPackWriter(file), nil
}
