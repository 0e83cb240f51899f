package publish

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"
)

// distant is a disk whose links take as long as the way to it and back.
type distant struct{ Disk }

func (distant) Link(_, _ string) error {
	time.Sleep(100 * time.Millisecond)
	return nil
}

func TestLinksDoNotWaitForEachOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := &job{plan: &Plan{Live: "r1"}, found: map[string]string{}, shown: &room{survey: &survey{}}}
		for i := range 6400 {
			path := fmt.Sprintf("issues/%d.html", i)
			j.items = append(j.items, &item{Stored: Stored{File: File{Path: path, SHA256: "x"}}})
			j.found[path] = "x"
		}
		began := time.Now()
		r := &releases{x: newDisk(distant{})}
		if err := r.link(t.Context(), j, partDir("r2")); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took > 15*time.Second {
			t.Errorf("6,400 links took %s where one takes 0.1 s", took)
		}
	})
}
