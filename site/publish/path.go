package publish

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rectify/site/internal/device"
)

// StateDir is the folder on a target that belongs to this room. A server does
// not hand it out.
const StateDir = ".rectify"

var idForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,63}$`)

// isID tells the names that a release can have as a folder on any host.
func isID(id string) bool { return idForm.MatchString(id) && !device.Is(id) }

// checkPath refuses a path that could leave the folder it belongs in, on
// whatever host, or that could not live there. (filepath.IsLocal knows the
// rules of the system it runs on only.)
func checkPath(p string) error {
	refuse := func(why string) error { return fmt.Errorf("the path %q %s", p, why) }
	if !utf8.ValidString(p) || strings.ContainsFunc(p, unsafeRune) {
		return refuse("has a character that not every host allows in a file name")
	}
	for i, part := range strings.Split(p, "/") {
		switch {
		case part == "" || part == "." || part == "..":
			return refuse("is not relative and clean")
		case i == 0 && fold(part) == StateDir:
			return refuse("lies in " + StateDir + ", which holds the state of a target")
		case len(part) > 255:
			return refuse("has a part longer than 255 bytes")
		case part[len(part)-1] == '.' || part[len(part)-1] == ' ':
			return refuse("has a part that ends in a dot or a space")
		case device.Is(part):
			return refuse("has the name of a Windows device")
		}
	}
	return nil
}

func unsafeRune(r rune) bool { return unicode.IsControl(r) || strings.ContainsRune(`<>:"|?*\`, r) }

// fold maps paths that are one file where case does not count to one string.
func fold(p string) string { return strings.ToLower(p) }

// parents calls yield with every folder above p, topmost first.
func parents(p string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for i := range len(p) {
			if p[i] == '/' && !yield(p[:i]) {
				return
			}
		}
	}
}

// foldersOf gives all folders above some files, sorted.
func foldersOf(files []string) []string {
	above := map[string]bool{}
	for _, p := range files {
		for dir := range parents(p) {
			above[dir] = true
		}
	}
	return slices.Sorted(maps.Keys(above))
}
