package site

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
	_ "time/tzdata" // the zones must not depend on the machine

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/afero"
)

// childEnv makes this test binary build one portal, as the environment's other
// variables have it, and end: what a process takes from its surroundings it
// takes when it starts.
const childEnv = "RECTIFY_SITE_TEST_CHILD"

// childBuild is the value of childEnv.
type childBuild struct {
	Dir, Out string
	Seed     uint64 // of the order in which folders list their files; 0 for the disk's own
}

func TestMain(m *testing.M) {
	if order := os.Getenv(childEnv); order != "" {
		if err := buildAsChild(order); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func buildAsChild(order string) error {
	var c childBuild
	if err := json.Unmarshal([]byte(order), &c); err != nil {
		return err
	}
	// Unix has read TZ already; Windows does not know it.
	zone, err := time.LoadLocation(os.Getenv("TZ"))
	if err != nil {
		return err
	}
	time.Local = zone
	o := Options{Dir: c.Dir, Out: c.Out, BaseURL: "https://www.example.org/zg/"}
	if c.Seed != 0 {
		o.source = shuffled{afero.NewBasePathFs(afero.NewOsFs(), c.Dir), c.Seed}
	}
	_, err = Build(context.Background(), o)
	return err
}

// shuffled lists the files of each folder in an order of its own, as the file
// systems of other machines do.
type shuffled struct {
	afero.Fs
	seed uint64
}

type shuffledFile struct {
	afero.File
	dice *rand.Rand
}

func (s shuffled) OpenFile(name string, flag int, perm os.FileMode) (afero.File, error) {
	file, err := s.Fs.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err
	}
	h := fnv.New64a()
	h.Write([]byte(name))
	return shuffledFile{file, rand.New(rand.NewPCG(s.seed, h.Sum64()))}, nil
}

func (s shuffled) Open(name string) (afero.File, error) { return s.OpenFile(name, os.O_RDONLY, 0) }

func (f shuffledFile) Readdir(n int) ([]fs.FileInfo, error) {
	infos, err := f.File.Readdir(n)
	f.dice.Shuffle(len(infos), func(i, j int) { infos[i], infos[j] = infos[j], infos[i] })
	return infos, err
}

func (f shuffledFile) Readdirnames(n int) ([]string, error) {
	names, err := f.File.Readdirnames(n)
	f.dice.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	return names, err
}

func TestSameDataGiveTheSameBytesWhereverAndHoweverTheyAreBuilt(t *testing.T) {
	surroundings := []struct {
		zone, procs, lang, folder string
		seed                      uint64
	}{
		{zone: "Asia/Shanghai", procs: "1", lang: "zh_CN.UTF-8", folder: "a"},
		{zone: "America/Los_Angeles", procs: "4", lang: "C", folder: "另一处 folder/b/门户 copy"},
		{zone: "Pacific/Kiritimati", procs: "2", lang: "tr_TR.UTF-8", folder: "a", seed: 1},
		{zone: "UTC", procs: "4", lang: "C", folder: "另一处 folder/b/门户 copy", seed: 2},
	}
	for name, lay := range map[string]func(*testing.T, string){"real": layReal, "example": layExample} {
		t.Run(name, func(t *testing.T) {
			top := t.TempDir()
			var want map[string]string
			for i, s := range surroundings {
				dir := filepath.Join(top, filepath.FromSlash(s.folder))
				if _, err := os.Stat(dir); err != nil {
					lay(t, dir)
					layThemeOfItsOwn(t, dir)
				}
				out := filepath.Join(t.TempDir(), "public")
				runChild(t, childBuild{dir, out, s.seed}, "TZ="+s.zone, "GOMAXPROCS="+s.procs, "LANG="+s.lang, "LC_ALL="+s.lang)
				got := digests(t, out)
				if i == 0 {
					if want = got; len(want) < 100 {
						t.Fatalf("only %d files", len(want))
					}
				} else if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("built with %+v (-first +other):\n%s", s, diff)
				}
			}
		})
	}
}

// layThemeOfItsOwn gives a portal files that its theme publishes as they are.
func layThemeOfItsOwn(t *testing.T, dir string) {
	t.Helper()
	static := filepath.Join(dir, "themes", "civic", "static", "own")
	if err := os.MkdirAll(static, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a.txt", "b.txt", "c.txt"} {
		if err := os.WriteFile(filepath.Join(static, name), []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func runChild(t *testing.T, c childBuild, surroundings ...string) {
	t.Helper()
	order, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(append(os.Environ(), surroundings...), childEnv+"="+string(order))
	if talk, err := child.CombinedOutput(); err != nil {
		t.Fatalf("%v: %v\n%s", surroundings, err, talk)
	}
}
