package emit

import (
	"errors"
	"strings"
	"testing"

	"github.com/spf13/afero"
)

func TestAPathMustBeAbleToLiveOnEveryHost(t *testing.T) {
	for path, want := range map[string]Rule{
		"index.html":                   "",
		".well-known/security.txt":     "",
		"files/附件1.pdf":                "",
		"files/a b (1), c.pdf":         "",
		"console.html":                 "",
		"com.html":                     "",
		"com10.html":                   "",
		"...a":                         "",
		strings.Repeat("a", 255):       "",
		"a/.rectify":                   "",
		"":                             RuleRelative,
		".":                            RuleRelative,
		"..":                           RuleRelative,
		"../a":                         RuleRelative,
		"a/../b":                       RuleRelative,
		"a/../../b":                    RuleRelative,
		"/etc/passwd":                  RuleRelative,
		"a//b":                         RuleRelative,
		"a/":                           RuleRelative,
		"./a":                          RuleRelative,
		`a\b`:                          RuleCharacter,
		`..\a`:                         RuleCharacter,
		`C:\a`:                         RuleCharacter,
		"c:a":                          RuleCharacter,
		"a\x00b":                       RuleCharacter,
		"a\nb":                         RuleCharacter,
		"a?b":                          RuleCharacter,
		`a"b`:                          RuleCharacter,
		"a\xffb":                       RuleCharacter,
		"a.":                           RuleEnding,
		"a /b":                         RuleEnding,
		"a/...":                        RuleEnding,
		"nul":                          RuleDevice,
		"a/CON":                        RuleDevice,
		"aux.html":                     RuleDevice,
		"Prn.tar.gz/a":                 RuleDevice,
		"com1":                         RuleDevice,
		"lpt9.txt":                     RuleDevice,
		"COM¹.txt":                     RuleDevice,
		"nul .txt":                     RuleDevice,
		"conin$":                       RuleDevice,
		strings.Repeat("a", 256):       RuleLong,
		strings.Repeat("中", 86) + "/a": RuleLong,
		".rectify":                     RuleState,
		".rectify/manifest.json":       RuleState,
		".Rectify/lock":                RuleState,
	} {
		err := put(t, path)
		var refused *PathError
		switch {
		case want == "" && err != nil:
			t.Errorf("%q: %v", path, err)
		case want != "" && (!errors.As(err, &refused) || refused.Rule != want || refused.Path != path):
			t.Errorf("%q: got %v, want rule %q", path, err, want)
		}
	}
}

func TestTwoPathsMustBeTwoOnEveryHost(t *testing.T) {
	for _, c := range []struct {
		first, second string
		want          Rule
	}{
		{"a.html", "b.html", ""},
		{"a/b.html", "a/c.html", ""},
		{"a", "a.html", ""},
		{"Index.html", "index.html", RuleCollision},
		{"Issues/1.html", "issues/2.html", RuleCollision},
		{"a/B/c", "a/b", RuleNested},
		{"Ä.pdf", "ä.pdf", RuleCollision},
		{"\u00e9.pdf", "e\u0301.pdf", RuleCollision}, // é in one rune and in two
		{"k.pdf", "\u212a.pdf", RuleCollision},       // the Kelvin sign
		{"a", "a/b", RuleNested},
		{"a/b", "a", RuleNested},
		{"a/b/c", "a/b", RuleNested},
	} {
		for _, order := range [][]string{{c.first, c.second}, {c.second, c.first}} {
			err := put(t, order...)
			var refused *PathError
			switch {
			case c.want == "" && err != nil:
				t.Errorf("%q: %v", order, err)
			case c.want != "" && (!errors.As(err, &refused) || refused.Rule != c.want || refused.With == ""):
				t.Errorf("%q: got %v, want rule %q", order, err, c.want)
			}
		}
	}
}

// put puts paths into a new folder in memory and returns the first error. After
// one, nothing may be committed.
func put(t *testing.T, paths ...string) error {
	t.Helper()
	fsys := afero.NewMemMapFs()
	tx := mustBegin(t, fsys, "public")
	for _, path := range paths {
		if err := tx.Put(path, []byte("x")); err != nil {
			if _, err := tx.Commit(t.Context()); err == nil {
				t.Errorf("%q was committed after an error", paths)
			}
			return err
		}
	}
	return nil
}
