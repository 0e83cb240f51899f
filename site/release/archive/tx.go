package archive

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"sync"

	"rectify/site/internal/osdisk"
)

// Tx is one release on its way into an archive: Begin, any number of Put, Seal,
// then Commit or Abort. Put may be called by many goroutines at once.
type Tx struct {
	a        *Archive
	lock     *os.File
	made     bool // the archive was absent
	entered  bool // the release is part of it
	previous map[string]map[string]File
	spool    *os.File
	done     bool

	mu     sync.Mutex
	failed error
	offset int64
	files  map[string]spooled // by part/path
}

// spooled is a file of the release; from is where it waits, -1 if it is the
// same as in the release before.
type spooled struct {
	File
	part string
	from int64
}

// Begin locks the archive in the folder dir, which is created if it is absent.
// It fails with a *LockedError while another process writes there, and with a
// *ForeignError where the folder holds something else.
func Begin(dir string) (*Tx, error) {
	t := &Tx{files: map[string]spooled{}, previous: map[string]map[string]File{}}
	if err := os.Mkdir(dir, 0o777); err == nil {
		t.made = true
	} else if !errors.Is(err, fs.ErrExist) {
		return nil, wrapWrite(dir, err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open the archive: %w", err)
	}
	t.a = &Archive{dir: dir, root: root}
	if err := t.begin(); err != nil {
		t.end()
		return nil, err
	}
	return t, nil
}

func (t *Tx) begin() (err error) {
	if err := t.a.own(); err != nil {
		return err
	}
	if t.lock, err = lock(t.a.root, t.a.dir); err != nil {
		return err
	}
	damage, err := t.a.load()
	if err != nil {
		return err
	}
	if len(damage) > 0 {
		return damage[0]
	}
	if err := t.a.heal(); err != nil {
		return err
	}
	if err := t.a.root.RemoveAll(stageDir); err != nil {
		return fmt.Errorf("remove what an interrupted release left in %s: %w", t.a.dir, err)
	}
	if err := t.a.root.Mkdir(stageDir, 0o700); err != nil {
		return t.wrap(stageDir, err)
	}
	if err := t.a.root.Mkdir(releaseStage, 0o777); err != nil {
		return t.wrap(stageDir, err)
	}
	if _, err := t.a.root.Lstat(pendingPath); err == nil {
		if err := t.a.purge(context.Background()); err != nil {
			return err
		}
	}
	if newest := t.a.Newest(); newest != nil {
		for _, part := range []string{Data, Site} {
			files, err := newest.Files(part)
			if err != nil {
				return err
			}
			t.previous[part] = make(map[string]File, len(files))
			for _, f := range files {
				t.previous[part][f.Path] = f
			}
		}
	}
	t.spool, err = t.a.root.OpenFile(path.Join(stageDir, "spool"), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	return t.wrap(stageDir, err)
}

const releaseStage = stageDir + "/release"

// Archive is the archive as it is under the lock, before this release.
func (t *Tx) Archive() *Archive { return t.a }

func (t *Tx) wrap(name string, err error) error {
	return wrapWrite(path.Join(t.a.dir, name), err)
}

// Put makes data a file of the release, at a path below its part (Site or
// Data). The same path twice must be the same content. After an error the
// release can only be aborted.
func (t *Tx) Put(part, name string, data []byte) error {
	err := t.put(part, name, data)
	if err != nil {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.failed = errors.Join(t.failed, err)
	}
	return err
}

func (t *Tx) put(part, name string, data []byte) error {
	if !fs.ValidPath(name) || name == "." || part != Site && part != Data {
		return fmt.Errorf("archive %q: it is no path of a release", name)
	}
	sum := sha256.Sum256(data)
	f := spooled{File: File{Path: name, Size: int64(len(data)), SHA256: hex.EncodeToString(sum[:]), Type: TypeOf(name)}, part: part, from: -1}
	key := part + "/" + name

	t.mu.Lock()
	defer t.mu.Unlock()
	if t.done || t.failed != nil {
		return errors.Join(t.failed, errEnded)
	}
	if before, ok := t.files[key]; ok {
		if before.SHA256 != f.SHA256 {
			return fmt.Errorf("archive %s: two files of the release have this path and differ", key)
		}
		return nil
	}
	if before, ok := t.previous[part][name]; ok && before.SHA256 == f.SHA256 && !before.Redacted {
		t.files[key] = f
		return nil
	}
	if t.a.redacted[f.SHA256] {
		return &AgainError{Part: part, Path: name}
	}
	f.from = t.offset
	if _, err := t.spool.WriteAt(data, f.from); err != nil {
		return t.wrap(stageDir, err)
	}
	t.offset += f.Size
	t.files[key] = f
	return nil
}

// Final is what stands around the packs of a release.
type Final struct {
	Manifest   []byte            // as Manifest.Encode gives it
	Signatures map[string][]byte // by ending: ".minisig", ".sig"; empty for an unsigned release
	Changes    []byte            // what changed, as JSON
	Log        map[string][]byte // new files of the log, by path below log/
	Checkpoint []byte            // of the log with this release
}

// Commit makes the release part of the archive, at once or not at all: the last
// step is the rename of its folder. It fails with an *ExistsError where the id
// is taken, and leaves the archive as it was on any error, unless Entered says
// otherwise. In any case the transaction is over.
func (t *Tx) Commit(f Final) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.done || t.failed != nil {
		return errors.Join(t.failed, errEnded)
	}
	err := t.commit(f)
	t.end()
	return err
}

func (t *Tx) commit(f Final) error {
	m, err := ParseManifest(f.Manifest)
	if err != nil {
		return fmt.Errorf("read the manifest: %w", err)
	}
	if _, err := t.a.Release(m.ID); err == nil {
		return &ExistsError{ID: m.ID}
	}
	if newest := t.a.Newest(); newest == nil && m.Previous != nil || newest != nil && (m.Previous == nil || m.Previous.Manifest != newest.Digest) {
		return errors.New("the manifest does not name the newest release as the one before it")
	}
	var changes bytes.Buffer
	z := gzip.NewWriter(&changes)
	_, _ = z.Write(f.Changes)
	_ = z.Close()
	files := map[string][]byte{ManifestName: f.Manifest, checkpointName: f.Checkpoint, changesName: changes.Bytes()}
	for ending, signature := range f.Signatures {
		files[ManifestName+ending] = signature
	}
	if err := t.a.prepare(releaseStage, files, f.Log, f.Checkpoint); err != nil {
		return err
	}
	if t.entered, err = t.a.enter(releaseStage, releasesDir, m.ID); err != nil {
		return err
	}
	// The checkpoint of the log is a copy, which the next
	// to write here makes too.
	return t.a.heal()
}

// Entered tells whether the release is part of the archive, which it can be
// although Commit failed: the disk may refuse to confirm what it has.
func (t *Tx) Entered() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.entered
}

// Abort ends the transaction and leaves the archive as it was. After Commit it
// does nothing, so that it can be deferred.
func (t *Tx) Abort() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.done {
		t.end()
	}
}

// end gives everything back. What it cannot remove is in nobody's way: the next
// Begin removes it.
func (t *Tx) end() {
	t.done = true
	if t.spool != nil {
		t.spool.Close()
	}
	if t.lock != nil {
		_ = t.a.root.RemoveAll(stageDir)
		if t.made && !t.entered {
			t.a.clear()
		}
		unlock(t.a.root, t.lock, t.made && !t.entered)
	}
	t.a.root.Close()
	if t.made {
		_ = os.Remove(t.a.dir) // only an empty folder goes
	}
}

// wrapWrite says what was attempted, and knows a full disk.
func wrapWrite(name string, err error) error {
	if err == nil {
		return nil
	}
	if osdisk.IsFull(err) {
		return &FullError{Path: name, Err: err}
	}
	return fmt.Errorf("write %s: %w", name, err)
}
