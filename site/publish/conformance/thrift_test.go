//go:build linux

package conformance

import (
	"fmt"
	"testing"
)

// A publication asks the host for little more than what has to be asked: one list
// of what visitors see, one of the folder that is to follow it, and for each file
// that is sent or linked a few requests. (rclone, which makes no second folder and
// reads nothing back, makes 656 for the same.)
func TestOnePercentOverSFTPAsksLittle(t *testing.T) {
	const files, changed = 10_000, 100
	to := newSpec(t, sftpReleases)
	c := newClerk(t, to.Dir)
	to.SFTP = c.Config
	p := &place{kind: sftpReleases, dir: to.Dir, to: to.target()}
	s := makeSite(files, 1)
	p.mustPublish(t, "r1", s)
	for n := 2; n <= 4; n++ {
		var paths []string
		for i := range changed {
			paths = append(paths, fmt.Sprintf("issues/%06d.html", 100100+i*97+n))
		}
		s = s.with(n, paths...)
		made := c.count(func() {
			if res := p.mustPublish(t, fmt.Sprintf("r%d", n), s); res.Sent != changed {
				t.Errorf("%d files were sent, %d changed", res.Sent, changed)
			}
		})
		t.Logf("release %d: %d requests: %v", n, made.all(), made)
		if n < 4 {
			continue // there is no old release yet that could make room for it
		}
		// OpenSSH lists a hundred names at a time.
		if made["readdir"] > 2*(files/100+30) {
			t.Errorf("the files were listed more than twice: %d × readdir", made["readdir"])
		}
		if made.all() > 1400 {
			t.Errorf("%d requests for %d files of %d: %v", made.all(), changed, files, made)
		}
	}
	p.wantSite(t, s)
}
