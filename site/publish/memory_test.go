package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

// memory is a Store that needs no server: what a target does at which moment is
// tested on it, what real hosts do in the room conformance.
type memory struct {
	mu    sync.Mutex
	files map[string]string
	shelf map[string]string
	times map[string]time.Time

	// before is asked before each file is stored, outside of the lock.
	before func(path string) error
}

func newMemory() *memory {
	return &memory{files: map[string]string{}, shelf: map[string]string{}, times: map[string]time.Time{}}
}

func (m *memory) target() Target {
	return Target{Dial: func(context.Context) (Host, error) { return m, nil }}
}

func (m *memory) Close() error { return nil }

func (m *memory) Files() (found []Found, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, p := range slices.Sorted(maps.Keys(m.files)) {
		found = append(found, Found{Path: p, Size: int64(len(m.files[p])), Stamp: "tag-" + hexOf(m.files[p])})
	}
	return found, nil
}

func (m *memory) Put(f Stored, open func() (io.ReadCloser, error)) (string, error) {
	if m.before != nil {
		if err := m.before(f.Path); err != nil {
			return "", err
		}
	}
	r, err := open()
	if err != nil {
		return "", err
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		return "", err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.files[f.Path] = string(data)
	return "tag-" + hexOf(string(data)), nil
}

func (m *memory) Holds(found Found, f Stored, _ func() (io.ReadCloser, error)) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return hexOf(m.files[found.Path]) == f.SHA256, nil
}

func (m *memory) Read(name string, _ int64, w io.Writer) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, err := io.WriteString(w, m.files[name])
	return err
}

func (m *memory) Delete(name string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.files, name)
	return nil
}

func (m *memory) Get(name string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	data, ok := m.shelf[name]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return []byte(data), nil
}

func (m *memory) Set(name string, data []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.shelf[name], m.times[name] = string(data), time.Now()
	return nil
}

func (m *memory) Drop(name string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.shelf, name)
	return nil
}

func (m *memory) Create(name string, data []byte) error {
	if _, err := m.Get(name); err == nil {
		return fs.ErrExist
	}
	return m.Set(name, data)
}

func (m *memory) Swap(name string, old, data []byte) error {
	if found, err := m.Get(name); err != nil || !bytes.Equal(found, old) {
		return fs.ErrExist
	}
	return m.Set(name, data)
}

func (m *memory) Touch(name string, data []byte) error { return m.Set(name, data) }

func (m *memory) Time(name string) (time.Time, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.times[name], nil
}

func hexOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// treeOf is an invented release of some files.
func treeOf(id string, files map[string]string) *Tree {
	t := &Tree{ID: id, Open: func(path string) (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(files[path])), nil
	}}
	for _, p := range slices.Sorted(maps.Keys(files)) {
		t.Files = append(t.Files, File{Path: p, Size: int64(len(files[p])), SHA256: hexOf(files[p])})
	}
	return t
}
