package undo

import (
	"errors"
	"testing"
	"time"

	"github.com/spf13/afero"
)

func TestTwoChangesAtOnceKeepOutOfEachOther(t *testing.T) {
	fsys := afero.NewBasePathFs(afero.NewOsFs(), t.TempDir())
	if Busy(fsys) {
		t.Error("busy before anything was changed")
	}
	release, err := hold(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if !Busy(fsys) {
		t.Error("not busy while a change is under way")
	}
	var busy *BusyError
	if _, err := Write(fsys, time.Unix(0, 0), "import", []File{{Path: "a.txt", Data: []byte("a")}}); !errors.As(err, &busy) {
		t.Errorf("a second change: %v", err)
	}
	if _, _, err := Back(fsys, Last); !errors.As(err, &busy) {
		t.Errorf("a change taken back meanwhile: %v", err)
	}
	if _, err := fsys.Stat("a.txt"); err == nil {
		t.Error("it has written")
	}
	release()
	if _, err := Write(fsys, time.Unix(0, 0), "import", []File{{Path: "a.txt", Data: []byte("a")}}); err != nil || Busy(fsys) {
		t.Errorf("after it: %v, busy %t", err, Busy(fsys))
	}
}
