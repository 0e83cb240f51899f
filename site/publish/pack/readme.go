package pack

import (
	_ "embed"
	"strings"
	"text/template"
)

//go:embed readme.txt
var readmeText string

var readmeTemplate = template.Must(template.New("readme").Parse(readmeText))

// readme is what lies on top for whoever unpacks it, with or without rectify.
// The block of commands in it is run by a test.
func readme(l list) string {
	var b strings.Builder
	// It prints a few strings into memory: there is nothing to fail.
	_ = readmeTemplate.Execute(&b, l.summary())
	return b.String()
}
