//go:build unix

package load

import (
	"context"
	"path/filepath"
	"syscall"
	"testing"
)

func TestANamedPipeIsNotWaitedFor(t *testing.T) {
	disk := t.TempDir()
	on := onRealDisk(t, disk)
	w := openWorld(t, "testdata/ignored.txtar")
	w.build(t, on, disk)
	check(t, syscall.Mkfifo(filepath.Join(disk, "data/pages/pipe.md"), 0o644))
	_, list := Load(context.Background(), on, "data")
	want := "D025 data/pages/pipe.md the file cannot be read: it is not an ordinary file\n"
	if got := report(list); got != want {
		t.Errorf("got %swant %s", got, want)
	}
}
