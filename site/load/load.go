package load

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/spf13/afero"
	"golang.org/x/sync/errgroup"

	"rectify/site/model"
	"rectify/site/problem"
)

const defaultTheme model.Slug = "civic"

// Load reads the data folder dir of fs. Places name files relative to fs, so
// fs should be rooted at the portal's folder. The portal holds all that could
// be read; it is whole if the list has no errors. The list is sorted, and the
// same data give the same list and the same portal on every run.
//
// Where ctx ends early the result is not to be used: ask ctx.Err.
func Load(ctx context.Context, fs afero.Fs, dir string) (*model.Portal, problem.List) {
	portal, _, list := Again(ctx, fs, dir, nothing{})
	return portal, list
}

// Again loads as Load does and does not take a file apart that memory knows. The
// digest tells what was read: two runs with the same digest gave the same portal.
func Again(ctx context.Context, fs afero.Fs, dir string, memory Memory) (_ *model.Portal, digest [sha256.Size]byte, _ problem.List) {
	l := newLoader(fs, dir, memory)
	portal := &model.Portal{}
	if newer := l.portal(portal); newer {
		return portal, digest, l.list
	}
	l.images(portal)
	prose, drafts, approvals := l.plan()
	l.trust(portal)
	l.run(ctx)
	portal.Approvals = approvals
	for _, p := range prose {
		if p.Title != "" {
			portal.Prose = append(portal.Prose, *p)
		}
	}
	l.assemble(portal, drafts)
	l.list.Sort()
	return portal, l.digest(portal), l.list
}

// digest tells which files were read, what stood in them, and what is known of
// the files that go out as they are.
func (l *loader) digest(portal *model.Portal) (digest [sha256.Size]byte) {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(l.sums)) {
		fmt.Fprintf(h, "%s\x00%x\n", name, l.sums[name])
	}
	for _, report := range portal.Reports {
		for _, issue := range report.Issues {
			for i := range issue.Evidence {
				fmt.Fprintf(h, "%d\n", issue.Evidence[i].Size)
			}
		}
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// loader collects what the readers of the single files find.
type loader struct {
	folder
	memory Memory
	jobs   []func()

	mu   sync.Mutex
	list problem.List
	sums map[string][sha256.Size]byte // of the files that were read
}

func newLoader(fs afero.Fs, dir string, memory Memory) *loader {
	return &loader{folder: folder{fs, path.Clean(filepath.ToSlash(dir))}, memory: memory, sums: map[string][sha256.Size]byte{}}
}

func (l *loader) add(list ...problem.Problem) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list = append(l.list, list...)
}

// run works off the jobs, as many at once as there are processors.
func (l *loader) run(ctx context.Context) {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, job := range l.jobs {
		if ctx.Err() != nil {
			break
		}
		group.Go(func() error {
			job()
			return nil
		})
	}
	_ = group.Wait() // jobs report problems, not errors
}

// bytes reads a file. info is what is known of the file, or nil. A missing file
// is reported unless it is optional.
func (l *loader) bytes(name string, info fs.FileInfo, optional bool) (data []byte, sum [sha256.Size]byte, ok bool) {
	data, err := l.read(name, info)
	if err != nil {
		if !optional || !errors.Is(err, fs.ErrNotExist) {
			l.add(asProblem(name, err))
		}
		return nil, sum, false
	}
	sum = sha256.Sum256(data)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sums[name] = sum
	return data, sum, true
}

// source reads the text of a file, as bytes does.
func (l *loader) source(name string, info fs.FileInfo, optional bool) (*source, bool) {
	data, _, ok := l.bytes(name, info, optional)
	if !ok {
		return nil, false
	}
	s, list, ok := newSource(name, data)
	l.add(list...)
	return s, ok
}

// fill reads a YAML file into the struct that target points to. It returns nil
// where nothing of the file could be understood.
func (l *loader) fill(name string, info fs.FileInfo, target any) *decoder {
	data, sum, ok := l.bytes(name, info, false)
	if !ok {
		return nil
	}
	v := reflect.ValueOf(target).Elem()
	key := parsedKey(v.Type(), sum)
	if known, ok := l.memory.Recall(key); ok && readParsed(name, known, v) == nil {
		return &decoder{}
	}
	s, list, ok := newSource(name, data)
	d := &decoder{source: s, list: list}
	defer func() { l.add(d.list...) }()
	if !ok {
		return nil
	}
	root := d.root()
	if root == nil {
		return nil
	}
	d.decode(root, target)
	if len(d.list) == 0 {
		l.memory.Keep(key, appendParsed(nil, v))
	}
	return d
}

