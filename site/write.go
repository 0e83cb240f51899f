package site

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/spf13/afero"

	"rectify/site/audit"
	"rectify/site/emit"
	"rectify/site/export"
	"rectify/site/load"
	"rectify/site/minify"
	"rectify/site/page"
	"rectify/site/problem"
	"rectify/site/render"
	"rectify/site/search"
)

// theme opens the theme that the portal names.
func (b *build) theme() (*render.Theme, error) {
	theme, err := openTheme(b.fs, b.portal.Theme)
	var missing problem.Problem
	if errors.As(err, &missing) {
		missing.Place = b.portal.At("theme")
		return nil, b.found(problem.List{missing}, false)
	}
	return theme, err
}

// write renders the pages and sends each file through the rooms behind render.
func (b *build) write(ctx context.Context, book *page.Book) error {
	theme, err := b.theme()
	if err != nil {
		return err
	}
	renderer, found := render.New(theme, render.Options{Site: book.Site()})
	if err := b.found(found, true); err != nil {
		return err
	}
	if b.Stage != "" {
		if err := b.stage(book, renderer); err != nil {
			return fmt.Errorf("write the Hugo project into %s: %w", b.Stage, err)
		}
	}
	if b.instead != nil {
		return b.fill(ctx, book, renderer, b.instead)
	}
	tx, err := emit.Begin(b.OutFS, b.out, emit.Options{Reread: b.Clean})
	if err != nil {
		return err
	}
	out := output(tx)
	if b.also != nil {
		out = copied{tx, b.also}
	}
	err = b.fill(ctx, book, renderer, out)
	if err == nil && b.settle != nil {
		err = b.settle(ctx, tx)
	}
	if err != nil {
		return errors.Join(err, tx.Abort())
	}
	defer b.watch.start(StageEmit)()
	done, err := tx.Commit(ctx)
	if err != nil {
		return err
	}
	b.manifest = done.Digest
	b.result = Result{
		Pages: b.result.Pages, BaseURL: book.BaseURL(), Clock: book.Clock(), LeftOut: b.result.LeftOut,
	}
	b.result.settle(b.Out, done)
	return nil
}

// stageMark is a file of every staged project; a folder with other files and
// without it is somebody's own.
const stageMark = "hugo.json"

// stage writes the Hugo project of the pages into a folder that is new, empty,
// or holds an earlier one.
func (b *build) stage(book *page.Book, renderer *render.Renderer) error {
	if !filepath.IsAbs(b.Stage) {
		b.Stage = filepath.Join(b.dir, b.Stage)
	}
	entries, err := os.ReadDir(b.Stage)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if len(entries) > 0 {
		if _, err := os.Stat(filepath.Join(b.Stage, stageMark)); err != nil {
			return errors.New("the folder holds other files; name an empty or new one")
		}
		for _, part := range []string{"assets", "content", "i18n", "layouts", "static"} {
			if err := os.RemoveAll(filepath.Join(b.Stage, part)); err != nil {
				return err
			}
		}
	}
	dst := afero.NewBasePathFs(afero.NewOsFs(), b.Stage)
	if err := renderer.Stage(book.Pages(), dst); err != nil {
		return err
	}
	for _, file := range book.Files() {
		data, err := load.ReadFile(b.fs, DataDir, file.From)
		if err != nil {
			return fmt.Errorf("read %s: %w", file.From, err)
		}
		if err := afero.WriteReader(dst, "static/"+file.Path, bytes.NewReader(data)); err != nil {
			return err
		}
	}
	return nil
}

