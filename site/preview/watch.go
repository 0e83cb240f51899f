package preview

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	// quiet is how long nothing may happen before a change counts as complete:
	// an editor writes a file in several steps.
	quiet = 60 * time.Millisecond
	// longest bounds the wait where changes go on and on, as in a git checkout.
	longest = 2 * time.Second
	// patrol is how often the folders are compared without any notice of the
	// system: network drives give none, and the number of watches is limited.
	patrol = 3 * time.Second
)

// watch sends on the channel whenever something below one of the folders has
// changed, until ctx ends. The folders may be absent, and may come and go.
func watch(ctx context.Context, folders []string) <-chan struct{} {
	changed := make(chan struct{}, 1)
	go func() {
		defer close(changed)
		w := &watcher{folders: folders, notices: make(chan fsnotify.Event)}
		if notify, err := fsnotify.NewWatcher(); err == nil {
			defer notify.Close()
			w.notify, w.notices = notify, notify.Events
			go func() {
				// An overflow is a change too; patrol finds what was missed.
				for range notify.Errors { //nolint:revive // drained on purpose
				}
			}()
		}
		w.seen = w.survey()
		w.run(ctx, changed)
	}()
	return changed
}

type watcher struct {
	folders []string
	notify  *fsnotify.Watcher // nil where the system has none to give
	notices chan fsnotify.Event
	seen    mark
}

// mark tells two states of the folders apart without reading a file.
type mark struct {
	files  int
	bytes  int64
	newest time.Time
}

func (w *watcher) run(ctx context.Context, changed chan<- struct{}) {
	tick := time.NewTicker(patrol)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case event := <-w.notices:
			if !idle(event.Name) && event.Op != fsnotify.Chmod {
				w.settle(ctx)
				w.seen = w.survey()
				tell(changed)
			}
		case <-tick.C:
			if now := w.survey(); now != w.seen {
				w.seen = now
				tell(changed)
			}
		}
	}
}

// settle waits until nothing has happened for a moment.
func (w *watcher) settle(ctx context.Context) {
	end := time.After(longest)
	for {
		select {
		case <-w.notices:
		case <-time.After(quiet):
			return
		case <-end:
			return
		case <-ctx.Done():
			return
		}
	}
}

// tell leaves one message; a second one before it is read says nothing new.
func tell(changed chan<- struct{}) {
	select {
	case changed <- struct{}{}:
	default:
	}
}

// survey looks at all folders and asks for notices of those that are new.
func (w *watcher) survey() mark {
	var m mark
	for _, folder := range w.folders {
		// What cannot be read now is looked at again at the next patrol.
		_ = filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return nil //nolint:nilerr // see above
			}
			if d.IsDir() {
				if name != folder && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules") {
					return fs.SkipDir
				}
				if w.notify != nil {
					_ = w.notify.Add(name)
				}
			}
			if idle(name) {
				return nil
			}
			if info, err := d.Info(); err == nil {
				m.files++
				m.bytes += info.Size()
				if t := info.ModTime(); t.After(m.newest) {
					m.newest = t
				}
			}
			return nil
		})
	}
	return m
}

// idle says whether a file is an editor's own: swap and lock files come and go
// while nothing changes.
func idle(name string) bool {
	base := filepath.Base(name)
	return strings.HasPrefix(base, ".") || strings.HasPrefix(base, "~$") || strings.HasSuffix(base, "~") ||
		strings.HasSuffix(base, ".swp") || strings.HasSuffix(base, ".tmp") || base == "4913" || os.PathSeparator == '\\' && base == "Thumbs.db"
}
