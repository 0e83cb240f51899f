package emit

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/spf13/afero"

	"rectify/site/internal/osdisk"
)

// racy is how much older than the build an mtime must be to be trusted: the
// coarsest clock of a file system in use (FAT) counts in steps of two seconds.
const racy = 2 * time.Second

// Options changes how a build goes about its work, never what it makes.
type Options struct {
	// Reread reads every file in the folder instead of trusting size and mtime.
	Reread bool
}

// Tx is one build into one folder. Put may be called by many goroutines at
// once. After Commit or Abort the Tx is spent.
type Tx struct {
	d        disk
	opts     Options
	lock     *lock
	begun    time.Time // by the clock of the file system
	madeDir  bool      // the folder was absent
	ours     bool      // the folder has a manifest or a journal
	dead     bool      // there is the journal of a build that did not end
	digest   string    // of the manifest of the last finished build
	old      map[string]content
	seen     map[string]int64
	owned    map[string]bool
	respelt  map[string]string // fold -> the owned path that is not its own fold; "" if several
	sequence atomic.Uint32

	life sync.RWMutex // Put holds it for reading, Commit and Abort for writing
	done bool

	book     sync.Mutex // guards what follows
	failed   error      // the first Put that failed: a folder with a hole must not be committed
	files    map[string]*entry
	names    map[string]node // by fold: every file and folder of this build
	ways     map[string]way  // by path: the folders of the build as they are on the disk
	replaced []string
}

// entry is one file of this build.
type entry struct {
	content
	stage uint32 // number of the staged file; 0 if the public file is right
	mtime int64  // of the public file as it was read, if it is right
}

// node is a name of this build.
type node struct {
	path string
	dir  bool
}

// way says how a folder of the build is found on the disk.
type way int

const (
	wayOpen way = iota + 1 // it is a real folder
	wayNone                // it is not there, or a file is there
	wayLink                // it is a link or something stranger
)

// Begin starts a build into a folder, which is created if it is absent. It
// fails with a *LockedError while another build is at work there, and with a
// *ForeignError if the folder holds files of somebody else.
func Begin(fsys afero.Fs, dir string, opts Options) (*Tx, error) {
	t := &Tx{
		d:       newDisk(fsys, dir),
		opts:    opts,
		owned:   map[string]bool{},
		respelt: map[string]string{},
		files:   map[string]*entry{},
		names:   map[string]node{},
		ways:    map[string]way{},
	}
	status, err := survey(t.d)
	if err != nil {
		return nil, fmt.Errorf("build into %s: %w", dir, err)
	}
	switch status.State {
	case Foreign:
		return nil, &ForeignError{Dir: dir, Found: status.Found}
	case Absent:
		t.madeDir = true
	}
	if t.lock, err = take(t.d); err != nil {
		return nil, err
	}
	if err := t.load(); err != nil {
		// Records that cannot be read may be a newer version's: clean up nothing.
		_ = t.lock.release(false)
		return nil, fmt.Errorf("build into %s: %w", dir, err)
	}
	if err := t.openStage(); err != nil {
		_ = t.end()
		return nil, fmt.Errorf("build into %s: %w", dir, err)
	}
	return t, nil
}

// load reads the records under the lock.
func (t *Tx) load() error {
	m, err := readManifest(t.d)
	if err != nil {
		return err
	}
	paths, dead, err := readJournal(t.d)
	if err != nil {
		return err
	}
	_, absent := t.d.lstat(manifestName)
	t.ours, t.dead = dead || absent == nil, dead
	if m != nil {
		t.digest, t.old = m.digest, m.byPath
		for path := range m.byPath {
			t.own(path)
		}
		// The mtimes of a folder in which a commit died belong to files that it
		// may have replaced.
		if !dead {
			if t.seen, err = readSeen(t.d, m.digest); err != nil {
				return err
			}
		}
	}
	for _, path := range paths {
		t.own(path)
	}
	return nil
}

// openStage removes what a dead build prepared and makes an empty stage.
func (t *Tx) openStage() error {
	if err := errors.Join(discard(t.d), t.clearStage()); err != nil {
		return err
	}
	// The stage is inside a folder that a web server may serve, and it may come
	// to hold what the audit refuses: others cannot look into it.
	if err := t.d.fs.Mkdir(t.d.full(stageDir), 0o700); err != nil {
		return t.d.wrap(stageDir, err)
	}
	info, err := t.d.lstat(stageDir)
	if err != nil {
		return err
	}
	t.begun = info.ModTime()
	return nil
}

