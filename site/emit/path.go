package emit

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"rectify/site/internal/device"
)

// checkPath returns the rule that p breaks, or nil. It also guards what is read
// back from manifest and journal: paths there lead to removals.
func checkPath(p string) error {
	refuse := func(r Rule) error { return &PathError{Path: p, Rule: r} }
	if !utf8.ValidString(p) {
		return refuse(RuleCharacter)
	}
	if p == "" || p == "." || p == ".." || p[0] == '/' || strings.HasPrefix(p, "../") || path.Clean(p) != p {
		return refuse(RuleRelative)
	}
	for i, part := range strings.Split(p, "/") {
		if i == 0 && fold(part) == StateDir {
			return refuse(RuleState)
		}
		if len(part) > 255 {
			return refuse(RuleLong)
		}
		if strings.ContainsFunc(part, unsafeRune) {
			return refuse(RuleCharacter)
		}
		if last := part[len(part)-1]; last == '.' || last == ' ' {
			return refuse(RuleEnding)
		}
		if device.Is(part) {
			return refuse(RuleDevice)
		}
	}
	return nil
}

func unsafeRune(r rune) bool {
	return unicode.IsControl(r) || strings.ContainsRune(`<>:"|?*\`, r)
}

// fold maps paths that are one file on some host to one string: Windows ignores
// case, macOS ignores case and the difference between é and e + accent.
func fold(p string) string {
	ascii := true
	for i := range len(p) {
		if p[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.ToLower(p)
	}
	return norm.NFC.String(strings.Map(foldRune, norm.NFC.String(p)))
}

// foldRune picks one rune of those that differ in case only, for example k for
// K, k and the Kelvin sign.
func foldRune(r rune) rune {
	low := r
	for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
		low = min(low, next)
	}
	return unicode.ToLower(low)
}

// parents calls yield with every folder above p, topmost first: a, a/b for
// a/b/c. It stops when yield returns false.
func parents(p string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for i := range len(p) {
			if p[i] == '/' && !yield(p[:i]) {
				return
			}
		}
	}
}
