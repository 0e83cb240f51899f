package load

import (
	"context"
	"maps"
	"reflect"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/afero"

	"rectify/site/internal/synth"
)

// notebook is a memory for one test.
type notebook struct {
	mu     sync.Mutex
	values map[string][]byte
	asked  int
	found  int
}

func (n *notebook) Recall(key []byte) ([]byte, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	value, ok := n.values[string(key)]
	n.asked++
	if ok {
		n.found++
	}
	return value, ok
}

func (n *notebook) Keep(key, value []byte) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.values[string(key)] = value
}

var wherever = cmp.Exporter(func(reflect.Type) bool { return true })

// portals are the real one, the example with all its fields, and an invented one.
func portals(t *testing.T) map[string]afero.Fs {
	t.Helper()
	invented := afero.NewMemMapFs()
	check(t, synth.WriteProvince(invented, 120, 1))
	return map[string]afero.Fs{
		"real":     afero.NewReadOnlyFs(afero.NewBasePathFs(afero.NewOsFs(), "../..")),
		"example":  afero.NewReadOnlyFs(afero.NewBasePathFs(afero.NewOsFs(), "../scaffold/example")),
		"invented": invented,
	}
}

func TestFilesThatAreRememberedGiveTheSamePortalWithTheSamePlaces(t *testing.T) {
	for name, fs := range portals(t) {
		want, problems := Load(context.Background(), fs, "data")
		memory := &notebook{values: map[string][]byte{}}
		_, first, _ := Again(context.Background(), fs, "data", memory)
		asked := memory.asked
		if memory.found > 0 || asked == 0 {
			t.Fatalf("%s: %d of %d files were known at first", name, memory.found, asked)
		}
		got, second, again := Again(context.Background(), fs, "data", memory)
		if memory.found < asked-2 {
			t.Errorf("%s: only %d of %d files were known at last", name, memory.found, asked)
		}
		if diff := cmp.Diff(want, got, wherever); diff != "" {
			t.Errorf("%s (-read +remembered):\n%s", name, diff)
		}
		if diff := cmp.Diff(problems, again, wherever); diff != "" {
			t.Errorf("%s, problems (-read +remembered):\n%s", name, diff)
		}
		if first != second {
			t.Errorf("%s: the digest changed", name)
		}
	}
}

func TestWhatIsRememberedInPartIsReadAgain(t *testing.T) {
	fs := portals(t)["example"]
	want, _ := Load(context.Background(), fs, "data")
	memory := &notebook{values: map[string][]byte{}}
	Again(context.Background(), fs, "data", memory)
	for cut := range 8 {
		torn := &notebook{values: map[string][]byte{}}
		for _, key := range slices.Sorted(maps.Keys(memory.values)) {
			value := memory.values[key]
			torn.values[key] = value[:len(value)*cut/8]
		}
		got, _, _ := Again(context.Background(), fs, "data", torn)
		if diff := cmp.Diff(want, got, wherever); diff != "" {
			t.Fatalf("cut at %d of 8 (-want +got):\n%s", cut, diff)
		}
	}
}

func TestDigestFollowsWhatIsRead(t *testing.T) {
	files := map[string]string{
		"data/portal.yaml":                  "format: 1\nname: 示例公开\nunit: 示例局\ncontact: {unit: 示例办, phones: [0000-0000000]}\n",
		"data/reports/a/report.yaml":        "title: 示例通报\nunit: 示例局\noutline: [{id: s1, title: 示例, issues: [100001]}]\n",
		"data/reports/a/issues/100001.yaml": "id: 100001\ntitle: 示例问题\nevidence: [{file: a.txt, title: 示例}]\n",
		"data/reports/a/files/a.txt":        "a",
	}
	digest := func(changes map[string]string) [32]byte {
		fs := afero.NewMemMapFs()
		all := maps.Clone(files)
		maps.Copy(all, changes)
		for name, text := range all {
			check(t, afero.WriteFile(fs, name, []byte(text), 0o644))
		}
		portal, digest, list := Again(context.Background(), fs, "data", nothing{})
		if list.HasErrors() || len(portal.Reports) != 1 {
			t.Fatal(list)
		}
		return digest
	}
	seen := map[[32]byte]string{digest(nil): "nothing"}
	for what, change := range map[string]map[string]string{
		"a text":           {"data/reports/a/issues/100001.yaml": "id: 100001\ntitle: 另一示例\nevidence: [{file: a.txt, title: 示例}]\n"},
		"a source":         {"data/reports/a/source.txt": "示例\n"},
		"a page":           {"data/pages/about.md": "# 关于\n"},
		"size of evidence": {"data/reports/a/files/a.txt": "ab"},
		"portal":           {"data/portal.yaml": files["data/portal.yaml"] + "description: 示例\n"},
	} {
		d := digest(change)
		if other, taken := seen[d]; taken {
			t.Errorf("%s and %s give the same digest", what, other)
		}
		seen[d] = what
	}
	if digest(map[string]string{"data/reports/a/files/b.txt": "b"}) != digest(nil) {
		t.Error("a file that nobody names is in the digest")
	}
}

// notInFiles are fields that load fills from elsewhere.
var notInFiles = cmp.FilterPath(func(p cmp.Path) bool {
	switch p.Last().String() {
	case ".ID", ".Section", ".Size", ".Issues", ".Paragraphs", ".Emptied":
		return p.Last().Type().Kind() != reflect.Uint32
	}
	return false
}, cmp.Ignore())

// Every type that a file can hold can be kept: the filled portal has all fields.
func TestEveryFieldIsRemembered(t *testing.T) {
	portal, _ := synth.Filled()
	for _, v := range []any{portal, portal.Reports[0], portal.Reports[0].Issues[0], portal.Approvals[0], portal.Trust} {
		want := reflect.ValueOf(v).Elem()
		got := reflect.New(want.Type()).Elem()
		if err := readParsed("a.yaml", appendParsed(nil, want), got); err != nil {
			t.Fatalf("%s: %v", want.Type(), err)
		}
		for _, f := range shapeOf(want.Type()).fields {
			if diff := cmp.Diff(want.Field(f.index).Interface(), got.Field(f.index).Interface(), withoutPlaces, notInFiles, wherever); diff != "" {
				t.Errorf("%s.%s (-want +got):\n%s", want.Type(), f.key, diff)
			}
		}
	}
}