// portal reads portal.yaml. newer tells that the data are written for a newer
// program; then this is the only problem, since all others would come from it.
func (l *loader) portal(portal *model.Portal) (newer bool) {
	name := path.Join(l.root, "portal.yaml")
	s, ok := l.source(name, nil, false)
	if !ok {
		return false
	}
	d := &decoder{source: s}
	if root := d.root(); root != nil {
		if format, at := formatOf(root); format > model.Format {
			l.list = problem.List{problem.New(problem.FormatTooNew, d.at(at),
				strconv.Itoa(format), strconv.Itoa(model.Format))}
			return true
		}
		d.decode(root, portal)
	}
	l.add(d.list...)
	if portal.Format < 1 && portal.At("format") != portal.Self() {
		l.add(problem.New(problem.BadValue, portal.At("format"), strconv.Itoa(portal.Format), strconv.Itoa(model.Format)))
	}
	if portal.Language == "" {
		portal.Language = model.SimplifiedChinese
	}
	if portal.Theme == "" {
		portal.Theme = defaultTheme
	}
	return false
}

// formatOf looks for the format before anything else is decoded.
func formatOf(root *node) (int, *node) {
	for i := 0; i+1 < len(root.Content); i += 2 {
		if key, value := root.Content[i], root.Content[i+1]; key.Value == "format" {
			if format, err := strconv.Atoi(value.Value); err == nil {
				return format, value
			}
		}
	}
	return 0, nil
}

// plan lists the folder and lays down one job for each file.
func (l *loader) plan() (prose []*model.Prose, drafts []*draft, approvals []*model.Approval) {
	pages, list := l.entries(path.Join(l.root, "pages"))
	l.add(list...)
	for _, page := range pages {
		if path.Ext(page.name) != ".md" {
			continue
		}
		p := &model.Prose{}
		prose = append(prose, p)
		l.jobs = append(l.jobs, func() { l.prose(page, p) })
	}
	reports, list := l.entries(path.Join(l.root, "reports"))
	l.add(list...)
	for _, folder := range reports {
		if folder.info.IsDir() {
			drafts = append(drafts, l.draft(folder.name))
		}
	}
	files, list := l.entries(path.Join(l.root, "releases"))
	l.add(list...)
	for _, file := range files {
		if path.Ext(file.name) != ".yaml" {
			continue
		}
		a := &model.Approval{}
		approvals = append(approvals, a)
		l.jobs = append(l.jobs, func() {
			l.fill(file.name, file.info, a)
			a.ID = l.slug(file.name, stem(file.name))
		})
	}
	return prose, drafts, approvals
}

// Trust reads trust.yaml of the data folder alone, for those who check what a
// portal has published without its data being in order.
func Trust(fs afero.Fs, dir string) (*model.Trust, problem.List) {
	l := newLoader(fs, dir, nothing{})
	trust := &model.Trust{}
	l.fill(path.Join(l.root, "trust.yaml"), nil, trust)
	l.list.Sort()
	return trust, l.list
}

// trust lays down the job for trust.yaml, which not every portal has.
func (l *loader) trust(portal *model.Portal) {
	name := path.Join(l.root, "trust.yaml")
	if _, err := l.stat(name); errors.Is(err, fs.ErrNotExist) {
		return
	}
	portal.Trust = &model.Trust{}
	l.jobs = append(l.jobs, func() { l.fill(name, nil, portal.Trust) })
}

// slug checks the name of a file or folder that becomes part of an address.
func (l *loader) slug(file, name string) model.Slug {
	var slug model.Slug
	if err := slug.UnmarshalText([]byte(name)); err != nil {
		var p problem.Problem
		if errors.As(err, &p) {
			p.Place.File = file
			l.add(p)
		}
		return model.Slug(name)
	}
	return slug
}

// stem is the name of a file without its folder and its ending.
func stem(name string) string {
	base := path.Base(name)
	return strings.TrimSuffix(base, path.Ext(base))
}
