package site

import (
	"sync"

	"rectify/site/problem"
	"rectify/site/release/archive"
)

// digester takes the files of a site and keeps their digests only.
type digester struct {
	mu   sync.Mutex
	sums map[string]string
}

func (d *digester) Put(path string, data []byte) error {
	sum := hexSum(data)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.sums[path] = sum
	return nil
}

// compare says in which files the site differs from what was archived.
func (d *digester) compare(id string, files []archive.File) (found problem.List) {
	n := 0
	differ := func(name string) {
		if n++; n <= differing {
			found = append(found, problem.New(problem.RebuildDiffers, problem.Place{File: name}, id, name))
		}
	}
	for _, f := range files {
		sum, made := d.sums[f.Path]
		delete(d.sums, f.Path)
		if !f.Redacted && (!made || sum != f.SHA256) {
			differ(f.Path)
		}
	}
	for name := range d.sums {
		differ(name)
	}
	return found
}