func (t *Tx) own(path string) {
	t.owned[path] = true
	if key := fold(path); key != path {
		if other, ok := t.respelt[key]; ok && other != path {
			path = ""
		}
		t.respelt[key] = path
	}
}

// Put makes data the content of the file at path: slash separated, relative,
// clean. The public file stays as it is until Commit. If it is right already,
// nothing is written at all. The same path twice must be the same content.
// After an error the build can only be aborted.
func (t *Tx) Put(path string, data []byte) error {
	t.life.RLock()
	defer t.life.RUnlock()
	if t.done {
		return errEnded
	}
	if err := t.failure(); err != nil {
		return err
	}
	if err := t.put(path, data); err != nil {
		t.book.Lock()
		defer t.book.Unlock()
		if t.failed == nil {
			t.failed = err
		}
		return err
	}
	return nil
}

// Keep makes the file that stands at path a part of the build if it is what a
// Put of so many bytes with this SHA-256 would leave there, and says whether it
// is. It spares whoever remembers the digest from having the bytes; where it says
// no, only a Put will do.
func (t *Tx) Keep(path string, size int64, sum [sha256.Size]byte) (bool, error) {
	t.life.RLock()
	defer t.life.RUnlock()
	if t.done {
		return false, errEnded
	}
	e := &entry{content: content{size: size, sum: sum}}
	if err := checkPath(path); err != nil {
		return false, err
	}
	if right, _, err := t.compare(path, e); err != nil || !right {
		return false, err
	}
	_, err := t.claim(path, e)
	return err == nil, err
}

// Read gives the content of a file of this build, as it was put or kept.
func (t *Tx) Read(path string) ([]byte, error) {
	t.life.RLock()
	defer t.life.RUnlock()
	t.book.Lock()
	e := t.files[path]
	t.book.Unlock()
	switch {
	case t.done:
		return nil, errEnded
	case e == nil:
		return nil, fmt.Errorf("read %s: %w", t.d.full(path), fs.ErrNotExist)
	case e.stage != 0:
		return afero.ReadFile(t.d.fs, t.d.full(stageName(e.stage)))
	}
	return afero.ReadFile(t.d.fs, t.d.full(path))
}

func (t *Tx) put(path string, data []byte) error {
	e := &entry{content: content{size: int64(len(data)), sum: sha256.Sum256(data)}}
	if isNew, err := t.claim(path, e); err != nil || !isNew {
		return err
	}
	right, edited, err := t.compare(path, e)
	if err != nil || right {
		return err
	}
	if edited {
		t.book.Lock()
		t.replaced = append(t.replaced, path)
		t.book.Unlock()
	}
	e.stage = t.sequence.Add(1)
	return t.d.wrap(path, t.d.create(stageName(e.stage), data))
}

func (t *Tx) failure() error {
	t.book.Lock()
	defer t.book.Unlock()
	return t.failed
}

// Abort ends a build and leaves the public files as they are. After Commit it
// does nothing, so that it can be deferred.
func (t *Tx) Abort() error {
	t.life.Lock()
	defer t.life.Unlock()
	if t.done {
		return nil
	}
	if err := t.end(); err != nil {
		return fmt.Errorf("abort the build into %s: %w", t.d.dir, err)
	}
	return nil
}

// end drops the stage and the lock. Where there was nothing of ours before,
// there is nothing of ours after a build that came to nothing.
func (t *Tx) end() error {
	t.done = true
	err := errors.Join(discard(t.d), t.clearStage(), t.lock.release(!t.ours))
	if !t.ours && t.madeDir {
		_, _ = t.d.removeEmpty("")
	}
	return err
}

func (t *Tx) clearStage() error {
	return osdisk.Patiently(func() error { return t.d.fs.RemoveAll(t.d.full(stageDir)) })
}

// stageName is a number, not the path: it needs no folders and tells nothing.
func stageName(n uint32) string {
	return stageDir + "/" + strconv.FormatUint(uint64(n), 16)
}
