package render

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the goldens anew")

// TestSmoke is the one to look at when the pin of Hugo moves: the whole way of
// a small portal without a warning, and every file as it was.
func TestSmoke(t *testing.T) {
	r := renderer(t, nil)
	out, list := pagesOf(t, r, portal())
	if len(list) > 0 {
		t.Errorf("problems:\n%s", report(list))
	}
	err := r.Assets(func(name string, data []byte) error {
		out[name] = string(data)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(out)) {
		fmt.Fprintf(&b, "%.16s %6d %s\n", digest([]byte(out[name])), len(out[name]), name)
	}
	fmt.Fprintf(&b, "\n-- issues/100001.html --\n%s", out["issues/100001.html"])
	golden(t, "testdata/smoke.golden", b.String())
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (run with -update, then read the diff):\n%s", name, diff)
	}
}
