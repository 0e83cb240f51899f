// Package themes carries the built-in theme inside the program, so that one
// binary in one folder is all that a portal needs.
package themes

import (
	"embed"
	"io/fs"
)

// The four folders are named one by one: npm's node_modules lies in civic too
// (its browser tests), and would be embedded, or break the build by its
// symbolic links, if the whole of civic were. The prefix all: lets _partials in.
//
//go:embed all:civic/layouts all:civic/assets all:civic/i18n all:civic/static
var files embed.FS

// CivicName is where the built-in theme lies in the source tree; problems name
// its files by it.
const CivicName = "themes/civic"

// Civic is the built-in theme, with layouts/ and its sisters at the root.
func Civic() fs.FS {
	sub, err := fs.Sub(files, "civic")
	if err != nil {
		panic(err) // "civic" is a valid path: Sub fails on nothing else
	}
	return sub
}
