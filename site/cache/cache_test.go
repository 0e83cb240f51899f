package cache

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/spf13/afero"
)

// page is a value of a few thousand bytes that is much like others of its kind.
func page(n, version int) []byte {
	dice := rand.New(rand.NewPCG(uint64(n), uint64(version)))
	var b bytes.Buffer
	for line := range 60 {
		fmt.Fprintf(&b, "<p>示例第%d段,这一段在每一页都一样。</p>\n", line)
		if line%10 == 0 {
			fmt.Fprintf(&b, "<b>%d %d %x</b>\n", n, version, dice.Uint64())
		}
	}
	return b.Bytes()
}

func key(n, version int) Key {
	return KeyOf("page", fmt.Appendf(nil, "%d", n), fmt.Appendf(nil, "%d", version))
}

// fill is a run that needs pages 0 to n-1 of a version and makes what it lacks;
// it returns how many it had to make.
func fill(t *testing.T, fs afero.Fs, dir string, n int, version func(n int) int) (made int) {
	t.Helper()
	c := Open(fs, dir)
	defer c.Close(true)
	for i := range n {
		v := version(i)
		got, ok := c.Get(key(i, v))
		switch {
		case !ok:
			made++
			c.Put(key(i, v), "issue", page(i, v))
		case !bytes.Equal(got, page(i, v)):
			t.Fatalf("page %d has another content", i)
		}
	}
	return made
}

func always(v int) func(int) int { return func(int) int { return v } }

// weigh gives the number and the size of the packs in a folder.
func weigh(t *testing.T, dir string) (packs int, size int64) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(e.Name(), ending) {
			packs++
			size += info.Size()
		}
	}
	return packs, size
}

func TestWhatOneRunMakesTheNextOneFinds(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "cache")
	disk := afero.NewOsFs()
	if made := fill(t, disk, dir, 300, always(1)); made != 300 {
		t.Errorf("the first run made %d", made)
	}
	if made := fill(t, disk, dir, 300, always(1)); made != 0 {
		t.Errorf("the second run made %d", made)
	}
	edited := func(n int) int { return 1 + n/299 }
	if made := fill(t, disk, dir, 300, edited); made != 1 {
		t.Errorf("after one edit %d were made", made)
	}
	_, size := weigh(t, dir)
	if plain := int64(300 * len(page(0, 1))); size > plain/5 {
		t.Errorf("%d bytes of pages take %d", plain, size)
	}
	for _, name := range []string{".gitignore", "CACHEDIR.TAG"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}
}

func TestValuesOfAnyKindAndSizeComeBackAsTheyWere(t *testing.T) {
	dice := rand.New(rand.NewPCG(1, 2))
	var values [][]byte
	for _, size := range []int{0, 1, 100, smallest - 1, smallest, 5000, 70_000, 1 << 20} {
		noise := make([]byte, size)
		for i := range noise {
			noise[i] = byte(dice.Uint32())
		}
		values = append(values, noise, bytes.Repeat([]byte("ab"), size/2))
	}
	fs := afero.NewMemMapFs()
	c := Open(fs, "cache")
	name := func(i int, kin string) Key { return KeyOf(kin, []byte{byte(i)}) }
	for i, v := range values {
		for _, kin := range []string{"", "a", "b"} {
			c.Put(name(i, kin), kin, v)
		}
	}
	c.Close(true)
	c = Open(fs, "cache")
	defer c.Close(false)
	for i, v := range values {
		for _, kin := range []string{"", "a", "b"} {
			if got, ok := c.Get(name(i, kin)); !ok || !bytes.Equal(got, v) {
				t.Errorf("value %d of kin %q: %v, %d of %d bytes", i, kin, ok, len(got), len(v))
			}
		}
	}
	if _, ok := c.Get(name(0, "other")); ok {
		t.Error("found what nobody put")
	}
}

func TestKeysOfDifferentThingsDiffer(t *testing.T) {
	seen := map[Key]bool{}
	for _, k := range []Key{
		KeyOf("a"), KeyOf("b"), KeyOf("a", nil), KeyOf("a", nil, nil), KeyOf("a", []byte("b")),
		KeyOf("ab"), KeyOf("a", []byte("b"), []byte("c")), KeyOf("a", []byte("bc")), KeyOf("a", nil, []byte("bc")),
	} {
		if seen[k] {
			t.Errorf("%x stands for two things", k)
		}
		seen[k] = true
	}
}

// A power cut may leave less than was written, also under the final name, and
// other bytes in its place.
func TestDamagedPackGivesTheRightValueOrNone(t *testing.T) {
	whole := afero.NewMemMapFs()
	fill(t, whole, "cache", 8, always(1))
	var name string
	_ = afero.Walk(whole, "cache", func(n string, _ fs.FileInfo, _ error) error {
		if strings.HasSuffix(n, ending) {
			name = n
		}
		return nil
	})
	data, err := afero.ReadFile(whole, name)
	if err != nil {
		t.Fatal(err)
	}
	dice := rand.New(rand.NewPCG(3, 4))
	lost := 0
	for i := range 600 {
		torn := bytes.Clone(data)
		switch i % 3 {
		case 0:
			torn = torn[:dice.IntN(len(torn))]
		case 1:
			torn[dice.IntN(len(torn))] ^= byte(1 + dice.IntN(255))
		default:
			from := dice.IntN(len(torn))
			clear(torn[from:min(len(torn), from+4096)])
		}
		fs := afero.NewMemMapFs()
		if err := afero.WriteFile(fs, name, torn, 0o644); err != nil {
			t.Fatal(err)
		}
		lost += fill(t, fs, "cache", 8, always(1)) // fails where a value is wrong
	}
	if lost < 200 {
		t.Errorf("only %d values were lost: the damage is not where the values are", lost)
	}
}

