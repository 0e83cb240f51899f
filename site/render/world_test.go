package render

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rectify/site/page"
)

// What a build does to the world around it: nothing.

// TestMain lets the test program be started anew as an ordinary program: Hugo
// looks for -test. among the arguments and then leaves the disk alone that it
// would use otherwise.
func TestMain(m *testing.M) {
	if from := os.Getenv("RENDER_THEME"); from != "" {
		if err := renderOnce(from); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// renderOnce prints what a build of the test portal comes to.
func renderOnce(from string) error {
	th, err := OpenTheme(Layer{Name: "themes/civic", FS: os.DirFS(from)})
	if err != nil {
		return err
	}
	r, list := New(th, Options{Site: testSite})
	if r == nil {
		return fmt.Errorf("%s", report(list))
	}
	list, err = r.Pages(context.Background(), slices.Values(portal()), func(name string, data []byte) error {
		fmt.Println(name, digest(data))
		return nil
	})
	if len(list) > 0 {
		return fmt.Errorf("%s", report(list))
	}
	return err
}

// startAnew runs renderOnce in a process with the given environment.
func startAnew(t *testing.T, dir string, environ ...string) string {
	t.Helper()
	from, err := filepath.Abs("testdata/theme")
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	// A copy without .test in its name, which is the other thing Hugo looks at.
	program := filepath.Join(t.TempDir(), "rectify")
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	copyFile(t, self, program)
	var stdout, stderr strings.Builder
	cmd := exec.Command(program)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &stdout, &stderr
	cmd.Env = append(environ, "RENDER_THEME="+from, "SystemRoot="+os.Getenv("SystemRoot"))
	if err := cmd.Run(); err != nil || stderr.Len() > 0 {
		t.Fatalf("%v, and it said %q", err, stderr.String())
	}
	return stdout.String()
}

func TestBuildLeavesTheDiskAlone(t *testing.T) {
	world := t.TempDir()
	home, tmp, cwd := filepath.Join(world, "home"), filepath.Join(world, "tmp"), filepath.Join(world, "cwd")
	for _, dir := range []string{home, tmp, cwd} {
		if err := os.Mkdir(dir, 0o555); err != nil {
			t.Fatal(err)
		}
	}
	_, before := os.Stat(root)
	startAnew(t, cwd, "HOME="+home, "TMPDIR="+tmp, "USER=clerk", "USERPROFILE="+home, "LocalAppData="+home, "TMP="+tmp)
	err := filepath.WalkDir(world, func(name string, d fs.DirEntry, err error) error {
		if err == nil && !slices.Contains([]string{world, home, tmp, cwd}, name) {
			t.Errorf("%s was written", name)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	if _, after := os.Stat(root); os.IsNotExist(before) && after == nil {
		t.Errorf("%s came into being", root)
	}
}

func TestEnvironmentChangesNothing(t *testing.T) {
	want := startAnew(t, t.TempDir())
	got := startAnew(t, t.TempDir(), "HUGO_PARAMS_NAME=x", "HUGO_TITLE=x", "HUGO_DISABLEKINDS=page", "HUGO_ENVIRONMENT=development",
		"HUGO_NUMWORKERMULTIPLIER=1", "HUGO_CACHEDIR=/nowhere", "TZ=America/Lima", "LANG=de_DE.UTF-8", "NETLIFY=true", "NO_COLOR=")
	if got != want || strings.Count(want, "\n") != 11 {
		t.Errorf("without:\n%s\nwith:\n%s", want, got)
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	if os.Link(from, to) == nil {
		return
	}
	data, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, data, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestTwoRenderersAtOnceDoNotMix(t *testing.T) {
	sites := []page.Site{testSite, testSite}
	sites[1].Name, sites[1].Lang = "Other", "en"
	now := files{"layouts/home.html": `{{ site.Params.name }} {{ T "home" }}{{ if eq site.Params.name "Other" }}{{ warnf "other" }}{{ end }}`}
	want := []string{"整改公开 首页", "Other Home"}
	var wait sync.WaitGroup
	for i := range 6 {
		wait.Go(func() {
			r, list := New(theme(t, now), Options{Site: sites[i%2]})
			if r == nil {
				t.Error(report(list))
				return
			}
			var got string
			list, err := r.Pages(context.Background(), slices.Values(portal()[:1]), func(_ string, data []byte) error {
				got = string(data)
				return nil
			})
			if err != nil || len(list) != i%2 {
				t.Errorf("portal %d: %v\n%s", i%2, err, report(list))
			}
			if i%2 == 0 && got != want[0] {
				t.Errorf("portal %d: %q", i%2, got)
			}
		})
	}
	wait.Wait()
}

func TestBuildsLeaveNoGoroutinesBehind(t *testing.T) {
	r, _ := New(theme(t, nil), Options{Site: testSite, BatchSize: 1})
	pagesOf(t, r, issues(2))
	before := runtime.NumGoroutine()
	pagesOf(t, r, issues(30))
	for range 100 {
		if runtime.NumGoroutine() <= before+5 {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("%d goroutines before, %d after 30 builds", before, runtime.NumGoroutine())
}

func TestSameBytesHoweverManyProcessors(t *testing.T) {
	want, _ := render(t, nil, issues(40)...)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	got, _ := render(t, nil, issues(40)...)
	if !maps.Equal(got, want) {
		t.Error("the bytes differ")
	}
}
