package archive

import (
	"context"

	"rectify/site/problem"
	"rectify/site/release/vcdiff"
)

// step is what one release holds of a file: all of it, or what changed.
type step struct {
	pack *packReader
	seq  int // of the release
	full bool
}

// sweep goes through packs side by side, each once and from front to back, and
// calls do for every key of any of them in order, with the steps of that key
// from the oldest release to the newest. Nothing but one file and the buffers
// of the packs is in memory. seqs number the packs.
func sweep(ctx context.Context, packs []*packReader, seqs []int, do func(key string, steps []step) error) error {
	var steps []step
	for {
		key := ""
		for _, p := range packs {
			if !p.end && (key == "" || p.at.key < key) {
				key = p.at.key
			}
		}
		if key == "" {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		steps = steps[:0]
		for i, p := range packs {
			if !p.end && p.at.key == key {
				steps = append(steps, step{p, seqs[i], p.at.full})
			}
		}
		if err := do(key, steps); err != nil {
			return err
		}
		for _, s := range steps {
			if err := s.pack.next(); err != nil {
				return err
			}
		}
	}
}

// content puts a file together from its steps and tells how many differences
// lie on its last full version.
func content(key string, steps []step) (data []byte, depth int, err error) {
	from := len(steps) - 1
	for from >= 0 && !steps[from].full {
		from--
	}
	if from < 0 {
		return nil, 0, damaged(problem.ArchiveMissing, steps[0].pack.name, key)
	}
	for _, s := range steps[from:] {
		if data, err = s.apply(key, data); err != nil {
			return nil, 0, err
		}
	}
	return data, len(steps) - 1 - from, nil
}

// apply makes the next version of a file.
func (s step) apply(key string, old []byte) ([]byte, error) {
	data, err := s.pack.read()
	if err != nil || s.full {
		return data, err
	}
	data, err = vcdiff.Decode(old, data)
	if err != nil {
		return nil, damaged(problem.ArchiveChanged, s.pack.name, key)
	}
	return data, nil
}

// damagedBy says that a pack has a file that its release does not list.
func damagedBy(key string, s step) error {
	return damaged(problem.ArchiveUnexpected, s.pack.name, key)
}
