package site

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"time"

	"github.com/spf13/afero"

	"rectify/site/cache"
	"rectify/site/emit"
	"rectify/site/problem"
	"rectify/site/render"
)

// receipt is what is remembered of a whole build, so that one to which nothing
// new came need not even read the data. Its key are the names, sizes and times of
// all files that a build looks at; what it must find is the site whose manifest
// has the digest.
type receipt struct {
	Result   Result       `json:"result"`
	Problems problem.List `json:"problems"`
	Manifest string       `json:"manifest"`
}

// settled is how long a file must have lain when a build begins: what was written
// just before may be written again without another time, where a file system
// counts in steps of two seconds (FAT).
const settled = 2 * time.Second

// errUnsure stops a walk: the times of what was found there prove nothing.
var errUnsure = errors.New("a link, or a file written just now")

// receiptKey looks at all that a build reads. It says no where the times do not
// tell for sure that another build would read the same.
func (b *build) receiptKey() (key cache.Key, ok bool) {
	if b.cache == nil || b.Clean || b.Stage != "" || b.also != nil {
		return key, false
	}
	limit := time.Now()
	if !b.hasty {
		limit = limit.Add(-settled)
	}
	h := sha256.New()
	walk := func(fsys afero.Fs, root string) error {
		return afero.Walk(fsys, root, func(name string, info fs.FileInfo, err error) error {
			switch {
			case errors.Is(err, fs.ErrNotExist) && name == root:
				fmt.Fprintf(h, "%q absent\n", name)
				return nil
			case err != nil:
				return err
			case info.IsDir():
				fmt.Fprintf(h, "%q\n", name)
				return nil
			case !info.Mode().IsRegular() || info.ModTime().After(limit):
				return errUnsure
			}
			fmt.Fprintf(h, "%q %d %d\n", name, info.Size(), info.ModTime().UnixNano())
			return nil
		})
	}
	err := walk(b.fs, DataDir)
	themes, _ := afero.ReadDir(b.fs, "themes") // a portal may have none
	for _, theme := range themes {
		for _, dir := range render.ThemeDirs() {
			err = errors.Join(err, walk(b.fs, path.Join("themes", theme.Name(), dir)))
		}
	}
	if err = errors.Join(err, walk(afero.NewOsFs(), b.archiveDir())); err != nil {
		return key, false
	}
	fmt.Fprintf(h, "%q %q %t\n", b.BaseURL, b.Now, b.Strict)
	return cache.KeyOf("receipt", []byte(b.Program), h.Sum(nil)), true
}

// again is the build to which nothing new came.
func (b *build) again(ctx context.Context, key cache.Key) (ok bool) {
	data, ok := b.cache.Get(key)
	var r receipt
	if !ok || json.Unmarshal(data, &r) != nil {
		return false
	}
	defer b.watch.start(StageEmit)()
	done, ok, err := emit.Stay(ctx, b.OutFS, b.out, r.Manifest)
	if err != nil || !ok {
		return false // the long way finds out why, and says so
	}
	b.result, b.problems = r.Result, r.Problems
	b.result.settle(b.Out, done)
	return true
}

// keepReceipt remembers a build that went well.
func (b *build) keepReceipt(key cache.Key) {
	r := receipt{Result: b.result, Problems: b.problems, Manifest: b.manifest}
	r.Result.Timings = nil
	if data, err := json.Marshal(r); err == nil {
		b.cache.Put(key, "", data)
	}
}

// settle takes what a commit did into the result.
func (r *Result) settle(out string, done emit.Result) {
	r.Out, r.Files = out, done.Written+done.Unchanged
	r.Written, r.Unchanged, r.Removed = done.Written, done.Unchanged, done.Removed
	r.Replaced, r.Unknown = done.Replaced, done.Unknown
}
