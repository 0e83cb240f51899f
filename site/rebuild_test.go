package site

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rectify/site/problem"
)

func TestRebuildSaysWhereTheProgramOrTheThemeIsAnother(t *testing.T) {
	dir := t.TempDir()
	layDemo(t, dir)
	d := newOffice(t, dir, key(t, 1))
	d.release("a")

	newer := d.options()
	newer.Version = "newer"
	v, err := Verify(context.Background(), VerifyOptions{Options: newer, Rebuild: []string{"newest"}})
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(v.Problems, func(p problem.Problem) bool { return p.Code == problem.RebuildVersion })
	if i < 0 || !cmp.Equal(v.Problems[i].Args, []string{"test", "newer"}) || !cmp.Equal(v.Rebuilt, []string{"a"}) || !v.OK() {
		t.Errorf("by another version: %v, built again %v", v.Problems, v.Rebuilt)
	}

	const style = "themes/civic/assets/css/print.css"
	d.write(style, "@media print { .civic-page { margin: 3px; } }\n")
	v = d.verify(VerifyOptions{Rebuild: []string{"newest"}})
	if n := counted(v.Problems); n[problem.RebuildTheme] != 1 || n[problem.RebuildDiffers] == 0 || n[problem.RebuildVersion] != 0 || v.OK() {
		t.Errorf("with another theme: %v", v.Problems)
	}
	d.remove(style)
	if v := d.verify(VerifyOptions{Rebuild: []string{"newest"}}); len(v.Problems) > 0 {
		t.Errorf("with its own: %v", v.Problems)
	}
}
