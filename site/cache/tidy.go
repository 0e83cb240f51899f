package cache

import (
	"cmp"
	"path"
	"slices"
	"time"

	"github.com/spf13/afero"
)

const (
	// mostPacks is how many packs there may be: each value is looked for in all of
	// them, and a preview adds one whenever a file is saved.
	mostPacks = 16
	// smallestPack is the waste that is not worth the trouble.
	smallestPack = 1 << 20
	// abandoned is the age from which a pack without a name has no run any more.
	abandoned = 24 * time.Hour
)

// tidy finds the packs that may go, and puts what is used of them into the pack
// of this run. Packs that this run did not use at all belong to another way of
// building the portal, or to a theme that is no more: the one used last goes
// last. Of packs that it used, those that hold more waste than values are written
// anew, and so are the smaller ones where there are many.
func (c *Cache) tidy() (waste []*pack) {
	c.sweep()
	used, unused := c.split()
	var anew []*pack
	for i, p := range used {
		if p.size > 2*p.live()+smallestPack || i >= mostPacks/2 {
			anew = append(anew, p)
			continue
		}
		now := time.Now()
		_ = c.fs.Chtimes(p.name, now, now)
	}
	if c.copyUsed(anew) != nil {
		anew = nil
	}
	return append(anew, c.spare(unused, mostPacks/2-1)...)
}

// split tells packs that this run used from others: of those the largest first,
// of these the newest.
func (c *Cache) split() (used, unused []*pack) {
	for _, p := range c.packs {
		if p.hits.Load() {
			used = append(used, p)
		} else {
			unused = append(unused, p)
		}
	}
	slices.SortFunc(used, func(a, b *pack) int { return cmp.Compare(b.size, a.size) })
	slices.SortFunc(unused, func(a, b *pack) int { return b.when.Compare(a.when) })
	return used, unused
}

// spare gives the end of a list of packs, so that at most n are left before it,
// of at most limit bytes.
func (c *Cache) spare(packs []*pack, n int) []*pack {
	total := int64(0)
	for i, p := range packs {
		if total += p.size; i >= n || total > c.limit {
			return packs[i:]
		}
	}
	return nil
}

// live is how many bytes of a pack this run used.
func (p *pack) live() (n int64) {
	for at := range p.used {
		if p.used[at].Load() {
			e := p.entry(at)
			n += int64(e.stored)
		}
	}
	return n
}

// copyUsed puts the used values of packs into that of this run, as they stand
// there.
func (c *Cache) copyUsed(packs []*pack) error {
	if len(packs) == 0 {
		return nil
	}
	if c.new == nil {
		w, err := create(c.fs, c.dir)
		if err != nil {
			return err
		}
		c.new = w
	}
	w := c.new
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, p := range packs {
		numbers := map[uint16]uint16{} // of kin in p → of the same in w
		for at := range p.used {
			if !p.used[at].Load() {
				continue
			}
			e := p.entry(at)
			stored, err := p.read(e.offset, e.stored, e.sum)
			if err != nil {
				continue // a value that is lost is made again
			}
			if number := e.kin & kinMask; number > 0 && int(number) <= len(p.kins) {
				if numbers[number] == 0 {
					k := p.kins[number-1]
					first, err := p.read(k.offset, k.stored, k.sum)
					if err != nil || len(w.kins) == kinMask {
						continue
					}
					// The name stays with the kin of this run.
					if numbers[number], err = w.addKin(&kin{name: k.name}, first); err != nil {
						return err
					}
				}
				e.kin = e.kin&shrunk | numbers[number]
			}
			if err := w.add(e, stored); err != nil {
				return err
			}
		}
	}
	return nil
}

// sweep removes what a run left that died while it wrote.
func (c *Cache) sweep() {
	infos, err := afero.ReadDir(c.fs, c.dir)
	if err != nil {
		return
	}
	for _, info := range infos {
		if isUnfinished(info.Name()) && time.Since(info.ModTime()) > abandoned {
			_ = c.fs.Remove(path.Join(c.dir, info.Name()))
		}
	}
}
