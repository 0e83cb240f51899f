package emit

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"syscall"

	"github.com/spf13/afero"
)

var errDead = errors.New("the process is dead")

// faulty is the real disk with an accident at the n-th step that changes it.
//
// A kill stops everything; what was done stays. Half of the killed step may
// have happened. A power cut takes away more: a written file that was not
// synced is torn, and any change of a folder that was not synced may or may not
// have happened, whatever came before or after it. A full disk refuses what
// needs space and goes on.
type faulty struct {
	afero.OsFs
	at   int        // the step of the accident, counted from 1; 0 for none
	full bool       // the accident is a full disk
	half bool       // half of the step happens
	dice *rand.Rand // what a power cut takes; nil for a kill
	all  bool       // the power cut takes all that it can

	mu      sync.Mutex
	steps   int
	dead    bool
	open    []afero.File
	dirty   map[string]bool
	pending []change
	opened  map[string]int // how often each file was opened for reading
}

// change is one change of a folder that a power cut may undo.
type change struct {
	dir  string
	undo func()
}

func (f *faulty) lock() func() { f.mu.Lock(); return f.mu.Unlock }

// step counts a step and tells what becomes of it.
func (f *faulty) step(needsSpace bool) (half bool, err error) {
	if f.dead {
		return false, errDead
	}
	f.steps++
	if f.at == 0 || f.steps < f.at || f.full && !needsSpace {
		return false, nil
	}
	if f.full {
		return f.half, syscall.ENOSPC
	}
	f.dead = true
	return f.half, errDead
}

// bury ends the dead process: its files are closed, which drops its lock.
func (f *faulty) bury() {
	for _, file := range f.open {
		_ = file.Close()
	}
	if f.dice == nil && !f.all {
		return
	}
	for i := len(f.pending) - 1; i >= 0; i-- {
		if f.all || f.dice.IntN(2) == 0 {
			f.pending[i].undo()
		}
	}
	for name := range f.dirty {
		if info, err := os.Lstat(name); err == nil {
			_ = os.Truncate(name, info.Size()/2)
		}
	}
}

func (f *faulty) Mkdir(name string, perm os.FileMode) error {
	defer f.lock()()
	if _, err := f.step(true); err != nil {
		return err
	}
	f.later(name, func() { _ = os.RemoveAll(name) })
	return f.OsFs.Mkdir(name, perm)
}

func (f *faulty) MkdirAll(name string, perm os.FileMode) error {
	if _, err := os.Stat(name); err == nil {
		return nil
	}
	if err := f.MkdirAll(filepath.Dir(name), perm); err != nil {
		return err
	}
	return f.Mkdir(name, perm)
}

func (f *faulty) Open(name string) (afero.File, error) {
	return f.OpenFile(name, os.O_RDONLY, 0)
}

func (f *faulty) OpenFile(name string, flag int, perm os.FileMode) (afero.File, error) {
	defer f.lock()()
	if flag&os.O_CREATE != 0 {
		if _, err := f.step(true); err != nil {
			return nil, &os.PathError{Op: "open", Path: name, Err: err}
		}
		if _, err := os.Lstat(name); err != nil {
			f.later(name, func() { _ = os.Remove(name) })
		}
	} else if f.dead {
		return nil, errDead
	}
	file, err := f.OsFs.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err
	}
	if f.opened == nil {
		f.opened = map[string]int{}
	}
	f.opened[name]++
	f.open = append(f.open, file)
	return &faultyFile{File: file, fs: f, name: name}, nil
}

func (f *faulty) Rename(from, to string) error {
	defer f.lock()()
	if _, err := f.step(false); err != nil {
		return err
	}
	f.restoreLater(to)
	if err := f.OsFs.Rename(from, to); err != nil {
		return err
	}
	if f.dirty[from] {
		delete(f.dirty, from)
		f.dirty[to] = true
	}
	return nil
}

func (f *faulty) Remove(name string) error {
	defer f.lock()()
	if _, err := f.step(false); err != nil {
		return err
	}
	f.restoreLater(name)
	return f.OsFs.Remove(name)
}

func (f *faulty) RemoveAll(name string) error {
	defer f.lock()()
	half, err := f.step(false)
	if half {
		names, _ := filepath.Glob(filepath.Join(name, "*"))
		for _, child := range names[:len(names)/2] {
			_ = os.Remove(child)
		}
	}
	if err != nil {
		return err
	}
	return f.OsFs.RemoveAll(name)
}

// restoreLater notes how to bring back what is at name now.
func (f *faulty) restoreLater(name string) {
	info, err := os.Lstat(name)
	switch {
	case err != nil:
		f.later(name, func() { _ = os.Remove(name) })
	case info.IsDir():
		f.later(name, func() { _ = os.Mkdir(name, 0o777) })
	default:
		data, _ := os.ReadFile(name)
		f.later(name, func() {
			_ = os.WriteFile(name, data, 0o666)
			_ = os.Chtimes(name, info.ModTime(), info.ModTime())
		})
	}
}

func (f *faulty) later(name string, undo func()) {
	f.pending = append(f.pending, change{dir: filepath.Dir(name), undo: undo})
}

type faultyFile struct {
	afero.File
	fs   *faulty
	name string
}

func (f *faultyFile) Fd() uintptr { return f.File.(*os.File).Fd() }

func (f *faultyFile) Write(b []byte) (int, error) {
	defer f.fs.lock()()
	if f.fs.dirty == nil {
		f.fs.dirty = map[string]bool{}
	}
	half, err := f.fs.step(true)
	if half {
		b = b[:len(b)/2]
	}
	if err == nil || half {
		f.fs.dirty[f.name] = true
		n, failed := f.File.Write(b)
		return n, errors.Join(err, failed)
	}
	return 0, err
}

func (f *faultyFile) WriteAt(b []byte, at int64) (int, error) {
	defer f.fs.lock()()
	if _, err := f.fs.step(true); err != nil {
		return 0, err
	}
	return f.File.WriteAt(b, at)
}

func (f *faultyFile) Sync() error {
	defer f.fs.lock()()
	if _, err := f.fs.step(f.fs.dirty[f.name]); err != nil {
		return err
	}
	delete(f.fs.dirty, f.name)
	kept := f.fs.pending[:0]
	for _, c := range f.fs.pending {
		if c.dir != f.name {
			kept = append(kept, c)
		}
	}
	f.fs.pending = kept
	// The records above are what a power cut spares. A real fsync would add
	// nothing to the many builds of these tests but time.
	return nil
}

func (f *faultyFile) Readdir(n int) ([]os.FileInfo, error) {
	if f.fs.isDead() {
		return nil, errDead
	}
	return f.File.Readdir(n)
}

func (f *faultyFile) Read(b []byte) (int, error) {
	if f.fs.isDead() {
		return 0, errDead
	}
	return f.File.Read(b)
}

func (f *faulty) isDead() bool { defer f.lock()(); return f.dead }
