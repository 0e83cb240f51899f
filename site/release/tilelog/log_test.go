package tilelog

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// grown is a log of n entries with all files that its growing leaves.
func grown(t *testing.T, n int64) (*Log, map[string][]byte) {
	t.Helper()
	l, files := &Log{}, map[string][]byte{}
	for i := range n {
		if err := l.Append(fmt.Appendf(nil, "release r%d", i)); err != nil {
			t.Fatal(err)
		}
		added, err := l.NewFiles(i)
		if err != nil {
			t.Fatal(err)
		}
		for name, data := range added {
			if _, there := files[name]; there {
				t.Fatalf("%s was written twice", name)
			}
			files[name] = data
		}
	}
	return l, files
}

func reader(files map[string][]byte) func(string) ([]byte, error) {
	return func(name string) ([]byte, error) {
		if data, ok := files[name]; ok {
			return data, nil
		}
		return nil, errors.New("not there")
	}
}

func TestLogIsReadBackFromItsFiles(t *testing.T) {
	for _, n := range []int64{0, 1, 2, 255, 256, 257, 520} {
		l, files := grown(t, n)
		back, err := Open(n, reader(files))
		if err != nil {
			t.Fatal(err)
		}
		want, err := l.Checkpoint("example.org/log")
		if err != nil {
			t.Fatal(err)
		}
		if got, err := back.Checkpoint("example.org/log"); err != nil || got != want {
			t.Errorf("%d entries: got %v, want %v (%v)", n, got, want, err)
		}
		if found, err := back.Audit(slices.Collect(maps.Keys(files)), reader(files)); err != nil || len(found) > 0 {
			t.Errorf("%d entries: %v %v", n, found, err)
		}
	}
}

func TestPathsAreThoseOfTheSpecification(t *testing.T) {
	for _, test := range []struct {
		n, w int64
		want string
	}{{0, 256, "000"}, {0, 3, "000.p/3"}, {1234067, 256, "x001/x234/067"}, {1000, 1, "x001/000.p/1"}} {
		if got := numberPath(test.n, test.w); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
	_, files := grown(t, 257)
	var names []string
	for name := range files {
		if !strings.Contains(name, ".p/") || strings.HasSuffix(name, "001.p/1") || strings.HasPrefix(name, "tile/1/") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	if diff := cmp.Diff([]string{"tile/0/000", "tile/0/001.p/1", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/1"}, names); diff != "" {
		t.Error(diff)
	}
}

func TestOldCheckpointIsABeginningUnlessTheLogWasRewritten(t *testing.T) {
	l, _ := grown(t, 300)
	other := &Log{}
	for i := range int64(300) {
		text := fmt.Appendf(nil, "release r%d", i)
		if i == 10 {
			text = []byte("release forged")
		}
		if err := other.Append(text); err != nil {
			t.Fatal(err)
		}
	}
	for _, size := range []int64{0, 1, 10, 11, 256, 299, 300} {
		root, err := l.Root(size)
		if err != nil {
			t.Fatal(err)
		}
		old := Checkpoint{"example.org/log", size, root}
		if !l.Extends(old) {
			t.Errorf("%d: its own checkpoint was refused", size)
		}
		if got, want := other.Extends(old), size <= 10; got != want {
			t.Errorf("%d: a rewritten log extends it: %v", size, got)
		}
	}
	if l.Extends(Checkpoint{Size: 301}) {
		t.Error("a checkpoint of a longer log was taken")
	}
}

func TestFilesThatDoNotFitAreNamed(t *testing.T) {
	l, files := grown(t, 300)
	bad := maps.Clone(files)
	delete(bad, "tile/0/000")
	bad["tile/0/001.p/44"] = []byte("forged")
	bad["tile/0/001.p/45"] = []byte("of an interrupted release")
	bad["tile/9/000"] = []byte("?")
	found, err := l.Audit(slices.Collect(maps.Keys(bad)), reader(bad))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]Reason{}
	for _, v := range found {
		got[v.Name] = v.Reason
	}
	want := map[string]Reason{"tile/0/000": Missing, "tile/0/001.p/44": Changed, "tile/0/001.p/45": TooNew, "tile/9/000": Unknown}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	bad["tile/entries/000"] = bad["tile/entries/000"][:100]
	if _, err := Open(300, reader(bad)); err == nil {
		t.Error("entries that are cut off were read")
	}
}

func TestCheckpointIsReadWithAndWithoutSignatures(t *testing.T) {
	l, _ := grown(t, 3)
	want, err := l.Checkpoint("example.org/zg/releases/log")
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{want.String(), want.String() + "\n— example.org/zg/releases/log AAAA\n"} {
		if got, err := ParseCheckpoint([]byte(text)); err != nil || got != want {
			t.Errorf("%q: %v %v", text, got, err)
		}
	}
	for _, text := range []string{"", "\n3\n", "o\n3\n", "o\n03\n" + want.String(), "o\n3\nAAAA\n", "o\n-1\n" + strings.Repeat("A", 43) + "=\n"} {
		if _, err := ParseCheckpoint([]byte(text)); err == nil {
			t.Errorf("%q was taken", text)
		}
	}
}
