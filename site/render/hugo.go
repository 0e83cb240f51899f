package render

import (
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/bep/logg"
	"github.com/gohugoio/hugo/common/htime"
	"github.com/gohugoio/hugo/common/loggers"
	hugoconfig "github.com/gohugoio/hugo/config"
	"github.com/gohugoio/hugo/config/allconfig"
	"github.com/gohugoio/hugo/deps"
	"github.com/gohugoio/hugo/hugofs"
	"github.com/gohugoio/hugo/hugolib"
	"github.com/spf13/afero"
)

// oneBuild lets one Hugo build run at a time. Hugo keeps its logger and its
// clock in package variables, which each build sets: two builds would read each
// other's, and the warnings of one would be counted against the other. Nothing
// is lost by it, for a build uses all processors.
var oneBuild sync.Mutex

// root is where a project lies in its file system in memory. Hugo wants an
// absolute path, which on Windows has a drive.
var root = func() string {
	if runtime.GOOS == "windows" {
		return `C:\rectify`
	}
	return "/rectify"
}()

// said is one message of Hugo's log.
type said struct {
	failed bool // an error; otherwise a warning
	text   string
}

// build runs Hugo once on the project that lies at root in source. It gives
// the file system whose top is the published folder, and all that Hugo had to
// say; err is what made it stop. Nothing is read from or written to the disk.
func build(source afero.Fs, now time.Time) (published afero.Fs, talk []said, err error) {
	oneBuild.Lock()
	defer oneBuild.Unlock()

	before := htime.Clock
	htime.Clock = stopped{now}
	defer func() { htime.Clock = before }()

	// A theme must not bring the program down: some of Hugo's template
	// functions answer a wrong argument with a panic.
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("hugo panicked: %v", r)
		}
	}()

	var mu sync.Mutex
	logger := loggers.New(loggers.Options{
		Level:         logg.LevelWarn,
		DistinctLevel: logg.LevelWarn, // the same words once, not once a page
		StdOut:        io.Discard,
		StdErr:        io.Discard,
		HandlerPost: func(e *logg.Entry) error {
			mu.Lock()
			defer mu.Unlock()
			talk = append(talk, said{failed: e.Level >= logg.LevelError, text: e.Message})
			return nil
		},
	})

	flags := hugoconfig.NewFrom(object{
		"workingDir":  root,
		"publishDir":  filepath.Join(root, "public"),
		"cacheDir":    filepath.Join(root, "cache"),
		"environment": "production",
		"noBuildLock": true,
	})
	configs, err := allconfig.LoadConfig(allconfig.ConfigSourceDescriptor{
		Fs:          source,
		Logger:      logger,
		Flags:       flags,
		Filename:    "hugo.json",
		Environment: "production",
		// An empty list would make Hugo read HUGO_* from the real environment.
		Environ: []string{"RECTIFY=1"},
	})
	if err != nil {
		return nil, talk, err
	}
	memory := afero.NewMemMapFs()
	sites, err := hugolib.NewHugoSites(deps.DepsCfg{
		Configs:    configs,
		Fs:         hugofs.NewFromSourceAndDestination(source, memory, flags),
		TestLogger: logger, // the only way to hand over a logger; without it Hugo makes one that prints
	})
	if err != nil {
		return nil, talk, err
	}
	defer func() {
		if closing := sites.Close(); err == nil {
			err = closing
		}
	}()
	err = sites.Build(hugolib.BuildCfg{NoBuildLock: true})
	return afero.NewBasePathFs(memory, filepath.Join(root, "public")), talk, err
}

// stopped is a clock that always shows the same time. A template must not ask
// for the time at all, but if one does, its pages are still reproducible.
type stopped struct{ at time.Time }

func (c stopped) Now() time.Time                  { return c.at }
func (c stopped) Since(t time.Time) time.Duration { return c.at.Sub(t) }
func (c stopped) Until(t time.Time) time.Duration { return t.Sub(c.at) }
func (c stopped) Offset() time.Duration           { return time.Until(c.at) }
