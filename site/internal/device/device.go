// Package device knows the names that Windows keeps for devices in every folder.
// A file of such a name cannot be made there, so no room lets one come up.
//
// It imports nothing, so that the rooms of nouns may use it too.
package device

import "strings"

// Names are those that can be written with lower-case letters and digits alone,
// as a pattern; what may be named so is otherwise the matter of whoever asks.
const Names = `con|prn|aux|nul|com[0-9]|lpt[0-9]`

// Is tells whether a name, without the folders above it, is one of a device. An
// ending does not help: nul.html is the null device too. Case and blanks before
// the ending do not count.
func Is(name string) bool {
	base, _, _ := strings.Cut(name, ".")
	base = strings.ToLower(strings.TrimRight(base, " "))
	switch base {
	case "con", "prn", "aux", "nul", "conin$", "conout$", "clock$":
		return true
	}
	rest, ok := strings.CutPrefix(base, "com")
	if !ok {
		rest, ok = strings.CutPrefix(base, "lpt")
	}
	// Windows reads the superscript digits of Latin-1 as digits here.
	switch rest {
	case "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "¹", "²", "³":
		return ok
	}
	return false
}