// fill stages every file of the site. An error, also one that audit finds only
// when all files are there, means that nothing may be committed.
func (b *build) fill(ctx context.Context, book *page.Book, renderer *render.Renderer, to output) (err error) {
	auditor := audit.New(audit.Options{
		Lang: book.Site().Lang, BaseURL: book.BaseURL(),
		Private: b.portal.WithheldTexts(), Public: b.portal.PublicTexts(),
	})
	for _, name := range b.history.beside {
		auditor.Known(name)
	}
	memory := &memory{
		cache: b.cache, identity: []byte(b.Program + "\n" + renderer.Identity()), audit: auditor.Digest(),
	}
	if memory.data, err = b.told(book); err != nil {
		return err
	}
	line := newLine(ctx, minify.New(), auditor, to, memory, b.watch)
	found, err := b.feed(book, renderer, line)
	// A worker's error comes first: it is why feed was stopped.
	if closing := line.close(); closing != nil {
		err = closing
	}
	if err != nil {
		return err
	}
	memory.keepIndex()
	stop := b.watch.start(StageAudit)
	across, err := auditor.Finish(to.Read)
	stop()
	if err != nil {
		return err
	}
	return b.found(slices.Concat(found, line.problems, across), true)
}

// told is a digest of all that the site follows from but program and theme.
func (b *build) told(book *page.Book) ([]byte, error) {
	h := sha256.New()
	h.Write(b.data[:])
	fmt.Fprintf(h, "%q %q\n", book.BaseURL(), book.Clock())
	err := json.NewEncoder(h).Encode(book.Releases())
	return h.Sum(nil), err
}

// feed puts everything that the site consists of on the line: built assets,
// pages, evidence files, which go out as they came, and what machines read.
func (b *build) feed(book *page.Book, renderer *render.Renderer, line *line) (problem.List, error) {
	if err := renderer.Assets(line.put); err != nil {
		return nil, err
	}
	exporter := export.New(book, b.portal)
	all := exporter.Watch(book.Pages())
	known, err := line.memory.recallIndex(line.to)
	if err != nil {
		return nil, err
	}
	indexer := search.New()
	if known == nil {
		all = indexer.Watch(all)
	}
	found, err := b.pages(all, renderer, line)
	if err != nil {
		return nil, err
	}
	for _, file := range book.Files() {
		data, err := load.ReadFile(b.fs, DataDir, file.From)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", file.From, err)
		}
		if err := line.putAsIs(file.Path, data); err != nil {
			return nil, err
		}
	}
	for _, file := range b.history.files {
		if err := line.putAsIs(file.Name, file.Data); err != nil {
			return nil, err
		}
	}
	if err := b.export(exporter, line); err != nil {
		return nil, err
	}
	if known == nil {
		return found, b.index(indexer, line)
	}
	for i := range known {
		line.take(&known[i])
	}
	return found, nil
}

// index makes the files of the search; nobody may change them.
func (b *build) index(indexer *search.Indexer, line *line) error {
	next, end := iter.Pull(indexer.Files())
	defer end()
	for {
		stop := b.watch.start(StageSearch)
		file, ok := next()
		stop()
		if !ok {
			return nil
		}
		err := line.do(func() error {
			made, err := line.finish(file.Path, file.Data)
			line.memory.noteIndex(made)
			return err
		})
		if err != nil {
			return err
		}
	}
}

// export makes the files that machines read; nobody may change them.
func (b *build) export(exporter *export.Exporter, line *line) error {
	for file := range exporter.Files() {
		err := line.do(func() error {
			known, err := line.memory.recallExport(file.Path, line.to)
			if err != nil {
				return err
			}
			if known != nil {
				line.take(known)
				return nil
			}
			into := exports.Get().(*bytes.Buffer)
			defer exports.Put(into)
			into.Reset()
			stop := b.watch.start(StageExport)
			_, err = file.WriteTo(into)
			stop()
			if err != nil {
				return fmt.Errorf("make %s: %w", file.Path, err)
			}
			made, err := line.finish(file.Path, into.Bytes())
			if err == nil {
				line.memory.keepExport(file.Path, made)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	for _, file := range exporter.LeftOut() {
		b.result.LeftOut = append(b.result.LeftOut, LeftOut{file.Path, string(file.Reason)})
	}
	return nil
}

// exports are buffers that have grown: a table of all issues has many megabytes.
var exports = sync.Pool{New: func() any { return new(bytes.Buffer) }}
