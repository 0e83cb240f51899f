package site

import (
	"path"
	"strings"
	"testing"
)

// TestOneByteOfAnyFileIsFoundAndItsFileNamed flips a byte in the middle of every
// file: of each kind, wherever it lies.
func TestOneByteOfAnyFileIsFoundAndItsFileNamed(t *testing.T) {
	d := twoReleases(t, "示例结果。", key(t, 1))
	for _, what := range []string{"archive", "public", "b.bag"} {
		kinds := map[string]bool{}
		for name, text := range folder(t, d.dir+"/"+what) {
			kind := path.Dir(name) + path.Ext(name)
			if len(text) == 0 || kinds[kind] && what != "archive" || name == ".lock" {
				continue
			}
			kinds[kind] = true
			d.flip(what + "/" + name)
			v := d.verify(VerifyOptions{Path: what})
			d.write(what+"/"+name, text)
			if v.OK() {
				t.Errorf("%s: a byte of %s is another, and it passes", what, name)
				continue
			}
			// The place is the file, or the release or the log that it belongs to. Of
			// the last list of a bag, which no other lists, only what it lists can be
			// told.
			if name == "tagmanifest-sha256.txt" {
				continue
			}
			named := strings.TrimPrefix(name, "data/site/")
			release := path.Dir(named)
			ok := false
			for _, f := range found(v.Problems) {
				ok = ok || strings.Contains(f, named) || strings.HasPrefix(release, "releases/") && strings.Contains(f, release) ||
					strings.Contains(named, "log/") && strings.Contains(f, "log/")
			}
			if !ok {
				t.Errorf("%s: a byte of %s is another, and what is named is %q", what, name, found(v.Problems))
			}
		}
		if v := d.verify(VerifyOptions{Path: what}); !v.OK() {
			t.Errorf("%s is not as it was: %q", what, found(v.Problems))
		}
	}
}

func TestAChangedListOfKeysIsSeen(t *testing.T) {
	d := twoReleases(t, "示例结果。", key(t, 1))
	other := key(t, 2).Public().SSH()
	d.try(t, VerifyOptions{}, []tampered{
		{"another key in the place of the unit's", func(d *office) {
			d.edit("data/trust.yaml", key(t, 1).Public().SSH(), other)
		}, "R111 releases/a/manifest.json SHA256:"},
		{"another period", func(d *office) { d.edit("data/trust.yaml", "from: 2026-01-01", "from: 2026-02-01") }, "R124 releases/a/manifest.json SHA256:"},
		{"a key that ended", func(d *office) {
			d.edit("data/trust.yaml", "from: 2026-01-01", "from: 2026-01-01\n    until: 2026-01-31")
		}, "R124 releases/b/manifest.json SHA256:"},
	})
	d.try(t, VerifyOptions{Path: "public"}, []tampered{
		{"the keys beside the site", func(d *office) {
			d.edit("public/releases/keys/allowed_signers", key(t, 1).Public().SSH(), other)
		}, "R104 releases/keys/allowed_signers"},
	})
}
