package pack

import (
	_ "embed"
	"slices"
	"strings"
	"text/template"
)

//go:embed readme.txt
var readmeText string

var readmeTemplate = template.Must(template.New("readme").Parse(readmeText))

// readme is what lies on top for whoever unpacks it, with or without rectify.
// The blocks of commands in it are run by tests.
func readme(l list, c Contents) string {
	var b strings.Builder
	// It prints a few strings into memory: there is nothing to fail.
	_ = readmeTemplate.Execute(&b, struct {
		Summary
		Sealed   bool // the list is signed
		Manifest bool // the manifest of the release is
	}{l.summary(), c.Sign != nil, slices.ContainsFunc(c.Signed, func(s Sheet) bool { return strings.HasPrefix(s.Name, "manifest.json.") })})
	return b.String()
}