// full is a disk that has no space from the n-th write on.
type full struct {
	afero.Fs
	left int
}

type fullFile struct {
	afero.File
	fs *full
}

func (f *full) OpenFile(name string, flag int, perm os.FileMode) (afero.File, error) {
	if flag&os.O_CREATE != 0 && f.spend() {
		return nil, syscall.ENOSPC
	}
	file, err := f.Fs.OpenFile(name, flag, perm)
	return &fullFile{file, f}, err
}

func (f *fullFile) Write(data []byte) (int, error) {
	if f.fs.spend() {
		return 0, syscall.ENOSPC
	}
	return f.File.Write(data)
}

func (f *full) spend() (isFull bool) { f.left--; return f.left < 0 }

func TestFullDiskIsNoFailureAndLeavesNothing(t *testing.T) {
	for left := range 20 {
		fs := &full{afero.NewMemMapFs(), left}
		fill(t, fs, "cache", 400, always(1))
		infos, _ := afero.ReadDir(fs, "cache")
		for _, info := range infos {
			if strings.HasSuffix(info.Name(), unfinished) {
				t.Errorf("with space for %d writes %s is left", left, info.Name())
			}
		}
		fs.left = 1 << 20
		fill(t, fs, "cache", 400, always(1))
		if made := fill(t, fs, "cache", 400, always(1)); made != 0 {
			t.Errorf("the cache is not used again: %d made", made)
		}
	}
}

func TestRunsAtTheSameTimeDoNotDisturbEachOther(t *testing.T) {
	dir := t.TempDir()
	disk := afero.NewOsFs()
	var wait sync.WaitGroup
	for run := range 8 {
		wait.Go(func() {
			for version := range 10 {
				fill(t, disk, dir, 60, func(n int) int { return version + n%(run+1) })
			}
		})
	}
	wait.Wait()
	fill(t, disk, dir, 60, always(100))
	if made := fill(t, disk, dir, 60, always(100)); made != 0 {
		t.Errorf("%d values were lost", made)
	}
}

func TestManyGoroutinesPutAndGet(t *testing.T) {
	dir := t.TempDir()
	for range 2 {
		c := Open(afero.NewOsFs(), dir)
		var wait sync.WaitGroup
		for part := range 4 {
			wait.Go(func() {
				for i := part; i < 200; i += 4 {
					if got, ok := c.Get(key(i, 1)); ok && !bytes.Equal(got, page(i, 1)) {
						t.Errorf("page %d has another content", i)
					}
					c.Put(key(i, 1), fmt.Sprint("kin", i%3), page(i, 1))
				}
			})
		}
		wait.Wait()
		c.Close(true)
	}
}

func TestCacheStaysBoundedHoweverOftenThingsChange(t *testing.T) {
	dir := t.TempDir()
	disk := afero.NewOsFs()
	one := t.TempDir()
	fill(t, disk, one, 200, always(1))
	_, live := weigh(t, one)
	for version := range 60 {
		// As in a preview a few pages change each time, and now and then all.
		fill(t, disk, dir, 200, func(n int) int { return version - version%20 + (version+n)/50 })
		packs, size := weigh(t, dir)
		if packs > mostPacks || size > 3*live+2*smallestPack {
			t.Fatalf("after %d runs %d packs of %d bytes, where %d are used", version, packs, size, live)
		}
	}
}

func TestRunThatDidNotComeToItsEndRemovesNothing(t *testing.T) {
	dir := t.TempDir()
	disk := afero.NewOsFs()
	fill(t, disk, dir, 100, always(1))
	for i := range 2 * mostPacks {
		c := Open(disk, dir)
		c.Put(key(1000+i, 1), "", page(1000+i, 1))
		c.Close(false)
	}
	if made := fill(t, disk, dir, 100, always(1)); made != 0 {
		t.Errorf("%d values are gone", made)
	}
}

// Whoever builds in two ways by turns, with one address and with another, finds
// both.
func TestOtherWaysOfBuildingAreRemembered(t *testing.T) {
	dir := t.TempDir()
	disk := afero.NewOsFs()
	for i := range 6 {
		made := fill(t, disk, dir, 100, always(i%2))
		if i > 1 && made > 0 {
			t.Errorf("run %d made %d", i, made)
		}
	}
	limited := Open(disk, dir)
	limited.limit = 0
	if !limited.Has(key(0, 1)) {
		t.Error("not there")
	}
	limited.Close(true)
	if made := fill(t, disk, dir, 100, always(0)); made != 100 {
		t.Errorf("beyond the limit %d values stay", 100-made)
	}
}

func TestTracesOfDeadRunsGo(t *testing.T) {
	dir := t.TempDir()
	dead, alive := filepath.Join(dir, "dead.pack.tmp"), filepath.Join(dir, "alive.pack.tmp")
	for _, name := range []string{dead, alive} {
		if err := os.WriteFile(name, []byte("half"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	long := time.Now().Add(-2 * abandoned)
	if err := os.Chtimes(dead, long, long); err != nil {
		t.Fatal(err)
	}
	fill(t, afero.NewOsFs(), dir, 1, always(1))
	if _, err := os.Stat(dead); err == nil {
		t.Error("a dead run's pack is kept")
	}
	if _, err := os.Stat(alive); err != nil {
		t.Error("a pack in the making was removed")
	}
}

func TestWithoutACacheNothingIsKept(t *testing.T) {
	var c *Cache
	c.Put(key(1, 1), "", page(1, 1))
	if _, ok := c.Get(key(1, 1)); ok || c.Has(key(1, 1)) {
		t.Error("found something in nothing")
	}
	c.Close(true)
}
