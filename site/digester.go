package site

import (
	"crypto/sha256"
	"sync"

	"rectify/site/problem"
	"rectify/site/release/archive"
)

// digester takes the files of a site and keeps their digests only.
type digester struct {
	was  *archive.Release // what the site should come out as
	mu   sync.Mutex
	sums map[string]string
}

func (d *digester) Keep(string, int64, [sha256.Size]byte) (bool, error) { return false, nil }

// Read gives the file as it was archived. Who asks wants to show the place of a
// broken link; where the file came out otherwise, compare says so.
func (d *digester) Read(path string) ([]byte, error) { return d.was.Read(archive.Site, path) }

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
