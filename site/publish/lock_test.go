package publish

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// A publisher whose lock was taken over while it sends ends by itself, at its next
// sign of life: it does not send all the rest of a step.
func TestARunEndsSoonAfterItsLockIsLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		files := map[string]string{"index.html": "home"}
		for i := range 10 * workers {
			files["issues/"+string(rune('a'+i%26))+newToken()+".html"] = "示例"
		}
		began := time.Now()
		m.before = func(string) error {
			time.Sleep(40 * time.Second) // a slow host
			if time.Since(began) < time.Minute {
				_ = m.Set(lockName, []byte("somebody else's"))
			}
			return nil
		}
		_, err := m.target().Publish(context.Background(), treeOf("r1", files), Options{})
		if !errors.Is(err, ErrLockLost) {
			t.Errorf("got %v, want ErrLockLost", err)
		}
		if took := time.Since(began); took > 3*time.Minute {
			t.Errorf("it went on for %s", took)
		}
		if n := len(m.files); n > 3*workers {
			t.Errorf("%d files were sent", n)
		}
	})
}

// A computer that slept asks whether the lock is still its own before it sends
// another file, and not at its next sign of life.
func TestALockThatWasNotAskedForAWhileIsAskedBeforeAFile(t *testing.T) {
	m := newMemory()
	l := &lock{shelf: m, data: []byte("ours"), seen: time.Now().Round(0).Add(-time.Hour)}
	if err := l.held(); !errors.Is(err, ErrLockLost) {
		t.Errorf("got %v, want ErrLockLost", err)
	}
	_ = m.Set(lockName, l.data)
	if err := l.held(); err != nil {
		t.Error(err)
	}
	_ = m.Drop(lockName)
	if err := l.held(); err != nil {
		t.Errorf("it was asked again at once: %v", err)
	}
}
